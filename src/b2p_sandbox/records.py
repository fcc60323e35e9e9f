"""What the stand-in remembers: offers, prebookings, payments, bookings, refunds. Money in Rappen, times in UTC."""

from datetime import date, datetime
from typing import Literal

import msgspec

Claim = tuple[str, int]
"""A saver place: the quota's key and how many places may be gone, this one included, for the price to hold."""


RefundRule = Literal["none", "before_first_day", "share_of_days"]


class SalesParameter(msgspec.Struct, frozen=True):
    """A further input that a prebooking must send."""

    key: str
    type: str
    optional: bool
    possible_values: list[str]


class Offer(msgspec.Struct, kw_only=True):
    """One offer of one traveller (or one group); `traveller_age` is None where no age was asked for."""

    id: str
    bundle_id: str
    contract_id: str
    traveller_id: str
    traveller_kind: Literal["person", "dog", "bicycle", "group"]
    traveller_age: int | None
    reduction: str
    product_id: int
    product_name: str
    title: str
    description: str
    language: str
    offer_type: str
    price: int
    service_class: int
    direction: Literal["outward", "return", "round"]
    origin: str | None
    origin_uic: str | None
    destination: str | None
    destination_uic: str | None
    via_text: str
    travel_on: date
    valid_from: datetime
    valid_until: datetime
    has_valid_times: bool
    is_refundable: bool
    is_exchangeable: bool
    refund_rule: RefundRule
    is_individually_refundable: bool
    claims: list[Claim]
    sales_parameters: list[SalesParameter]
    lapses_at: datetime
    train_text: str = ""
    group_infos: list[dict[str, object]] | None = None


class Person(msgspec.Struct, frozen=True):
    """Who travels, or owns the dog or bicycle."""

    first_name: str
    last_name: str
    born_on: date


class Prebooking(msgspec.Struct, kw_only=True):
    """An offer held for 30 minutes. `set_id` is shared by the prebookings of one answer, which are booked together."""

    id: int
    set_id: int
    offer: Offer
    person: Person
    contract_id: str
    conversation_id: str
    sales_parameters: dict[str, str]
    created_at: datetime
    lapses_at: datetime
    has_lapsed: bool = False
    payment_id: int | None = None
    booking_ids: list[int] = []


class Payment(msgspec.Struct, kw_only=True):
    """A payment on invoice, with both references as given."""

    id: int
    contract_id: str
    conversation_id: str
    prebooking_ids: list[int]
    amount: int
    reference1: str | None
    reference2: str | None
    created_at: datetime


class Ticket(msgspec.Struct, kw_only=True):
    """One sold item. `external_id` contains the reference that is printed."""

    id: int
    prebooking_id: int
    external_id: str
    reference: str
    price: int
    refunded_amount: int = 0
    refunded_at: datetime | None = None
    refund_booking_id: int | None = None


class Booking(msgspec.Struct, kw_only=True):
    """What was sold in one go."""

    id: int
    contract_id: str
    conversation_id: str
    language: str
    tickets: list[Ticket]
    created_at: datetime
    committed_at: datetime | None
    cancelled_at: datetime | None = None


class RefundOffer(msgspec.Struct, kw_only=True):
    """What would come back for some tickets; lives 20 minutes."""

    id: int
    contract_id: str
    ticket_ids: list[int]
    amounts: list[int]
    original_price: int
    excess: int
    used_part: int
    refundable_amount: int
    lapses_at: datetime
    is_booked: bool = False


class Barcode(msgspec.Struct, kw_only=True):
    """A control barcode for a partner's own ticket."""

    id: str
    contract_id: str
    content: str
    is_deleted: bool = False


Record = Prebooking | Payment | Booking | Barcode
