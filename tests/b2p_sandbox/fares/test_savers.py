"""Saver tickets: bound to trains, with places that run out and prices that rise; the same for saver day passes."""

from datetime import timedelta

import pytest

from b2p_sandbox.fares.savers import (
    DISCOUNTS_PERCENT,
    SaverPlaces,
    compute_saver_price,
    find_day_pass_level,
    is_saver_on_sale,
)
from sandbox_driver import ADULT, HALF_FARE, NOW, TRAVEL_ON, ZURICH_HB, list_prices


@pytest.fixture
def trip_id(driver):
    """A connection with savers at the lowest price."""
    for trip in driver.list_trips():
        bundle = driver.find_bundle(ADULT, kind="SPAR", trip_id=trip["tripId"])
        if bundle is not None and bundle["totalPrice"] == 2080:
            return trip["tripId"]
    raise AssertionError("no connection with savers at 60 % off")


def list_levels(driver, trip_id, limit=60):
    """The prices at which one saver after the other is held, until there are none."""
    prices = []
    while len(prices) < limit:
        bundle = driver.find_bundle(ADULT, kind="SPAR", trip_id=trip_id)
        if bundle is None:
            return prices
        assert driver.hold(bundle).status == 201
        prices.append(bundle["totalPrice"])
    raise AssertionError("places never run out")


def test_prices_rise_and_places_run_out(driver, trip_id):
    prices = list_levels(driver, trip_id)
    assert prices == sorted(prices)
    assert set(prices) <= {2080, 2600, 3120, 3640, 4160}
    assert len(set(prices)) >= 4
    assert driver.find_bundle(ADULT, kind="FLEX", trip_id=trip_id)["totalPrice"] == 5200
    (entry,) = driver.call("get_prices", body={"passengers": [ADULT], "tripIds": [trip_id]}).document
    assert (entry["price"], entry["superSaver"]) == (5200, False)


def test_places_are_the_same_for_a_seed(driver, trip_id):
    prices = list_levels(driver, trip_id)
    driver.reset()
    assert list_levels(driver, trip_id) == prices


def test_lapsed_holds_give_places_back(driver, trip_id):
    prices = list_levels(driver, trip_id)
    driver.advance(minutes=30)
    assert driver.read_books()["places_taken"].keys()
    assert not any(driver.read_books()["places_taken"].values())
    assert list_levels(driver, trip_id) == prices


def test_undone_sales_give_places_back(driver, trip_id):
    bundle = driver.find_bundle(ADULT, kind="SPAR", trip_id=trip_id)
    taken = driver.read_books()["places_taken"]
    booking = driver.sell(bundle)
    driver.advance(minutes=19)
    assert sum(driver.read_books()["places_taken"].values()) == sum(taken.values()) + 1
    driver.call("delete_booking", bookingId=booking["bookingId"])
    assert not any(driver.read_books()["places_taken"].values())


@pytest.mark.parametrize("is_first_undone", [True, False])
def test_a_place_sold_twice_comes_back_once(driver, trip_id, is_first_undone):
    """With the switch that allows a second booking of the same prebooking."""
    driver.switch(repeated_booking="second")
    ids = driver.hold_and_pay(driver.find_bundle(ADULT, kind="SPAR", trip_id=trip_id))
    first, second = (driver.book(ids).document["bookingId"] for _ in range(2))
    order = (first, second) if is_first_undone else (second, first)
    driver.call("delete_booking", bookingId=order[0])
    assert sum(driver.read_books()["places_taken"].values()) == 1
    driver.call("delete_booking", bookingId=order[1])
    assert sum(driver.read_books()["places_taken"].values()) == 0


def test_sold_places_stay_taken(driver, trip_id):
    driver.sell(driver.find_bundle(ADULT, kind="SPAR", trip_id=trip_id))
    driver.advance(hours=3)
    assert sum(driver.read_books()["places_taken"].values()) == 1


def test_an_offer_at_yesterdays_price_is_sold_out(driver, trip_id):
    """Both offers are for the last place at the lowest price: one of them gets it, the other is told."""
    first = driver.find_bundle(ADULT, kind="SPAR", trip_id=trip_id)
    rivals = [first]
    while (rival := driver.find_bundle(ADULT, kind="SPAR", trip_id=trip_id))["totalPrice"] == first["totalPrice"]:
        rivals.append(rival)
        held = driver.find_bundle(ADULT, kind="SPAR", trip_id=trip_id)
        if held["totalPrice"] == first["totalPrice"]:
            assert driver.hold(held).status == 201
    before = driver.read_books()
    refused = driver.hold(first)
    assert (refused.status, refused.code) == (400, "prebookings/quota-exhausted")
    after = driver.read_books()
    assert after["places_taken"] == before["places_taken"]
    assert len(after["prebookings"]) == len(before["prebookings"])


def test_a_party_is_never_split_over_prices(driver, trip_id):
    party = [f"p{index};42;none" for index in range(6)]
    bundle = driver.find_bundle(*party, kind="SPAR", trip_id=trip_id)
    assert len(set(list_prices(bundle).values())) == 1
    assert driver.find_bundle(*[f"p{index};42;none" for index in range(60)], kind="SPAR", trip_id=trip_id) is None


def test_classes_have_places_of_their_own(driver, trip_id):
    before = driver.find_bundle(ADULT, kind="SPAR", service_class=1, trip_id=trip_id)["totalPrice"]
    list_levels(driver, trip_id)
    assert driver.find_bundle(ADULT, kind="SPAR", service_class=1, trip_id=trip_id)["totalPrice"] == before


def test_savers_are_bound_to_their_train(driver, trip_id):
    bundle = driver.find_bundle(ADULT, kind="SPAR", trip_id=trip_id)
    (offer,) = bundle["offers"]
    assert (offer["refundable"], offer["exchangeable"], offer["productId"]) == (False, False, 4004)
    departure = driver.call("get_trip", tripId=trip_id).document[0]["segments"][0]["stops"][0]["departureDateTime"]
    start = offer["ticketValidity"]["from"]
    assert f"{start['date']}T{start['time']['hour']:02d}:{start['time']['minute']:02d}" == departure[:16]


def test_small_children_and_dogs_take_no_place(driver, trip_id):
    bundle = driver.find_bundle(ADULT, "kid;4;none", kind="SPAR", trip_id=trip_id, dogs=["rex"])
    assert list_prices(bundle) == {"paxa": 2080, "kid": 0, "rex": 2600}
    driver.hold(bundle, rex={"kind": "dog"})
    assert sum(driver.read_books()["places_taken"].values()) == 1


def test_no_savers(driver, trip_id):
    driver.switch(saver_tickets=False)
    kinds = {bundle["outwardCharacteristic"]["genericCharacteristic"][0]["value"] for bundle in driver.list_bundles()}
    assert kinds == {"FLEX"}
    query = {"validFromDate": TRAVEL_ON.isoformat(), "passengers": [ADULT]}
    assert driver.call("get_product_offers", productId=2361, query=query).status == 204


def test_savers_when_the_train_left(driver, trip_id):
    driver.control("POST", "clock", {"now": "2026-12-01T09:59:00+01:00"})
    driver.tokens.clear()
    fresh = driver.find_trip()
    assert driver.find_bundle(ADULT, kind="SPAR", trip_id=fresh) is not None
    driver.advance(minutes=10)
    assert driver.find_bundle(ADULT, kind="SPAR", trip_id=fresh) is None
    assert driver.find_bundle(ADULT, kind="FLEX", trip_id=fresh) is not None


@pytest.mark.parametrize(
    ("shift", "distance_km", "is_on_sale"),
    [
        (timedelta(minutes=1), 15, True),
        (timedelta(0), 100, False),
        (timedelta(days=180), 100, True),
        (timedelta(days=180, seconds=1), 100, False),
        (timedelta(days=7), 14.9, False),
    ],
)
def test_when_savers_are_on_sale(shift, distance_km, is_on_sale):
    assert is_saver_on_sale(NOW + shift, distance_km, NOW) is is_on_sale


def test_no_saver_for_a_short_way(driver):
    near = driver.find_trip(ZURICH_HB, 8503006)
    assert driver.find_bundle(ADULT, kind="SPAR", trip_id=near) is None


def test_saver_prices():
    assert [compute_saver_price(5200, level) for level in range(5)] == [2080, 2600, 3120, 3640, 4160]
    assert compute_saver_price(600, 0) == 500
    assert compute_saver_price(400, 0) == 400
    assert all(compute_saver_price(price, level) % 20 == 0 for price in (1010, 2330, 9990) for level in range(5))


def test_places_by_level():
    places = SaverPlaces(1)
    totals = [places.list_limits(f"{number}|2026-12-01|2") for number in range(400)]
    assert all(list(limits) == sorted(limits) and len(limits) == len(DISCOUNTS_PERCENT) for limits in totals)
    none = sum(limits[-1] == 0 for limits in totals)
    assert 25 <= none <= 80, "about one train in eight has no savers"
    assert totals != [SaverPlaces(2).list_limits(f"{number}|2026-12-01|2") for number in range(400)]


def test_the_scarcest_train_decides():
    places = SaverPlaces(1)
    wide = next(f"{n}|x|2" for n in range(99) if places.list_limits(f"{n}|x|2")[0] >= 4)
    narrow = next(
        f"{n}|x|2" for n in range(99) if places.list_limits(f"{n}|x|2")[0] < 2 <= places.list_limits(f"{n}|x|2")[2]
    )
    alone = places.find_level([narrow], {}, 2)
    assert places.find_level([wide], {}, 2) == 0
    assert places.find_level([wide, narrow], {}, 2) == alone > 0


@pytest.mark.parametrize(
    ("days_ahead", "taken", "places", "found"),
    [
        (60, 0, 1, (0, 20)),
        (60, 20, 1, (1, 60)),
        (60, 19, 2, (1, 60)),
        (20, 0, 1, (1, 60)),
        (0, 0, 1, (4, 320)),
        (60, 320, 1, None),
        (-1, 0, 1, None),
        (181, 0, 1, None),
    ],
)
def test_saver_day_pass_levels(days_ahead, taken, places, found):
    assert find_day_pass_level(days_ahead, taken, places) == found


def test_saver_day_passes_run_out(driver):
    """Dearer from one to the next level, then gone: 320 places in second class on a day far enough."""
    query = {"validFromDate": "2027-01-20", "passengers": [f"p{index};42;half-fare" for index in range(20)]}
    seen = []
    for _ in range(16):
        answer = driver.call("get_product_offers", productId=2361, query=query)
        bundle = next(entry for entry in answer.document if entry["qualityOfService"] == 2)
        seen.append(bundle["totalPrice"] // 20)
        assert driver.hold(bundle, **{f"p{index}": {} for index in range(20)}).status == 201
    assert seen == [2900] * 1 + [3900] * 2 + [4900] * 3 + [5900] * 4 + [6900] * 6
    left = driver.call("get_product_offers", productId=2361, query=query).document
    assert {entry["qualityOfService"] for entry in left} == {1}


def test_a_saver_on_each_way_and_each_its_own_place(driver, trip_id):
    back = driver.find_trip(8507000, ZURICH_HB, time="18:00")
    bundle = driver.find_bundle(HALF_FARE, kind="SPAR", trip_id=trip_id, returnTripId=back)
    assert [offer["direction"] for offer in bundle["offers"]] == ["outward", "return"]
    driver.hold(bundle)
    assert sum(driver.read_books()["places_taken"].values()) == 2
