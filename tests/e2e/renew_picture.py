"""Takes the README's picture of the sell page anew: `PYTHONPATH=tests .venv/bin/python -m e2e.renew_picture`."""

import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from e2e.browser import Watcher, launch_chromium
from e2e.counter import Counter
from e2e.stand import ROOT, SELLER, run_stand, write_date

PICTURE = ROOT / "docs" / "pictures" / "sell.png"
MOST_BYTES = 250_000


def renew_picture() -> None:
    """A basket with a saver for two, held places to come, and the offers of a second journey beside it."""
    with tempfile.TemporaryDirectory() as folder, run_stand(Path(folder)) as stand, launch_chromium() as browser:
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en", timezone_id="Europe/Zurich")
        counter = Counter(context.new_page(), Watcher(context, urlsplit(stand.url).netloc), stand.url)
        counter.sign_in(SELLER)
        counter.open_sell()
        counter.page.locator("select").first.select_option("en")
        counter.find("command").focus()
        counter.fill_basket(f"zue bn {write_date(5)} 0830 2 adult half")
        counter.page.keyboard.press("Tab")
        for text in ("Grace", "Muster", "09121984"):
            counter.page.keyboard.type(text)
            counter.page.keyboard.press("Tab")
        counter.press("F2")
        counter.page.keyboard.press("Control+a")
        counter.search(f"bn genf {write_date(5)} 1400 2 adult half")
        counter.wait_for_prices()
        counter.open_offers()
        counter.page.wait_for_timeout(500)
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        counter.page.screenshot(path=PICTURE)
    size = PICTURE.stat().st_size
    assert size <= MOST_BYTES, f"{PICTURE} has {size} bytes, {MOST_BYTES} are allowed"
    print(f"{PICTURE.relative_to(ROOT)}: {size} bytes")


if __name__ == "__main__":
    renew_picture()
