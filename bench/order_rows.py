"""Fills the tables of orders quickly with rows as sales leave them, the same ones in SQLite and in MariaDB."""

import datetime as dt
import json
import random
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from sqlalchemy.engine import make_url

from agenturclient.orders.models import order_items, order_terms, order_tickets, order_travellers, orders
from agenturclient.orders.rules import OrderState, list_search_terms, make_order_number

TABLES: Final = (orders, order_items, order_travellers, order_terms, order_tickets)
AGENCIES, BIG_AGENCY, BRANCHES = 200, "agency-000", 3
# One order in ten belongs to the big agency; the other agencies share the rest.
_BIG_SHARE = 0.1
_NULL = r"\N"
_START = dt.datetime(2024, 11, 28, 8, 0)  # noqa: DTZ001 -- UTC without a zone, as both databases keep it
_FIRST = (
    "Anna",
    "Beat",
    "Chloé",
    "Daniel",
    "Elif",
    "Fritz",
    "Gianna",
    "Hans",
    "Inès",
    "Jürg",
    "Karin",
    "Luca",
    "Maria",
    "Noah",
    "Olivia",
    "Peter",
    "Rosa",
    "Sven",
    "Tina",
    "Urs",
)
_SYLLABLES = (
    "ber",
    "bach",
    "mann",
    "stal",
    "ler",
    "fen",
    "hof",
    "grü",
    "schu",
    "mei",
    "zim",
    "wal",
    "tob",
    "ris",
    "kel",
    "nie",
    "vog",
    "hu",
    "lan",
    "dür",
    "bru",
    "fel",
    "gas",
    "her",
    "jen",
)
_ENDINGS = ("er", "mann", "li", "ig", "en", "berg", "hard", "isser", "egger", "oz", "et", "ini")
_STATES: Final = (
    (OrderState.CONFIRMED, 80.0),
    (OrderState.EXPIRED, 8.0),
    (OrderState.CANCELLED, 6.0),
    (OrderState.ABANDONED, 3.5),
    (OrderState.REFUNDED, 2.0),
    (OrderState.FAILED, 0.5),
)
_DOUBT_EVERY = 4_000
_LARGE_PLACES = ("Zürich HB", "Bern", "Basel SBB", "Luzern", "Genève", "Lausanne", "St. Gallen", "Winterthur")
_SELLER_NAME_AT = [column.name for column in orders.columns].index("seller_name")


class RowMaker:
    """Rows of each table in the order of its columns, repeatable but for the order numbers."""

    def __init__(self, count: int, seed: int) -> None:
        self._count = count
        self._chance = random.Random(seed)
        self._numbers: set[str] = set()
        self._minutes = 2 * 365 * 24 * 60 / count
        names = [first + second + end for first in _SYLLABLES for second in _SYLLABLES for end in _ENDINGS]
        self._last_names = [name.capitalize() for name in names]
        self._query = json.dumps(_QUERY, ensure_ascii=False, separators=(",", ":"))
        self._bundle = json.dumps(_BUNDLE, ensure_ascii=False, separators=(",", ":"))

    def make_order(self, order_id: int) -> Iterator[tuple[str, list[Any]]]:
        """The rows of one order, each with its table's name."""
        chance = self._chance
        is_big = chance.random() < _BIG_SHARE
        agency = BIG_AGENCY if is_big else f"agency-{chance.randrange(1, AGENCIES):03}"
        state = chance.choices([state for state, _ in _STATES], [weight for _, weight in _STATES])[0]
        if order_id % _DOUBT_EVERY == _DOUBT_EVERY // 2:
            state, agency = OrderState.IN_DOUBT, BIG_AGENCY if order_id % 3 else agency
        created = _START + dt.timedelta(minutes=order_id * self._minutes)
        travel_on = (created + dt.timedelta(days=chance.randrange(0, 40))).date()
        price = chance.randrange(5, 200) * 100
        is_sold = state in {OrderState.CONFIRMED, OrderState.CANCELLED, OrderState.REFUNDED}
        order = self._make_order_row(order_id, agency, state, created, travel_on, price, is_sold)
        yield "orders", order
        code = f"{order_id:08x}"
        yield from _make_term_rows(order_id, agency, "seller", order[_SELLER_NAME_AT])
        yield from _make_term_rows(order_id, agency, f"item:{code}", *self._draw_places())
        yield "order_items", [
            order_id, order_id, 1, code, self._query, self._bundle, "{}", price, travel_on, created,
        ]  # fmt: skip
        for place in range(1, chance.choices((1, 2, 4), (6, 3, 1))[0] + 1):
            key = order_id * 4 + place - 4
            first, last = chance.choice(_FIRST), chance.choice(self._last_names)
            yield "order_travellers", [
                key, order_id, f"t{place}", "person", 42, "half_fare", first, last, "1984-02-29",
            ]  # fmt: skip
            yield from _make_term_rows(order_id, agency, f"traveller:t{place}", f"{first} {last}")
            if is_sold:
                yield "order_tickets", [
                    key, order_id, str(50_000_000 + key), f"15{key:012}", f"{key:010}", 40_000_000 + key, code,
                    f"t{place}", "Einzelbillett", price, "valid",
                ]  # fmt: skip

    def _draw_places(self) -> tuple[str, str]:
        """Two stations; a few of them are on most orders, as at a counter."""
        return self._chance.choice(_LARGE_PLACES), self._chance.choice((*_LARGE_PLACES, *self._last_names[:700]))

    def _draw_number(self) -> str:
        """A number that is not taken: among a million, a dozen would be drawn twice."""
        number = make_order_number()
        while number in self._numbers:
            number = make_order_number()
        self._numbers.add(number)
        return number

    def _make_order_row(
        self,
        order_id: int,
        agency: str,
        state: OrderState,
        created: dt.datetime,
        travel_on: dt.date,
        price: int,
        is_sold: bool,
    ) -> list[Any]:
        chance = self._chance
        branch, seller = chance.randrange(BRANCHES), chance.randrange(8)
        reference = f"{agency[-3:]}-{order_id:07}" if chance.random() < 0.5 else None
        return [
            order_id, self._draw_number(), agency, f"branch-{branch}", f"{agency}-seller-{seller}",
            f"{_FIRST[seller]} Seller", f"CONTRACT-{agency}", f"c-{order_id:032x}", "de", reference, "invoice", 0,
            str(state), None, None, None, 0, price, price, None, None, str(order_id) if is_sold else None,
            price if is_sold else None, created if is_sold else None, created if is_sold else None, None,
            travel_on, created, created,
        ]  # fmt: skip


def _make_term_rows(order_id: int, agency: str, source: str, *names: str) -> Iterator[tuple[str, list[Any]]]:
    for term in sorted(list_search_terms(*names)):
        yield "order_terms", [order_id, term, source, agency]


_QUERY: Final[dict[str, Any]] = {
    "wish": {"kind": "trip", "trip_id": "q6CII2OqsEkEIpniS4bllHc2vf" * 12, "return_trip_id": None},
    "travellers": [
        {
            "code": "t1",
            "kind": "person",
            "age": 42,
            "is_age_assumed": True,
            "reduction": "half_fare",
            "born_on": None,
        }
    ],
    "travel_on": "2026-12-07",
    "title": "Zürich HB – Luzern",
    "outward": {
        "origin_uic": 8503000,
        "origin_name": "Zürich HB",
        "destination_uic": 8505000,
        "destination_name": "Luzern",
        "departure_at": "2026-12-07T16:03:00+01:00",
        "arrival_at": "2026-12-07T16:50:00+01:00",
        "changes": 0,
        "trains": ["IR 75"],
    },
    "inward": None,
}
_BUNDLE: Final[dict[str, Any]] = {
    "offers": [],
    "total": {"amount": 1350, "currency": "CHF"},
    "travel_class": 2,
    "notes": ["Gültig am gewählten Tag in allen Zügen der Strecke. Vor dem Reisetag erstattbar." * 2],
    "traits": [],
}


def write_rows(folder: Path, count: int, seed: int) -> dict[str, Path]:
    """One file of tab-separated rows per table."""
    maker = RowMaker(count, seed)
    paths = {table.name: folder / f"{table.name}-{count}.tsv" for table in TABLES}
    files = {name: path.open("w", encoding="utf-8", buffering=1 << 20) for name, path in paths.items()}
    try:
        for order_id in range(1, count + 1):
            for name, row in maker.make_order(order_id):
                files[name].write("\t".join([_NULL if value is None else str(value) for value in row]) + "\n")
    finally:
        for file in files.values():
            file.close()
    return paths


def load_rows(database_url: str, paths: dict[str, Path]) -> None:
    """Put the files' rows into the tables, which must be empty."""
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":
        _load_into_sqlite(str(url.database), paths)
        return
    for table in TABLES:
        # What the program checks at every insert has been checked when the rows were made.
        statement = (
            "SET unique_checks = 0, foreign_key_checks = 0; "
            f"LOAD DATA LOCAL INFILE '{paths[table.name]}' INTO TABLE {table.name} CHARACTER SET utf8mb4"
        )
        address = ["-h", str(url.host), "-P", str(url.port), f"-u{url.username}", f"-p{url.password}"]
        command = ["mariadb", "--no-defaults", "--local-infile=1", *address, str(url.database), "-e", statement]
        subprocess.run(command, check=True, capture_output=True)
    names = ", ".join(table.name for table in TABLES)
    subprocess.run([*command[:-1], f"ANALYZE TABLE {names}"], check=True, capture_output=True)


def _load_into_sqlite(file_name: str, paths: dict[str, Path]) -> None:
    connection = sqlite3.connect(file_name, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA cache_size=-500000")
        connection.execute("BEGIN")
        for table in TABLES:
            marks = ", ".join("?" * len(table.columns))
            with paths[table.name].open(encoding="utf-8") as file:
                rows = ([None if cell == _NULL else cell for cell in line[:-1].split("\t")] for line in file)
                connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)  # noqa: S608 -- our names
        connection.execute("COMMIT")
    finally:
        connection.close()
