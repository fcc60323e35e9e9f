"""Would someone who travels by rail in Switzerland believe it? Times and full second-class fares that people know.

The figures are what travellers remember of 2024 and 2025, not a price list; a fifth more or less is near enough.
"""

from datetime import datetime

import pytest

from b2p_sandbox.fares.tariff import compute_full_fare
from sandbox_driver import NOW, TRAVEL_ON, ZURICH

# (from, to, quickest minutes, francs, first train, where one changes)
KNOWN = [
    ("Zürich HB", "Bern", 56, 52, "IC", ()),
    ("Zürich HB", "Genève", 163, 93, "IC", ()),
    ("Zürich HB", "Lugano", 115, 70, "IC", ()),
    ("Zürich HB", "Zermatt", 197, 120, "IC", ("Visp",)),
    ("Zürich HB", "St. Moritz", 200, 83, "IC", ("Chur",)),
    ("Zürich HB", "Interlaken Ost", 118, 75, "IC", ("Bern",)),
    ("Zürich HB", "Basel SBB", 53, 36, "IC", ()),
    ("Zürich HB", "Luzern", 43, 26, "IR", ()),
    ("Zürich HB", "Chur", 75, 44, "IC", ()),
    ("Zürich HB", "St. Gallen", 62, 34, "IC", ()),
    ("Zürich HB", "Davos Platz", 145, 60, "IC", ("Landquart",)),
    ("Zürich HB", "Olten", 32, 24, "IC", ()),
    ("Zürich HB", "Schaffhausen", 38, 23, "IR", ()),
    ("Zürich HB", "Winterthur", 22, 13, "IC", ()),
    ("Basel SBB", "Luzern", 61, 37, "IC", ()),
    ("Basel SBB", "Bern", 56, 44, "IC", ()),
    ("Basel SBB", "Lugano", 180, 90, "IC", ()),
    ("Bern", "Genève", 105, 55, "IC", ()),
    ("Bern", "Luzern", 60, 42, "IR", ()),
    ("Bern", "Thun", 18, 17, "IC", ()),
    ("Bern", "Zermatt", 130, 82, "IC", ("Visp",)),
    ("Lausanne", "Genève", 35, 23.6, "IR", ()),
    ("Luzern", "Lugano", 106, 64, "IC", ()),
    ("Luzern", "Engelberg", 43, 19, "IR", ()),
    ("Chur", "St. Moritz", 120, 44, "IR", ()),
    ("Interlaken Ost", "Jungfraujoch", 128, 112, "R", ("Grindelwald", "Kleine Scheidegg")),
    ("Zermatt GGB", "Gornergrat", 33, 57, "R", ()),
]


@pytest.mark.parametrize(("origin", "destination", "minutes", "francs", "train", "changes"), KNOWN)
def test_known_journeys(timetable, origin, destination, minutes, francs, train, changes):
    numbers = {place.name: uic for uic, place in timetable.places.items()}
    at = datetime.combine(TRAVEL_ON, datetime.min.time(), ZURICH).replace(hour=10)
    page = timetable.search_trips(numbers[origin], numbers[destination], [], at, after=6, now=NOW)
    quickest = min(page, key=lambda journey: journey.duration)
    assert quickest.duration.total_seconds() / 60 == pytest.approx(minutes, rel=0.08, abs=5)
    assert compute_full_fare(quickest.tariff_km, 2) / 100 == pytest.approx(francs, rel=0.2)
    assert quickest.rides[0].category.startswith(train)
    assert tuple(ride.stops[0].place.name for ride in quickest.rides[1:]) == changes


def test_bern_every_half_hour_without_a_stop(timetable):
    at = datetime.combine(TRAVEL_ON, datetime.min.time(), ZURICH).replace(hour=10)
    numbers = {place.name: uic for uic, place in timetable.places.items()}
    page = timetable.search_trips(numbers["Zürich HB"], numbers["Bern"], [], at, after=6, now=NOW)
    assert [f"{journey.departure_at:%M}" for journey in page] == ["02", "32"] * 3
    assert all(len(journey.rides[0].stops) == 2 for journey in page)


def test_the_fare_of_a_connection_is_that_of_its_route(timetable):
    """Whether asked for with a train or without: for direct trains on the usual way nearly the same kilometres."""
    numbers = {place.name: uic for uic, place in timetable.places.items()}
    at = datetime.combine(TRAVEL_ON, datetime.min.time(), ZURICH).replace(hour=10)
    for origin, destination in (("Zürich HB", "Bern"), ("Basel SBB", "Luzern"), ("Visp", "Zermatt")):
        journey = next(iter(timetable.search_trips(numbers[origin], numbers[destination], [], at, now=NOW)))
        route = timetable.measure_route_tariff_km(numbers[origin], numbers[destination], [])
        assert journey.tariff_km == pytest.approx(route, rel=0.03)


def test_mountains_cost_more_than_their_kilometres(timetable):
    """Emissions follow the way, fares the tariff."""
    numbers = {place.name: uic for uic, place in timetable.places.items()}
    at = datetime.combine(TRAVEL_ON, datetime.min.time(), ZURICH).replace(hour=10)
    page = timetable.search_trips(numbers["Interlaken Ost"], numbers["Jungfraujoch"], [], at, now=NOW)
    assert all(journey.distance_km < 45 for journey in page)
    assert all(journey.tariff_km > 300 for journey in page)
