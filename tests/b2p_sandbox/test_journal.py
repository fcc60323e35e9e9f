"""`--journal`: what was sold survives the stand-in's end, whenever that comes."""

import pytest

from b2p_sandbox.app import create_app
from b2p_sandbox.settings import Settings
from sandbox_driver import ADULT, HALF_FARE, NOW, SandboxDriver


@pytest.fixture
def start(tmp_path, timetable):
    """Starts a stand-in on the same journal, as after a restart."""
    drivers = []

    def start_again(clock=NOW):
        app = create_app(Settings(seed=1, journal=str(tmp_path / "deep" / "journal.jsonl")), timetable=timetable)
        driver = SandboxDriver(app)
        # not by the control interface: its every call lets lapse what has lapsed by its clock, still the real one
        driver.sandbox.clock.freeze()
        driver.sandbox.clock.set_now(clock)
        drivers.append(driver)
        return driver

    yield start_again
    for driver in drivers:
        driver.sandbox.store.journal.close()
        driver.close()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "deep" / "journal.jsonl"


def test_everything_sold_is_there_again(start):
    driver = start()
    sold = driver.sell(driver.find_bundle(ADULT, kind="SPAR"), paxa={"firstname": "Zoë"})
    undone = driver.sell(driver.find_bundle(HALF_FARE, kind="SPAR"))
    driver.call("delete_booking", bookingId=undone["bookingId"])
    refunded = driver.sell(status="COMMITTED")
    query = {"ticketIds": refunded["tickets"][0]["ticketId"]}
    (offer,) = driver.call("get_refund_offers", query=query).document["refundOfferPackage"]["refundOffers"]
    driver.call("post_refund", body={"refundOfferIds": [offer["refundOfferId"]]})
    driver.hold(driver.find_bundle(ADULT, kind="SPAR"))
    before = driver.read_books()
    again = start()
    assert again.read_books() == before
    wanted = {"bookingId": sold["bookingId"], "ticketId": sold["tickets"][0]["ticketId"]}
    document = again.call("get_ticket", **wanted, headers={"accept": "text/html"})
    assert "Zoë" in document.body.decode()
    assert sum(before["places_taken"].values()) == 2, "one sold, one held"


def test_going_on_where_it_stopped(start):
    driver = start()
    ids = driver.hold_and_pay(driver.find_bundle())
    again = start()
    assert again.pay(ids).code == "payments/already-paid"
    booking = again.book(ids).document
    third = start()
    other = third.sell()
    assert other["bookingId"] > booking["bookingId"]
    numbers = {booking["tickets"][0]["externalTicketReference"], other["tickets"][0]["externalTicketReference"]}
    assert len(numbers) == 2
    assert third.call("delete_booking", bookingId=booking["bookingId"]).status == 204


def test_holds_lapse_after_a_restart(start):
    driver = start()
    driver.hold(driver.find_bundle(kind="SPAR"))
    again = start()
    again.advance(minutes=30)
    books = again.read_books()
    assert [held["has_lapsed"] for held in books["prebookings"]] == [True]
    assert not any(books["places_taken"].values())


@pytest.mark.parametrize("cut", [1, 10, 200])
def test_a_line_cut_off_by_a_crash(start, path, cut):
    driver = start()
    first = driver.sell()
    size = path.stat().st_size
    driver.sell()
    content = path.read_bytes()
    assert len(content) > size + 200
    path.write_bytes(content[: size + cut])
    again = start()
    books = again.read_books()
    assert [entry["booking_id"] for entry in books["bookings"]] == [first["bookingId"]]
    assert path.stat().st_size == size
    again.sell()
    assert len(start().read_books()["bookings"]) == 2


def test_reset_empties_the_file(start, path):
    driver = start()
    driver.sell()
    driver.control("POST", "reset")
    assert path.stat().st_size == 0
    driver.control("POST", "clock", {"now": NOW.isoformat(), "frozen": True})
    driver.tokens.clear()
    driver.sell()
    assert len(start().read_books()["bookings"]) == 1


@pytest.mark.parametrize("content", ["hello\n", "{}\n", '{"kind": "x", "record": {}, "numbers": {}}\n'])
def test_something_else_is_no_journal(start, path, content):
    path.parent.mkdir()
    path.write_text(content)
    with pytest.raises(ValueError, match=r"line 1 of .*journal\.jsonl"):
        start()
