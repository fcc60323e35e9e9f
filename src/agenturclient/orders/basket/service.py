"""Use cases of the basket: fetch offers for it, put things in and take them out, name the travellers."""

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Row

from agenturclient.core.database import Session, get_utc_now
from agenturclient.core.problems import InvalidRequest, NotFound, Problem
from agenturclient.offers.problems import SameStation, translate_rail_error
from agenturclient.offers.rules import check_travel_day, describe_unknown_station
from agenturclient.offers.service import Lookups, fetch_bundles, fetch_trip, list_products, read_today
from agenturclient.orders import queries
from agenturclient.orders.basket.rules import (
    Asked,
    check_sales_parameters,
    compute_expiry,
    count_prebookings,
    find_travel_day,
    get_wish_kind,
    list_place_names,
    make_offer_query,
    summarise_trip,
    view_bundle,
)
from agenturclient.orders.problems import NoOffers, OfferExpired, OrderStateChanged, OrderTooLarge
from agenturclient.orders.queries import OrderRow
from agenturclient.orders.rules import OrderState, find_name_fault, is_plausible_birth_date, list_search_terms
from agenturclient.orders.schemas import (
    AddItem,
    FetchOffers,
    NameTravellers,
    OfferSet,
    RouteWish,
    TravellerWish,
    TripWish,
    Wish,
)
from agenturclient.rail.errors import RailError, RailRefused, RefusalReason
from agenturclient.rail.port import OfferBundle, RailContext

# B2P books at most 80 prebookings at once.
MAX_PREBOOKINGS = 80


async def change_open_order(session: Session, row: OrderRow, changes: dict[str, Any]) -> None:
    """Change a basket, if it still is one. Done first in a transaction, whoever else changes it waits: what is read
    afterwards stays true.

    Raises:
        OrderStateChanged: it is held, being sold, or over; ``state`` says what it is.
    """
    if not await queries.move_order(session, row.id, state=OrderState.OPEN, step=None, changes=changes):
        present = await queries.find_order_by_id(session, row.id)
        state = row.state if present is None else present.state
        raise OrderStateChanged("Only an open basket can be changed.", state=state)


async def fetch_order_offers(lookups: Lookups, row: OrderRow, command: FetchOffers) -> OfferSet:
    """Offers for this order, kept with it; the order's ticket language is theirs.

    Raises:
        OrderStateChanged, NoOffers, TripExpired, DateOutOfRange, InvalidRequest, RailUnavailable, RailRefusedRequest
    """
    if row.state != OrderState.OPEN:
        raise OrderStateChanged("Only an open basket takes offers.", state=row.state)
    context = RailContext(row.contract_id, row.conversation_id, row.ticket_language)
    _check_wish(command.wish)
    asked = await _describe_wish(lookups, context, row.agency_code, command)
    field = "trip_id" if isinstance(asked.wish, TripWish) else "travel_on"
    check_travel_day(asked.travel_on, read_today(), {"pointer": f"/wish/{field}"})
    try:
        bundles = await fetch_bundles(lookups, context, row.agency_code, make_offer_query(asked))
    except RailError as error:
        raise _judge_refused_wish(lookups, asked.wish, error) from error
    bundles = tuple(bundle for bundle in bundles if bundle.offers)
    if not bundles:
        raise NoOffers("Nothing is on sale for this.")
    fetched_at = get_utc_now()
    code = secrets.token_hex(8)
    async with lookups.transactions() as session:
        await change_open_order(session, row, {})
        await queries.insert_offer_set(
            session,
            {
                "order_id": row.id,
                "code": code,
                "query": msgspec.to_builtins(asked),
                "travellers": msgspec.to_builtins(command.travellers),
                "bundles": msgspec.to_builtins(bundles),
                "fetched_at": fetched_at,
            },
        )
    return OfferSet(
        code=code,
        order_number=row.number,
        kind=get_wish_kind(asked.wish),
        travel_on=asked.travel_on,
        outward=asked.outward,
        inward=asked.inward,
        travellers=asked.travellers,
        bundles=[view_bundle(f"b{place}", bundle, asked.wish) for place, bundle in enumerate(bundles, start=1)],
        expires_at=compute_expiry(bundles, fetched_at),
        language=row.ticket_language,
    )


def _check_wish(wish: Wish) -> None:
    if isinstance(wish, RouteWish) and wish.origin == wish.destination and not wish.via:
        raise SameStation(
            "Choose two stations.", errors=[{"pointer": "/wish/destination", "detail": "is the origin, too"}]
        )


def _judge_refused_wish(lookups: Lookups, wish: Wish, error: RailError) -> Problem:
    """What a failed question for offers means to whoever asked it."""
    reason = error.reason if isinstance(error, RailRefused) else None
    if isinstance(wish, RouteWish) and reason is RefusalReason.PLACE_UNKNOWN:
        stations = {("pointer", "/wish/origin"): wish.origin}
        stations |= {} if wish.destination is None else {("pointer", "/wish/destination"): wish.destination}
        stations |= {("pointer", f"/wish/via/{place}"): uic for place, uic in enumerate(wish.via)}
        return describe_unknown_station(stations, lookups.known_places)
    return translate_rail_error(error)


async def _describe_wish(lookups: Lookups, context: RailContext, agency_code: str, command: FetchOffers) -> Asked:
    wish = command.wish
    if isinstance(wish, TripWish):
        return await _describe_trip_wish(lookups, context, agency_code, wish, command.travellers)
    if isinstance(wish, RouteWish):
        return Asked(wish=wish, travellers=command.travellers, travel_on=wish.travel_on, title="")
    products = await list_products(
        lookups,
        agency_code=agency_code,
        contract_id=context.contract_id,
        language=context.language,
        conversation_id=context.conversation_id,
    )
    title = next((product.title for product in products if product.product_id == wish.product_id), None)
    if title is None:
        raise InvalidRequest(
            "There is no such product.", errors=[{"pointer": "/wish/product_id", "detail": "is not on sale"}]
        )
    return Asked(wish=wish, travellers=command.travellers, travel_on=wish.travel_on, title=title)


async def _describe_trip_wish(
    lookups: Lookups, context: RailContext, agency_code: str, wish: TripWish, travellers: list[TravellerWish]
) -> Asked:
    trip = await fetch_trip(lookups, context, agency_code, wish.trip_id, pointer="/wish/trip_id")
    outward, inward = summarise_trip(trip), None
    if wish.return_trip_id is not None:
        back = await fetch_trip(lookups, context, agency_code, wish.return_trip_id, pointer="/wish/return_trip_id")
        inward = summarise_trip(back)
        if back.departure_at < trip.arrival_at:
            raise InvalidRequest(
                "The way back begins before the way out ends.",
                errors=[{"pointer": "/wish/return_trip_id", "detail": "must depart after the arrival"}],
            )
    return Asked(
        wish=wish,
        travellers=travellers,
        travel_on=find_travel_day(trip),
        title=f"{outward.origin_name} – {outward.destination_name}",
        outward=outward,
        inward=inward,
    )


async def add_order_item(lookups: Lookups, row: OrderRow, command: AddItem) -> None:
    """Put a bundle into the basket, with its travellers.

    Raises:
        OrderStateChanged, NotFound, OfferExpired, SalesParameterMissing, InvalidRequest, OrderTooLarge
    """
    async with lookups.transactions() as session:
        await change_open_order(session, row, {})
        offer_set = await queries.find_offer_set(session, row.id, command.offer_set)
        if offer_set is None:
            raise _make_not_found("/offer_set", "There are no such offers for this order.")
        bundles = msgspec.convert(offer_set.bundles, tuple[OfferBundle, ...])
        asked = msgspec.convert(offer_set.query, Asked)
        chosen = dict(zip([f"b{place}" for place in range(1, len(bundles) + 1)], bundles, strict=True))
        bundle = chosen.get(command.bundle)
        if bundle is None:
            raise _make_not_found("/bundle", "There is no such offer for this order.")
        if compute_expiry([bundle], offer_set.fetched_at) <= get_utc_now():
            raise OfferExpired(
                "Fetch the offers again.", errors=[{"pointer": "/offer_set", "detail": "is older than its offers last"}]
            )
        check_sales_parameters(bundle, command.sales_parameters)
        items = await queries.list_items(session, row.id)
        held = [msgspec.convert(item.bundle, OfferBundle) for item in items]
        if count_prebookings([*held, bundle]) > MAX_PREBOOKINGS:
            raise OrderTooLarge(f"SBB books at most {MAX_PREBOOKINGS} tickets at once: sell the rest as another order.")
        await _join_travellers(session, row, asked.travellers)
        code = secrets.token_hex(4)
        await queries.insert_item(
            session,
            {
                "order_id": row.id,
                "position": max((item.position for item in items), default=0) + 1,
                "code": code,
                "query": msgspec.to_builtins(asked),
                "bundle": msgspec.to_builtins(bundle),
                "sales_parameters": dict(command.sales_parameters),
                "price": bundle.total.amount,
                "travel_on": asked.travel_on,
                "fetched_at": offer_set.fetched_at,
            },
        )
        places = list_search_terms(*list_place_names(asked, lookups.known_places))
        await queries.insert_terms(session, row.id, row.agency_code, {f"item:{code}": places})
        await _write_totals(session, row, [*_list_costs(items), (bundle.total.amount, asked.travel_on)])


def _make_not_found(pointer: str, detail: str) -> NotFound:
    return NotFound(detail, errors=[{"pointer": pointer, "detail": "is not this order's"}])


async def _join_travellers(session: Session, row: OrderRow, wishes: list[TravellerWish]) -> None:
    """Add the travellers of a bundle; one who is there already must be the same kind with the same reduction."""
    known = {traveller.code: traveller for traveller in await queries.list_travellers(session, row.id)}
    for wish in wishes:
        present = known.get(wish.code)
        if present is None:
            await queries.insert_traveller(
                session,
                {
                    "order_id": row.id,
                    "code": wish.code,
                    "kind": wish.kind,
                    "age": wish.age,
                    "reduction": str(wish.reduction),
                    "born_on": wish.born_on,
                },
            )
        elif (present.kind, present.reduction) != (wish.kind, str(wish.reduction)):
            raise InvalidRequest(
                "This code belongs to another traveller of the order.",
                errors=[{"pointer": "/travellers", "detail": f"{wish.code} is somebody else"}],
            )
        elif wish.born_on is not None and present.born_on is None:
            await queries.update_traveller(session, row.id, wish.code, born_on=wish.born_on)


async def remove_order_item(lookups: Lookups, row: OrderRow, code: str) -> None:
    """Take an item out of the basket, and the travellers whom no other item needs."""
    async with lookups.transactions() as session:
        await change_open_order(session, row, {})
        if not await queries.delete_item(session, row.id, code):
            raise NotFound(
                "There is no such item in this order.",
                errors=[{"parameter": "code", "detail": "is not in the order"}],
            )
        items = await queries.list_items(session, row.id)
        needed = {wish.code for item in items for wish in msgspec.convert(item.query, Asked).travellers}
        present = {traveller.code for traveller in await queries.list_travellers(session, row.id)}
        gone = present - needed
        await queries.delete_travellers(session, row.id, gone)
        await queries.delete_terms(session, row.id, [f"item:{code}", *(f"traveller:{traveller}" for traveller in gone)])
        await _write_totals(session, row, _list_costs(items))


def _list_costs(items: Sequence[Row[Any]]) -> list[tuple[int, dt.date]]:
    return [(item.price, item.travel_on) for item in items]


async def _write_totals(session: Session, row: OrderRow, costs: Sequence[tuple[int, dt.date]]) -> None:
    """Write what the items cost together and the first day of travel; the basket must be open."""
    await change_open_order(
        session,
        row,
        {
            "total": sum(price for price, _ in costs),
            "first_travel_on": min((travel_on for _, travel_on in costs), default=None),
            "problem": None,
        },
    )


async def name_order_travellers(lookups: Lookups, row: OrderRow, command: NameTravellers) -> None:
    """Write names and dates of birth; what is left out stays.

    Raises:
        InvalidRequest: ``errors`` name each field that cannot be printed on a ticket.
        OrderStateChanged
    """
    errors = [error for place, _ in enumerate(command.travellers) for error in _find_name_errors(command, place)]
    if errors:
        raise InvalidRequest("Correct the travellers' data.", errors=errors)
    async with lookups.transactions() as session:
        await change_open_order(session, row, {})
        known = {traveller.code: traveller for traveller in await queries.list_travellers(session, row.id)}
        names: dict[str, set[str]] = {}
        for place, named in enumerate(command.travellers):
            present = known.get(named.code)
            if present is None:
                raise InvalidRequest(
                    "There is no such traveller in this order.",
                    errors=[{"pointer": f"/travellers/{place}/code", "detail": "is not in the order"}],
                )
            first_name = present.first_name if named.first_name is None else named.first_name.strip()
            last_name = present.last_name if named.last_name is None else named.last_name.strip()
            await queries.update_traveller(
                session,
                row.id,
                named.code,
                first_name=first_name,
                last_name=last_name,
                born_on=named.born_on or present.born_on,
            )
            names[f"traveller:{named.code}"] = list_search_terms(f"{first_name or ''} {last_name or ''}")
        await queries.delete_terms(session, row.id, names)
        await queries.insert_terms(session, row.id, row.agency_code, names)


def _find_name_errors(command: NameTravellers, place: int) -> list[dict[str, str]]:
    named = command.travellers[place]
    errors = []
    for field in ("first_name", "last_name"):
        value = getattr(named, field)
        fault = None if value is None else find_name_fault(value)
        if fault is not None:
            errors.append({**_locate_fault(place, named.code, field), "detail": fault})
    if named.born_on is not None and not is_plausible_birth_date(named.born_on, read_today()):
        errors.append({**_locate_fault(place, named.code, "born_on"), "detail": "must be in the past 120 years"})
    return errors


def _locate_fault(place: int, code: str, field: str) -> dict[str, str]:
    """Where it stood in the request, and whose field it is on the screen."""
    return {"pointer": f"/travellers/{place}/{field}", "traveller_code": code, "field": field}
