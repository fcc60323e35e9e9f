"""Every kind of fault over a real socket: what the client sees, and whether it was done all the same."""

import http.client
import time
from collections.abc import Iterator

import pytest

from b2p_sandbox.server import RunningSandbox, start_sandbox
from sandbox_driver import build_prebooking
from sandbox_http import HttpCaller


@pytest.fixture(scope="module")
def running(timetable) -> Iterator[RunningSandbox]:
    with start_sandbox(timetable=timetable) as sandbox:
        yield sandbox


@pytest.fixture
def caller(running) -> Iterator[HttpCaller]:
    with HttpCaller(running.url) as caller:
        caller.control("POST", "reset")
        caller.token = caller.fetch_token()
        yield caller


@pytest.fixture
def order(caller) -> dict:
    """The body of a booking that would succeed."""
    held = caller.call("POST", "/api/v2/prebookings", build_prebooking(caller.find_bundle())).document
    ids = [entry["preBookingId"] for entry in held["prebookings"]]
    assert caller.call("POST", "/api/v2/payments/b2b/sbb/invoice", {"prebookingIds": ids}).status == 201
    return {"prebookingIds": ids, "status": "PENDING"}


def strike(caller: HttpCaller, kind: str, **values) -> None:
    caller.control("PUT", "faults", {"rules": [{"operation": "post_booking", "kind": kind, **values}]})


def book(caller: HttpCaller, order: dict, timeout_seconds: float = 10):
    return caller.call("POST", "/api/v2/bookings", order, timeout_seconds=timeout_seconds)


def count_bookings(caller: HttpCaller) -> int:
    return len(caller.control("GET", "books")["bookings"])


def read_item(caller: HttpCaller, path: str) -> dict:
    return caller.call("GET", path).document["bookings"][0]


@pytest.mark.parametrize(("kind", "done"), [("reset_before", 0), ("reset_after", 1)])
def test_reset(caller, order, kind, done):
    strike(caller, kind)
    with pytest.raises(ConnectionResetError):
        book(caller, order)
    assert count_bookings(caller) == done


@pytest.mark.parametrize(("kind", "done"), [("error_before", 0), ("error_after", 1)])
@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_server_error(caller, order, kind, done, status):
    strike(caller, kind, status=status)
    assert book(caller, order).status == status
    assert count_bookings(caller) == done


@pytest.mark.parametrize(("kind", "done"), [("delay_before", 0), ("delay_after", 1)])
def test_delay(caller, order, kind, done):
    """A client that does not wait: nothing was done yet, or it was."""
    strike(caller, kind, seconds=0.6)
    with pytest.raises(TimeoutError):
        book(caller, order, timeout_seconds=0.2)
    assert count_bookings(caller) == done
    time.sleep(0.6)
    assert count_bookings(caller) == 1


def test_truncated_body(caller, order):
    strike(caller, "truncated_body")
    with pytest.raises(http.client.IncompleteRead) as caught:
        book(caller, order)
    assert caught.value.partial.startswith(b'{"bookingId":')
    assert caught.value.expected
    assert count_bookings(caller) == 1


def test_slow_trickle(caller, order):
    strike(caller, "slow_trickle", seconds=0.4)
    began = time.monotonic()
    answer = book(caller, order)
    assert time.monotonic() - began >= 0.4
    assert answer.document["bookingId"] == caller.control("GET", "books")["bookings"][0]["booking_id"]


def test_wrong_content_type(caller, order):
    strike(caller, "wrong_content_type")
    answer = book(caller, order)
    assert (answer.status, answer.headers["content-type"]) == (201, "text/html")
    assert answer.document["bookingId"]


def test_too_many_requests(caller, order):
    strike(caller, "too_many_requests", seconds=7)
    answer = book(caller, order)
    assert (answer.status, answer.headers["retry-after"]) == (429, "7")
    assert count_bookings(caller) == 0


def test_token_expired(caller, order):
    strike(caller, "token_expired", nth=1)
    assert (book(caller, order).status, book(caller, order).status) == (401, 401)
    assert count_bookings(caller) == 0
    caller.token = caller.fetch_token()
    assert book(caller, order).status == 201


def test_answers_that_say_something_else(caller, order):
    strike(caller, "invalid_json")
    with pytest.raises(ValueError, match="Expecting"):
        _ = book(caller, order).document
    caller.control("PUT", "switches", {"repeated_booking": "same"})
    plain = caller.control("GET", "books")["bookings"][0]
    strike(caller, "wrong_shape")
    assert book(caller, order).document == {"unexpected": [{"shape": True}]}
    strike(caller, "no_content")
    assert (book(caller, order).status, book(caller, order).body) == (204, b"")
    strike(caller, "extra_fields")
    answer = book(caller, order).document
    assert answer["somethingNew"] == answer["tickets"][0]["somethingNew"] == {"added": "later"}
    assert answer["bookingId"] == plain["booking_id"]
    assert count_bookings(caller) == 1


def test_values_that_changed(caller, order):
    booking_id = book(caller, order).document["bookingId"]
    path = f"/api/v2/bookings/{booking_id}"
    plain = read_item(caller, path)
    for kind, field, value in (
        ("price_offset", "price", plain["price"] + 250),
        ("unknown_enum", "status", "SOMETHING_NEW"),
    ):
        rule = {"operation": "get_booking", "kind": kind, "amount": 250}
        caller.control("PUT", "faults", {"rules": [rule]})
        assert read_item(caller, path)[field] == value
    caller.control("PUT", "faults", {"rules": []})
    assert read_item(caller, path) == plain


def test_the_second_booking_is_done_and_then_cut(caller, order):
    """A script: nothing but the call that was named is hit, and other operations do not count."""
    strike(caller, "reset_after", nth=2)
    assert book(caller, order).status == 201
    with pytest.raises(ConnectionResetError):
        caller.control("PUT", "switches", {"repeated_booking": "second"})
        book(caller, order)
    assert book(caller, order).status == 201
    assert count_bookings(caller) == 3
    assert [rule["struck"] for rule in caller.control("GET", "faults")] == [1]


def list_struck(driver, rule: dict, seed: int, calls: int = 60) -> list[bool]:
    driver.set_faults({"operation": "get_networks", "kind": "error_before", **rule}, seed=seed)
    return [driver.call("get_networks", is_judged=False).status == 503 for _ in range(calls)]


def test_probability_is_drawn_from_a_seed(driver):
    struck = list_struck(driver, {"probability": 0.3}, seed=5)
    assert 8 <= sum(struck) <= 28
    assert list_struck(driver, {"probability": 0.3}, seed=5) == struck
    assert list_struck(driver, {"probability": 0.3}, seed=6) != struck
    assert not any(list_struck(driver, {"probability": 0.0}, seed=5))
    assert all(list_struck(driver, {"probability": 1.0}, seed=5))


def test_limits_of_a_rule(driver):
    assert list_struck(driver, {"nth": [1, 3]}, seed=1, calls=4) == [True, False, True, False]
    assert list_struck(driver, {"times": 2}, seed=1, calls=4) == [True, True, False, False]
    assert not any(list_struck(driver, {"contract_id": "ACP9999"}, seed=1, calls=4))
    assert all(list_struck(driver, {"operation": "*"}, seed=1, calls=4))


def test_several_rules_strike_one_call(caller, order):
    rules = [
        {"operation": "post_booking", "kind": "delay_before", "seconds": 0.3},
        {"operation": "*", "kind": "reset_after"},
    ]
    caller.control("PUT", "faults", {"rules": rules})
    began = time.monotonic()
    with pytest.raises(ConnectionResetError):
        book(caller, order)
    assert time.monotonic() - began >= 0.3
    assert count_bookings(caller) == 1
