"""The timetable as the rest of the sandbox asks it: places, connections, tripIds, distances."""

import hashlib
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from types import MappingProxyType

from b2p_sandbox.timetable.assembly import ZURICH, JourneyAssembler
from b2p_sandbox.timetable.courses import DAY_END, Course, load_courses
from b2p_sandbox.timetable.distances import DistanceTable, TariffFactors
from b2p_sandbox.timetable.errors import (
    ExpiredTripId,
    InvalidScrollContext,
    InvalidTripId,
    OutsideTimetable,
    UnknownPlace,
)
from b2p_sandbox.timetable.journeys import Journey, TripPage
from b2p_sandbox.timetable.network import (
    Network,
    build_networks,
    build_shortest_hops,
    count_rides,
    join_stages,
    measure_minutes,
    stack_network,
)
from b2p_sandbox.timetable.places import Place, PlaceIndex, Transfer, list_transfers, load_stations, read_data_file
from b2p_sandbox.timetable.raptor import Bounds
from b2p_sandbox.timetable.tokens import TRIP_FILLER_BYTES, derive_key, open_text, seal_text
from b2p_sandbox.timetable.ways import (
    CHANGE_PENALTY_MINUTES,
    HIGHEST_COST,
    MAXIMUM_RIDES,
    Way,
    WayFinder,
    WayRide,
)

FIRST_DAY = timedelta(days=-1)
LAST_DAY = timedelta(days=365)
TRIP_ID_LIFETIME = timedelta(hours=24)
MINUTES_PER_DAY = 24 * 60
KEPT_FINDERS = 256
# stations on the way need networks of their own, for all finders over the same ones
KEPT_VIA_NETWORKS = 16
KEPT_BOUNDS = 256
# by the number of stations on the way
KEPT_STACKS = 4

_Position = tuple[date, Way]


def load_timetable(seed: int) -> "Timetable":
    """The timetable; everything in it that is invented (delays, cancellations) follows from `seed`."""
    return Timetable(seed)


class Timetable:
    """The same regular-interval service on every day, from 05:00 to 00:40. See the package's docstring for units."""

    def __init__(self, seed: int) -> None:
        stations = load_stations()
        courses = load_courses({place.name: number for number, place in enumerate(stations)}, stations)
        self._places = weigh_places(stations, courses)
        self._index = {place.uic: number for number, place in enumerate(self._places)}
        self._courses = courses
        self._transfers = list_transfers(self._places, [course.stations for course in courses])
        self._networks = build_networks(courses, self._places, self._transfers)
        self._hops = build_shortest_hops(self._networks[0])
        self._place_index = PlaceIndex(self._places)
        self._tariff = DistanceTable(self._places, courses, self._transfers, TariffFactors())
        distances = DistanceTable(self._places, courses, self._transfers)
        self._assembler = JourneyAssembler(seed, self._places, courses, self._transfers, distances, self._tariff)
        data = read_data_file("lines.txt") + read_data_file("stations.csv") + read_data_file("transfers.csv")
        self._key = derive_key(seed, hashlib.sha256(data.encode()).hexdigest())
        self._find_bounds = lru_cache(maxsize=KEPT_BOUNDS)(self._measure_bounds)
        self._stack_networks = lru_cache(maxsize=KEPT_STACKS)(self._build_stacks)
        self._join_networks = lru_cache(maxsize=KEPT_VIA_NETWORKS)(self._build_networks)
        self._get_finder = lru_cache(maxsize=KEPT_FINDERS)(self._build_finder)
        self._get_via_finder = lru_cache(maxsize=KEPT_VIA_NETWORKS)(self._build_finder)
        self.places: Mapping[int, Place] = MappingProxyType({place.uic: place for place in self._places})

    @property
    def courses(self) -> Sequence[Course]:
        """Both directions of every line."""
        return self._courses

    @property
    def transfers(self) -> Sequence[Transfer]:
        """The ways between stations."""
        return self._transfers

    def get_place(self, uic: int) -> Place:
        """The station with this number; raises UnknownPlace."""
        return self._places[self._get_index(uic)]

    def find_place(self, uic: int) -> Place | None:
        """The station with this number, or None."""
        return self.places.get(uic)

    def find_locations(self, name: str) -> list[Place]:
        """Stations by name or part of it, the best first, at most 30."""
        return self._place_index.find_places(name)

    def search_trips(
        self,
        origin: int,
        destination: int,
        via: Sequence[int],
        at: datetime,
        is_arrival: bool = False,
        before: int = 0,
        after: int = 5,
        *,
        now: datetime | None = None,
    ) -> TripPage:
        """Connections between stations given by number, in the order of departure.

        Departure search: `before` connections that leave before `at` and `after` ones that leave at `at` or later.
        Arrival search: the last `before + after` connections that arrive by `at`. At least one is looked for.
        `at` and `now` (the sandbox's present; real time when not given) are timezone-aware.

        Raises UnknownPlace, OutsideTimetable for a day that is not in the timetable, and ValueError for a naive `at`
        or when origin and destination are the same.
        """
        if at.tzinfo is None:
            raise ValueError("the time must have a timezone")
        finder = self._choose_finder(origin, destination, via)
        first_day, last_day = list_timetable_days(now)
        # by way of UTC: a wall time that the change of clocks skips becomes the one an hour later
        local = at.astimezone(UTC).astimezone(ZURICH)
        if not first_day <= local.date() <= last_day:
            raise OutsideTimetable(f"the timetable covers {first_day} to {last_day}")
        day, minute = local.date(), local.hour * 60 + local.minute
        if not is_arrival and (local.second or local.microsecond):
            minute += 1
        if minute + MINUTES_PER_DAY <= DAY_END:
            day, minute = day - timedelta(days=1), minute + MINUTES_PER_DAY
        count = max(1, before + after)
        if is_arrival:
            found = itertools.islice(walk_to_arrival(finder, day, minute, first_day), count)
            positions = list(found)[::-1]
        else:
            positions = search_around(finder, day, minute, (before, count - before), (first_day, last_day))
        return self._build_page(positions, origin, destination, via, count, now)

    def scroll_trips(self, context: str, *, now: datetime | None = None) -> TripPage:
        """The connections before or after those of the page whose context this is; empty at the timetable's ends.

        Raises InvalidScrollContext (a ValueError) for a string that is no scroll context of this timetable.
        """
        text = open_text(self._key, "scroll", context)
        if text is None:
            raise InvalidScrollContext("not a scroll context of this timetable")
        side, origin, destination, vias, day_text, limit, count = text.split("|")
        via = [int(uic) for uic in vias.split(",") if uic]
        finder = self._choose_finder(int(origin), int(destination), via)
        first_day, last_day = list_timetable_days(now)
        day = date.fromisoformat(day_text)
        if side == "B":
            back = itertools.islice(walk_back(finder, day, int(limit), first_day), int(count))
            positions = list(back)[::-1]
        else:
            positions = list(itertools.islice(walk_forward(finder, day, int(limit), last_day), int(count)))
        return self._build_page(positions, int(origin), int(destination), via, int(count), now)

    def decode_trip_id(
        self, trip_id: str, *, now: datetime | None = None, max_age: timedelta | None = TRIP_ID_LIFETIME
    ) -> Journey:
        """The journey that a tripId stands for. Raises InvalidTripId, or ExpiredTripId when it is older than `max_age`
        (None: never too old); both are ValueErrors."""
        text = open_text(self._key, "trip", trip_id)
        if text is None:
            raise InvalidTripId("not a tripId of this timetable")
        issued, origin, destination, day_text, departure, arrival, cost, rides = text.split("|")
        age = (now or datetime.now(tz=UTC)) - datetime.fromtimestamp(int(issued), tz=UTC)
        if max_age is not None and age > max_age:
            raise ExpiredTripId("the tripId is too old")
        way = Way(
            int(departure),
            int(arrival),
            int(cost),
            tuple(WayRide(*(int(number) for number in ride.split("."))) for ride in rides.split(",")),
        )
        start, end = self._get_index(int(origin)), self._get_index(int(destination))
        return self._assembler.build_journey(date.fromisoformat(day_text), way, start, end, trip_id)

    def measure_route_tariff_km(self, origin: int, destination: int, via: Sequence[int]) -> float | None:
        """The tariff kilometres of the shortest way along the lines, over the `via` stations in their order; None when
        there is none or all are one station. Raises UnknownPlace."""
        stations = [self._get_index(uic) for uic in (origin, *via, destination)]
        parts = [self._tariff.measure_way(one, other) for one, other in itertools.pairwise(stations)]
        known = [part for part in parts if part is not None]
        return sum(known) if len(known) == len(parts) and sum(known) > 0 else None

    def _get_index(self, uic: int) -> int:
        try:
            return self._index[uic]
        except KeyError:
            raise UnknownPlace(uic) from None

    def _measure_bounds(self, station: int) -> Bounds:
        return Bounds(measure_minutes(self._hops, station), count_rides(self._networks[0], station))

    def _choose_finder(self, origin: int, destination: int, via: Sequence[int]) -> WayFinder:
        if origin == destination:
            raise ValueError("origin and destination are the same station")
        stations = [self._get_index(uic) for uic in (origin, *via, destination)]
        # a station named twice in a row, or again as the way's end, asks for nothing
        vias = [station for station, _ in itertools.groupby(stations)][1:-1]
        # few of those are kept that hold on to a network of their own
        get_finder = self._get_via_finder if vias else self._get_finder
        return get_finder(stations[0], stations[-1], tuple(vias))

    def _build_networks(self, vias: tuple[int, ...]) -> tuple[Network, Network]:
        if not vias:
            return self._networks
        (forward, backward), stacks = self._networks, self._stack_networks(len(vias) + 1)
        return join_stages(forward, stacks[0], vias), join_stages(backward, stacks[1], vias[::-1])

    def _build_stacks(self, stages: int) -> tuple[Network, Network]:
        return stack_network(self._networks[0], stages), stack_network(self._networks[1], stages)

    def _build_finder(self, origin: int, destination: int, vias: tuple[int, ...]) -> WayFinder:
        return WayFinder(self._join_networks(vias), self._find_bounds, origin, destination, vias)

    def _build_page(
        self,
        positions: Sequence[_Position],
        origin: int,
        destination: int,
        via: Sequence[int],
        count: int,
        now: datetime | None,
    ) -> TripPage:
        if not positions:
            return TripPage([], scroll_back=None, scroll_forward=None)
        issued = int((now or datetime.now(tz=UTC)).timestamp())
        start, end = self._get_index(origin), self._get_index(destination)
        journeys = [
            self._assembler.build_journey(day, way, start, end, self._seal_trip(issued, origin, destination, day, way))
            for day, way in positions
        ]
        route = f"{origin}|{destination}|{','.join(str(uic) for uic in via)}"
        (first_day, first), (last_day, last) = positions[0], positions[-1]
        back = f"B|{route}|{first_day.isoformat()}|{first.cost - 1}|{count}"
        forward = f"F|{route}|{last_day.isoformat()}|{last.departure + 1}|{count}"
        return TripPage(
            journeys,
            scroll_back=seal_text(self._key, "scroll", back),
            scroll_forward=seal_text(self._key, "scroll", forward),
        )

    def _seal_trip(self, issued: int, origin: int, destination: int, day: date, way: Way) -> str:
        rides = ",".join(f"{ride.course}.{ride.start}.{ride.board}.{ride.alight}" for ride in way.rides)
        route = f"{issued}|{origin}|{destination}|{day.isoformat()}"
        text = f"{route}|{way.departure}|{way.arrival}|{way.cost}|{rides}"
        return seal_text(self._key, "trip", text, filler_bytes=TRIP_FILLER_BYTES)


def weigh_places(places: Iterable[Place], courses: Iterable[Course]) -> list[Place]:
    """The stations with their departures a day as weight."""
    weights: dict[int, int] = {}
    for course in courses:
        for position, station in enumerate(course.stations):
            weights[station] = weights.get(station, 0) + course.count_departures(position)
    return [replace(place, weight=weights.get(number, 0)) for number, place in enumerate(places)]


def list_timetable_days(now: datetime | None) -> tuple[date, date]:
    """The first and the last day of the timetable as seen at `now`."""
    today = (now or datetime.now(tz=UTC)).astimezone(ZURICH).date()
    return today + FIRST_DAY, today + LAST_DAY


def walk_forward(finder: WayFinder, day: date, minute: int, last_day: date) -> Iterator[_Position]:
    """The ways from a minute of a day on, day after day."""
    while day <= last_day:
        way = finder.find_next(minute)
        if way is not None:
            yield day, way
            minute = way.departure + 1
            continue
        if minute == 0:
            return
        day, minute = day + timedelta(days=1), 0


def walk_back(finder: WayFinder, day: date, cost: int, first_day: date) -> Iterator[_Position]:
    """The ways with at most a cost on a day, the last one first, and on to the days before."""
    while day >= first_day:
        way = finder.find_previous(cost)
        if way is not None:
            yield day, way
            cost = way.cost - 1
            continue
        if cost == HIGHEST_COST:
            return
        day, cost = day - timedelta(days=1), HIGHEST_COST


def walk_to_arrival(finder: WayFinder, day: date, minute: int, first_day: date) -> Iterator[_Position]:
    """The ways that arrive by a minute of a day, the last one first."""
    cost = min(HIGHEST_COST, minute + CHANGE_PENALTY_MINUTES * (MAXIMUM_RIDES - 1))
    for found_day, way in walk_back(finder, day, cost, first_day):
        if found_day < day or way.arrival <= minute:
            yield found_day, way


def search_around(
    finder: WayFinder, day: date, minute: int, counts: tuple[int, int], days: tuple[date, date]
) -> list[_Position]:
    """So many ways before a minute of a day, and so many from it on."""
    following = list(itertools.islice(walk_forward(finder, day, minute, days[1]), max(1, counts[1])))
    if not following or counts[0] == 0:
        return following[: counts[1]] if counts[1] else following
    first_day, first = following[0]
    previous = list(itertools.islice(walk_back(finder, first_day, first.cost - 1, days[0]), counts[0]))
    return previous[::-1] + following[: counts[1]]
