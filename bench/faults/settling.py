"""After the trouble: replicas bring what is under way to its end by themselves, a scripted operator settles doubts.

The operator does what a person does who asks SBB's care, and has nothing but our own interface and the sandbox's books.
"""

import asyncio
import time
from typing import Any

import msgspec
from sqlalchemy import func, select

from agenturclient.core.database import Transactions
from agenturclient.orders.models import order_journal, orders
from faults.books import OurOrder, list_live_bookings
from faults.counter import Counter, NoAnswerError
from faults.customers import Visit
from faults.trouble import LONG_SECONDS, SandboxControl

OPERATOR = "nina.graf@operator.example"
_SETTLE_SECONDS = 180.0
_READERS = 8
# What becomes of an order after the seller was told this, with nobody doing anything.
_AFTER_SOLD = {"confirmed", "cancelled"}


class Operator:
    """Goes through the doubts. What SBB sold may be adopted at any time; that it sold nothing can only be said once no
    call is under way any more, so that comes at the end."""

    def __init__(self, counter: Counter, control: SandboxControl) -> None:
        self._counter = counter
        self._control = control
        self.adopted = 0
        self.declared = 0
        self.refused: list[str] = []

    async def adopt_now_and_then(self, seconds: float) -> None:
        """While sales go on, until cancelled."""
        while True:
            await asyncio.sleep(seconds)
            try:
                await self.settle_doubts(is_end=False)
            except NoAnswerError:
                continue

    async def settle_doubts(self, *, is_end: bool) -> None:
        """Adopt what was sold; at the end, declare the rest not sold."""
        numbers = await self._list_doubts()
        live = list_live_bookings(await self._control.read_books()) if numbers else {}
        for number in numbers:
            if number in live:
                printed = live[number][0]["tickets"][0]["reference"]
                self.adopted += await self._settle(number, "adopt", {"printed_number": printed}, is_end)
            elif is_end:
                note = {"note": "SBB care: no booking for this reference"}
                self.declared += await self._settle(number, "declare-not-sold", note, is_end)

    async def _list_doubts(self) -> list[str]:
        numbers: list[str] = []
        cursor = None
        while True:
            query: dict[str, str] = {} if cursor is None else {"cursor": cursor}
            answer = await self._counter.ask("GET", "/api/doubts", query=query)
            if not answer.is_done:
                return numbers
            numbers += [order["number"] for order in answer.body["items"]]
            cursor = answer.body["next_cursor"]
            if cursor is None:
                return numbers

    async def _settle(self, number: str, way: str, body: Any, is_end: bool) -> bool:
        answer = await self._counter.ask("POST", f"/api/doubts/{number}/{way}", body)
        if not answer.is_done and is_end:
            self.refused.append(f"{number} {way}: {answer.status} {answer.body}")
        return answer.is_done


async def wait_until_quiet(transactions: Transactions) -> float:
    """Wait until no call can be under way any more and no order has an intent without an outcome; how many seconds
    that took. A call that the sandbox delays is done although nobody waits for it: only then is SBB's word final."""
    began = time.monotonic()
    await asyncio.sleep(LONG_SECONDS + 1)
    while time.monotonic() - began < _SETTLE_SECONDS:
        async with transactions.read() as session:
            busy = select(func.count()).select_from(orders).where(orders.c.step.is_not(None))
            if not (await session.execute(busy)).scalar_one():
                break
        await asyncio.sleep(0.5)
    return time.monotonic() - began


async def count_journal_entries(transactions: Transactions) -> dict[str, int]:
    """How often each thing happened to orders."""
    async with transactions.read() as session:
        query = select(order_journal.c.entry, func.count()).group_by(order_journal.c.entry)
        return {row[0]: row[1] for row in (await session.execute(query)).all()}


async def read_shown_orders(counter: Counter, ours: list[OurOrder]) -> list[str]:
    """Every order as our interface shows it, against the database: what differs."""
    waiting = list(ours)
    differing: list[str] = []

    async def read() -> None:
        while waiting:
            order = waiting.pop()
            answer = await counter.ask("GET", f"/api/orders/{order.number}")
            if not answer.is_done or _find_difference(order, answer.body):
                differing.append(f"{order.number}: {answer.status}, {_find_difference(order, answer.body)}")

    await asyncio.gather(*(read() for _ in range(_READERS)))
    return differing


def _find_difference(order: OurOrder, shown: dict[str, Any]) -> str:
    held = None if shown.get("held_total") is None else shown["held_total"]["amount"]
    tickets = {
        ticket["ticket_id"]: None if ticket["price"] is None else ticket["price"]["amount"]
        for ticket in shown.get("tickets", [])
    }
    pairs = {
        "state": (order.state, shown.get("state")),
        "step": (order.step, shown.get("step")),
        "booking_id": (order.booking_id, shown.get("booking_id")),
        "held_total": (order.held_total, held),
        "tickets": (order.tickets, tickets),
    }
    return ", ".join(f"{name} {ours} but shown {theirs}" for name, (ours, theirs) in pairs.items() if ours != theirs)


class Promise(msgspec.Struct, frozen=True):
    """Something a seller was told that is no longer so."""

    number: str
    told: str
    found: str


def find_broken_promises(visits: list[Visit], ours: list[OurOrder]) -> list[Promise]:
    """What sellers were told at the end of a visit must still be so: nothing is sold or undone behind their backs."""
    states = {order.number: order.state for order in ours}
    broken = []
    for visit in visits:
        found = states.get(visit.number or "", "missing")
        if visit.number is None:
            continue
        if visit.told is not None and visit.told != found:
            broken.append(Promise(visit.number, visit.told, found))
        elif visit.was_told_sold and found not in (_AFTER_SOLD if visit.has_asked_undo else {"confirmed"}):
            broken.append(Promise(visit.number, "confirmed", found))
    return broken
