"""Use cases of looking. Reads only: nothing here sells or holds."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence

from agenturclient.core.coalescing import SharedAnswers
from agenturclient.core.database import Transactions, get_utc_now
from agenturclient.offers import queries
from agenturclient.offers.problems import RailRefusedRequest, SameStation, translate_rail_error
from agenturclient.offers.rules import ZURICH, check_travel_day, describe_unknown_station
from agenturclient.offers.schemas import FindPrices, TripPrice, TripPrices, Trips, TripSearch
from agenturclient.places.schemas import PlaceRow
from agenturclient.rail.errors import RailError, RailRefused, RefusalReason
from agenturclient.rail.port import (
    Language,
    OfferBundle,
    Price,
    PriceQuery,
    Product,
    ProductOfferQuery,
    Rail,
    RailContext,
    RouteOfferQuery,
    Traveller,
    Trip,
    TripOfferQuery,
    TripPage,
    TripQuery,
)

OfferQuery = TripOfferQuery | RouteOfferQuery | ProductOfferQuery

_TRIPS_SECONDS = 30.0
_TRIP_SECONDS = 30 * 60.0
_PRICES_SECONDS = 60.0
_PRODUCTS_SECONDS = 15 * 60.0


class Lookups:
    """What looking shares within a replica: the supplier, kept answers, and counts not yet written.

    ``known_places`` are the stations of our own list, by UIC code.
    """

    def __init__(
        self, rail: Rail, transactions: Transactions, known_places: Mapping[int, PlaceRow] | None = None
    ) -> None:
        self.rail = rail
        self.transactions = transactions
        self.known_places = known_places or {}
        self.pages: SharedAnswers[TripPage] = SharedAnswers(seconds=_TRIPS_SECONDS, size=2_000)
        self.trips: SharedAnswers[Trip] = SharedAnswers(seconds=_TRIP_SECONDS, size=20_000)
        self.prices: SharedAnswers[tuple[Price, ...]] = SharedAnswers(seconds=_PRICES_SECONDS, size=5_000)
        self.products: SharedAnswers[tuple[Product, ...]] = SharedAnswers(seconds=_PRODUCTS_SECONDS, size=100)
        self.counts: Counter[tuple[str, dt.date, str]] = Counter()

    def count_look(self, agency_code: str, operation: str) -> None:
        """Count a question that really went to the supplier (look-to-book, per agency and Swiss day)."""
        self.counts[agency_code, get_utc_now().astimezone(ZURICH).date(), operation] += 1


def make_conversation_id() -> str:
    """An id of one business process at the supplier: from the search on, and on with the order."""
    return str(uuid.uuid4())


def read_today() -> dt.date:
    """Today in Switzerland."""
    return get_utc_now().astimezone(ZURICH).date()


async def search_trips(
    lookups: Lookups, *, agency_code: str, contract_id: str, search: TripSearch, conversation_id: str
) -> Trips:
    """Connections; shared between equal questions of one language for half a minute.

    Raises:
        SameStation, UnknownStation, DateOutOfRange: the question makes no sense.
        RailUnavailable, RailBusyHere, RailRefusedRequest: SBB gave no answer.
    """
    if search.origin == search.destination and not search.via:
        raise SameStation("Choose two stations.", errors=[{"parameter": "destination", "detail": "is the origin, too"}])
    check_travel_day(search.at.astimezone(ZURICH).date(), read_today(), {"parameter": "at"})
    query = TripQuery(
        origin=search.origin,
        destination=search.destination,
        via=search.via,
        at=search.at,
        is_arrival=search.is_arrival,
        scroll=search.scroll,
    )
    context = RailContext(contract_id, conversation_id, search.language)

    async def ask() -> TripPage:
        lookups.count_look(agency_code, "trips")
        return await lookups.rail.search_trips(context, query)

    key = (query.origin, query.destination, query.via, query.at, query.is_arrival, query.scroll, search.language)
    try:
        page = await lookups.pages.get_answer(key, ask)
    except RailError as error:
        if isinstance(error, RailRefused) and error.reason is RefusalReason.PLACE_UNKNOWN:
            stations = {("parameter", "origin"): search.origin, ("parameter", "destination"): search.destination}
            stations |= {("parameter", f"via[{place}]"): uic for place, uic in enumerate(search.via)}
            raise describe_unknown_station(stations, lookups.known_places) from error
        if isinstance(error, RailRefused) and search.scroll is not None:
            errors = [{"parameter": "scroll", "detail": "is not accepted by SBB: search again"}]
            raise RailRefusedRequest(reason=str(error.reason), errors=errors) from error
        raise translate_rail_error(error) from error
    for trip in page.trips:
        lookups.trips.put_answer((trip.trip_id, search.language), trip)
    return Trips(trips=list(page.trips), earlier=page.earlier, later=page.later, conversation_id=conversation_id)


async def find_trip_prices(lookups: Lookups, *, agency_code: str, contract_id: str, command: FindPrices) -> TripPrices:
    """Cheapest prices of the party; shared per contract, travellers and class for a minute."""
    travellers = tuple(
        Traveller(id=f"t{place}", age=traveller.age, reduction=traveller.reduction)
        for place, traveller in enumerate(command.travellers, start=1)
    )
    query = PriceQuery(tuple(command.trip_ids), travellers, command.travel_class)
    context = RailContext(contract_id, command.conversation_id, command.language)

    async def ask() -> tuple[Price, ...]:
        lookups.count_look(agency_code, "prices")
        return await lookups.rail.find_prices(context, query)

    key = (contract_id, query.trip_ids, travellers, query.travel_class)
    try:
        prices = await lookups.prices.get_answer(key, ask)
    except RailError as error:
        raise translate_rail_error(error, trip_pointer="/trip_ids") from error
    return TripPrices(
        [
            TripPrice(
                trip_id=price.trip_id, amount=price.amount, travel_class=price.travel_class, is_saver=price.is_saver
            )
            for price in prices
        ]
    )


async def list_products(
    lookups: Lookups, *, agency_code: str, contract_id: str, language: Language, conversation_id: str
) -> Sequence[Product]:
    """What this contract may sell by name; shared per contract and language for a quarter of an hour."""

    async def ask() -> tuple[Product, ...]:
        lookups.count_look(agency_code, "products")
        return await lookups.rail.list_products(RailContext(contract_id, conversation_id, language))

    try:
        return await lookups.products.get_answer((contract_id, language), ask)
    except RailError as error:
        raise translate_rail_error(error) from error


async def fetch_trip(lookups: Lookups, context: RailContext, agency_code: str, trip_id: str, *, pointer: str) -> Trip:
    """A connection by its id: from an answer kept in this replica, else asked anew. ``pointer``: where the id stood.

    Raises:
        TripExpired: it must be searched again.
    """

    async def ask() -> Trip:
        lookups.count_look(agency_code, "trips")
        return await lookups.rail.refresh_trip(context, trip_id)

    try:
        return await lookups.trips.get_answer((trip_id, context.language), ask)
    except RailError as error:
        raise translate_rail_error(error, trip_pointer=pointer) from error


async def fetch_bundles(
    lookups: Lookups, context: RailContext, agency_code: str, query: OfferQuery
) -> tuple[OfferBundle, ...]:
    """Offers for one order; never kept, never shared (an offer belongs to one order).

    Raises:
        RailError: untranslated, for what it means depends on the order's step.
    """
    lookups.count_look(agency_code, "offers")
    if isinstance(query, TripOfferQuery):
        return await lookups.rail.find_trip_offers(context, query)
    if isinstance(query, RouteOfferQuery):
        return await lookups.rail.find_route_offers(context, query)
    return await lookups.rail.find_product_offers(context, query)


async def flush_look_counts(lookups: Lookups) -> None:
    """Write the counts since the last time; what cannot be written now is kept for the next time."""
    pending, lookups.counts = lookups.counts, Counter()
    while pending:
        (agency_code, day, operation), count = pending.popitem()
        try:
            async with lookups.transactions() as session:
                await queries.add_look_count(session, agency_code, day, operation, count)
        except BaseException:
            pending[agency_code, day, operation] += count
            lookups.counts += pending
            raise
