"""Prebookings: exclusive for 30 minutes, all or nothing, for the right traveller."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest

from b2p_sandbox.sale.prebookings import compute_age
from sandbox_driver import ADULT, BORN_ON, HALF_FARE, NOW, TRAVEL_ON, build_prebooking, list_prices


def test_hold_lasts_half_an_hour_and_names_no_price(driver):
    bundle = driver.find_bundle(ADULT)
    (entry,) = driver.hold(bundle).document["prebookings"]
    assert set(entry) == {"preBookingId", "offerIdentifier", "validityPeriod"}
    assert entry["offerIdentifier"] == bundle["offers"][0]["offerIdentifier"]
    period = {key: datetime.fromisoformat(value) for key, value in entry["validityPeriod"].items()}
    assert period["from"] == NOW
    assert (period["to"] - period["from"]).total_seconds() == 1800


def test_an_offer_is_held_once(driver):
    bundle = driver.find_bundle()
    assert driver.hold(bundle).status == 201
    again = driver.hold(bundle)
    assert (again.status, again.code) == (400, "prebookings/offer-already-prebooked")
    driver.advance(minutes=14)
    assert driver.hold(bundle).code == "prebookings/offer-already-prebooked"


def test_offers_live_a_quarter_of_an_hour(driver):
    bundle, other = driver.find_bundle(), driver.find_bundle()
    assert {offer["offerValidity"]["to"] for offer in bundle["offers"]} == {"2026-11-24T07:15:00Z"}
    driver.advance(minutes=14, seconds=59)
    assert driver.hold(bundle).status == 201
    driver.advance(seconds=1)
    assert driver.hold(other).code == "prebookings/offer-expired"


def test_long_gone_offers_are_unknown(driver):
    bundle = driver.find_bundle()
    driver.advance(hours=2)
    assert driver.hold(bundle).code == "prebookings/offer-expired"
    driver.advance(minutes=16)
    answer = driver.hold(bundle)
    assert (answer.status, answer.code) == (404, "prebookings/offer-not-found")
    assert not driver.sandbox.store.offers
    assert not driver.sandbox.store.bundles


def test_offers_made_to_expire(driver):
    bundle = driver.find_bundle()
    assert driver.control("POST", "expire", {"offers": True})["offers"] > 0
    assert driver.hold(bundle).code == "prebookings/offer-expired"


def test_what_lapsed_cannot_be_paid_or_booked(driver):
    ids = [entry["preBookingId"] for entry in driver.hold(driver.find_bundle()).document["prebookings"]]
    paid = driver.hold_and_pay(driver.find_bundle())
    driver.advance(minutes=29, seconds=59)
    late = driver.hold_and_pay(driver.find_bundle())
    assert driver.book(late).status == 201
    driver.advance(seconds=1)
    assert driver.pay(ids).code == "payments/prebooking-expired"
    refused = driver.book(paid)
    assert (refused.status, refused.code) == (400, "bookings/prebooking-expired")


def test_prebookings_made_to_expire(driver):
    ids = [entry["preBookingId"] for entry in driver.hold(driver.find_bundle()).document["prebookings"]]
    sold = driver.hold_and_pay(driver.find_bundle())
    driver.book(sold)
    assert driver.control("POST", "expire", {"prebookings": True})["prebookings"] == 1
    assert driver.pay(ids).code == "payments/prebooking-expired"


def test_lapsing_when_the_clock_went_back(driver):
    """A hold made at a later hour must not keep an earlier one from lapsing."""
    driver.control("POST", "clock", {"advance_seconds": 6 * 3600})
    later = driver.hold_and_pay(driver.find_bundle())
    driver.control("POST", "clock", {"advance_seconds": -6 * 3600})
    driver.tokens.clear()
    earlier = driver.hold_and_pay(driver.find_bundle())
    driver.advance(minutes=31)
    assert driver.book(earlier).code == "bookings/prebooking-expired"
    assert driver.book(later).status == 201


def test_many_holds_lapse_at_once(driver):
    trip_id = driver.find_trip()
    party = [f"p{index};42;none" for index in range(40)]
    for _ in range(3):
        assert driver.hold(driver.find_bundle(*party, trip_id=trip_id)).status == 201
    driver.advance(minutes=30)
    books = driver.read_books()
    assert len(books["prebookings"]) == 120
    assert all(entry["has_lapsed"] for entry in books["prebookings"])


def test_a_bundle_is_held_whole(driver):
    bundle = driver.find_bundle(ADULT, "paxb;30;none")
    body = build_prebooking(bundle)
    answer = driver.call("post_prebooking", body=body[:1])
    assert (answer.status, answer.code) == (400, "prebookings/bundle-incomplete")
    twice = [{**body[0], "offerPrebookings": body[0]["offerPrebookings"] * 2}]
    assert driver.call("post_prebooking", body=twice).code == "prebookings/offer-twice"
    assert driver.read_books()["prebookings"] == []


def test_all_or_nothing(driver):
    """One traveller's wrong date of birth: nothing is held, the other's offer can still be had."""
    bundle = driver.find_bundle(ADULT, "paxb;30;none")
    born = {"dateOfBirth": "1996-06-06"}
    wrong = driver.hold(bundle, paxb={"dateOfBirth": "1990-06-06"})
    assert (wrong.status, wrong.code) == (400, "prebookings/age-does-not-match")
    assert driver.read_books()["prebookings"] == []
    assert driver.hold(bundle, paxb=born).status == 201


def test_several_bundles_in_one_hold(driver):
    one, other = driver.find_bundle(), driver.find_bundle(HALF_FARE)
    held = driver.hold(one, other)
    assert len(held.document["prebookings"]) == 2
    ids = [entry["preBookingId"] for entry in held.document["prebookings"]]
    assert driver.pay(ids).status == 201
    part = driver.book(ids[:1])
    assert (part.status, part.code) == (400, "bookings/prebookings-incomplete")
    booking = driver.book(ids)
    assert [ticket["preBookingId"] for ticket in booking.document["tickets"]] == ids
    amount = driver.read_books()["bookings"][0]["amount"]
    assert amount == sum(list_prices(one).values()) + sum(list_prices(other).values())


@pytest.mark.parametrize(
    ("born_on", "on_day", "age"),
    [
        (date(1984, 2, 29), date(2026, 2, 28), 41),
        (date(1984, 2, 29), date(2026, 3, 1), 42),
        (date(1984, 2, 29), date(2028, 2, 29), 44),
        (date(2010, 12, 1), date(2026, 12, 1), 16),
        (date(2010, 12, 2), date(2026, 12, 1), 15),
    ],
)
def test_age(born_on, on_day, age):
    assert compute_age(born_on, on_day) == age


def test_age_counts_on_the_day_of_travel(driver):
    """Fifteen today, sixteen on the day: the offer for sixteen is the right one."""
    born = {"dateOfBirth": TRAVEL_ON.replace(year=2010).isoformat()}
    assert driver.hold(driver.find_bundle("kid;15;none"), kid=born).code == "prebookings/age-does-not-match"
    assert driver.hold(driver.find_bundle("kid;16;none"), kid=born).status == 201


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"firstname": ""}, "name-invalid"),
        ({"lastname": "   "}, "name-invalid"),
        ({"lastname": "x" * 51}, "name-invalid"),
        ({"firstname": "a\u0000b"}, "name-invalid"),
        ({"firstname": "a\u202eb\u0007"}, "name-invalid"),
        ({"dateOfBirth": "29.02.1984"}, "date-of-birth-invalid"),
        ({"dateOfBirth": "2026-11-25"}, "date-of-birth-invalid"),
        ({"dateOfBirth": "1899-12-31"}, "date-of-birth-invalid"),
        ({"dateOfBirth": "1984-02-30"}, "date-of-birth-invalid"),
        ({"id": "someone-else"}, "traveller-wrong"),
        ({"kind": "dog"}, "traveller-wrong"),
        ({"firstname": 7}, "body-invalid"),
    ],
)
def test_people_that_cannot_be(driver, change, code):
    answer = driver.hold(driver.find_bundle(), paxa=change)
    assert (answer.status, answer.code) == (400, f"prebookings/{code}")
    assert driver.read_books()["prebookings"] == []


@pytest.mark.parametrize("name", ["Ø", "Nguyễn Thị Ánh", "O’Brien-Łęcki", "王小明", "<b>Bold</b>", "x" * 50])
def test_names_that_can_be(driver, name):
    driver.sell(driver.find_bundle(), paxa={"firstname": name})
    assert driver.read_books()["bookings"][0]["tickets"][0]["first_name"] == name


def test_date_of_birth_as_date_time(driver):
    born = f"{BORN_ON}T00:00:00.000Z"
    assert driver.hold(driver.find_bundle(), paxa={"dateOfBirth": born}).status == 201


def test_owners_of_dogs_and_bicycles(driver):
    bundle = driver.find_bundle(ADULT, dogs=["rex"], bikes=["velo"])
    people = {"rex": {"kind": "dog"}, "velo": {"kind": "bike"}}
    body = build_prebooking(bundle, **people)
    for entry in body:
        entry.get("dog", {}).pop("owner", None)
    assert driver.call("post_prebooking", body=body).code == "prebookings/owner-missing"
    both = [{**entry, "passenger": body[0]["passenger"]} for entry in body]
    assert driver.call("post_prebooking", body=both).code == "prebookings/traveller-missing"
    assert driver.hold(bundle, **people).status == 201


def test_sales_parameters(driver):
    query = {"validFromDate": TRAVEL_ON.isoformat(), "passengers": [ADULT]}
    (bundle, *_) = driver.call("get_product_offers", productId=4103, query=query).document
    (parameter,) = bundle["offers"][0]["salesParameter"]
    assert (parameter["key"], parameter["optional"]) == ("STS_HERKUNFTSLAND", False)
    assert "CH" not in parameter["possibleValues"]
    body = build_prebooking(bundle)
    body[0]["offerPrebookings"][0]["salesParameter"] = {}
    missing = driver.call("post_prebooking", body=body)
    assert (missing.code, missing.document["detail"]) == ("prebookings/sales-parameter-missing", "STS_HERKUNFTSLAND")
    body[0]["offerPrebookings"][0]["salesParameter"] = {"STS_HERKUNFTSLAND": "CH"}
    assert driver.call("post_prebooking", body=body).code == "prebookings/sales-parameter-invalid"
    body[0]["offerPrebookings"][0]["salesParameter"] = {"STS_HERKUNFTSLAND": "JP"}
    assert driver.call("post_prebooking", body=body).status == 201


@pytest.mark.parametrize("body", [b"", b"{", b"null", b"{}", b"[1]", b'[{"offerPrebookings": "x"}]', b"\xff"])
def test_broken_bodies(driver, body):
    answer = driver.call("post_prebooking", body=body)
    assert (answer.status, answer.code) == (400, "prebookings/body-invalid")


def test_other_media_type(driver):
    answer = driver.call("post_prebooking", body=[], headers={"content-type": "text/plain"})
    assert answer.status == 415


def test_one_of_many_wins(timetable):
    """Over HTTP, at once: exactly one prebooking of an offer."""
    from b2p_sandbox.server import start_sandbox
    from sandbox_http import HttpCaller

    with start_sandbox(timetable=timetable) as running, HttpCaller(running.url) as caller:
        bundle = caller.find_bundle()
        body = build_prebooking(bundle)
        with ThreadPoolExecutor(12) as pool:
            statuses = list(pool.map(lambda _: caller.call("POST", "/api/v2/prebookings", body).status, range(12)))
        assert sorted(statuses) == [201] + [400] * 11
