"""The other sales of the counter: a saver, a pass with a country of residence, there and back, and one undone."""

import re

import pytest
from playwright.sync_api import expect

from e2e.counter import Counter
from e2e.inspecting import inspect_state
from e2e.stand import SELLER, Stand, open_desk, write_date

pytestmark = pytest.mark.e2e


def read_order(stand: Stand, number: str) -> dict[str, object]:
    with open_desk(stand, SELLER) as desk:
        order: dict[str, object] = desk.call("GET", f"/api/orders/{number}")
    return order


def test_a_saver(counter: Counter, stand: Stand) -> None:
    counter.search(f"zue genf {write_date(6)} 0900")
    counter.open_offers()
    saver = counter.page.locator(".card", has_text=re.compile("Sparbillett|, Spar")).first
    position = saver.locator("strong").first.inner_text().partition(" ")[0]
    counter.press(position)
    expect(saver.locator("input")).to_be_checked()
    expect(saver).to_contain_text("nur dieser Zug")
    inspect_state(counter, "sell-saver-chosen")
    counter.take_offer()
    counter.name_traveller("Ida", "Sparsam", "12041984")
    counter.hold()
    counter.sell()
    number = counter.read_number()
    order = read_order(stand, number)
    assert order["state"] == "confirmed"
    (line,) = stand.list_invoice_lines(number)
    assert line["amount"] == order["total"]["amount"]  # type: ignore[index]


def test_a_swiss_travel_pass(counter: Counter, stand: Stand) -> None:
    counter.type(f"swiss travel pass 8 {write_date(9)}")
    counter.press("Enter")
    # Flex and plain ones bear nearly the same name: what could be several is asked.
    if counter.page.locator("#command-list li").first.is_visible():
        counter.press("Enter", "Enter")
    counter.expect_focus("offer")
    counter.press("Enter")
    country = counter.page.locator('[data-focus^="parameter-"]').first
    expect(country).to_be_focused()
    inspect_state(counter, "sell-pass-country")
    country.select_option("US")
    counter.press("Shift+Tab", "Enter")
    counter.name_traveller("Grace", "Hopper", "09121984")
    counter.hold()
    inspect_state(counter, "sell-pass-held")
    counter.sell()
    order = read_order(stand, counter.read_number())
    assert order["state"] == "confirmed"
    assert "Swiss Travel Pass" in str(order["items"])


def test_there_and_back(counter: Counter, stand: Stand) -> None:
    counter.search(f"zue bn {write_date(5)} 0800 half return 1730")
    counter.press("Enter")
    expect(counter.page.get_by_text(re.compile("Rückfahrt zu"))).to_be_visible()
    counter.expect_focus("connections")
    expect(counter.page.locator("[id^=trip-]").first).to_be_visible()
    inspect_state(counter, "sell-way-back")
    counter.open_offers()
    counter.take_offer()
    counter.name_traveller("Rita", "Return", "29021984")
    counter.hold()
    counter.sell()
    number = counter.read_number()
    order = read_order(stand, number)
    assert order["state"] == "confirmed"
    total = sum(line["amount"] for line in stand.list_invoice_lines(number))
    assert total == order["total"]["amount"]  # type: ignore[index]


def test_a_sale_is_undone_by_keyboard(counter: Counter, stand: Stand) -> None:
    number = counter.fill_and_hold("zue bn half")
    counter.sell()
    inspect_state(counter, "sell-sold")
    undo = counter.page.get_by_role("button", name="Rückgängig …")
    undo.focus()
    counter.press("Enter")
    counter.expect_text("Den ganzen Auftrag rückgängig machen?")
    inspect_state(counter, "sell-undo-asked")
    # Enter never undoes, wherever the focus fell.
    assert [line["kind"] for line in stand.list_invoice_lines(number)] == ["ticket"]
    counter.press("Control+Enter")
    counter.expect_text(re.compile("abgeschlossen|rückgängig gemacht"))
    expect(counter.page.locator("iframe")).to_have_count(0)
    inspect_state(counter, "sell-undone")
    assert [line["kind"] for line in stand.list_invoice_lines(number)] == ["ticket", "cancellation"]
    assert sum(line["amount"] for line in stand.list_invoice_lines(number)) == 0
    assert read_order(stand, number)["state"] == "cancelled"
