"""What we ask of the rail supplier, in our own words.

Nothing here knows B2P. All times are timezone-aware in Europe/Zurich, all money is `Money` in Rappen, all lists are
tuples, ids are the supplier's and opaque. The methods of `Rail` raise the three kinds of `agenturclient.rail.errors`:
the first group (reading) only `RailRefused` and `RailUnreachable`, the second also `RailUnknown`.
"""

import datetime as dt
import enum
from typing import Literal, Protocol

import msgspec

from agenturclient.core.money import Money

Language = Literal["de", "fr", "it", "en"]
TravelClass = Literal[1, 2]


class RailContext(msgspec.Struct, frozen=True):
    """On whose behalf a call is made; goes with every call.

    `contract_id` is the agency's contract with SBB, `conversation_id` the UUID that starts with the search and goes on
    with the order, `language` that of names, offers and printed tickets. `deadline`, a moment of `time.monotonic()`,
    cuts the operation's own time budget short, so that several calls together can keep one budget.
    """

    contract_id: str
    conversation_id: str
    language: Language
    deadline: float | None = None


# --- places and trips -------------------------------------------------------------------------------------------------


class RailPlace(msgspec.Struct, frozen=True):
    """A station as the supplier knows it. `weight` is its importance (higher is more); `vehicle_types` in lower case
    (`train`, `bus`, `boat`, `tramway`, ...), a best guess of the supplier's and no closed list."""

    uic: int
    name: str
    lat: float | None = None
    lon: float | None = None
    weight: int | None = None
    vehicle_types: tuple[str, ...] = ()


class TripQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Connections between two stations (UIC codes). `at` is aware; the wall clock of Europe/Zurich is what counts.
    `is_arrival`: arrive by then, else depart from then on. `scroll` is a `TripPage`'s `earlier` or `later`, with the
    rest of the query unchanged."""

    origin: int
    destination: int
    via: tuple[int, ...] = ()
    at: dt.datetime
    is_arrival: bool = False
    scroll: str | None = None


class StopEvent(msgspec.Struct, frozen=True, kw_only=True):
    """A departure or an arrival at a station. `expected_at` is the real-time forecast where there is one;
    `track` is what to show now, `is_track_changed` that it is another than planned; `has_unknown_delay` that it is late
    by nobody knows how much. `is_cancelled`: the train does not call here."""

    place_uic: int | None
    place_name: str
    planned_at: dt.datetime | None = None
    expected_at: dt.datetime | None = None
    track: str | None = None
    planned_track: str | None = None
    is_track_changed: bool = False
    has_unknown_delay: bool = False
    is_cancelled: bool = False


class TrafficMessage(msgspec.Struct, frozen=True):
    """A traffic notice. `priority`: 20 major, 40 high, 60 medium, 80 low."""

    header: str
    text: str = ""
    category: str | None = None
    priority: int | None = None


class LegNote(msgspec.Struct, frozen=True):
    """An attribute of a train (restaurant, bicycles need a reservation, ...)."""

    key: str
    text: str | None = None


class Leg(msgspec.Struct, frozen=True, kw_only=True):
    """One vehicle, or one walk. `category`, `line` and `train_number` are `IC`, `1` and `517` of "IC 1 517";
    `direction` is the vehicle's own terminus; `stops` are the intermediate ones (by departure). The supplier says
    nothing about the operating company or about occupancy unless it is among the notes."""

    kind: Literal["ride", "walk", "transfer"]
    origin: StopEvent
    destination: StopEvent
    stops: tuple[StopEvent, ...] = ()
    vehicle_type: str | None = None
    product_name: str | None = None
    category: str | None = None
    category_name: str | None = None
    line: str | None = None
    train_number: str | None = None
    operator: str | None = None
    direction: str | None = None
    occupancy: str | None = None
    is_cancelled: bool = False
    is_partly_cancelled: bool = False
    is_reachable: bool = True
    messages: tuple[TrafficMessage, ...] = ()
    notes: tuple[LegNote, ...] = ()


class Co2Comparison(msgspec.Struct, frozen=True):
    """Emissions of this trip by train and by car, in grams."""

    train_grams: int
    car_grams: int

    @property
    def saved_grams(self) -> int:
        """What going by train saves against the car; never negative."""
        return max(0, self.car_grams - self.train_grams)


class Trip(msgspec.Struct, frozen=True, kw_only=True):
    """One connection on one day. `trip_id` is an opaque snapshot of several hundred characters that ages; never a key.

    `departure_at` and `arrival_at` are as planned, the `expected` ones as forecast; `duration_seconds` is planned;
    `changes` counts rides after the first. `is_cancelled`: a part of it does not run; `is_possible`: by what is known
    now it can be ridden as a whole. `search_hint` explains where origin or destination are not quite those asked for.
    """

    trip_id: str
    departure_at: dt.datetime
    arrival_at: dt.datetime
    expected_departure_at: dt.datetime | None = None
    expected_arrival_at: dt.datetime | None = None
    duration_seconds: int
    changes: int
    legs: tuple[Leg, ...]
    is_cancelled: bool = False
    is_possible: bool = True
    is_alternative: bool = False
    search_hint: str | None = None
    co2: Co2Comparison | None = None
    messages: tuple[TrafficMessage, ...] = ()


class TripPage(msgspec.Struct, frozen=True):
    """Connections in the supplier's order; `earlier` and `later` go into `TripQuery.scroll`, None if there are none."""

    trips: tuple[Trip, ...]
    earlier: str | None = None
    later: str | None = None


# --- travellers, prices, offers ---------------------------------------------------------------------------------------


class Reduction(enum.StrEnum):
    """Cards that make travel cheaper, in our own words."""

    NONE = "none"
    HALF_FARE = "half_fare"
    GA_1ST = "ga_1st"
    GA_2ND = "ga_2nd"
    JUNIOR_CARD = "junior_card"
    CHILD_CARD = "child_card"
    SWISS_HALF_FARE_CARD = "swiss_half_fare_card"
    SWISS_TRAVEL_PASS = "swiss_travel_pass"  # noqa: S105  (a travel pass, no password)


class Traveller(msgspec.Struct, frozen=True):
    """Who travels. `id` is ours, unique within the request, letters and digits. `age` is in whole years on the day of
    travel and is needed of a person only."""

    id: str
    kind: Literal["person", "dog", "bike"] = "person"
    age: int | None = None
    reduction: Reduction = Reduction.NONE


class PriceQuery(msgspec.Struct, frozen=True):
    """Cheapest prices for connections. Only persons are priced; dogs and bikes are left out (the supplier cannot)."""

    trip_ids: tuple[str, ...]
    travellers: tuple[Traveller, ...]
    travel_class: TravelClass | None = None


class Price(msgspec.Struct, frozen=True, kw_only=True):
    """The cheapest price of a connection. `traveller_ids` are those whom the amount covers, where the supplier said so
    (empty: everyone asked for). `is_saver`: bound to the connection, limited in number."""

    trip_id: str
    amount: Money
    travel_class: TravelClass | None
    is_saver: bool
    product_id: int | None
    traveller_ids: tuple[str, ...] = ()


class TripOfferQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Offers for a connection, or for one there and one back."""

    trip_id: str
    return_trip_id: str | None = None
    travellers: tuple[Traveller, ...]
    product_id: int | None = None


class RouteOfferQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Offers between stations on a day, without a connection (open tickets, day passes)."""

    origin: int
    destination: int | None = None
    via: tuple[int, ...] = ()
    travel_on: dt.date
    travellers: tuple[Traveller, ...]
    product_id: int | None = None


class ProductOfferQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Offers of one product (Swiss Travel Pass, day pass, excursion) valid from a day."""

    product_id: int
    valid_from_on: dt.date
    travellers: tuple[Traveller, ...]


class SalesParameter(msgspec.Struct, frozen=True, kw_only=True):
    """A further input of an offer, for example the traveller's country. `possible_values` is empty if anything goes.
    `type` is the supplier's (`TEXT`, `COUNTRY`, `DATE`, ...) and no closed list."""

    key: str
    type: str
    is_optional: bool
    possible_values: tuple[str, ...] = ()


class GroupPart(msgspec.Struct, frozen=True):
    """So many travellers of one segment within a group offer, with the price of one of them."""

    count: int
    segment: str
    price_each: Money


class OfferKind(enum.StrEnum):
    """What an offer is for."""

    TRANSPORT = "transport"
    TRANSPORT_WITH_SEAT = "transport_with_seat"
    SEAT = "seat"
    CLASS_UPGRADE = "class_upgrade"
    OTHER = "other"


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """Something on sale now for one traveller. Without an `offer_id` it cannot be bought (and need not be).

    `valid_from` and `valid_until` are the ticket's (first and last moment of the days if `is_valid_all_day`);
    `offer_expires_at` is the offer's own. The price is only guaranteed by a hold.
    """

    offer_id: str | None
    product_id: int
    title: str
    description: str
    kind: OfferKind
    traveller_id: str | None
    price: Money
    vat_per_mille: int | None
    travel_class: TravelClass | None = None
    direction: Literal["outward", "return", "round"] | None = None
    is_refundable: bool | None = None
    is_exchangeable: bool | None = None
    is_purchase_required: bool = True
    valid_from: dt.datetime | None = None
    valid_until: dt.datetime | None = None
    is_valid_all_day: bool = False
    offer_expires_at: dt.datetime | None = None
    sales_parameters: tuple[SalesParameter, ...] = ()
    route_texts: tuple[str, ...] = ()
    tariff_level: str | None = None
    zone_texts: tuple[str, ...] = ()
    group_parts: tuple[GroupPart, ...] = ()


class OfferNote(msgspec.Struct, frozen=True):
    """A remark on a bundle, in the context's language. `severity` is the supplier's text and no closed list."""

    text: str
    severity: str | None = None
    code: int | None = None


class OfferTrait(msgspec.Struct, frozen=True):
    """A displayable property of a bundle on its way out or back (`title`: `text`)."""

    title: str
    text: str
    direction: Literal["outward", "return"]


class OfferBundle(msgspec.Struct, frozen=True, kw_only=True):
    """Offers that must be held together. Never mixes classes."""

    offers: tuple[Offer, ...]
    total: Money
    travel_class: TravelClass | None = None
    notes: tuple[OfferNote, ...] = ()
    traits: tuple[OfferTrait, ...] = ()

    @property
    def offer_ids(self) -> tuple[str, ...]:
        """The ids of those offers that can be held: what tells this bundle from another."""
        return tuple(offer.offer_id for offer in self.offers if offer.offer_id is not None)


# --- the sale ---------------------------------------------------------------------------------------------------------


class HeldOffer(msgspec.Struct, frozen=True):
    """An offer to hold, with the values of its sales parameters by key."""

    offer_id: str
    sales_parameters: dict[str, str] = {}


class HoldItem(msgspec.Struct, frozen=True, kw_only=True):
    """A traveller with the offers to hold for them. The names and date of birth are the person's own, or those of the
    dog's or bike's owner; a person's date of birth must match the age the offer was made for."""

    traveller_id: str
    kind: Literal["person", "dog", "bike"] = "person"
    first_name: str
    last_name: str
    born_on: dt.date
    offers: tuple[HeldOffer, ...]


class HoldRequest(msgspec.Struct, frozen=True):
    """What to hold, in one go."""

    items: tuple[HoldItem, ...]


class Prebooking(msgspec.Struct, frozen=True):
    """One held offer (`offer_id` is None for something complimentary). `expires_at` is the supplier's word, None if it
    gave none (30 minutes is what it promises)."""

    prebooking_id: int
    offer_id: str | None = None
    valid_from: dt.datetime | None = None
    expires_at: dt.datetime | None = None


class Hold(msgspec.Struct, frozen=True):
    """What is ours alone until the earliest `expires_at`. To be booked together."""

    prebookings: tuple[Prebooking, ...]

    @property
    def prebooking_ids(self) -> tuple[int, ...]:
        """The ids, in the supplier's order."""
        return tuple(prebooking.prebooking_id for prebooking in self.prebookings)


class BookedTicket(msgspec.Struct, frozen=True):
    """A ticket of a new booking. `printed_number` is the number printed on it."""

    ticket_id: str
    external_id: str
    printed_number: str
    prebooking_id: int | None = None


class Booking(msgspec.Struct, frozen=True):
    """The sold thing. `is_complete` is false if a ticket of the answer could not be read: then look the booking up."""

    booking_id: str
    tickets: tuple[BookedTicket, ...]
    is_complete: bool = True


class BookingStatus(enum.StrEnum):
    """Whether a booking can still be undone by itself."""

    PENDING = "pending"
    COMMITTED = "committed"
    UNKNOWN = "unknown"


class TicketStatus(enum.StrEnum):
    """State of a ticket. Only `valid_in_future` is documented by the supplier, the others are recognised by their
    words; `TicketState.status_text` always holds the original."""

    VALID_IN_FUTURE = "valid_in_future"
    VALID = "valid"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"
    UNKNOWN = "unknown"


class RefundReason(msgspec.Struct, frozen=True):
    """A reason under which this ticket may be given back. `kind_text` is the supplier's (`VOLLERSTATTUNG`, ...)."""

    reason_id: str
    description: str
    is_only_individually_refundable: bool = False
    kind_text: str | None = None


class TicketState(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket as the supplier has it in its books now."""

    ticket_id: str
    external_id: str
    printed_number: str
    status: TicketStatus
    status_text: str
    price: Money
    vat_per_mille: int | None = None
    product_id: int | None = None
    product_title: str = ""
    travel_on: dt.date | None = None
    sold_at: dt.datetime | None = None
    travel_class: TravelClass | None = None
    trip_type_text: str | None = None
    payment_text: str | None = None
    first_name: str = ""
    last_name: str = ""
    born_on: dt.date | None = None
    is_only_individually_refundable: bool = False
    refund_reasons: tuple[RefundReason, ...] = ()


class BookingState(msgspec.Struct, frozen=True):
    """A booking as the supplier has it in its books now. `is_complete` is false if a ticket could not be read."""

    booking_id: str
    status: BookingStatus
    tickets: tuple[TicketState, ...]
    is_complete: bool = True


class DocumentKind(enum.StrEnum):
    """Forms of a ticket: for print, for the screen, for a phone's wallet."""

    PDF = "pdf"
    HTML = "html"
    PKPASS = "pkpass"


# --- products, status -------------------------------------------------------------------------------------------------


class ProductSegment(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a product is sold to."""

    code: str
    title: str
    kind: Literal["person", "dog", "bike"] | None
    reduction: Reduction | None
    min_age: int | None = None
    max_age: int | None = None


class Product(msgspec.Struct, frozen=True, kw_only=True):
    """A product on sale. Dates are first and last days, None if open; `sold_by` names how its offers are asked for."""

    product_id: int
    title: str
    travel_classes: tuple[TravelClass, ...] = ()
    sold_from: dt.date | None = None
    sold_until: dt.date | None = None
    usable_from: dt.date | None = None
    usable_until: dt.date | None = None
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    sold_by: tuple[Literal["trip", "route", "product"], ...] = ()
    segments: tuple[ProductSegment, ...] = ()


class RailComponent(msgspec.Struct, frozen=True):
    """A part of the supplier's system."""

    name: str
    is_ok: bool
    title: str = ""


class RailStatus(msgspec.Struct, frozen=True):
    """The supplier's own word on how it is."""

    is_ok: bool
    components: tuple[RailComponent, ...] = ()


class Announcement(msgspec.Struct, frozen=True):
    """A message to show to sellers from `valid_from` until `valid_until` (exclusive; None: open end), by language."""

    announcement_id: str
    texts: dict[Language, str]
    valid_from: dt.datetime
    valid_until: dt.datetime | None = None


class Rail(Protocol):
    """The supplier. No method may be called inside a database transaction (a guard raises)."""

    # Reading: raises RailRefused or RailUnreachable.

    async def search_places(self, context: RailContext, name: str) -> tuple[RailPlace, ...]:
        """Stations by name, two characters or more."""

    async def search_trips(self, context: RailContext, query: TripQuery) -> TripPage:
        """Connections; an empty page if there are none."""

    async def refresh_trip(self, context: RailContext, trip_id: str) -> Trip:
        """A connection as it stands now (its id may differ). RailRefused (trip_expired) if it is no longer known."""

    async def find_prices(self, context: RailContext, query: PriceQuery) -> tuple[Price, ...]:
        """The cheapest price per connection, at most one each; those without a price are missing."""

    async def find_trip_offers(self, context: RailContext, query: TripOfferQuery) -> tuple[OfferBundle, ...]:
        """Offers for a connection; empty if there are none."""

    async def find_route_offers(self, context: RailContext, query: RouteOfferQuery) -> tuple[OfferBundle, ...]:
        """Offers without a connection; empty if there are none."""

    async def find_product_offers(self, context: RailContext, query: ProductOfferQuery) -> tuple[OfferBundle, ...]:
        """Offers of a product; empty if there are none."""

    async def list_products(self, context: RailContext) -> tuple[Product, ...]:
        """Everything that this contract may sell."""

    async def get_product(self, context: RailContext, product_id: int) -> Product:
        """One product. RailRefused (not_found) if there is no such."""

    async def find_booking(self, context: RailContext, booking_id: str) -> BookingState | None:
        """A booking as it stands; None if the supplier finds none."""

    async def find_booking_by_ticket_number(self, context: RailContext, printed_number: str) -> BookingState | None:
        """The booking to which the ticket with this printed number belongs; None if the supplier finds none."""

    async def get_document(self, context: RailContext, booking_id: str, ticket_id: str, kind: DocumentKind) -> bytes:
        """A ticket's document. RailRefused (document_not_available, not_found) if there is none of this kind."""

    async def get_status(self, context: RailContext) -> RailStatus:
        """How the supplier says it is."""

    async def list_announcements(self, context: RailContext) -> tuple[Announcement, ...]:
        """What the supplier wants shown to sellers."""

    # Doing: also raises RailUnknown.

    async def hold_offers(self, context: RailContext, request: HoldRequest) -> Hold:
        """Prebook. A lost answer is repeated once; see `RailRefused.is_after_lost_answer`. There is no release."""

    async def pay_by_invoice(
        self,
        context: RailContext,
        prebooking_ids: tuple[int, ...],
        *,
        reference1: str,
        reference2: str | None = None,
    ) -> None:
        """Put the sale on the agency's invoice with SBB. Never repeated once it may have left."""

    async def book(self, context: RailContext, prebooking_ids: tuple[int, ...]) -> Booking:
        """Book (PENDING) what was held and paid; at most 80. Repeated once it may have left only if the setting
        `repeat_booking_is_safe` says so."""

    async def commit_booking(self, context: RailContext, booking_id: str) -> None:
        """End the pending time early. Never repeated once it may have left."""

    async def cancel_booking(self, context: RailContext, booking_id: str) -> None:
        """Undo a whole booking within 20 minutes of its making. Never repeated once it may have left.
        RailRefused (no_longer_possible) when too late or unknown."""
