"""An undo whose answer was lost is never given up for "not done": it may have been done, or may still be."""

import pytest
from sqlalchemy import select, true

from agenturclient.orders import service
from agenturclient.orders.models import orders
from agenturclient.orders.reading.service import read_order
from agenturclient.orders.sale.desk import SaleDesk
from agenturclient.orders.sale.jobs import recover_unfinished_orders
from agenturclient.rail.b2p.client import B2pRail
from agenturclient.rail.errors import FailureCause, RailUnknown
from agenturclient.rail.port import RailContext
from orders.clearing import assert_true_end, end_all_leases, recover_until_quiet
from orders.seller import CALLER, Control, confirm_held, fill_basket, hold_basket, make_keyed

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def _sell(desk: SaleDesk) -> str:
    return (await confirm_held(desk, await hold_basket(desk, await fill_basket(desk)))).number


async def test_a_repetition_that_never_left_says_nothing_of_the_first_attempt(desk: SaleDesk, control: Control) -> None:
    number = await _sell(desk)
    await control.set_faults(
        {"operation": "delete_booking", "kind": "reset_after", "nth": 1},
        {"operation": "get_booking", "kind": "error_before", "nth": [1, 2, 3, 4, 5, 6]},
    )
    undone = await service.undo_order(desk, CALLER, number, true(), make_keyed("undo", None))
    assert undone.step == "undoing"
    await control.set_faults({"operation": "delete_booking", "kind": "too_many_requests", "seconds": 30})
    await end_all_leases(desk)
    await recover_unfinished_orders(desk)
    assert (await read_order(desk, number, true())).step == "undoing"
    await assert_true_end(desk, control)
    assert (await read_order(desk, number, true())).state == "cancelled"


async def test_an_undo_that_arrives_after_the_booking_was_read_is_not_missed(
    desk: SaleDesk, control: Control, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A gateway gave up waiting; the supplier goes on, and undoes the booking after we have looked at it."""
    number = await _sell(desk)
    cancel = B2pRail.cancel_booking
    on_its_way: list[tuple[B2pRail, RailContext, str]] = []

    async def lose_answer(rail: B2pRail, context: RailContext, booking_id: str) -> None:
        on_its_way.append((rail, context, booking_id))
        raise RailUnknown("cancel_booking", FailureCause.SUPPLIER_ERROR, supplier_status=504)

    monkeypatch.setattr(B2pRail, "cancel_booking", lose_answer)
    await service.undo_order(desk, CALLER, number, true(), make_keyed("undo", None))
    monkeypatch.undo()
    await cancel(*on_its_way[0])
    await recover_until_quiet(desk)
    async with desk.transactions.read() as session:
        state = (await session.execute(select(orders.c.state).where(orders.c.number == number))).scalar_one()
    assert state == "cancelled"
    await assert_true_end(desk, control)
