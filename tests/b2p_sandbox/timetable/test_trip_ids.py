"""tripIds: opaque, long, whole or refused, and not for ever."""

from datetime import timedelta

import pytest

from b2p_sandbox.timetable import ExpiredTripId, InvalidTripId, load_timetable


@pytest.fixture(scope="module")
def journey(timetable, now, numbers):
    return timetable.search_trips(numbers["St. Moritz"], numbers["Zermatt"], [], now, now=now)[0]


def test_round_trip(timetable, now, journey):
    assert timetable.decode_trip_id(journey.trip_id, now=now) == journey


def test_survives_a_restart(now, journey):
    assert load_timetable(1).decode_trip_id(journey.trip_id, now=now) == journey


def test_has_several_hundred_characters_fit_for_a_path(journey):
    assert 250 <= len(journey.trip_id) <= 900
    assert all(letter.isascii() and (letter.isalnum() or letter in "-_") for letter in journey.trip_id)


def test_expires(timetable, now, journey):
    assert timetable.decode_trip_id(journey.trip_id, now=now + timedelta(hours=24)) == journey
    with pytest.raises(ExpiredTripId):
        timetable.decode_trip_id(journey.trip_id, now=now + timedelta(hours=24, seconds=1))
    with pytest.raises(ExpiredTripId):
        timetable.decode_trip_id(journey.trip_id, now=now + timedelta(minutes=2), max_age=timedelta(minutes=1))
    assert timetable.decode_trip_id(journey.trip_id, now=now + timedelta(days=300), max_age=None) == journey


@pytest.mark.parametrize("trip_id", ["", "a", "ä", "\x00", "A" * 400, "😀" * 100, "a b", "...."])
def test_no_trip_id(timetable, now, trip_id):
    with pytest.raises(InvalidTripId):
        timetable.decode_trip_id(trip_id, now=now)


def test_every_change_is_noticed(timetable, now, journey):
    whole = journey.trip_id
    changed = [whole[:i] + ("A" if letter != "A" else "B") + whole[i + 1 :] for i, letter in enumerate(whole)]
    for text in [*changed, whole[:-1], whole + "A", whole[1:], whole + "=", whole + "\n"]:
        with pytest.raises(InvalidTripId):
            timetable.decode_trip_id(text, now=now)


def test_other_seed_other_key(now, journey):
    with pytest.raises(InvalidTripId):
        load_timetable(2).decode_trip_id(journey.trip_id, now=now)
