"""The comparison that every fault test ends with finds what it is there to find."""

from typing import Any

import pytest

from faults.books import OurOrder, compare_books, find_doubled_customers


def make_order(**changes: Any) -> OurOrder:
    values: dict[str, Any] = {
        "number": "AC-1",
        "contract_id": "C",
        "your_reference": "AA-0001",
        "state": "confirmed",
        "step": None,
        "booking_id": "7",
        "held_total": 3000,
        "tickets": {"71": 1000, "72": 2000},
    }
    return OurOrder(**{**values, **changes})


def make_booking(booking_id: int = 7, number: str = "AC-1", **changes: Any) -> dict[str, Any]:
    tickets = [{"ticket_id": booking_id * 10 + 1, "price": 1000}, {"ticket_id": booking_id * 10 + 2, "price": 2000}]
    entry = {
        "booking_id": booking_id,
        "reference1": number,
        "reference2": "AA-0001",
        "is_cancelled": False,
        "tickets": tickets,
    }
    return {**entry, **changes}


def make_books(*bookings: dict[str, Any], unbooked: int = 0) -> dict[str, Any]:
    lines = []
    for entry in bookings:
        for ticket in entry["tickets"]:
            lines.append({"kind": "ticket", "contract_id": "C", "amount": ticket["price"]})
            if entry["is_cancelled"]:
                lines.append({"kind": "cancellation", "contract_id": "C", "amount": -ticket["price"]})
    lines += [{"kind": "payment_without_booking", "contract_id": "C", "amount": 500}] * unbooked
    return {"bookings": list(bookings), "invoice": lines, "payments_without_booking": list(range(unbooked))}


def test_equal_books_are_equal_and_unbooked_payments_are_listed_apart() -> None:
    ours = [make_order(), make_order(number="AC-2", state="cancelled", booking_id="8")]
    found = compare_books(ours, make_books(make_booking(), make_booking(8, "AC-2", is_cancelled=True), unbooked=2))
    assert found.is_equal, found
    assert (found.orders, found.sold, found.payments_without_booking) == (2, 1, 2)
    assert found.by_state == {"cancelled": 1, "confirmed": 1}


@pytest.mark.parametrize(
    ("ours", "bookings", "kind"),
    [
        (make_order(state="failed"), [make_booking()], "lost"),
        (make_order(state="cancelled"), [make_booking()], "lost"),
        (make_order(), [make_booking(), make_booking(8, "AC-9")], "lost"),
        (make_order(), [make_booking(), make_booking(8)], "doubled"),
        (make_order(), [], "wrong"),
        (make_order(), [make_booking(is_cancelled=True)], "wrong"),
        (make_order(booking_id="8"), [make_booking()], "wrong"),
        (make_order(held_total=3100), [make_booking()], "wrong"),
        (make_order(tickets={"71": 2000, "72": 1000}), [make_booking()], "wrong"),
        (make_order(tickets={"71": 3000}), [make_booking()], "wrong"),
        (make_order(state="in_doubt"), [make_booking()], "unsettled"),
        (make_order(step="undoing"), [make_booking()], "unsettled"),
        (make_order(held_total=3100), [make_booking()], "difference"),
        (make_order(contract_id="D"), [make_booking()], "difference"),
    ],
)
def test_what_is_not_equal_is_found(ours: OurOrder, bookings: list[dict[str, Any]], kind: str) -> None:
    found = compare_books([ours], make_books(*bookings))
    assert not found.is_equal
    assert getattr(found, kind) > 0, found
    assert any(example.startswith(f"{kind}: ") for example in found.examples)


def test_a_customer_with_two_orders_or_two_bookings_is_found() -> None:
    other = make_order(number="AC-2", your_reference="AA-0002")
    assert find_doubled_customers([make_order(), other], make_books(make_booking())) == []
    assert find_doubled_customers([make_order(), make_order(number="AC-2")], make_books()) == ["AA-0001"]
    sold_twice = make_books(make_booking(), make_booking(8, "AC-2"))
    assert find_doubled_customers([make_order(), other], sold_twice) == ["AA-0001"]
