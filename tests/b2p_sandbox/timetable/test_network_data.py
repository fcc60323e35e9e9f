"""The data itself: wide enough, in one piece, and plausible."""

from collections import defaultdict

import pytest

from b2p_sandbox.timetable.courses import load_courses
from b2p_sandbox.timetable.network import SHORTEST_CHANGE_MINUTES
from b2p_sandbox.timetable.places import load_stations, measure_distance_km


def test_eighty_lines_serve_seven_hundred_stations(timetable):
    lines = {course.code for course in timetable.courses if not course.is_reverse}
    served = {station for course in timetable.courses for station in course.stations}
    assert len(lines) >= 80
    assert len(served) >= 700
    assert len(served) == len(timetable.places), "a station in the file that no line serves"


def test_network_is_one_piece(timetable):
    neighbours = defaultdict(set)
    for course in timetable.courses:
        for one, other in zip(course.stations, course.stations[1:], strict=False):
            neighbours[one].add(other)
    for way in timetable.transfers:
        neighbours[way.start].add(way.end)
    reached, todo = {0}, [0]
    while todo:
        for neighbour in neighbours[todo.pop()] - reached:
            reached.add(neighbour)
            todo.append(neighbour)
    assert len(reached) == len(timetable.places)


def test_train_numbers_are_unique_in_a_day(timetable):
    numbers = defaultdict(set)
    for course in timetable.courses:
        for position in range(len(course.stations) - 1):
            start = course.find_start(position, 0)
            while start is not None:
                numbers[course.number_run(start)].add((course.code, start))
                start = course.find_start(position, start + course.departures[position] + 1)
    assert len(numbers) > 5000
    assert [runs for runs in numbers.values() if len(runs) > 1] == []


def test_trains_are_as_fast_as_trains(timetable):
    places = list(timetable.places.values())
    for course in timetable.courses:
        for i in range(len(course.stations) - 1):
            minutes = course.arrivals[i + 1] - course.departures[i]
            straight = measure_distance_km(places[course.stations[i]], places[course.stations[i + 1]])
            assert minutes >= 1
            assert straight / minutes * 60 < 150, (course.code, places[course.stations[i]].name)


def test_opposite_directions_mirror_each_other(timetable):
    for there, back in zip(timetable.courses[::2], timetable.courses[1::2], strict=True):
        assert back.stations == there.stations[::-1]
        assert (there.phase + there.arrivals[-1] + back.phase) % there.interval == 0
        assert back.arrivals[-1] == there.arrivals[-1]


def test_service_runs_from_five_to_half_past_midnight(timetable, numbers):
    bern = list(numbers).index("Bern")
    departures = [
        start + course.departures[position]
        for course in timetable.courses
        for position, station in enumerate(course.stations[:-1])
        if station == bern
        for start in [course.find_start(position, 0)]
        if start is not None
    ]
    assert 5 * 60 <= min(departures) <= 5 * 60 + 10
    late = [
        course.find_start(position, 24 * 60 + 5)
        for course in timetable.courses
        for position, station in enumerate(course.stations[:-1])
        if station == bern
    ]
    assert any(start is not None for start in late)


def test_unknown_station_in_a_course_is_refused():
    stations = load_stations()
    with pytest.raises(ValueError, match="unknown stations"):
        load_courses({place.name: i for i, place in enumerate(stations) if place.name != "Bern"}, stations)


def test_no_change_is_shorter_than_the_bounds_assume(timetable):
    assert min(place.change_minutes for place in timetable.places.values()) >= SHORTEST_CHANGE_MINUTES
    assert min(way.minutes for way in timetable.transfers) >= SHORTEST_CHANGE_MINUTES
