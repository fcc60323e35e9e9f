"""One timetable for all tests, and the moment that they take place at."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from b2p_sandbox.timetable import Timetable, load_timetable


@pytest.fixture(scope="session")
def timetable() -> Timetable:
    return load_timetable(1)


@pytest.fixture(scope="session")
def now() -> datetime:
    """Eight o'clock on an ordinary Tuesday."""
    return datetime(2026, 11, 24, 8, tzinfo=ZoneInfo("Europe/Zurich"))


@pytest.fixture(scope="session")
def numbers(timetable: Timetable) -> dict[str, int]:
    """A station's number by its name."""
    return {place.name: place.uic for place in timetable.places.values()}
