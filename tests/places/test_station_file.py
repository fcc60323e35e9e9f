"""What the station file promises of itself."""

import csv
import os
from collections import Counter
from pathlib import Path

import pytest

from agenturclient.places.station_file import load_places
from places.matching import build_place_index, list_candidates, list_spellings, resolve_place

PLACES = load_places()
INDEX = build_place_index(PLACES)
OFFICIAL_LIST = Path(__file__).parents[3] / "shared" / "data" / "swiss_stations.csv"
LEFT_OUT = {8507082}  # see data/README.md
# Pairs that the official list tells apart by a comma, a bracket or a hyphen only; a seller chooses from both.
NEARLY_ALIKE = {
    "Liestal Gräubern",
    "Liestal, Gräubern",
    "Vevey-Funi",
    "Vevey (funi)",
    "Capolago Lago",
    "Capolago (lago)",
}


def test_numbers_names_and_abbreviations_are_unique() -> None:
    assert [key for key, count in Counter(place.uic for place in PLACES).items() if count > 1] == []
    assert [key for key, count in Counter(" ".join(place.name.split()) for place in PLACES).items() if count > 1] == []
    abbreviations = Counter(text for place in PLACES for text in place.abbreviations)
    assert [key for key, count in abbreviations.items() if count > 1] == []


def test_abbreviations_are_one_to_six_capitals() -> None:
    for place in PLACES:
        for text in place.abbreviations:
            assert text.isascii(), text
            assert text.isalpha(), text
            assert text.isupper(), text
            assert len(text) <= 6, text


def test_coverage() -> None:
    by_weight = sorted(PLACES, key=lambda place: -place.weight)
    assert len(PLACES) >= 2250
    assert sum(bool(place.abbreviations) for place in PLACES) >= 890
    assert sum(bool(place.abbreviations) for place in by_weight[:300]) >= 240
    assert sum(bool(place.names) for place in PLACES) >= 115
    # at least the 300 largest are told apart from the rest, whose weight is by kind alone
    assert by_weight[699].weight > 30


def test_other_names_have_a_language_and_say_something_new() -> None:
    for place in PLACES:
        known = set(list_spellings(place.name))
        for language, name in place.names:
            assert language in {"de", "fr", "it", "en", "rm"}, place.name
            assert name == name.strip() != "", place.name
            assert not set(list_spellings(name)) <= known, f"{name} finds nothing that {place.name} does not"


def test_weights_positions_and_order() -> None:
    assert all(0 <= place.weight <= 100 for place in PLACES)
    assert all(45.8 <= place.lat <= 47.85 and 5.9 <= place.lon <= 10.5 for place in PLACES)
    keys = [(-place.weight, place.name, str(place.uic)) for place in PLACES]
    assert keys == sorted(keys)


def test_every_place_is_found_by_its_own_name_alone() -> None:
    asked = set()
    for place in PLACES:
        candidates = list_candidates(place.name, INDEX)
        assert place in candidates[:2], place.name
        if len(candidates) > 1:
            asked.add(place.name)
    assert asked == NEARLY_ALIKE | {"Glion"}  # Glion is also Romansh for Ilanz


def test_every_abbreviation_finds_its_place_first_and_never_another_silently() -> None:
    silent = 0
    for place in PLACES:
        for text in place.abbreviations:
            candidates = list_candidates(text, INDEX)
            assert candidates[0] is place, text
            silent += len(candidates) == 1
    assert silent >= 750


def test_known_large_stations() -> None:
    expected = {
        "ZUE": "Zürich HB", "BN": "Bern", "BS": "Basel SBB", "GE": "Genève", "LS": "Lausanne", "LZ": "Luzern",
        "W": "Winterthur", "OL": "Olten", "SG": "St. Gallen", "ZFH": "Zürich Flughafen", "GEAP": "Genève-Aéroport",
        "BI": "Biel/Bienne", "LG": "Lugano", "CH": "Chur", "FRI": "Fribourg/Freiburg", "NE": "Neuchâtel",
        "AA": "Aarau", "BEL": "Bellinzona", "TH": "Thun", "ZG": "Zug", "IO": "Interlaken Ost", "SIO": "Sion",
        "BR": "Brig", "MX": "Montreux", "SH": "Schaffhausen", "SO": "Solothurn", "GD": "Arth-Goldau", "SP": "Spiez",
    }  # fmt: skip
    assert {text: found.name if (found := resolve_place(text, INDEX)) else None for text in expected} == expected


def test_numbers_and_names_are_the_official_ones() -> None:
    if not OFFICIAL_LIST.exists() and "CI" not in os.environ:
        pytest.skip("the list of stops is not beside the repository")
    with OFFICIAL_LIST.open(encoding="utf-8", newline="") as file:
        official = {int(row["uic"]): row for row in csv.DictReader(file)}
    assert set(official) == {place.uic for place in PLACES} | LEFT_OUT
    for place in PLACES:
        row = official[place.uic]
        facts = (row["name"], row["canton"], float(row["lat"]), float(row["lon"]))
        assert (place.name, place.canton, place.lat, place.lon) == facts
