"""Offers for connections and routes: parties, classes, returns, day passes, groups, and what is refused."""

from datetime import date, timedelta

import pytest

from sandbox_driver import (
    ADULT,
    BERN,
    GENEVE,
    HALF_FARE,
    LUZERN,
    TRAVEL_ON,
    ZURICH_HB,
    list_prices,
    read_flexibility,
)

ROUTE = {"originId": ZURICH_HB, "destinationId": BERN, "date": TRAVEL_ON.isoformat(), "passengers": [ADULT]}


def ask_route(driver, **query):
    wanted = {**ROUTE, **query}
    return driver.call("get_route_offers", query={key: value for key, value in wanted.items() if value is not None})


def test_a_party(driver):
    party = [ADULT, "b;42;half-fare", "c;4;none", "d;10;none", "e;10;junior-card", "f;70;ga-2nd"]
    second = driver.find_bundle(*party, dogs=["rex"], bikes=["velo"])
    assert list_prices(second) == {
        "paxa": 5200, "b": 2600, "c": 0, "d": 2600, "e": 0, "f": 0, "rex": 2600, "velo": 1500,
    }  # fmt: skip
    assert second["totalPrice"] == 14_500
    first = driver.find_bundle(*party, service_class=1, dogs=["rex"], bikes=["velo"])
    assert list_prices(first) == {
        "paxa": 9200, "b": 4600, "c": 0, "d": 4600, "e": 0, "f": 2000, "rex": 2600, "velo": 1500,
    }  # fmt: skip
    types = {offer["passengerId"]: offer["offerType"] for offer in first["offers"]}
    assert types["f"] == "CLASS_UPGRADE"


def test_what_is_free_needs_no_purchase(driver):
    for passenger in ("c;4;none", "f;70;ga-1st"):
        (offer,) = driver.find_bundle(passenger)["offers"]
        assert (offer["price"], offer["requiresPurchase"]) == (0, False)
        assert "offerIdentifier" not in offer


@pytest.mark.parametrize("passengers", [[ADULT], [ADULT, "b;42;half-fare", "c;4;none"]])
def test_bundles_never_mix_classes_and_add_up(driver, passengers):
    bundles = driver.list_bundles(*passengers, dogs=["rex"])
    assert {bundle["qualityOfService"] for bundle in bundles} == {1, 2}
    for bundle in bundles:
        assert {offer["qualityOfService"] for offer in bundle["offers"]} == {bundle["qualityOfService"]}
        assert bundle["totalPrice"] == sum(offer["price"] for offer in bundle["offers"])
    identifiers = [offer.get("offerIdentifier") for bundle in bundles for offer in bundle["offers"]]
    sold = [identifier for identifier in identifiers if identifier]
    assert len(set(sold)) == len(sold)


def test_offers_are_of_one_contract_and_one_asking(driver):
    trip_id = driver.find_trip()
    one, other = (driver.find_bundle(trip_id=trip_id)["offers"][0]["offerIdentifier"] for _ in range(2))
    assert one != other


def test_prices_say_what_offers_cost(driver):
    """The list of connections shows the cheapest bundle, split over the travellers."""
    party = [ADULT, "b;42;half-fare", "c;4;none"]
    trips = [trip["tripId"] for trip in driver.list_trips()]
    for service_class in (1, 2):
        body = {"passengers": party, "tripIds": trips, "qualityOfService": service_class}
        entries = driver.call("get_prices", body=body).document
        assert [entry["tripId"] for entry in entries] == [trip_id for trip_id in trips for _ in party]
        for trip_id in trips:
            ours = [entry for entry in entries if entry["tripId"] == trip_id]
            bundles = driver.list_bundles(*party, trip_id=trip_id)
            of_class = [
                bundle
                for bundle in bundles
                if bundle["qualityOfService"] == service_class
                and read_flexibility(bundle) in {"SPAR", "FLEX"}
                and bundle["offers"][0]["productId"] != 4001
            ]
            cheapest = min(of_class, key=lambda bundle: bundle["totalPrice"])
            assert {entry["passengerId"]: entry["price"] for entry in ours} == list_prices(cheapest)
            assert any(entry["superSaver"] for entry in ours) is (read_flexibility(cheapest) == "SPAR")


def test_prices_of_a_product(driver):
    body = {"passengers": [ADULT], "tripIds": [driver.find_trip()], "productId": 125}
    (entry,) = driver.call("get_prices", body=body).document
    assert (entry["price"], entry["productId"], entry["superSaver"]) == (5200, 125, False)
    assert driver.call("get_prices", body={**body, "productId": 7}).status == 204


def test_return_on_the_same_day_is_one_ticket(driver):
    out, back = driver.find_trip(), driver.find_trip(BERN, ZURICH_HB, time="18:00")
    bundle = driver.find_bundle(HALF_FARE, trip_id=out, returnTripId=back, bikes=["velo"])
    assert [(offer["direction"], offer["price"]) for offer in bundle["offers"]] == [("round", 5200), ("round", 1500)]
    booking = driver.sell(bundle, velo={"kind": "bike"})
    item = driver.call("get_booking", bookingId=booking["bookingId"]).document["bookings"][0]
    assert (item["tripType"], item["price"]) == ("Return", 5200)


def test_return_on_another_day_is_two_tickets(driver):
    out = driver.find_trip()
    back = driver.find_trip(BERN, ZURICH_HB, day=TRAVEL_ON + timedelta(days=2), time="18:00")
    bundle = driver.find_bundle(HALF_FARE, trip_id=out, returnTripId=back)
    assert [(offer["direction"], offer["price"]) for offer in bundle["offers"]] == [("outward", 2600), ("return", 2600)]
    days = [offer["ticketValidity"]["from"]["date"] for offer in bundle["offers"]]
    assert days == ["2026-12-01", "2026-12-03"]
    assert len(driver.sell(bundle)["tickets"]) == 2


def test_return_before_the_way_out(driver):
    out, back = driver.find_trip(time="18:00"), driver.find_trip(BERN, ZURICH_HB, time="10:00")
    answer = driver.call("get_offers", query={"tripId": out, "returnTripId": back, "passengers": [ADULT]})
    assert (answer.status, answer.code) == (400, "offers/return-too-early")


def test_day_passes_where_they_pay(driver):
    """Zürich–Genève and back with half-fare costs more than a day pass; Zürich–Bern one way does not nearly."""
    out, back = driver.find_trip(ZURICH_HB, GENEVE), driver.find_trip(GENEVE, ZURICH_HB, time="19:00")
    far = driver.list_bundles(HALF_FARE, trip_id=out, returnTripId=back)
    products = {(bundle["offers"][0]["productId"], bundle["qualityOfService"]): bundle["totalPrice"] for bundle in far}
    assert products[4001, 2] == 7500
    assert products[2361, 2] == 4900, "a week ahead, with half-fare"
    near = {bundle["offers"][0]["productId"] for bundle in driver.list_bundles(HALF_FARE)}
    assert near == {125, 4004}


def test_a_day_pass_needs_half_fare(driver):
    query = {"validFromDate": TRAVEL_ON.isoformat(), "passengers": [ADULT]}
    assert driver.call("get_product_offers", productId=4001, query=query).status == 204
    query["passengers"] = [HALF_FARE]
    bundles = driver.call("get_product_offers", productId=4001, query=query).document
    assert {bundle["qualityOfService"]: bundle["totalPrice"] for bundle in bundles} == {1: 12_700, 2: 7500}
    (ticket,) = driver.sell(bundles[0])["tickets"]
    assert ticket


def test_route_offers(driver):
    bundles = ask_route(driver).document
    flexible = [bundle for bundle in bundles if bundle["offers"][0]["productId"] == 125]
    assert {bundle["qualityOfService"]: bundle["totalPrice"] for bundle in flexible} == {1: 9200, 2: 5200}
    assert not [bundle for bundle in bundles if bundle["offers"][0]["productId"] == 4004]
    offer = flexible[0]["offers"][0]
    assert offer["ticketValidity"]["from"] == {"date": "2026-12-01"}
    (route,) = offer["routeValidity"]["routes"]
    assert (route["departure"]["uicCode"], route["destination"]["uicCode"]) == (str(ZURICH_HB), str(BERN))
    assert driver.sell(flexible[0])["tickets"]


def test_route_over_a_station_is_longer(driver):
    names = driver.sandbox.timetable
    direct = ask_route(driver).document[0]["totalPrice"]
    detour = next(bundle for bundle in ask_route(driver, viaId=[LUZERN]).document if bundle["qualityOfService"] == 2)
    assert detour["totalPrice"] > direct
    (offer,) = detour["offers"]
    assert offer["routeValidity"]["routes"][0]["viaText"] == names.get_place(LUZERN).name


def test_route_without_destination_is_a_day_pass(driver):
    bundles = ask_route(driver, destinationId=None, passengers=[HALF_FARE]).document
    assert {bundle["offers"][0]["productId"] for bundle in bundles} == {4001, 2361}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"destinationId": ZURICH_HB}, "offers/same-station"),
        ({"destinationId": 1}, "offers/location-unknown"),
        ({"originId": "x"}, "offers/parameter-invalid"),
        ({"originId": None}, "offers/parameter-missing"),
        ({"viaId": [1]}, "offers/location-unknown"),
        ({"date": "2026-11-23"}, "offers/date-not-on-sale"),
        ({"date": "2028-11-24"}, "offers/date-not-on-sale"),
        ({"date": "2026-02-30"}, "offers/parameter-invalid"),
        ({"date": "20261201"}, "offers/parameter-invalid"),
        ({"time": "25:00"}, "offers/parameter-invalid"),
        ({"passengers": []}, "offers/passengers-missing"),
        ({"passengers": ["a;-1;none"]}, "offers/passenger-age-invalid"),
        ({"passengers": ["a;200;none"]}, "offers/passenger-age-invalid"),
        ({"passengers": ["a;1.5;none"]}, "offers/passenger-age-invalid"),
        ({"passengers": ["a;;none"]}, "offers/passenger-age-invalid"),
        ({"passengers": ["a;٤٢;none"]}, "offers/passenger-age-invalid"),
        ({"passengers": ["a;42"]}, "offers/passenger-invalid"),
        ({"passengers": [";42;none"]}, "offers/passenger-invalid"),
        ({"passengers": ["a;42;gold"]}, "offers/passenger-reduction-unknown"),
        ({"passengers": ["a;42;junior-card"]}, "offers/passenger-reduction-age"),
        ({"passengers": [ADULT, ADULT]}, "offers/passenger-id-twice"),
        ({"dogs": ["paxa"]}, "offers/passenger-id-twice"),
        ({"passengers": [f"p{n};42;none" for n in range(101)]}, "offers/too-many-passengers"),
        ({"productId": "x"}, "offers/parameter-invalid"),
    ],
)
def test_questions_that_cannot_be(driver, query, code):
    answer = ask_route(driver, **query)
    assert (answer.status, answer.code) == (400, code)


def test_passengers_separated_by_commas_or_repeated(driver):
    assert ask_route(driver, passengers=f"{ADULT},b;30;none").document[0]["totalPrice"] == 10_400
    assert ask_route(driver, passengers=[ADULT, "b;30;none"]).document[0]["totalPrice"] == 10_400


def test_only_one_product(driver):
    bundles = driver.list_bundles(productId=4004)
    assert {offer["productId"] for bundle in bundles for offer in bundle["offers"]} == {4004}


@pytest.mark.parametrize("trip_id", ["", "x", "x" * 5000, "é"])
def test_trip_ids_that_cannot_be(driver, trip_id):
    answer = driver.call("get_offers", query={"tripId": trip_id, "passengers": [ADULT]})
    assert answer.status == 400
    assert driver.call("get_prices", body={"passengers": [ADULT], "tripIds": [trip_id]}).status == 400


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"tripIds": []}, "trip-ids-invalid"),
        ({"tripIds": ["x"] * 51}, "trip-ids-invalid"),
        ({"qualityOfService": 3}, "quality-of-service-invalid"),
        ({"passengers": []}, "passengers-missing"),
        ({"passengers": None}, "body-invalid"),
    ],
)
def test_prices_that_cannot_be(driver, change, code):
    body = {"passengers": [ADULT], "tripIds": [driver.find_trip()], **change}
    answer = driver.call("get_prices", body=body, is_judged=False)
    assert (answer.status, answer.code) == (400, f"prices/{code}")


GROUP = ["8;GRUPPE_PERSON_25PLUS", "2;GRUPPE_HALBTAX", "4;GRUPPE_PERSON_6-25", "2;GA_2_KL", "1;GRUPPE_KIND_0-6_GRATIS"]


def test_group_offers(driver):
    query = {"tripId": driver.find_trip(), "passengerGroups": [*GROUP, "1;HUND"]}
    bundles = {bundle["qualityOfService"]: bundle for bundle in driver.call("get_group_offers", query=query).document}
    (offer,) = bundles[2]["offers"]
    infos = {info["customerSegmentCode"]: (info["count"], info["price"]) for info in offer["passengerGroupInfos"]}
    assert infos["GRUPPE_PERSON_25PLUS"] == (8, 3640), "30 % off"
    assert infos["GRUPPE_HALBTAX"] == (2, 1820)
    assert infos["GA_2_KL"] == (2, 0)
    assert infos["HUND"] == (1, 2600)
    assert "passengerId" not in offer
    assert offer["price"] == 8 * 3640 + 2 * 1820 + 4 * 3640 + 2600
    assert bundles[1]["totalPrice"] > bundles[2]["totalPrice"]
    (ticket,) = driver.sell(bundles[2])["tickets"]
    assert ticket


def test_every_tenth_of_a_group_goes_free(driver):
    query = {"tripId": driver.find_trip(), "passengerGroups": ["20;GRUPPE_PERSON_25PLUS"]}
    assert driver.call("get_group_offers", query=query).document[0]["totalPrice"] == 18 * 3640


def test_group_product(driver):
    query = {"validFromDate": TRAVEL_ON.isoformat(), "passengerGroups": ["10;GRUPPE_PERSON_25PLUS"]}
    bundles = driver.call("get_group_product_offers", productId=80187, query=query).document
    assert {bundle["qualityOfService"] for bundle in bundles} == {1, 2}
    assert driver.sell(bundles[0])["tickets"]


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ([], "group-too-small"),
        (["9;GRUPPE_PERSON_25PLUS"], "group-too-small"),
        (["9;GRUPPE_PERSON_25PLUS", "1;HUND"], "group-too-small"),
        (["10"], "group-segment-unknown"),
        (["0;HUND"], "group-invalid"),
        (["ten;HUND"], "group-invalid"),
        (["10;ALLE"], "group-segment-unknown"),
    ],
)
def test_groups_that_cannot_be(driver, parts, code):
    answer = driver.call("get_group_offers", query={"tripId": driver.find_trip(), "passengerGroups": parts})
    assert (answer.status, answer.code) == (400, f"group-offers/{code}")


def test_a_round_trip_around_new_year(driver):
    """Days are Swiss days, in winter and in summer time."""
    for day in (date(2026, 12, 31), date(2027, 3, 28), date(2027, 7, 1)):
        bundle = driver.find_bundle(trip_id=driver.find_trip(day=day))
        validity = bundle["offers"][0]["ticketValidity"]
        assert validity["from"]["date"] == day.isoformat()
        assert validity["to"]["date"] == (day + timedelta(days=1)).isoformat()
        assert validity["to"]["time"]["hour"] == 5
