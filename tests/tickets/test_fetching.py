"""Documents come once from SBB, at once after the sale, and are handed over from then on without it."""

import asyncio
import datetime as dt
import io
import json
import zipfile

import pytest
from pypdf import PdfReader
from sqlalchemy import select, true

from agenturclient.core.problems import Problem
from agenturclient.offers.problems import RailUnavailable
from agenturclient.orders.problems import OrderStateChanged
from agenturclient.orders.sale.desk import SaleDesk
from agenturclient.rail.port import DocumentKind
from agenturclient.tickets.jobs import run_ticket_jobs
from agenturclient.tickets.models import ticket_fetches
from agenturclient.tickets.queries import DocumentKey
from agenturclient.tickets.rules import TicketMark
from agenturclient.tickets.service import TicketDesk, hand_over_document, hand_over_order
from orders.seller import Control, fill_basket, hold_basket
from tickets.buyers import count_calls, deliver, end_pauses, fetch_in_background, sell_one, sell_two

ALWAYS = {"operation": "get_ticket", "kind": "error_before"}


async def _list_waiting(ticket_desk: TicketDesk) -> list[tuple[str, int, str | None]]:
    async with ticket_desk.transactions.read() as session:
        rows = (await session.execute(select(ticket_fetches))).all()
    return [(row.order_number, row.attempts, row.problem) for row in rows]


async def test_after_a_sale_every_form_is_fetched_and_then_served_without_sbb(
    desk: SaleDesk, ticket_desk: TicketDesk, control: Control
) -> None:
    order = await sell_two(desk)
    await fetch_in_background(ticket_desk)
    kept = await ticket_desk.store.list_kept_keys(order.number)
    assert kept == {DocumentKey(order.number, t.ticket_id, kind) for t in order.tickets for kind in DocumentKind}
    assert await _list_waiting(ticket_desk) == []
    await control.set_faults(ALWAYS)
    calls = await count_calls(control, "get_ticket")
    assert calls == 6

    merged = await hand_over_order(ticket_desk, order.number, true())
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(merged.content)).pages]
    assert len(pages) == 2
    for page, ticket in zip(pages, order.tickets, strict=True):
        assert "Anna Keller" in page
        assert ticket.printed_number in page
    assert (merged.mark, merged.file_name) == (TicketMark.VALID, f"{order.number}.pdf")

    ticket = order.tickets[0]
    html = await hand_over_document(ticket_desk, order.number, ticket.ticket_id, DocumentKind.HTML, true())
    assert "Anna Keller" in html.content.decode()
    wallet = await hand_over_document(ticket_desk, order.number, ticket.ticket_id, DocumentKind.PKPASS, true())
    with zipfile.ZipFile(io.BytesIO(wallet.content)) as archive:
        assert json.loads(archive.read("pass.json"))["serialNumber"] == ticket.printed_number
    assert wallet.file_name == f"{order.number}-{ticket.printed_number}.pkpass"
    assert await count_calls(control, "get_ticket") == calls


async def test_a_seller_who_asks_before_the_job_gets_it_and_equal_questions_share_one_fetch(
    desk: SaleDesk, ticket_desk: TicketDesk, control: Control
) -> None:
    order = await sell_one(desk)
    await control.set_faults({"operation": "get_ticket", "kind": "delay_before", "seconds": 0.3})
    documents = await asyncio.gather(*(hand_over_order(ticket_desk, order.number, true()) for _ in range(5)))
    assert len({document.content for document in documents}) == 1
    assert await count_calls(control, "get_ticket") == 1
    await control.set_faults()
    await fetch_in_background(ticket_desk)
    assert await count_calls(control, "get_ticket") == 3


async def test_two_replicas_fetching_at_once_keep_one_document(
    desk: SaleDesk, ticket_desk: TicketDesk, control: Control
) -> None:
    order = await sell_one(desk)
    await control.set_faults({"operation": "get_ticket", "kind": "delay_after", "seconds": 0.3})
    other = TicketDesk(desk)
    first, second = await asyncio.gather(
        hand_over_order(ticket_desk, order.number, true()), hand_over_order(other, order.number, true())
    )
    assert first.content == second.content
    assert await count_calls(control, "get_ticket") == 2
    assert len(await ticket_desk.store.list_kept_keys(order.number)) == 1


async def test_an_event_told_twice_and_two_replicas_looking_at_once_fetch_once(
    desk: SaleDesk, ticket_desk: TicketDesk, control: Control
) -> None:
    await sell_one(desk)
    await deliver(ticket_desk)
    assert sorted(await asyncio.gather(run_ticket_jobs(ticket_desk), run_ticket_jobs(TicketDesk(desk)))) == [0, 1]
    assert await count_calls(control, "get_ticket") == 3


async def test_nothing_is_handed_over_before_the_order_is_confirmed(
    desk: SaleDesk, ticket_desk: TicketDesk, control: Control
) -> None:
    basket = await fill_basket(desk)
    with pytest.raises(OrderStateChanged):
        await hand_over_order(ticket_desk, basket.number, true())
    held = await hold_basket(desk, basket)
    with pytest.raises(OrderStateChanged):
        await hand_over_order(ticket_desk, held.number, true())
    # Booked, but its price cannot be read: it stays confirming, though SBB would hand the ticket out.
    await control.set_faults({"operation": "get_booking", "kind": "error_before"})
    order = await sell_one(desk)
    assert order.state == "confirming"
    with pytest.raises(OrderStateChanged):
        await hand_over_order(ticket_desk, order.number, true())
    assert await count_calls(control, "get_ticket") == 0


@pytest.mark.parametrize(
    "kind",
    [
        "error_before",
        "reset_after",
        "truncated_body",
        "wrong_shape",
        "no_content",
        "too_many_requests",
    ],
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_fault_keeps_nothing_and_the_job_goes_on_until_all_is_there(
    desk: SaleDesk, ticket_desk: TicketDesk, control: Control, kind: str
) -> None:
    order = await sell_one(desk)
    await control.set_faults({"operation": "get_ticket", "kind": kind, "seconds": 0.1})
    with pytest.raises(Problem):
        await hand_over_order(ticket_desk, order.number, true())
    await fetch_in_background(ticket_desk)
    assert await ticket_desk.store.list_kept_keys(order.number) == frozenset()
    assert [(number, attempts) for number, attempts, _ in await _list_waiting(ticket_desk)] == [(order.number, 1)]
    assert await run_ticket_jobs(ticket_desk) == 0, "the next attempt comes after a pause"
    await control.set_faults()
    await end_pauses(ticket_desk)
    assert await run_ticket_jobs(ticket_desk) == 1
    assert len(await ticket_desk.store.list_kept_keys(order.number)) == 3
    assert await _list_waiting(ticket_desk) == []


async def test_unreachable_is_told_as_such_and_pauses_grow(
    desk: SaleDesk, ticket_desk: TicketDesk, control: Control
) -> None:
    order = await sell_one(desk)
    await control.set_faults(ALWAYS)
    with pytest.raises(RailUnavailable):
        await hand_over_order(ticket_desk, order.number, true())
    await deliver(ticket_desk)
    for attempts in (1, 2, 3):
        await end_pauses(ticket_desk)
        await run_ticket_jobs(ticket_desk)
        async with ticket_desk.transactions.read() as session:
            row = (await session.execute(select(ticket_fetches))).one()
        assert (row.attempts, row.problem) == (attempts, "rail-unavailable")
        pause = (row.due_at - dt.datetime.now(dt.UTC)).total_seconds()
        assert 2**attempts - 1.5 < pause <= 2**attempts


async def test_one_ticket_that_cannot_be_had_does_not_hold_up_the_others(
    desk: SaleDesk, ticket_desk: TicketDesk, control: Control
) -> None:
    order = await sell_two(desk)
    await deliver(ticket_desk)
    # The first PDF is refused for good, by a gateway that finds nothing.
    await control.set_faults({"operation": "get_ticket", "kind": "no_content", "nth": [1, 2]})
    await run_ticket_jobs(ticket_desk)
    kept = await ticket_desk.store.list_kept_keys(order.number)
    assert DocumentKey(order.number, order.tickets[1].ticket_id, DocumentKind.PDF) in kept
