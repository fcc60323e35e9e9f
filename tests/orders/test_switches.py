"""What SBB's description leaves open: the same sale, lost answer, undo and documents under every possibility."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import true

from agenturclient.core.database import Transactions
from agenturclient.core.problems import Problem
from agenturclient.orders.problems import UndoTooLate
from agenturclient.orders.reading.service import read_order
from agenturclient.orders.sale.desk import SaleDesk
from agenturclient.orders.schemas import Order
from agenturclient.rail.b2p.client import B2pRail
from agenturclient.tickets.service import TicketDesk, hand_over_order
from b2p_sandbox.server import RunningSandbox
from orders.clearing import assert_true_end, recover_until_quiet
from orders.seller import Control, confirm_held, fill_basket, hold_basket, make_desk, make_rail_settings
from tickets.buyers import count_calls, fetch_in_background, sell_one, undo

POSSIBILITIES: dict[str, tuple[Any, ...]] = {
    "repeated_booking": ("same", "refuse", "second"),
    "undo_after_commit": (True, False),
    "documents_while_pending": (True, False),
    "unbooked_payment_invoiced": (True, False),
}
COMBINATIONS = [dict(zip(POSSIBILITIES, values, strict=True)) for values in itertools.product(*POSSIBILITIES.values())]
each_combination = pytest.mark.parametrize(
    "switches", COMBINATIONS, ids=lambda switches: "-".join(map(str, switches.values()))
)
each_repetition = pytest.mark.parametrize("repeated_booking", POSSIBILITIES["repeated_booking"])
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def ticket_desk(desk: SaleDesk) -> TicketDesk:
    return TicketDesk(desk)


async def try_to_confirm(desk: SaleDesk) -> Order:
    """The order after a sale that may have met a problem."""
    held = await hold_basket(desk, await fill_basket(desk))
    try:
        return await confirm_held(desk, held)
    except Problem:
        return await read_order(desk, held.number, true())


@each_combination
async def test_a_day_at_the_counter(
    desk: SaleDesk, ticket_desk: TicketDesk, control: Control, switches: dict[str, Any]
) -> None:
    """A ticket handed over, one undone before and one after its documents, a lost booking, a lost payment."""
    await control.set_switches(**switches)
    kept, undone, printed = [await sell_one(desk) for _ in range(3)]
    assert (await undo(desk, undone)).state == "cancelled"
    for order in (kept, printed):
        assert (await hand_over_order(ticket_desk, order.number, true())).content.startswith(b"%PDF-")
    if switches["documents_while_pending"]:
        assert (await undo(desk, printed)).state == "cancelled"
    else:
        # it was committed early for the documents' sake: whatever SBB would still undo, nobody is promised it
        with pytest.raises(UndoTooLate):
            await undo(desk, printed)
    assert await count_calls(control, "patch_booking") == (0 if switches["documents_while_pending"] else 2)

    await control.set_faults({"operation": "post_booking", "kind": "reset_after", "nth": 1})
    lost = await try_to_confirm(desk)
    assert lost.state == "in_doubt"
    await control.set_faults({"operation": "post_payment", "kind": "reset_after", "nth": 1})
    assert (await try_to_confirm(desk)).state == "open"

    assert await count_calls(control, "post_booking") == 4
    found = await assert_true_end(desk, control)
    assert found.sold == (2 if switches["documents_while_pending"] else 3)
    assert (await read_order(desk, lost.number, true())).state == "confirmed"
    books = await control.read_books()
    assert len(books["payments_without_booking"]) == 1
    kinds = [line["kind"] for line in books["invoice"]]
    assert ("payment_without_booking" in kinds) is switches["unbooked_payment_invoiced"]


@pytest.mark.parametrize("undo_after_commit", [True, False])
@pytest.mark.parametrize("read_after_undo", ["cancelled", "nothing"])
async def test_an_undo_whose_answer_is_lost(
    desk: SaleDesk, control: Control, undo_after_commit: bool, read_after_undo: str
) -> None:
    """Lost on the way there or back, it is asked for until it is seen to be done; turned away at the door it ends."""
    await control.set_switches(undo_after_commit=undo_after_commit, read_after_undo=read_after_undo)
    turned_away = {"kind": "too_many_requests", "seconds": 30}
    for fault, state in (
        ({"kind": "reset_after"}, "cancelled"),
        ({"kind": "reset_before"}, "cancelled"),
        (turned_away, "confirmed"),
    ):
        order = await sell_one(desk)
        await control.set_faults({"operation": "delete_booking", "nth": 1, **fault})
        await undo(desk, order)
        await recover_until_quiet(desk)
        assert (await read_order(desk, order.number, true())).state == state
        assert (await control.read_books())["bookings"][-1]["is_cancelled"] is (state == "cancelled")
    await control.set_faults()
    assert (await undo(desk, order)).state == "cancelled"
    await assert_true_end(desk, control)


@pytest.fixture
async def repeating_desk(
    running_sandbox: RunningSandbox, control: Control, transactions: Transactions
) -> AsyncIterator[SaleDesk]:
    """Where the operator said that repeating a booking is safe."""
    settings = make_rail_settings(running_sandbox.url, repeat_booking_is_safe=True)
    async with B2pRail(settings) as rail:
        yield make_desk(transactions, rail, settings)


@pytest.mark.parametrize("kind", ["reset_after", "error_after", "truncated_body"])
@pytest.mark.parametrize("repeated_booking", ["same", "refuse"])
async def test_a_booking_that_may_be_repeated(
    repeating_desk: SaleDesk, control: Control, repeated_booking: str, kind: str
) -> None:
    """The same answer once more confirms; a refusal proves nothing, so it is never read as "not sold". Only a broken
    connection is tried again, not an answer that says something."""
    await control.set_switches(repeated_booking=repeated_booking)
    await control.set_faults({"operation": "post_booking", "kind": kind, "nth": 1})
    order = await try_to_confirm(repeating_desk)
    await recover_until_quiet(repeating_desk)
    state = (await read_order(repeating_desk, order.number, true())).state
    is_found_out = repeated_booking == "same" and kind != "error_after"
    assert state == ("confirmed" if is_found_out else "in_doubt")
    assert len((await control.read_books())["bookings"]) == 1
    assert (await assert_true_end(repeating_desk, control)).sold == 1


@each_repetition
async def test_two_confirmations_at_once(desk: SaleDesk, control: Control, repeated_booking: str) -> None:
    """However SBB takes a second booking, none is sent."""
    await control.set_switches(repeated_booking=repeated_booking)
    held = await hold_basket(desk, await fill_basket(desk))
    await asyncio.gather(*(confirm_held(desk, held) for _ in range(3)), return_exceptions=True)
    assert await count_calls(control, "post_booking") == 1
    assert (await assert_true_end(desk, control)).sold == 1


@pytest.mark.parametrize("undo_after_commit", [True, False])
async def test_documents_fetched_in_the_background_cost_an_undo_only_where_they_must(
    desk: SaleDesk, ticket_desk: TicketDesk, control: Control, undo_after_commit: bool
) -> None:
    await control.set_switches(documents_while_pending=False, undo_after_commit=undo_after_commit)
    order = await sell_one(desk)
    assert order.undo_until is not None
    await fetch_in_background(ticket_desk)
    assert (await read_order(desk, order.number, true())).undo_until is None
    await control.set_switches(documents_while_pending=True)
    order = await sell_one(desk)
    await fetch_in_background(ticket_desk)
    assert (await read_order(desk, order.number, true())).undo_until == order.undo_until
