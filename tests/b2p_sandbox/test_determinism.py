"""Same seed, same requests: the same answers, byte by byte; another seed, other ones."""

import pytest

from b2p_sandbox.app import create_app
from b2p_sandbox.settings import Settings
from sandbox_driver import BERN, GENEVE, HALF_FARE, ZURICH_HB, SandboxDriver


def record_answers(driver: SandboxDriver, monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Every answer of a day at the counter, in its order, control calls and tokens included."""
    answers: list[bytes] = []
    send = driver.send

    def note(*args, **kwargs):
        answer = send(*args, **kwargs)
        answers.append(repr((answer.status, sorted(answer.headers.items()))).encode() + answer.body)
        return answer

    driver.reset()
    with monkeypatch.context() as patch:
        patch.setattr(driver, "send", note)
        for origin, destination in ((ZURICH_HB, BERN), (GENEVE, ZURICH_HB)):
            trips = driver.list_trips(origin, destination)
            driver.call("get_prices", body={"passengers": [HALF_FARE], "tripIds": [trip["tripId"] for trip in trips]})
        driver.set_faults({"operation": "get_networks", "kind": "error_before", "probability": 0.5})
        for _ in range(10):
            driver.call("get_networks", is_judged=False)
        savers = [driver.find_bundle(HALF_FARE, kind="SPAR", trip_id=trip["tripId"]) for trip in driver.list_trips()]
        assert any(savers)
        for bundle in (driver.find_bundle(HALF_FARE), next(filter(None, savers))):
            booking = driver.sell(bundle)
            for media_type in ("application/pdf", "text/html", "application/vnd.apple.pkpass"):
                driver.call(
                    "get_ticket",
                    bookingId=booking["bookingId"],
                    ticketId=booking["tickets"][0]["ticketId"],
                    headers={"accept": media_type},
                )
        driver.advance(minutes=21)
        driver.call(
            "get_refund_offers", query={"ticketIds": [driver.read_books()["bookings"][0]["tickets"][0]["ticket_id"]]}
        )
        driver.read_books()
    return answers


def test_the_same_day_twice_and_on_another_machine(driver, timetable, monkeypatch):
    first = record_answers(driver, monkeypatch)
    assert record_answers(driver, monkeypatch) == first
    other = SandboxDriver(create_app(Settings(seed=1), timetable=timetable))
    assert record_answers(other, monkeypatch) == first
    other.close()


def test_another_seed_is_another_world(driver, timetable, monkeypatch):
    first = record_answers(driver, monkeypatch)
    other = SandboxDriver(create_app(Settings(seed=2)))
    second = record_answers(other, monkeypatch)
    other.close()
    assert len(second) == len(first)
    assert sum(one != another for one, another in zip(first, second, strict=True)) > len(first) // 2
