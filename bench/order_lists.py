"""How the list of orders slows down as it grows: `python bench/order_lists.py [--small N] [--large N] [--database D]`.

Two databases of a kind are filled with orders as sales leave them (SQLite by bulk inserts, MariaDB by LOAD DATA), then
each kind of list and search is asked of both in turn, in one run: what counts is the ratio of the large one's time to
the small one's. A list whose time grows as the number of orders grows has no index. Asked is what the route asks, from
the statement to the summaries; --explain prints the large database's plans.
"""

import argparse
import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import event, select

from agenturclient.core.database import Transactions
from agenturclient.core.paging import encode_cursor
from agenturclient.deps import AgencyScope
from agenturclient.orders.models import order_terms, order_tickets, orders
from agenturclient.orders.reading.service import OrderFilter, find_orders, narrow_orders
from agenturclient.orders.rules import OrderState
from figures import print_head, print_line
from order_rows import BIG_AGENCY, load_rows, write_rows
from stand import DATABASES, open_databases, open_engine, prepare_database

_AGENCY = AgencyScope(BIG_AGENCY, None)
_BRANCH = AgencyScope(BIG_AGENCY, "branch-1")
_EVERYBODY = AgencyScope(None, None)


class Sample(msgspec.Struct, frozen=True):
    """What is looked for: an order of the big agency, somewhere in the middle of its list."""

    number: str
    reference: str
    ticket_number: str
    traveller: str
    travel_on: Any
    early_cursor: str


Question = tuple[str, AgencyScope, Callable[[Sample], OrderFilter]]
QUESTIONS: tuple[Question, ...] = (
    ("first page, agency", _AGENCY, lambda _: OrderFilter()),
    ("first page, one branch", _BRANCH, lambda _: OrderFilter()),
    ("first page, all agencies", _EVERYBODY, lambda _: OrderFilter()),
    ("deep page, agency", _AGENCY, lambda sample: OrderFilter(cursor=sample.early_cursor)),
    ("deep page, one branch", _BRANCH, lambda sample: OrderFilter(cursor=sample.early_cursor)),
    ("order number", _AGENCY, lambda sample: OrderFilter(text=sample.number)),
    ("order number, all agencies", _EVERYBODY, lambda sample: OrderFilter(text=sample.number)),
    ("ticket number", _AGENCY, lambda sample: OrderFilter(text=sample.ticket_number)),
    ("ticket number, all agencies", _EVERYBODY, lambda sample: OrderFilter(text=sample.ticket_number)),
    ("your reference", _AGENCY, lambda sample: OrderFilter(text=sample.reference)),
    ("your reference, all agencies", _EVERYBODY, lambda sample: OrderFilter(text=sample.reference)),
    ("full name", _AGENCY, lambda sample: OrderFilter(text=sample.traveller)),
    ("full name, one branch", _BRANCH, lambda sample: OrderFilter(text=sample.traveller)),
    ("full name, all agencies", _EVERYBODY, lambda sample: OrderFilter(text=sample.traveller)),
    ("name's first 2 letters", _AGENCY, lambda sample: OrderFilter(text=sample.traveller[:2])),
    ("2 letters, all agencies", _EVERYBODY, lambda sample: OrderFilter(text=sample.traveller[:2])),
    ("a name that nobody has", _AGENCY, lambda _: OrderFilter(text="xylophon")),
    ("nobody's name, all agencies", _EVERYBODY, lambda _: OrderFilter(text="xylophon")),
    ("a place that is common", _AGENCY, lambda _: OrderFilter(text="bern")),
    ("that place, one branch", _BRANCH, lambda _: OrderFilter(text="bern")),
    ("that place, all agencies", _EVERYBODY, lambda _: OrderFilter(text="bern")),
    ("that place, in doubt", _AGENCY, lambda _: OrderFilter(text="bern", states=(OrderState.IN_DOUBT,))),
    ("a seller", _AGENCY, lambda _: OrderFilter(text="daniel seller")),
    ("a seller, all agencies", _EVERYBODY, lambda _: OrderFilter(text="daniel seller")),
    ("state confirmed", _AGENCY, lambda _: OrderFilter(states=(OrderState.CONFIRMED,))),
    ("state failed", _AGENCY, lambda _: OrderFilter(states=(OrderState.FAILED,))),
    ("states open, held (none)", _AGENCY, lambda _: OrderFilter(states=(OrderState.OPEN, OrderState.HELD))),
    ("in doubt, all agencies", _EVERYBODY, lambda _: OrderFilter(states=(OrderState.IN_DOUBT,))),
    ("mine", _AGENCY, lambda _: OrderFilter(seller_subject=f"{BIG_AGENCY}-seller-3")),
    ("mine, none yet", _AGENCY, lambda _: OrderFilter(seller_subject=f"{BIG_AGENCY}-seller-new")),
    ("day of travel", _AGENCY, lambda sample: OrderFilter(travel_on=sample.travel_on)),
    ("day of travel, all agencies", _EVERYBODY, lambda sample: OrderFilter(travel_on=sample.travel_on)),
    ("CSV of 100", _AGENCY, lambda _: OrderFilter(limit=100)),
)


async def draw_sample(transactions: Transactions) -> Sample:
    """An order with a ticket and a reference."""
    async with transactions.read() as session:
        last_id = (await session.execute(select(orders.c.id).order_by(orders.c.id.desc()).limit(1))).scalar_one()
        row = (
            await session.execute(
                select(orders)
                .where(
                    orders.c.id > last_id // 2,
                    orders.c.agency_code == BIG_AGENCY,
                    orders.c.branch_code == "branch-1",
                    orders.c.your_reference.is_not(None),
                    orders.c.sold_at.is_not(None),
                )
                .order_by(orders.c.id)
                .limit(1)
            )
        ).one()
        printed = select(order_tickets.c.printed_number).where(order_tickets.c.order_id == row.id).limit(1)
        own = (order_terms.c.order_id == row.id, order_terms.c.source == "traveller:t1")
        name = select(order_terms.c.term).where(*own).limit(1)
        return Sample(
            number=row.number,
            reference=row.your_reference,
            ticket_number=(await session.execute(printed)).scalar_one(),
            traveller=(await session.execute(name)).scalar_one(),
            travel_on=row.first_travel_on,
            early_cursor=encode_cursor(last_id // 10),
        )


async def time_question(transactions: Transactions, sample: Sample, question: Question) -> tuple[float, int]:
    """Milliseconds, and how many orders were found."""
    _, scope, make_filter = question
    started_at = time.perf_counter()
    wanted = msgspec.structs.replace(make_filter(sample), agency_code=scope.agency_code)
    page = await find_orders(transactions, narrow_orders(scope), wanted)
    return (time.perf_counter() - started_at) * 1000, len(page.items)


async def compare_lists(options: argparse.Namespace, small_url: str, large_url: str) -> None:
    """Ask everything of both, in turn."""
    async with open_engine(small_url) as small_engine, open_engine(large_url) as large_engine:
        sides = (Transactions(small_engine), Transactions(large_engine))
        samples = [await draw_sample(transactions) for transactions in sides]
        print_line("milliseconds, fastest", "small", "large", "ratio", "found")
        worst = 0.0
        for question in QUESTIONS:
            times: tuple[list[float], list[float]] = ([], [])
            found = 0
            for _ in range(options.rounds + 1):
                for transactions, sample, kept in zip(sides, samples, times, strict=True):
                    milliseconds, found = await time_question(transactions, sample, question)
                    kept.append(milliseconds)
            # The first round warms caches; of the others the fastest is the one that a busy machine held up least.
            small, large = (min(kept[1:]) for kept in times)
            worst = max(worst, large / small)
            print_line(question[0], f"{small:.2f}", f"{large:.2f}", f"{large / small:.2f}", str(found))
        print(f"   highest ratio {worst:.2f} for {options.large / options.small:.0f} times as many orders")
        if options.explain:
            await explain_questions(sides[1], samples[1])


async def explain_questions(transactions: Transactions, sample: Sample) -> None:
    """Print how the database goes about each question's statements."""
    engine = transactions.engine.sync_engine
    statements: list[tuple[str, Any]] = []

    def keep(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT") and "order_items" not in statement:
            statements.append((statement, parameters))

    is_sqlite = engine.dialect.name == "sqlite"
    for question in QUESTIONS:
        statements.clear()
        event.listen(engine, "before_cursor_execute", keep)
        await time_question(transactions, sample, question)
        event.remove(engine, "before_cursor_execute", keep)
        print(f"-- {question[0]}")
        async with transactions.read() as session:
            for statement, parameters in statements:
                prefix = "EXPLAIN QUERY PLAN " if is_sqlite else "EXPLAIN "
                plan = await session.exec_driver_sql(prefix + statement, parameters)
                for row in plan:
                    print("     ", *(cell for cell in row if cell is not None))


def fill_database(database_url: str, folder: Path, count: int, seed: int) -> None:
    prepare_database(database_url)
    started_at = time.monotonic()
    paths = write_rows(folder, count, seed)
    written_at = time.monotonic()
    load_rows(database_url, paths)
    for path in paths.values():
        path.unlink()
    made, loaded = written_at - started_at, time.monotonic() - written_at
    print(f"   {count:,} orders: made in {made:.0f} s, loaded in {loaded:.0f} s", flush=True)


def main() -> None:
    """Fill, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--database", choices=[*DATABASES, "both"], default="both")
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=9, help="how often each list is asked for")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--explain", action="store_true", help="print the plans of the large database too")
    options = parser.parse_args()
    for kind in DATABASES if options.database == "both" else (options.database,):
        with open_databases([kind]) as (folder, urls), open_databases([kind]) as (_, large_urls):
            print_head(f"list of orders on {kind}", small=options.small, large=options.large, seed=options.seed)
            fill_database(urls[kind], folder, options.small, options.seed)
            fill_database(large_urls[kind], folder, options.large, options.seed)
            asyncio.run(compare_lists(options, urls[kind], large_urls[kind]))


if __name__ == "__main__":
    main()
