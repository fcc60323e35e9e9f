"""What the sale's steps share within a replica, and how a step's outcome is recorded."""

import asyncio
import datetime as dt
import functools
import random
import time
from collections.abc import Callable, Coroutine
from typing import Any, Concatenate, ParamSpec, TypeVar

import msgspec
import structlog
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from agenturclient.core.database import Session, TransactionConflictError, Transactions, get_utc_now
from agenturclient.offers.service import Lookups
from agenturclient.orders import queries
from agenturclient.orders.queries import OrderRow
from agenturclient.orders.rules import OrderState, Step
from agenturclient.rail.port import Rail, RailContext
from agenturclient.settings import RailSettings, SaleSettings

_log = structlog.get_logger(__name__)
Result = TypeVar("Result")
Parameters = ParamSpec("Parameters")

SYSTEM = "system"


class SaleDesk:
    """Where sales are made in this replica. ``owner`` names the replica in leases, anew at each start."""

    def __init__(
        self, *, transactions: Transactions, lookups: Lookups, sale: SaleSettings, rail: RailSettings, owner: str
    ) -> None:
        self.transactions = transactions
        self.lookups = lookups
        self.settings = sale
        self.confirm_budget_seconds = rail.confirm_budget_seconds
        self.hold_budget_seconds = rail.hold_budget_seconds
        self.is_repeating_bookings_safe = rail.repeat_booking_is_safe
        self.owner = owner
        self._running: set[asyncio.Task[Any]] = set()

    @property
    def rail(self) -> Rail:
        return self.lookups.rail

    def make_lease_end(self) -> dt.datetime:
        return get_utc_now() + dt.timedelta(seconds=self.settings.lease_seconds)

    async def run_to_its_end(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Run a step so that a seller who closes the page does not cut it in the middle."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def finish_running(self) -> None:
        """Wait for the steps under way, at the stop of the process; each has its own budget."""
        if self._running:
            await asyncio.gather(*self._running, return_exceptions=True)


class Sale(msgspec.Struct, frozen=True, kw_only=True):
    """An order as its steps at the supplier need it."""

    order_id: int
    number: str
    agency_code: str
    actor: str
    context: RailContext
    your_reference: str | None
    held_total: int
    held_until: dt.datetime | None
    booking_id: str | None
    undo_until: dt.datetime | None
    is_final_at_once: bool = False
    prebooking_ids: tuple[int, ...] = ()


def make_sale(row: OrderRow, *, actor: str, prebooking_ids: tuple[int, ...] = (), budget_seconds: float) -> Sale:
    """The sale of an order. All calls made with its context share ``budget_seconds``, which start now."""
    return Sale(
        order_id=row.id,
        number=row.number,
        agency_code=row.agency_code,
        actor=actor,
        context=RailContext(
            row.contract_id, row.conversation_id, row.ticket_language, deadline=time.monotonic() + budget_seconds
        ),
        your_reference=row.your_reference,
        held_total=row.held_total or 0,
        held_until=row.held_until,
        booking_id=row.booking_id,
        undo_until=row.undo_until,
        is_final_at_once=row.is_final_at_once,
        prebooking_ids=prebooking_ids,
    )


def keeps_trying(
    record: Callable[Concatenate[SaleDesk, Parameters], Coroutine[Any, Any, Result]],
) -> Callable[Concatenate[SaleDesk, Parameters], Coroutine[Any, Any, Result]]:
    """Of a function that records an outcome in one transaction: run it again while the database turns it away.

    The supplier's answer is nowhere but here; were it dropped because no connection was free for some seconds, a ticket
    that was sold would be in doubt. Only what certainly committed nothing is repeated (a conflict, no connection to be
    had), for half the life of the lease.
    """

    @functools.wraps(record)
    async def try_until_recorded(desk: SaleDesk, /, *args: Parameters.args, **options: Parameters.kwargs) -> Result:
        give_up_at = time.monotonic() + desk.settings.lease_seconds / 2
        while True:
            try:
                return await record(desk, *args, **options)
            except (TransactionConflictError, PoolTimeoutError) as error:
                if time.monotonic() > give_up_at:
                    raise
                _log.warning("outcome_not_recorded_yet", record=record.__name__, cause=type(error).__name__)
                await asyncio.sleep(random.uniform(0.05, 0.3))

    return try_until_recorded


class LeaseLostError(Exception):
    """Another replica took the order over while this one was acting; it brings the order to its end."""


async def record_step(
    session: Session,
    desk: SaleDesk,
    sale: Sale,
    *,
    state: OrderState,
    step: Step,
    entry: str,
    changes: dict[str, Any],
    detail: dict[str, Any] | None = None,
) -> None:
    """Record what came of ``step``: the order's changes and the journal entry, if the order is still ours.

    Raises:
        LeaseLostError: it is not; nothing is recorded.
    """
    if not await queries.move_order(
        session, sale.order_id, state=state, step=step, owner=desk.owner, changes={"attempts": 0, **changes}
    ):
        _log.warning("sale_lease_lost", order=sale.number, step=step, entry=entry)
        raise LeaseLostError
    await queries.add_journal_entry(session, sale.order_id, sale.actor, entry, detail)


def release_lease() -> dict[str, Any]:
    """Changes that end the work on an order."""
    return {"step": None, "lease_owner": None, "lease_until": None}
