"""Tariff distances: kilometres along the lines, the same for every train between two stations."""

import heapq
from collections.abc import Sequence

from b2p_sandbox.timetable.courses import TRACK_DETOUR, Course
from b2p_sandbox.timetable.places import Place, Transfer, measure_distance_km

# A hop of a fast train is as long as the way over the stations that it passes; where no line calls at them, tracks
# wind more than over a short hop.
LONG_HOP_DETOUR = 1.3
LONG_HOP_KM = 25.0


class DistanceTable:
    """Shortest ways along lines; what was asked for once is kept."""

    def __init__(self, places: Sequence[Place], courses: Sequence[Course], transfers: Sequence[Transfer]) -> None:
        lengths: list[dict[int, float]] = [{} for _ in places]
        for course in courses:
            for one, other in zip(course.stations, course.stations[1:], strict=False):
                if other in lengths[one]:
                    continue
                straight = measure_distance_km(places[one], places[other])
                detour = LONG_HOP_DETOUR if straight > LONG_HOP_KM else TRACK_DETOUR
                lengths[one][other] = lengths[other][one] = max(straight * detour, 0.1)
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
                if through < least.get(neighbour, 1e9):
                    least[neighbour] = through
                    heapq.heappush(queue, (through, neighbour))
        return None
