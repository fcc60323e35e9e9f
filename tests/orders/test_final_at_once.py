"""An agency that wants its sales final at once: committed after the sale, never undone (design section 4)."""

import msgspec
import pytest
from sqlalchemy import true, update

from agenturclient.app import list_reactions
from agenturclient.core.database import get_utc_now
from agenturclient.core.outbox import deliver_due_events, outbox_events
from agenturclient.core.problems import RecordedProblem
from agenturclient.orders import service
from agenturclient.orders.committing.jobs import REACTIONS
from agenturclient.orders.doubts.service import adopt_booking
from agenturclient.orders.models import orders
from agenturclient.orders.problems import UndoTooLate
from agenturclient.orders.reading.service import read_order
from agenturclient.orders.sale.desk import SaleDesk
from agenturclient.orders.schemas import AdoptBooking, CreateOrder, Order
from agenturclient.tickets.service import TicketDesk
from faults.books import list_live_bookings
from orders import seller
from orders.seller import AGENCY, CALLER, Control, confirm_held, fill_basket, hold_basket, make_keyed

FINAL_AGENCY = msgspec.structs.replace(AGENCY, is_final_at_once=True)


@pytest.fixture
def _final_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seller, "AGENCY", FINAL_AGENCY)


async def deliver_events(desk: SaleDesk) -> int:
    """Deliver what is recorded by the application's own table, at once; how many events came through."""
    async with desk.transactions() as session:
        await session.execute(update(outbox_events).values(due_at=get_utc_now()))
    return await deliver_due_events(desk.transactions, list_reactions(TicketDesk(desk)))


async def count_commits(control: Control) -> int:
    async with control.session.get(f"{control.url}/counts") as answer:
        counts: dict[str, dict[str, int]] = await answer.json()
    return counts.get("ACP1024", {}).get("patch_booking", 0)


async def sell(desk: SaleDesk) -> Order:
    return await confirm_held(desk, await hold_basket(desk, await fill_basket(desk)))


async def undo(desk: SaleDesk, order: Order) -> Order:
    return await service.undo_order(desk, CALLER, order.number, true(), make_keyed("undo", None))


@pytest.mark.usefixtures("_final_at_once")
async def test_a_final_sale_offers_no_undo_and_is_committed(desk: SaleDesk, control: Control) -> None:
    sold = await sell(desk)
    assert (sold.state, sold.undo_until) == ("confirmed", None)
    with pytest.raises(UndoTooLate):
        await undo(desk, sold)
    await deliver_events(desk)
    after = await read_order(desk, sold.number, true())
    assert [entry.entry for entry in after.journal][-2:] == ["commit_begun", "committed"]
    assert (after.state, after.step, after.undo_until) == ("confirmed", None, None)
    assert await count_commits(control) == 1


@pytest.mark.usefixtures("_final_at_once")
async def test_a_commit_that_never_left_is_made_up_for_and_one_told_twice_is_done_once(
    desk: SaleDesk, control: Control
) -> None:
    sold = await sell(desk)
    await control.set_faults({"operation": "patch_booking", "kind": "too_many_requests", "seconds": 1})
    assert await deliver_events(desk) == 0
    assert (await read_order(desk, sold.number, true())).undo_until is None
    await control.set_faults()
    asked = await count_commits(control)
    assert await deliver_events(desk) == 1
    for react in REACTIONS["OrderConfirmed"]:
        await react(desk, {"number": sold.number})
    assert await count_commits(control) == asked + 1


@pytest.mark.usefixtures("_final_at_once")
async def test_an_adopted_booking_is_final_too(desk: SaleDesk, control: Control) -> None:
    held = await hold_basket(desk, await fill_basket(desk))
    await control.set_faults({"operation": "post_booking", "kind": "reset_after", "nth": 1})
    assert (await confirm_held(desk, held)).state == "in_doubt"
    [booking] = list_live_bookings(await control.read_books())[held.number]
    printed = booking["tickets"][0]["reference"]
    adopted = await adopt_booking(desk, CALLER, held.number, true(), AdoptBooking(printed_number=printed))
    assert (adopted.state, adopted.undo_until) == ("confirmed", None)
    await deliver_events(desk)
    assert await count_commits(control) == 1


@pytest.mark.usefixtures("_final_at_once")
async def test_a_wrong_price_is_undone_before_anything_is_final(desk: SaleDesk, control: Control) -> None:
    await control.set_faults({"operation": "get_booking", "kind": "price_offset", "nth": 1, "amount": 100})
    with pytest.raises(RecordedProblem) as caught:
        await sell(desk)
    assert caught.value.recorded["code"] == "wrong-price"
    await deliver_events(desk)
    books = await control.read_books()
    assert [entry["is_cancelled"] for entry in books["bookings"]] == [True]
    assert await count_commits(control) == 0


async def test_others_are_not_committed_and_an_order_keeps_what_held_when_it_began(
    desk: SaleDesk, control: Control
) -> None:
    sold = await sell(desk)
    assert sold.undo_until is not None
    await deliver_events(desk)
    assert await count_commits(control) == 0
    assert (await undo(desk, sold)).state == "cancelled"
    command = CreateOrder(ticket_language="de")
    keyed = make_keyed("create", command)
    begun = await service.create_order(desk, CALLER, FINAL_AGENCY, command, keyed, true())
    async with desk.transactions.read() as session:
        row = (await session.execute(orders.select().where(orders.c.number == begun.number))).one()
    assert row.is_final_at_once is True
