"""A seller at the counter: presses keys, which are counted, and reads what stands on the page."""

import re
import time
from typing import Any

from playwright.sync_api import Locator, Page, expect

from app.conftest import PASS_PHRASES
from e2e.browser import Watcher

SALE_SECONDS = 20


class Counter:
    """One tab of the front end. Keys go through `press` and `type`, so that none is forgotten in the count."""

    def __init__(self, page: Page, watcher: Watcher, url: str) -> None:
        self.page = page
        self.watcher = watcher
        self.url = url
        self.keys = 0
        self.decisions = 0

    # --- keys ---

    def press(self, *keys: str) -> None:
        """Keys one after the other; a chord counts one."""
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)

    def type_uncounted(self, text: str) -> None:
        """A name or a birth date: its letters are the customer's, not the software's."""
        self.page.keyboard.type(text)

    def decide(self) -> None:
        """A moment at which the seller reads and makes up their mind."""
        self.decisions += 1

    # --- where one is ---

    def sign_in(self, email: str) -> None:
        """Without the page: its own test does that by keyboard."""
        request = self.page.context.request
        request.get(f"{self.url}/api/session")
        token = next(one["value"] for one in self.page.context.cookies(self.url) if one["name"] == "csrftoken")
        body = {"email": email, "pass_phrase": PASS_PHRASES[email]}
        answer = request.post(f"{self.url}/api/session", data=body, headers={"x-csrftoken": token})
        assert answer.ok, answer.text()

    def open(self, path: str = "/sell") -> None:
        self.page.goto(f"{self.url}{path}")

    def open_sell(self) -> None:
        self.open("/sell")
        self.expect_focus("command")
        # The list of stations is loaded once, beside the page.
        self.page.wait_for_load_state("networkidle")

    def find(self, name: str) -> Locator:
        """What bears this name for the focus."""
        return self.page.locator(f'[data-focus="{name}"]')

    def expect_focus(self, name: str, seconds: float = SALE_SECONDS) -> None:
        expect(self.find(name).first).to_be_focused(timeout=seconds * 1000)

    def read_number(self) -> str:
        """The order's number, from the address."""
        expect(self.page).to_have_url(re.compile(r"/sell/AC-"), timeout=SALE_SECONDS * 1000)
        return self.page.url.rpartition("/")[2]

    def expect_text(self, text: str | re.Pattern[str], seconds: float = SALE_SECONDS) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=seconds * 1000)

    # --- steps of a sale ---

    def search(self, line: str) -> None:
        """From the command line to the connections, with their prices."""
        self.expect_focus("command")
        self.type(line)
        self.press("Enter")
        self.expect_focus("connections")
        expect(self.page.locator("[id^=trip-]").first).to_be_visible(timeout=SALE_SECONDS * 1000)

    def wait_for_prices(self) -> None:
        expect(self.page.locator("[id^=trip-] .price").first).to_be_visible(timeout=SALE_SECONDS * 1000)

    def open_offers(self) -> None:
        expect(self.page.locator("#trip-0")).to_be_visible(timeout=SALE_SECONDS * 1000)
        self.press("Enter")
        self.expect_focus("offer")

    def take_offer(self) -> None:
        self.press("Enter")

    def name_traveller(self, first: str, last: str, born: str, position: int = 0) -> None:
        """Types a traveller's names; the keys between the fields count."""
        field = self.page.locator('[data-focus^="name-"][data-focus$="-firstName"]').nth(position)
        expect(field).to_be_focused(timeout=SALE_SECONDS * 1000)
        self.type_uncounted(first)
        self.press("Tab")
        self.type_uncounted(last)
        self.press("Tab")
        self.type_uncounted(born)

    def hold(self) -> None:
        self.press("Enter")
        self.expect_held()

    def expect_held(self) -> None:
        """The sentence that is read back has the focus, and the button beside it sells."""
        expect(self.page.locator(".read-back")).to_be_focused(timeout=SALE_SECONDS * 1000)

    def sell(self) -> None:
        self.press("Control+Enter")
        self.expect_ticket()

    def expect_ticket(self) -> None:
        """The PDF stands on the page."""
        expect(self.page.locator("iframe")).to_be_visible(timeout=SALE_SECONDS * 1000)

    def fill_basket(self, line: str = "zue bn half", first: str = "Ada", last: str = "Muster") -> str:
        """Search, first connection, first offer, names: up to the hold. The order's number."""
        self.search(line)
        self.open_offers()
        self.take_offer()
        self.name_traveller(first, last, "29021984")
        return self.read_number()

    def fill_and_hold(self, line: str = "zue bn half") -> str:
        number = self.fill_basket(line)
        self.hold()
        return number

    # --- what the page was told to do ---

    def count_prints(self) -> int:
        found: int = self.page.evaluate("window.__told.prints")
        return found

    def wait_for_print(self) -> None:
        """Not by Playwright's wait_for_function: it evaluates text, which the page's policy forbids."""
        deadline = time.monotonic() + SALE_SECONDS
        while self.count_prints() == 0:
            assert time.monotonic() < deadline, "print() was never called"
            self.page.wait_for_timeout(50)

    def list_shifts(self) -> list[Any]:
        found: list[Any] = self.page.evaluate("window.__told.shifts")
        return found

    def forget_shifts(self) -> None:
        self.page.evaluate("window.__told.shifts.length = 0")
