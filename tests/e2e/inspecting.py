"""A state of the page as an inspector sees it: axe in light and dark, the focus in sight; a picture is kept."""

import re
from typing import Any

from e2e.counter import Counter
from e2e.stand import ROOT

PICTURES = ROOT / "build" / "screenshots"
_AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Whether something else than the focused element is drawn at its middle or corners: a bar, a neighbour.
_FIND_COVER = """
() => {
  const element = document.activeElement
  if (!element || element === document.body) return 'the focus is nowhere'
  const box = element.getBoundingClientRect()
  if (box.width === 0 || box.height === 0) return 'the focused element has no size'
  const bars = [...document.querySelectorAll('*')].filter((one) => {
    const { position } = getComputedStyle(one)
    return (position === 'fixed' || position === 'sticky') && !one.contains(element) && !element.contains(one)
  })
  for (const bar of bars) {
    const other = bar.getBoundingClientRect()
    const width = Math.min(box.right, other.right) - Math.max(box.left, other.left)
    const height = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top)
    if (width > 1 && height > 1) return `${bar.className || bar.tagName} covers the focus`
  }
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight)
  const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth)
  if (bottom - top < Math.min(box.height, 24) - 1) return 'the focused element is not in sight'
  const hit = document.elementFromPoint((left + right) / 2, top + Math.min((bottom - top) / 2, 12))
  const isSame = hit && (element.contains(hit) || hit.contains(element) || hit.closest('label')?.contains(element))
  return isSame ? null : `${hit?.className || hit?.tagName} lies over the focused element`
}
"""
_MEASURE_OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# A key of a text that nobody translated: `sell.something` instead of words.
_KEY = re.compile(r"\b(?:[a-z]+[A-Z]?\w*)\.(?:[a-z]+\w*)(?:\.\w+)*\b")


def list_axe_faults(counter: Counter) -> list[str]:
    """What axe finds now, one line each."""
    page = counter.page
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_AXE.read_text(encoding="utf-8") + "; null")
    run = "async (tags) => (await axe.run(document, { runOnly: tags, resultTypes: ['violations'] })).violations"
    found: list[dict[str, Any]] = page.evaluate(run, _TAGS)
    return [f"{one['id']}: {node['html'][:160]} ({node['target']})" for one in found for node in one["nodes"]]


def inspect_state(counter: Counter, name: str, *, is_focus_checked: bool = True) -> None:
    """Fails when something is wrong with what stands on the page now; keeps a picture of it."""
    page = counter.page
    take_picture(counter, name)
    light = list_axe_faults(counter)
    page.emulate_media(color_scheme="dark")
    dark = list_axe_faults(counter)
    take_picture(counter, f"{name}-dark")
    page.emulate_media(color_scheme="light")
    assert light + dark == [], "\n".join([name, *light, *dark])
    assert page.evaluate(_MEASURE_OVERFLOW) <= 0, f"{name}: the page is wider than the window"
    if is_focus_checked:
        inspect_focus(counter, name)


def inspect_focus(counter: Counter, name: str) -> None:
    """Fails when the focus is nowhere, out of sight, or under a bar."""
    cover = counter.page.evaluate(_FIND_COVER)
    assert cover is None, f"{name}: {cover}"


def take_picture(counter: Counter, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    counter.page.screenshot(path=PICTURES / f"{name}.png")


def list_untranslated(counter: Counter, keys: frozenset[str]) -> list[str]:
    """Keys of texts that stand on the page instead of words: visible, or spoken."""
    page = counter.page
    spoken = page.evaluate(
        "() => [...document.querySelectorAll('[aria-label],[title],[placeholder]')].flatMap((one) =>"
        " ['aria-label', 'title', 'placeholder'].map((name) => one.getAttribute(name) ?? ''))"
    )
    texts = " ".join([page.inner_text("body"), page.title(), *spoken])
    return [word for word in _KEY.findall(texts) if word in keys]
