"""The catalogue: travel passes, cards, regional passes, excursions; who pays what, when, and with which inputs."""

import pytest

from sandbox_driver import ADULT, TRAVEL_ON

PASS_DAYS = (3, 4, 6, 8, 15)


def ask(driver, product_id, *passengers, day="2026-12-01"):
    query = {"validFromDate": day, "passengers": list(passengers or (ADULT,))}
    answer = driver.call("get_product_offers", productId=product_id, query=query)
    assert answer.status in {200, 204}, answer
    return {bundle["qualityOfService"]: bundle for bundle in answer.document} if answer.body else {}


def test_the_catalogue_has_what_was_asked_for(driver):
    products = {product["id"]: product for product in driver.call("get_products").document}
    names = {number: product["description"] for number, product in products.items()}
    for days in PASS_DAYS:
        assert names[4100 + days] == f"Swiss Travel Pass {days} days"
        assert names[4200 + days] == f"Swiss Travel Pass Flex {days} days"
    assert names[4120] == "Swiss Half Fare Card"
    assert sum(4300 < number < 4400 for number in names) >= 4
    assert sum(4400 < number < 4500 for number in names) >= 8
    for product in products.values():
        assert product["customerSegments"]
        assert product["offerEndpoints"]
        alone = driver.call("get_product", productId=product["id"]).document
        assert alone == product


def test_every_product_can_be_bought_where_it_says(driver):
    for product in driver.call("get_products").document:
        if "product" not in product["offerEndpoints"] or product["id"] in {80187, 1205}:
            continue
        day = product.get("usefulLifeFrom", "2026-12-15").replace("2026-0", "2027-0")
        found = ask(driver, product["id"], "paxa;42;half-fare", day=day)
        assert set(found) == set(product["qualityOfService"]), product["description"]
        assert driver.sell(found[2], paxa={"dateOfBirth": "1984-06-29" if day > "2027" else "1984-02-29"})


@pytest.mark.parametrize(
    ("passenger", "second", "first"),
    [
        ("a;42;none", 24_400, 38_900),
        ("a;25;none", 24_400, 38_900),
        ("a;24;none", 17_300, 27_500),
        ("a;16;none", 17_300, 27_500),
        ("a;15;none", 12_200, 19_450),
        ("a;6;none", 12_200, 19_450),
        ("a;5;none", 0, 0),
        ("a;42;half-fare", 24_400, 38_900),
    ],
)
def test_swiss_travel_pass(driver, passenger, second, first):
    found = ask(driver, 4103, passenger)
    assert {service_class: bundle["totalPrice"] for service_class, bundle in found.items()} == {2: second, 1: first}


@pytest.mark.parametrize(("product_id", "last_day"), [(4103, "2026-12-04"), (4203, "2027-01-01"), (4115, "2026-12-16")])
def test_validity_of_passes(driver, product_id, last_day):
    """Consecutive days, or days within a month for the flexible ones; until five in the morning after."""
    validity = ask(driver, product_id)[2]["offers"][0]["ticketValidity"]
    assert (validity["from"]["date"], validity["to"]["date"]) == ("2026-12-01", last_day)
    assert validity["to"]["time"]["hour"] == 5


def test_longer_passes_cost_more_but_less_a_day(driver):
    for base in (4100, 4200):
        prices = [ask(driver, base + days)[2]["totalPrice"] for days in PASS_DAYS]
        assert prices == sorted(prices)
        rates = [price / days for price, days in zip(prices, PASS_DAYS, strict=True)]
        assert rates == sorted(rates, reverse=True)


@pytest.mark.parametrize("product_id", [4103, 4203, 4120])
def test_products_for_visitors_ask_for_the_country(driver, product_id):
    (parameter,) = ask(driver, product_id)[2]["offers"][0]["salesParameter"]
    assert (parameter["key"], parameter["type"], parameter["optional"]) == ("STS_HERKUNFTSLAND", "TEXT", False)
    assert {"DE", "US", "JP"} <= set(parameter["possibleValues"])
    assert not {"CH", "LI"} & set(parameter["possibleValues"])


def test_others_ask_for_nothing(driver):
    assert ask(driver, 4401)[2]["offers"][0]["salesParameter"] == []


def test_half_fare_on_excursions_and_regional_passes(driver):
    assert ask(driver, 4404)[2]["totalPrice"] == 7800
    for reduction in ("half-fare", "swiss-half-fare-card", "ga-2nd", "swiss-travel-pass"):
        assert ask(driver, 4404, f"a;42;{reduction}")[2]["totalPrice"] == 3900
    assert ask(driver, 4303, "a;42;half-fare")[2]["totalPrice"] == 15_750


def test_out_of_season(driver):
    assert ask(driver, 4409, day="2027-05-31") == {}
    assert ask(driver, 4409, day="2027-06-01")
    assert ask(driver, 4409, day="2027-10-26")
    assert ask(driver, 4409, day="2027-10-27") == {}
    (segment_dates,) = [
        (product["usefulLifeFrom"], product["usefulLifeUntil"])
        for product in driver.call("get_products").document
        if product["id"] == 4409
    ]
    assert segment_dates == ("2026-06-01", "2026-10-26")


@pytest.mark.parametrize(
    ("day", "is_sold"), [("2026-11-23", False), ("2026-11-24", True), ("2027-12-31", True), ("2028-01-01", False)]
)
def test_days_on_sale(driver, day, is_sold):
    assert bool(ask(driver, 4103, day=day)) is is_sold


def test_a_product_for_all_or_none(driver):
    """Dogs and bicycles have no travel pass, children under six no card."""
    query = {"validFromDate": TRAVEL_ON.isoformat(), "passengers": [ADULT], "dogs": ["rex"]}
    assert driver.call("get_product_offers", productId=4103, query=query).status == 204
    assert ask(driver, 4120, "a;5;none") == {}
    assert ask(driver, 4120, "a;10;none")[2]["totalPrice"] == 15_000


def test_a_bicycle_alone(driver):
    query = {"validFromDate": TRAVEL_ON.isoformat(), "bikes": ["velo"]}
    (bundle,) = driver.call("get_product_offers", productId=1205, query=query).document
    assert bundle["totalPrice"] == 1500
    assert driver.sell(bundle, velo={"kind": "bike"})["tickets"]


@pytest.mark.parametrize(("product_id", "status"), [("x", 400), ("-1", 204), ("999999", 204), ("9" * 30, 400)])
def test_products_that_do_not_exist(driver, product_id, status):
    query = {"validFromDate": TRAVEL_ON.isoformat(), "passengers": [ADULT]}
    assert driver.call("get_product_offers", productId=product_id, query=query).status == status
    assert driver.call("get_product", productId=product_id).status == 404


def test_names_read_well_in_four_languages(driver):
    """What a seller sees: days are said, and what has a name of its own in a language bears it."""
    names: dict[str, dict[int, str]] = {}
    for language in ("de", "fr", "it", "en"):
        listed = driver.call("get_products", headers={"accept-language": language}).document
        names[language] = {product["id"]: product["description"] for product in listed}
        assert all("ß" not in name and name == name.strip() for name in names[language].values())
        assert len(set(names[language].values())) == len(listed)
    assert names["de"][4103] == "Swiss Travel Pass 3 Tage"
    assert names["fr"][4301] == "Berner Oberland Pass 4 jours"
    assert [names[language][80187] for language in ("de", "en")] == ["Gruppen-Tageskarte", "Group Day Pass"]
