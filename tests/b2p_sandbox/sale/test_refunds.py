"""Refunds: reasons, offers of 20 minutes, and what comes back."""

import pytest

from sandbox_driver import ADULT, HALF_FARE, TRAVEL_ON


@pytest.fixture
def sell_committed(driver):
    def sell(*bundles, **people):
        return driver.sell(*(bundles or (driver.find_bundle(),)), status="COMMITTED", **people)

    return sell


def ask_offer(driver, *ticket_ids):
    return driver.call("get_refund_offers", query={"ticketIds": list(ticket_ids), "refundReasonId": "NICHT_BENUTZT"})


def read_offer(answer):
    assert answer.status == 200, answer
    (offer,) = answer.document["refundOfferPackage"]["refundOffers"]
    return offer


def list_tickets(booking):
    return [ticket["ticketId"] for ticket in booking["tickets"]]


def find_pass(driver, product_id, *passengers):
    query = {"validFromDate": TRAVEL_ON.isoformat(), "passengers": list(passengers or (ADULT,))}
    return driver.call("get_product_offers", productId=product_id, query=query).document[0]


def test_a_refund(driver, sell_committed):
    booking = sell_committed(driver.find_bundle(ADULT, "b;42;none"))
    first, second = list_tickets(booking)
    number = booking["bookingId"]
    reasons = driver.call("get_refund_reasons", bookingId=number).document
    assert [entry["ticketId"] for entry in reasons] == [str(first), str(second)]
    assert {reason["reasonId"] for entry in reasons for reason in entry["refundReasons"]} == {"NICHT_BENUTZT"}
    offer = read_offer(ask_offer(driver, first))
    assert (offer["originalPrice"], offer["excess"], offer["usedPart"]) == (5200, 1000, 0)
    assert offer["refundableAmount"] == 4200
    (done,) = driver.call("post_refund", body={"refundOfferIds": [offer["refundOfferId"]]}).document
    assert done["bookingId"] == number
    items = driver.call("get_booking", bookingId=number).document["bookings"]
    assert [item["status"] for item in items] == ["ERSTATTET", "ZUKUNFT_GUELTIG"]
    assert ["refundData" in item for item in items] == [False, True]
    books = driver.read_books()
    assert [(line["kind"], line["amount"]) for line in books["invoice"]] == [
        ("ticket", 5200),
        ("refund", -4200),
        ("ticket", 5200),
    ]
    assert driver.call("delete_booking", bookingId=number).status == 404


def test_refund_of_several_tickets_at_once(driver, sell_committed):
    tickets = list_tickets(sell_committed(driver.find_bundle(ADULT, "b;42;half-fare")))
    offer = read_offer(ask_offer(driver, *tickets))
    assert (offer["originalPrice"], offer["excess"], offer["refundableAmount"]) == (7800, 2000, 5800)
    done = driver.call("post_refund", body={"refundOfferIds": [offer["refundOfferId"]]}).document
    assert len({entry["savTicketId"] for entry in done}) == 2
    assert sum(line["amount"] for line in driver.read_books()["invoice"]) == 2000


def test_a_ticket_is_refunded_once(driver, sell_committed):
    (ticket,) = list_tickets(sell_committed())
    one, other = (read_offer(ask_offer(driver, ticket))["refundOfferId"] for _ in range(2))
    both = driver.call("post_refund", body={"refundOfferIds": [one, other]})
    assert (both.status, both.code) == (400, "refunds/ticket-twice")
    assert driver.call("post_refund", body={"refundOfferIds": [one]}).status == 200
    for number in (one, other):
        again = driver.call("post_refund", body={"refundOfferIds": [number]})
        assert (again.status, again.code) == (400, "refunds/already-refunded")
    assert ask_offer(driver, ticket).status == 204
    assert len([line for line in driver.read_books()["invoice"] if line["kind"] == "refund"]) == 1


def test_refund_offers_live_twenty_minutes(driver, sell_committed):
    (ticket,) = list_tickets(sell_committed())
    offer = read_offer(ask_offer(driver, ticket))
    driver.advance(minutes=20)
    answer = driver.call("post_refund", body={"refundOfferIds": [offer["refundOfferId"]]})
    assert (answer.status, answer.code) == (400, "refunds/refund-offer-expired")
    fresh = read_offer(ask_offer(driver, ticket))
    driver.advance(minutes=19, seconds=59)
    assert driver.call("post_refund", body={"refundOfferIds": [fresh["refundOfferId"]]}).status == 200


def test_savers_are_never_refunded(driver, sell_committed):
    booking = sell_committed(driver.find_bundle(HALF_FARE, kind="SPAR"))
    assert driver.call("get_refund_reasons", bookingId=booking["bookingId"]).status == 204
    offer = read_offer(ask_offer(driver, *list_tickets(booking)))
    assert offer["refundableAmount"] == 0
    assert offer["excess"] == offer["originalPrice"]
    answer = driver.call("post_refund", body={"refundOfferIds": [offer["refundOfferId"]]})
    assert (answer.status, answer.code) == (400, "refunds/nothing-refundable")


def test_passes_one_by_one(driver, sell_committed):
    booking = sell_committed(find_pass(driver, 4104, ADULT, "b;42;none"))
    tickets = list_tickets(booking)
    reasons = driver.call("get_refund_reasons", bookingId=booking["bookingId"]).document
    assert all(reason["onlyIndividuallyRefundable"] for entry in reasons for reason in entry["refundReasons"])
    together = ask_offer(driver, *tickets)
    assert (together.status, together.code) == (400, "refunds/only-individually-refundable")
    offer = read_offer(ask_offer(driver, tickets[0]))
    assert (offer["originalPrice"], offer["refundableAmount"]) == (29_500, 28_500)


@pytest.mark.parametrize(
    ("day", "used", "back"),
    [(30, 0, 28_500), (1, 7375, 21_125), (2, 14_750, 13_750), (4, 29_500, 0), (9, 29_500, 0)],
)
def test_passes_in_use_lose_the_days_begun(driver, sell_committed, day, used, back):
    """A pass of four days at CHF 295.00 from the first of December on."""
    (ticket,) = list_tickets(sell_committed(find_pass(driver, 4104)))
    month = 11 if day == 30 else 12
    driver.control("POST", "clock", {"now": f"2026-{month}-{day:02d}T09:00:00+01:00"})
    driver.tokens.clear()
    offer = read_offer(ask_offer(driver, ticket))
    assert (offer["usedPart"], offer["refundableAmount"]) == (used, back)
    assert offer["usedPart"] + offer["excess"] + offer["refundableAmount"] == offer["originalPrice"]


def test_pending_bookings_are_undone_not_refunded(driver):
    booking = driver.sell()
    answer = ask_offer(driver, *list_tickets(booking))
    assert (answer.status, answer.code) == (400, "refunds/booking-pending")
    driver.advance(minutes=20)
    assert ask_offer(driver, *list_tickets(booking)).status == 200


def test_undone_bookings_are_not_refunded(driver, sell_committed):
    booking = sell_committed()
    (ticket,) = list_tickets(booking)
    offer = read_offer(ask_offer(driver, ticket))
    assert driver.call("delete_booking", bookingId=booking["bookingId"]).status == 204
    assert driver.call("get_refund_reasons", bookingId=booking["bookingId"]).status == 204
    assert ask_offer(driver, ticket).status == 204
    answer = driver.call("post_refund", body={"refundOfferIds": [offer["refundOfferId"]]})
    assert answer.code == "refunds/already-refunded"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"ticketIds": []}, "refunds/ticket-ids-invalid"),
        ({"ticketIds": [1, 1]}, "refunds/ticket-ids-invalid"),
        ({"ticketIds": ["x"]}, "refunds/parameter-invalid"),
        ({"ticketIds": [1]}, "refunds/ticket-not-found"),
        ({"ticketIds": [1], "refundReasonId": "OTHER"}, "refunds/reason-unknown"),
    ],
)
def test_refund_offers_that_cannot_be(driver, query, code):
    answer = driver.call("get_refund_offers", query=query)
    assert (answer.status, answer.code) == (400, code)


@pytest.mark.parametrize("ids", [[], [1, 1], "x", [1.5]])
def test_refunds_that_cannot_be(driver, ids):
    assert driver.call("post_refund", body={"refundOfferIds": ids}).status == 400


def test_tiny_prices_give_nothing_back(driver, sell_committed):
    """The excess of CHF 10 takes all of a ticket for less."""
    near = driver.find_trip(8503000, 8503006)
    booking = sell_committed(driver.find_bundle(ADULT, trip_id=near))
    offer = read_offer(ask_offer(driver, *list_tickets(booking)))
    assert offer["originalPrice"] == 300
    assert (offer["excess"], offer["refundableAmount"]) == (300, 0)
