"""Each page in each language, by each role: nothing untranslated, nothing that axe or the console complains of."""

import json
from typing import Final

import httpx
import pytest
from playwright.sync_api import expect

from e2e.conftest import OpenCounter
from e2e.counter import Counter
from e2e.inspecting import inspect_state, list_untranslated
from e2e.stand import ROOT, SELLER, Stand

pytestmark = pytest.mark.e2e
LANGUAGES: Final = ("de", "fr", "it", "en")
ROLES: Final = {
    "seller": SELLER,
    "manager": "marc.rochat@rivage.example",
    "accountant": "emily.clarke@rivage.example",
    "admin": "nina.graf@operator.example",
    "support": "david.hughes@operator.example",
    "care": "sofia.rossi@care.example",
}


def list_text_keys() -> frozenset[str]:
    """`sell.hold` and all others, from the files that the front end is built from."""
    keys: set[str] = set()

    def walk(node: object, path: str) -> None:
        if isinstance(node, dict):
            for name, inner in node.items():
                walk(inner, f"{path}.{name}" if path else name)
        else:
            keys.add(path)

    for file in (ROOT / "web" / "src").rglob("locales/de.json"):
        walk(json.loads(file.read_text(encoding="utf-8")), "")
    assert len(keys) > 100
    return frozenset(keys)


KEYS = list_text_keys()


def choose_language(counter: Counter, language: str) -> None:
    counter.page.locator("select").filter(has=counter.page.locator('option[value="it"]')).first.select_option(language)
    expect(counter.page.locator("html")).to_have_attribute("lang", language)


@pytest.mark.parametrize("role", list(ROLES))
def test_each_page_in_each_language(open_counter: OpenCounter, role: str) -> None:
    counter = open_counter(ROLES[role])
    counter.open("/")
    counter.page.wait_for_load_state("networkidle")
    links = counter.page.locator("nav .page")
    paths = [str(link.get_attribute("href")) for link in links.all()] or ["/"]
    for path in paths:
        counter.open(path)
        for language in LANGUAGES:
            choose_language(counter, language)
            counter.page.wait_for_load_state("networkidle")
            name = f"page-{path.strip('/') or 'start'}-{role}-{language}"
            inspect_state(counter, name, is_focus_checked=False)
            assert list_untranslated(counter, KEYS) == [], name


def test_everybody_of_the_demo_has_a_role_here(stand: Stand) -> None:
    people = httpx.get(f"{stand.url}/api/session/demo-people").json()
    assert {person["email"] for person in people} >= set(ROLES.values())


def test_signing_in_by_keyboard(open_counter: OpenCounter) -> None:
    counter = open_counter(None)
    counter.open("/sell")
    expect(counter.page.get_by_label("E-Mail")).to_be_focused()
    inspect_state(counter, "sign-in")
    counter.type(SELLER)
    counter.press("Tab")
    # Each refusal is logged by the browser: this one is provoked.
    counter.watcher.expect(401)
    counter.type("wrong")
    counter.press("Enter")
    counter.expect_text("E-Mail oder Passphrase stimmt nicht.")
    inspect_state(counter, "sign-in-refused")
    counter.press("Control+a")
    counter.type("sell-a-ticket")
    counter.press("Enter")
    counter.expect_focus("command")
