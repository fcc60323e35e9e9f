"""Which bundles exist for a journey, a route or a product, and what they cost. Decides only; registers nothing.

A draft is an offer in the making: one traveller, one product, one price. A bundle of drafts has one class.
"""

from datetime import date, datetime, time, timedelta
from typing import Literal

import msgspec

from b2p_sandbox.clock import ZURICH
from b2p_sandbox.fares.products import (
    BIKE,
    DAY_PASS,
    GROUP,
    SAVER,
    SAVER_DAY_PASS,
    SINGLE,
    UPGRADE,
    Product,
    compute_product_price,
)
from b2p_sandbox.fares.savers import (
    SAVER_DAY_PASS as SAVER_DAY_PASS_PRICES,
)
from b2p_sandbox.fares.savers import (
    compute_saver_price,
    find_day_pass_level,
    is_saver_on_sale,
    key_day_pass,
    key_saver_place,
)
from b2p_sandbox.fares.tariff import BIKE_DAY_PASS, Fare, compute_fare, compute_reduced_fare, holds_half_fare_right
from b2p_sandbox.fares.tariff import DAY_PASS as DAY_PASS_PRICES
from b2p_sandbox.records import Claim
from b2p_sandbox.sandbox import Sandbox
from b2p_sandbox.travellers import FREE_UNTIL_AGE, GroupPart, Traveller

Direction = Literal["outward", "return", "round"]
Flexibility = Literal["FLEX", "SPAR", "FIX"]
_GROUP_PER_MILLE = 700
# A day pass is shown when the regular tickets reach this share of its price.
_DAY_PASS_FROM_PER_MILLE = 700


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """One way of a journey, or a route without a connection (no departure, no trains)."""

    origin: str
    origin_uic: int
    destination: str | None
    destination_uic: int | None
    travel_on: date
    distance_km: float
    departure_at: datetime | None = None
    arrival_at: datetime | None = None
    train_keys: tuple[str, ...] = ()
    train_text: str = ""
    via_text: str = ""
    direction: Direction = "outward"


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """An offer in the making. `label` names the title, `about` the description (keys of fares.texts)."""

    traveller: Traveller
    product_id: int
    price: int
    label: str
    about: str
    section: Section
    valid_from: datetime
    valid_until: datetime
    direction: Direction = "outward"
    offer_type: str = "TRANSPORT"
    has_valid_times: bool = False
    requires_purchase: bool = True
    is_flexible: bool = True
    claims: tuple[Claim, ...] = ()
    product: Product | None = None
    group_infos: tuple[tuple[int, str, int], ...] = ()


class BundleDraft(msgspec.Struct, frozen=True):
    """Offers that belong together, all of one class."""

    service_class: int
    flexibility: Flexibility
    drafts: list[Draft]

    @property
    def total(self) -> int:
        """The bundle's price in Rappen."""
        return sum(draft.price for draft in self.drafts)


def day_start(day: date) -> datetime:
    """Midnight at the start of a day in Switzerland."""
    return datetime.combine(day, time(), tzinfo=ZURICH)


def day_end(day: date, days: int = 1) -> datetime:
    """5 a.m. after the last of `days` days: when Swiss day tickets end."""
    return datetime.combine(day + timedelta(days=days), time(5), tzinfo=ZURICH)


def adjust_price(sandbox: Sandbox, amount: int) -> int:
    """The price with the switch `price_change_rappen`; what is free stays free."""
    return max(10, amount + sandbox.switches.price_change_rappen) if amount else 0


def has_adult(party: list[Traveller]) -> bool:
    """Whether somebody can accompany children."""
    return any(traveller.is_adult for traveller in party)


def draft_flexible(
    sandbox: Sandbox, sections: list[Section], party: list[Traveller], service_class: int
) -> BundleDraft:
    """Ordinary tickets. A return on the same day is one ticket at the double fare, on another day it is two tickets."""
    is_round = len(sections) == 2 and sections[0].travel_on == sections[1].travel_on
    shown = sections[:1] if is_round else sections
    drafts: list[Draft] = []
    for section in shown:
        for traveller in party:
            fare = compute_fare(traveller, section.distance_km, service_class, has_adult=has_adult(party))
            factor = 2 if is_round and traveller.kind != "bicycle" else 1
            direction: Direction = "round" if is_round else section.direction
            amount = adjust_price(sandbox, fare.amount * factor)
            drafts.append(_draft_ticket(section, traveller, fare, amount, direction))
    return BundleDraft(service_class, "FLEX", drafts)


def _draft_ticket(section: Section, traveller: Traveller, fare: Fare, amount: int, direction: Direction) -> Draft:
    product_id, label = SINGLE, "round" if direction == "round" else "single"
    if traveller.kind == "bicycle":
        product_id, label = BIKE, "bike"
    elif traveller.kind == "dog":
        label = "dog"
    elif fare.kind == "upgrade":
        product_id, label = UPGRADE, "upgrade"
    elif fare.kind in {"free", "covered"}:
        label = fare.kind
    return Draft(
        traveller=traveller,
        product_id=product_id,
        price=amount,
        label=label,
        about="about_covered" if fare.amount == 0 else "about_flexible",
        section=section,
        valid_from=day_start(section.travel_on),
        valid_until=day_end(section.travel_on),
        direction=direction,
        offer_type="CLASS_UPGRADE" if fare.kind == "upgrade" else "TRANSPORT",
        requires_purchase=fare.amount > 0,
    )


def find_saver(
    sandbox: Sandbox, sections: list[Section], party: list[Traveller], service_class: int, now: datetime
) -> BundleDraft | None:
    """Saver tickets for every way, or None when a train has no places left or nobody would save anything."""
    if not sandbox.switches.saver_tickets:
        return None
    drafts: list[Draft] = []
    saved = 0
    for section in sections:
        departure = section.departure_at
        if departure is None or not is_saver_on_sale(departure, section.distance_km, now):
            return None
        keys = [key_saver_place(key, section.travel_on, service_class) for key in section.train_keys]
        fares = [
            compute_fare(person, section.distance_km, service_class, has_adult=has_adult(party)) for person in party
        ]
        buyers = sum(_buys_saver(*pair) for pair in zip(party, fares, strict=True))
        level = sandbox.saver_places.find_level(keys, sandbox.store.taken, buyers)
        if level is None or not buyers:
            return None
        claims = tuple(sandbox.saver_places.list_claims(keys, level))
        for traveller, fare in zip(party, fares, strict=True):
            if not _buys_saver(traveller, fare):
                amount = adjust_price(sandbox, fare.amount)
                drafts.append(_draft_ticket(section, traveller, fare, amount, section.direction))
                continue
            price = compute_saver_price(fare.amount, level)
            saved += fare.amount - price
            drafts.append(_draft_saver(section, traveller, adjust_price(sandbox, price), claims))
    return BundleDraft(service_class, "SPAR", drafts) if saved > 0 else None


def _buys_saver(traveller: Traveller, fare: Fare) -> bool:
    return traveller.kind == "person" and fare.kind in {"full", "reduced"}


def _draft_saver(section: Section, traveller: Traveller, price: int, claims: tuple[Claim, ...]) -> Draft:
    return Draft(
        traveller=traveller,
        product_id=SAVER,
        price=price,
        label="saver",
        about="about_saver",
        section=section,
        valid_from=section.departure_at or day_start(section.travel_on),
        valid_until=day_end(section.travel_on),
        direction=section.direction,
        has_valid_times=True,
        is_flexible=False,
        claims=claims,
    )


def find_day_passes(
    sandbox: Sandbox, sections: list[Section], party: list[Traveller], service_class: int, regular_total: int | None
) -> list[BundleDraft]:
    """Day passes for the party, where they pay: `regular_total` is what tickets cost (None: show them anyway)."""
    if len(sections) == 2 and sections[0].travel_on != sections[1].travel_on:
        return []
    section = sections[0]
    bundles = [
        _draft_day_pass(sandbox, section, party, service_class),
        find_saver_day_pass(sandbox, section, party, service_class),
    ]
    return [
        bundle
        for bundle in bundles
        if bundle is not None
        and (regular_total is None or regular_total * 1000 >= bundle.total * _DAY_PASS_FROM_PER_MILLE)
    ]


def _draft_day_pass(
    sandbox: Sandbox, section: Section, party: list[Traveller], service_class: int
) -> BundleDraft | None:
    drafts: list[Draft] = []
    for traveller in party:
        fixed = _draft_pass_exception(sandbox, section, traveller, service_class, party)
        if fixed is not None:
            drafts.append(fixed)
        elif holds_half_fare_right(traveller):
            price = adjust_price(sandbox, DAY_PASS_PRICES[2 if traveller.kind == "dog" else service_class])
            drafts.append(_draft_pass(section, traveller, DAY_PASS, price, "day_pass", ()))
        else:
            return None
    has_pass = any(draft.product_id == DAY_PASS for draft in drafts)
    return BundleDraft(service_class, "FLEX", drafts) if has_pass else None


def find_saver_day_pass(
    sandbox: Sandbox, section: Section, party: list[Traveller], service_class: int
) -> BundleDraft | None:
    """Saver day passes for the party at the level that days ahead and places leave, or None when sold out."""
    if not sandbox.switches.saver_tickets:
        return None
    key = key_day_pass(section.travel_on, service_class)
    days_ahead = (section.travel_on - sandbox.clock.today()).days
    people = sum(traveller.kind == "person" and traveller.age >= FREE_UNTIL_AGE for traveller in party)
    found = find_day_pass_level(days_ahead, sandbox.store.taken.get(key, 0), people)
    if found is None or not people:
        return None
    level, limit = found
    drafts: list[Draft] = []
    for traveller in party:
        fixed = _draft_pass_exception(sandbox, section, traveller, service_class, party)
        if fixed is None:
            if traveller.kind == "dog":
                return None
            price = SAVER_DAY_PASS_PRICES[service_class, holds_half_fare_right(traveller)][level]
            price = adjust_price(sandbox, price)
            fixed = _draft_pass(section, traveller, SAVER_DAY_PASS, price, "saver_day_pass", ((key, limit),))
        drafts.append(fixed)
    has_pass = any(draft.product_id == SAVER_DAY_PASS for draft in drafts)
    return BundleDraft(service_class, "FIX", drafts) if has_pass else None


def _draft_pass_exception(
    sandbox: Sandbox, section: Section, traveller: Traveller, service_class: int, party: list[Traveller]
) -> Draft | None:
    """What a traveller gets in a bundle of day passes who needs none: bicycles, small children, holders of a GA."""
    if traveller.kind == "bicycle":
        fare = Fare(BIKE_DAY_PASS, "full")
    elif traveller.kind == "dog":
        return None
    else:
        fare = compute_fare(traveller, max(section.distance_km, 1), service_class, has_adult=has_adult(party))
        if fare.kind not in {"free", "covered"}:
            return None
    return _draft_ticket(section, traveller, fare, adjust_price(sandbox, fare.amount), "outward")


def _draft_pass(
    section: Section, traveller: Traveller, product_id: int, price: int, label: str, claims: tuple[Claim, ...]
) -> Draft:
    return Draft(
        traveller=traveller,
        product_id=product_id,
        price=price,
        label=label,
        about="about_day_pass",
        section=msgspec.structs.replace(section, train_text="", via_text=""),
        valid_from=day_start(section.travel_on),
        valid_until=day_end(section.travel_on),
        is_flexible=not claims,
        claims=claims,
    )


def find_product_bundle(
    sandbox: Sandbox, product: Product, party: list[Traveller], first_day: date, service_class: int
) -> BundleDraft | None:
    """A touristic product for the whole party, or None when somebody cannot have it."""
    section = Section(
        origin=product.name["en"],
        origin_uic=0,
        destination=None,
        destination_uic=None,
        travel_on=first_day,
        distance_km=0,
    )
    drafts: list[Draft] = []
    for traveller in party:
        price = compute_product_price(product, traveller, service_class)
        if price is None:
            return None
        drafts.append(
            Draft(
                traveller=traveller,
                product_id=product.id,
                price=adjust_price(sandbox, price),
                label="free" if price == 0 else "",
                about="about_covered" if price == 0 else "about_pass",
                section=section,
                valid_from=day_start(first_day),
                valid_until=day_end(first_day, product.window_days or product.days),
                requires_purchase=price > 0,
                product=product,
            )
        )
    return BundleDraft(service_class, "FLEX", drafts)


def compute_group_price(part: GroupPart, distance_km: float, service_class: int) -> int:
    """What one traveller of a group's part pays one way: 30 % off, to 10 Rappen; small children and GA holders free."""
    if part.segment in {"GRUPPE_KIND_0-6_GRATIS", "GA_1_KL"} or (part.segment == "GA_2_KL" and service_class == 2):
        return 0
    reduction = {"GRUPPE_HALBTAX": "half-fare", "GA_2_KL": "ga-2nd"}.get(part.segment, "none")
    if part.segment == "HUND":
        return compute_reduced_fare(distance_km, 2)
    age = 20 if part.segment == "GRUPPE_PERSON_6-25" else 40
    fare = compute_fare(Traveller("group", "person", age, reduction), distance_km, service_class, has_adult=True)
    return -(-fare.amount * _GROUP_PER_MILLE // 10_000) * 10


def draft_group(
    sandbox: Sandbox, sections: list[Section], parts: list[GroupPart], service_class: int, product: Product | None
) -> BundleDraft:
    """One ticket for a whole group, with the price per traveller of each part; every tenth traveller goes free."""
    infos: list[tuple[int, str, int]] = []
    total = 0
    for part in parts:
        if product is not None:
            price = (
                0 if part.segment in {"GRUPPE_KIND_0-6_GRATIS", "GA_1_KL", "GA_2_KL"} else product.prices[service_class]
            )
            price = price * _GROUP_PER_MILLE // 1000
        else:
            price = sum(compute_group_price(part, section.distance_km, service_class) for section in sections)
        infos.append((part.count, part.segment, adjust_price(sandbox, price)))
        paying = part.count if part.segment == "HUND" else part.count - part.count // 10
        total += adjust_price(sandbox, price) * paying
    section, last = sections[0], sections[-1]
    draft = Draft(
        traveller=Traveller("group", "person", 0, "none"),
        product_id=GROUP if product is None else product.id,
        price=total,
        label="group",
        about="about_flexible" if product is None else "about_day_pass",
        section=section,
        valid_from=day_start(section.travel_on),
        valid_until=day_end(last.travel_on),
        direction="round" if len(sections) == 2 else "outward",
        requires_purchase=total > 0,
        product=product,
        group_infos=tuple(infos),
    )
    return BundleDraft(service_class, "FLEX", [draft])
