"""The search rules against the vectors that the front end shares, and what the station file promises of itself."""

import json
from collections import Counter
from pathlib import Path

import pytest

from agenturclient.places.rules import is_ambiguous, rank_places, resolve_place
from agenturclient.places.station_file import load_places

PLACES = load_places()
VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["query"] or "empty")
def test_vector(vector: dict[str, object]) -> None:
    query = str(vector["query"])
    found = rank_places(query, PLACES, 10)
    assert (found[0].uic if found else None) == vector["first_uic"]
    assert is_ambiguous(query, PLACES) is vector["is_ambiguous"]
    resolved = resolve_place(query, PLACES)
    expected = None if vector["is_ambiguous"] else vector["first_uic"]
    assert (resolved.uic if resolved else None) == expected


def test_enough_vectors_and_places() -> None:
    assert len(VECTORS) >= 60
    assert len(PLACES) >= 900


def test_abbreviations_uics_and_names_are_unique() -> None:
    abbreviations = Counter(a for p in PLACES for a in p.abbreviations)
    assert [a for a, count in abbreviations.items() if count > 1] == []
    assert len({p.uic for p in PLACES}) == len(PLACES)
    assert len({p.name for p in PLACES}) == len(PLACES)


def test_other_names_have_a_language_and_weights_a_range() -> None:
    assert {language for p in PLACES for language, _ in p.names} <= {"de", "fr", "it", "en", "rm"}
    assert all(0 <= p.weight <= 100 for p in PLACES)
