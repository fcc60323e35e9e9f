"""The public contract of places: compact rows instead of objects, for the list is loaded by every browser."""

import msgspec

PlaceRow = tuple[int, str, int, list[str], list[str]]
"""UIC number, native name, weight (importance, 0 to 100), abbreviations, names in other languages.

Which of these texts find the place, and in which order, is decided by the front end (web/src/places/rules.ts).
"""


class PlaceList(msgspec.Struct, frozen=True):
    """All places that are found without asking the supplier, by weight falling; a new content is a new ``version``."""

    version: str
    places: list[PlaceRow]


class FoundPlaces(msgspec.Struct, frozen=True):
    """Places that the supplier found, in its order. One of our own list is its row there; others weigh 9 at most, so
    that they rank behind the list's."""

    places: list[PlaceRow]
