"""Use cases of places: the list for the browser, and the supplier's search behind it."""

import gzip
import hashlib
import unicodedata
import uuid
from collections.abc import Awaitable, Callable, Iterable, Sequence

import msgspec

from agenturclient.core.coalescing import SharedAnswers
from agenturclient.core.problems import InvalidRequest
from agenturclient.places.problems import translate_search_error
from agenturclient.places.schemas import FoundPlaces, PlaceList, PlaceRow
from agenturclient.places.station_file import Place, load_places
from agenturclient.rail.errors import RailError
from agenturclient.rail.port import Language, Rail, RailContext, RailPlace

MINIMUM_NAME_LENGTH = 2
MAXIMUM_NAME_LENGTH = 100
_VERSION_LENGTH = 16
_GREATEST_FOREIGN_WEIGHT = 9
_ANSWERS_SECONDS = 3600.0
_ANSWERS_KEPT = 5_000


class PlacesCache:
    """What places share within a replica: the list, and the supplier's answers by language and text.

    ``find_contract_id`` gives the contract under which an agency (its code; None for who acts for none) asks the
    supplier; it raises ``NotFound`` where there is none. Answers do not depend on it and are shared by all agencies.
    """

    def __init__(
        self,
        rail: Rail,
        find_contract_id: Callable[[str | None], Awaitable[str]],
        *,
        places: Sequence[Place] | None = None,
        answers_seconds: float = _ANSWERS_SECONDS,
    ) -> None:
        self.rail = rail
        self.find_contract_id = find_contract_id
        self.list = make_place_list(load_places() if places is None else places)
        # The list as it is answered, by content encoding: it is the largest part of a page's first load.
        encoded = msgspec.json.encode(self.list)
        self.list_bodies = {"identity": encoded, "gzip": gzip.compress(encoded, 9, mtime=0)}
        self.rows = {row[0]: row for row in self.list.places}
        self.answers: SharedAnswers[FoundPlaces] = SharedAnswers(seconds=answers_seconds, size=_ANSWERS_KEPT)


def make_place_list(places: Iterable[Place]) -> PlaceList:
    """The list for browsers, by weight falling, then name and number; its version is a hash of the content."""
    ordered = sorted(places, key=lambda place: (-place.weight, place.name, place.uic))
    rows = [make_place_row(place) for place in ordered]
    digest = hashlib.sha256(msgspec.json.encode(rows)).hexdigest()
    return PlaceList(version=digest[:_VERSION_LENGTH], places=rows)


def make_place_row(place: Place) -> PlaceRow:
    """A place as a row; a name that several languages share is given once."""
    names = dict.fromkeys(name for _, name in place.names if name != place.name)
    return (place.uic, place.name, place.weight, list(place.abbreviations), list(names))


def read_place_name(text: str) -> str:
    """A searched name with single spaces.

    Raises:
        InvalidRequest: shorter than 2 or longer than 100 characters, or with characters that no name has
            (control and format characters, unassigned ones).
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if any(unicodedata.category(character).startswith("C") for character in name):
        raise _make_invalid_name("must not have control characters")
    if not MINIMUM_NAME_LENGTH <= len(name) <= MAXIMUM_NAME_LENGTH:
        raise _make_invalid_name(f"must have {MINIMUM_NAME_LENGTH} to {MAXIMUM_NAME_LENGTH} characters")
    return name


def _make_invalid_name(detail: str) -> InvalidRequest:
    return InvalidRequest("Type a part of a place's name.", errors=[{"parameter": "name", "detail": detail}])


async def search_supplier_places(
    cache: PlacesCache, *, agency_code: str | None, text: str, language: Language
) -> FoundPlaces:
    """Places by name from the supplier; one question per language and text, its answer shared for an hour.

    Raises:
        InvalidRequest: the text is no name (see `read_place_name`).
        NotFound: the agency has no contract with SBB.
        PlaceSearchUnavailable, PlaceSearchRefused, Busy: the supplier gave no answer.
    """
    name = read_place_name(text)

    async def ask() -> FoundPlaces:
        contract_id = await cache.find_contract_id(agency_code)
        context = RailContext(contract_id, str(uuid.uuid4()), language)
        return _read_found(cache, await cache.rail.search_places(context, name))

    try:
        return await cache.answers.get_answer((language, name.casefold()), ask)
    except RailError as error:
        raise translate_search_error(error) from error


def _read_found(cache: PlacesCache, found: Iterable[RailPlace]) -> FoundPlaces:
    rows: dict[int, PlaceRow] = {}
    for place in found:
        foreign: PlaceRow = (place.uic, place.name, max(0, _GREATEST_FOREIGN_WEIGHT - len(rows)), [], [])
        rows.setdefault(place.uic, cache.rows.get(place.uic, foreign))
    return FoundPlaces(list(rows.values()))
