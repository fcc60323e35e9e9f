"""Delays and cancellations: few, the same for a seed, and only told when they can be known."""

from datetime import UTC, date, datetime, timedelta

import pytest

from b2p_sandbox.timetable import load_timetable, render_trip
from b2p_sandbox.timetable.realtime import foresee_disruption


def test_disruptions_are_few_and_of_every_kind():
    day = date(2026, 11, 24)
    seen = [foresee_disruption(1, day, str(number), 0, 10) for number in range(5000)]
    late = [disruption for disruption in seen if disruption.delay_minutes]
    cancelled = [disruption for disruption in seen if disruption.cancelled_from == 0]
    partly = [disruption for disruption in seen if disruption.cancelled_from]
    assert 0.10 < len(late) / len(seen) < 0.19
    assert 0.001 < len(cancelled) / len(seen) < 0.02
    assert 0.0005 < len(partly) / len(seen) < 0.02
    assert max(disruption.delay_minutes for disruption in late) <= 18


def collect_trains(seed, now):
    journeys = load_timetable(seed).search_trips(8503000, 8507000, [], now, after=30, now=now)
    return [leg for journey in journeys for leg in journey.rides]


def test_same_seed_same_delays(now):
    assert collect_trains(7, now) == collect_trains(7, now)
    assert collect_trains(7, now) != collect_trains(8, now)


REASONS = {
    "cancelled": lambda leg: leg.is_cancelled,
    "partiallyCancelled": lambda leg: leg.is_partly_cancelled,
    "reachable": lambda leg: not leg.is_reachable,
}


def find_disrupted(timetable, now, reason):
    """The first journey ahead that will not be possible to travel for this reason, on a way with a change."""
    page = timetable.search_trips(8505300, 8506302, [], now, after=6, now=now)
    while True:
        for journey in page:
            if any(REASONS[reason](leg) for leg in journey.rides):
                return journey
        page = timetable.scroll_trips(page.scroll_forward, now=now)


@pytest.mark.parametrize("reason", REASONS)
def test_disruption_shows_when_it_is_known(timetable, now, reason):
    journey = find_disrupted(timetable, now, reason)
    early = journey.departure_at - timedelta(hours=9)
    trip = render_trip(journey, language="de", now=early, is_eco=False)
    assert trip["valid"] is True
    assert all(segment["reachable"] and not segment["cancelled"] for segment in trip["segments"])
    assert not any("departureDateTimeRt" in stop for segment in trip["segments"] for stop in segment["stops"])

    trip = render_trip(journey, language="de", now=journey.arrival_at, is_eco=False)
    assert trip["valid"] is False
    assert journey.is_valid is False
    expected = reason != "reachable"
    assert any(segment[reason] is expected for segment in trip["segments"])
    if expected:
        hit = next(segment for segment in trip["segments"] if segment[reason])
        assert hit["messages"][0]["category"] == "DISTURBANCE"
        assert any(stop["stopStatus"] == "CANCELLED" for stop in hit["stops"])


def test_delay_moves_the_real_time(timetable, now):
    journeys = timetable.search_trips(8503000, 8507000, [], now, after=60, now=now)
    late = next(leg for journey in journeys for leg in journey.rides if leg.stops[-1].arrival_delay_minutes)
    journey = next(journey for journey in journeys if late in journey.rides)
    trip = render_trip(journey, language="fr", now=journey.departure_at, is_eco=False)
    stop = trip["segments"][0]["stops"][-1]
    planned, real = (datetime.fromisoformat(stop[name]) for name in ("arrivalDateTime", "arrivalDateTimeRt"))
    assert real.astimezone(UTC) - planned.astimezone(UTC) == timedelta(minutes=late.stops[-1].arrival_delay_minutes)
    assert stop["arrivalDelayText"].startswith("+")


def test_tracks_are_stable(timetable, now):
    days = [now + timedelta(days=day) for day in range(0, 60, 7)]
    pages = [timetable.search_trips(8503000, 8507000, [], day, after=1, now=now) for day in days]
    tracks = {(page[0].rides[0].line, page[0].rides[0].stops[0].track) for page in pages}
    assert len(tracks) == len({line for line, _ in tracks})
    assert all(track for _, track in tracks)
