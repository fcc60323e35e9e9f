"""SBB may refuse documents while a booking is pending: then it is committed early, and undo is no longer offered."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select, true

from agenturclient.core.database import Transactions
from agenturclient.offers.problems import RailUnavailable
from agenturclient.orders.problems import UndoTooLate
from agenturclient.orders.reading.service import read_order
from agenturclient.orders.sale.desk import SaleDesk
from agenturclient.orders.schemas import Order
from agenturclient.rail.b2p.client import B2pRail
from agenturclient.rail.port import DocumentKind, RailContext
from agenturclient.tickets.jobs import run_ticket_jobs
from agenturclient.tickets.models import ticket_fetches
from agenturclient.tickets.problems import DocumentNotOffered, DocumentNotReady
from agenturclient.tickets.service import TicketDesk, hand_over_document, hand_over_order
from b2p_sandbox.server import RunningSandbox
from orders.seller import Control, make_desk, make_rail_settings
from tickets.buyers import count_calls, deliver, end_pauses, fetch_in_background, list_entries, sell_one, sell_two, undo


@pytest.fixture(autouse=True)
async def documents_refused_while_pending(control: Control) -> None:
    await control.set_switches(documents_while_pending=False)


async def _reread(desk: SaleDesk, order: Order) -> Order:
    return await read_order(desk, order.number, true())


async def test_the_job_commits_once_then_fetches_and_undo_is_no_longer_offered(
    desk: SaleDesk, ticket_desk: TicketDesk, control: Control
) -> None:
    order = await sell_two(desk)
    assert order.undo_until is not None
    await fetch_in_background(ticket_desk)
    assert len(await ticket_desk.store.list_kept_keys(order.number)) == 6
    assert await count_calls(control, "patch_booking") == 1
    final = await _reread(desk, order)
    assert list_entries(final)[-2:] == ["commit_begun", "committed"]
    assert (final.state, final.step, final.undo_until) == ("confirmed", None, None)
    with pytest.raises(UndoTooLate):
        await undo(desk, order)
    books = await control.read_books()
    assert [entry["is_cancelled"] for entry in books["bookings"]] == [False]


async def test_questions_at_once_for_several_tickets_commit_once(
    desk: SaleDesk, ticket_desk: TicketDesk, control: Control
) -> None:
    order = await sell_two(desk)
    await control.set_faults({"operation": "patch_booking", "kind": "delay_before", "seconds": 0.3})
    await asyncio.gather(*(hand_over_order(ticket_desk, order.number, true()) for _ in range(3)))
    assert await count_calls(control, "patch_booking") == 1
    assert list_entries(await _reread(desk, order)).count("commit_begun") == 1


@pytest.mark.parametrize("kind", [DocumentKind.HTML, DocumentKind.PKPASS])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_another_form_asked_for_first_opens_the_way_by_the_pdf(
    desk: SaleDesk, ticket_desk: TicketDesk, control: Control, kind: DocumentKind
) -> None:
    order = await sell_one(desk)
    document = await hand_over_document(ticket_desk, order.number, order.tickets[0].ticket_id, kind, true())
    assert document.kind is kind
    assert {key.kind for key in await ticket_desk.store.list_kept_keys(order.number)} == {DocumentKind.PDF, kind}
    assert await count_calls(control, "patch_booking") == 1


async def test_a_form_that_does_not_exist_never_costs_the_right_to_undo(
    desk: SaleDesk, ticket_desk: TicketDesk, control: Control
) -> None:
    await control.set_switches(documents_while_pending=True)
    order = await sell_one(desk)
    # No wallet pass, while there is a PDF: the pass is refused (first and last call), the PDF is not.
    await control.set_faults({"operation": "get_ticket", "kind": "no_content", "nth": [1, 3]})
    ticket_id = order.tickets[0].ticket_id
    with pytest.raises(DocumentNotOffered):
        await hand_over_document(ticket_desk, order.number, ticket_id, DocumentKind.PKPASS, true())
    assert await count_calls(control, "patch_booking") == 0
    assert (await _reread(desk, order)).undo_until == order.undo_until
    # Known not to exist, it does not keep the job busy.
    await control.set_faults({"operation": "get_ticket", "kind": "no_content"})
    with pytest.raises(DocumentNotOffered):
        await hand_over_document(ticket_desk, order.number, ticket_id, DocumentKind.PKPASS, true())
    await deliver(ticket_desk)
    await run_ticket_jobs(ticket_desk)
    async with ticket_desk.transactions.read() as session:
        assert (await session.execute(select(ticket_fetches))).all() == []


async def test_a_commit_that_never_left_gives_the_undo_back_and_is_tried_again(
    desk: SaleDesk, ticket_desk: TicketDesk, control: Control
) -> None:
    order = await sell_one(desk)
    await control.set_faults({"operation": "patch_booking", "kind": "too_many_requests", "seconds": 1})
    with pytest.raises(RailUnavailable):
        await hand_over_order(ticket_desk, order.number, true())
    after = await _reread(desk, order)
    assert list_entries(after)[-2:] == ["commit_begun", "commit_not_sent"]
    assert after.undo_until == order.undo_until
    await control.set_faults()
    await fetch_in_background(ticket_desk)
    after = await _reread(desk, order)
    assert list_entries(after)[-2:] == ["commit_begun", "committed"]
    assert len(await ticket_desk.store.list_kept_keys(order.number)) == 3


@pytest.mark.parametrize("kind", ["reset_after", "error_after", "delay_after"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_commit_whose_answer_was_lost_shows_in_the_documents(
    running_sandbox: RunningSandbox, control: Control, transactions: Transactions, kind: str
) -> None:
    settings = make_rail_settings(running_sandbox.url, confirm_budget_seconds=1.5)
    async with B2pRail(settings) as rail:
        desk = make_desk(transactions, rail, settings)
        order = await sell_one(desk)
        ticket_desk = TicketDesk(desk)
        await control.set_faults({"operation": "patch_booking", "kind": kind, "seconds": 2})
        await deliver(ticket_desk)
        await run_ticket_jobs(ticket_desk)
        await control.set_faults()
        await end_pauses(ticket_desk)
        await run_ticket_jobs(ticket_desk)
        assert len(await ticket_desk.store.list_kept_keys(order.number)) == 3
        assert await count_calls(control, "patch_booking") == 1
        after = await _reread(desk, order)
        assert list_entries(after)[-2:] == ["commit_begun", "commit_unknown"]
        assert after.undo_until is None


async def test_a_commit_that_was_lost_on_the_way_is_not_ready_and_then_made_up_for(
    desk: SaleDesk, ticket_desk: TicketDesk, control: Control
) -> None:
    order = await sell_one(desk)
    await control.set_faults({"operation": "patch_booking", "kind": "reset_before"})
    with pytest.raises(DocumentNotReady) as caught:
        await hand_over_order(ticket_desk, order.number, true())
    assert caught.value.code == "document-not-ready"
    assert caught.value.retry_after_seconds == 2
    assert (await _reread(desk, order)).undo_until is None
    await control.set_faults()
    await fetch_in_background(ticket_desk)
    assert len(await ticket_desk.store.list_kept_keys(order.number)) == 3
    assert list_entries(await _reread(desk, order))[-4:] == [
        "commit_begun",
        "commit_unknown",
        "commit_begun",
        "committed",
    ]


class _DyingRail(B2pRail):
    """A process that dies between the recorded intent and the call."""

    async def commit_booking(self, context: RailContext, booking_id: str) -> None:
        raise SystemError("killed")


@pytest.fixture
async def dying_desk(
    running_sandbox: RunningSandbox, control: Control, transactions: Transactions
) -> AsyncIterator[SaleDesk]:
    settings = make_rail_settings(running_sandbox.url)
    async with _DyingRail(settings) as rail:
        yield make_desk(transactions, rail, settings, owner="dying")


async def test_after_a_crash_between_intent_and_commit_another_replica_gets_the_documents(
    desk: SaleDesk, dying_desk: SaleDesk, ticket_desk: TicketDesk, control: Control
) -> None:
    order = await sell_one(dying_desk)
    with pytest.raises(SystemError):
        await hand_over_order(TicketDesk(dying_desk), order.number, true())
    after = await _reread(desk, order)
    assert list_entries(after)[-1] == "commit_begun"
    assert after.undo_until is None
    await fetch_in_background(ticket_desk)
    assert list_entries(await _reread(desk, order))[-2:] == ["commit_begun", "committed"]
    assert len(await ticket_desk.store.list_kept_keys(order.number)) == 3


async def test_what_committed_itself_is_not_committed_again(
    desk: SaleDesk, ticket_desk: TicketDesk, control: Control
) -> None:
    order = await sell_one(desk)
    await control.move_clock(21 * 60)
    await control.set_faults({"operation": "get_ticket", "kind": "no_content"})
    with pytest.raises(DocumentNotReady):
        await hand_over_order(ticket_desk, order.number, true())
    assert await count_calls(control, "patch_booking") == 0
    await control.set_faults()
    assert (await hand_over_order(ticket_desk, order.number, true())).content.startswith(b"%PDF-")
    assert "commit_begun" not in list_entries(await _reread(desk, order))


async def test_a_commit_and_an_undo_at_once_exclude_each_other(
    desk: SaleDesk, ticket_desk: TicketDesk, control: Control
) -> None:
    order = await sell_one(desk)
    await control.set_faults({"operation": "delete_booking", "kind": "delay_before", "seconds": 0.5})
    undoing = asyncio.create_task(undo(desk, order))
    await asyncio.sleep(0.2)
    with pytest.raises(DocumentNotReady):
        await hand_over_order(ticket_desk, order.number, true())
    assert (await undoing).state == "cancelled"
    assert await count_calls(control, "patch_booking") == 0
