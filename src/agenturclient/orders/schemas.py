"""The public contract of orders. Times are RFC 3339, amounts integers in the currency's smallest unit."""

import datetime as dt
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from agenturclient.core.money import Money
from agenturclient.rail.port import Language, Reduction, TravelClass

MeansOfPayment = Literal["invoice", "cash", "card", "voucher"]
Uic = Annotated[int, Meta(ge=1_000_000, le=9_999_999, description="UIC code of a station, seven digits")]
TravellerCode = Annotated[str, Meta(pattern="^[a-z0-9]{1,8}$", description="Ours, unique within the order")]
Age = Annotated[int, Meta(ge=0, le=120)]


class Command(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A request body: unknown fields are refused, so that a typing error never passes for a wish."""


class TravellerWish(Command, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who is to travel, before names are known. ``age`` of a person; where it is assumed, ``is_age_assumed``."""

    code: TravellerCode
    kind: Literal["person", "dog", "bike"] = "person"
    age: Age | None = None
    is_age_assumed: bool = True
    reduction: Reduction = Reduction.NONE
    born_on: dt.date | None = None


class TripWish(Command, tag="trip", tag_field="kind", frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Offers for a connection, or there and back."""

    trip_id: Annotated[str, Meta(min_length=1, max_length=4000)]
    return_trip_id: Annotated[str, Meta(min_length=1, max_length=4000)] | None = None


class RouteWish(Command, tag="route", tag_field="kind", frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Offers between stations without a connection; without a destination, day passes."""

    origin: Uic
    destination: Uic | None = None
    via: Annotated[list[Uic], Meta(max_length=5)] = []
    travel_on: dt.date


class ProductWish(Command, tag="product", tag_field="kind", frozen=True, forbid_unknown_fields=True, kw_only=True):
    product_id: Annotated[int, Meta(ge=1, le=2**53)]
    travel_on: dt.date


Wish = TripWish | RouteWish | ProductWish


class CreateOrder(Command, frozen=True, forbid_unknown_fields=True, kw_only=True):
    ticket_language: Language
    your_reference: Annotated[str, Meta(max_length=60)] | None = None
    conversation_id: Annotated[str, Meta(pattern="^[0-9a-f-]{36}$")] | None = None


class ChangeOrder(Command, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is left out stays as it is."""

    ticket_language: Language | msgspec.UnsetType = msgspec.UNSET
    your_reference: Annotated[str, Meta(max_length=60)] | msgspec.UnsetType | None = msgspec.UNSET
    means_of_payment: MeansOfPayment | msgspec.UnsetType = msgspec.UNSET


class FetchOffers(Command, frozen=True, forbid_unknown_fields=True, kw_only=True):
    wish: Wish
    travellers: Annotated[list[TravellerWish], Meta(min_length=1, max_length=99)]


class AddItem(Command, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Put a bundle of an offer set into the basket. ``sales_parameters`` by traveller code, then key."""

    offer_set: Annotated[str, Meta(max_length=64)]
    bundle: Annotated[str, Meta(max_length=64)]
    sales_parameters: dict[str, dict[str, Annotated[str, Meta(max_length=200)]]] = {}


class NameTraveller(Command, frozen=True, forbid_unknown_fields=True, kw_only=True):
    code: TravellerCode
    first_name: Annotated[str, Meta(max_length=300)] | None = None
    last_name: Annotated[str, Meta(max_length=300)] | None = None
    born_on: dt.date | None = None


class NameTravellers(Command, frozen=True, forbid_unknown_fields=True, kw_only=True):
    travellers: Annotated[list[NameTraveller], Meta(min_length=1, max_length=99)]


class HoldOrder(Command, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``expected_total``: what the seller sees now, in Rappen; another price is asked about, never taken silently."""

    expected_total: Annotated[int, Meta(ge=0, le=100_000_000)]


class ConfirmOrder(Command, frozen=True, forbid_unknown_fields=True, kw_only=True):
    expected_total: Annotated[int, Meta(ge=0, le=100_000_000)]


class AdoptBooking(Command, frozen=True, forbid_unknown_fields=True, kw_only=True):
    printed_number: Annotated[str, Meta(min_length=3, max_length=40, pattern=r"^[A-Za-z0-9 .-]+$")]


class DeclareNotSold(Command, frozen=True, forbid_unknown_fields=True, kw_only=True):
    note: Annotated[str, Meta(min_length=3, max_length=500)]


class TripSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A connection as an order shows it."""

    origin_uic: int | None
    origin_name: str
    destination_uic: int | None
    destination_name: str
    departure_at: dt.datetime
    arrival_at: dt.datetime
    changes: int
    trains: list[str]


class OfferView(msgspec.Struct, frozen=True, kw_only=True):
    """One offer of a bundle; title and description are B2P's, in the ticket's language."""

    traveller_code: str | None
    title: str
    description: str
    kind: str
    price: Money
    direction: str | None
    valid_from: dt.datetime | None
    valid_until: dt.datetime | None
    is_refundable: bool | None
    is_exchangeable: bool | None
    is_purchase_required: bool
    route_texts: list[str]
    sales_parameters: list[dict[str, Any]]


class BundleView(msgspec.Struct, frozen=True, kw_only=True):
    """Offers that are bought together. ``is_saver``: bound to the connection."""

    code: str
    travel_class: TravelClass | None
    total: Money
    title: str
    is_saver: bool
    is_refundable: bool | None
    is_exchangeable: bool | None
    offers: list[OfferView]
    notes: list[str]


class OfferSet(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    order_number: str
    kind: Literal["trip", "route", "product"]
    travel_on: dt.date
    outward: TripSummary | None
    inward: TripSummary | None
    travellers: list[TravellerWish]
    bundles: list[BundleView]
    expires_at: dt.datetime
    language: Language


class ItemView(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    kind: Literal["trip", "route", "product"]
    title: str
    travel_on: dt.date
    travel_class: TravelClass | None
    outward: TripSummary | None
    inward: TripSummary | None
    origin_uic: int | None
    destination_uic: int | None
    product_id: int | None
    price: Money
    bundle: BundleView
    traveller_codes: list[str]


class TravellerView(msgspec.Struct, frozen=True, kw_only=True):
    code: str
    kind: Literal["person", "dog", "bike"]
    age: int | None
    reduction: Reduction
    first_name: str | None
    last_name: str | None
    born_on: dt.date | None


class TicketView(msgspec.Struct, frozen=True, kw_only=True):
    ticket_id: str
    printed_number: str
    title: str | None
    traveller_code: str | None
    item_code: str | None
    price: Money | None
    state: Literal["valid", "cancelled"]


class JournalEntry(msgspec.Struct, frozen=True, kw_only=True):
    """``entry`` is a word the front end translates (``held``, ``paid``, ``booked``, …); ``detail`` its facts."""

    at: dt.datetime
    actor: str
    entry: str
    detail: dict[str, Any]


OrderStateName = Literal[
    "open",
    "held",
    "confirming",
    "confirmed",
    "in_doubt",
    "failed",
    "cancelled",
    "partly_refunded",
    "refunded",
    "abandoned",
    "expired",
]


class OrderSummary(msgspec.Struct, frozen=True, kw_only=True):
    """An order in a list."""

    number: str
    state: OrderStateName
    title: str
    traveller_names: list[str]
    travel_on: dt.date | None
    total: Money
    agency_code: str
    branch_code: str
    seller_name: str
    your_reference: str | None
    created_at: dt.datetime
    sold_at: dt.datetime | None
    held_until: dt.datetime | None
    undo_until: dt.datetime | None


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """``step``: what is being done at SBB at this moment, None if nothing. ``problem``: why the last thing did not
    happen (code and facts). ``server_now``: for countdowns, which never trust the browser's clock."""

    number: str
    state: OrderStateName
    step: str | None
    agency_code: str
    branch_code: str
    seller_name: str
    ticket_language: Language
    your_reference: str | None
    means_of_payment: MeansOfPayment
    conversation_id: str
    total: Money
    held_total: Money | None
    held_until: dt.datetime | None
    confirm_until: dt.datetime | None
    perhaps_held_until: dt.datetime | None
    booking_id: str | None
    sold_at: dt.datetime | None
    undo_until: dt.datetime | None
    problem: dict[str, Any] | None
    items: list[ItemView]
    travellers: list[TravellerView]
    tickets: list[TicketView]
    journal: list[JournalEntry]
    created_at: dt.datetime
    changed_at: dt.datetime
    server_now: dt.datetime


class PrebookingView(msgspec.Struct, frozen=True, kw_only=True):
    """What SBB holds or held for an order; its care finds a sale by these numbers."""

    prebooking_id: int
    state: Literal["held", "given_up", "payment_unknown", "paid", "booked", "undone"]
    expires_at: dt.datetime


class Doubt(msgspec.Struct, frozen=True, kw_only=True):
    """An order in doubt with what an operator needs on the telephone with SBB's care."""

    order: Order
    contract_id: str
    prebookings: list[PrebookingView]
