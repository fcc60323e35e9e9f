"""Each state of the sell page that needs a picture (counter.md 3), provoked for real, inspected, and left again."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from e2e.counter import Counter
from e2e.inspecting import inspect_state
from e2e.stand import Stand, write_date

pytestmark = pytest.mark.e2e
ZURICH = ZoneInfo("Europe/Zurich")


def test_searching_and_choosing(counter: Counter) -> None:
    inspect_state(counter, "sell-empty")
    counter.type("zue bn 0830 half")
    inspect_state(counter, "sell-command-read")
    counter.press("Enter")
    counter.expect_focus("connections")
    counter.wait_for_prices()
    inspect_state(counter, "sell-connections")
    counter.open_offers()
    inspect_state(counter, "sell-offers")
    counter.take_offer()
    counter.name_traveller("Ada", "Muster", "29021984")
    inspect_state(counter, "sell-named")
    counter.hold()
    inspect_state(counter, "sell-held")


def test_a_word_that_may_be_two_places_is_asked(counter: Counter) -> None:
    counter.type("wild bn")
    counter.press("Enter")
    expect(counter.page.locator("#command-list")).to_be_visible()
    inspect_state(counter, "sell-which-place")


def test_no_connections(counter: Counter) -> None:
    counter.watcher.expect(404, 409, 422)
    counter.page.route("**/api/trips*", lambda route: route.fulfill(json={"trips": [], "earlier": None, "later": None}))
    counter.type("zue bn")
    counter.press("Enter")
    counter.expect_text("Keine Verbindungen")
    inspect_state(counter, "sell-no-connections", is_focus_checked=False)


def test_no_prices_but_offers(counter: Counter, stand: Stand) -> None:
    counter.watcher.expect(503)
    stand.set_faults({"operation": "get_prices", "kind": "error_before"})
    counter.search(f"lz bs {write_date(2)} 1015")
    counter.expect_text(re.compile("Preise fehlen"))
    inspect_state(counter, "sell-no-prices")
    counter.open_offers()


def test_the_supplier_is_down(counter: Counter, stand: Stand) -> None:
    counter.watcher.expect(503)
    stand.set_faults({"operation": "*", "kind": "error_before", "status": 503})
    stand.switch(service_status="ERROR")
    counter.type(f"chur sg {write_date(3)} 1115")
    counter.press("Enter")
    counter.expect_text("Die SBB ist nicht erreichbar")
    inspect_state(counter, "sell-supplier-down", is_focus_checked=False)
    stand.calm()
    counter.press("F2", "Enter")
    counter.expect_focus("connections")
    expect(counter.page.locator("[id^=trip-]").first).to_be_visible()


def test_too_many_requests_to_the_supplier(counter: Counter, stand: Stand) -> None:
    counter.watcher.expect(503)
    stand.set_faults({"operation": "get_offers", "kind": "too_many_requests", "seconds": 30})
    counter.search("zue winterthur half")
    counter.press("Enter")
    counter.expect_text(re.compile("Zu viele Anfragen|nicht erreichbar"))
    inspect_state(counter, "sell-busy", is_focus_checked=False)
    stand.calm()
    counter.find("offers-again").click()
    counter.expect_focus("offer")


def test_a_changed_price_is_asked(counter: Counter, stand: Stand) -> None:
    counter.watcher.expect(409)
    counter.fill_basket("zue bn half")
    # Offers that have lapsed are fetched anew, and cost more by then.
    stand.control("POST", "expire", {"offers": True})
    stand.switch(price_change_rappen=300)
    counter.press("Enter")
    counter.expect_text(re.compile("Der Preis hat sich geändert"))
    counter.expect_focus("problem-action")
    inspect_state(counter, "sell-price-changed")
    counter.press("Enter")
    counter.expect_held()
    counter.sell()


def test_a_saver_that_sold_out(counter: Counter, stand: Stand) -> None:
    counter.watcher.expect(409)
    counter.search(f"bn genf {write_date(8)} 0900")
    counter.open_offers()
    saver = counter.page.locator(".card", has_text=re.compile("Sparbillett|, Spar")).first
    counter.press(saver.locator("strong").first.inner_text().partition(" ")[0])
    counter.take_offer()
    counter.name_traveller("Sam", "Spaet", "29021984")
    stand.control("POST", "expire", {"offers": True})
    stand.switch(saver_tickets=False)
    counter.press("Enter")
    counter.expect_text(re.compile("ausverkauft|nicht mehr|abgelaufen"))
    inspect_state(counter, "sell-sold-out")


def test_a_wrong_price_after_the_booking(counter: Counter, stand: Stand) -> None:
    counter.watcher.expect(409)
    counter.fill_and_hold()
    stand.set_faults({"operation": "get_booking", "kind": "price_offset", "amount": 500})
    counter.press("Control+Enter")
    counter.expect_text(re.compile("Falscher Preis"))
    inspect_state(counter, "sell-wrong-price", is_focus_checked=False)
    stand.calm()
    counter.find("hold").click()
    counter.expect_held()
    counter.sell()


def test_places_that_are_perhaps_held_by_ourselves(counter: Counter, stand: Stand) -> None:
    counter.watcher.expect(409)
    counter.fill_basket("zue lz half")
    # Held, but the answer is lost; the repetition finds the places taken: by us, as far as anybody knows.
    stand.set_faults({"operation": "post_prebooking", "kind": "reset_after", "nth": 1})
    counter.press("Enter")
    counter.expect_text(re.compile(r"Vielleicht von uns selbst gehalten bis \d\d:\d\d"))
    inspect_state(counter, "sell-perhaps-held")
    # Ordinary tickets are there for another offer at once.
    counter.press("Enter")
    counter.expect_held()
    counter.sell()


def test_a_branch_switched_with_an_open_basket(counter: Counter) -> None:
    number = counter.fill_basket()
    switch_branch(counter, "Bern")
    counter.expect_text("Dieser Korb gehört zu: Zürich")
    inspect_state(counter, "sell-branch-switched")
    counter.page.get_by_role("button", name="Zurück zu Zürich").click()
    expect(counter.page.get_by_text("Dieser Korb gehört zu")).to_have_count(0)
    counter.find("hold").click()
    counter.expect_held()
    assert counter.read_number() == number
    counter.sell()


def switch_branch(counter: Counter, name: str) -> None:
    """By the menu of the person, from the keyboard."""
    counter.page.locator(".trigger").focus()
    counter.press("Enter")
    choice = counter.page.get_by_role("menuitemradio", name=re.compile(name))
    expect(choice).to_be_visible()
    while not choice.evaluate("(element) => element === document.activeElement"):
        counter.press("ArrowDown")
    counter.press("Enter")
    expect(counter.page.locator(".trigger")).to_contain_text(name)


def test_a_train_that_has_left(counter: Counter) -> None:
    if dt.datetime.now(ZURICH).hour < 6:
        # No train of today has left yet, and none says that it has.
        counter.type("zue bn heute 2000")
        counter.press("Enter")
        counter.expect_focus("connections")
        expect(counter.page.locator("#trip-0")).not_to_contain_text("abgefahren")
        return
    counter.type("zue bn heute 0500")
    counter.expect_text(re.compile(r"05:00 \(vorbei\)"))
    counter.press("Enter")
    counter.expect_focus("connections")
    expect(counter.page.locator("#trip-0")).to_contain_text("abgefahren")
    expect(counter.find("time").locator("xpath=..")).to_contain_text("vorbei")
    counter.wait_for_prices()
    inspect_state(counter, "sell-past-connections")
    counter.open_offers()
    counter.take_offer()
    counter.name_traveller("Ada", "Muster", "29021984")
    counter.hold()
    expect(counter.find("held")).to_contain_text("ist schon vorbei. Stimmt das Datum?")
    inspect_state(counter, "sell-past-held")


def test_an_unknown_payment(counter: Counter, stand: Stand) -> None:
    counter.watcher.expect(409, 502, 503)
    counter.fill_and_hold()
    stand.set_faults({"operation": "post_payment", "kind": "reset_after"})
    counter.press("Control+Enter")
    counter.expect_text(re.compile("Die Zahlung ist nicht sicher"))
    inspect_state(counter, "sell-payment-unknown", is_focus_checked=False)
    stand.calm()
    counter.find("hold").click()
    counter.expect_held()
    counter.sell()


def test_sold_but_the_pdf_is_not_yet_there(counter: Counter, stand: Stand) -> None:
    counter.watcher.expect(409, 503)
    counter.fill_and_hold()
    stand.set_faults({"operation": "get_ticket", "kind": "error_before"})
    counter.press("Control+Enter")
    counter.expect_text("Verkauft. Das PDF wird geholt …")
    inspect_state(counter, "sell-pdf-waiting", is_focus_checked=False)
    stand.calm()
    counter.expect_ticket()
    counter.wait_for_print()


def test_offline(counter: Counter) -> None:
    counter.watcher.expect_loss()
    counter.fill_basket()
    counter.page.context.set_offline(True)
    counter.press("Enter")
    counter.expect_text("Keine Antwort")
    expect(counter.page.get_by_text("Kein Netz").first).to_be_visible()
    inspect_state(counter, "sell-offline")
    counter.page.context.set_offline(False)
    counter.find("hold").click()
    counter.expect_held()
    counter.sell()


def test_a_full_basket_is_parked_and_opened_again(counter: Counter) -> None:
    number = counter.fill_and_hold()
    counter.press("F8")
    counter.expect_focus("command")
    link = counter.page.locator(f'a[href="/sell/{number}"]')
    expect(link).to_be_visible()
    inspect_state(counter, "sell-parked")
    link.click()
    counter.expect_held()
