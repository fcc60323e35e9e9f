"""Who is calling, and the public contract of sessions."""

import datetime as dt
from typing import Annotated, Literal, Protocol

import msgspec
from msgspec import Meta

from agenturclient.identity.permissions import Permission

Language = Literal["de", "fr", "it", "en"]


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """Who makes this request, and what they may do where they act.

    ``agency_code`` is None for the operator and SBB; ``branch_code`` is the branch acted in, which orders bear.
    ``whole_agency_permissions`` are those among ``permissions`` that reach beyond the branch acted in.
    """

    subject: str
    name: str
    language: Language
    agency_code: str | None
    branch_code: str | None
    roles: frozenset[str]
    permissions: frozenset[Permission]
    whole_agency_permissions: frozenset[Permission]


# --- the directory of people ------------------------------------------------------------------------------------------


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody as the directory knows them now. ``groups`` are the paths of design section 6."""

    subject: str
    name: str
    email: str
    language: Language
    groups: tuple[str, ...]


class Directory(Protocol):
    """Who people are and which groups they are in. It may be a network away: not to be called inside a transaction."""

    async def find_person(self, subject: str) -> Person | None:
        """The person as of now; None if there is none any more, or they were switched off."""

    async def check_pass_phrase(self, email: str, pass_phrase: str) -> Person | None:
        """The person with this address and pass phrase. None if they do not belong together, and always where people
        do not sign in with us but with an identity provider."""


# --- agencies, as far as a session shows them -------------------------------------------------------------------------


class SessionBranch(msgspec.Struct, frozen=True):
    code: str
    name: str


class SessionAgency(msgspec.Struct, frozen=True, kw_only=True):
    """What the counter needs to know of the agency acted for."""

    code: str
    name: str
    default_language: Language
    is_reference_mandatory: bool
    reference_pattern: str | None
    means_of_payment: Literal["invoice", "cash", "card", "voucher"]


class AgencyEntry(msgspec.Struct, frozen=True):
    """An agency and its branches, in the order in which they are shown."""

    agency: SessionAgency
    branches: tuple[SessionBranch, ...]


class AgencyBook(Protocol):
    """Where identity looks agencies up: a higher feature gives it."""

    async def __call__(self, codes: frozenset[str]) -> list[AgencyEntry]:
        """Those of the agencies that exist, by name."""


# --- sessions ---------------------------------------------------------------------------------------------------------


class BrowserSession(msgspec.Struct, frozen=True, kw_only=True):
    """What the sealed cookie holds: just enough. Times are Unix seconds; ``groups`` only those that count where the
    person acts."""

    session_id: str
    subject: str
    name: str
    email: str
    language: Language
    groups: tuple[str, ...]
    agency_code: str | None
    branch_code: str | None
    signed_in_at: int
    seen_at: int
    groups_read_at: int


class SignIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    email: Annotated[str, Meta(min_length=3, max_length=254)]
    pass_phrase: Annotated[str, Meta(min_length=1, max_length=200)]


class ChooseActing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For which agency and in which branch to act; both null for the operator and SBB."""

    agency_code: Annotated[str, Meta(max_length=64)] | None
    branch_code: Annotated[str, Meta(max_length=64)] | None


class SessionPerson(msgspec.Struct, frozen=True, kw_only=True):
    """``roles`` are those held where the person acts."""

    subject: str
    name: str
    email: str
    language: Language
    roles: list[str]


class ActingChoice(msgspec.Struct, frozen=True, kw_only=True):
    """Where the person may act; without an agency, for the operator or SBB."""

    agency_code: str | None
    agency_name: str
    branch_code: str | None
    branch_name: str | None


class SessionView(msgspec.Struct, frozen=True, kw_only=True):
    """Who is signed in and for whom they act. The session ends at ``idle_until`` unless something is asked before."""

    person: SessionPerson
    agency: SessionAgency | None
    branch: SessionBranch | None
    choices: list[ActingChoice]
    permissions: list[str]
    is_demo: bool
    idle_until: dt.datetime
    server_now: dt.datetime


class DemoPerson(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody of the demo, with their published pass phrase."""

    email: str
    name: str
    role: str
    pass_phrase: str
