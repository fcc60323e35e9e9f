"""After the sale, by keyboard only: the list of orders, an order with its documents and its undo, the doubts."""

import re

import pytest
from playwright.sync_api import expect

from e2e.conftest import OpenCounter
from e2e.counter import SALE_SECONDS, Counter
from e2e.inspecting import inspect_state
from e2e.stand import OPERATOR, Stand, open_desk

pytestmark = pytest.mark.e2e


def sell_one(counter: Counter, last: str) -> str:
    """A sale; the order's number."""
    number = counter.fill_basket(last=last)
    counter.hold()
    counter.sell()
    return number


def press_until_focused(counter: Counter, key: str, name: str, most: int = 40) -> None:
    """Goes by this key to what bears the name, as somebody without a mouse does."""
    target = counter.find(name).first
    expect(target).to_be_visible()
    for _ in range(most):
        if target.evaluate("(element) => element === document.activeElement"):
            return
        counter.press(key)
    pytest.fail(f"{key} does not lead to {name}")


def open_orders(counter: Counter) -> None:
    counter.open("/orders")
    counter.expect_focus("orders-search")
    expect(counter.page.locator("#order-row-0")).to_be_visible(timeout=SALE_SECONDS * 1000)


def find_order(counter: Counter, text: str, number: str) -> None:
    """Types into the search until only this order is left."""
    counter.press("Control+a")
    counter.type(text)
    expect(counter.page.locator('[id^="order-row-"]')).to_have_count(1, timeout=SALE_SECONDS * 1000)
    expect(counter.page.locator("#order-row-0")).to_contain_text(number)


def lose_booking(counter: Counter, stand: Stand, last: str, kind: str) -> str:
    """A sale whose booking was made (or not), and whose answer was lost."""
    counter.open_sell()
    number = counter.fill_basket(last=last)
    counter.hold()
    stand.set_faults({"operation": "post_booking", "kind": kind})
    counter.press("Control+Enter")
    counter.expect_text("Wird abgeklärt: nicht noch einmal verkaufen")
    stand.set_faults()
    return number


def test_the_list_is_searched_and_filtered(counter: Counter) -> None:
    number = sell_one(counter, "Listenreich")
    open_orders(counter)
    inspect_state(counter, "orders-list")
    find_order(counter, "listenr", number)
    inspect_state(counter, "orders-found")
    counter.press("Control+a")
    counter.type("gibtesnicht")
    counter.expect_text("Nichts gefunden")
    inspect_state(counter, "orders-nothing-found")
    counter.press("Control+a", "Delete")
    expect(counter.page.locator("#order-row-0")).to_be_visible()
    press_until_focused(counter, "Tab", "orders-chip-sold")
    counter.press("Space")
    expect(counter.page).to_have_url(re.compile("confirmed"))
    states = counter.page.locator('[id^="order-row-"]')
    expect(states.filter(has_not_text="verkauft")).to_have_count(0, timeout=SALE_SECONDS * 1000)
    inspect_state(counter, "orders-filtered")
    counter.press("Space")
    counter.press("Escape")
    counter.expect_focus("orders-search")
    find_order(counter, number, number)
    counter.press("ArrowDown")
    counter.expect_focus("orders")
    counter.press("Enter")
    counter.expect_focus("order")
    expect(counter.page).to_have_url(re.compile(f"/orders/{number}$"))
    # Back to the list, the row that was opened has the focus.
    counter.press("Escape")
    counter.expect_focus("orders-back")
    counter.press("Enter")
    counter.expect_focus("orders")


def test_an_order_is_printed_and_undone(counter: Counter, stand: Stand) -> None:
    number = sell_one(counter, "Rückwärts")
    counter.open(f"/orders/{number}")
    counter.expect_focus("order")
    inspect_state(counter, "order-sold")
    counter.press("F4")
    counter.expect_ticket()
    counter.wait_for_print()
    counter.expect_focus("viewer")
    inspect_state(counter, "order-documents")
    counter.press("Escape")
    expect(counter.page.locator("iframe")).to_have_count(0)
    counter.expect_focus("action-documents")
    counter.press("Control+z")
    counter.expect_focus("read-back")
    expect(counter.find("read-back")).to_contain_text("Ada Rückwärts")
    inspect_state(counter, "order-undo-asked")
    counter.press("Enter", "Escape")
    counter.expect_focus("action-undo")
    assert [one["kind"] for one in stand.list_invoice_lines(number)] == ["ticket"], "neither key undoes"
    counter.press("Control+z")
    counter.expect_focus("read-back")
    counter.press("Control+Enter")
    counter.expect_focus("order")
    expect(counter.page.locator("main")).to_contain_text("rückgängig gemacht", timeout=SALE_SECONDS * 1000)
    inspect_state(counter, "order-undone")
    assert sorted(one["kind"] for one in stand.list_invoice_lines(number)) == ["cancellation", "ticket"]


def test_the_same_is_sold_again(counter: Counter, stand: Stand) -> None:
    number = sell_one(counter, "Nochmals")
    counter.open(f"/orders/{number}")
    counter.expect_focus("order")
    counter.press("F9")
    counter.expect_focus("connections")
    counter.open_offers()
    counter.take_offer()
    # The names are those of the first order: nothing is missing.
    counter.expect_focus("hold")
    again = counter.read_number()
    assert again != number
    counter.hold()
    expect(counter.find("held")).to_contain_text("Ada Nochmals")
    counter.sell()
    assert [one["kind"] for one in stand.list_invoice_lines(again)] == ["ticket"]


def test_doubts_are_settled(open_counter: OpenCounter, stand: Stand) -> None:
    seller = open_counter()
    seller.watcher.expect(202)
    sold = lose_booking(seller, stand, "Gebucht", "reset_after")
    unsold = lose_booking(seller, stand, "Ungebucht", "reset_before")
    operator = open_counter(OPERATOR)
    operator.watcher.expect(404, 409, 422)
    operator.open("/doubts")
    operator.expect_focus("doubts")
    inspect_state(operator, "doubts-list")
    (booking,) = [one for one in stand.control("GET", "books")["bookings"] if one["reference1"] == sold]
    printed = str(booking["tickets"][0]["external_ticket_id"])

    choose_doubt(operator, unsold)
    operator.press("Enter")
    operator.expect_focus("doubt-ticket")
    operator.type(printed)
    operator.press("Enter")
    operator.expect_focus("read-back")
    inspect_state(operator, "doubts-adopt-asked")
    operator.press("Control+Enter")
    # Another customer's booking is not taken: the travellers differ.
    operator.expect_text("Die Reisenden sind andere.")
    operator.expect_focus("doubt-ticket")
    inspect_state(operator, "doubts-not-this-booking")
    press_until_focused(operator, "Tab", "doubt-note")
    operator.type("Frau Meier, SBB, 10:40")
    operator.press("Enter")
    operator.expect_focus("read-back")
    inspect_state(operator, "doubts-not-sold-asked")
    operator.press("Control+Enter")
    operator.expect_focus("doubts")
    expect(operator.page.locator('[id^="doubt-"]', has_text=unsold)).to_have_count(0)

    choose_doubt(operator, sold)
    operator.press("Enter")
    operator.expect_focus("doubt-ticket")
    operator.type(printed)
    press_until_focused(operator, "Tab", "doubt-adopt")
    operator.press("Enter")
    operator.expect_focus("read-back")
    operator.press("Control+Enter")
    expect(operator.page.locator('[id^="doubt-"]', has_text=sold)).to_have_count(0, timeout=SALE_SECONDS * 1000)
    inspect_state(operator, "doubts-settled")
    with open_desk(stand, OPERATOR) as desk:
        states = {number: desk.call("GET", f"/api/orders/{number}")["state"] for number in (sold, unsold)}
    assert states == {sold: "confirmed", unsold: "failed"}


def choose_doubt(counter: Counter, number: str) -> None:
    """By arrow keys, from the top of the list."""
    counter.press("Home")
    option = counter.page.get_by_role("option").filter(has_text=number)
    for _ in range(20):
        if option.get_attribute("aria-selected") == "true":
            expect(counter.page.get_by_role("heading", name=f"Auftrag {number}").first).to_be_visible()
            return
        counter.press("ArrowDown")
        counter.page.wait_for_timeout(50)
    pytest.fail(f"{number} is not in the list")
