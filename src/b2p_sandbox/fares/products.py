"""The catalogue: network products and touristic products. Money in Rappen.

Prices look like those of 2025, but none was taken from a price list and none is right for any other purpose than
trying out a sale.
"""

from datetime import date
from typing import Literal

import msgspec

from b2p_sandbox.fares.tariff import round_up_to_step
from b2p_sandbox.fares.texts import get_label
from b2p_sandbox.records import SalesParameter
from b2p_sandbox.travellers import CHILD_UNTIL_AGE, FREE_UNTIL_AGE, YOUTH_UNTIL_AGE, Traveller

SINGLE, SAVER, DAY_PASS, SAVER_DAY_PASS, BIKE, UPGRADE, GROUP, GROUP_DAY_PASS = (
    125,
    4004,
    4001,
    2361,
    1205,
    2140,
    196,
    80187,
)

# Countries of residence that entitle to a Swiss Travel Pass: all but Switzerland and Liechtenstein;
# a selection by ISO 3166.
COUNTRIES = [
    "AE",
    "AR",
    "AT",
    "AU",
    "BE",
    "BG",
    "BR",
    "CA",
    "CL",
    "CN",
    "CO",
    "CZ",
    "DE",
    "DK",
    "EE",
    "EG",
    "ES",
    "FI",
    "FR",
    "GB",
    "GR",
    "HK",
    "HR",
    "HU",
    "ID",
    "IE",
    "IL",
    "IN",
    "IS",
    "IT",
    "JP",
    "KR",
    "LT",
    "LU",
    "LV",
    "MX",
    "MY",
    "NL",
    "NO",
    "NZ",
    "PH",
    "PL",
    "PT",
    "QA",
    "RO",
    "RS",
    "SA",
    "SE",
    "SG",
    "SI",
    "SK",
    "TH",
    "TR",
    "TW",
    "UA",
    "US",
    "VN",
    "ZA",
]
COUNTRY_PARAMETER = SalesParameter("STS_HERKUNFTSLAND", "TEXT", False, COUNTRIES)

Kind = Literal["network", "pass", "card", "excursion", "group"]


class Product(msgspec.Struct, frozen=True, kw_only=True):
    """Something in the catalogue. `prices`: full price by class; `days`: days of validity from the first.

    `window_days` is set for flexible passes: their travel days lie within so many days. `season` is (month, day) of the
    first and last day of travel in every year. `half_fare_percent` of the price is what half-fare holders pay.
    """

    id: int
    name: dict[str, str]
    kind: Kind
    prices: dict[int, int]
    days: int = 1
    window_days: int | None = None
    youth_prices: dict[int, int] | None = None
    half_fare_percent: int = 100
    child_percent: int = 50
    needs_country: bool = False
    season: tuple[tuple[int, int], tuple[int, int]] | None = None
    endpoints: tuple[str, ...] = ("product",)


def _same(name: str) -> dict[str, str]:
    return dict.fromkeys(("de", "fr", "it", "en"), name)


def _count_days(name: str, days: int) -> dict[str, str]:
    words = {"de": "Tage", "fr": "jours", "it": "giorni", "en": "days"}
    return {language: f"{name} {days} {word}" for language, word in words.items()}


def _list_travel_passes() -> list[Product]:
    days = (3, 4, 6, 8, 15)
    second = (24400, 29500, 37900, 41900, 45900)
    first = (38900, 46900, 60200, 66500, 72300)
    flex_second = (27900, 33900, 40500, 43900, 47200)
    flex_first = (44500, 53900, 64400, 69700, 74300)
    passes: list[Product] = []
    for index, count in enumerate(days):
        for product_id, label, prices, window in (
            (4100 + count, "Swiss Travel Pass", {2: second[index], 1: first[index]}, None),
            (4200 + count, "Swiss Travel Pass Flex", {2: flex_second[index], 1: flex_first[index]}, 31),
        ):
            passes.append(
                Product(
                    id=product_id,
                    name=_count_days(label, count),
                    kind="pass",
                    prices=prices,
                    # the youth pass costs about 70.5 % of the adults' one, in whole francs
                    youth_prices={key: round_up_to_step(price * 705 // 1000, 100) for key, price in prices.items()},
                    days=count,
                    window_days=window,
                    needs_country=True,
                )
            )
    return passes


def _list_regional_passes() -> list[Product]:
    rows = (
        (4301, "Berner Oberland Pass", 4, 28000, 33600, ((4, 1), (11, 2))),
        (4302, "Jungfrau Travel Pass", 3, 19000, 19000, ((4, 1), (12, 1))),
        (4303, "Tell-Pass", 3, 21000, 21000, None),
        (4304, "graubündenPASS", 5, 14000, 23200, None),
        (4305, "Ticino Discovery Pass", 3, 8700, 8700, ((3, 15), (11, 15))),
    )
    return [
        Product(
            id=product_id,
            name=_count_days(name, days),
            kind="pass",
            prices={2: second} if first == second else {2: second, 1: first},
            days=days,
            half_fare_percent=75,
            season=season,
        )
        for product_id, name, days, second, first, season in rows
    ]


def _list_excursions() -> list[Product]:
    rows = (
        (4401, "Jungfraujoch – Top of Europe", 22300, None),
        (4402, "Schilthorn – Piz Gloria", 11140, None),
        (4403, "Titlis", 9800, None),
        (4404, "Pilatus", 7800, None),
        (4405, "Rigi", 7800, None),
        (4406, "Gornergrat", 11400, None),
        (4407, "Glacier 3000", 8000, None),
        (4408, "Rochers-de-Naye", 7000, None),
        (4409, "Brienzer Rothorn", 9600, ((6, 1), (10, 26))),
        (4410, "Säntis", 5800, None),
    )
    return [
        Product(
            id=product_id, name=_same(name), kind="excursion", prices={2: price}, half_fare_percent=50, season=season
        )
        for product_id, name, price, season in rows
    ]


def _named(key: str) -> dict[str, str]:
    return {language: get_label(key, language) for language in ("de", "fr", "it", "en")}


def build_catalogue() -> dict[int, Product]:
    """Every product by its number."""
    trip_route = ("trip", "route")
    products = [
        Product(id=SINGLE, name=_named("single"), kind="network", prices={2: 0, 1: 0}, endpoints=trip_route),
        Product(id=SAVER, name=_named("saver"), kind="network", prices={2: 0, 1: 0}, endpoints=("trip",)),
        Product(id=UPGRADE, name=_named("upgrade"), kind="network", prices={1: 0}, endpoints=trip_route),
        Product(
            id=DAY_PASS,
            name=_named("day_pass"),
            kind="network",
            prices={2: 0, 1: 0},
            endpoints=(*trip_route, "product"),
        ),
        Product(
            id=SAVER_DAY_PASS,
            name=_named("saver_day_pass"),
            kind="network",
            prices={2: 0, 1: 0},
            endpoints=(*trip_route, "product"),
        ),
        Product(id=BIKE, name=_named("bike"), kind="network", prices={2: 0}, endpoints=(*trip_route, "product")),
        Product(id=GROUP, name=_named("group"), kind="group", prices={2: 0, 1: 0}, endpoints=("trip",)),
        Product(
            id=GROUP_DAY_PASS,
            name=_named("group_day_pass"),
            kind="group",
            prices={2: 7500, 1: 12700},
            endpoints=("product",),
        ),
        *_list_travel_passes(),
        Product(
            id=4120,
            name=_same("Swiss Half Fare Card"),
            kind="card",
            prices={2: 15000},
            days=30,
            child_percent=100,
            needs_country=True,
        ),
        *_list_regional_passes(),
        *_list_excursions(),
    ]
    return {product.id: product for product in products}


def compute_product_price(product: Product, traveller: Traveller, service_class: int) -> int | None:
    """What a traveller pays for a touristic product in a class; 0 is free, None means not sold to this traveller.

    Children under 6 are free, under 16 pay `child_percent`; under 25 pay the youth price where there is one.
    """
    full = product.prices.get(service_class)
    if full is None or traveller.kind != "person":
        return None
    if traveller.age < FREE_UNTIL_AGE:
        return 0 if product.kind != "card" else None
    if traveller.age < CHILD_UNTIL_AGE:
        return round_up_to_step(full * product.child_percent // 100, 10)
    if product.youth_prices is not None and traveller.age < YOUTH_UNTIL_AGE:
        return product.youth_prices[service_class]
    has_reduction = traveller.reduction in {
        "half-fare",
        "swiss-half-fare-card",
        "ga-1st",
        "ga-2nd",
        "swiss-travel-pass",
    }
    if has_reduction and product.half_fare_percent < 100:
        return round_up_to_step(full * product.half_fare_percent // 100, 10)
    return full


def is_in_season(product: Product, day: date) -> bool:
    """Whether a product can be used on a day."""
    if product.season is None:
        return True
    first, last = product.season
    return first <= (day.month, day.day) <= last


def _list_segments(product: Product, language: str) -> list[dict[str, object]]:
    rows: list[tuple[str, str, int | None, int | None, str, str]] = []
    if product.kind == "group":
        return [
            _render_segment("GRUPPE_PERSON_25PLUS", get_label("adult", language), 25, None, "person", "none"),
            _render_segment("GRUPPE_PERSON_6-25", get_label("youth", language), 6, 24, "person", "none"),
            _render_segment("GRUPPE_HALBTAX", get_label("half_fare", language), 16, None, "person", "half-fare"),
            _render_segment("GA_1_KL", get_label("ga_1", language), None, None, "person", "ga-1st"),
            _render_segment("GA_2_KL", get_label("ga_2", language), None, None, "person", "ga-2nd"),
            _render_segment("GRUPPE_KIND_0-6_GRATIS", get_label("child", language), 0, 5, "person", "none"),
            _render_segment("HUND", get_label("dog", language), None, None, "dog", "none"),
        ]
    if product.id == BIKE:
        return [_render_segment("VELO", get_label("bike", language), None, None, "bicycle", "none")]
    youngest_adult = YOUTH_UNTIL_AGE if product.youth_prices else CHILD_UNTIL_AGE
    rows.append(("ERWACHSENER", get_label("adult", language), youngest_adult, None, "person", "none"))
    if product.youth_prices:
        rows.append(
            ("JUGENDLICHER", get_label("youth", language), CHILD_UNTIL_AGE, YOUTH_UNTIL_AGE - 1, "person", "none")
        )
    rows.append(("KIND", get_label("child", language), FREE_UNTIL_AGE, CHILD_UNTIL_AGE - 1, "person", "none"))
    if product.half_fare_percent < 100 or product.kind == "network":
        rows.append(("HALBTAX", get_label("half_fare", language), CHILD_UNTIL_AGE, None, "person", "half-fare"))
    if product.id in {SINGLE, DAY_PASS}:
        rows.append(("HUND", get_label("dog", language), None, None, "dog", "none"))
    return [_render_segment(*row) for row in rows]


def _render_segment(
    code: str, title: str, min_age: int | None, max_age: int | None, traveller_type: str, reduction: str
) -> dict[str, object]:
    segment: dict[str, object] = {"code": code, "title": title, "travellerType": traveller_type, "reduction": reduction}
    if min_age is not None:
        segment["minAge"] = min_age
    if max_age is not None:
        segment["maxAge"] = max_age
    return segment


def render_product(product: Product, language: str, today: date) -> dict[str, object]:
    """A catalogue entry over the wire; sold this year and the next, for travel until the end of the next."""
    document: dict[str, object] = {
        "id": product.id,
        "description": product.name[language],
        "qualityOfService": sorted(product.prices),
        "sellableFrom": f"{today.year}-01-01",
        "sellableUntil": f"{today.year + 1}-12-31",
        "validFrom": f"{today.year}-01-01",
        "validTo": f"{today.year + 1}-12-31",
        "offerEndpoints": list(product.endpoints),
        "customerSegments": _list_segments(product, language),
    }
    if product.season is not None:
        (first_month, first_day), (last_month, last_day) = product.season
        document["usefulLifeFrom"] = f"{today.year}-{first_month:02d}-{first_day:02d}"
        document["usefulLifeUntil"] = f"{today.year}-{last_month:02d}-{last_day:02d}"
    return document
