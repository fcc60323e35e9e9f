"""`--realistic`: how long answers take, seen without waiting for them."""

import asyncio
import threading

import pytest

from b2p_sandbox.app import create_app
from b2p_sandbox.settings import Settings
from sandbox_driver import ADULT, BERN, TRAVEL_ON, ZURICH_HB, SandboxDriver

TRIPS, OFFERS, BOOKING = (0.3, 1.0), (0.5, 2.5), (1.0, 3.0)


@pytest.fixture
def slept(monkeypatch) -> list[float]:
    """The delays that this test's sandbox asked for, none of which is waited for; servers in other threads do wait."""
    delays: list[float] = []
    sleep, here = asyncio.sleep, threading.get_ident()

    async def note(seconds: float) -> None:
        if threading.get_ident() != here:
            await sleep(seconds)
        else:
            delays.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", note)
    return delays


@pytest.fixture
def slow_driver(timetable):
    driver = SandboxDriver(create_app(Settings(seed=1, is_realistic=True), timetable=timetable))
    driver.reset()
    yield driver
    driver.close()


def test_answers_take_as_long_as_the_real_thing(slow_driver, slept):
    bundle_trip = slow_driver.find_trip()
    query = {"originId": ZURICH_HB, "destinationId": BERN, "date": TRAVEL_ON.isoformat(), "time": "10:00"}
    calls = [
        (TRIPS, "get_trips", {"query": query}),
        (OFFERS, "get_offers", {"query": {"tripId": bundle_trip, "passengers": [ADULT]}}),
        (BOOKING, "post_booking", {"body": {"prebookingIds": [1], "status": "PENDING"}}),
    ]
    for (shortest, longest), operation, asked in calls:
        slept.clear()
        for _ in range(40):
            slow_driver.call(operation, **asked)
        assert len(slept) == 40
        assert shortest <= min(slept) < max(slept) <= longest
        # spread over the whole range
        assert max(slept) - min(slept) > (longest - shortest) / 2


def test_latencies_repeat_for_a_seed(slow_driver, slept):
    def note_latencies() -> list[float]:
        slow_driver.reset()
        slept.clear()
        for _ in range(5):
            slow_driver.find_trip()
        return list(slept)

    first = note_latencies()
    assert len(set(first)) > 1
    assert note_latencies() == first


def test_otherwise_nothing_waits(driver, slept):
    driver.sell()
    assert slept == []
