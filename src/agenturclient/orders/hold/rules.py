"""Decisions about holding: who must be named, what must be asked anew, what is sent. No I/O."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import msgspec

from agenturclient.orders.basket.rules import Asked, compute_expiry
from agenturclient.orders.problems import TravellerIncomplete
from agenturclient.orders.rules import compute_age
from agenturclient.orders.schemas import TravellerWish
from agenturclient.rail.port import HeldOffer, HoldItem, HoldRequest, OfferBundle

# An offer that lapses within this is asked anew before it is held.
_EXPIRY_MARGIN = dt.timedelta(seconds=20)


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """A traveller of an order as it stands."""

    code: str
    kind: str
    first_name: str | None
    last_name: str | None
    born_on: dt.date | None


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """An item of an order as it stands."""

    item_id: int
    code: str
    asked: Asked
    bundle: OfferBundle
    sales_parameters: dict[str, dict[str, str]]
    fetched_at: dt.datetime


def check_travellers_named(travellers: Sequence[Named]) -> None:
    """B2P needs first name, last name and date of birth of every person; a dog's or bike's owner is the first person
    unless named.

    Raises:
        TravellerIncomplete: ``errors`` name each traveller and field.
    """
    has_person = any(traveller.kind == "person" for traveller in travellers)
    errors = [
        {"traveller_code": traveller.code, "field": field, "detail": "is missing"}
        for traveller in travellers
        if traveller.kind == "person" or not has_person
        for field in ("first_name", "last_name", "born_on")
        if getattr(traveller, field) is None
    ]
    if errors:
        raise TravellerIncomplete("Name every traveller before the hold.", errors=errors)


def is_other_age(wish: TravellerWish, born_on: dt.date | None, travel_on: dt.date) -> bool:
    """Whether the offer was made for another age than the date of birth gives on the day of travel."""
    if wish.kind != "person" or born_on is None:
        return False
    asked_age = wish.age if wish.born_on is None else compute_age(wish.born_on, travel_on)
    return compute_age(born_on, travel_on) != asked_age


def must_be_asked_anew(content: Content, travellers: Sequence[Named], now: dt.datetime) -> bool:
    born = {traveller.code: traveller.born_on for traveller in travellers}
    has_other_age = any(
        is_other_age(wish, born.get(wish.code), content.asked.travel_on) for wish in content.asked.travellers
    )
    return has_other_age or compute_expiry([content.bundle], content.fetched_at) <= now + _EXPIRY_MARGIN


def make_asked_with_ages(asked: Asked, travellers: Sequence[Named]) -> Asked:
    """The same question with the true dates of birth."""
    born = {traveller.code: traveller.born_on for traveller in travellers}
    wishes = [
        wish
        if wish.kind != "person" or born.get(wish.code) is None
        else TravellerWish(
            code=wish.code,
            kind=wish.kind,
            age=wish.age,
            is_age_assumed=False,
            reduction=wish.reduction,
            born_on=born[wish.code],
        )
        for wish in asked.travellers
    ]
    return msgspec.structs.replace(asked, travellers=wishes)


def find_owner(traveller: Named, travellers: Sequence[Named]) -> Named:
    """Whose name goes with a traveller: their own, or for a dog or bike without one the first person's."""
    if traveller.kind == "person" or traveller.last_name is not None:
        return traveller
    return next((other for other in travellers if other.kind == "person"), traveller)


def build_hold_request(contents: Sequence[Content], travellers: Sequence[Named]) -> HoldRequest:
    """One request for the whole order: each traveller with the offers of all items."""
    by_code = {traveller.code: traveller for traveller in travellers}
    first = next((traveller.code for traveller in travellers if traveller.kind == "person"), travellers[0].code)
    offers: dict[str, list[HeldOffer]] = {}
    for content in contents:
        for offer in content.bundle.offers:
            if offer.offer_id is None:
                continue
            code = offer.traveller_id if offer.traveller_id in by_code else first
            offers.setdefault(code or first, []).append(
                HeldOffer(offer.offer_id, dict(content.sales_parameters.get(offer.traveller_id or "", {})))
            )
    items = []
    for code, held in offers.items():
        traveller, owner = by_code[code], find_owner(by_code[code], travellers)
        assert owner.first_name and owner.last_name and owner.born_on, "checked before"  # noqa: S101, PT018
        kind: Any = traveller.kind
        items.append(
            HoldItem(
                traveller_id=code,
                kind=kind,
                first_name=owner.first_name,
                last_name=owner.last_name,
                born_on=owner.born_on,
                offers=tuple(held),
            )
        )
    return HoldRequest(tuple(items))


def map_offers(contents: Sequence[Content]) -> dict[str, tuple[str, str | None]]:
    """Which item and traveller an offer is of."""
    return {
        offer.offer_id: (content.code, offer.traveller_id)
        for content in contents
        for offer in content.bundle.offers
        if offer.offer_id is not None
    }
