"""A run from the first customer to the comparison of the books."""

import asyncio
import contextlib
import datetime as dt
import random
import time
from collections import Counter as Tally
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import msgspec

from agenturclient.core.database import Transactions
from faults.books import compare_books, find_doubled_customers, read_our_books
from faults.counter import Counter, Description
from faults.customers import Visit, draw_customer
from faults.replicas import Replica, kill_now_and_then, shorten_times
from faults.report import Report
from faults.selling import serve_customer
from faults.settling import (
    OPERATOR,
    Operator,
    count_journal_entries,
    find_broken_promises,
    read_shown_orders,
    wait_until_quiet,
)
from faults.trouble import SandboxControl, choose_switches
from stand import make_environment, open_engine

_SELLERS = ("anna.keller@gipfel.example", "luca.bernasconi@gipfel.example", "chloe.dubois@rivage.example")
_ADOPT_SECONDS = 5.0


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What a run is to be. ``kill_seconds`` lie between two kills on average; ``minutes`` bound the selling."""

    sales: int
    sellers: int
    seed: int
    kill_seconds: float
    database: str
    minutes: float


async def run_sales(options: Options, database_url: str, sandbox_url: str, folder: Path) -> Report:
    """Sell under faults and kills, let everything settle, compare."""
    chance = random.Random(options.seed)
    switches = choose_switches(chance)
    environment = shorten_times(make_environment(database_url, sandbox_url))
    replicas = [Replica(folder, environment) for _ in range(2)]
    try:
        await asyncio.gather(*(replica.start() for replica in replicas))
        async with aiohttp.ClientSession() as session, open_engine(database_url) as engine:
            control = SandboxControl(session, sandbox_url)
            described = await _fetch_description(session, replicas[0].url)
            sale = _Run(options, replicas, control, described)
            await control.begin_trouble(options.seed, switches)
            report = await sale.sell_and_settle(Transactions(engine), chance)
    finally:
        for replica in replicas:
            replica.stop()
    report.crashes = sum(replica.crashes for replica in replicas)
    for replica in replicas:
        report.logged_errors += replica.count_errors()
    report.parameters |= switches
    return report


async def _fetch_description(session: aiohttp.ClientSession, url: str) -> Description:
    async with session.get(f"{url}/api/openapi.json") as answer:
        return Description(await answer.json())


class _Run:
    def __init__(
        self, options: Options, replicas: list[Replica], control: SandboxControl, described: Description
    ) -> None:
        self._options = options
        self._replicas = replicas
        self._control = control
        self._described = described
        self._numbers = iter(range(options.sales))
        self._visits: list[Visit] = []
        self._lost_answers = 0
        self._closing_at = time.monotonic() + options.minutes * 60

    async def sell_and_settle(self, transactions: Transactions, chance: random.Random) -> Report:
        began = time.monotonic()
        async with self._open_counter(OPERATOR, 0) as counter:
            operator = Operator(counter, self._control)
            # Whichever of these fails ends the run at once: without kills it would prove nothing.
            async with asyncio.TaskGroup() as group:
                beside = [
                    group.create_task(kill_now_and_then(self._replicas, self._options.kill_seconds, chance)),
                    group.create_task(operator.adopt_now_and_then(_ADOPT_SECONDS)),
                    group.create_task(self._tell_progress()),
                ]
                await asyncio.gather(*(self._work(index) for index in range(self._options.sellers)))
                for task in beside:
                    task.cancel()
            selling_seconds = time.monotonic() - began
            kills = sum(replica.kills for replica in self._replicas)
            await self._wake_replicas()
            struck = await self._control.end_trouble()
            settling_seconds = await wait_until_quiet(transactions)
            await operator.settle_doubts(is_end=True)
            ours, books = await read_our_books(transactions), await self._control.read_books()
            return Report(
                parameters=msgspec.structs.asdict(self._options),
                comparison=compare_books(ours, books),
                doubled_customers=find_doubled_customers(ours, books),
                broken_promises=find_broken_promises(self._visits, ours),
                shown_otherwise=await read_shown_orders(counter, ours),
                visits=self._visits,
                description=self._described,
                journal=await count_journal_entries(transactions),
                adopted=operator.adopted,
                declared=operator.declared,
                refused_doubts=operator.refused,
                kills=kills,
                crashes=0,
                logged_errors=Tally(),
                faults_struck=struck,
                lost_answers=self._lost_answers,
                selling_seconds=selling_seconds,
                settling_seconds=settling_seconds,
            )

    @contextlib.asynccontextmanager
    async def _open_counter(self, email: str, first: int) -> AsyncIterator[Counter]:
        urls = [replica.url for replica in self._replicas]
        async with Counter(urls, self._described, first) as counter:
            await counter.sign_in(email)
            try:
                yield counter
            finally:
                self._lost_answers += counter.lost_answers

    async def _work(self, index: int) -> None:
        today = dt.datetime.now(dt.UTC).date()
        async with self._open_counter(_SELLERS[index % len(_SELLERS)], index) as counter:
            for number in self._numbers:
                if time.monotonic() > self._closing_at:
                    break
                customer = draw_customer(self._options.seed, number, today)
                self._visits.append(await serve_customer(counter, customer))

    async def _wake_replicas(self) -> None:
        """A kill may have been interrupted on its way to the new start."""
        for replica in self._replicas:
            if not replica.is_ready:
                await replica.start_again()

    async def _tell_progress(self) -> None:
        began = time.monotonic()
        while True:
            await asyncio.sleep(15)
            kills = sum(replica.kills for replica in self._replicas)
            seconds = time.monotonic() - began
            print(f"  {seconds:5.0f} s: {len(self._visits)} customers served, {kills} kills", flush=True)
