"""The end of every fault test: recovery until nothing is under way, a scripted operator, and both sides' books."""

import asyncio
import datetime as dt

from sqlalchemy import select, true, update

from agenturclient.orders.doubts.service import adopt_booking, declare_not_sold
from agenturclient.orders.models import orders
from agenturclient.orders.sale.desk import SaleDesk
from agenturclient.orders.sale.jobs import recover_unfinished_orders
from agenturclient.orders.schemas import AdoptBooking, DeclareNotSold
from faults.books import Comparison, compare_books, list_live_bookings, read_our_books
from orders.seller import CALLER, Control


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


async def settle_doubts(desk: SaleDesk, control: Control) -> int:
    """What an operator does who asks SBB's care: adopt what was sold, declare the rest not sold. How many doubts."""
    live = list_live_bookings(await control.read_books())
    async with desk.transactions.read() as session:
        doubts = (await session.execute(select(orders.c.number).where(orders.c.state == "in_doubt"))).scalars().all()
    for number in doubts:
        if number in live:
            printed = live[number][0]["tickets"][0]["reference"]
            await adopt_booking(desk, CALLER, number, true(), AdoptBooking(printed_number=printed))
        else:
            await declare_not_sold(desk, CALLER, number, true(), DeclareNotSold(note="SBB care: nothing sold"))
    return len(doubts)


async def assert_true_end(desk: SaleDesk, control: Control) -> Comparison:
    """Everything settles and both books are equal."""
    await control.set_faults()
    await recover_until_quiet(desk)
    await settle_doubts(desk, control)
    found = compare_books(await read_our_books(desk.transactions), await control.read_books())
    assert found.is_equal, found
    return found
