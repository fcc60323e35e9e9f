"""The order's states against a model: whatever sellers, faults, crashes and operators do, in any order."""

import asyncio
import contextlib
import tempfile
from collections.abc import Coroutine
from typing import Any, ClassVar, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select, true

from agenturclient.core.database import Transactions, create_engine
from agenturclient.core.problems import Problem
from agenturclient.migrations.tables import load_tables
from agenturclient.orders import service
from agenturclient.orders.models import orders
from agenturclient.orders.reading.service import read_order
from agenturclient.orders.rules import TRANSITIONS, OrderState
from agenturclient.orders.sale.desk import SaleDesk
from agenturclient.orders.sale.jobs import recover_unfinished_orders
from agenturclient.rail.b2p.client import B2pRail
from b2p_sandbox.server import RunningSandbox, start_sandbox
from faults.books import compare_books, read_our_books
from orders.clearing import end_all_leases, recover_until_quiet, settle_doubts
from orders.seller import (
    CALLER,
    Control,
    confirm_held,
    fill_basket,
    hold_basket,
    make_desk,
    make_keyed,
    make_rail_settings,
)

Result = TypeVar("Result")
FAULTS = ["reset_before", "reset_after", "error_before", "error_after", "truncated_body", "token_expired"]
OPERATIONS = ["post_prebooking", "post_payment", "post_booking", "get_booking", "delete_booking"]


class _World:
    """A running product on a new database, and its own event loop."""

    def __init__(self, sandbox: RunningSandbox) -> None:
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self.run(self._open(sandbox))

    async def _open(self, sandbox: RunningSandbox) -> None:
        self.engine = create_engine(
            f"sqlite+aiosqlite:///{self.folder.name}/machine.sqlite",
            pool_size=2,
            pool_timeout_seconds=5,
            statement_timeout_seconds=5,
        )
        async with self.engine.begin() as connection:
            await connection.run_sync(load_tables().create_all)
        rail_settings = make_rail_settings(sandbox.url)
        self.rail = B2pRail(rail_settings)
        await self.rail.open_rail()
        self.control = Control(sandbox.control_url)
        await self.control.reset()
        self.desk: SaleDesk = make_desk(Transactions(self.engine), self.rail, rail_settings)

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        return self.loop.run_until_complete(work)

    def close(self) -> None:
        async def close_all() -> None:
            await self.control.close()
            await self.rail.close_rail()
            await self.engine.dispose()

        self.run(close_all())
        self.loop.run_until_complete(self.loop.shutdown_default_executor())
        self.loop.close()
        self.folder.cleanup()


class OrderMachine(RuleBasedStateMachine):
    """The model is the table of transitions: no order ever takes a way that is not in it."""

    sandbox: ClassVar[RunningSandbox]

    @initialize()
    def begin(self) -> None:
        self.world = _World(self.sandbox)
        self.seen: dict[str, OrderState] = {}

    def _try(self, work: Coroutine[Any, Any, Any]) -> None:
        with contextlib.suppress(Problem):
            self.world.run(work)

    def _pick(self, place: int, state: str) -> str | None:
        numbers = sorted(number for number, seen in self.seen.items() if seen == state)
        return numbers[place % len(numbers)] if numbers else None

    @rule(is_saver=st.booleans())
    def fill(self, is_saver: bool) -> None:
        self._try(fill_basket(self.world.desk, is_saver=is_saver))

    @rule(operation=st.sampled_from(OPERATIONS), kind=st.sampled_from(FAULTS), nth=st.integers(1, 3))
    def arm_fault(self, operation: str, kind: str, nth: int) -> None:
        self.world.run(self.world.control.set_faults({"operation": operation, "kind": kind, "nth": nth}))

    @rule(place=st.integers(0, 9))
    def hold(self, place: int) -> None:
        number = self._pick(place, "open")
        if number is not None:
            order = self.world.run(read_order(self.world.desk, number, true()))
            self._try(hold_basket(self.world.desk, order))

    @rule(place=st.integers(0, 9), clicks=st.integers(1, 2))
    def confirm(self, place: int, clicks: int) -> None:
        number = self._pick(place, "held")
        if number is not None:
            order = self.world.run(read_order(self.world.desk, number, true()))
            for _ in range(clicks):
                self._try(confirm_held(self.world.desk, order))

    @rule(place=st.integers(0, 9))
    def undo(self, place: int) -> None:
        number = self._pick(place, "confirmed")
        if number is not None:
            self._try(service.undo_order(self.world.desk, CALLER, number, true(), make_keyed("undo", None)))

    @rule(place=st.integers(0, 9))
    def reopen(self, place: int) -> None:
        number = self._pick(place, "held")
        if number is not None:
            self._try(service.reopen_order(self.world.desk, CALLER, number, true()))

    @rule()
    def recover(self) -> None:
        async def work() -> None:
            await end_all_leases(self.world.desk)
            await recover_unfinished_orders(self.world.desk)

        self.world.run(work())

    @rule()
    def operate(self) -> None:
        self._try(settle_doubts(self.world.desk, self.world.control))

    @invariant()
    def every_order_took_an_allowed_way(self) -> None:
        if not hasattr(self, "world"):
            return
        for number, state in self.world.run(self._list_states()):
            before = self.seen.get(number, OrderState.OPEN)
            assert state == before or state in _list_reachable(before), f"{number}: {before} became {state}"
            self.seen[number] = OrderState(state)

    async def _list_states(self) -> list[tuple[str, str]]:
        async with self.world.desk.transactions.read() as session:
            rows = await session.execute(select(orders.c.number, orders.c.state))
            return [(row.number, row.state) for row in rows]

    def teardown(self) -> None:
        if not hasattr(self, "world"):
            return
        try:
            self.world.run(self._close_books())
        finally:
            self.world.close()

    async def _close_books(self) -> None:
        desk, control = self.world.desk, self.world.control
        await control.set_faults()
        await recover_until_quiet(desk)
        await settle_doubts(desk, control)
        found = compare_books(await read_our_books(desk.transactions), await control.read_books())
        assert found.is_equal, found


def _list_reachable(state: OrderState) -> set[OrderState]:
    """Where a use case may lead from a state: the transitions, one after another."""
    reached, waiting = set[OrderState](), [state]
    while waiting:
        for following in TRANSITIONS[waiting.pop()]:
            if following not in reached:
                reached.add(following)
                waiting.append(following)
    return reached


@pytest.mark.timeout(300)
def test_no_history_of_faults_breaks_the_books() -> None:
    with start_sandbox(seed=3) as sandbox:
        OrderMachine.sandbox = sandbox
        run_state_machine_as_test(
            OrderMachine,
            settings=settings(
                max_examples=25,
                stateful_step_count=20,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                derandomize=True,
            ),
        )
