"""All sensible connections between two stations in a service day, in their order, one at a time.

A *way* is a connection without a date: the timetable is the same every day. With cost = arrival + penalty per change,
the ways worth showing are those which no way that leaves later beats or equals in cost. That set does not depend on
when one asks, so walking along it forwards or backwards neither repeats nor skips anything.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from b2p_sandbox.timetable.courses import DAY_END
from b2p_sandbox.timetable.network import SHORTEST_CHANGE_MINUTES, UNREACHED, Network
from b2p_sandbox.timetable.raptor import Bounds, Found, Part, find_way

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
        find_bounds: Callable[[int], Bounds],
        origin: int,
        destination: int,
        vias: Sequence[int],
    ) -> None:
        """`networks` are joined for `vias` already; `find_bounds` gives the bounds towards a station."""
        stops = [origin, *vias, destination]
        towards = [find_bounds(stop) for stop in stops]
        self._shortest = sum(towards[i].minutes[stops[i + 1]] for i in range(len(stops) - 1))
        self._fewest = max(1, *(towards[i].rides[stops[i + 1]] for i in range(len(stops) - 1)))
        self._bounds = _stage_bounds(towards[1:], stops[1:])
        self._back_bounds = _stage_bounds(towards[-2::-1], stops[-2::-1])
        self._forward, self._backward = networks
        self._origin, self._destination = origin, destination
        self._last_stage = len(towards[0].minutes) * len(vias)
        self._next: dict[int, Way | None] = {}
        self._latest: Way | None = None
        self._previous: dict[int, Way | None] = {}

    def find_next(self, minute: int) -> Way | None:
        """The first way that leaves at `minute` or later."""
        if minute not in self._next:
            self._next[minute] = self._search_next(minute)
        self._latest = self._next[minute]
        return self._latest

    def find_previous(self, cost: int) -> Way | None:
        """The last way with at most this cost."""
        if cost not in self._previous:
            self._previous[cost] = self._search_previous(min(cost, HIGHEST_COST))
        return self._previous[cost]

    def _search_next(self, minute: int) -> Way | None:
        if self._shortest >= UNREACHED:
            return None
        found = None
        for limit in self._guess_limits(minute):
            found = self._search_forward(minute, limit)
            if found is not None:
                break
        if found is None:
            return None
        way = self._describe(found)
        # most that leave later change as often: looking for them first spares searches, the rest is looked for below
        changes = len(found.parts) - 1
        minute = self._find_latest_departure(way.cost, way.departure, range(changes, changes + 1))
        minute = max(minute, way.departure + 1)
        while (later := self._search_forward(minute, way.cost + 1)) is not None:
            way = self._describe(later)
            minute = way.departure + 1
        return way

    def _guess_limits(self, minute: int) -> list[int]:
        """Limits to search under, each looser than the last: a tight one that holds saves most of the work."""
        limits = [minute + self._shortest * 3 // 2 + 60, HIGHEST_COST + 1]
        if self._latest is not None and self._latest.departure == minute - 1:
            # most services come every hour
            limits.insert(0, self._latest.cost + 61)
        return sorted(limits)

    def _search_previous(self, cost: int) -> Way | None:
        if self._shortest >= UNREACHED:
            return None
        guess = cost - self._shortest * 3 // 2 - 60
        numbers = range(self._fewest - 1, MAXIMUM_RIDES)
        departure = self._find_latest_departure(cost, guess, numbers)
        if departure == guess:
            departure = self._find_latest_departure(cost, -1, numbers)
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
            bounds=self._bounds,
            limit=limit,
            penalty=CHANGE_PENALTY_MINUTES,
            minimum_rides=1,
            maximum_rides=MAXIMUM_RIDES,
        )

    def _find_latest_departure(self, cost: int, at_least: int, numbers: Iterable[int]) -> int:
        """The latest departure of a way with at most this cost and one of these rising numbers of changes; `at_least`
        when there is none later than that."""
        latest = at_least
        for changes in numbers:
            deadline = cost - CHANGE_PENALTY_MINUTES * changes
            if deadline - self._shortest - SHORTEST_CHANGE_MINUTES * changes <= latest:
                break
            found = find_way(
                self._backward,
                self._destination,
                -deadline,
                self._last_stage + self._origin,
                bounds=self._back_bounds,
                limit=-latest,
                penalty=0,
                # ways with fewer changes were looked for with a later deadline
                minimum_rides=changes + 1,
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


def _stage_bounds(towards: Sequence[Bounds], stops: Sequence[int]) -> Bounds:
    """Bounds for each stage's stations: to the stage's next stop, and from there on to the last.

    One ride may pass several stops: of the numbers of rides, the greatest counts.
    """
    if len(stops) == 1:
        return towards[0]
    minutes: list[int] = []
    rides: list[int] = []
    for stage, bounds in enumerate(towards):
        rest = sum(towards[i + 1].minutes[stops[i]] for i in range(stage, len(stops) - 1))
        most = max((towards[i + 1].rides[stops[i]] for i in range(stage, len(stops) - 1)), default=0)
        minutes += [minute + rest for minute in bounds.minutes]
        rides += [max(count, most) for count in bounds.rides]
    return Bounds(minutes, rides)
