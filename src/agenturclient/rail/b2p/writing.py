"""Our words into B2P's requests. Strict: what B2P's description does not allow is refused here (`RequestInvalid`)."""

import re
from typing import Final
from urllib.parse import quote, urlencode

import msgspec

from agenturclient.rail.b2p.moments import ZURICH, write_birth_moment
from agenturclient.rail.b2p.transport import B2pRequest
from agenturclient.rail.port import (
    DocumentKind,
    HoldItem,
    HoldRequest,
    PriceQuery,
    ProductOfferQuery,
    Reduction,
    RouteOfferQuery,
    Traveller,
    TripOfferQuery,
    TripQuery,
)

MAX_PREBOOKINGS_PER_BOOKING: Final = 80
MIN_PLACE_NAME_LENGTH: Final = 2
MAX_AGE: Final = 150
REDUCTION_CODES: Final[dict[Reduction, str]] = {
    Reduction.NONE: "none",
    Reduction.HALF_FARE: "half-fare",
    Reduction.GA_1ST: "ga-1st",
    Reduction.GA_2ND: "ga-2nd",
    Reduction.JUNIOR_CARD: "junior-card",
    Reduction.CHILD_CARD: "child-card",
    Reduction.SWISS_HALF_FARE_CARD: "swiss-half-fare-card",
    Reduction.SWISS_TRAVEL_PASS: "swiss-travel-pass",
}
DOCUMENT_TYPES: Final[dict[DocumentKind, str]] = {
    DocumentKind.PDF: "application/pdf",
    DocumentKind.HTML: "text/html",
    DocumentKind.PKPASS: "application/vnd.apple.pkpass",
}
_TRAVELLER_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_NUMBER: Final = re.compile(r"[0-9]{1,19}")


class RequestInvalid(ValueError):
    """What was asked for cannot be said to B2P. The text names the field, never a value."""


def write_place_search(name: str) -> B2pRequest:
    """Stations by name."""
    if len(name.strip()) < MIN_PLACE_NAME_LENGTH:
        message = "name is too short"
        raise RequestInvalid(message)
    return _get("/api/locations", [("name", name.strip())])


def write_trip_search(query: TripQuery) -> B2pRequest:
    """Connections, with CO2 figures. Date and time are those on the wall clock in Switzerland."""
    if query.at.tzinfo is None:
        message = "at has no time zone"
        raise RequestInvalid(message)
    local = query.at.astimezone(ZURICH)
    parameters = [
        ("originId", str(query.origin)),
        ("destinationId", str(query.destination)),
        *(("viaId", str(via)) for via in query.via),
        ("date", local.date().isoformat()),
        ("time", local.strftime("%H:%M")),
        ("arrivalDeparture", "LA" if query.is_arrival else "ED"),
        ("calculateEco", "true"),
    ]
    return _get("/api/trips", parameters, scroll_context=query.scroll)


def write_trip_refresh(trip_id: str) -> B2pRequest:
    """One connection as it stands now."""
    return _get(f"/api/trips/{_quote_id(trip_id, 'trip_id')}")


def write_price_query(query: PriceQuery) -> B2pRequest:
    """Cheapest prices; persons only."""
    persons = [_render_person(traveller) for traveller in query.travellers if traveller.kind == "person"]
    if not query.trip_ids or not persons:
        message = "trip_ids and at least one person are needed"
        raise RequestInvalid(message)
    body: dict[str, object] = {"tripIds": list(query.trip_ids), "passengers": persons}
    if query.travel_class is not None:
        body["qualityOfService"] = query.travel_class
    return _send_json("POST", "/api/v2/prices", body)


def write_trip_offer_query(query: TripOfferQuery) -> B2pRequest:
    """Offers for a connection, or one there and one back."""
    if not query.trip_id:
        message = "trip_id is empty"
        raise RequestInvalid(message)
    parameters = [("tripId", query.trip_id)]
    if query.return_trip_id:
        parameters.append(("returnTripId", query.return_trip_id))
    parameters += _list_party(query.travellers)
    if query.product_id is not None:
        parameters.append(("productId", str(query.product_id)))
    return _get("/api/trip-offers", parameters)


def write_route_offer_query(query: RouteOfferQuery) -> B2pRequest:
    """Offers without a connection."""
    parameters = [("originId", str(query.origin))]
    if query.destination is not None:
        parameters.append(("destinationId", str(query.destination)))
    parameters += [("viaId", str(via)) for via in query.via]
    parameters.append(("date", query.travel_on.isoformat()))
    parameters += _list_party(query.travellers)
    if query.product_id is not None:
        parameters.append(("productId", str(query.product_id)))
    return _get("/api/route-offers", parameters)


def write_product_offer_query(query: ProductOfferQuery) -> B2pRequest:
    """Offers of one product."""
    parameters = [("validFromDate", query.valid_from_on.isoformat()), *_list_party(query.travellers)]
    return _get(f"/api/product-offers/{query.product_id}", parameters)


def write_product_list() -> B2pRequest:
    """All products."""
    return _get("/api/products")


def write_product_query(product_id: int) -> B2pRequest:
    """One product."""
    return _get(f"/api/products/{product_id}")


def write_hold_request(request: HoldRequest) -> B2pRequest:
    """Prebook."""
    if not request.items or not all(item.offers for item in request.items):
        message = "every item needs an offer"
        raise RequestInvalid(message)
    return _send_json("POST", "/api/v2/prebookings", [_build_hold_item(item) for item in request.items])


def write_payment(prebooking_ids: tuple[int, ...], reference1: str, reference2: str | None) -> B2pRequest:
    """Pay by invoice."""
    _check_prebooking_ids(prebooking_ids)
    body: dict[str, object] = {"prebookingIds": list(prebooking_ids), "reference1": reference1}
    if reference2 is not None:
        body["reference2"] = reference2
    return _send_json("POST", "/api/v2/payments/b2b/sbb/invoice", body)


def write_booking(prebooking_ids: tuple[int, ...]) -> B2pRequest:
    """Book, PENDING."""
    _check_prebooking_ids(prebooking_ids)
    return _send_json("POST", "/api/v2/bookings", {"prebookingIds": list(prebooking_ids), "status": "PENDING"})


def write_commit(booking_id: str) -> B2pRequest:
    """End the pending time."""
    return _send_json("PATCH", f"/api/v2/bookings/{_check_number(booking_id, 'booking_id')}", {"status": "COMMITTED"})


def write_cancellation(booking_id: str) -> B2pRequest:
    """Undo a booking."""
    return B2pRequest(method="DELETE", path=f"/api/v2/bookings/{_check_number(booking_id, 'booking_id')}")


def write_booking_query(booking_id: str) -> B2pRequest:
    """A booking by its id."""
    return _get(f"/api/v2/bookings/{_quote_id(booking_id, 'booking_id')}")


def write_ticket_number_query(printed_number: str) -> B2pRequest:
    """A booking by the number printed on a ticket."""
    if not printed_number.strip():
        message = "printed_number is empty"
        raise RequestInvalid(message)
    return _get("/api/v2/bookings", [("onlineTicketId", printed_number.strip())])


def write_document_query(booking_id: str, ticket_id: str, kind: DocumentKind) -> B2pRequest:
    """A ticket's document."""
    booking, ticket = _check_number(booking_id, "booking_id"), _check_number(ticket_id, "ticket_id")
    return _get(f"/api/v2/bookings/{booking}/tickets/{ticket}", accept=DOCUMENT_TYPES[kind])


def write_status_query() -> B2pRequest:
    """How the supplier says it is."""
    return _get("/service/status")


def write_announcement_query() -> B2pRequest:
    """What the supplier wants shown."""
    return _get("/service/info")


def _get(
    path: str,
    parameters: list[tuple[str, str]] | None = None,
    *,
    accept: str = "application/json",
    scroll_context: str | None = None,
) -> B2pRequest:
    # Everything reserved is percent-encoded: trip ids hold '+', '/' and '=', passengers hold ';'.
    query = urlencode(parameters or [], quote_via=quote, safe="")
    return B2pRequest(method="GET", path=path, query=query, accept=accept, scroll_context=scroll_context)


def _send_json(method: str, path: str, body: object) -> B2pRequest:
    return B2pRequest(method=method, path=path, body=msgspec.json.encode(body))


def _quote_id(value: str, field: str) -> str:
    """An id as one path segment. `.` and `..` would be read as steps and are no ids."""
    if not value or value in {".", ".."}:
        message = f"{field} is empty"
        raise RequestInvalid(message)
    return quote(value, safe="")


def _check_number(value: str, field: str) -> str:
    if not _NUMBER.fullmatch(value):
        message = f"{field} is not a number"
        raise RequestInvalid(message)
    return value


def _check_prebooking_ids(prebooking_ids: tuple[int, ...]) -> None:
    if not 1 <= len(prebooking_ids) <= MAX_PREBOOKINGS_PER_BOOKING:
        message = f"prebooking_ids must be 1 to {MAX_PREBOOKINGS_PER_BOOKING}"
        raise RequestInvalid(message)


def _check_traveller_id(traveller_id: str) -> str:
    if not _TRAVELLER_ID.fullmatch(traveller_id):
        message = "traveller id must be letters, digits, - and _"
        raise RequestInvalid(message)
    return traveller_id


def _render_person(traveller: Traveller) -> str:
    if traveller.age is None or not 0 <= traveller.age <= MAX_AGE:
        message = "age of a traveller is missing or impossible"
        raise RequestInvalid(message)
    return f"{_check_traveller_id(traveller.id)};{traveller.age};{REDUCTION_CODES[traveller.reduction]}"


def _list_party(travellers: tuple[Traveller, ...]) -> list[tuple[str, str]]:
    if not travellers:
        message = "travellers are missing"
        raise RequestInvalid(message)
    parameters = [("passengers", _render_person(who)) for who in travellers if who.kind == "person"]
    parameters += [("dogs", _check_traveller_id(who.id)) for who in travellers if who.kind == "dog"]
    parameters += [("bikes", _check_traveller_id(who.id)) for who in travellers if who.kind == "bike"]
    return parameters


def _build_hold_item(item: HoldItem) -> dict[str, object]:
    person: dict[str, object] = {
        "firstname": item.first_name,
        "lastname": item.last_name,
        "dateOfBirth": write_birth_moment(item.born_on),
    }
    traveller_id = _check_traveller_id(item.traveller_id)
    offers = []
    for offer in item.offers:
        entry: dict[str, object] = {"offerIdentifier": offer.offer_id}
        if offer.sales_parameters:
            entry["salesParameter"] = dict(offer.sales_parameters)
        offers.append(entry)
    traveller: dict[str, object] = (
        {"id": traveller_id, **person} if item.kind == "person" else {"id": traveller_id, "owner": person}
    )
    key = {"person": "passenger", "dog": "dog", "bike": "bike"}[item.kind]
    return {"offerPrebookings": offers, key: traveller}
