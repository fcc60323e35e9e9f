"""The whole sale at each width, and as zoomed to 200 %: nothing wider than the window, no bar over the focus."""

import pytest
from playwright.sync_api import expect

from e2e.conftest import OpenCounter
from e2e.inspecting import inspect_focus, inspect_state

pytestmark = pytest.mark.e2e
# A browser zoomed to 200 % gives the page half of the pixels: 1440×900 becomes 720×450, 640×400 is a small notebook's.
WINDOWS = [(1440, 900), (1000, 700), (720, 450), (640, 400), (320, 640)]


@pytest.mark.parametrize(("width", "height"), WINDOWS)
def test_a_sale_at_each_width(open_counter: OpenCounter, width: int, height: int) -> None:
    counter = open_counter(width=width, height=height)
    counter.open_sell()
    name = f"width-{width}"
    inspect_state(counter, f"{name}-empty")
    for focus in ("origin", "destination", "travellers", "date", "time"):
        counter.find(focus).focus()
        inspect_focus(counter, f"{name}-{focus}")
    counter.find("command").focus()
    counter.search("zue bn half")
    inspect_state(counter, f"{name}-connections")
    counter.open_offers()
    inspect_state(counter, f"{name}-offers")
    counter.take_offer()
    counter.name_traveller("Ada", "Muster", "29021984")
    inspect_state(counter, f"{name}-names")
    counter.hold()
    inspect_state(counter, f"{name}-held")
    counter.sell()
    expect(counter.find("new-sale").first).to_be_focused(timeout=20_000)
    inspect_state(counter, f"{name}-sold")
