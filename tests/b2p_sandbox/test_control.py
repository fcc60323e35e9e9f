"""The control interface: clock, switches, fault rules, logs, reset; unknown input is refused, not ignored."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from b2p_sandbox.clock import Clock
from b2p_sandbox.operations import OPERATION_NAMES
from sandbox_driver import CONTRACT, NOW


def send(driver, method, path, body=b""):
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return driver.send(method, f"/control/{path}", "", {}, content)


def read_now(driver):
    return datetime.fromisoformat(driver.control("GET", "clock")["now"])


def test_the_clock_stands_and_moves(driver):
    assert read_now(driver) == NOW
    assert driver.control("GET", "clock")["is_frozen"] is True
    driver.control("POST", "clock", {"advance_seconds": 90.5})
    assert read_now(driver) == NOW + timedelta(seconds=90.5)
    driver.control("POST", "clock", {"now": "2027-01-01T00:00:00Z", "advance_seconds": -60})
    assert read_now(driver) == datetime(2026, 12, 31, 23, 59, tzinfo=UTC)


def test_the_clock_runs_on(driver):
    driver.control("POST", "clock", {"frozen": False})
    one, other = read_now(driver), read_now(driver)
    assert NOW <= one < other < NOW + timedelta(seconds=30)
    driver.control("POST", "clock", {"now": "2027-01-01T00:00:00Z"})
    passed = read_now(driver) - datetime(2027, 1, 1, tzinfo=UTC)
    assert timedelta(0) <= passed < timedelta(seconds=30)


def test_reset_goes_back_to_real_time(driver):
    driver.control("POST", "reset")
    assert abs(read_now(driver) - datetime.now(tz=UTC)) < timedelta(seconds=30)
    assert driver.control("GET", "clock")["is_frozen"] is False


def test_freezing_twice_and_resuming_twice():
    clock = Clock()
    clock.set_now(NOW)
    clock.freeze()
    stood = clock.now()
    clock.freeze()
    assert clock.now() == stood
    clock.resume()
    clock.resume()
    assert timedelta(0) <= clock.now() - stood < timedelta(seconds=30)


def test_switches_keep_what_is_not_named(driver):
    before = driver.control("GET", "switches")
    assert before == {
        "repeated_booking": "refuse",
        "undo_after_commit": True,
        "documents_while_pending": True,
        "unbooked_payment_invoiced": False,
        "read_after_undo": "cancelled",
        "price_change_rappen": 0,
        "saver_tickets": True,
        "service_status": "OK",
        "service_message": None,
    }
    assert driver.control("PUT", "switches", {"repeated_booking": "same"}) == {**before, "repeated_booking": "same"}
    assert driver.control("PUT", "switches", {"price_change_rappen": 5})["repeated_booking"] == "same"
    driver.reset()
    assert driver.control("GET", "switches") == before


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("PUT", "switches", {"repeated_booking": "maybe"}, 400),
        ("PUT", "switches", {"unknown": 1}, 400),
        ("PUT", "switches", {"undo_after_commit": "yes"}, 400),
        ("PUT", "switches", b"{", 400),
        ("POST", "clock", {"now": "2026-12-01T08:00:00"}, 400),
        ("POST", "clock", {"advance": 5}, 400),
        ("PUT", "faults", {"rules": [{"operation": "*", "kind": "nonsense"}]}, 400),
        ("PUT", "faults", {"rules": [{"operation": "*", "kind": "delay_before", "typo": 1}]}, 400),
        ("PUT", "faults", {"rules": [{"operation": "book", "kind": "delay_before"}]}, 400),
        ("PUT", "switches", {"price_change_rappen": 10**30}, 400),
        ("POST", "clock", {"advance_seconds": 1e300}, 400),
        ("POST", "clock", {"now": "9999-12-31T23:59:59+00:00"}, 400),
        ("POST", "clock", {"now": "0001-01-01T00:00:00+14:00"}, 400),
        ("POST", "clock", {"now": "2099-12-31T00:00:00+00:00", "advance_seconds": 1e8, "frozen": False}, 400),
        ("PUT", "faults", {}, 400),
        ("PUT", "faults", {"rules": [{"operation": "*", "kind": "delay_before", "seconds": -1}]}, 400),
        ("PUT", "faults", {"rules": [{"operation": "*", "kind": "error_before", "status": 200}]}, 400),
        ("PUT", "faults", {"rules": [{"operation": "*", "kind": "error_before", "probability": 1.1}]}, 400),
        ("PUT", "faults", {"rules": [{"operation": "*", "kind": "error_before", "nth": [1, 0]}]}, 400),
        ("POST", "expire", {"all": True}, 400),
        ("POST", "expire", b"\xff", 400),
        ("GET", "nothing", b"", 404),
        ("DELETE", "books", b"", 404),
    ],
)
def test_orders_that_cannot_be(driver, method, path, body, status):
    switches, clock = driver.control("GET", "switches"), driver.control("GET", "clock")
    answer = send(driver, method, path, body)
    assert answer.status == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert (driver.control("GET", "switches"), driver.control("GET", "clock")) == (switches, clock)
    assert driver.control("GET", "faults") == []


def test_names_of_operations(driver):
    names = driver.control("GET", "operations")
    assert names == list(OPERATION_NAMES)
    import b2p_sandbox.control

    for name in names:
        assert name in b2p_sandbox.control.__doc__


def test_the_log_of_requests(driver):
    driver.call("get_products", headers={"accept-language": "fr"})
    driver.sell()
    (entry,) = driver.control("GET", "requests?operation=get_products")
    assert (entry["method"], entry["path"], entry["status"]) == ("GET", "/api/products", 200)
    assert entry["headers"]["accept-language"] == "fr"
    assert entry["contract_id"] == CONTRACT
    assert entry["headers"]["authorization"] == "…"
    assert "Bearer" not in json.dumps(driver.control("GET", "requests"))
    operations = [entry["operation"] for entry in driver.control("GET", "requests")]
    assert operations[-4:] == ["get_offers", "post_prebooking", "post_payment", "post_booking"]


def test_counts_go_on_when_the_log_is_full(driver):
    for _ in range(2100):
        driver.call("get_status")
    assert len(driver.control("GET", "requests")) == 2000
    assert driver.control("GET", "counts")[CONTRACT]["get_status"] == 2100
    driver.call("get_products", contract="ACP9")
    assert driver.control("GET", "counts")["ACP9"] == {"get_products": 1}


def test_reset_forgets_everything(driver):
    booking = driver.sell()
    driver.set_faults({"operation": "*", "kind": "delay_before", "seconds": 0})
    driver.reset()
    assert driver.read_books()["bookings"] == []
    assert driver.control("GET", "faults") == []
    assert driver.control("GET", "requests") == []
    assert driver.call("get_booking", bookingId=booking["bookingId"]).status == 204


def test_a_body_that_is_too_large(driver):
    answer = driver.call("post_payment", body=b"[" + b"1," * 600_000, is_judged=False)
    assert (answer.status, answer.code) == (413, "access/body-too-large")
    assert send(driver, "PUT", "switches", b" " * 1_100_000).status == 413
