"""Distances along the lines, the same for every train between two stations: kilometres, and tariff kilometres.

Tariff kilometres are what fares are made of: as in the Swiss tariff, a mountain railway's kilometre, or one through an
Alpine tunnel or on a new line, counts for more than a kilometre.
"""

import csv
import heapq
from collections.abc import Sequence

from b2p_sandbox.timetable.courses import TRACK_DETOUR, Course
from b2p_sandbox.timetable.places import Place, Transfer, measure_distance_km, read_data_file

# A hop of a fast train is as long as the way over the stations that it passes; where no line calls at them, tracks
# wind more than over a short hop.
LONG_HOP_DETOUR = 1.3
LONG_HOP_KM = 25.0
UNJOINED_KM = 1e9


class TariffFactors:
    """What a kilometre counts for, from tariff.csv: by section, else by the line's name, its operator, its category."""

    def __init__(self) -> None:
        self._by_line: dict[str, float] = {}
        self._by_section: dict[frozenset[str], float] = {}
        for row in csv.DictReader(read_data_file("tariff.csv").splitlines()):
            if row["line"]:
                self._by_line[row["line"]] = float(row["factor"])
            else:
                self._by_section[frozenset((row["from"], row["to"]))] = float(row["factor"])

    def find_factor(self, course: Course, one: str, other: str) -> float:
        """Of a course's hop between two stations; 1 where nothing is said."""
        section = self._by_section.get(frozenset((one, other)))
        if section is not None:
            return section
        keys = (course.code.partition("@")[0], course.operator, course.category)
        return next((self._by_line[key] for key in keys if key in self._by_line), 1.0)


class DistanceTable:
    """Shortest ways along lines; what was asked for once is kept. With `factors`, in tariff kilometres."""

    def __init__(
        self,
        places: Sequence[Place],
        courses: Sequence[Course],
        transfers: Sequence[Transfer],
        factors: TariffFactors | None = None,
    ) -> None:
        lengths: list[dict[int, float]] = [{} for _ in places]
        for course in courses:
            for one, other in zip(course.stations, course.stations[1:], strict=False):
                straight = measure_distance_km(places[one], places[other])
                detour = LONG_HOP_DETOUR if straight > LONG_HOP_KM else TRACK_DETOUR
                factor = factors.find_factor(course, places[one].name, places[other].name) if factors else 1.0
                length = min(max(straight * detour * factor, 0.1), lengths[one].get(other, UNJOINED_KM))
                lengths[one][other] = lengths[other][one] = length
        for way in transfers:
            straight = measure_distance_km(places[way.start], places[way.end])
            lengths[way.start].setdefault(way.end, straight)
        self._hops = [list(ways.items()) for ways in lengths]
        self._known: dict[tuple[int, int], float] = {}

    def measure_way(self, start: int, end: int) -> float | None:
        """Kilometres from one station to another, or None when no line joins them."""
        pair = (min(start, end), max(start, end))
        if pair not in self._known:
            found = self._search(*pair)
            if found is None:
                return None
            self._known[pair] = found
        return self._known[pair]

    def _search(self, start: int, end: int) -> float | None:
        least = {start: 0.0}
        queue = [(0.0, start)]
        while queue:
            length, station = heapq.heappop(queue)
            if station == end:
                return length
            if length > least[station]:
                continue
            for neighbour, step in self._hops[station]:
                through = length + step
                if through < least.get(neighbour, UNJOINED_KM):
                    least[neighbour] = through
                    heapq.heappush(queue, (through, neighbour))
        return None
