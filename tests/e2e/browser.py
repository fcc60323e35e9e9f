"""Debian's Chromium, and what it must never do while a test runs: reach another host, complain, shift the page."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    WebError,
    sync_playwright,
)

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_REFUSED = re.compile(r"Failed to load resource: the server responded with a status of (\d+)")
_LOST = "Failed to load resource: net::ERR_"

# Runs in every frame before anything of the page: who prints, what shifts, what the policy forbids.
_SPY = """
(() => {
  const told = { prints: 0, shifts: [], violations: [] }
  Object.defineProperty(window, '__told', { value: told })
  window.print = () => { (window.top ?? window).__told.prints += 1 }
  document.addEventListener('securitypolicyviolation', (event) => {
    told.violations.push(`${event.effectiveDirective} ${event.blockedURI}`)
  })
  if (PerformanceObserver.supportedEntryTypes.includes('layout-shift')) {
    const describe = (source) => {
      const node = source.node?.nodeType === 1 ? source.node : source.node?.parentElement
      const box = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(',')
      return `${node?.className || node?.nodeName} ${box(source.previousRect)} to ${box(source.currentRect)}`
    }
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        told.shifts.push({ at: entry.startTime, value: entry.value, of: entry.sources.map(describe) })
      }
    }).observe({ type: 'layout-shift', buffered: true })
  }
})()
"""


@contextmanager
def launch_chromium() -> Iterator[Browser]:
    playwright: Playwright
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


class Watcher:
    """Collects what no page of ours may do. Answers that a test provokes are named by their status."""

    def __init__(self, context: BrowserContext, host: str) -> None:
        self._host = host
        self._faults: list[str] = []
        self._pages: list[Page] = []
        self.expected_statuses: set[int] = set()
        self.is_loss_expected = False
        context.add_init_script(_SPY)
        context.on("request", self._note_request)
        context.on("console", self._note_message)
        context.on("weberror", self._note_error)
        context.on("page", self._note_page)

    def expect(self, *statuses: int) -> None:
        """Answers with these statuses are what the test is about; the browser logs each as an error of its own."""
        self.expected_statuses.update(statuses)

    def expect_loss(self) -> None:
        """The test takes the network away."""
        self.is_loss_expected = True

    def list_faults(self) -> list[str]:
        """All there was, with the violations of the policy that the pages know of."""
        violations = [f"CSP: {one}" for page in self._pages if not page.is_closed() for one in _read_violations(page)]
        return self._faults + violations

    def _note_page(self, page: Page) -> None:
        self._pages.append(page)

    def _note_error(self, error: WebError) -> None:
        self._faults.append(f"page error: {error.error}")

    def _note_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != self._host:
            self._faults.append(f"other host: {request.url}")

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        refused = _REFUSED.match(message.text)
        if refused and int(refused[1]) in self.expected_statuses:
            return
        if self.is_loss_expected and message.text.startswith(_LOST):
            return
        self._faults.append(f"console {message.type}: {message.text} ({message.location.get('url', '')})")


def _read_violations(page: Page) -> list[Any]:
    found: list[Any] = page.evaluate("window.__told?.violations ?? []")
    return found
