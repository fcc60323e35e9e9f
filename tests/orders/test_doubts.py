"""Orders in doubt: whatever brought them there, the operator can bring them to their true end."""

import datetime as dt

import pytest
from sqlalchemy import true, update

from agenturclient.orders.doubts.service import adopt_booking
from agenturclient.orders.models import orders
from agenturclient.orders.problems import BookingDoesNotFit
from agenturclient.orders.reading.service import read_order
from agenturclient.orders.sale import service as sale_service
from agenturclient.orders.sale.desk import SaleDesk
from agenturclient.orders.schemas import AdoptBooking
from orders.clearing import assert_true_end, recover_until_quiet
from orders.seller import CALLER, Control, confirm_held, fill_basket, hold_basket

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def test_an_order_in_doubt_about_its_own_booking_adopts_it(
    desk: SaleDesk, control: Control, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Booked, and then the booking could not be read for so long that it was left to the operator."""
    await control.set_faults({"operation": "get_booking", "kind": "error_before", "nth": list(range(1, 40))})
    order = await confirm_held(desk, await hold_basket(desk, await fill_basket(desk)))
    assert order.step == "checking"
    monkeypatch.setattr(sale_service, "_CHECK_PATIENCE", -dt.timedelta(hours=1))
    await recover_until_quiet(desk)
    assert (await read_order(desk, order.number, true())).state == "in_doubt"
    await control.set_faults()
    printed = (await control.read_books())["bookings"][0]["tickets"][0]["reference"]
    adopted = await adopt_booking(desk, CALLER, order.number, true(), AdoptBooking(printed_number=printed))
    assert adopted.state == "confirmed"
    assert [ticket.printed_number for ticket in adopted.tickets] == [printed]
    assert adopted.tickets[0].traveller_code == "t1"
    assert (await assert_true_end(desk, control)).sold == 1


async def test_an_order_with_another_booking_than_its_own_is_not_given_it(desk: SaleDesk, control: Control) -> None:
    sold = await confirm_held(desk, await hold_basket(desk, await fill_basket(desk)))
    other = await confirm_held(desk, await hold_basket(desk, await fill_basket(desk)))
    async with desk.transactions() as session:
        await session.execute(update(orders).where(orders.c.number == sold.number).values(state="in_doubt"))
    command = AdoptBooking(printed_number=other.tickets[0].printed_number)
    with pytest.raises(BookingDoesNotFit) as caught:
        await adopt_booking(desk, CALLER, sold.number, true(), command)
    assert "booking" in caught.value.members["faults"]
    assert (await read_order(desk, sold.number, true())).booking_id == sold.booking_id
