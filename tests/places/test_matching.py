"""The search rules against the vectors that the front end shares, and rule by rule on places of its own."""

import json
from pathlib import Path

import pytest

from agenturclient.places.station_file import Place, load_places
from places.matching import (
    build_place_index,
    list_candidates,
    list_spellings,
    match_places,
    resolve_place,
)

INDEX = build_place_index(load_places())
VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["query"] or "empty")
def test_vector(vector: dict[str, object]) -> None:
    query = str(vector["query"])
    found = match_places(query, INDEX)
    assert (str(found[0].place.uic) if found else None) == vector["first_uic"]
    assert (len(list_candidates(query, INDEX)) > 1) is vector["is_ambiguous"]
    resolved = resolve_place(query, INDEX)
    expected = None if vector["is_ambiguous"] else vector["first_uic"]
    assert (str(resolved.uic) if resolved else None) == expected


def test_enough_different_vectors() -> None:
    assert len({vector["query"] for vector in VECTORS}) == len(VECTORS) >= 100


def make_place(uic: int, name: str, weight: int = 50, *abbreviations: str, names: tuple[str, ...] = ()) -> Place:
    return Place(uic, name, "ZH", 47.0, 8.0, weight, abbreviations, tuple(("fr", other) for other in names))


@pytest.mark.parametrize(
    ("text", "spellings"),
    [
        ("Zürich HB", ("zurich hb", "zuerich hb")),
        ("Zu\u0308rich", ("zurich", "zuerich")),
        ("Genève-Aéroport", ("geneve aeroport",)),
        ("STRASSE Straße", ("strasse strasse",)),
        ("  S. Antonino ", ("st antonino",)),
        ("S.Antonino", ("st antonino",)),
        ("S-chanf", ("s chanf",)),
        ("Bus. Nord", ("bus nord",)),
        ("Cœur", ("coeur",)),
        ("?! \u200f", ()),
        ("", ()),
    ],
)
def test_spellings(text: str, spellings: tuple[str, ...]) -> None:
    assert list_spellings(text) == spellings


def test_classes_come_before_weight_and_weight_before_name() -> None:
    places = [
        make_place(1, "Nord-Berg", 99),
        make_place(2, "Bergheim", 70),
        make_place(3, "Bergdorf", 80),
        make_place(4, "Bergau", 70),
        make_place(5, "Berg", 5),
        make_place(6, "Ganz anders", 1, "BERG"),
    ]
    matches = match_places("berg", build_place_index(places))
    assert [(match.match_class, match.place.uic) for match in matches] == [
        (0, 6),
        (1, 5),
        (2, 3),
        (2, 4),
        (2, 2),
        (3, 1),
    ]
    assert [match.place.uic for match in match_places("berg", build_place_index(places))][:2] == [6, 5]


def test_abbreviation_is_silent_unless_a_greater_place_contends() -> None:
    small = make_place(1, "Berlingen", 35, "BER")
    greater = make_place(2, "Bern", 95)
    lesser = make_place(3, "Bernau", 34)
    assert resolve_place("ber", build_place_index([small, lesser])) == small
    assert list_candidates("BER", build_place_index([small, greater, lesser])) == [small, greater, lesser]


def test_abbreviation_is_contended_by_a_whole_word_but_not_by_the_start_of_a_later_one() -> None:
    small = make_place(1, "Herzogenbuchsee", 59, "HB")
    assert resolve_place("hb", build_place_index([small, make_place(2, "Zürich HBX", 90)])) == small
    assert len(list_candidates("hb", build_place_index([small, make_place(2, "Zürich HB", 90)]))) > 1
    assert len(list_candidates("hb", build_place_index([small, make_place(2, "Zürich HB SZU", 90)]))) > 1


def test_two_letters_are_contended_by_native_names_only() -> None:
    small = make_place(1, "Locarno", 74, "LO")
    other_language = make_place(2, "Lausanne", 90, names=("Losanna",))
    assert resolve_place("lo", build_place_index([small, other_language])) == small
    assert len(list_candidates("lo", build_place_index([small, make_place(2, "Losone", 90)]))) > 1
    three = make_place(3, "Vernier", 44, "COI")
    assert len(list_candidates("coi", build_place_index([three, make_place(4, "Chur", 79, names=("Coire",))]))) > 1


def test_whole_name_is_silent_although_greater_places_start_with_it() -> None:
    whole = make_place(1, "Ins", 20)
    assert resolve_place("ins", build_place_index([whole, make_place(2, "Insel", 99)])) == whole


def test_abbreviation_of_one_place_and_name_of_another_is_ambiguous_between_the_two() -> None:
    code = make_place(1, "Anderswo", 90, "AU")
    named = make_place(2, "Au SG", 10)
    longer = make_place(3, "Auvernier", 50)
    assert list_candidates("au", build_place_index([code, named, longer])) == [code, named]


def test_canton_may_be_left_out_but_not_the_kind() -> None:
    station = make_place(1, "Rapperswil SG", 74)
    pier = make_place(2, "Rapperswil SG (See)", 10)
    assert resolve_place("rapperswil", build_place_index([station, pier])) == station
    assert len(list_candidates("rapperswil", build_place_index([station, pier, make_place(3, "Rapperswil BE", 1)]))) > 1
    assert resolve_place("freienbach", build_place_index([make_place(4, "Freienbach SBB"), make_place(5, "X")]))
    both = build_place_index([make_place(4, "Freienbach SBB"), make_place(5, "Freienbach SOB")])
    assert len(list_candidates("freienbach", both)) > 1


@pytest.mark.parametrize("query", ["st gallen", "St.Gallen", "saint gallen", "sankt gallen", "san gallen", "s gallen"])
def test_every_saint_is_found_by_every_other(query: str) -> None:
    for name in ("St. Gallen", "Saint Gallen", "Sankt Gallen", "Ste Gallen"):
        assert resolve_place(query, build_place_index([make_place(1, name), make_place(2, "Gallen")])) is not None, name


def test_saints_are_words() -> None:
    index = build_place_index([make_place(1, "Stans"), make_place(2, "Sankturban"), make_place(3, "S-chanf")])
    assert match_places("saint", index) == []
    assert [match.place.uic for match in match_places("sankt", index)][:5] == [2]
    assert match_places("st chanf", index) == []


def test_one_letter_is_an_abbreviation_or_nothing() -> None:
    index = build_place_index([make_place(1, "Winterthur", 80, "W"), make_place(2, "W", 99)])
    assert [match.place.uic for match in match_places("w", index)][:5] == [1]
    assert match_places("x", index) == []


def test_same_everything_is_ordered_by_number() -> None:
    twins = [make_place(20, "Dorf"), make_place(3, "Dorf")]
    assert [match.place.uic for match in match_places("dorf", build_place_index(twins))][:5] == [
        20,
        3,
    ]  # as texts: "20" < "3"
