"""What is shared between those who look, what never is, and what is counted for SBB's look-to-book."""

import asyncio
import contextlib
import datetime as dt
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import pytest

from agenturclient.core.database import Session, Transactions
from agenturclient.offers.queries import list_look_counts
from agenturclient.offers.rules import ZURICH
from agenturclient.offers.schemas import FindPrices, PriceTraveller, TripSearch
from agenturclient.offers.service import (
    Lookups,
    fetch_bundles,
    find_trip_prices,
    flush_look_counts,
    list_products,
    make_conversation_id,
    read_today,
    search_trips,
)
from agenturclient.rail.port import (
    OfferBundle,
    Price,
    Product,
    RailContext,
    Reduction,
    Traveller,
    TripOfferQuery,
    TripPage,
)

SOON = dt.datetime.combine(read_today() + dt.timedelta(days=3), dt.time(8, 30), ZURICH)
ADULT, CHILD = PriceTraveller(age=40), PriceTraveller(age=10)


class CountingRail:
    """A supplier that has nothing, and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()

    async def _answer(self, operation: str) -> tuple[Any, ...]:
        self.asked[operation] += 1
        await asyncio.sleep(0)
        return ()

    async def search_trips(self, _context: RailContext, _query: object) -> TripPage:
        return TripPage(trips=await self._answer("trips"))

    async def find_prices(self, _context: RailContext, _query: object) -> tuple[Price, ...]:
        return await self._answer("prices")

    async def list_products(self, _context: RailContext) -> tuple[Product, ...]:
        return await self._answer("products")

    async def find_trip_offers(self, _context: RailContext, _query: object) -> tuple[OfferBundle, ...]:
        return await self._answer("offers")


@pytest.fixture
def rail() -> CountingRail:
    return CountingRail()


@pytest.fixture
def lookups(rail: CountingRail, transactions: Transactions) -> Lookups:
    return Lookups(rail, transactions)  # type: ignore[arg-type] # as much of a supplier as is asked here


async def search(lookups: Lookups, agency: str, **changes: Any) -> None:
    values: dict[str, Any] = {
        "origin": 8503000,
        "destination": 8507000,
        "via": (),
        "at": SOON,
        "is_arrival": False,
        "scroll": None,
        "language": "de",
    }
    await search_trips(
        lookups,
        agency_code=agency,
        contract_id=f"contract of {agency}",
        search=TripSearch(**{**values, **changes}),
        conversation_id=make_conversation_id(),
    )


async def find_prices(lookups: Lookups, agency: str, *travellers: PriceTraveller) -> None:
    command = FindPrices(
        trip_ids=["a", "b"], travellers=list(travellers), travel_class=2, conversation_id=make_conversation_id()
    )
    await find_trip_prices(lookups, agency_code=agency, contract_id=f"contract of {agency}", command=command)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_connections_are_shared_by_all_agencies_of_one_language(lookups: Lookups, rail: CountingRail) -> None:
    await asyncio.gather(*(search(lookups, agency) for agency in ("a", "b", "a", "b")))
    assert rail.asked["trips"] == 1
    for change in (
        {"language": "fr"},
        {"is_arrival": True},
        {"at": SOON + dt.timedelta(minutes=1)},
        {"via": (8500218,)},
        {"destination": 8500218},
        {"scroll": "later"},
    ):
        before = rail.asked["trips"]
        await search(lookups, "a", **change)
        await search(lookups, "a", **change)
        assert rail.asked["trips"] == before + 1, change


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_prices_are_shared_per_contract_and_travellers(lookups: Lookups, rail: CountingRail) -> None:
    for agency, travellers in (
        ("a", [ADULT]),
        ("b", [ADULT]),
        ("a", [CHILD]),
        ("a", [ADULT, CHILD]),
        ("a", [PriceTraveller(age=40, reduction=Reduction.HALF_FARE)]),
    ):
        before = rail.asked["prices"]
        await asyncio.gather(*(find_prices(lookups, agency, *travellers) for _ in range(3)))
        assert rail.asked["prices"] == before + 1, (agency, travellers)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_offers_are_never_shared(lookups: Lookups, rail: CountingRail) -> None:
    context = RailContext("contract", make_conversation_id(), "de")
    query = TripOfferQuery(trip_id="a", return_trip_id=None, travellers=(Traveller(id="t1", age=40),))
    await asyncio.gather(*(fetch_bundles(lookups, context, "a", query) for _ in range(3)))
    assert rail.asked["offers"] == 3


async def read_counts(transactions: Transactions, agency: str) -> dict[str, int]:
    async with transactions.read() as session:
        return await list_look_counts(session, agency, read_today())


async def test_what_really_went_to_sbb_is_counted_per_agency(lookups: Lookups, transactions: Transactions) -> None:
    for agency in ("a", "a", "b"):
        await search(lookups, agency)
        await list_products(
            lookups, agency_code=agency, contract_id=agency, language="de", conversation_id=make_conversation_id()
        )
        await find_prices(lookups, agency, ADULT)
    await flush_look_counts(lookups)
    assert await read_counts(transactions, "a") == {"trips": 1, "products": 1, "prices": 1}
    assert await read_counts(transactions, "b") == {"products": 1, "prices": 1}, "its connections were there already"
    lookups.count_look("a", "offers")
    lookups.count_look("a", "trips")
    await flush_look_counts(lookups)
    await flush_look_counts(lookups)
    assert await read_counts(transactions, "a") == {"trips": 2, "products": 1, "prices": 1, "offers": 1}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_counts_that_cannot_be_written_are_kept(lookups: Lookups, transactions: Transactions) -> None:
    class BrokenTransactions:
        @contextlib.asynccontextmanager
        async def __call__(self) -> AsyncIterator[Session]:
            raise OSError("the database is away")
            yield

    lookups.count_look("a", "trips")
    lookups.count_look("b", "trips")
    lookups.transactions = BrokenTransactions()  # type: ignore[assignment]
    with pytest.raises(OSError, match="away"):
        await flush_look_counts(lookups)
    lookups.count_look("a", "trips")
    lookups.transactions = transactions
    await flush_look_counts(lookups)
    assert [await read_counts(transactions, agency) for agency in ("a", "b")] == [{"trips": 2}, {"trips": 1}]
