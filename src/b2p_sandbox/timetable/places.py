"""Stations, ways between them, and the search for stations by name."""

import csv
import itertools
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

EARTH_RADIUS_KM = 6371.0
# Stations this near to each other are joined by a footpath.
FOOTPATH_KM = 0.45
WALKING_KM_PER_MINUTE = 0.075
# Streets are longer than the straight line; and one has to get off the platform and on to another.
WALKING_DETOUR = 1.3
WALKING_MARGIN_MINUTES = 2
MAXIMUM_FOUND = 30

VEHICLE_TYPES = {
    "Bus": "BUS",
    "Kabinenbahn": "CABLE",
    "Metro": "METRO",
    "Schiff": "BOAT",
    "Sesselbahn": "CHAIRLIFT",
    "Standseilbahn": "CABLE",
    "Tram": "TRAMWAY",
    "Zahnradbahn": "COG_RAILWAY",
    "Zug": "TRAIN",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A station: `uic` has seven digits (8503000), `weight` is its departures a day, `vehicle_types` B2P's words."""

    uic: int
    name: str
    lat: float
    lon: float
    weight: int
    vehicle_types: tuple[str, ...]
    canton: str
    change_minutes: int


@dataclass(frozen=True, slots=True)
class Transfer:
    """A way between two stations (indices), with the minutes from stepping out to being ready to step in."""

    start: int
    end: int
    minutes: int
    is_walk: bool


def read_data_file(name: str) -> str:
    """A text of the package's data folder."""
    return files("b2p_sandbox.timetable").joinpath("data", name).read_text(encoding="utf-8")


def load_stations() -> list[Place]:
    """The stations in the file's order, without weights."""
    return [
        Place(
            uic=int(row["uic"]),
            name=row["name"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            weight=0,
            vehicle_types=tuple(sorted({VEHICLE_TYPES[word] for word in row["types"].split("|")})),
            canton=row["canton"],
            change_minutes=int(row["change_minutes"]),
        )
        for row in csv.DictReader(read_data_file("stations.csv").splitlines())
    ]


def measure_distance_km(one: Place, other: Place) -> float:
    """The straight line between two stations, in kilometres."""
    lat_1, lat_2 = math.radians(one.lat), math.radians(other.lat)
    half_lat, half_lon = (lat_2 - lat_1) / 2, math.radians(other.lon - one.lon) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(lat_1) * math.cos(lat_2) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(chord))


def list_transfers(places: Sequence[Place], courses: Iterable[Sequence[int]]) -> list[Transfer]:
    """Footpaths between near stations, and the ways of transfers.csv; each in both directions.

    Nobody walks along a line from stop to stop: `courses` lists the stations of each.
    """
    neighbours = {pair for stations in courses for pair in itertools.pairwise(stations)}
    index = {place.name: position for position, place in enumerate(places)}
    ways: dict[tuple[int, int], Transfer] = {}
    for one, other in _list_near_pairs(places):
        distance_km = measure_distance_km(places[one], places[other])
        if distance_km <= FOOTPATH_KM and (one, other) not in neighbours and (other, one) not in neighbours:
            walk = distance_km * WALKING_DETOUR / WALKING_KM_PER_MINUTE
            minutes = math.ceil(walk) + WALKING_MARGIN_MINUTES
            ways[one, other] = Transfer(one, other, minutes, is_walk=True)
    for row in csv.DictReader(read_data_file("transfers.csv").splitlines()):
        one, other = index[row["from"]], index[row["to"]]
        ways[min(one, other), max(one, other)] = Transfer(
            min(one, other), max(one, other), int(row["minutes"]), is_walk=row["kind"] == "walk"
        )
    back = [Transfer(way.end, way.start, way.minutes, way.is_walk) for way in ways.values()]
    return [*ways.values(), *back]


def _list_near_pairs(places: Sequence[Place]) -> Iterator[tuple[int, int]]:
    """Pairs (smaller index first) in the same or neighbouring cells of a grid wider than a footpath."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for position, place in enumerate(places):
        cells[int(place.lat * 150), int(place.lon * 100)].append(position)
    for (row, column), members in cells.items():
        for neighbour in ((row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)):
            for other in cells.get(neighbour, ()):
                for one in members:
                    if one < other:
                        yield one, other


def fold_name(text: str) -> str:
    """A name for comparing: no accents, no capitals, no punctuation; "ae", "oe" and "ue" for umlauts are a, o, u."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    for pair, single in (("ae", "a"), ("oe", "o"), ("ue", "u")):
        letters = letters.replace(pair, single)
    return " ".join(re.findall(r"[a-z0-9]+", letters))


class PlaceIndex:
    """Finds stations by name: whole name, beginning of the name, beginnings of its words, anywhere; heavier first."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._entries = [
            (fold_name(place.name), place) for place in sorted(places, key=lambda place: (-place.weight, place.uic))
        ]

    def find_places(self, name: str) -> list[Place]:
        """At most 30 stations, the best first; none for a name without letters or digits."""
        query = fold_name(name)
        if not query:
            return []
        words = query.split()
        ranked: list[list[Place]] = [[], [], [], []]
        for folded, place in self._entries:
            rank = _rank_name(folded, query, words)
            if rank is not None:
                ranked[rank].append(place)
        return [place for group in ranked for place in group][:MAXIMUM_FOUND]


def _rank_name(folded: str, query: str, words: Sequence[str]) -> int | None:
    if folded == query:
        return 0
    if folded.startswith(query):
        return 1
    own_words = folded.split()
    if all(any(own.startswith(word) for own in own_words) for word in words):
        return 2
    return 3 if query in folded else None
