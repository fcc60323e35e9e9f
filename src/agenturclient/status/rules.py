"""Decisions about the supplier's status. No I/O."""

import datetime as dt
from collections.abc import Iterable
from typing import Literal

from agenturclient.rail.port import Announcement, Language, RailStatus

SLOW_AFTER_SECONDS = 1.5
_LANGUAGES: tuple[Language, ...] = ("de", "fr", "it", "en")


def judge_supplier(status: RailStatus | None, seconds: float) -> Literal["fine", "slow", "down"]:
    """What a seller is told, from the supplier's own word (None: it gave none) and how long it took."""
    if status is None:
        return "down"
    return "fine" if status.is_ok and seconds < SLOW_AFTER_SECONDS else "slow"


def select_announcements(
    announcements: Iterable[Announcement], language: Language, now: dt.datetime
) -> list[tuple[Announcement, str]]:
    """Those valid now with their text; in another language rather than not at all."""
    selected = []
    for announcement in announcements:
        is_over = announcement.valid_until is not None and announcement.valid_until <= now
        texts = [announcement.texts.get(wanted, "") for wanted in (language, *_LANGUAGES)]
        text = next((text for text in texts if text.strip()), "")
        if text and announcement.valid_from <= now and not is_over:
            selected.append((announcement, text))
    return selected
