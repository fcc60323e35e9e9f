"""How typed text finds a place, as the front end does it (web/src/places/rules.ts; held together by vectors.json).

The product itself does not match on the server; this tells what is in the station file apart from how it is shown: the
tests ask it whether every place of the file is found by its names, and whether a text means one place or several.

**Spellings** (`list_spellings`). Text is brought to NFC and lower case; ß, œ, æ become ss, oe, ae; the abbreviated
Italian saint (`s.` not preceded by a letter or digit) becomes `st` and a space. Of that there are two spellings, often
equal: the letters ä, ö, ü as they are, and written out as ae, oe, ue. Of each all marks (Unicode category M after NFD)
are dropped, every run of other characters than a-z and 0-9 becomes one space, spaces at the ends go.

**Names** (`build_place_index`). A place is found by its native name and its names in other languages, and by each of
them without a last word that is the code of a canton ("Rapperswil SG" also as "Rapperswil"). A name with one of the
words st, ste, saint, sainte, sankt, san, santa has further spellings: all those words replaced by each of them, and by
s. The query is not changed so: half-typed "sain" finds St. Gallen, "san" does not find Stans. (S-chanf is no saint.)

**Match**, best class first: 0 the query's first spelling equals an abbreviation in lower case ("zü" is no ZUE), 1 one
of its spellings equals a name, 2 a name starts with one, 3 a later word of a name starts with one. Letters of a query
are counted in its first spelling, without spaces; a query of one letter only has class 0 (`W` is Winterthur).

**Order**: class, weight falling, native name, UIC number as text; texts by code points.

**Resolving** (`resolve_place`): which one place is meant, so that nothing is asked. The exact places are those of
class 0 or whose name (class 1) is equal.

1. Exactly one exact place, and the query is a name of it: that place. "Bern" is Bern although Bern Wankdorf exists,
   as for every town whose station bears the bare name.
2. Exactly one exact place, and the query is only an abbreviation of it: that place, unless a place of greater weight
   contends for the text: one of its names starts with the query or has it as a whole word (with two letters only its
   native name as written, else LO would not be Locarno because of Losanna). BN is Bern and LZ is Luzern; but BER is the
   official code of Berlingen and HB that of Herzogenbuchsee, and who types them may mean Bern and Zürich HB: asked.
3. Several exact places: ambiguous between them (AU is the code of Au ZH, and Au SG is an "Au" too).
4. No exact place: if exactly one place matches at all, that place; if several do, ambiguous between them; else unknown.

There is no rule by which a large place simply beats a small one. That "Zürich" means Zürich HB is said by a name of its
own in the reviewed file ("Zürich" without a quarter is the main station in the tariff and in speech, as with Bern); so
it is decided by a person and seen by everyone. "Basel" has no such name: SBB and Bad Bf are both meant by it.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from agenturclient.places.station_file import Place

_LIGATURES: Final = str.maketrans({"ß": "ss", "œ": "oe", "æ": "ae"})
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_ABBREVIATED_SAINT: Final = re.compile(r"(?<![a-z0-9])s\.")
_OTHER_CHARACTERS: Final = re.compile(r"[^a-z0-9]+")
_SAINTS: Final = ("st", "ste", "saint", "sainte", "sankt", "san", "santa")
_SAINT_SPELLINGS: Final = (*_SAINTS, "s")
_CANTON_CODE: Final = re.compile(
    r"^(.+) (?:AG|AI|AR|BE|BL|BS|FR|GE|GL|GR|JU|LU|NE|NW|OW|SG|SH|SO|SZ|TG|TI|UR|VD|VS|ZG|ZH)$"
)
MINIMUM_LETTERS: Final = 2


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place with the spellings it is found by; `native_names` are those of the native name as written, `words` all
    names with a space before each word, so that most places are passed over by one look."""

    place: Place
    abbreviations: frozenset[str]
    names: tuple[str, ...]
    native_names: frozenset[str]
    words: str


PlaceIndex = tuple[PlaceEntry, ...]


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A place that a query finds; `match_class` as in the module's docstring. `is_name`: the query is a name of it;
    `can_contend`: by its names it can stand against another place's abbreviation (rule 2)."""

    match_class: int
    is_name: bool
    can_contend: bool
    place: Place


def _spell_plainly(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    plain = "".join(c for c in decomposed if not unicodedata.category(c).startswith("M"))
    return _OTHER_CHARACTERS.sub(" ", plain).strip()


def list_spellings(text: str) -> tuple[str, ...]:
    """The one or two comparable spellings of a text; none if it has no letter or digit."""
    lowered = unicodedata.normalize("NFC", text).lower().translate(_LIGATURES)
    lowered = _ABBREVIATED_SAINT.sub("st ", lowered)
    both = (_spell_plainly(lowered), _spell_plainly(lowered.translate(_UMLAUTS)))
    return tuple(dict.fromkeys(spelling for spelling in both if spelling))


def _list_saint_spellings(spelling: str) -> list[str]:
    words = spelling.split(" ")
    if not any(word in _SAINTS for word in words):
        return [spelling]
    return [" ".join(saint if word in _SAINTS else word for word in words) for saint in _SAINT_SPELLINGS]


def _list_name_spellings(name: str) -> list[str]:
    with_canton = _CANTON_CODE.match(name)
    names = (name, with_canton.group(1)) if with_canton else (name,)
    return [saint for text in names for spelling in list_spellings(text) for saint in _list_saint_spellings(spelling)]


def _build_entry(place: Place) -> PlaceEntry:
    texts = (place.name, *(name for _, name in place.names))
    names = tuple(dict.fromkeys(spelling for text in texts for spelling in _list_name_spellings(text)))
    return PlaceEntry(
        place=place,
        abbreviations=frozenset(text.lower() for text in place.abbreviations),
        names=names,
        native_names=frozenset(list_spellings(place.name)),
        words="".join(f" {name}\n" for name in names),
    )


def build_place_index(places: Iterable[Place]) -> PlaceIndex:
    """Spells all names and abbreviations once, so that a query only compares."""
    return tuple(_build_entry(place) for place in places)


def _match_name(queries: Sequence[str], name: str) -> int | None:
    """The class by one name: 1 equal, 2 start, 3 start of a later word."""
    if name in queries:
        return 1
    if any(name.startswith(query) for query in queries):
        return 2
    return 3 if any(f" {query}" in name for query in queries) else None


def _match_entry(queries: Sequence[str], letters: int, entry: PlaceEntry) -> PlaceMatch | None:
    """The match of an entry that has the query as an abbreviation or at the start of a word."""
    is_abbreviation = queries[0] in entry.abbreviations
    if letters < MINIMUM_LETTERS:
        return PlaceMatch(0, is_name=False, can_contend=False, place=entry.place) if is_abbreviation else None
    found = [(found_class, name) for name in entry.names if (found_class := _match_name(queries, name)) is not None]
    best = min((found_class for found_class, _ in found), default=0)
    return PlaceMatch(
        match_class=0 if is_abbreviation else best,
        is_name=best == 1,
        can_contend=any(
            found_class <= 2 or any(f" {query} " in f"{name} " for query in queries)
            for found_class, name in found
            if letters > MINIMUM_LETTERS or name in entry.native_names
        ),
        place=entry.place,
    )


def match_places(query: str, index: PlaceIndex) -> list[PlaceMatch]:
    """All places that a query finds, best first."""
    queries = list_spellings(query)
    if not queries:
        return []
    letters = len(queries[0].replace(" ", ""))
    first, last = f" {queries[0]}", f" {queries[-1]}"
    matches = [
        match
        for entry in index
        if (first in entry.words or last in entry.words or queries[0] in entry.abbreviations)
        and (match := _match_entry(queries, letters, entry)) is not None
    ]
    return sorted(matches, key=lambda m: (m.match_class, -m.place.weight, m.place.name, str(m.place.uic)))


def list_candidates(query: str, index: PlaceIndex) -> list[Place]:
    """The places that a text may stand for, best first: one if it may be accepted silently, none if it is unknown."""
    matches = match_places(query, index)
    exact = [match for match in matches if match.match_class <= 1]
    if len(exact) > 1:
        return [match.place for match in exact]
    if exact:
        found = exact[0]
        is_contended = any(match.can_contend and match.place.weight > found.place.weight for match in matches)
        if found.is_name or not is_contended:
            return [found.place]
    return [match.place for match in matches]


def resolve_place(query: str, index: PlaceIndex) -> Place | None:
    """The one place that may be accepted silently, else None."""
    candidates = list_candidates(query, index)
    return candidates[0] if len(candidates) == 1 else None
