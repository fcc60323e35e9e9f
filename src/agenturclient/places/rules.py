"""Pure search rules for places; the front end implements the same ones against tests/places/vectors.json.

Normalising (`list_spellings`): NFC, lower case, ß -> ss, œ -> oe, æ -> ae; every run of other characters than
letters and digits becomes one space; the words saint, sankt, san, santa, sainte become `st`. Two spellings
are kept: umlauts without dots (ü -> u) and umlauts written out (ü -> ue); all other accents are dropped. A
query has the same spellings.

Classes of a match, best first: 0 exact abbreviation, 1 exact name (native or other-language), 2 the name
starts with the query, 3 the query starts at a later word. Order: class, then weight falling, then native
name, then uic.

Resolve rule (`resolve_place`): a token is accepted silently only if (a) exactly one place has it as an
abbreviation; else (b) exactly one place has it as an exact name; else (c) exactly one place matches at all.
(a) or (b) with several places, or (c) with several, is ambiguous; no match is neither. Tokens under two
characters (normalised, without spaces) never match.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_LIGATURES = str.maketrans({"ß": "ss", "œ": "oe", "æ": "ae"})
_SAINTS = frozenset({"saint", "sainte", "sankt", "san", "santa"})
MINIMUM_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Place:
    """One station; `weight` is importance 0-100; `names` are (language, name) pairs other than the native name."""

    uic: str
    name: str
    canton: str
    lat: float
    lon: float
    weight: int
    abbreviations: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()


def _strip_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    words = re.sub(r"[^a-z0-9]+", " ", plain).split()
    return " ".join("st" if word in _SAINTS else word for word in words)


def list_spellings(text: str) -> tuple[str, ...]:
    """The one or two comparable spellings of a text (module docstring); empty text gives an empty tuple."""
    lowered = unicodedata.normalize("NFC", text).lower().translate(_LIGATURES)
    both = (_strip_accents(lowered), _strip_accents(lowered.translate(_UMLAUTS)))
    return tuple(dict.fromkeys(spelling for spelling in both if spelling))


def _classify_match(tokens: tuple[str, ...], place: Place) -> int | None:
    if any(spelling in tokens for text in place.abbreviations for spelling in list_spellings(text)):
        return 0
    texts = (place.name, *(name for _, name in place.names))
    names = [spelling for text in texts for spelling in list_spellings(text)]
    if any(name in tokens for name in names):
        return 1
    if any(name.startswith(token) for name in names for token in tokens):
        return 2
    if any(f" {token}" in name for name in names for token in tokens):
        return 3
    return None


def _match_places(query: str, places: Sequence[Place]) -> list[tuple[int, Place]]:
    tokens = tuple(t for t in list_spellings(query) if len(t.replace(" ", "")) >= MINIMUM_LETTERS)
    if not tokens:
        return []
    classified = ((_classify_match(tokens, place), place) for place in places)
    found = [(match, place) for match, place in classified if match is not None]
    return sorted(found, key=lambda hit: (hit[0], -hit[1].weight, hit[1].name, hit[1].uic))


def rank_places(query: str, places: Sequence[Place], limit: int) -> list[Place]:
    """The best `limit` places for a typed text, best first; nothing under two characters."""
    return [place for _, place in _match_places(query, places)[:limit]]


def _select_candidates(query: str, places: Sequence[Place]) -> list[Place]:
    hits = _match_places(query, places)
    if hits and hits[0][0] <= 1:
        return [place for match, place in hits if match == hits[0][0]]
    return [place for _, place in hits]


def resolve_place(query: str, places: Sequence[Place]) -> Place | None:
    """The one place that may be accepted silently, else None (resolve rule in the module docstring)."""
    candidates = _select_candidates(query, places)
    return candidates[0] if len(candidates) == 1 else None


def is_ambiguous(query: str, places: Sequence[Place]) -> bool:
    """True if the text could be two places by the resolve rule; False for one place and for none."""
    return len(_select_candidates(query, places)) > 1
