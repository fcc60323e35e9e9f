"""All sensible connections between two stations in a service day, in their order, one at a time.

A *way* is a connection without a date: the timetable is the same every day. With cost = arrival + penalty per change,
the ways worth showing are those which no way that leaves later beats or equals in cost. That set does not depend on
when one asks, so walking along it forwards or backwards neither repeats nor skips anything.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from b2p_sandbox.timetable.courses import DAY_END
from b2p_sandbox.timetable.network import Network, expand_network
from b2p_sandbox.timetable.raptor import UNREACHED, Found, Part, find_way

CHANGE_PENALTY_MINUTES = 5
MAXIMUM_RIDES = 9
HIGHEST_COST = DAY_END + CHANGE_PENALTY_MINUTES * MAXIMUM_RIDES


@dataclass(frozen=True, slots=True)
class WayRide:
    """A ride on a run of a course: the run's start minute and the positions where one steps in and out."""

    course: int
    start: int
    board: int
    alight: int


@dataclass(frozen=True, slots=True)
class Way:
    """Minutes of the service day, a walk at either end included."""

    departure: int
    arrival: int
    cost: int
    rides: tuple[WayRide, ...]


class WayFinder:
    """Walks along the ways between two stations (indices), over others if wanted; keeps what it found."""

    def __init__(
        self,
        networks: tuple[Network, Network],
        measure_minutes: Callable[[int], Sequence[int]],
        origin: int,
        destination: int,
        vias: Sequence[int],
    ) -> None:
        """`measure_minutes` gives lower bounds from a station to every other."""
        stops = [origin, *vias, destination]
        towards = [measure_minutes(stop) for stop in stops]
        self._shortest = sum(towards[i][stops[i + 1]] for i in range(len(stops) - 1))
        self._bounds = _list_bounds(towards[1:], stops[1:])
        self._back_bounds = _list_bounds(towards[-2::-1], stops[-2::-1])
        forward, backward = networks
        self._forward = expand_network(forward, vias) if vias else forward
        self._backward = expand_network(backward, list(reversed(vias))) if vias else backward
        self._origin, self._destination = origin, destination
        self._last_stage = len(towards[0]) * len(vias)
        self._next: dict[int, Way | None] = {}
        self._previous: dict[int, Way | None] = {}

    def find_next(self, minute: int) -> Way | None:
        """The first way that leaves at `minute` or later."""
        if minute not in self._next:
            self._next[minute] = self._search_next(minute)
        return self._next[minute]

    def find_previous(self, cost: int) -> Way | None:
        """The last way with at most this cost."""
        if cost not in self._previous:
            self._previous[cost] = self._search_previous(min(cost, HIGHEST_COST))
        return self._previous[cost]

    def _search_next(self, minute: int) -> Way | None:
        if self._shortest >= UNREACHED:
            return None
        guess = minute + self._shortest * 3 // 2 + 60
        found = self._search_forward(minute, guess) or self._search_forward(minute, HIGHEST_COST + 1)
        if found is None:
            return None
        way = self._describe(found)
        departure = self._find_latest_departure(found.cost, way.departure)
        if departure == way.departure:
            return way
        later = self._search_forward(departure, found.cost + 1)
        return self._describe(later) if later is not None else way

    def _search_previous(self, cost: int) -> Way | None:
        if self._shortest >= UNREACHED:
            return None
        guess = cost - self._shortest * 3 // 2 - 60
        departure = self._find_latest_departure(cost, guess)
        if departure == guess:
            departure = self._find_latest_departure(cost, -1)
            if departure == -1:
                return None
        found = self._search_forward(departure, cost + 1)
        return self._describe(found) if found is not None else None

    def _search_forward(self, minute: int, limit: int) -> Found | None:
        return find_way(
            self._forward,
            self._origin,
            minute,
            self._last_stage + self._destination,
            lower_bounds=self._bounds,
            limit=limit,
            penalty=CHANGE_PENALTY_MINUTES,
            maximum_rides=MAXIMUM_RIDES,
        )

    def _find_latest_departure(self, cost: int, at_least: int) -> int:
        """The latest departure of a way with at most this cost; `at_least` when there is none later than that."""
        latest = at_least
        for changes in range(MAXIMUM_RIDES):
            deadline = cost - CHANGE_PENALTY_MINUTES * changes
            if deadline - self._shortest <= latest:
                break
            found = find_way(
                self._backward,
                self._destination,
                -deadline,
                self._last_stage + self._origin,
                lower_bounds=self._back_bounds,
                limit=-latest,
                penalty=0,
                maximum_rides=changes + 1,
            )
            if found is not None:
                latest = -found.minute
        return latest

    def _describe(self, found: Found) -> Way:
        rides = self._forward.rides
        first = found.parts[0]
        first_ride = rides[first.ride]
        departure = first.start + first_ride.departures[first.board]
        if first.walk_from is not None:
            end = first_ride.stations[first.board]
            departure -= dict(self._forward.walks[first.walk_from])[end]
        return Way(
            departure,
            found.minute,
            found.cost,
            tuple(self._describe_ride(part) for part in found.parts),
        )

    def _describe_ride(self, part: Part) -> WayRide:
        return WayRide(self._forward.rides[part.ride].course, part.start, part.board, part.alight)


def _list_bounds(towards: Sequence[Sequence[int]], stops: Sequence[int]) -> list[int]:
    """Lower bounds for each stage's stations: to the stage's next stop, and from there on to the last."""
    bounds: list[int] = []
    for stage, minutes in enumerate(towards):
        rest = sum(towards[i + 1][stops[i]] for i in range(stage, len(stops) - 1))
        bounds += [minute + rest for minute in minutes] if rest else minutes
    return bounds
