"""Decisions about what is in a basket: bundles, travellers, sales parameters. No I/O."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from agenturclient.core.problems import InvalidRequest
from agenturclient.offers.rules import ZURICH
from agenturclient.offers.service import OfferQuery
from agenturclient.orders.problems import SalesParameterMissing
from agenturclient.orders.rules import compute_age
from agenturclient.orders.schemas import BundleView, OfferView, RouteWish, TravellerWish, TripSummary, TripWish, Wish
from agenturclient.places.schemas import PlaceRow
from agenturclient.rail.port import (
    Offer,
    OfferBundle,
    OfferKind,
    ProductOfferQuery,
    RouteOfferQuery,
    Traveller,
    Trip,
    TripOfferQuery,
)

# B2P gives offers about 15 minutes; where an offer names no end, this is assumed.
OFFER_LIFE = dt.timedelta(minutes=15)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """How offers were asked for: enough to ask for the same anew."""

    wish: Wish
    travellers: list[TravellerWish]
    travel_on: dt.date
    title: str
    outward: TripSummary | None = None
    inward: TripSummary | None = None


def summarise_trip(trip: Trip) -> TripSummary:
    first, last = trip.legs[0].origin, trip.legs[-1].destination
    return TripSummary(
        origin_uic=first.place_uic,
        origin_name=first.place_name,
        destination_uic=last.place_uic,
        destination_name=last.place_name,
        departure_at=trip.departure_at,
        arrival_at=trip.arrival_at,
        changes=trip.changes,
        trains=[
            " ".join(part for part in (leg.category, leg.line or leg.train_number) if part)
            for leg in trip.legs
            if leg.kind == "ride"
        ],
    )


def find_travel_day(trip: Trip) -> dt.date:
    return trip.departure_at.astimezone(ZURICH).date()


def list_place_names(asked: Asked, known_places: Mapping[int, PlaceRow]) -> list[str]:
    """What the places of departure and arrival are called: on the ticket, in other languages, and abbreviated."""
    wish = asked.wish
    names, numbers = [], []
    for trip in (asked.outward, asked.inward):
        if trip is not None:
            names += [trip.origin_name, trip.destination_name]
            numbers += [trip.origin_uic, trip.destination_uic]
    if isinstance(wish, RouteWish):
        numbers += [wish.origin, wish.destination]
    for number in numbers:
        if number is not None and number in known_places:
            _, name, _, abbreviations, others = known_places[number]
            names += [name, *abbreviations, *others]
    return names


def make_rail_travellers(travellers: Iterable[TravellerWish], travel_on: dt.date) -> tuple[Traveller, ...]:
    """Travellers as the supplier is asked for them: a known date of birth wins over an assumed age.

    Raises:
        InvalidRequest: two have the same code, or a person has neither age nor date of birth.
    """
    made: list[Traveller] = []
    for place, wish in enumerate(travellers):
        age = wish.age if wish.born_on is None else compute_age(wish.born_on, travel_on)
        if wish.kind == "person" and (age is None or not 0 <= age <= 120):
            raise InvalidRequest(
                "A person needs an age or a date of birth.",
                errors=[{"pointer": f"/travellers/{place}/age", "detail": "must be from 0 to 120"}],
            )
        if any(wish.code == other.id for other in made):
            raise InvalidRequest(
                "Each traveller needs a code of their own.",
                errors=[{"pointer": f"/travellers/{place}/code", "detail": "is used twice"}],
            )
        made.append(
            Traveller(
                id=wish.code, kind=wish.kind, age=age if wish.kind == "person" else None, reduction=wish.reduction
            )
        )
    if not any(traveller.kind == "person" for traveller in made) and len(made) > 1:
        raise InvalidRequest(
            "Dogs and bikes travel with a person, or each by itself.",
            errors=[{"pointer": "/travellers", "detail": "must have a person"}],
        )
    return tuple(made)


def make_offer_query(asked: Asked) -> OfferQuery:
    """The supplier's question for what was asked."""
    travellers = make_rail_travellers(asked.travellers, asked.travel_on)
    wish = asked.wish
    if isinstance(wish, TripWish):
        return TripOfferQuery(trip_id=wish.trip_id, return_trip_id=wish.return_trip_id, travellers=travellers)
    if isinstance(wish, RouteWish):
        return RouteOfferQuery(
            origin=wish.origin,
            destination=wish.destination,
            via=tuple(wish.via),
            travel_on=wish.travel_on,
            travellers=travellers,
        )
    return ProductOfferQuery(product_id=wish.product_id, valid_from_on=wish.travel_on, travellers=travellers)


def get_wish_kind(wish: Wish) -> Any:
    return wish.__struct_config__.tag


def is_bound_to_train(bundle: OfferBundle, wish: Wish) -> bool:
    """A saver: for one connection only. B2P says it by its flags (neither refundable nor exchangeable)."""
    transport = [offer for offer in bundle.offers if offer.kind is OfferKind.TRANSPORT and offer.is_purchase_required]
    return isinstance(wish, TripWish) and any(
        offer.is_refundable is False and offer.is_exchangeable is False for offer in transport
    )


def compute_expiry(bundles: Iterable[OfferBundle], fetched_at: dt.datetime) -> dt.datetime:
    """When the first of these offers lapses."""
    ends = [offer.offer_expires_at for bundle in bundles for offer in bundle.offers if offer.offer_expires_at]
    return min([fetched_at + OFFER_LIFE, *ends])


def _judge_all(values: Iterable[bool | None]) -> bool | None:
    known = list(values)
    if any(value is False for value in known):
        return False
    return True if known and all(known) else None


def view_bundle(code: str, bundle: OfferBundle, wish: Wish) -> BundleView:
    bought = [offer for offer in bundle.offers if offer.is_purchase_required] or list(bundle.offers)
    titles = list(dict.fromkeys(offer.title for offer in bought))
    return BundleView(
        code=code,
        travel_class=bundle.travel_class,
        total=bundle.total,
        title=" + ".join(titles[:3]),
        is_saver=is_bound_to_train(bundle, wish),
        is_refundable=_judge_all(offer.is_refundable for offer in bought),
        is_exchangeable=_judge_all(offer.is_exchangeable for offer in bought),
        offers=[_view_offer(offer) for offer in bundle.offers],
        notes=[note.text for note in bundle.notes],
    )


def _view_offer(offer: Offer) -> OfferView:
    return OfferView(
        traveller_code=offer.traveller_id,
        title=offer.title,
        description=offer.description,
        kind=str(offer.kind),
        price=offer.price,
        direction=offer.direction,
        valid_from=offer.valid_from,
        valid_until=offer.valid_until,
        is_refundable=offer.is_refundable,
        is_exchangeable=offer.is_exchangeable,
        is_purchase_required=offer.is_purchase_required,
        route_texts=list(offer.route_texts),
        sales_parameters=[msgspec.to_builtins(parameter) for parameter in offer.sales_parameters],
    )


def check_sales_parameters(bundle: OfferBundle, given: Mapping[str, Mapping[str, str]]) -> None:
    """Every input that an offer demands is there, and one of the possible values.

    Raises:
        SalesParameterMissing: ``errors`` name traveller, key and what is possible.
    """
    errors = []
    for offer in bundle.offers:
        if offer.offer_id is None:
            continue
        values = given.get(offer.traveller_id or "", {})
        for parameter in offer.sales_parameters:
            value = values.get(parameter.key)
            is_missing = value is None and not parameter.is_optional
            is_wrong = value is not None and bool(parameter.possible_values) and value not in parameter.possible_values
            if is_missing or is_wrong:
                errors.append(
                    {
                        "pointer": f"/sales_parameters/{offer.traveller_id}/{parameter.key}",
                        "detail": "is missing" if is_missing else "is not one of the possible values",
                        "traveller_code": offer.traveller_id,
                        "key": parameter.key,
                        "possible_values": list(parameter.possible_values),
                    }
                )
    if errors:
        raise SalesParameterMissing("Give the further inputs that the offer demands.", errors=errors)


def _describe_offers(bundle: OfferBundle) -> list[tuple[Any, ...]]:
    return sorted(
        (offer.product_id, offer.traveller_id or "", str(offer.kind), offer.direction or "", offer.travel_class or 0)
        for offer in bundle.offers
        if offer.offer_id is not None
    )


def find_same_bundle(bundles: Iterable[OfferBundle], wanted: OfferBundle, wish: Wish) -> OfferBundle | None:
    """The bundle of a new answer that is the one chosen before: same products, travellers, directions and class.

    An age group may change the product (a child becomes an adult): then the one of the same class and kind of fare.
    """
    candidates = list(bundles)
    description = _describe_offers(wanted)
    for bundle in candidates:
        if _describe_offers(bundle) == description:
            return bundle
    alike = [
        bundle
        for bundle in candidates
        if bundle.travel_class == wanted.travel_class
        and is_bound_to_train(bundle, wish) == is_bound_to_train(wanted, wish)
        and {offer.kind for offer in bundle.offers} == {offer.kind for offer in wanted.offers}
    ]
    return alike[0] if len(alike) == 1 else None


def count_prebookings(bundles: Iterable[OfferBundle]) -> int:
    return sum(len(bundle.offer_ids) for bundle in bundles)
