"""RAPTOR: rounds of one more ride each, on rides that come at regular intervals.

Delling, Pajor, Werneck: Round-Based Public Transit Routing (2012). Three things differ from the paper: the next run is
computed from phase and interval instead of looked up, a change costs `penalty` minutes in the target's measure so that
nobody is sent through three changes to gain a minute, and lower bounds towards the target cut what cannot matter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from b2p_sandbox.timetable.network import SHORTEST_CHANGE_MINUTES, UNREACHED, Network


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is left at least from a station to the target: `minutes` without the time of changes, and `rides`."""

    minutes: Sequence[int]
    rides: Sequence[int]


@dataclass(frozen=True, slots=True)
class Part:
    """One ride of a found way, in the search's own direction of time: from `board` to `alight` (positions) on the run
    that starts at `start`; `walk_from` is the origin when the way begins with a walk from there."""

    ride: int
    start: int
    board: int
    alight: int
    walk_from: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """The best way: `cost` is `minute`, when it reaches the target, plus the penalties."""

    cost: int
    minute: int
    parts: tuple[Part, ...]


# ride, start, board, alight
_Parent = tuple[int, int, int, int]


def find_way(  # noqa: C901, PLR0912, PLR0915 - one loop, the sandbox's hottest; calls would cost more than they explain
    network: Network,
    source: int,
    minute: int,
    target: int,
    *,
    bounds: Bounds,
    limit: int,
    penalty: int,
    minimum_rides: int,
    maximum_rides: int,
) -> Found | None:
    """The way of least cost below `limit` that starts at `source` at `minute` or later, with fewest rides among equals.

    `minimum_rides` says that ways with fewer rides are of no interest (they may be found nevertheless), `bounds` belong
    to the target. Returns None when there is no way below `limit`.
    """
    lower_bounds, rides_needed = bounds.minutes, bounds.rides
    step = penalty + SHORTEST_CHANGE_MINUTES
    rides, boardings, walks, changes = network.rides, network.boardings, network.walks, network.change_minutes
    best = [UNREACHED] * len(boardings)
    best[source] = minute
    # walks do not follow on walks: where one got faster on foot, who comes by train may still walk on
    by_ride = [UNREACHED] * len(boardings)
    by_ride[source] = minute
    labels = {source: minute}
    walked_first: dict[int, int] = {}
    for end, minutes in walks[source]:
        if end != target:
            labels[end] = best[end] = minute + minutes
            walked_first[end] = source
    rounds: list[dict[int, _Parent]] = []
    near = dict(walks[target])
    target_cost = limit
    target_round = -1
    target_parent: _Parent | None = None
    for round_number in range(maximum_rides):
        queue: dict[int, int] = {}
        for station in labels:
            for number, position in boardings[station]:
                if queue.get(number, UNREACHED) > position:
                    queue[number] = position
        parents: dict[int, _Parent] = {}
        reached: dict[int, int] = {}
        # what a way that ends in this round may take: later rounds pay for their changes
        budget = target_cost - penalty * round_number
        rides_left = maximum_rides - round_number - 1
        changes_ahead = max(0, minimum_rides - round_number - 2)
        for number, first in queue.items():
            ride = rides[number]
            stations, arrivals, departures = ride.stations, ride.arrivals, ride.departures
            latest = ride.latest
            start = UNREACHED
            board = -1
            for i in range(first, len(stations)):
                station = stations[i]
                if board >= 0:
                    arrival = start + arrivals[i]
                    if arrival > latest:
                        # the run ends before this station, but an earlier one may still come here
                        start, board = UNREACHED, -1
                    elif arrival + lower_bounds[station] < budget:
                        if station == target or (station in near and arrival + near[station] < budget):
                            budget = arrival + (0 if station == target else near[station])
                            target_cost = budget + penalty * round_number
                            target_round, target_parent = round_number, (number, start, board, i)
                        ready = arrival + changes[station]
                        if ready < by_ride[station]:
                            by_ride[station] = ready
                            # whoever gets off here to ride on pays for all changes that are still needed
                            needed = rides_needed[station]
                            if (
                                ready < best[station]
                                and needed <= rides_left
                                and ready + lower_bounds[station] + max(needed - 1, changes_ahead) * step
                                < budget - penalty
                            ):
                                best[station] = reached[station] = ready
                                parents[station] = (number, start, board, i)
                            for end, minutes in walks[station]:
                                ready = arrival + minutes
                                needed = rides_needed[end]
                                if (
                                    ready < best[end]
                                    and needed <= rides_left
                                    and ready + lower_bounds[end] + max(needed - 1, changes_ahead) * step
                                    < budget - penalty
                                ):
                                    best[end] = reached[end] = ready
                                    parents[end] = (number, start, board, i)
                label = labels.get(station)
                if label is not None:
                    label = max(label, ride.earliest) - departures[i]
                    earlier = label + (ride.phase - label) % ride.interval
                    if earlier < start:
                        start, board = earlier, i
        rounds.append(parents)
        labels = reached
        if not labels:
            break
    if target_parent is None:
        return None
    return Found(
        target_cost,
        target_cost - penalty * target_round,
        _trace_parts(network, rounds[:target_round], target_parent, walked_first),
    )


def _trace_parts(
    network: Network, rounds: Sequence[Mapping[int, _Parent]], last: _Parent, walked_first: Mapping[int, int]
) -> tuple[Part, ...]:
    """The rides of a way, followed back from its last one through the rounds before it."""
    parts: list[Part] = []
    number, start, board, alight = last
    for parents in reversed(rounds):
        parts.append(Part(number, start, board, alight, None))
        number, start, board, alight = parents[network.rides[number].stations[board]]
    walk_from = walked_first.get(network.rides[number].stations[board])
    parts.append(Part(number, start, board, alight, walk_from))
    return tuple(reversed(parts))
