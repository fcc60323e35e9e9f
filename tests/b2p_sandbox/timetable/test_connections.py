"""Connections that a traveller would expect, at the edges of the day and of the timetable too."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from b2p_sandbox.timetable import OutsideTimetable, RideLeg, UnknownPlace, WalkLeg

ZURICH = ZoneInfo("Europe/Zurich")
ZURICH_HB, BERN = 8503000, 8507000


@pytest.fixture
def search(timetable, numbers, now):
    """Search by names; times are of the day of `now`."""

    def search_by_name(origin, destination, clock, *, via=(), day=0, **options):
        hours, minutes = (int(part) for part in clock.split(":"))
        at = datetime(now.year, now.month, now.day, hours, minutes, tzinfo=ZURICH) + timedelta(days=day)
        stations = numbers[origin], numbers[destination], [numbers[name] for name in via]
        return timetable.search_trips(*stations, at, now=now, **options)

    return search_by_name


def tell_clock(moment):
    return f"{moment:%H:%M}"


def test_zurich_bern_direct(search):
    first = search("Zürich HB", "Bern", "08:30")[0]
    assert (tell_clock(first.departure_at), tell_clock(first.arrival_at)) == ("08:32", "09:28")
    assert first.changes == 0
    assert [leg.line for leg in first.rides] == ["IC 1"]
    assert first.departure_at.utcoffset() == timedelta(hours=1)
    assert 100 <= first.distance_km <= 135


def test_five_results_in_order(search):
    found = search("Zürich HB", "Bern", "08:30", before=0, after=5)
    assert len(found) == 5
    assert [journey.departure_at for journey in found] == sorted(journey.departure_at for journey in found)


@pytest.mark.parametrize(
    ("origin", "destination", "most_changes", "hours"),
    [
        ("Genève", "Romanshorn", 2, (3.5, 5)),
        ("Chur", "Brig", 2, (3, 6)),
        ("St. Moritz", "Zermatt", 4, (6, 9)),
        ("Lugano", "Basel SBB", 1, (2.5, 4)),
        ("Interlaken Ost", "Luzern", 1, (1.5, 2.5)),
        ("Campocologno", "Boncourt", 6, (6, 10)),
        ("Jungfraujoch", "Rochers-de-Naye", 8, (4, 9)),
    ],
)
def test_long_ways(search, origin, destination, most_changes, hours):
    journey = search(origin, destination, "09:00")[0]
    assert journey.origin.name == origin
    assert journey.destination.name == destination
    assert journey.changes <= most_changes
    assert hours[0] <= journey.duration / timedelta(hours=1) <= hours[1]


def test_glacier_express_is_found_over_its_line(search):
    journeys = search("Zermatt", "Disentis/Mustér", "07:30", via=["Andermatt"])
    assert any(leg.line == "GEX" for journey in journeys for leg in journey.rides)


def test_arrival_search(search, now):
    found = search("Zürich HB", "Bern", "10:00", is_arrival=True, before=0, after=3)
    assert [tell_clock(journey.arrival_at) for journey in found] == ["08:58", "09:28", "09:58"]


def test_arrival_search_before_the_first_train_gives_the_evening_before(search, now):
    found = search("Zürich HB", "Bern", "04:00", day=1, is_arrival=True, after=2)
    assert {journey.departure_at.date() for journey in found} <= {now.date(), now.date() + timedelta(days=1)}
    assert found[-1].arrival_at <= datetime(2026, 11, 25, 4, tzinfo=ZURICH)
    assert len(found) == 2


def test_before_and_after(search):
    found = search("Zürich HB", "Bern", "08:30", before=2, after=3)
    assert [tell_clock(journey.departure_at) for journey in found] == ["07:32", "08:02", "08:32", "09:02", "09:32"]


def test_via_is_passed(search):
    for journey in search("Zürich HB", "Bern", "08:30", via=["Luzern"]):
        assert "Luzern" in [call.place.name for leg in journey.rides for call in leg.stops]
        assert 150 < journey.distance_km < 230


def test_two_vias_in_their_order(search):
    for journey in search("Zürich HB", "Genève", "08:30", via=["Biel/Bienne", "Lausanne"]):
        names = [call.place.name for leg in journey.rides for call in leg.stops]
        assert names.index("Biel/Bienne") < names.index("Lausanne")


def test_via_without_change_stays_in_the_train(search):
    journey = search("Zürich HB", "Lausanne", "08:30", via=["Bern", "Fribourg/Freiburg"])[0]
    assert journey.changes == 0


def test_via_that_is_an_end_asks_for_nothing(search):
    plain = [journey.departure_at for journey in search("Zürich HB", "Bern", "08:30")]
    for via in (["Zürich HB"], ["Bern"], ["Zürich HB", "Bern"]):
        assert [journey.departure_at for journey in search("Zürich HB", "Bern", "08:30", via=via)] == plain


def test_walk_between_stations(search):
    journey = search("Zürich HB", "Uetliberg", "09:00")[0]
    walk = journey.legs[0]
    assert isinstance(walk, WalkLeg)
    assert (walk.origin.name, walk.destination.name) == ("Zürich HB", "Zürich HB SZU")
    assert walk.departure_at == journey.departure_at
    assert isinstance(journey.legs[-1], RideLeg)
    back = search("Uetliberg", "Zürich HB", "09:00")[0]
    assert back.arrival_at == back.legs[-1].arrival_at
    assert back.legs[-1].destination.name == "Zürich HB"


def test_after_midnight_belongs_to_the_day_before(search, now):
    journey = search("Zürich HB", "Zürich Oerlikon", "00:05", day=1)[0]
    assert journey.departure_at.date() == now.date() + timedelta(days=1)
    assert journey.departure_at.hour == 0
    assert journey.train_keys[0].day == now.date()


def test_night_search_gives_the_first_trains_of_the_morning(search):
    found = search("Zürich HB", "Bern", "01:30", day=1)
    assert 5 <= found[0].departure_at.hour < 7


def test_late_search_goes_on_with_the_next_day(search, now):
    found = search("Wengen", "Trogen", "22:30")
    assert {journey.departure_at.date() for journey in found} == {now.date() + timedelta(days=1)}


@pytest.mark.parametrize(
    ("day", "hour", "minute"),
    [
        (date(2027, 3, 28), 2, 30),  # does not exist: clocks go from 02:00 to 03:00
        (date(2027, 3, 27), 23, 30),
        (date(2027, 10, 31), 2, 30),  # exists twice
        (date(2027, 10, 30), 23, 55),
    ],
)
def test_nights_when_clocks_change(timetable, day, hour, minute):
    now = datetime(2027, 3, 1, tzinfo=UTC)
    at = datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZURICH)
    found = timetable.search_trips(ZURICH_HB, BERN, [], at, before=3, after=3, now=now)
    assert len(found) == 6
    for journey in found:
        spent = journey.arrival_at.astimezone(UTC) - journey.departure_at.astimezone(UTC)
        assert timedelta(minutes=50) < spent < timedelta(minutes=120)
    moments = [journey.departure_at.astimezone(UTC) for journey in found]
    assert moments == sorted(moments)
    assert moments[2] < at.astimezone(UTC) <= moments[3]


@pytest.mark.parametrize("days", [-400, -2, 366, 4000])
def test_outside_the_timetable(search, days):
    with pytest.raises(OutsideTimetable):
        search("Zürich HB", "Bern", "12:00", day=days)


@pytest.mark.parametrize("days", [-1, 0, 365])
def test_ends_of_the_timetable(search, now, days):
    found = search("Zürich HB", "Bern", "23:00", day=days, before=2, after=4)
    assert found
    last_day = now.date() + timedelta(days=365)
    assert all(key.day <= last_day for journey in found for key in journey.train_keys)


def test_bad_questions(timetable, now):
    with pytest.raises(ValueError, match="same station"):
        timetable.search_trips(BERN, BERN, [], now, now=now)
    with pytest.raises(UnknownPlace):
        timetable.search_trips(BERN, 1234567, [], now, now=now)
    with pytest.raises(UnknownPlace):
        timetable.search_trips(BERN, ZURICH_HB, [1234567], now, now=now)
    with pytest.raises(ValueError, match="timezone"):
        timetable.search_trips(BERN, ZURICH_HB, [], now.replace(tzinfo=None), now=now)


def test_route_distances(timetable, numbers):
    direct = timetable.measure_route_tariff_km(ZURICH_HB, BERN, [])
    assert 100 < direct < 140
    assert timetable.measure_route_tariff_km(BERN, ZURICH_HB, []) == direct
    assert timetable.measure_route_tariff_km(ZURICH_HB, BERN, [numbers["Luzern"]]) > direct
    assert timetable.measure_route_tariff_km(BERN, BERN, []) is None
    with pytest.raises(UnknownPlace):
        timetable.measure_route_tariff_km(BERN, 1, [])
    assert 250 < timetable.measure_route_tariff_km(numbers["Genève"], numbers["Zürich HB"], []) < 320
