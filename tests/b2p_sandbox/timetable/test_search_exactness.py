"""The search against a slow, obvious one, and what every journey must satisfy."""

import heapq
import random
from collections import defaultdict
from datetime import UTC, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from b2p_sandbox.timetable import RideLeg, load_timetable
from b2p_sandbox.timetable.ways import CHANGE_PENALTY_MINUTES, MAXIMUM_RIDES

TIMETABLE = load_timetable(1)
PLACES = list(TIMETABLE.places.values())
UICS = sorted(TIMETABLE.places)


class PlainSearch:
    """Best-first search over single stops of single runs: no rounds, no bounds, no arithmetic on intervals."""

    def __init__(self):
        self.boardings = defaultdict(list)
        for number, course in enumerate(TIMETABLE.courses):
            for position, station in enumerate(course.stations[:-1]):
                starts = [
                    start
                    for start in range(-course.arrivals[-1], course.window_end + 1)
                    if (start - course.phase) % course.interval == 0
                    and start + course.departures[position] >= course.window_start
                    and start + course.arrivals[position + 1] <= course.window_end
                ]
                self.boardings[station].append((number, position, starts))
        self.walks = defaultdict(list)
        for way in TIMETABLE.transfers:
            self.walks[way.start].append((way.end, way.minutes))

    def find_least_cost(self, origin, destination, minute):
        """The least of arrival + penalty per change, or None. States are (station, rides), ordered by readiness."""
        costs = []
        ready = {(origin, 0): minute}
        queue = [(minute, origin, 0), *((minute + walk, end, 0) for end, walk in self.walks[origin])]
        heapq.heapify(queue)
        while queue:
            when, station, rides = heapq.heappop(queue)
            if when > ready.get((station, rides), when) or rides == MAXIMUM_RIDES:
                continue
            for place, moment, arrival in self.list_reached(station, when):
                if place == destination:
                    costs.append(arrival + CHANGE_PENALTY_MINUTES * rides)
                elif moment < ready.get((place, rides + 1), 1_000_000):
                    ready[place, rides + 1] = moment
                    heapq.heappush(queue, (moment, place, rides + 1))
        return min(costs, default=None)

    def list_reached(self, station, when):
        """(station, minute ready to ride on, minute of arrival) after one ride, with a walk or without."""
        for number, position, starts in self.boardings[station]:
            course = TIMETABLE.courses[number]
            start = next((s for s in starts if s + course.departures[position] >= when), None)
            if start is None:
                continue
            for later in range(position + 1, len(course.stations)):
                arrival = start + course.arrivals[later]
                if arrival > course.window_end:
                    break
                stop = course.stations[later]
                yield stop, arrival + PLACES[stop].change_minutes, arrival
                for end, walk in self.walks[stop]:
                    yield end, arrival + walk, arrival + walk


@pytest.fixture(scope="module")
def plain_search():
    return PlainSearch()


def cost_of(journey):
    arrival = journey.arrival_at.hour * 60 + journey.arrival_at.minute
    if journey.arrival_at.date() > journey.rides[0].operating_day:
        arrival += 24 * 60
    return arrival + CHANGE_PENALTY_MINUTES * journey.changes


def test_search_is_as_good_as_the_plain_one(plain_search, now):
    chance = random.Random(20)
    checked = 0
    for _ in range(25):
        origin, destination = chance.sample(range(len(PLACES)), 2)
        minute = chance.randrange(300, 1320)
        at = now.replace(hour=minute // 60, minute=minute % 60)
        best = plain_search.find_least_cost(origin, destination, minute)
        ends = PLACES[origin].uic, PLACES[destination].uic
        journey = TIMETABLE.search_trips(*ends, [], at, after=1, now=now)[0]
        if best is None:
            assert journey.rides[0].operating_day > now.date()
            continue
        checked += 1
        assert cost_of(journey) == best
        departure = journey.departure_at.hour * 60 + journey.departure_at.minute
        assert plain_search.find_least_cost(origin, destination, departure) == best
        later = plain_search.find_least_cost(origin, destination, departure + 1)
        assert later is None or later > best, "one could have left later"
    assert checked >= 15


def test_way_over_a_station_is_no_worse_than_two_ways(now):
    """Two searches with a change between them are one way over the station; staying in the train may beat it."""
    chance = random.Random(11)
    compared = 0
    for _ in range(40):
        origin, via, destination = chance.sample(UICS, 3)
        at = now.replace(hour=chance.randrange(6, 13))
        first = TIMETABLE.search_trips(origin, via, [], at, after=1, now=now)[0]
        ready = first.arrival_at + timedelta(minutes=TIMETABLE.get_place(via).change_minutes)
        second = TIMETABLE.search_trips(via, destination, [], ready, after=1, now=now)[0]
        over = TIMETABLE.search_trips(origin, destination, [via], at, after=1, now=now)
        trains = first.changes + second.changes + 2
        days = {leg.operating_day for journey in (first, second) for leg in journey.rides}
        if trains > MAXIMUM_RIDES or days != {now.date()}:
            continue
        compared += 1
        assert cost_of(over[0]) <= cost_of(second) + CHANGE_PENALTY_MINUTES * (first.changes + 1)
    assert compared >= 15


def test_random_pairs_have_connections(now):
    chance = random.Random(4)
    for _ in range(150):
        ends = chance.sample(UICS, 2)
        at = now.replace(hour=chance.randrange(24), minute=chance.randrange(60))
        found = TIMETABLE.search_trips(*ends, [], at, after=2, now=now)
        assert len(found) == 2
        assert all(journey.departure_at >= at for journey in found)


stations = st.sampled_from(UICS)


@settings(max_examples=120, deadline=None)
@given(
    ends=st.lists(stations, min_size=2, max_size=2, unique=True),
    vias=st.lists(stations, max_size=1),
    minutes=st.integers(0, 300 * 24 * 60),
    is_arrival=st.booleans(),
    counts=st.tuples(st.integers(0, 3), st.integers(0, 3)),
)
def test_journeys_are_consistent(now, ends, vias, minutes, is_arrival, counts):
    at = (now.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(now.tzinfo)
    found = TIMETABLE.search_trips(*ends, vias, at, is_arrival, *counts, now=now)
    departures = [journey.departure_at for journey in found]
    assert departures == sorted(set(departures))
    assert len(found) <= max(1, sum(counts))
    if is_arrival:
        assert all(journey.arrival_at <= at for journey in found)
    elif counts[0] == 0:
        assert all(departure >= at for departure in departures)
    for journey in found:
        check_journey(journey, ends, vias)
        assert TIMETABLE.decode_trip_id(journey.trip_id, now=now) == journey


def check_journey(journey, ends, vias):
    """Legs join in place and time, changes leave the time they need, stops rise, stations to pass are passed."""
    assert [journey.origin.uic, journey.destination.uic] == ends
    assert journey.legs[0].departure_at == journey.departure_at
    assert journey.legs[-1].arrival_at == journey.arrival_at
    assert journey.distance_km >= 1
    assert len(journey.train_keys) == journey.changes + 1
    here, minute, previous = journey.origin, journey.departure_at, None
    visited = {journey.origin.uic}
    for leg in journey.legs:
        start, end = (
            (leg.stops[0].place, leg.stops[-1].place) if isinstance(leg, RideLeg) else (leg.origin, leg.destination)
        )
        assert start == here
        needed = start.change_minutes if isinstance(leg, RideLeg) and isinstance(previous, RideLeg) else 0
        assert leg.departure_at - minute >= timedelta(minutes=needed)
        assert leg.arrival_at > leg.departure_at
        if isinstance(leg, RideLeg):
            check_stops(leg)
            visited |= {call.place.uic for call in leg.stops}
        here, minute, previous = end, leg.arrival_at, leg
        visited.add(end.uic)
    assert here == journey.destination
    assert set(vias) <= visited


def check_stops(leg):
    moments = [moment for call in leg.stops for moment in (call.arrival_at, call.departure_at) if moment is not None]
    assert moments == sorted(moments)
    assert leg.stops[0].arrival_at is None
    assert leg.stops[-1].departure_at is None
    positions = [call.position for call in leg.stops]
    assert positions == list(range(positions[0], positions[0] + len(positions)))
    assert leg.distance_km > 0
