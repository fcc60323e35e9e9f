"""A stand-in for the tests of its sale: one timetable, everything else forgotten before each test."""

from collections.abc import Iterator

import pytest

from b2p_sandbox.app import create_app
from b2p_sandbox.settings import Settings
from b2p_sandbox.timetable import Timetable, load_timetable
from sandbox_driver import SandboxDriver


@pytest.fixture(scope="session")
def timetable() -> Timetable:
    return load_timetable(1)


@pytest.fixture(scope="session")
def shared_driver(timetable: Timetable) -> Iterator[SandboxDriver]:
    driver = SandboxDriver(create_app(Settings(seed=1), timetable=timetable))
    yield driver
    driver.close()


@pytest.fixture
def driver(shared_driver: SandboxDriver) -> SandboxDriver:
    """Freshly reset, the clock frozen at eight o'clock on an ordinary Tuesday."""
    shared_driver.reset()
    return shared_driver
