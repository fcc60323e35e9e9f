"""A database that turns us away for a moment, just when the supplier has answered: the answer is kept and recorded."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from agenturclient.core.database import Session, TransactionConflictError, Transactions
from agenturclient.orders.sale.desk import SaleDesk
from agenturclient.rail.b2p.client import B2pRail
from b2p_sandbox.server import RunningSandbox
from orders.clearing import assert_true_end
from orders.seller import Control, confirm_held, fill_basket, hold_basket, make_desk, make_rail_settings

TURNED_AWAY: dict[str, Callable[[], Exception]] = {
    "no connection": lambda: PoolTimeoutError("QueuePool limit reached"),
    "conflict": lambda: TransactionConflictError("deadlock"),
}


class BusyTransactions(Transactions):
    """Turns the next writers away, as often as is asked."""

    refusals = 0
    make_error: Callable[[], Exception]

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[Session]:
        async with super().__call__() as session:
            yield session
            if self.refusals > 0:
                self.refusals -= 1
                raise self.make_error()


class Answering:
    """The supplier's client; once ``operation`` was answered, the database is busy."""

    def __init__(self, rail: B2pRail, operation: str, transactions: BusyTransactions, refusals: int) -> None:
        self._rail, self._operation = rail, operation
        self._transactions, self._refusals = transactions, refusals

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._rail, name)
        if name != self._operation:
            return method

        async def call(*args: Any, **options: Any) -> Any:
            answer = await method(*args, **options)
            self._transactions.refusals = self._refusals
            return answer

        return call


def open_busy_desk(
    transactions: Transactions, rail: B2pRail, sandbox: RunningSandbox, operation: str, how: str, refusals: int = 3
) -> SaleDesk:
    busy = BusyTransactions(transactions.engine)
    busy.make_error = TURNED_AWAY[how]
    answering: Any = Answering(rail, operation, busy, refusals)
    return make_desk(busy, answering, make_rail_settings(sandbox.url), lease_seconds=4)


@pytest.mark.parametrize("how", list(TURNED_AWAY))
@pytest.mark.parametrize("operation", ["hold_offers", "pay_by_invoice", "book", "find_booking"])
async def test_an_answer_outlasts_a_busy_database(
    transactions: Transactions, running_sandbox: RunningSandbox, control: Control, operation: str, how: str
) -> None:
    async with B2pRail(make_rail_settings(running_sandbox.url)) as rail:
        desk = open_busy_desk(transactions, rail, running_sandbox, operation, how)
        sold = await confirm_held(desk, await hold_basket(desk, await fill_basket(desk)))
        assert sold.state == "confirmed"
        # Nothing was found out later by somebody else: each step is in the journal once.
        entries = [entry.entry for entry in sold.journal]
        assert entries.count("booked") == entries.count("paid") == entries.count("held") == 1
        assert (await assert_true_end(desk, control)).sold == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_database_that_stays_busy_is_told_and_the_recovery_goes_on(
    transactions: Transactions, running_sandbox: RunningSandbox, control: Control
) -> None:
    async with B2pRail(make_rail_settings(running_sandbox.url)) as rail:
        desk = open_busy_desk(transactions, rail, running_sandbox, "book", "no connection", refusals=1_000_000)
        held = await hold_basket(desk, await fill_basket(desk))
        with pytest.raises(PoolTimeoutError):
            await confirm_held(desk, held)
        assert len((await control.read_books())["bookings"]) == 1
        desk.transactions.refusals = 0  # type: ignore[attr-defined]
        assert (await assert_true_end(desk, control)).sold == 1


class TiredTransactions(Transactions):
    """After one of its commits it turns whoever comes next away, readers and writers, as often as is asked."""

    def __init__(self, transactions: Transactions) -> None:
        super().__init__(transactions.engine)
        self.commits_until_tired = -1
        self.refusals = 0

    def _refuse(self) -> None:
        if self.refusals > 0:
            self.refusals -= 1
            raise PoolTimeoutError("QueuePool limit reached")

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[Session]:
        self._refuse()
        async with super().__call__() as session:
            yield session
        self.commits_until_tired -= 1
        if self.commits_until_tired == 0:
            self.refusals = 3

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Session]:
        self._refuse()
        async with super().read() as session:
            yield session


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("commits", [2, 3, 5])
async def test_a_sale_that_was_begun_goes_on_however_busy_the_database_is_between_two_steps(
    transactions: Transactions, running_sandbox: RunningSandbox, control: Control, commits: int
) -> None:
    """Paid, about to be booked, confirmed: after each of them there is no connection for a moment."""
    tired = TiredTransactions(transactions)
    async with B2pRail(make_rail_settings(running_sandbox.url)) as rail:
        desk = make_desk(tired, rail, make_rail_settings(running_sandbox.url))
        held = await hold_basket(desk, await fill_basket(desk))
        tired.commits_until_tired = commits
        sold = await confirm_held(desk, held)
        assert sold.state == "confirmed"
        assert (tired.commits_until_tired, tired.refusals) == (commits - 5, 0)
