"""States of a sale that need another stand: a hold that ends at once for us, and no room for a second call to SBB."""

import re
from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import expect

from e2e.conftest import OpenCounter
from e2e.counter import Counter
from e2e.inspecting import inspect_state
from e2e.stand import Stand, run_stand

pytestmark = pytest.mark.e2e
# SBB holds for 1800 s, a sale may take 30 s: so long can be sold after a hold.
SELLABLE_SECONDS: Final = 15
SETTINGS: Final = {
    "AGENTURCLIENT_SALE__HOLD_RESERVE_SECONDS": str(1800 - 30 - SELLABLE_SECONDS),
    "AGENTURCLIENT_RAIL__OFFERS_MAX_CONCURRENT_CALLS": "1",
    "AGENTURCLIENT_RAIL__MAX_QUEUED_CALLS": "0",
}


@pytest.fixture(scope="module")
def running_stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    with run_stand(tmp_path_factory.mktemp("e2e-scarce"), settings=SETTINGS) as running:
        yield running


def test_a_hold_that_is_too_short(counter: Counter, stand: Stand) -> None:
    counter.watcher.expect(409)
    number = counter.fill_and_hold()
    again = counter.find("hold-again")
    expect(again).to_be_focused(timeout=(SELLABLE_SECONDS + 10) * 1000)
    counter.expect_text("Zu knapp, um sicher zu verkaufen")
    inspect_state(counter, "sell-hold-too-short")
    counter.press("Control+Enter")
    counter.expect_text(re.compile("Es wurde nichts verkauft"))
    assert stand.list_invoice_lines(number) == []
    counter.press("Enter")
    counter.expect_held()
    counter.sell()
    assert len(stand.list_invoice_lines(number)) == 1


def test_our_own_limit_is_reached(open_counter: OpenCounter, stand: Stand) -> None:
    first, second = open_counter(), open_counter()
    second.watcher.expect(503)
    for one in (first, second):
        one.open_sell()
        one.search("zue bn half")
    stand.set_faults({"operation": "get_offers", "kind": "delay_before", "seconds": 6})
    first.press("Enter")
    expect(first.page.locator('[aria-busy="true"]').first).to_be_visible()
    second.press("Enter")
    second.expect_text("Zu viele Anfragen an die SBB")
    inspect_state(second, "sell-our-limit")
    stand.calm()
    first.expect_focus("offer")
    second.press("Enter")
    second.expect_focus("offer")
