"""Payment, booking, commit, undo, reading: their clocks, and every switch for what the description leaves open."""

import pytest

from sandbox_driver import ADULT, CONTRACT, TRAVEL_ON, build_prebooking

COMMIT = {"status": "COMMITTED"}


def read_state(driver, number):
    answer = driver.call("get_booking", bookingId=number)
    return (answer.document["status"], answer.document["bookings"][0]["status"]) if answer.body else None


def undo(driver, number):
    return driver.call("delete_booking", bookingId=number).status


def fetch_ticket(driver, booking, media_type="application/pdf"):
    ticket_id = booking["tickets"][0]["ticketId"]
    return driver.call("get_ticket", bookingId=booking["bookingId"], ticketId=ticket_id, headers={"accept": media_type})


def test_a_sale(driver):
    bundle = driver.find_bundle(ADULT)
    ids = driver.hold_and_pay(bundle, reference="AB-7K3Q")
    booking = driver.book(ids).document
    (ticket,) = booking["tickets"]
    assert ticket["preBookingId"] == ids[0]
    assert ticket["externalTicketReference"] in ticket["externalTicketId"]
    read = driver.call("get_booking", bookingId=booking["bookingId"]).document
    (item,) = read["bookings"]
    assert read["bookingId"] == str(booking["bookingId"])
    assert item["price"] == bundle["totalPrice"]
    assert item["ticketId"] == str(ticket["ticketId"])
    assert item["travelDate"] == TRAVEL_ON.isoformat()
    assert item["passenger"] == {"name": "Muster", "firstName": "Ada", "dateOfBirth": "1984-02-29"}
    assert item["salesDate"] == "2026-11-24 08:00:00"
    assert (item["qualityOfService"], item["currency"], item["vat"]) == ("ZWEITE_KLASSE", "CHF", 81)
    for number in (ticket["externalTicketId"], ticket["externalTicketReference"]):
        found = driver.call("find_booking", query={"onlineTicketId": number}).document
        assert found == read


def test_ticket_numbers_differ_and_repeat_for_a_seed(driver):
    first = [driver.sell()["tickets"][0]["externalTicketReference"] for _ in range(20)]
    assert len(set(first)) == 20
    assert all(len(number) == 10 and number.isdigit() for number in first)
    driver.reset()
    assert [driver.sell()["tickets"][0]["externalTicketReference"] for _ in range(20)] == first


def test_payment_precedes_booking(driver):
    ids = [entry["preBookingId"] for entry in driver.hold(driver.find_bundle()).document["prebookings"]]
    refused = driver.book(ids)
    assert (refused.status, refused.code) == (400, "bookings/not-paid")
    assert driver.pay(ids).status == 201
    again = driver.pay(ids)
    assert (again.status, again.code) == (400, "payments/already-paid")
    assert len(driver.read_books()["payments"]) == 1
    assert driver.book(ids).status == 201


@pytest.mark.parametrize("operation", ["pay", "book"])
@pytest.mark.parametrize(
    ("ids", "status", "code"),
    [
        ([], 400, "prebooking-ids-invalid"),
        (list(range(1, 82)), 400, "prebooking-ids-invalid"),
        ([1, 1], 400, "prebooking-ids-invalid"),
        ([1], 404, "prebooking-not-found"),
        (["x"], 400, "body-invalid"),
        ([1.5], 400, "body-invalid"),
    ],
)
def test_prebooking_ids_that_cannot_be(driver, operation, ids, status, code):
    answer = getattr(driver, operation)(ids)
    assert (answer.status, answer.code.split("/")[1]) == (status, code)


def test_eighty_in_a_booking(driver):
    party = [f"p{index};42;none" for index in range(80)]
    ids = driver.hold_and_pay(driver.find_bundle(*party))
    assert len(driver.book(ids).document["tickets"]) == 80


def test_reference_too_long(driver):
    ids = [entry["preBookingId"] for entry in driver.hold(driver.find_bundle()).document["prebookings"]]
    answer = driver.pay(ids, reference="x" * 256)
    assert (answer.status, answer.code) == (400, "payments/reference-too-long")
    assert driver.read_books()["payments"] == []


def test_status_of_a_new_booking(driver):
    ids = driver.hold_and_pay(driver.find_bundle())
    assert driver.book(ids, status="FINAL").code == "bookings/body-invalid"
    assert read_state(driver, driver.book(ids, status="COMMITTED").document["bookingId"])[0] == "COMMITTED"


def test_pending_commits_itself_after_twenty_minutes(driver):
    number = driver.sell()["bookingId"]
    driver.advance(minutes=19, seconds=59)
    assert read_state(driver, number) == ("PENDING", "ZUKUNFT_GUELTIG")
    driver.advance(seconds=1)
    assert read_state(driver, number) == ("COMMITTED", "ZUKUNFT_GUELTIG")
    assert driver.read_books()["bookings"][0]["status"] == "COMMITTED"


def test_commit_ends_the_pending_time(driver):
    number = driver.sell()["bookingId"]
    assert driver.call("patch_booking", bookingId=number, body=COMMIT).status == 204
    assert read_state(driver, number)[0] == "COMMITTED"
    assert driver.call("patch_booking", bookingId=number, body=COMMIT).status == 404
    refused = driver.call("patch_booking", bookingId=number, body={"status": "PENDING"})
    assert (refused.status, refused.code) == (400, "bookings/status-invalid")


def test_no_commit_after_twenty_minutes_or_undo(driver):
    early, late = driver.sell()["bookingId"], driver.sell()["bookingId"]
    assert undo(driver, early) == 204
    assert driver.call("patch_booking", bookingId=early, body=COMMIT).status == 404
    driver.advance(minutes=20)
    assert driver.call("patch_booking", bookingId=late, body=COMMIT).status == 404


def test_undo_within_twenty_minutes(driver):
    early, late = driver.sell()["bookingId"], driver.sell()["bookingId"]
    driver.advance(minutes=19, seconds=59)
    assert undo(driver, early) == 204
    assert undo(driver, early) == 404
    assert read_state(driver, early)[1] == "STORNIERT"
    driver.advance(seconds=1)
    assert undo(driver, late) == 404
    assert read_state(driver, late)[1] == "ZUKUNFT_GUELTIG"


@pytest.mark.parametrize(
    ("is_possible", "status", "state"), [(True, 204, "STORNIERT"), (False, 404, "ZUKUNFT_GUELTIG")]
)
@pytest.mark.parametrize("how", ["booked so", "committed later"])
def test_switch_undo_after_commit(driver, is_possible, status, state, how):
    driver.switch(undo_after_commit=is_possible)
    number = driver.sell(status="COMMITTED" if how == "booked so" else "PENDING")["bookingId"]
    if how == "committed later":
        driver.call("patch_booking", bookingId=number, body=COMMIT)
    assert undo(driver, number) == status
    assert read_state(driver, number)[1] == state
    assert undo(driver, driver.sell()["bookingId"]) == 204


@pytest.mark.parametrize("mode", ["same", "refuse", "second"])
def test_switch_repeated_booking(driver, mode):
    driver.switch(repeated_booking=mode)
    ids = driver.hold_and_pay(driver.find_bundle())
    first = driver.book(ids).document
    again = driver.book(ids)
    books = driver.read_books()
    if mode == "refuse":
        assert (again.status, again.code) == (400, "bookings/already-booked")
    elif mode == "same":
        assert (again.status, again.document) == (201, first)
    else:
        assert again.status == 201
        assert again.document["bookingId"] != first["bookingId"]
        assert again.document["tickets"][0]["externalTicketId"] != first["tickets"][0]["externalTicketId"]
    count = 2 if mode == "second" else 1
    assert len(books["bookings"]) == count
    assert books["invoice_total_by_contract"][CONTRACT] == count * books["payments"][0]["amount"]


@pytest.mark.parametrize("mode", ["same", "second"])
def test_a_repeated_booking_of_other_prebookings_is_refused(driver, mode):
    """Some booked, some not: no repetition, whatever the switch says."""
    driver.switch(repeated_booking=mode)
    booked, fresh = driver.hold_and_pay(driver.find_bundle()), driver.hold_and_pay(driver.find_bundle())
    driver.book(booked)
    assert driver.book([*booked, *fresh]).code == "bookings/already-booked"


@pytest.mark.parametrize("mode", ["same", "refuse", "second"])
def test_repeated_booking_after_the_hold_would_have_lapsed(driver, mode):
    driver.switch(repeated_booking=mode)
    ids = driver.hold_and_pay(driver.find_bundle())
    driver.book(ids)
    driver.advance(minutes=31)
    assert driver.book(ids).status == (400 if mode == "refuse" else 201)


@pytest.mark.parametrize(("is_possible", "status"), [(True, 200), (False, 404)])
def test_switch_documents_while_pending(driver, is_possible, status):
    driver.switch(documents_while_pending=is_possible)
    booking = driver.sell()
    assert fetch_ticket(driver, booking).status == status
    driver.call("patch_booking", bookingId=booking["bookingId"], body=COMMIT)
    assert fetch_ticket(driver, booking).status == 200
    waiting = driver.sell()
    driver.advance(minutes=20)
    assert fetch_ticket(driver, waiting).status == 200


@pytest.mark.parametrize(("is_invoiced", "kinds"), [(True, ["payment_without_booking"]), (False, [])])
def test_switch_unbooked_payment_invoiced(driver, is_invoiced, kinds):
    driver.switch(unbooked_payment_invoiced=is_invoiced)
    ids = driver.hold_and_pay(driver.find_bundle(), reference="AB-LOST")
    amount = driver.read_books()["payments"][0]["amount"]
    driver.advance(minutes=31)
    books = driver.read_books()
    assert [line["kind"] for line in books["invoice"]] == kinds
    assert books["invoice_total_by_contract"].get(CONTRACT, 0) == (amount if is_invoiced else 0)
    assert len(books["payments_without_booking"]) == 1
    assert driver.book(ids).status == 400
    if is_invoiced:
        assert (books["invoice"][0]["reference1"], books["invoice"][0]["amount"]) == ("AB-LOST", amount)


@pytest.mark.parametrize(("mode", "state"), [("cancelled", ("PENDING", "STORNIERT")), ("nothing", None)])
def test_switch_read_after_undo(driver, mode, state):
    driver.switch(read_after_undo=mode)
    booking = driver.sell()
    undo(driver, booking["bookingId"])
    assert read_state(driver, booking["bookingId"]) == state
    reference = booking["tickets"][0]["externalTicketReference"]
    assert driver.call("find_booking", query={"onlineTicketId": reference}).status == (200 if state else 204)
    assert fetch_ticket(driver, booking).status == 404


def test_switch_price_change(driver):
    before = driver.find_bundle()["totalPrice"]
    held = driver.hold_and_pay(driver.find_bundle())
    driver.switch(price_change_rappen=240)
    assert driver.find_bundle()["totalPrice"] == before + 240
    assert driver.find_bundle("kid;4;none")["totalPrice"] == 0
    number = driver.book(held).document["bookingId"]
    item = driver.call("get_booking", bookingId=number).document["bookings"][0]
    assert item["price"] == before, "what is held keeps its price"


def test_states_of_a_ticket(driver):
    number = driver.sell()["bookingId"]
    for moment, state in (
        ("2026-11-30T23:59:59", "ZUKUNFT_GUELTIG"),
        ("2026-12-01T00:00:00", "GUELTIG"),
        ("2026-12-02T04:59:59", "GUELTIG"),
        ("2026-12-02T05:00:00", "ABGELAUFEN"),
    ):
        driver.control("POST", "clock", {"now": f"{moment}+01:00"})
        driver.tokens.clear()
        assert read_state(driver, number) == ("COMMITTED", state), moment


def test_tickets_are_there_for_a_year(driver):
    booking = driver.sell()
    driver.advance(days=365)
    assert fetch_ticket(driver, booking).status == 200
    assert read_state(driver, booking["bookingId"]) == ("COMMITTED", "ABGELAUFEN")
    driver.advance(seconds=1)
    assert fetch_ticket(driver, booking).status == 404
    assert read_state(driver, booking["bookingId"]) is None


def test_the_ticket_belongs_to_the_booking(driver):
    one, other = driver.sell(), driver.sell()
    mixed = {**one, "tickets": other["tickets"]}
    assert fetch_ticket(driver, mixed).status == 404


def test_language_of_the_booking_is_the_documents(driver):
    bundle = driver.find_bundle()
    answer = driver.call("post_prebooking", body=build_prebooking(bundle))
    ids = [entry["preBookingId"] for entry in answer.document["prebookings"]]
    driver.pay(ids)
    body = {"prebookingIds": ids, "status": "PENDING"}
    booking = driver.call("post_booking", body=body, headers={"accept-language": "fr"}).document
    assert "Voyageur" in fetch_ticket(driver, booking, "text/html").body.decode()
