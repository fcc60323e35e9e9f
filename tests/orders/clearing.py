"""The end of every fault test: recovery until nothing is under way, a scripted operator, and both sides' books."""

import asyncio
import datetime as dt
from typing import Any

from sqlalchemy import select, true, update

from agenturclient.orders.doubts.service import adopt_booking, declare_not_sold
from agenturclient.orders.models import order_tickets, orders
from agenturclient.orders.sale.desk import SaleDesk
from agenturclient.orders.sale.jobs import recover_unfinished_orders
from agenturclient.orders.schemas import AdoptBooking, DeclareNotSold
from orders.seller import CALLER, Control

_SOLD = {"confirmed", "partly_refunded", "refunded"}


async def end_all_leases(desk: SaleDesk) -> None:
    """As if the time of every lease had passed."""
    async with desk.transactions() as session:
        past = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=1)
        await session.execute(update(orders).where(orders.c.step.is_not(None)).values(lease_until=past))


async def recover_until_quiet(desk: SaleDesk, rounds: int = 12) -> None:
    """Let the recovery work until no order has an intent without an outcome."""
    for _ in range(rounds):
        await end_all_leases(desk)
        await recover_unfinished_orders(desk)
        async with desk.transactions.read() as session:
            waiting = (await session.execute(select(orders.c.number).where(orders.c.step.is_not(None)))).all()
        if not waiting:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"never settled: {waiting}")


def _list_live(books: dict[str, Any], number: str) -> list[dict[str, Any]]:
    return [entry for entry in books["bookings"] if entry["reference1"] == number and not entry["is_cancelled"]]


async def settle_doubts(desk: SaleDesk, control: Control) -> int:
    """What an operator does who asks SBB's care: adopt what was sold, declare the rest not sold. How many doubts."""
    books = await control.read_books()
    async with desk.transactions.read() as session:
        doubts = (await session.execute(select(orders.c.number).where(orders.c.state == "in_doubt"))).scalars().all()
    for number in doubts:
        live = _list_live(books, number)
        if live:
            printed = live[0]["tickets"][0]["reference"]
            await adopt_booking(desk, CALLER, number, true(), AdoptBooking(printed_number=printed))
        else:
            await declare_not_sold(desk, CALLER, number, true(), DeclareNotSold(note="SBB care: nothing sold"))
    return len(doubts)


async def compare_books(desk: SaleDesk, control: Control) -> dict[str, int]:
    """Our books against the sandbox's: nothing lost, nothing doubled, nothing wrong."""
    books = await control.read_books()
    found = {"orders": 0, "sold": 0, "lost": 0, "doubled": 0, "wrong": 0, "unsettled": 0}
    async with desk.transactions.read() as session:
        rows = (await session.execute(select(orders))).all()
        tickets = (await session.execute(select(order_tickets))).all()
    numbers = set()
    for row in rows:
        numbers.add(row.number)
        live = _list_live(books, row.number)
        found["orders"] += 1
        found["doubled"] += max(0, len(live) - 1)
        if row.state in {"in_doubt", "confirming"} or row.step is not None:
            found["unsettled"] += 1
        elif row.state in _SOLD:
            found["sold"] += 1
            ours = {ticket.ticket_id: ticket.price for ticket in tickets if ticket.order_id == row.id}
            theirs = {str(ticket["ticket_id"]): ticket["price"] for entry in live for ticket in entry["tickets"]}
            is_equal = ours == theirs and sum(theirs.values()) == row.held_total
            found["wrong"] += not is_equal or [str(entry["booking_id"]) for entry in live] != [row.booking_id]
        else:
            found["lost"] += len(live)
    found["lost"] += sum(
        1 for entry in books["bookings"] if not entry["is_cancelled"] and entry["reference1"] not in numbers
    )
    return found


async def assert_true_end(desk: SaleDesk, control: Control) -> dict[str, int]:
    """Everything settles and both books are equal."""
    await control.set_faults()
    await recover_until_quiet(desk)
    await settle_doubts(desk, control)
    found = await compare_books(desk, control)
    assert found["lost"] == found["doubled"] == found["wrong"] == found["unsettled"] == 0, found
    return found
