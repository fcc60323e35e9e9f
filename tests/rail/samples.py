"""Each method of the port with arguments to call it by and an answer as B2P's description has it."""

import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from agenturclient.rail.port import (
    DocumentKind,
    HeldOffer,
    HoldItem,
    HoldRequest,
    PriceQuery,
    ProductOfferQuery,
    Rail,
    RailContext,
    Reduction,
    RouteOfferQuery,
    Traveller,
    TripOfferQuery,
    TripQuery,
)

ZURICH = ZoneInfo("Europe/Zurich")
CONTEXT = RailContext(contract_id="ACP1024", conversation_id="6a2c9f0e-2f0f-4b8e-9a4e-111122223333", language="fr")
TRIP_ID = "wQg8CgJWMRKRBSVD+/=" + "x" * 300
ADULT = Traveller(id="p1", age=42, reduction=Reduction.HALF_FARE)
CHILD = Traveller(id="p2", age=8, reduction=Reduction.CHILD_CARD)
DOG = Traveller(id="d1", kind="dog")
BIKE = Traveller(id="b1", kind="bike")
BORN_ON = dt.date(1984, 2, 29)


def build_stop(name: str, uic: str, **fields: object) -> dict[str, object]:
    return {
        "id2": {"value": uic, "type": "UIC"},
        "name": name,
        "arrivalPlatformChanged": False,
        "departurePlatformChanged": False,
        "delayUndefined": False,
        "requestStop": False,
        "stopStatus": "PLANNED",
        "tariffBorder": False,
        **fields,
    }


def build_segment(**fields: object) -> dict[str, object]:
    return {
        "type": "PUBLIC_JOURNEY",
        "stops": [
            build_stop(
                "Zürich HB",
                "8503000",
                departureDateTime="2027-01-11T08:02:00+01:00",
                departureDateTimeRt="2027-01-11T08:05:00+01:00",
                departureTrack="31",
                departureTrackRt="33",
                departurePlatformChanged=True,
            ),
            build_stop(
                "Olten",
                "8500218",
                arrivalDateTime="2027-01-11T08:31:00+01:00",
                departureDateTime="2027-01-11T08:33:00+01:00",
            ),
            build_stop("Bern", "8507000", arrivalDateTime="2027-01-11T08:58:00+01:00", arrivalTrack="5"),
        ],
        "transportProduct": {
            "name": "IC 1",
            "categoryShortForm": "IC",
            "categoryLongForm": "InterCity",
            "line": "1",
            "number": "711",
            "vehicleType": "TRAIN",
        },
        "attributes": [{"key": "WR", "value": "Restaurant"}],
        "messages": [
            {
                "id": "1",
                "category": "CONSTRUCTION_SITE",
                "priority": 60,
                "headerFormatted": "Travaux",
                "footerFormatted": "Retards possibles",
            }
        ],
        "direction": "Genève-Aéroport",
        "cancelled": False,
        "partiallyCancelled": False,
        "reachable": True,
        "redirected": False,
        **fields,
    }


def build_trip(**fields: object) -> dict[str, object]:
    return {
        "tripId": TRIP_ID,
        "alternative": False,
        "valid": True,
        "segments": [build_segment()],
        "ecoBalance": {"co2Train": 0.8, "co2Car": 21.25, "primeCar": 9.1, "primeTrain": 0.9},
        **fields,
    }


def build_offer(**fields: object) -> dict[str, object]:
    return {
        "offerIdentifier": "174114741",
        "productId": 125,
        "title": "Billet ordinaire",
        "description": "Aller simple",
        "offerType": "TRANSPORT",
        "passengerId": "p1",
        "price": 2600,
        "currency": "CHF",
        "vat": 81,
        "qualityOfService": 2,
        "direction": "outward",
        "routeValidity": {
            "direction": "outward",
            "routes": [
                {
                    "departure": {"uicCode": "8503000", "name": "Zürich HB"},
                    "destination": {"uicCode": "8507000", "name": "Bern"},
                    "viaText": "via Olten",
                }
            ],
        },
        "offerValidity": {"from": "2027-01-10T10:00:00+01:00", "to": "2027-01-10T10:15:00+01:00"},
        "ticketValidity": {"from": {"date": "2027-01-11"}, "to": {"date": "2027-01-11"}},
        "salesParameter": [
            {"key": "STS_HERKUNFTSLAND", "type": "COUNTRY", "optional": False, "possibleValues": ["DE", "FR"]}
        ],
        "refundable": True,
        "exchangeable": False,
        "requiresPurchase": True,
        **fields,
    }


def build_bundle(**fields: object) -> dict[str, object]:
    return {
        "totalPrice": 2600,
        "currency": "CHF",
        "qualityOfService": 2,
        "offers": [build_offer()],
        "notifications": [
            {"code": 50033, "status": "WARNUNG", "developerMessage": "intern", "description": "Travaux en cours"}
        ],
        **fields,
    }


def build_booking_state(**fields: object) -> dict[str, object]:
    return {
        "bookingId": "247110815",
        "status": "PENDING",
        "bookings": [
            {
                "ticketId": "55665525",
                "externalTicketId": "15900124538425",
                "externalTicketReference": "0124538425",
                "status": "ZUKUNFT_GUELTIG",
                "salesDate": "2027-01-10 08:11:40",
                "productDescription": "Billet ordinaire",
                "productId": "125",
                "travelDate": "2027-01-11",
                "tripType": "Single",
                "qualityOfService": "ZWEITE_KLASSE",
                "passenger": {"name": "Muster", "firstName": "Anna", "dateOfBirth": "1984-02-29"},
                "price": 2600,
                "vat": 81,
                "currency": "CHF",
                "fareReference": "EINZELBILLETT",
                "paymentMethodDetails": {"description": "Rechnung", "abbreviation": "REC"},
                "refundData": {
                    "type": "VOLLERSTATTUNG",
                    "onlyIndividuallyRefundable": True,
                    "refundReasons": [
                        {
                            "description": "Pas utilisé",
                            "reasonId": "NICHT_BENUTZT",
                            "onlyIndividuallyRefundable": True,
                            "type": "VOLLERSTATTUNG",
                        }
                    ],
                },
            }
        ],
        **fields,
    }


def build_product(**fields: object) -> dict[str, object]:
    return {
        "id": 4004,
        "description": "Swiss Travel Pass",
        "qualityOfService": [2, 1],
        "sellableFrom": "2026-01-01",
        "validFrom": "2026-01-01",
        "validTo": "2027-12-31",
        "offerEndpoints": ["product"],
        "customerSegments": [
            {
                "code": "ERWACHSEN",
                "title": "Adulte",
                "minAge": 25,
                "travellerType": "person",
                "reduction": "none",
            }
        ],
        **fields,
    }


@dataclass(frozen=True)
class Sample:
    """A call, what it reads like (`reads`, `holds`, `changes`), the good answer, and the same with novelties in it."""

    name: str
    effect: str
    call: Callable[[Rail], Awaitable[Any]]
    status: int
    body: Any
    novel_body: Any = None
    content_type: str = "application/json"
    is_bodiless: bool = False
    nothing_found: Any = field(default=None)
    """What 204 comes to: a value, or the name of an error kind."""


HOLD_REQUEST = HoldRequest(
    items=(
        HoldItem(
            traveller_id="p1",
            first_name="Anna",
            last_name="Muster-Geheim",
            born_on=BORN_ON,
            offers=(HeldOffer("174114741", {"STS_HERKUNFTSLAND": "DE"}),),
        ),
        HoldItem(
            traveller_id="d1",
            kind="dog",
            first_name="Anna",
            last_name="Muster-Geheim",
            born_on=BORN_ON,
            offers=(HeldOffer("174114742"),),
        ),
        HoldItem(
            traveller_id="b1",
            kind="bike",
            first_name="Anna",
            last_name="Muster-Geheim",
            born_on=BORN_ON,
            offers=(HeldOffer("174114743"),),
        ),
    )
)
TRIP_QUERY = TripQuery(
    origin=8503000, destination=8507000, via=(8500218,), at=dt.datetime(2027, 1, 11, 8, 0, tzinfo=ZURICH)
)
PARTY = (ADULT, CHILD, DOG, BIKE)
_NEW = {"somethingNew": {"deep": [1, 2]}}
_LOCATION = {
    "id": 8503000,
    "name": "Zürich HB",
    "type": "STATION",
    "tariffBorder": False,
    "coordinates": {"latitude": 47.378, "longitude": 8.54},
    "weight": 30170,
    "vehicleTypes": ["TRAIN", "BUS"],
}
_PRICE = {
    "tripId": TRIP_ID,
    "price": 2600,
    "currency": "CHF",
    "qualityOfService": 2,
    "productId": 4004,
    "superSaver": True,
}
_NOVEL_TRIP = build_trip(
    segments=[
        build_segment(
            type="HYPERLOOP",
            messages=[{"id": "1", "category": "SPACE_WEATHER", "priority": 1, "headerFormatted": "x"}],
            transportProduct={"name": "H", "vehicleType": "HOVERCRAFT"},
        )
    ],
    **_NEW,
)
_NOVEL_BUNDLE = build_bundle(
    offers=[
        build_offer(offerType="TIME_TRAVEL", direction="sideways", routeValidity={"direction": "sideways"}, **_NEW)
    ],
    **_NEW,
)
_PREBOOKINGS = {
    "prebookings": [
        {
            "preBookingId": 47110815,
            "offerIdentifier": "174114741",
            "validityPeriod": {"from": "2027-01-10T10:00:00+01:00", "to": "2027-01-10T10:30:00+01:00"},
        }
    ]
}
_BOOKING = {
    "bookingId": 247110815,
    "tickets": [
        {
            "ticketId": 55665525,
            "externalTicketId": "15900124538425",
            "externalTicketReference": "0124538425",
            "preBookingId": 47110815,
        }
    ],
}
_INFO = {
    "id": "7",
    "message": {"de": "Unterhalt", "fr": "Entretien"},
    "validFrom": "2027-01-10T22:00:00+01:00",
    "validTo": "2027-01-11T02:00:00+01:00",
}
_STATE = {"name": "b2p", "status": "OK", "components": [{"name": "nova", "title": "Nova", "status": "ERROR"}]}

SAMPLES = (
    Sample(
        "search_places",
        "reads",
        lambda rail: rail.search_places(CONTEXT, "Zürich & Co"),
        200,
        [_LOCATION],
        [{**_LOCATION, "vehicleTypes": ["HOVERCRAFT"], **_NEW}],
        nothing_found=(),
    ),
    Sample(
        "search_trips",
        "reads",
        lambda rail: rail.search_trips(CONTEXT, TRIP_QUERY),
        200,
        [build_trip()],
        [_NOVEL_TRIP],
        nothing_found="empty page",
    ),
    Sample(
        "refresh_trip",
        "reads",
        lambda rail: rail.refresh_trip(CONTEXT, TRIP_ID),
        200,
        [build_trip()],
        [_NOVEL_TRIP],
        nothing_found="refused",
    ),
    Sample(
        "find_prices",
        "reads",
        lambda rail: rail.find_prices(CONTEXT, PriceQuery((TRIP_ID,), PARTY, 2)),
        200,
        [_PRICE],
        [{**_PRICE, "qualityOfService": 3, **_NEW}],
        nothing_found=(),
    ),
    Sample(
        "find_trip_offers",
        "reads",
        lambda rail: rail.find_trip_offers(
            CONTEXT, TripOfferQuery(trip_id=TRIP_ID, return_trip_id=TRIP_ID, travellers=PARTY, product_id=125)
        ),
        200,
        [build_bundle()],
        [_NOVEL_BUNDLE],
        nothing_found=(),
    ),
    Sample(
        "find_route_offers",
        "reads",
        lambda rail: rail.find_route_offers(
            CONTEXT,
            RouteOfferQuery(
                origin=8503000,
                destination=8507000,
                via=(8500218,),
                travel_on=dt.date(2027, 1, 11),
                travellers=PARTY,
                product_id=125,
            ),
        ),
        200,
        [build_bundle()],
        [_NOVEL_BUNDLE],
        nothing_found=(),
    ),
    Sample(
        "find_product_offers",
        "reads",
        lambda rail: rail.find_product_offers(
            CONTEXT, ProductOfferQuery(product_id=4004, valid_from_on=dt.date(2027, 1, 11), travellers=(ADULT,))
        ),
        200,
        [build_bundle()],
        [_NOVEL_BUNDLE],
        nothing_found=(),
    ),
    Sample(
        "list_products",
        "reads",
        lambda rail: rail.list_products(CONTEXT),
        200,
        [build_product()],
        [build_product(offerEndpoints=["teleport"], **_NEW)],
        nothing_found=(),
    ),
    Sample(
        "get_product",
        "reads",
        lambda rail: rail.get_product(CONTEXT, 4004),
        200,
        build_product(),
        build_product(customerSegments=[{"code": "X", "travellerType": "cat", "reduction": "gold"}], **_NEW),
        nothing_found="refused",
    ),
    Sample(
        "find_booking",
        "reads",
        lambda rail: rail.find_booking(CONTEXT, "247110815"),
        200,
        build_booking_state(),
        build_booking_state(status="HALFWAY", **_NEW),
        nothing_found=None,
    ),
    Sample(
        "find_booking_by_ticket_number",
        "reads",
        lambda rail: rail.find_booking_by_ticket_number(CONTEXT, "0124538425"),
        200,
        build_booking_state(),
        build_booking_state(status="HALFWAY", **_NEW),
        nothing_found=None,
    ),
    Sample(
        "get_document",
        "reads",
        lambda rail: rail.get_document(CONTEXT, "247110815", "55665525", DocumentKind.PDF),
        200,
        b"%PDF-1.7 a ticket",
        b"%PDF-9.9 a ticket",
        content_type="application/pdf",
        nothing_found="refused",
    ),
    Sample(
        "get_status",
        "reads",
        lambda rail: rail.get_status(CONTEXT),
        200,
        _STATE,
        {**_STATE, "status": "SO_SO", **_NEW},
        nothing_found="unreachable",
    ),
    Sample(
        "list_announcements",
        "reads",
        lambda rail: rail.list_announcements(CONTEXT),
        200,
        [_INFO],
        [{**_INFO, "message": {"de": "Unterhalt", "rm": "Mantegniment"}, **_NEW}],
        nothing_found=(),
    ),
    Sample(
        "hold_offers",
        "holds",
        lambda rail: rail.hold_offers(CONTEXT, HOLD_REQUEST),
        201,
        _PREBOOKINGS,
        {"prebookings": [{**_PREBOOKINGS["prebookings"][0], **_NEW}], **_NEW},
        nothing_found="unknown",
    ),
    Sample(
        "pay_by_invoice",
        "changes",
        lambda rail: rail.pay_by_invoice(CONTEXT, (47110815,), reference1="AC-7K2-9", reference2="Dossier 12"),
        201,
        {"links": []},
        _NEW,
        is_bodiless=True,
        nothing_found="unknown",
    ),
    Sample(
        "book",
        "changes",
        lambda rail: rail.book(CONTEXT, (47110815, 47110816)),
        201,
        _BOOKING,
        {**_BOOKING, "tickets": [{**_BOOKING["tickets"][0], **_NEW}], **_NEW},  # type: ignore[index]  # a plain list
        nothing_found="unknown",
    ),
    Sample(
        "commit_booking",
        "changes",
        lambda rail: rail.commit_booking(CONTEXT, "247110815"),
        204,
        b"",
        b"",
        is_bodiless=True,
        nothing_found="done",
    ),
    Sample(
        "cancel_booking",
        "changes",
        lambda rail: rail.cancel_booking(CONTEXT, "247110815"),
        204,
        b"",
        b"",
        is_bodiless=True,
        nothing_found="done",
    ),
)
SAMPLES_BY_NAME = {sample.name: sample for sample in SAMPLES}
