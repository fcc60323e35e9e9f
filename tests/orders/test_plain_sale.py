"""One plain sale through every layer, and the books of both sides."""

from agenturclient.orders.sale.desk import SaleDesk
from orders.seller import Control, confirm_held, fill_basket, hold_basket


async def test_a_plain_sale_ends_confirmed_with_a_ticket_and_equal_books(desk: SaleDesk, control: Control) -> None:
    order = await fill_basket(desk)
    assert order.total.amount > 0
    held = await hold_basket(desk, order)
    assert held.state == "held"
    sold = await confirm_held(desk, held)
    assert sold.state == "confirmed"
    assert [ticket.price.amount for ticket in sold.tickets if ticket.price] == [order.total.amount]
    assert sold.tickets[0].traveller_code == "t1"
    assert [entry.entry for entry in sold.journal] == [
        "begun",
        "hold_begun",
        "held",
        "payment_begun",
        "paid",
        "booking_begun",
        "booked",
        "confirmed",
    ]
    books = await control.read_books()
    assert len(books["bookings"]) == 1, books
