"""Nothing is sold twice or lost: not by a reload, two tabs, an impatient key, a lost answer or an ended session."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from e2e.counter import Counter
from e2e.inspecting import inspect_state
from e2e.stand import OPERATOR, SELLER, Stand, open_desk

pytestmark = pytest.mark.e2e
SLOW_BOOKING = {"operation": "post_booking", "kind": "delay_before", "seconds": 3}
LOST_BOOKING = {"operation": "post_booking", "kind": "reset_after"}


def assert_sold_once(stand: Stand, number: str) -> None:
    assert [line["kind"] for line in stand.list_invoice_lines(number)] == ["ticket"]
    with open_desk(stand, SELLER) as desk:
        assert desk.call("GET", f"/api/orders/{number}")["state"] == "confirmed"


def forget_session(counter: Counter) -> None:
    """As when the session's time is up: its cookie opens nothing any more; the other one stays."""
    context = counter.page.context
    for cookie in context.cookies():
        if cookie["name"] != "csrftoken":
            context.clear_cookies(name=cookie["name"])


def list_bookings(stand: Stand, number: str) -> list[Any]:
    return [one for one in stand.control("GET", "books")["bookings"] if one["reference1"] == number]


def test_a_reload_while_confirming_sells_once(counter: Counter, stand: Stand) -> None:
    number = counter.fill_and_hold()
    stand.set_faults(SLOW_BOOKING)
    counter.press("Control+Enter")
    counter.expect_text("Buchung bei der SBB")
    inspect_state(counter, "sell-confirming")
    counter.page.reload()
    counter.expect_ticket()
    assert_sold_once(stand, number)
    assert counter.count_prints() == 0, "a ticket that was only looked at is not printed"


def test_an_impatient_seller_sells_once(counter: Counter, stand: Stand) -> None:
    number = counter.fill_and_hold()
    stand.set_faults(SLOW_BOOKING)
    counter.press("Control+Enter", "Control+Enter", "Control+Enter", "Enter")
    counter.expect_ticket()
    counter.press("Control+Enter")
    assert_sold_once(stand, number)


def test_two_tabs_sell_once(counter: Counter, stand: Stand) -> None:
    counter.watcher.expect(409)
    number = counter.fill_and_hold()
    other = Counter(counter.page.context.new_page(), counter.watcher, counter.url)
    other.open(f"/sell/{number}")
    other.expect_held()
    stand.set_faults(SLOW_BOOKING)
    counter.press("Control+Enter")
    other.press("Control+Enter")
    counter.expect_ticket()
    other.expect_ticket()
    assert_sold_once(stand, number)
    assert len(list_bookings(stand, number)) == 1


def test_a_held_basket_survives_a_reload(counter: Counter, stand: Stand) -> None:
    number = counter.fill_and_hold()
    counter.page.reload()
    counter.expect_held()
    counter.expect_text("Ada Muster")
    inspect_state(counter, "sell-held-reloaded")
    counter.sell()
    assert_sold_once(stand, number)


def test_a_session_that_ended_keeps_the_basket(counter: Counter, stand: Stand) -> None:
    number = counter.fill_basket()
    counter.watcher.expect(401)
    forget_session(counter)
    counter.press("Enter")
    counter.expect_text("Bitte nochmals anmelden")
    inspect_state(counter, "sign-in-ended")
    counter.type_uncounted(SELLER)
    counter.press("Tab")
    counter.type_uncounted("sell-a-ticket")
    counter.press("Enter")
    expect(counter.page.locator('[data-focus$="-bornOn"]')).to_have_value(re.compile("29.?02.?1984"))
    counter.find("hold").click()
    counter.expect_held()
    counter.sell()
    assert_sold_once(stand, number)


@pytest.mark.parametrize("outcome", ["adopted", "not sold"])
def test_a_lost_booking_is_clarified(counter: Counter, stand: Stand, outcome: str) -> None:
    counter.watcher.expect(202)
    number = counter.fill_and_hold()
    kind = LOST_BOOKING if outcome == "adopted" else {**LOST_BOOKING, "kind": "reset_before"}
    stand.set_faults(kind)
    counter.press("Control+Enter")
    counter.expect_text("Wird abgeklärt: nicht noch einmal verkaufen")
    inspect_state(counter, f"sell-in-doubt-{outcome.replace(' ', '-')}")
    counter.press("Control+Enter", "Enter")
    stand.set_faults()
    with open_desk(stand, OPERATOR) as desk:
        if outcome == "adopted":
            (booking,) = list_bookings(stand, number)
            printed = booking["tickets"][0]["external_ticket_id"]
            desk.call("POST", f"/api/doubts/{number}/adopt", {"printed_number": str(printed)})
            counter.expect_ticket()
            assert_sold_once(stand, number)
        else:
            desk.call("POST", f"/api/doubts/{number}/declare-not-sold", {"note": "SBB care: no such ticket"})
            counter.expect_text("Nicht verkauft")
            inspect_state(counter, "sell-failed")
            assert list_bookings(stand, number) == []
