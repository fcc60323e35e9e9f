"""The network that connections are searched in: forwards and backwards in time, with stations to pass if wanted."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

from b2p_sandbox.timetable.courses import Course
from b2p_sandbox.timetable.places import Place, Transfer

UNREACHED = 1_000_000
# No change is shorter, and no walk between stations.
SHORTEST_CHANGE_MINUTES = 3


@dataclass(frozen=True, slots=True)
class Ride:
    """A row of stations with times, searched from front to back. Backwards in time all signs and directions are turned.

    `course` is the course's position in the timetable; position i of the ride is position i of the course, counted from
    the end when the network is a backward one.
    """

    course: int
    stations: tuple[int, ...]
    arrivals: tuple[int, ...]
    departures: tuple[int, ...]
    interval: int
    phase: int
    earliest: int
    latest: int


@dataclass(frozen=True, slots=True)
class Network:
    """What the search reads. `boardings[s]` lists (ride, position) where one can step in at station s; `walks[s]` lists
    (station, minutes); `change_minutes[s]` is the time to change there."""

    rides: Sequence[Ride]
    boardings: Sequence[Sequence[tuple[int, int]]]
    walks: Sequence[Sequence[tuple[int, int]]]
    change_minutes: Sequence[int]


def build_networks(
    courses: Sequence[Course], places: Sequence[Place], transfers: Sequence[Transfer]
) -> tuple[Network, Network]:
    """The network forwards and the network backwards in time."""
    forward = [
        Ride(
            number,
            course.stations,
            course.arrivals,
            course.departures,
            course.interval,
            course.phase,
            course.window_start,
            course.window_end,
        )
        for number, course in enumerate(courses)
    ]
    backward = [
        Ride(
            ride.course,
            ride.stations[::-1],
            tuple(-minute for minute in reversed(ride.departures)),
            tuple(-minute for minute in reversed(ride.arrivals)),
            ride.interval,
            -ride.phase % ride.interval,
            -ride.latest,
            -ride.earliest,
        )
        for ride in forward
    ]
    changes = tuple(place.change_minutes for place in places)
    walks: list[list[tuple[int, int]]] = [[] for _ in places]
    for way in transfers:
        walks[way.start].append((way.end, way.minutes))
    return (
        Network(forward, _list_boardings(forward, len(places)), walks, changes),
        Network(backward, _list_boardings(backward, len(places)), walks, changes),
    )


def _list_boardings(rides: Sequence[Ride], station_count: int) -> list[list[tuple[int, int]]]:
    boardings: list[list[tuple[int, int]]] = [[] for _ in range(station_count)]
    for number, ride in enumerate(rides):
        for position, station in enumerate(ride.stations[:-1]):
            boardings[station].append((number, position))
    return boardings


def stack_network(network: Network, stages: int) -> Network:
    """The network so many times, without ways between the copies: station s in stage k is k * n + s."""
    count = len(network.boardings)
    rides: list[Ride] = []
    boardings: list[Sequence[tuple[int, int]]] = []
    walks: list[Sequence[tuple[int, int]]] = []
    for stage in range(stages):
        offset = len(rides)
        rides += [_shift_ride(ride, [stage] * len(ride.stations), count) for ride in network.rides]
        boardings += [[(offset + number, position) for number, position in entries] for entries in network.boardings]
        walks += [[(stage * count + end, minutes) for end, minutes in ways] for ways in network.walks]
    return Network(rides, boardings, walks, tuple(network.change_minutes) * stages)


def join_stages(network: Network, stacked: Network, vias: Sequence[int]) -> Network:
    """The network once per stage of a journey over `vias` (in travelling order for this network).

    `stacked` is the network of one stage more than there are vias. A ride that calls at the next via goes on in the
    next stage, and so does a walk that ends there: whoever has passed a via is never worse off. The origin is in stage
    0, the destination in the last.
    """
    count = len(network.boardings)
    rides, boardings, walks = list(stacked.rides), list(stacked.boardings), list(stacked.walks)
    for stage, via in enumerate(vias):
        moved: dict[tuple[int, int], int] = {}
        for number in sorted({number for number, ride in enumerate(network.rides) if via in ride.stations}):
            ride = network.rides[number]
            first = 0
            for position in [i for i, station in enumerate(ride.stations) if station == via]:
                moved.update(((len(network.rides) * stage + number, i), len(rides)) for i in range(first, position))
                rides.append(_shift_ride(ride, _pass_stages(ride, position, stage, vias), count))
                first = position
        for station in {stacked.rides[number].stations[position] for number, position in moved}:
            boardings[station] = [(moved.get(entry, entry[0]), entry[1]) for entry in boardings[station]]
        for neighbour, _ in network.walks[via]:
            start = stage * count + neighbour
            onward = [(end + count, minutes) for end, minutes in walks[start] if end == stage * count + via]
            walks[start] = [*walks[start], *onward]
    return Network(rides, boardings, walks, stacked.change_minutes)


def _pass_stages(ride: Ride, position: int, stage: int, vias: Sequence[int]) -> list[int]:
    """The stage of a ride at each of its stations, when it passes the stage's via at `position`."""
    stages = [stage] * len(ride.stations)
    for following, via in enumerate(vias[stage:], stage + 1):
        while position < len(ride.stations) and ride.stations[position] != via:
            position += 1
        stages[position:] = [following] * (len(ride.stations) - position)
        position += 1
    return stages


def _shift_ride(ride: Ride, stages: Sequence[int], count: int) -> Ride:
    stations = tuple(stage * count + station for stage, station in zip(stages, ride.stations, strict=True))
    return Ride(
        ride.course, stations, ride.arrivals, ride.departures, ride.interval, ride.phase, ride.earliest, ride.latest
    )


def build_shortest_hops(network: Network) -> list[list[tuple[int, int]]]:
    """For every station its neighbours with the shortest time of a ride or a walk, the same in both directions.

    Of a walk, the time that every change takes is left out: who adds it for every change counts nothing twice.
    """
    shortest: list[dict[int, int]] = [{} for _ in network.boardings]
    for ride in network.rides:
        for i in range(len(ride.stations) - 1):
            one, other = ride.stations[i], ride.stations[i + 1]
            minutes = ride.arrivals[i + 1] - ride.departures[i]
            for start, end in ((one, other), (other, one)):
                if minutes < shortest[start].get(end, UNREACHED):
                    shortest[start][end] = minutes
    for start, ways in enumerate(network.walks):
        for end, walk in ways:
            minutes = max(0, walk - SHORTEST_CHANGE_MINUTES)
            if minutes < shortest[start].get(end, UNREACHED):
                shortest[start][end] = minutes
    return [list(hops.items()) for hops in shortest]


def measure_minutes(hops: Sequence[Sequence[tuple[int, int]]], source: int) -> list[int]:
    """Dijkstra: the least sum of minutes from `source` to every station, UNREACHED where there is no way."""
    least = [UNREACHED] * len(hops)
    least[source] = 0
    queue = [(0, source)]
    while queue:
        weight, station = heapq.heappop(queue)
        if weight > least[station]:
            continue
        for neighbour, step in hops[station]:
            through = weight + step
            if through < least[neighbour]:
                least[neighbour] = through
                heapq.heappush(queue, (through, neighbour))
    return least


def count_rides(network: Network, source: int) -> list[int]:
    """The least number of rides to every station from `source`; 0 where one can walk, UNREACHED where there is no way.

    Lines run in both directions, so it is the number from every station to `source` as well.
    """
    counts = [UNREACHED] * len(network.boardings)
    front = {source, *(end for end, _ in network.walks[source])}
    for station in front:
        counts[station] = 0
    ridden: set[int] = set()
    rides = 0
    while front:
        rides += 1
        numbers = {number for station in front for number, _ in network.boardings[station]} - ridden
        ridden |= numbers
        calls = {station for number in numbers for station in network.rides[number].stations}
        walked = {end for station in calls for end, _ in network.walks[station]}
        front = {station for station in calls | walked if counts[station] == UNREACHED}
        for station in front:
            counts[station] = rides
    return counts
