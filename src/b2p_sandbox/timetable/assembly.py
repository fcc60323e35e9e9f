"""Journeys out of ways: dates, stops, tracks, delays, distances."""

import itertools
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from b2p_sandbox.timetable.courses import Course
from b2p_sandbox.timetable.distances import DistanceTable
from b2p_sandbox.timetable.journeys import WAITED_MINUTES, Journey, Leg, RideLeg, StopCall, WalkLeg
from b2p_sandbox.timetable.places import Place, Transfer
from b2p_sandbox.timetable.realtime import Disruption, foresee_disruption
from b2p_sandbox.timetable.tracks import TrackPlan
from b2p_sandbox.timetable.ways import Way, WayRide

ZURICH = ZoneInfo("Europe/Zurich")


def tell_time(day: date, minute: int) -> datetime:
    """The moment of a minute of the service day. Wall time is exact: no train runs while clocks change at night."""
    return datetime.combine(day, time(), tzinfo=ZURICH) + timedelta(minutes=minute)


class JourneyAssembler:
    """Turns ways into journeys on a day."""

    def __init__(
        self,
        seed: int,
        places: Sequence[Place],
        courses: Sequence[Course],
        transfers: Sequence[Transfer],
        distances: DistanceTable,
        tariff: DistanceTable,
    ) -> None:
        self._seed = seed
        self._places = places
        self._courses = courses
        self._transfers = {(way.start, way.end): way for way in transfers}
        self._distances = distances
        self._tariff = tariff
        self._tracks = TrackPlan(places, courses)

    def build_journey(self, day: date, way: Way, origin: int, destination: int, trip_id: str) -> Journey:
        """The journey of a way that runs from `origin` to `destination` on the operating day `day`."""
        legs: list[Leg] = []
        here, minute = origin, way.departure
        previous: RideLeg | None = None
        for ride in way.rides:
            course = self._courses[ride.course]
            start = course.stations[ride.board]
            needed = self._places[start].change_minutes
            if start != here:
                walk = self._transfers[here, start]
                needed = walk.minutes
                legs.append(self._build_walk(day, walk, minute))
            previous = self._build_ride(day, ride, previous, needed)
            legs.append(previous)
            here, minute = course.stations[ride.alight], ride.start + course.arrivals[ride.alight]
        if here != destination:
            legs.append(self._build_walk(day, self._transfers[here, destination], minute))
        distance = sum(leg.distance_km for leg in legs if isinstance(leg, RideLeg))
        tariff = sum(self._measure_ride(self._tariff, self._courses[ride.course], ride) for ride in way.rides)
        return Journey(
            legs=tuple(legs),
            origin=self._places[origin],
            destination=self._places[destination],
            departure_at=tell_time(day, way.departure),
            arrival_at=tell_time(day, way.arrival),
            distance_km=max(1, round(distance)),
            tariff_km=max(1, round(tariff)),
            trip_id=trip_id,
        )

    def _build_walk(self, day: date, way: Transfer, minute: int) -> WalkLeg:
        return WalkLeg(
            self._places[way.start],
            self._places[way.end],
            tell_time(day, minute),
            tell_time(day, minute + way.minutes),
            way.is_walk,
        )

    def _build_ride(self, day: date, ride: WayRide, previous: RideLeg | None, needed_minutes: int) -> RideLeg:
        course = self._courses[ride.course]
        number = str(course.number_run(ride.start))
        first, last = course.find_served_part(ride.start)
        disruption = foresee_disruption(self._seed, day, number, first, last)
        stops = tuple(
            self._build_call(day, course, ride, position, disruption) for position in range(ride.board, ride.alight + 1)
        )
        cancelled_from = len(course.stations) if disruption.cancelled_from is None else disruption.cancelled_from
        return RideLeg(
            line=course.name,
            line_number=course.line,
            category=course.category,
            train_number=number,
            operator=course.operator,
            vehicle_type=course.vehicle_type,
            direction=self._places[course.stations[last]].name,
            operating_day=day,
            stops=stops,
            is_cancelled=cancelled_from <= ride.board,
            is_partly_cancelled=ride.board < cancelled_from < ride.alight,
            is_reachable=previous is None or is_change_kept(previous, stops[0], needed_minutes),
            distance_km=self._measure_ride(self._distances, course, ride),
        )

    def _build_call(self, day: date, course: Course, ride: WayRide, position: int, disruption: Disruption) -> StopCall:
        station = course.stations[position]
        changed = self._tracks.find_other_track(course, station) if disruption.track_changed_at == position else None
        late = disruption.delay_minutes
        cancelled_from = disruption.cancelled_from
        is_first, is_last = position == ride.board, position == ride.alight
        return StopCall(
            place=self._places[station],
            position=position,
            arrival_at=None if is_first else tell_time(day, ride.start + course.arrivals[position]),
            departure_at=None if is_last else tell_time(day, ride.start + course.departures[position]),
            arrival_delay_minutes=late if position > disruption.delayed_from else 0,
            departure_delay_minutes=late if position >= disruption.delayed_from else 0,
            track=self._tracks.find_track(course, station),
            changed_track=changed,
            # the train still arrives where a partial cancellation begins
            is_cancelled=cancelled_from is not None and (position > cancelled_from or cancelled_from <= ride.board),
        )

    def _measure_ride(self, table: DistanceTable, course: Course, ride: WayRide) -> float:
        stations = course.stations[ride.board : ride.alight + 1]
        hops = itertools.pairwise(stations)
        return sum(table.measure_way(one, other) or 0.0 for one, other in hops)


def is_change_kept(previous: RideLeg, call: StopCall, needed_minutes: int) -> bool:
    """Whether the next train is reached with both trains' delays."""
    arrival = previous.arrival_at + timedelta(minutes=previous.stops[-1].arrival_delay_minutes)
    if call.departure_at is None:
        return False
    departure = call.departure_at + timedelta(minutes=call.departure_delay_minutes)
    return departure - arrival >= timedelta(minutes=needed_minutes - WAITED_MINUTES)
