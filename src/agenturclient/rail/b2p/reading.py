"""B2P's answers into our words: the sale, bookings, products, status. Trips are read in `reading_trips`.

Tolerant: an element of a list that cannot be read is left out and counted, unless it is one without which the rest
would be wrong (an offer of a bundle takes its bundle with it; a prebooking spoils the whole answer). If nothing at all
of an answer can be read, that is `AnswerUnreadable`.
"""

from collections.abc import Callable
from typing import Final, Literal, TypeVar

import msgspec
import structlog

from agenturclient.core.money import Money
from agenturclient.rail.b2p import wire
from agenturclient.rail.b2p.errors import AnswerUnreadable, Operation
from agenturclient.rail.b2p.moments import read_date, read_local_moment, read_moment
from agenturclient.rail.b2p.transport import B2pAnswer
from agenturclient.rail.b2p.writing import REDUCTION_CODES
from agenturclient.rail.measures import RAIL_ELEMENTS_DROPPED
from agenturclient.rail.port import (
    Announcement,
    BookedTicket,
    Booking,
    BookingState,
    BookingStatus,
    DocumentKind,
    GroupPart,
    Hold,
    Language,
    Offer,
    OfferBundle,
    OfferKind,
    OfferNote,
    OfferTrait,
    Prebooking,
    Price,
    Product,
    ProductSegment,
    RailComponent,
    RailPlace,
    RailStatus,
    Reduction,
    RefundReason,
    SalesParameter,
    TicketState,
    TicketStatus,
    TravelClass,
)

_LOG = structlog.get_logger("agenturclient.rail")
W = TypeVar("W")
P = TypeVar("P")
LANGUAGES: Final[tuple[Language, ...]] = ("de", "fr", "it", "en")
_REDUCTIONS: Final = {code: reduction for reduction, code in REDUCTION_CODES.items()}
_OFFER_KINDS: Final = {
    "TRANSPORT": OfferKind.TRANSPORT,
    "TRANSPORT_WITH_SEAT_RESERVATION": OfferKind.TRANSPORT_WITH_SEAT,
    "SEAT_RESERVATION": OfferKind.SEAT,
    "CLASS_UPGRADE": OfferKind.CLASS_UPGRADE,
}
_CLASSES: Final[dict[int | str, TravelClass]] = {
    1: 1,
    2: 2,
    "1": 1,
    "2": 2,
    "ERSTE_KLASSE": 1,
    "ZWEITE_KLASSE": 2,
}
_TRAVELLER_KINDS: Final[dict[str, Literal["person", "dog", "bike"]]] = {
    "person": "person",
    "dog": "dog",
    "bicycle": "bike",
    "bike": "bike",
}
_SOLD_BY: Final[dict[str, Literal["trip", "route", "product"]]] = {
    "trip": "trip",
    "route": "route",
    "product": "product",
}
_DIRECTIONS: Final[dict[str, Literal["outward", "return", "round"]]] = {
    "outward": "outward",
    "return": "return",
    "round": "round",
}
_BOOKING_STATUSES: Final = {"PENDING": BookingStatus.PENDING, "COMMITTED": BookingStatus.COMMITTED}
_TICKET_STATUS_WORDS: Final = (
    (("STORN", "ANNUL", "CANCEL"), TicketStatus.CANCELLED),
    (("ERSTATTET", "REFUND"), TicketStatus.REFUNDED),
    (("ABGELAUFEN", "VERGANGEN", "UNGUELTIG", "NICHT_MEHR", "EXPIRED"), TicketStatus.EXPIRED),
    (("ZUKUNFT",), TicketStatus.VALID_IN_FUTURE),
    (("GUELTIG", "VALID"), TicketStatus.VALID),
)
_DOCUMENT_STARTS: Final[dict[DocumentKind, bytes]] = {DocumentKind.PDF: b"%PDF-", DocumentKind.PKPASS: b"PK\x03\x04"}


def decode_answer(answer: B2pAnswer, answer_type: type[W]) -> W:
    """The body as this type, or `AnswerUnreadable` (the text names the field, never a value)."""
    try:
        return msgspec.json.decode(answer.body, type=answer_type)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        message = str(error) if isinstance(error, msgspec.ValidationError) else "not JSON"
        raise AnswerUnreadable(message) from error


def read_list(
    operation: Operation, answer: B2pAnswer, element_type: type[W], read: Callable[[W], P | None]
) -> tuple[P, ...]:
    """A list answer: 204 is empty; unreadable elements are left out, unless they all are."""
    if answer.status == 204:
        return ()
    raw = decode_answer(answer, list[msgspec.Raw])
    decoded, dropped = wire.decode_each(raw, element_type)
    elements = []
    for item in decoded:
        element = read(item)
        if element is None:
            dropped += 1
        else:
            elements.append(element)
    if dropped:
        RAIL_ELEMENTS_DROPPED.labels(operation).inc(dropped)
        _LOG.warning("rail_elements_dropped", operation=operation.value, dropped=dropped, kept=len(elements))
        if not elements:
            message = "no element of the answer can be read"
            raise AnswerUnreadable(message)
    return tuple(elements)


def read_place(location: wire.Location) -> RailPlace:
    """A station."""
    coordinates = location.coordinates or wire.Coordinates()
    return RailPlace(
        uic=location.id,
        name=location.name,
        lat=coordinates.latitude,
        lon=coordinates.longitude,
        weight=location.weight,
        vehicle_types=tuple(sorted(kind.lower() for kind in location.vehicle_types or ())),
    )


def read_prices(prices: tuple[wire.Price, ...]) -> tuple[Price, ...]:
    """One price per connection. Prices per traveller are added up; of several for all, the cheapest counts."""
    by_trip: dict[str, list[wire.Price]] = {}
    for price in prices:
        by_trip.setdefault(price.trip_id, []).append(price)
    return tuple(_join_prices(trip_id, group) for trip_id, group in by_trip.items())


def _join_prices(trip_id: str, group: list[wire.Price]) -> Price:
    cheapest_by_traveller: dict[str | None, wire.Price] = {}
    for price in group:
        known = cheapest_by_traveller.get(price.passenger_id)
        if known is None or price.price < known.price:
            cheapest_by_traveller[price.passenger_id] = price
    for_all = cheapest_by_traveller.pop(None, None)
    chosen = [for_all] if for_all is not None else list(cheapest_by_traveller.values())
    classes = {_CLASSES.get(price.quality_of_service or 0) for price in chosen}
    products = {_read_number(price.product_id) for price in chosen}
    return Price(
        trip_id=trip_id,
        amount=_read_money(sum(price.price for price in chosen), chosen[0].currency),
        travel_class=classes.pop() if len(classes) == 1 else None,
        is_saver=any(price.super_saver for price in chosen),
        product_id=products.pop() if len(products) == 1 else None,
        traveller_ids=tuple(price.passenger_id for price in chosen if price.passenger_id is not None),
    )


def read_bundle(bundle: wire.OfferBundle) -> OfferBundle | None:
    """A bundle; None if it holds no offers."""
    if not bundle.offers:
        return None
    notes, _ = wire.decode_each(bundle.notifications, wire.Notification)
    return OfferBundle(
        offers=tuple(_read_offer(offer, bundle) for offer in bundle.offers),
        total=_read_money(bundle.total_price, bundle.currency),
        travel_class=_CLASSES.get(bundle.quality_of_service or 0),
        notes=tuple(
            OfferNote(text=text, severity=note.status, code=note.code)
            for note in notes
            if (text := note.description or note.developer_message)
        ),
        traits=_read_traits(bundle.outward_characteristic, "outward")
        + _read_traits(bundle.return_characteristic, "return"),
    )


def _read_offer(offer: wire.Offer, bundle: wire.OfferBundle) -> Offer:
    route = wire.decode_or_none(offer.route_validity, wire.RouteValidity) or wire.RouteValidity()
    period = wire.decode_or_none(offer.offer_validity, wire.Period)
    ticket = wire.decode_or_none(offer.ticket_validity, wire.TicketPeriod) or wire.TicketPeriod()
    valid_from, _ = read_local_moment(ticket.from_, is_end=False)
    valid_until, is_valid_all_day = read_local_moment(ticket.to, is_end=True)
    currency = offer.currency or bundle.currency
    return Offer(
        offer_id=None if offer.offer_identifier is None else str(offer.offer_identifier),
        product_id=offer.product_id,
        title=offer.title or "",
        description=offer.description or "",
        kind=_OFFER_KINDS.get(offer.offer_type or "", OfferKind.OTHER),
        traveller_id=offer.passenger_id,
        price=_read_money(offer.price, currency),
        vat_per_mille=offer.vat,
        travel_class=_CLASSES.get(offer.quality_of_service or 0),
        direction=_DIRECTIONS.get(route.direction or offer.direction or ""),
        is_refundable=offer.refundable,
        is_exchangeable=offer.exchangeable,
        is_purchase_required=offer.requires_purchase is not False,
        valid_from=valid_from,
        valid_until=valid_until,
        is_valid_all_day=is_valid_all_day,
        offer_expires_at=None if period is None else read_moment(period.to),
        sales_parameters=tuple(
            SalesParameter(
                key=parameter.key,
                type=parameter.type or "TEXT",
                is_optional=parameter.optional is True,
                possible_values=tuple(parameter.possible_values or ()),
            )
            for parameter in offer.sales_parameter or ()
        ),
        route_texts=tuple(text for part in route.routes or () if (text := _render_route(part))),
        tariff_level=offer.tariff_level,
        zone_texts=_render_zones(wire.decode_or_none(offer.validity_area, wire.ValidityArea)),
        group_parts=tuple(
            GroupPart(
                count=part.count,
                segment=part.customer_segment_code,
                price_each=_read_money(part.price, part.currency or currency),
            )
            for part in offer.passenger_group_infos or ()
        ),
    )


def _render_route(route: wire.Route) -> str:
    ends = [station.name for station in (route.departure, route.destination) if station is not None and station.name]
    text = " – ".join(ends)
    return f"{text} ({route.via_text})" if route.via_text else text


def _render_zones(area: wire.ValidityArea | None) -> tuple[str, ...]:
    parts = [] if area is None else [area.leading_area, area.tailing_area]
    return tuple(text for part in parts if part is not None and (text := part.area_label or part.area_name))


def _read_traits(raw: msgspec.Raw, direction: Literal["outward", "return"]) -> tuple[OfferTrait, ...]:
    characteristic = wire.decode_or_none(raw, wire.OfferCharacteristic) or wire.OfferCharacteristic()
    return tuple(
        OfferTrait(title=trait.title, text=text, direction=direction)
        for trait in characteristic.generic_characteristic or ()
        if trait.title and (text := trait.value_title or trait.value)
    )


def read_hold(answer: B2pAnswer) -> Hold:
    """The prebookings; each must have its id, or nobody knows what was held."""
    response = decode_answer(answer, wire.PrebookingResponse)
    if not response.prebookings:
        message = "no prebookings in the answer"
        raise AnswerUnreadable(message)
    return Hold(prebookings=tuple(_read_prebooking(prebooking) for prebooking in response.prebookings))


def _read_prebooking(prebooking: wire.Prebooking) -> Prebooking:
    prebooking_id = _read_number(prebooking.pre_booking_id)
    if prebooking_id is None:
        message = "preBookingId is no number"
        raise AnswerUnreadable(message)
    period = wire.decode_or_none(prebooking.validity_period, wire.Period) or wire.Period()
    return Prebooking(
        prebooking_id=prebooking_id,
        offer_id=None if prebooking.offer_identifier is None else str(prebooking.offer_identifier),
        valid_from=read_moment(period.from_),
        expires_at=read_moment(period.to),
    )


def read_booking(answer: B2pAnswer) -> Booking:
    """A new booking. Its id is what matters: tickets that cannot be read can be looked up by it."""
    response = decode_answer(answer, wire.Booking)
    tickets, dropped = wire.decode_each(response.tickets, wire.TicketInfo)
    tickets = [ticket for ticket in tickets if str(ticket.ticket_id).strip()]
    return Booking(
        booking_id=_read_id(response.booking_id, "bookingId"),
        tickets=tuple(
            BookedTicket(
                ticket_id=str(ticket.ticket_id),
                external_id=_read_text(ticket.external_ticket_id),
                printed_number=_read_text(ticket.external_ticket_reference),
                prebooking_id=_read_number(ticket.pre_booking_id),
            )
            for ticket in tickets
        ),
        is_complete=dropped == 0 and bool(tickets),
    )


def read_booking_state(answer: B2pAnswer) -> BookingState | None:
    """A booking as it stands; None for 204."""
    if answer.status == 204:
        return None
    response = decode_answer(answer, wire.BookingResponse)
    items, dropped = wire.decode_each(response.bookings, wire.BookingDataBooking)
    if dropped and not items:
        message = "no ticket of the booking can be read"
        raise AnswerUnreadable(message)
    return BookingState(
        booking_id=_read_id(response.booking_id, "bookingId"),
        status=_BOOKING_STATUSES.get((response.status or "").upper(), BookingStatus.UNKNOWN),
        tickets=tuple(_read_ticket_state(item) for item in items),
        is_complete=dropped == 0,
    )


def _read_ticket_state(item: wire.BookingDataBooking) -> TicketState:
    passenger = wire.decode_or_none(item.passenger, wire.BookingDataPassenger) or wire.BookingDataPassenger()
    payment = wire.decode_or_none(item.payment_method_details, wire.PaymentMethodDetails)
    refund = wire.decode_or_none(item.refund_data, wire.RefundData) or wire.RefundData()
    reasons, _ = wire.decode_each(refund.refund_reasons, wire.RefundReason)
    return TicketState(
        ticket_id=str(item.ticket_id),
        external_id=_read_text(item.external_ticket_id),
        printed_number=_read_text(item.external_ticket_reference),
        status=read_ticket_status(item.status or ""),
        status_text=item.status or "",
        price=_read_money(item.price, item.currency),
        vat_per_mille=item.vat,
        product_id=_read_number(item.product_id),
        product_title=item.product_description or "",
        travel_on=read_date(item.travel_date),
        sold_at=read_moment(item.sales_date),
        travel_class=_CLASSES.get(item.quality_of_service or 0),
        trip_type_text=item.trip_type,
        payment_text=None if payment is None else payment.description,
        first_name=passenger.first_name or "",
        last_name=passenger.name or "",
        born_on=read_date(passenger.date_of_birth),
        is_only_individually_refundable=refund.only_individually_refundable is True,
        refund_reasons=tuple(
            RefundReason(
                reason_id=reason.reason_id,
                description=reason.description or "",
                is_only_individually_refundable=reason.only_individually_refundable is True,
                kind_text=reason.type,
            )
            for reason in reasons
        ),
    )


def read_ticket_status(text: str) -> TicketStatus:
    """The state that a status text stands for, recognised by its words; unknown if none fits."""
    upper = text.upper().replace("Ü", "UE")
    for words, status in _TICKET_STATUS_WORDS:
        if any(word in upper for word in words):
            return status
    return TicketStatus.UNKNOWN


def read_document(answer: B2pAnswer, kind: DocumentKind) -> bytes:
    """The document, if it is one of the kind asked for: nobody is handed a gateway's error page as a ticket."""
    start = _DOCUMENT_STARTS.get(kind)
    if start is not None and not answer.body.startswith(start):
        message = f"the document is no {kind}"
        raise AnswerUnreadable(message)
    if kind is DocumentKind.HTML and (answer.content_type != "text/html" or not answer.body.strip()):
        message = f"the document is no {kind}"
        raise AnswerUnreadable(message)
    return answer.body


def read_product(product: wire.Product) -> Product:
    """A product."""
    segments, _ = wire.decode_each(product.customer_segments, wire.CustomerSegment)
    return Product(
        product_id=product.id,
        title=product.description or "",
        travel_classes=tuple(
            sorted({_CLASSES[quality] for quality in product.quality_of_service or () if quality in _CLASSES})
        ),
        sold_from=read_date(product.sellable_from),
        sold_until=read_date(product.sellable_until),
        usable_from=read_date(product.useful_life_from),
        usable_until=read_date(product.useful_life_until),
        valid_from=read_date(product.valid_from),
        valid_until=read_date(product.valid_to),
        sold_by=tuple(_SOLD_BY[name] for name in product.offer_endpoints or () if name in _SOLD_BY),
        segments=tuple(
            ProductSegment(
                code=segment.code,
                title=segment.title or segment.code,
                kind=_TRAVELLER_KINDS.get(segment.traveller_type or ""),
                reduction=None if segment.reduction is None else _read_reduction(segment.reduction),
                min_age=segment.min_age,
                max_age=segment.max_age,
            )
            for segment in segments
        ),
    )


def read_status(answer: B2pAnswer) -> RailStatus:
    """The supplier's own word on how it is."""
    state = decode_answer(answer, wire.SystemState)
    components, _ = wire.decode_each(state.components, wire.ComponentState)
    return RailStatus(
        is_ok=state.status == "OK",
        components=tuple(
            RailComponent(name=component.name or "", is_ok=component.status == "OK", title=component.title or "")
            for component in components
        ),
    )


def read_announcement(info: wire.ServiceInfo) -> Announcement | None:
    """A message; None if it says nothing or nobody knows from when."""
    valid_from = read_moment(info.valid_from)
    texts: dict[Language, str] = {language: text for language in LANGUAGES if (text := info.message.get(language))}
    if valid_from is None or not texts:
        return None
    return Announcement(
        announcement_id=str(info.id), texts=texts, valid_from=valid_from, valid_until=read_moment(info.valid_to)
    )


def _read_reduction(code: str) -> Reduction | None:
    return _REDUCTIONS.get(code)


def _read_money(amount: int, currency: str | None) -> Money:
    return Money(amount, currency or "CHF")


def _read_id(value: int | str, field: str) -> str:
    text = str(value).strip()
    if not text:
        message = f"{field} is empty"
        raise AnswerUnreadable(message)
    return text


def _read_text(value: int | str | None) -> str:
    return "" if value is None else str(value)


def _read_number(value: int | str | None) -> int | None:
    try:
        return None if value is None else int(value)
    except ValueError:
        return None
