"""The list for browsers and the search behind it, with a supplier that counts and fails as it is told."""

import asyncio
import gzip
from dataclasses import replace

import msgspec
import pytest

from agenturclient.core.problems import Busy, InvalidRequest, NotFound, Problem
from agenturclient.places.problems import PlaceSearchRefused, PlaceSearchUnavailable
from agenturclient.places.service import PlacesCache, make_place_list, read_place_name, search_supplier_places
from agenturclient.places.station_file import load_places
from agenturclient.rail.errors import (
    FailureCause,
    RailBusy,
    RailError,
    RailRefused,
    RailUnreachable,
    RefusalReason,
)
from agenturclient.rail.port import RailPlace
from places.supplier import CountingRail, find_contract_id

PLACES = load_places()


def test_list_is_small_and_in_order() -> None:
    encoded = msgspec.json.encode(make_place_list(PLACES))
    assert len(gzip.compress(encoded, 6)) <= 40_000
    rows = msgspec.json.decode(encoded)["places"]
    assert rows[0][:4] == [8503000, "Zürich HB", 100, ["ZUE"]]
    assert len(rows) == len(PLACES)
    assert [row[2] for row in rows] == sorted((row[2] for row in rows), reverse=True)


def test_row_has_each_other_name_once() -> None:
    [row] = [row for row in make_place_list(PLACES).places if row[1] == "Luzern"]
    assert row == (8505000, "Luzern", row[2], ["LZ"], ["Lucerne", "Lucerna"])


def test_version_follows_the_content_only() -> None:
    version = make_place_list(PLACES).version
    assert make_place_list(tuple(reversed(PLACES))).version == version
    for change in ({"weight": PLACES[5].weight - 1}, {"abbreviations": ("XX",)}, {"names": ()}, {"name": "Bärn"}):
        changed = [replace(place, **change) if place is PLACES[0] else place for place in PLACES]
        assert make_place_list(changed).version != version


@pytest.mark.parametrize(
    ("text", "name"), [("  Zürich,   Bellevue ", "Zürich, Bellevue"), ("Zu\u0308rich", "Zürich"), ("zu", "zu")]
)
def test_name_is_read(text: str, name: str) -> None:
    assert read_place_name(text) == name


@pytest.mark.parametrize("text", ["", " ", "z", " z ", "x" * 101, "a\x00b", "ab\u202ecd", "ab\ufeff", "ab\ud800"])
def test_what_is_no_name_names_its_field(text: str) -> None:
    with pytest.raises(InvalidRequest) as caught:
        read_place_name(text)
    assert caught.value.members["errors"][0]["parameter"] == "name"


async def search(cache: PlacesCache, text: str = "kirch", language: str = "de", agency: str | None = "reisewelt"):
    return await search_supplier_places(cache, agency_code=agency, text=text, language=language)


async def test_answer_keeps_order_knows_our_rows_and_ranks_others_last() -> None:
    rail = CountingRail(
        RailPlace(8591234, "Zürich, Bellevue", weight=90_000),
        RailPlace(8503000, "Zurich Gare centrale", weight=1),
        RailPlace(8591234, "Zürich, Bellevue"),
        *(RailPlace(8590000 + number, f"Halt {number}") for number in range(12)),
    )
    found = await search(PlacesCache(rail, find_contract_id))
    assert found.places[0] == (8591234, "Zürich, Bellevue", 9, [], [])
    assert found.places[1][:4] == (8503000, "Zürich HB", 100, ["ZUE"])
    assert [row[2] for row in found.places[2:]] == [7, 6, 5, 4, 3, 2, 1, 0, 0, 0, 0, 0]
    assert min(place.weight for place in PLACES) > 9
    assert rail.contexts[0].contract_id == "contract of reisewelt"
    assert rail.contexts[0].language == "de"


async def test_equal_questions_are_asked_once_for_all_agencies_and_each_language_apart() -> None:
    rail = CountingRail(RailPlace(8591234, "Zürich, Bellevue"))
    cache = PlacesCache(rail, find_contract_id)
    await asyncio.gather(*(search(cache, text) for text in ("Kirch", "kirch", " KIRCH ", "kirch")))
    await search(cache, agency="another")
    assert rail.names == ["Kirch"]
    await search(cache, language="fr")
    await search(cache, "kirche")
    assert rail.names == ["Kirch", "kirch", "kirche"]
    assert len({context.conversation_id for context in rail.contexts}) == 3


async def test_answer_is_asked_anew_when_its_time_is_over() -> None:
    rail = CountingRail()
    cache = PlacesCache(rail, find_contract_id, answers_seconds=0.0)
    assert (await search(cache)).places == []
    await search(cache)
    assert rail.names == ["kirch", "kirch"]


@pytest.mark.parametrize(
    ("error", "problem", "seconds"),
    [
        (RailUnreachable("search_places", FailureCause.TIMEOUT), PlaceSearchUnavailable, 5),
        (RailUnreachable("search_places", FailureCause.THROTTLED, retry_after_seconds=7.2), PlaceSearchUnavailable, 8),
        (RailBusy("search_places", retry_after_seconds=0.5), Busy, 1),
        (RailRefused("search_places", RefusalReason.INVALID_REQUEST), PlaceSearchRefused, None),
    ],
)
async def test_failure_is_told_and_not_kept(error: RailError, problem: type[Problem], seconds: int | None) -> None:
    rail = CountingRail(error=error)
    cache = PlacesCache(rail, find_contract_id)
    with pytest.raises(problem) as caught:
        await search(cache)
    assert caught.value.retry_after_seconds == seconds
    rail.error = None
    assert (await search(cache)).places == []


async def test_without_a_contract_nothing_is_asked() -> None:
    rail = CountingRail()
    with pytest.raises(NotFound):
        await search(PlacesCache(rail, find_contract_id), agency=None)
    assert rail.names == []
