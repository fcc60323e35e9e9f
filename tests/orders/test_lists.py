"""Lists of orders and their searches, on both databases: compared with looking at every order, and each by an index."""

import datetime as dt
import random
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import event, insert

from agenturclient.core.database import Transactions
from agenturclient.core.paging import encode_cursor
from agenturclient.deps import AgencyScope
from agenturclient.orders.models import order_terms, order_tickets, orders
from agenturclient.orders.reading.service import OrderFilter, find_orders, narrow_orders
from agenturclient.orders.rules import OrderState, list_search_terms, make_order_number, parse_order_number

COUNT = 1_500
NAMES = (("Ada", "Muster"), ("Zoë", "Müller"), ("Max", "Mustermann"), ("Li", "Ng"), ("Lea", "Freitag"))
# Every third order of agency a has a Keller: more than a search lists before it takes to walking.
COMMON = ("Beat", "Keller")
# Bern and Lea Frei are common, too; Frei is also a traveller, and Ng a place.
SELLERS = {"s1": "Lea Frei", "s2": "Renée von Müller-Ng"}
PLACES = ("Zürich HB", "Bern", "Bern Wankdorf", "Genève-Aéroport", "St. Gallen", "Ng")
STATES = (OrderState.CONFIRMED, OrderState.CANCELLED, OrderState.OPEN, OrderState.FAILED)
AGENCY_A, BRANCH_B1, ALL = AgencyScope("a", None), AgencyScope("b", "one"), AgencyScope(None, None)

Row = dict[str, Any]


def make_rows() -> list[Row]:
    chance = random.Random(7)
    rows = []
    for order_id in range(1, COUNT + 1):
        agency = "b" if order_id % 10 == 0 else "a"
        name = COMMON if order_id % 5 < 2 else chance.choice(NAMES)
        seller = "s2" if order_id % 7 == 0 else "s1"
        rows.append(
            {
                "id": order_id,
                "number": make_order_number(),
                "agency_code": agency,
                "branch_code": chance.choice(("one", "two")),
                "seller_subject": seller,
                "seller_name": SELLERS[seller],
                "your_reference": f"ref-{order_id % 400}" if order_id % 3 else None,
                "state": str(chance.choices(STATES, (90, 5, 1, 1))[0]),
                "first_travel_on": dt.date(2026, 12, 1) + dt.timedelta(days=order_id % 50),
                "name": name,
                "places": ("Bern", *chance.sample(PLACES, 1)) if order_id % 2 else chance.sample(PLACES[2:], 2),
                "printed_number": f"{1_000_000_000 + order_id % 1_400}",
            }
        )
    return rows


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return make_rows()


@pytest_asyncio.fixture
async def filled(transactions: Transactions, rows: list[Row]) -> Transactions:
    now = dt.datetime(2026, 11, 28, 8, 0, tzinfo=dt.UTC)
    same = {
        "contract_id": "C",
        "conversation_id": "c",
        "ticket_language": "de",
        "means_of_payment": "cash",
        "attempts": 0,
        "total": 100,
        "created_at": now,
        "changed_at": now,
    }
    own = [column.name for column in orders.columns if column.name in rows[0]]
    async with transactions() as session:
        await session.execute(insert(orders), [{**same, **{name: row[name] for name in own}} for row in rows])
        await session.execute(
            insert(order_terms),
            [
                {"order_id": row["id"], "agency_code": row["agency_code"], "source": source, "term": term}
                for row in rows
                for source, names in list_names(row).items()
                for term in list_search_terms(*names)
            ],
        )
        await session.execute(
            insert(order_tickets),
            [
                {
                    "order_id": row["id"],
                    "ticket_id": str(row["id"]),
                    "external_id": str(row["id"]),
                    "printed_number": row["printed_number"],
                    "state": "valid",
                }
                for row in rows
            ],
        )
    return transactions


def list_names(row: Row) -> dict[str, tuple[str, ...]]:
    return {"traveller:t1": (" ".join(row["name"]),), "seller": (row["seller_name"],), "item:i1": row["places"]}


def is_called(name: str, text: str) -> bool:
    """By the words of a name, from any of them on and around; umlauts as letters without dots or written out."""
    plain = "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.category(one).startswith("M"))
    wanted = " ".join(re.findall(r"[a-z0-9]+", plain.lower()))
    spellings = (name, name.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue"))
    for spelling in spellings:
        letters = (
            one for one in unicodedata.normalize("NFD", spelling) if not unicodedata.category(one).startswith("M")
        )
        words = re.findall(r"[a-z0-9]+", "".join(letters).lower())
        if wanted and any(" ".join(words[at:] + words[:at]).startswith(wanted) for at in range(len(words))):
            return True
    return False


def expect_numbers(rows: list[Row], scope: AgencyScope, wanted: OrderFilter, before_id: int | None) -> list[str]:
    """What a look at every order finds."""

    def is_meant(row: Row) -> bool:
        text = wanted.text
        if text is None:
            return True
        if parse_order_number(text) is not None:
            return bool(row["number"] == parse_order_number(text))
        is_named = any(is_called(name, text) for names in list_names(row).values() for name in names)
        return is_named or row["your_reference"] == text or row["printed_number"] == text.replace(" ", "")

    found = [
        row["number"]
        for row in reversed(rows)
        if scope.agency_code in {None, row["agency_code"]}
        and scope.branch_code in {None, row["branch_code"]}
        and (not wanted.states or row["state"] in wanted.states)
        and wanted.seller_subject in {None, row["seller_subject"]}
        and wanted.travel_on in {None, row["first_travel_on"]}
        and (before_id is None or row["id"] < before_id)
        and is_meant(row)
    ]
    return found[: wanted.limit]


def list_filters(rows: list[Row]) -> Iterator[OrderFilter]:
    texts = [
        None,
        rows[700]["number"],
        rows[700]["number"].lower().replace("-", ""),
        rows[3]["printed_number"],
        "10000 00007",
        "ref-7",
        "müller",
        "Muller Z",
        "must",
        "muster ada",
        "keller",
        "k",
        "Keller Beat",
        "beat keller",
        "Beat Kellers",
        "bern",
        "Bern Wank",
        "hb",
        "Zuerich",
        "zürich hb",
        "zurich  HB",
        "st gallen",
        "St.Gallen",
        "aéroport",
        "Geneve Aero",
        "ng",
        "b",
        "frei",
        "Lea Frei",
        "Frei Lea",
        "renee",
        "von mueller",
        "Müller-Ng, Renée",
        "nobody",
        "%",
        "_",
        "-",
    ]
    for text in texts:
        yield OrderFilter(text=text)
    for text in (None, "keller", "ng", "bern", "frei"):
        yield OrderFilter(text=text, states=(OrderState.FAILED,))
        yield OrderFilter(text=text, states=(OrderState.OPEN, OrderState.FAILED, OrderState.OPEN))
        yield OrderFilter(text=text, states=(OrderState.CONFIRMED, OrderState.CANCELLED), seller_subject="s2")
        yield OrderFilter(text=text, seller_subject="s1", limit=100)
        yield OrderFilter(text=text, travel_on=dt.date(2026, 12, 24))


@pytest.mark.parametrize("scope", [AGENCY_A, BRANCH_B1, ALL], ids=["agency", "branch", "all"])
async def test_every_list_finds_what_a_look_at_every_order_finds(
    filled: Transactions, rows: list[Row], scope: AgencyScope
) -> None:
    for place, wanted in enumerate(list_filters(rows)):
        for before_id in (None, 900) if place % 3 == 0 else (None,):
            cursor = None if before_id is None else encode_cursor(before_id)
            asked = OrderFilter(
                text=wanted.text,
                agency_code=scope.agency_code,
                states=wanted.states,
                seller_subject=wanted.seller_subject,
                travel_on=wanted.travel_on,
                cursor=cursor,
                limit=wanted.limit,
            )
            page = await find_orders(filled, narrow_orders(scope), asked)
            assert [one.number for one in page.items] == expect_numbers(rows, scope, wanted, before_id), (
                wanted,
                cursor,
            )


@contextmanager
def watch_statements(transactions: Transactions) -> Iterator[list[tuple[str, Any]]]:
    engine = transactions.engine.sync_engine
    statements: list[tuple[str, Any]] = []

    def keep(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            statements.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", keep)
    yield statements
    event.remove(engine, "before_cursor_execute", keep)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("scope", [AGENCY_A, BRANCH_B1], ids=["agency", "branch"])
async def test_no_list_reads_all_orders_or_sorts_them(filled: Transactions, scope: AgencyScope) -> None:
    """SQLite's plans are the simpler ones: a table it scans, or a sort of the orders found, would grow with them.

    (What a search listed, and the newest of several states, are few: those may be sorted.)
    """
    for wanted in list_filters(make_rows()):
        with watch_statements(filled) as statements:
            await find_orders(
                filled,
                narrow_orders(scope),
                OrderFilter(
                    text=wanted.text,
                    agency_code=scope.agency_code,
                    states=wanted.states,
                    seller_subject=wanted.seller_subject,
                    travel_on=wanted.travel_on,
                ),
            )
        async with filled.read() as session:
            for statement, parameters in statements:
                plan = await session.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                steps = [str(step.detail) for step in plan]
                tables = ("orders", "order_terms", "order_travellers", "order_tickets", "order_items")
                assert not [step for step in steps if step.startswith(tuple(f"SCAN {name}" for name in tables))], steps
                has_few = "orders.id IN" in statement or "UNION ALL" in statement
                if "FROM orders" in statement and not has_few:
                    assert not any("USE TEMP B-TREE" in step for step in steps), (wanted, statement, steps)
