"""B2P's answers in our words: everything that is read, and what is done with what cannot be."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest

from agenturclient.core.money import Money
from agenturclient.rail.b2p.client import B2pRail
from agenturclient.rail.b2p.moments import read_date, read_moment
from agenturclient.rail.b2p.reading import read_ticket_status
from agenturclient.rail.errors import RailUnreachable
from agenturclient.rail.port import (
    BookedTicket,
    BookingStatus,
    DocumentKind,
    OfferKind,
    Reduction,
    SalesParameter,
    TicketStatus,
)
from agenturclient.settings import RailSettings
from rail.hostile import HostileServer, answer
from rail.samples import (
    CONTEXT,
    SAMPLES_BY_NAME,
    TRIP_ID,
    ZURICH,
    build_booking_state,
    build_bundle,
    build_offer,
    build_product,
    build_segment,
    build_stop,
    build_trip,
)

BuildSettings = Callable[..., RailSettings]


@pytest.fixture
def read(server: HostileServer, build_settings: BuildSettings) -> Callable[..., Any]:
    """Call an operation and give it this answer."""

    async def call(name: str, body: object, **options: Any) -> Any:
        sample = SAMPLES_BY_NAME[name]
        options.setdefault("content_type", sample.content_type)
        server.behave(answer(sample.status, body, **options))
        async with B2pRail(build_settings()) as rail:
            return await sample.call(rail)

    return call


async def test_trip(read: Callable[..., Any]) -> None:
    page = await read(
        "search_trips",
        [build_trip()],
        headers={"Scrollback-Context": "back", "Scrollforward-Context": "forward"},
    )
    (trip,) = page.trips
    assert (page.earlier, page.later) == ("back", "forward")
    assert trip.trip_id == TRIP_ID
    assert trip.departure_at == dt.datetime(2027, 1, 11, 8, 2, tzinfo=ZURICH)
    assert trip.departure_at.tzinfo == ZURICH
    assert trip.expected_departure_at == dt.datetime(2027, 1, 11, 8, 5, tzinfo=ZURICH)
    assert trip.arrival_at == dt.datetime(2027, 1, 11, 8, 58, tzinfo=ZURICH)
    assert trip.expected_arrival_at is None
    assert trip.duration_seconds == 56 * 60
    assert (trip.changes, trip.is_cancelled, trip.is_possible) == (0, False, True)
    assert trip.co2 is not None
    assert (trip.co2.train_grams, trip.co2.car_grams, trip.co2.saved_grams) == (800, 21250, 20450)
    (leg,) = trip.legs
    assert (leg.kind, leg.category, leg.line, leg.train_number) == ("ride", "IC", "1", "711")
    assert (leg.vehicle_type, leg.direction) == ("train", "Genève-Aéroport")
    assert (leg.origin.place_uic, leg.origin.place_name) == (8503000, "Zürich HB")
    assert (leg.origin.track, leg.origin.planned_track, leg.origin.is_track_changed) == ("33", "31", True)
    assert (leg.destination.track, leg.destination.is_track_changed) == ("5", False)
    assert [stop.place_name for stop in leg.stops] == ["Olten"]
    assert leg.stops[0].planned_at == dt.datetime(2027, 1, 11, 8, 33, tzinfo=ZURICH)
    assert [(note.key, note.text) for note in leg.notes] == [("WR", "Restaurant")]
    assert [(m.header, m.category, m.priority) for m in trip.messages] == [("Travaux", "construction_site", 60)]


async def test_trip_with_walk_and_cancelled_train(read: Callable[..., Any]) -> None:
    walk = build_segment(
        type="WALK_TRANSFER",
        transportProduct=None,
        messages=[],
        attributes=[],
        stops=[
            build_stop("Bern", "8507000", departureDateTime="2027-01-11T08:58:00+01:00"),
            build_stop("Bern, Bahnhof", "8576646", arrivalDateTime="2027-01-11T09:03:00+01:00"),
        ],
    )
    page = await read("search_trips", [build_trip(segments=[build_segment(cancelled=True), walk, build_segment()])])
    (trip,) = page.trips
    assert [leg.kind for leg in trip.legs] == ["ride", "walk", "ride"]
    assert (trip.changes, trip.is_cancelled) == (1, True)


async def test_train_that_skips_our_stop_is_cancelled(read: Callable[..., Any]) -> None:
    segment = build_segment()
    segment["stops"][0]["stopStatus"] = "NOT_SERVICED"  # type: ignore[index]  # a plain list of dicts
    page = await read("search_trips", [build_trip(segments=[segment])])
    assert page.trips[0].is_cancelled


@pytest.mark.parametrize(
    "spoilt",
    [
        {"tripId": None},
        {"segments": []},
        {"segments": [build_segment(stops=[])]},
        {"segments": [build_segment(stops="none")]},
        {"segments": [build_segment(stops=[build_stop("A", "1"), build_stop("B", "2")])]},
    ],
)
async def test_spoilt_trip_does_not_spoil_the_page(read: Callable[..., Any], spoilt: dict[str, object]) -> None:
    page = await read("search_trips", [build_trip(**spoilt), build_trip()])
    assert len(page.trips) == 1


@pytest.mark.parametrize(
    "adornment",
    [
        {"ecoBalance": "green"},
        {"searchHint": None, "links": 5},
        {"segments": [build_segment(messages=[7, {"headerFormatted": None}], attributes=["x", {"key": 1}])]},
        {"segments": [build_segment(messages=None, attributes=None, cancelled=None, reachable=None)]},
    ],
)
async def test_spoilt_adornment_does_not_spoil_the_trip(read: Callable[..., Any], adornment: dict[str, object]) -> None:
    page = await read("search_trips", [build_trip(**adornment)])
    assert len(page.trips) == 1


def build_price(amount: int, passenger: str | None, **fields: object) -> dict[str, object]:
    price = {"tripId": "t", "price": amount, "qualityOfService": 2, "productId": 125, "superSaver": False}
    return price | ({} if passenger is None else {"passengerId": passenger}) | fields


@pytest.mark.parametrize(
    ("prices", "amount", "is_saver", "covered"),
    [
        ([build_price(2600, None)], 2600, False, ()),
        ([build_price(2600, None), build_price(1900, None, superSaver=True)], 1900, True, ()),
        ([build_price(2600, "p1"), build_price(1300, "p2")], 3900, False, ("p1", "p2")),
        ([build_price(2600, "p1"), build_price(1900, "p1", superSaver=True)], 1900, True, ("p1",)),
        ([build_price(2600, "p1"), build_price(3000, None)], 3000, False, ()),
    ],
)
async def test_prices_per_trip(
    read: Callable[..., Any],
    prices: list[dict[str, object]],
    amount: int,
    is_saver: bool,
    covered: tuple[str, ...],
) -> None:
    (price,) = await read("find_prices", [*prices, {"tripId": "spoilt", "price": 22.5}])
    assert price.amount == Money(amount, "CHF")
    assert (price.is_saver, price.traveller_ids, price.travel_class, price.product_id) == (is_saver, covered, 2, 125)


async def test_bundle(read: Callable[..., Any]) -> None:
    (bundle,) = await read("find_trip_offers", [build_bundle()])
    assert bundle.total == Money(2600, "CHF")
    assert bundle.travel_class == 2
    assert bundle.offer_ids == ("174114741",)
    assert [(note.text, note.severity) for note in bundle.notes] == [("Travaux en cours", "WARNUNG")]
    (offer,) = bundle.offers
    assert (offer.kind, offer.traveller_id, offer.product_id) == (OfferKind.TRANSPORT, "p1", 125)
    assert (offer.price, offer.vat_per_mille, offer.direction) == (Money(2600, "CHF"), 81, "outward")
    assert (offer.is_refundable, offer.is_exchangeable, offer.is_purchase_required) == (True, False, True)
    assert offer.valid_from == dt.datetime(2027, 1, 11, tzinfo=ZURICH)
    assert offer.valid_until == dt.datetime(2027, 1, 11, 23, 59, 59, tzinfo=ZURICH)
    assert offer.is_valid_all_day
    assert offer.offer_expires_at == dt.datetime(2027, 1, 10, 10, 15, tzinfo=ZURICH)
    assert offer.sales_parameters == (
        SalesParameter(key="STS_HERKUNFTSLAND", type="COUNTRY", is_optional=False, possible_values=("DE", "FR")),
    )
    assert offer.route_texts == ("Zürich HB – Bern (via Olten)",)


@pytest.mark.parametrize("time", [{"hour": 15, "minute": 30}, "15:30:00", "15:30"])
async def test_ticket_valid_until_a_time(read: Callable[..., Any], time: object) -> None:
    period = {"from": {"date": "2027-01-11"}, "to": {"date": "2027-01-12", "time": time}}
    (bundle,) = await read("find_trip_offers", [build_bundle(offers=[build_offer(ticketValidity=period)])])
    assert bundle.offers[0].valid_until == dt.datetime(2027, 1, 12, 15, 30, tzinfo=ZURICH)
    assert not bundle.offers[0].is_valid_all_day


@pytest.mark.parametrize("spoilt", [{"price": "26.00"}, {"price": 26.5}, {"price": None}, {"salesParameter": ["x"]}])
async def test_spoilt_offer_takes_its_bundle_with_it(read: Callable[..., Any], spoilt: dict[str, object]) -> None:
    """Half a bundle would be sold at the wrong price; another bundle is not concerned."""
    bundles = await read(
        "find_trip_offers",
        [build_bundle(offers=[build_offer(), build_offer(**spoilt)]), build_bundle(totalPrice=5000)],
    )
    assert [bundle.total.amount for bundle in bundles] == [5000]


@pytest.mark.parametrize("field", ["routeValidity", "offerValidity", "ticketValidity", "validityArea"])
async def test_spoilt_adornment_does_not_spoil_the_bundle(read: Callable[..., Any], field: str) -> None:
    for value in (None, 7, "x", [], {"from": 7, "to": "soon", "routes": 1}):
        (bundle,) = await read("find_trip_offers", [build_bundle(offers=[build_offer(**{field: value})])])
        assert bundle.total.amount == 2600


async def test_offer_that_need_not_be_bought(read: Callable[..., Any]) -> None:
    offer = build_offer(requiresPurchase=False, offerIdentifier=None, price=0)
    (bundle,) = await read("find_trip_offers", [build_bundle(offers=[offer], totalPrice=0)])
    assert not bundle.offers[0].is_purchase_required
    assert bundle.offer_ids == ()


async def test_all_elements_spoilt_is_no_empty_answer(read: Callable[..., Any]) -> None:
    with pytest.raises(RailUnreachable):
        await read("find_trip_offers", [{"offers": "sold out?"}])
    assert await read("find_trip_offers", []) == ()


async def test_hold(read: Callable[..., Any]) -> None:
    hold = await read("hold_offers", SAMPLES_BY_NAME["hold_offers"].body)
    (prebooking,) = hold.prebookings
    assert (prebooking.prebooking_id, prebooking.offer_id) == (47110815, "174114741")
    assert prebooking.expires_at == dt.datetime(2027, 1, 10, 10, 30, tzinfo=ZURICH)


async def test_hold_without_period_and_with_ids_of_the_other_type(read: Callable[..., Any]) -> None:
    hold = await read(
        "hold_offers", {"prebookings": [{"preBookingId": "12", "offerIdentifier": 7}, {"preBookingId": 13}]}
    )
    assert hold.prebooking_ids == (12, 13)
    assert [(p.offer_id, p.expires_at) for p in hold.prebookings] == [("7", None), (None, None)]


async def test_booking(read: Callable[..., Any]) -> None:
    booking = await read("book", SAMPLES_BY_NAME["book"].body)
    assert booking.booking_id == "247110815"
    assert booking.tickets == (BookedTicket("55665525", "15900124538425", "0124538425", 47110815),)
    assert booking.is_complete


@pytest.mark.parametrize("tickets", [None, [], ["?"], [{"ticketId": None}], [{"ticketId": ""}]])
async def test_booking_with_spoilt_tickets_keeps_its_id(read: Callable[..., Any], tickets: object) -> None:
    """The id is what must not be lost: with it everything else can be looked up."""
    booking = await read("book", {"bookingId": 247110815, "tickets": tickets})
    assert booking.booking_id == "247110815"
    assert not booking.is_complete


async def test_booking_state(read: Callable[..., Any]) -> None:
    state = await read("find_booking", build_booking_state())
    assert (state.booking_id, state.status, state.is_complete) == ("247110815", BookingStatus.PENDING, True)
    (ticket,) = state.tickets
    assert (ticket.ticket_id, ticket.printed_number) == ("55665525", "0124538425")
    assert (ticket.status, ticket.status_text) == (TicketStatus.VALID_IN_FUTURE, "ZUKUNFT_GUELTIG")
    assert (ticket.price, ticket.vat_per_mille, ticket.product_id) == (Money(2600, "CHF"), 81, 125)
    assert (ticket.first_name, ticket.last_name, ticket.born_on) == ("Anna", "Muster", dt.date(1984, 2, 29))
    assert (ticket.travel_on, ticket.travel_class) == (dt.date(2027, 1, 11), 2)
    assert ticket.sold_at == dt.datetime(2027, 1, 10, 8, 11, 40, tzinfo=ZURICH)
    assert ticket.is_only_individually_refundable
    assert [reason.reason_id for reason in ticket.refund_reasons] == ["NICHT_BENUTZT"]


async def test_booking_state_with_a_spoilt_ticket_is_not_complete(read: Callable[..., Any]) -> None:
    body = build_booking_state()
    body["bookings"] = [*body["bookings"], {"ticketId": "2", "price": "26.00"}]  # type: ignore[misc]  # a plain list
    state = await read("find_booking", body)
    assert len(state.tickets) == 1
    assert not state.is_complete


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("ZUKUNFT_GUELTIG", TicketStatus.VALID_IN_FUTURE),
        ("GUELTIG", TicketStatus.VALID),
        ("HEUTE_GÜLTIG", TicketStatus.VALID),
        ("UNGUELTIG", TicketStatus.EXPIRED),
        ("ABGELAUFEN", TicketStatus.EXPIRED),
        ("STORNIERT", TicketStatus.CANCELLED),
        ("ANNULLIERT", TicketStatus.CANCELLED),
        ("ERSTATTET", TicketStatus.REFUNDED),
        ("RUECKERSTATTET", TicketStatus.REFUNDED),
        ("", TicketStatus.UNKNOWN),
        ("SCHROEDINGER", TicketStatus.UNKNOWN),
    ],
)
def test_ticket_status(text: str, status: TicketStatus) -> None:
    assert read_ticket_status(text) is status


async def test_product(read: Callable[..., Any]) -> None:
    (product,) = await read("list_products", [build_product()])
    assert (product.product_id, product.title, product.travel_classes) == (4004, "Swiss Travel Pass", (1, 2))
    assert (product.sold_by, product.valid_until, product.sold_until) == (("product",), dt.date(2027, 12, 31), None)
    (segment,) = product.segments
    assert (segment.code, segment.kind, segment.reduction, segment.min_age) == (
        "ERWACHSEN",
        "person",
        Reduction.NONE,
        25,
    )


async def test_status_and_announcements(read: Callable[..., Any]) -> None:
    status = await read("get_status", {"status": "ERROR", "components": [{"name": "nova", "status": "OK"}, 5]})
    assert not status.is_ok
    assert [(part.name, part.is_ok) for part in status.components] == [("nova", True)]
    (announcement,) = await read("list_announcements", SAMPLES_BY_NAME["list_announcements"].body)
    assert announcement.texts == {"de": "Unterhalt", "fr": "Entretien"}
    assert announcement.valid_until == dt.datetime(2027, 1, 11, 2, 0, tzinfo=ZURICH)


@pytest.mark.parametrize(
    ("kind", "body", "content_type", "is_good"),
    [
        (DocumentKind.PDF, b"%PDF-1.4 x", "application/pdf", True),
        (DocumentKind.PDF, b"%PDF-1.4 x", "application/octet-stream", True),
        (DocumentKind.PDF, b"<html>sorry", "application/pdf", False),
        (DocumentKind.PDF, b"", "application/pdf", False),
        (DocumentKind.PKPASS, b"PK\x03\x04x", "application/vnd.apple.pkpass", True),
        (DocumentKind.PKPASS, b"nope", "application/vnd.apple.pkpass", False),
        (DocumentKind.HTML, b"<html>ticket", "text/html; charset=utf-8", True),
        (DocumentKind.HTML, b"{}", "application/json", False),
        (DocumentKind.HTML, b" ", "text/html", False),
    ],
)
async def test_document_is_what_was_asked_for(
    kind: DocumentKind,
    body: bytes,
    content_type: str,
    *,
    is_good: bool,
    server: HostileServer,
    build_settings: BuildSettings,
) -> None:
    server.behave(answer(200, body, content_type=content_type))
    async with B2pRail(build_settings()) as rail:
        if is_good:
            assert await rail.get_document(CONTEXT, "1", "2", kind) == body
        else:
            with pytest.raises(RailUnreachable):
                await rail.get_document(CONTEXT, "1", "2", kind)
    expected = {"pdf": "application/pdf", "html": "text/html", "pkpass": "application/vnd.apple.pkpass"}[kind]
    assert server.received[0].headers["accept"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2027-01-11T08:02:00+01:00", dt.datetime(2027, 1, 11, 8, 2, tzinfo=ZURICH)),
        ("2027-07-11T06:02:00Z", dt.datetime(2027, 7, 11, 8, 2, tzinfo=ZURICH)),
        ("2027-07-11T08:02:00", dt.datetime(2027, 7, 11, 8, 2, tzinfo=ZURICH)),
        ("2027-07-11 08:02:00", dt.datetime(2027, 7, 11, 8, 2, tzinfo=ZURICH)),
        ("2027-07-11T08:02:00.123456789+0200", dt.datetime(2027, 7, 11, 8, 2, 0, 123456, tzinfo=ZURICH)),
        ("2026-10-25T02:30:00+01:00", dt.datetime(2026, 10, 25, 2, 30, tzinfo=ZURICH, fold=1)),
        ("2026-10-25T02:30:00+02:00", dt.datetime(2026, 10, 25, 2, 30, tzinfo=ZURICH, fold=0)),
        ("soon", None),
        ("", None),
        (None, None),
        ("9999-12-31T23:59:59-12:00", None),
    ],
)
def test_moments(text: str | None, expected: dt.datetime | None) -> None:
    moment = read_moment(text)
    assert (moment and moment.timestamp()) == (expected and expected.timestamp())
    assert moment is None or moment.tzinfo == ZURICH


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1984-02-29", dt.date(1984, 2, 29)),
        ("1984-02-28T23:00:00Z", dt.date(1984, 2, 29)),
        ("29.02.1984", None),
        (None, None),
    ],
)
def test_dates(text: str | None, expected: dt.date | None) -> None:
    assert read_date(text) == expected


async def test_samples_are_as_described(read: Callable[..., Any]) -> None:
    """Nothing of what the samples hold is silently lost: a field that was misspelt in `wire` would be."""
    (trip,) = (await read("search_trips", [build_trip(valid=False, alternative=True, searchHint="près de")])).trips
    assert (trip.is_possible, trip.is_alternative, trip.search_hint) == (False, True, "près de")
    (bundle,) = await read(
        "find_trip_offers",
        [
            build_bundle(
                outwardCharacteristic={
                    "genericCharacteristic": [
                        {"type": "TEXT", "code": "C", "title": "Train", "value": "IC1", "valueTitle": "IC 1"}
                    ]
                },
                offers=[
                    build_offer(
                        tariffLevel="4 ZONEN",
                        validityArea={"leadingArea": {"areaName": "ZVV", "areaCode": 1, "zoneCodes": ["110"]}},
                        passengerGroupInfos=[
                            {"count": 10, "customerSegmentCode": "HUND", "price": 500, "currency": "CHF"}
                        ],
                    )
                ],
            )
        ],
    )
    assert [(trait.title, trait.text, trait.direction) for trait in bundle.traits] == [("Train", "IC 1", "outward")]
    assert (bundle.offers[0].tariff_level, bundle.offers[0].zone_texts) == ("4 ZONEN", ("ZVV",))
    assert [(part.count, part.price_each.amount) for part in bundle.offers[0].group_parts] == [(10, 500)]
    assert json.dumps(build_offer())  # the samples are JSON
