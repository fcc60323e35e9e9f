"""The books add up, after any history of sales, undos, refunds and lapses."""

import random
from collections import Counter

import pytest

from sandbox_driver import ADULT, CONTRACT, HALF_FARE


def test_an_empty_machine(driver):
    books = driver.read_books()
    assert {key: value for key, value in books.items() if key != "now"} == {
        "bookings": [],
        "payments": [],
        "payments_without_booking": [],
        "prebookings": [],
        "invoice": [],
        "invoice_total_by_contract": {},
        "places_taken": {},
    }


def test_what_a_sale_leaves(driver):
    bundle = driver.find_bundle(ADULT, "b;42;half-fare")
    booking = driver.sell(bundle, reference="AB-7K3Q")
    books = driver.read_books()
    (entry,), (payment,) = books["bookings"], books["payments"]
    assert entry["booking_id"] == booking["bookingId"]
    assert (entry["reference1"], entry["reference2"]) == ("AB-7K3Q", "customer 7")
    assert (entry["contract_id"], entry["status"], entry["is_cancelled"]) == (CONTRACT, "PENDING", False)
    assert entry["amount"] == payment["amount"] == bundle["totalPrice"] == 7800
    assert [ticket["price"] for ticket in entry["tickets"]] == [5200, 2600]
    assert [ticket["reference"] for ticket in entry["tickets"]] == [
        ticket["externalTicketReference"] for ticket in booking["tickets"]
    ]
    assert payment["booking_ids"] == [booking["bookingId"]]
    assert [(line["kind"], line["amount"], line["reference1"]) for line in books["invoice"]] == [
        ("ticket", 5200, "AB-7K3Q"),
        ("ticket", 2600, "AB-7K3Q"),
    ]
    assert {held["payment_id"] for held in books["prebookings"]} == {payment["payment_id"]}


def sell_at_random(driver, dice, contract):
    """One history: how far a sale went, and what became of it."""
    passengers = dice.choice([[ADULT], [HALF_FARE], [ADULT, "b;42;half-fare"], ["b;42;none", "c;4;none"]])
    kind = dice.choice(["FLEX", "SPAR"])
    bundle = driver.find_bundle(*passengers, kind=kind, contract=contract) or driver.find_bundle(
        *passengers, contract=contract
    )
    outcome = dice.choice(["held", "paid", "booked", "committed", "undone", "refunded", "refunded"])
    held = driver.hold(bundle, contract=contract)
    if held.status != 201:
        return {"sold": 0, "outcome": "refused"}
    ids = [entry["preBookingId"] for entry in held.document["prebookings"]]
    if outcome == "held":
        return {"sold": 0, "outcome": outcome}
    driver.pay(ids, contract=contract, reference=f"AB-{ids[0]}")
    if outcome == "paid":
        return {"sold": 0, "outcome": outcome}
    status = "PENDING" if outcome in {"booked", "undone"} else "COMMITTED"
    booking = driver.book(ids, status=status, contract=contract).document
    sold = bundle["totalPrice"]
    if outcome == "undone":
        assert driver.call("delete_booking", bookingId=booking["bookingId"], contract=contract).status == 204
        sold = 0
    if outcome == "refunded" and kind == "FLEX":
        ticket_id = booking["tickets"][0]["ticketId"]
        found = driver.call("get_refund_offers", query={"ticketIds": ticket_id}, contract=contract).document
        (offer,) = found["refundOfferPackage"]["refundOffers"]
        if offer["refundableAmount"]:
            body = {"refundOfferIds": [offer["refundOfferId"]]}
            assert driver.call("post_refund", body=body, contract=contract).status == 200
            sold -= offer["refundableAmount"]
    return {"sold": sold, "outcome": outcome}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("is_invoiced", [True, False])
def test_any_history_adds_up(driver, seed, is_invoiced):
    driver.switch(unbooked_payment_invoiced=is_invoiced)
    dice = random.Random(seed)
    expected = Counter({"ACP1": 0, "ACP2": 0})
    outcomes = Counter()
    for _ in range(40):
        contract = dice.choice(["ACP1", "ACP2"])
        result = sell_at_random(driver, dice, contract)
        expected[contract] += result["sold"]
        outcomes[result["outcome"]] += 1
        driver.advance(seconds=dice.choice([0, 60, 300]))
    assert len(outcomes) >= 6, "every kind of history occurred"
    books = driver.read_books()
    unbooked = {payment["payment_id"]: payment for payment in books["payments"] if not payment["booking_ids"]}
    assert set(books["payments_without_booking"]) == set(unbooked)
    assert len(unbooked) == outcomes["paid"]
    if is_invoiced:
        for payment in unbooked.values():
            expected[payment["contract_id"]] += payment["amount"]
    assert books["invoice_total_by_contract"] == dict(expected)
    assert_consistent(books)
    for contract in expected:
        own = driver.read_books(contract)
        assert own["invoice_total_by_contract"] == {contract: expected[contract]}
        assert {booking["contract_id"] for booking in own["bookings"]} == {contract}


def assert_consistent(books):
    """Amounts agree wherever the books state them twice."""
    prebookings = {entry["prebooking_id"]: entry for entry in books["prebookings"]}
    payments = {entry["payment_id"]: entry for entry in books["payments"]}
    for payment in payments.values():
        assert payment["amount"] == sum(prebookings[number]["price"] for number in payment["prebooking_ids"])
    for booking in books["bookings"]:
        assert booking["amount"] == sum(ticket["price"] for ticket in booking["tickets"])
        assert all(ticket["price"] == prebookings[ticket["prebooking_id"]]["price"] for ticket in booking["tickets"])
    lines = Counter((line["kind"], line["ticket_id"], line["payment_id"]) for line in books["invoice"])
    assert max(lines.values()) == 1, "no line twice"
    for line in books["invoice"]:
        payment = payments[line["payment_id"]]
        assert line["reference1"] == payment["reference1"]
        assert line["contract_id"] == payment["contract_id"]
