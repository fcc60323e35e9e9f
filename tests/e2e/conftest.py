"""One product and one stand-in per worker, one browser per file; a fresh browser context, and a clean conscience, per
test."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from e2e.browser import Watcher, launch_chromium
from e2e.counter import Counter
from e2e.stand import SELLER, Stand, run_stand

OpenCounter = Callable[..., Counter]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One per file: Playwright's event loop runs in this thread as long as it lives, and no test that is a coroutine
    could run after it in the same worker."""
    with launch_chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def running_stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    with run_stand(tmp_path_factory.mktemp("e2e")) as running:
        yield running


@pytest.fixture
def stand(running_stand: Stand) -> Iterator[Stand]:
    """Without faults at the start and at the end."""
    running_stand.calm()
    yield running_stand
    running_stand.calm()


@pytest.fixture
def open_counter(stand: Stand, browser: Browser) -> Iterator[OpenCounter]:
    """Opens a browser of its own for a person (nobody: None); whatever the page did wrong fails the test."""
    opened: list[Counter] = []

    def open_one(email: str | None = SELLER, *, width: int = 1440, height: int = 900, **options: object) -> Counter:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="de-CH",
            timezone_id="Europe/Zurich",
            reduced_motion="reduce",
            **options,  # type: ignore[arg-type] # Playwright's own options
        )
        watcher = Watcher(context, urlsplit(stand.url).netloc)
        counter = Counter(context.new_page(), watcher, stand.url)
        if email is not None:
            counter.sign_in(email)
        opened.append(counter)
        return counter

    yield open_one
    faults = [fault for counter in opened for fault in counter.watcher.list_faults()]
    for counter in opened:
        counter.page.context.close()
    assert faults == []


@pytest.fixture
def counter(open_counter: OpenCounter) -> Counter:
    """The seller's sell page, empty."""
    opened = open_counter()
    opened.open_sell()
    return opened
