"""Delays, cancellations and changed tracks: invented, but the same for a seed, an operating day and a train."""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

# Of a thousand trains so many ...
CANCELLED_PER_MILLE = 4
PARTLY_CANCELLED_PER_MILLE = 3
SLIGHTLY_LATE_PER_MILLE = 120
LATE_PER_MILLE = 25
TRACK_CHANGED_PER_MILLE = 15


@dataclass(frozen=True, slots=True)
class Disruption:
    """What happens to one train: `delay_minutes` from position `delayed_from` of its course on, not served from
    position `cancelled_from` on (None: served to the end), another track at position `track_changed_at`."""

    delay_minutes: int
    delayed_from: int
    cancelled_from: int | None
    track_changed_at: int | None


@lru_cache(maxsize=20_000)
def foresee_disruption(seed: int, day: date, number: str, first: int, last: int) -> Disruption:
    """The disruption of the train with this number on this operating day, which serves positions `first` to `last`."""
    digest = hashlib.blake2b(f"{seed}/{day.isoformat()}/{number}".encode(), digest_size=16).digest()
    chance, delay, place, track = (int.from_bytes(digest[i : i + 4], "big") for i in range(0, 16, 4))
    somewhere = first + place % (last - first)
    changed = first + (track >> 10) % (last - first + 1) if track % 1000 < TRACK_CHANGED_PER_MILLE else None
    per_mille = chance % 1000
    bounds = [CANCELLED_PER_MILLE, PARTLY_CANCELLED_PER_MILLE, SLIGHTLY_LATE_PER_MILLE, LATE_PER_MILLE]
    cancelled, partly, slightly, late = (sum(bounds[: i + 1]) for i in range(4))
    if per_mille < cancelled:
        return Disruption(0, first, first, None)
    if per_mille < partly:
        return Disruption(0, first, somewhere, changed)
    if per_mille < slightly:
        return Disruption(1 + delay % 4, somewhere, None, changed)
    if per_mille < late:
        return Disruption(5 + delay % 14, somewhere, None, changed)
    return Disruption(0, first, None, changed)
