"""Our books against the sandbox's: nothing lost, nothing doubled, nothing wrong, to the Rappen."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from sqlalchemy import select

from agenturclient.core.database import Transactions
from agenturclient.orders.models import order_tickets, orders

_SOLD = {"confirmed", "partly_refunded", "refunded"}
_UNSETTLED = {"in_doubt", "confirming"}
_EXAMPLES = 10

Books = Mapping[str, Any]


class OurOrder(msgspec.Struct, frozen=True, kw_only=True):
    """An order as we know it. Amounts in Rappen; ``tickets`` are prices by B2P's ticket id."""

    number: str
    contract_id: str
    your_reference: str | None
    state: str
    step: str | None
    booking_id: str | None
    held_total: int | None
    tickets: dict[str, int | None]


class Comparison(msgspec.Struct, kw_only=True):
    """What both books say together. All but the counts of the first and last lines must be zero.

    - lost: sold at SBB, and we do not know it
    - doubled: sold more than once at SBB
    - wrong: sold according to us, but SBB's booking, tickets or prices are others or missing
    - unsettled: nobody knows yet
    - difference: what SBB invoices less what we sold, in Rappen, all contracts' absolute differences together
    """

    orders: int = 0
    sold: int = 0
    by_state: dict[str, int] = msgspec.field(default_factory=dict)
    lost: int = 0
    doubled: int = 0
    wrong: int = 0
    unsettled: int = 0
    difference: int = 0
    payments_without_booking: int = 0
    examples: list[str] = msgspec.field(default_factory=list)

    @property
    def is_equal(self) -> bool:
        return not (self.lost or self.doubled or self.wrong or self.unsettled or self.difference)

    def note(self, kind: str, number: str, fact: object) -> None:
        """Keep the first few findings, so that somebody can look them up."""
        if len(self.examples) < _EXAMPLES:
            self.examples.append(f"{kind}: {number}: {fact}")


async def read_our_books(transactions: Transactions) -> list[OurOrder]:
    """Every order in the database."""
    async with transactions.read() as session:
        rows = (await session.execute(select(orders))).all()
        tickets: dict[int, dict[str, int | None]] = defaultdict(dict)
        for ticket in (await session.execute(select(order_tickets))).all():
            tickets[ticket.order_id][ticket.ticket_id] = ticket.price
    return [
        OurOrder(
            number=row.number,
            contract_id=row.contract_id,
            your_reference=row.your_reference,
            state=row.state,
            step=row.step,
            booking_id=row.booking_id,
            held_total=row.held_total,
            tickets=dict(tickets[row.id]),
        )
        for row in rows
    ]


def list_live_bookings(books: Books) -> dict[str | None, list[dict[str, Any]]]:
    """What SBB has sold and not undone, by our order number."""
    live: dict[str | None, list[dict[str, Any]]] = defaultdict(list)
    for entry in books["bookings"]:
        if not entry["is_cancelled"]:
            live[entry["reference1"]].append(entry)
    return live


def compare_books(ours: Iterable[OurOrder], books: Books) -> Comparison:
    """Every order of ours against SBB's bookings for it, and every booking against our orders."""
    found = Comparison(payments_without_booking=len(books["payments_without_booking"]))
    live = list_live_bookings(books)
    numbers = set()
    states: Counter[str] = Counter()
    for order in ours:
        numbers.add(order.number)
        states[order.state] += 1
        _compare_order(found, order, live.get(order.number, []))
    found.orders, found.by_state = len(numbers), dict(sorted(states.items()))
    for number, entries in live.items():
        if number not in numbers:
            found.lost += len(entries)
            found.note("lost", str(number), "no such order")
    _compare_totals(found, ours, books)
    return found


def _compare_order(found: Comparison, order: OurOrder, live: list[dict[str, Any]]) -> None:
    if len(live) > 1:
        found.doubled += len(live) - 1
        found.note("doubled", order.number, [entry["booking_id"] for entry in live])
    if order.state in _UNSETTLED or order.step is not None:
        found.unsettled += 1
        found.note("unsettled", order.number, f"{order.state} {order.step}")
    elif order.state in _SOLD:
        found.sold += 1
        theirs = {str(ticket["ticket_id"]): ticket["price"] for entry in live for ticket in entry["tickets"]}
        is_equal = order.tickets == theirs and sum(theirs.values()) == order.held_total
        if not is_equal or [str(entry["booking_id"]) for entry in live] != [order.booking_id]:
            found.wrong += 1
            found.note("wrong", order.number, f"ours {order.booking_id} {order.tickets}, theirs {live}")
    elif live:
        found.lost += len(live)
        found.note("lost", order.number, f"{order.state}, sold as {[entry['booking_id'] for entry in live]}")


def _compare_totals(found: Comparison, ours: Iterable[OurOrder], books: Books) -> None:
    """The invoice of each contract against what we sold on it. Payments without booking are listed apart, and refunds
    are no part of a sale."""
    totals: Counter[str] = Counter()
    for line in books["invoice"]:
        if line["kind"] in {"ticket", "cancellation"}:
            totals[line["contract_id"]] += line["amount"]
    for order in ours:
        if order.state in _SOLD:
            totals[order.contract_id] -= order.held_total or 0
    for contract_id, difference in totals.items():
        found.difference += abs(difference)
        if difference:
            found.note("difference", contract_id, f"{difference} Rappen")


def find_doubled_customers(ours: Iterable[OurOrder], books: Books) -> list[str]:
    """Customers with more than one order or live booking, where each was given a reference of their own."""
    begun = Counter(order.your_reference for order in ours)
    sold = Counter(entry["reference2"] for entry in books["bookings"] if not entry["is_cancelled"])
    return sorted(str(reference) for counts in (begun, sold) for reference, count in counts.items() if count > 1)
