"""The public contract of looking. Shapes of connections, prices and products are the port's, as JSON."""

import datetime as dt
from typing import Annotated

import msgspec
from msgspec import Meta

from agenturclient.core.money import Money
from agenturclient.rail.port import Language, Product, Reduction, TravelClass, Trip

ConversationId = Annotated[str, Meta(pattern="^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]


class PriceTraveller(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom a price is for; ages in whole years on the day of travel."""

    age: Annotated[int, Meta(ge=0, le=120)]
    reduction: Reduction = Reduction.NONE


class FindPrices(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Cheapest prices of connections for a party (persons only: B2P cannot price dogs and bikes here)."""

    trip_ids: Annotated[list[Annotated[str, Meta(min_length=1, max_length=4000)]], Meta(min_length=1, max_length=20)]
    travellers: Annotated[list[PriceTraveller], Meta(min_length=1, max_length=99)]
    travel_class: TravelClass | None = None
    language: Language = "de"
    conversation_id: ConversationId


class TripPrice(msgspec.Struct, frozen=True, kw_only=True):
    """What the whole party pays for a connection; ``is_saver`` if any part of it is bound to the train."""

    trip_id: str
    amount: Money
    travel_class: TravelClass | None
    is_saver: bool


class TripPrices(msgspec.Struct, frozen=True):
    prices: list[TripPrice]


class Trips(msgspec.Struct, frozen=True):
    """Connections in order; ``earlier`` and ``later`` scroll; ``conversation_id`` goes on with the order."""

    trips: list[Trip]
    earlier: str | None
    later: str | None
    conversation_id: str


class Products(msgspec.Struct, frozen=True):
    products: list[Product]


class TripSearch(msgspec.Struct, frozen=True, kw_only=True):
    """A search as the service takes it; ``at`` is aware, in Europe/Zurich."""

    origin: int
    destination: int
    via: tuple[int, ...]
    at: dt.datetime
    is_arrival: bool
    scroll: str | None
    language: Language
