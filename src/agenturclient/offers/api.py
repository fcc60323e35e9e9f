"""Routes of looking: connections, prices, products."""

import datetime as dt
from typing import Annotated, Any

from litestar import get, post
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery, JSONBody, QueryParameter
from msgspec import Meta

from agenturclient.agencies.service import get_agency
from agenturclient.core.problems import InvalidRequest, fails_with
from agenturclient.deps import CallerDep, Permission, TransactionsDep, requires
from agenturclient.offers import service
from agenturclient.offers.problems import (
    DateOutOfRange,
    RailBusyHere,
    RailRefusedRequest,
    RailUnavailable,
    SameStation,
    TimeDoesNotExist,
    TripExpired,
    UnknownStation,
)
from agenturclient.offers.rules import locate_in_zurich
from agenturclient.offers.schemas import ConversationId, FindPrices, Products, TripPrices, Trips, TripSearch
from agenturclient.offers.service import Lookups, make_conversation_id
from agenturclient.rail.port import Language

UicNumber = Annotated[int, Meta(ge=1_000_000, le=9_999_999, description="UIC code, seven digits")]
LookupsDep = NamedDependency[Lookups]
_SUPPLIER = (RailUnavailable, RailBusyHere, RailRefusedRequest)


def provide_lookups(state: State) -> Lookups:
    lookups: Lookups = state.lookups
    return lookups


DEPENDENCIES = {"lookups": Provide(provide_lookups, sync_to_thread=False)}


@get(
    "/trips",
    guards=[requires(Permission.OFFERS_SEARCH)],
    responses=fails_with(SameStation, UnknownStation, DateOutOfRange, TimeDoesNotExist, TripExpired, *_SUPPLIER),
)
async def search_trips_endpoint(
    caller: CallerDep,
    transactions: TransactionsDep,
    lookups: LookupsDep,
    origin: FromQuery[UicNumber],
    destination: FromQuery[UicNumber],
    at: Annotated[str, QueryParameter(description="Wall clock in Switzerland, like 2026-11-24T08:30")],
    via: FromQuery[Annotated[list[UicNumber], Meta(max_length=5)] | None] = None,
    is_arrival: FromQuery[bool] = False,
    language: FromQuery[Language] = "de",
    scroll: Annotated[str | None, QueryParameter(max_length=4000)] = None,
    conversation_id: FromQuery[ConversationId | None] = None,
) -> Trips:
    """Connections between two stations."""
    agency = await get_agency(transactions, caller.agency_code)
    search = TripSearch(
        origin=origin,
        destination=destination,
        via=tuple(via or ()),
        at=_read_wall_clock(at),
        is_arrival=is_arrival,
        scroll=scroll,
        language=language,
    )
    return await service.search_trips(
        lookups,
        agency_code=agency.code,
        contract_id=agency.contract_id,
        search=search,
        conversation_id=conversation_id or make_conversation_id(),
    )


def _read_wall_clock(text: str) -> dt.datetime:
    try:
        wall_clock = dt.datetime.fromisoformat(text)
    except ValueError:
        wall_clock = None
    if wall_clock is None or wall_clock.tzinfo is not None or len(text) < 16:
        raise InvalidRequest(
            "Give day and time like 2026-11-24T08:30.",
            errors=[{"parameter": "at", "detail": "must be a day and a time without offset"}],
        )
    return locate_in_zurich(wall_clock)


@post(
    "/trip-prices",
    status_code=200,
    guards=[requires(Permission.OFFERS_SEARCH)],
    responses=fails_with(TripExpired, *_SUPPLIER),
)
async def find_trip_prices_endpoint(
    data: JSONBody[FindPrices], caller: CallerDep, transactions: TransactionsDep, lookups: LookupsDep
) -> TripPrices:
    """The cheapest price of each connection for the whole party."""
    agency = await get_agency(transactions, caller.agency_code)
    return await service.find_trip_prices(
        lookups, agency_code=agency.code, contract_id=agency.contract_id, command=data
    )


@get("/products", guards=[requires(Permission.OFFERS_SEARCH)], responses=fails_with(*_SUPPLIER))
async def list_products_endpoint(
    caller: CallerDep,
    transactions: TransactionsDep,
    lookups: LookupsDep,
    language: FromQuery[Language] = "de",
    conversation_id: FromQuery[ConversationId | None] = None,
) -> Products:
    """What this agency may sell by name: passes, day passes, excursions."""
    agency = await get_agency(transactions, caller.agency_code)
    products = await service.list_products(
        lookups,
        agency_code=agency.code,
        contract_id=agency.contract_id,
        language=language,
        conversation_id=conversation_id or make_conversation_id(),
    )
    return Products(list(products))


ROUTES: list[Any] = [search_trips_endpoint, find_trip_prices_endpoint, list_products_endpoint]
