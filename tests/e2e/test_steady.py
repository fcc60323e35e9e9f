"""Nothing jumps: from pressing search until prices and offers stand, no element moves by itself."""

import pytest

from e2e.conftest import OpenCounter
from e2e.counter import Counter
from e2e.stand import Stand

pytestmark = pytest.mark.e2e


def look_up(counter: Counter, stand: Stand, line: str) -> None:
    # Slow answers, so that what waits and what has come are both drawn.
    slow = [
        {"operation": one, "kind": "delay_before", "seconds": 0.4} for one in ("get_trips", "get_prices", "get_offers")
    ]
    stand.set_faults(*slow)
    counter.type(line)
    counter.page.wait_for_timeout(300)
    counter.forget_shifts()
    counter.press("Enter")
    counter.page.locator("[id^=trip-]").first.wait_for()
    counter.wait_for_prices()
    counter.open_offers()
    counter.page.wait_for_timeout(700)


@pytest.mark.parametrize("width", [1440, 1000, 320])
def test_no_layout_shift_from_the_search_to_the_offers(open_counter: OpenCounter, stand: Stand, width: int) -> None:
    counter = open_counter(width=width, height=900)
    counter.open_sell()
    look_up(counter, stand, "zue bs 0930 half")
    assert counter.list_shifts() == []
