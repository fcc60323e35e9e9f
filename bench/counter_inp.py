"""How soon the page shows what a key did (interaction to next paint), per kind, with 200 offers and 100 rows of orders.

`.venv/bin/python bench/counter_inp.py [--count N]`; the front end must be built. The browser's own Event
Timing is read; it counts in steps of 8 ms and leaves out what took less than 16 ms, which counts as 16 here.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

sys.path.append(str(Path(__file__).resolve().parent.parent / "tests"))

from playwright.sync_api import Route

from e2e.browser import Watcher, launch_chromium
from e2e.counter import Counter
from e2e.stand import SELLER, Stand, run_stand
from figures import find_percentile, print_head, print_line

OFFERS, ROWS, MOST_MS, LEAST_MS = 200, 100, 100, 16
_OBSERVE = """
(() => {
  window.__durations = []
  const take = (list) => {
    for (const one of list.getEntries()) {
      if (one.interactionId) window.__durations.push([one.interactionId, one.duration])
    }
  }
  new PerformanceObserver(take).observe({ type: 'event', durationThreshold: 16 })
})()
"""


def measure(counter: Counter, count: int, step: Callable[[int], None]) -> list[float]:
    """The milliseconds of each step's slowest event."""
    found: list[float] = []
    for index in range(count):
        counter.page.evaluate("() => { window.__durations.length = 0 }")
        step(index)
        counter.page.wait_for_timeout(120)
        durations: list[list[float]] = counter.page.evaluate("() => window.__durations")
        found.append(max((duration for _, duration in durations), default=LEAST_MS))
    return found


def multiply_offers(route: Route) -> None:
    """The stand-in's own answer, with its bundles repeated until there are 200."""
    answer = route.fetch()
    document: dict[str, Any] = answer.json()
    bundles = document["bundles"]
    document["bundles"] = [{**bundles[at % len(bundles)], "code": f"b{at}"} for at in range(OFFERS)]
    route.fulfill(response=answer, body=json.dumps(document))


def multiply_orders(route: Route) -> None:
    """The server's own answer, with its rows repeated until the page is full."""
    answer = route.fetch()
    document: dict[str, Any] = answer.json()
    items = document["items"]
    document["items"] = [{**items[0], "number": f"AC-{at:04}-0000"} for at in range(ROWS)] if items else []
    route.fulfill(response=answer, body=json.dumps(document))


def measure_kinds(stand: Stand, count: int) -> dict[str, list[float]]:
    with launch_chromium() as browser:
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="de-CH")
        counter = Counter(context.new_page(), Watcher(context, urlsplit(stand.url).netloc), stand.url)
        context.add_init_script(_OBSERVE)
        counter.sign_in(SELLER)
        counter.open_sell()
        text = "zue bn 0830 half "
        kinds = {
            "type": measure(
                counter, count, lambda at: counter.press("Space" if text[at % 17] == " " else text[at % 17])
            )
        }
        counter.press("Control+a", "Delete")
        counter.search("zue bn half")
        counter.page.route("**/api/orders/*/offers", multiply_offers)

        def open_offers(_at: int) -> None:
            counter.find("connections").focus()
            counter.press("Enter")
            counter.expect_focus("offer")

        kinds["open (200 offers)"] = measure(counter, count, open_offers)
        assert counter.page.locator(".card").count() == OFFERS
        kinds["arrow (200 offers)"] = measure(counter, count, lambda _: counter.press("ArrowDown"))
        counter.page.route("**/api/orders?*", multiply_orders)
        counter.open("/orders")
        counter.page.wait_for_load_state("networkidle")
        counter.page.locator("main input").first.focus()
        rows = counter.page.locator("main a[href*='AC-']").count()
        assert rows >= ROWS, f"only {rows} rows"
        kinds["filter (100 rows)"] = measure(counter, count, lambda at: counter.press("zurich"[at % 6]))
        return kinds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=30, help="interactions per kind (default 30)")
    count = min(1000, max(1, parser.parse_args().count))
    print_head("Interaction to next paint, ms", count=count, target=f"p75 < {MOST_MS}")
    with tempfile.TemporaryDirectory() as folder, run_stand(Path(folder)) as stand:
        kinds = measure_kinds(stand, count)
    print_line("", "p50", "p75", "p99")
    for name, found in kinds.items():
        print_line(name, *(f"{find_percentile(found, share):.0f}" for share in (0.5, 0.75, 0.99)))
    return int(any(find_percentile(found, 0.75) >= MOST_MS for found in kinds.values()))


if __name__ == "__main__":
    sys.exit(main())
