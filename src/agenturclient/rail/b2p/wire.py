"""B2P's answers as they come over the wire: only the fields that are used, as loosely typed as can be.

Unknown fields are ignored, enumerations are plain text (mapped with a fallback in `reading`), everything that a sale
can do without may be missing or null. Ids are numbers in some answers and texts in others: both are taken.
Field names in camel case on the wire (`rename="camel"`).
"""

from typing import TypeVar

import msgspec

T = TypeVar("T")
Id = int | str
ABSENT = msgspec.Raw()
"""A field that was not sent. (`Raw | None` is no use: msgspec takes it for `None` alone.)"""


class Wire(msgspec.Struct, rename="camel"):
    """Base of all wire types."""


class Coordinates(Wire):
    latitude: float | None = None
    longitude: float | None = None


class Location(Wire):
    id: int
    name: str
    type: str | None = None
    coordinates: Coordinates | None = None
    weight: int | None = None
    vehicle_types: list[str] | None = None


class LocationIdentity(Wire):
    value: Id | None = None


class Stop(Wire):
    name: str
    id2: LocationIdentity | None = None
    departure_date_time: str | None = None
    departure_date_time_rt: str | None = None
    arrival_date_time: str | None = None
    arrival_date_time_rt: str | None = None
    departure_track: str | None = None
    departure_track_rt: str | None = None
    departure_platform_changed: bool | None = None
    arrival_track: str | None = None
    arrival_track_rt: str | None = None
    arrival_platform_changed: bool | None = None
    delay_undefined: bool | None = None
    stop_status: str | None = None


class Message(Wire):
    id: Id | None = None
    category: str | None = None
    priority: int | None = None
    header_formatted: str | None = None
    footer_formatted: str | None = None


class Note(Wire):
    key: str
    value: str | None = None


class TransportProduct(Wire):
    name: str | None = None
    category_short_form: str | None = None
    category_long_form: str | None = None
    line: Id | None = None
    number: Id | None = None
    vehicle_type: str | None = None


class Segment(Wire):
    type: str
    stops: list[Stop]
    transport_product: TransportProduct | None = None
    attributes: list[msgspec.Raw] | None = None
    messages: list[msgspec.Raw] | None = None
    direction: str | None = None
    cancelled: bool | None = None
    partially_cancelled: bool | None = None
    reachable: bool | None = None


class EcoBalance(Wire):
    co2_train: float
    co2_car: float


class Trip(Wire):
    trip_id: str
    segments: list[Segment]
    alternative: bool | None = None
    valid: bool | None = None
    search_hint: str | None = None
    eco_balance: msgspec.Raw = ABSENT


class Price(Wire):
    trip_id: str
    price: int
    currency: str | None = None
    passenger_id: str | None = None
    quality_of_service: int | None = None
    product_id: Id | None = None
    super_saver: bool | None = None


class Period(Wire):
    from_: str | None = msgspec.field(default=None, name="from")
    to: str | None = None


class LocalTime(Wire):
    hour: int | None = None
    minute: int | None = None
    second: int | None = None


class LocalDateTime(Wire):
    date: str
    time: LocalTime | str | None = None


class TicketPeriod(Wire):
    from_: LocalDateTime | None = msgspec.field(default=None, name="from")
    to: LocalDateTime | None = None


class SalesParameter(Wire):
    key: str
    type: str | None = None
    optional: bool | None = None
    possible_values: list[str] | None = None


class RouteStation(Wire):
    name: str | None = None


class Route(Wire):
    departure: RouteStation | None = None
    destination: RouteStation | None = None
    via_text: str | None = None


class RouteValidity(Wire):
    direction: str | None = None
    routes: list[Route] | None = None


class Area(Wire):
    area_name: str | None = None
    area_label: str | None = None


class ZoneValidityArea(Wire):
    zones: list[str] | None = None
    all_zones: bool | None = None


class ValidityArea(Wire):
    leading_area: Area | None = None
    tailing_area: Area | None = None


class PassengerGroupInfo(Wire):
    count: int
    customer_segment_code: str
    price: int
    currency: str | None = None


class Offer(Wire):
    """Money and identity are typed; what only adorns is decoded apart (`Raw`), so that it cannot spoil a bundle."""

    price: int
    product_id: int
    offer_identifier: Id | None = None
    title: str | None = None
    description: str | None = None
    offer_type: str | None = None
    passenger_id: str | None = None
    passenger_group_infos: list[PassengerGroupInfo] | None = None
    currency: str | None = None
    vat: int | None = None
    quality_of_service: int | None = None
    direction: str | None = None
    tariff_level: str | None = None
    validity_area: msgspec.Raw = ABSENT
    route_validity: msgspec.Raw = ABSENT
    offer_validity: msgspec.Raw = ABSENT
    ticket_validity: msgspec.Raw = ABSENT
    sales_parameter: list[SalesParameter] | None = None
    refundable: bool | None = None
    exchangeable: bool | None = None
    requires_purchase: bool | None = None


class GenericCharacteristic(Wire):
    title: str | None = None
    value: str | None = None
    value_title: str | None = None


class OfferCharacteristic(Wire):
    generic_characteristic: list[GenericCharacteristic] | None = None


class Notification(Wire):
    code: int | None = None
    status: str | None = None
    developer_message: str | None = None
    description: str | None = None


class OfferBundle(Wire):
    total_price: int
    offers: list[Offer]
    currency: str | None = None
    quality_of_service: int | None = None
    outward_characteristic: msgspec.Raw = ABSENT
    return_characteristic: msgspec.Raw = ABSENT
    notifications: list[msgspec.Raw] | None = None


class Prebooking(Wire):
    pre_booking_id: Id
    offer_identifier: Id | None = None
    validity_period: msgspec.Raw = ABSENT


class PrebookingResponse(Wire):
    prebookings: list[Prebooking]


class TicketInfo(Wire):
    ticket_id: Id
    external_ticket_id: Id | None = None
    external_ticket_reference: Id | None = None
    pre_booking_id: Id | None = None


class Booking(Wire):
    booking_id: Id
    tickets: list[msgspec.Raw] | None = None


class BookingDataPassenger(Wire):
    name: str | None = None
    first_name: str | None = None
    date_of_birth: str | None = None


class PaymentMethodDetails(Wire):
    description: str | None = None


class RefundReason(Wire):
    reason_id: str
    description: str | None = None
    only_individually_refundable: bool | None = None
    type: str | None = None


class RefundData(Wire):
    only_individually_refundable: bool | None = None
    refund_reasons: list[msgspec.Raw] | None = None


class BookingDataBooking(Wire):
    ticket_id: Id
    price: int
    external_ticket_id: Id | None = None
    external_ticket_reference: Id | None = None
    status: str | None = None
    sales_date: str | None = None
    product_description: str | None = None
    product_id: Id | None = None
    travel_date: str | None = None
    trip_type: str | None = None
    quality_of_service: Id | None = None
    passenger: msgspec.Raw = ABSENT
    vat: int | None = None
    currency: str | None = None
    payment_method_details: msgspec.Raw = ABSENT
    refund_data: msgspec.Raw = ABSENT


class BookingResponse(Wire):
    booking_id: Id
    status: str | None = None
    bookings: list[msgspec.Raw] | None = None


class CustomerSegment(Wire):
    code: str
    title: str | None = None
    min_age: int | None = None
    max_age: int | None = None
    traveller_type: str | None = None
    reduction: str | None = None


class Product(Wire):
    id: int
    description: str | None = None
    quality_of_service: list[int] | None = None
    sellable_from: str | None = None
    sellable_until: str | None = None
    useful_life_from: str | None = None
    useful_life_until: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    offer_endpoints: list[str] | None = None
    customer_segments: list[msgspec.Raw] | None = None


class ComponentState(Wire):
    name: str | None = None
    title: str | None = None
    status: str | None = None


class SystemState(Wire):
    status: str
    components: list[msgspec.Raw] | None = None


class ServiceInfo(Wire):
    id: Id
    message: dict[str, str | None]
    valid_from: str
    valid_to: str | None = None


def decode_each(elements: list[msgspec.Raw] | None, element_type: type[T]) -> tuple[list[T], int]:
    """Those elements that decode, and how many do not."""
    decoded: list[T] = []
    dropped = 0
    for element in elements or ():
        try:
            decoded.append(msgspec.json.decode(element, type=element_type))
        except (msgspec.DecodeError, UnicodeDecodeError):
            dropped += 1
    return decoded, dropped


def decode_or_none(element: msgspec.Raw, element_type: type[T]) -> T | None:
    """What only adorns: decoded if it was sent and decodes."""
    try:
        return msgspec.json.decode(element, type=element_type)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
