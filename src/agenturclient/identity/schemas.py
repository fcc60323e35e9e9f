"""Who is calling, and the public contract of sessions."""

from typing import Literal

import msgspec

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
