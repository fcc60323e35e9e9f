"""Decisions about who may do what: group paths, roles, the choice where to act. No I/O (design section 6)."""

import re
from collections.abc import Iterable
from typing import Final

import msgspec

from agenturclient.identity.permissions import (
    ROLE_PERMISSIONS,
    WHOLE_AGENCY_PERMISSIONS,
    Permission,
    Role,
)

_CODE = r"[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?"
_AGENCY_PATH: Final = re.compile(rf"/agencies/({_CODE})(?:/branches/({_CODE}))?/(sellers|managers|accountants|former)")
_AGENCY_ROLES: Final = {"sellers": Role.SELLER, "managers": Role.MANAGER, "accountants": Role.ACCOUNTANT}
_OTHER_ROLES: Final = {
    "/operator/admins": Role.OPERATOR_ADMIN,
    "/operator/support": Role.OPERATOR_SUPPORT,
    "/sbb/care": Role.SBB_CARE,
}


class RoleGrant(msgspec.Struct, frozen=True, order=True):
    """A role and where it holds: the operator's and SBB's have no agency, an agency's may be for one branch."""

    role: Role
    agency_code: str | None = None
    branch_code: str | None = None


class ActingRights(msgspec.Struct, frozen=True):
    """What somebody may do where they act."""

    roles: frozenset[Role]
    permissions: frozenset[Permission]
    whole_agency_permissions: frozenset[Permission]


def parse_groups(paths: Iterable[str]) -> frozenset[RoleGrant]:
    """The grants in Keycloak group paths; a path that is not exactly one of ours grants nothing.

    A ``/agencies/<code>/former`` takes away every role at that agency, for whoever left may still be in other groups.
    """
    grants = set()
    former = set()
    for path in paths:
        if path in _OTHER_ROLES:
            grants.add(RoleGrant(_OTHER_ROLES[path]))
        elif (match := _AGENCY_PATH.fullmatch(path)) is not None:
            agency_code, branch_code, group = match.groups()
            if group in _AGENCY_ROLES:
                grants.add(RoleGrant(_AGENCY_ROLES[group], agency_code, branch_code))
            elif branch_code is None:
                former.add(agency_code)
    return frozenset(grant for grant in grants if grant.agency_code is None or grant.agency_code not in former)


def compute_rights(grants: Iterable[RoleGrant], agency_code: str | None, branch_code: str | None) -> ActingRights:
    """What the grants allow to somebody who acts at this agency and branch (None: for the operator or SBB).

    Roles of the operator and SBB hold only when no agency is acted for, so that selling and supervising never mix.
    """
    roles: set[Role] = set()
    permissions: set[Permission] = set()
    whole: set[Permission] = set()
    for grant in grants:
        if grant.agency_code != agency_code or grant.branch_code not in {None, branch_code}:
            continue
        roles.add(grant.role)
        given = ROLE_PERMISSIONS[grant.role]
        if grant.branch_code is None:
            permissions |= given
            whole |= given
        else:
            permissions |= given - WHOLE_AGENCY_PERMISSIONS
    return ActingRights(frozenset(roles), frozenset(permissions), frozenset(whole))


def may_act_at(grants: Iterable[RoleGrant], agency_code: str | None, branch_code: str | None) -> bool:
    """Whether any role holds there."""
    return bool(compute_rights(grants, agency_code, branch_code).roles)


def select_groups(paths: Iterable[str], agency_code: str | None) -> tuple[str, ...]:
    """The paths that count when acting for this agency (None: the operator or SBB): all that a session has to hold."""
    prefix = None if agency_code is None else f"/agencies/{agency_code}/"
    return tuple(
        sorted(path for path in paths if (path in _OTHER_ROLES if prefix is None else path.startswith(prefix)))
    )


def compute_session_end(*, signed_in_at: int, seen_at: int, idle_seconds: int, max_seconds: int) -> int:
    """When a session ends if nothing more is asked, in Unix seconds."""
    return min(seen_at + idle_seconds, signed_in_at + max_seconds)
