"""Who travels, as the `passengers`, `dogs`, `bikes` and `passengerGroups` parameters say it."""

from typing import Literal

import msgspec

from b2p_sandbox.problems import B2pProblem
from b2p_sandbox.wire import Request, list_texts

REDUCTIONS = (
    "ga-1st",
    "ga-2nd",
    "half-fare",
    "junior-card",
    "child-card",
    "none",
    "swiss-half-fare-card",
    "swiss-travel-pass",
)
GROUP_SEGMENTS = (
    "GRUPPE_PERSON_25PLUS",
    "GRUPPE_HALBTAX",
    "GA_1_KL",
    "GA_2_KL",
    "GRUPPE_PERSON_6-25",
    "GRUPPE_KIND_0-6_GRATIS",
    "HUND",
)
MAX_AGE = 120
MAX_TRAVELLERS = 100
MIN_GROUP_SIZE = 10
CHILD_UNTIL_AGE = 16
FREE_UNTIL_AGE = 6
YOUTH_UNTIL_AGE = 25

TravellerKind = Literal["person", "dog", "bicycle"]


class Traveller(msgspec.Struct, frozen=True):
    """A person with age and reduction, or a dog or bicycle (age 0, reduction `none`)."""

    id: str
    kind: TravellerKind = "person"
    age: int = 0
    reduction: str = "none"

    @property
    def is_adult(self) -> bool:
        """Whether the person can accompany children (16 and older)."""
        return self.kind == "person" and self.age >= CHILD_UNTIL_AGE


class GroupPart(msgspec.Struct, frozen=True):
    """So many travellers of one customer segment within a group."""

    count: int
    segment: str


def parse_passenger(text: str, *, service: str) -> Traveller:
    """One `id;age;reduction`, for example `paxa;42;half-fare`."""
    parts = [part.strip() for part in text.split(";")]
    if len(parts) != 3 or not 1 <= len(parts[0]) <= 64:
        raise B2pProblem(f"{service}/passenger-invalid", "A passenger is 'id;age;reduction'.", detail=text[:100])
    traveller_id, age_text, reduction = parts
    if not (age_text.isascii() and age_text.isdigit() and len(age_text) <= 3 and int(age_text) <= MAX_AGE):
        raise B2pProblem(
            f"{service}/passenger-age-invalid", f"An age is a whole number from 0 to {MAX_AGE}.", detail=text[:100]
        )
    if reduction not in REDUCTIONS:
        raise B2pProblem(f"{service}/passenger-reduction-unknown", "The reduction is not known.", detail=text[:100])
    age = int(age_text)
    if reduction in {"junior-card", "child-card"} and age >= CHILD_UNTIL_AGE:
        raise B2pProblem(
            f"{service}/passenger-reduction-age", "This card is for children under 16 only.", detail=text[:100]
        )
    return Traveller(traveller_id, "person", age, reduction)


def parse_party(passengers: list[str], dogs: list[str], bikes: list[str], *, service: str) -> list[Traveller]:
    """Everyone who travels, in the order people, dogs, bikes; at least one, ids unique."""
    party = [parse_passenger(text, service=service) for text in passengers]
    party += [Traveller(dog_id[:64], "dog") for dog_id in dogs]
    party += [Traveller(bike_id[:64], "bicycle") for bike_id in bikes]
    if not party:
        raise B2pProblem(
            f"{service}/passengers-missing",
            "At least one of passengers, dogs or bikes must be set.",
            detail="passengers",
        )
    if len(party) > MAX_TRAVELLERS:
        raise B2pProblem(f"{service}/too-many-passengers", f"At most {MAX_TRAVELLERS} travellers can be handled.")
    if len({traveller.id for traveller in party}) != len(party):
        raise B2pProblem(f"{service}/passenger-id-twice", "Every passenger, dog and bike needs an id of its own.")
    return party


def read_party(request: Request, *, service: str) -> list[Traveller]:
    """The party of a GET request's query."""
    return parse_party(
        list_texts(request, "passengers"), list_texts(request, "dogs"), list_texts(request, "bikes"), service=service
    )


def read_group(request: Request, *, service: str) -> list[GroupPart]:
    """The parts of a group, `10;GRUPPE_PERSON_25PLUS`; ten people or more in total (dogs do not count)."""
    parts: list[GroupPart] = []
    for text in list_texts(request, "passengerGroups"):
        count_text, _, segment = text.partition(";")
        if not (count_text.isascii() and count_text.isdigit() and 1 <= len(count_text) <= 4) or int(count_text) == 0:
            raise B2pProblem(f"{service}/group-invalid", "A group part is 'count;segment'.", detail=text[:100])
        if segment not in GROUP_SEGMENTS:
            raise B2pProblem(f"{service}/group-segment-unknown", "The segment is not known.", detail=text[:100])
        parts.append(GroupPart(int(count_text), segment))
    if sum(part.count for part in parts if part.segment != "HUND") < MIN_GROUP_SIZE:
        raise B2pProblem(
            f"{service}/group-too-small", "A group needs at least ten travellers.", detail="passengerGroups"
        )
    return parts
