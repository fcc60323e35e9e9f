"""Group paths are the only source of rights: exactly ours grant something, a role at one branch stays there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agenturclient.identity.permissions import ROLE_PERMISSIONS, WHOLE_AGENCY_PERMISSIONS, Permission, Role
from agenturclient.identity.rules import RoleGrant, compute_rights, may_act_at, parse_groups

codes = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,6}[a-z0-9])?", fullmatch=True)
agency_roles = {"sellers": Role.SELLER, "managers": Role.MANAGER, "accountants": Role.ACCOUNTANT}


@pytest.mark.parametrize(
    ("path", "grant"),
    [
        ("/agencies/kuoni/sellers", RoleGrant(Role.SELLER, "kuoni")),
        ("/agencies/kuoni/managers", RoleGrant(Role.MANAGER, "kuoni")),
        ("/agencies/kuoni/accountants", RoleGrant(Role.ACCOUNTANT, "kuoni")),
        ("/agencies/kuoni/branches/bern/sellers", RoleGrant(Role.SELLER, "kuoni", "bern")),
        ("/operator/admins", RoleGrant(Role.OPERATOR_ADMIN)),
        ("/operator/support", RoleGrant(Role.OPERATOR_SUPPORT)),
        ("/sbb/care", RoleGrant(Role.SBB_CARE)),
    ],
)
def test_a_path_of_ours_grants_its_role(path: str, grant: RoleGrant) -> None:
    assert parse_groups([path]) == {grant}


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/agencies",
        "/agencies/kuoni",
        "/agencies/kuoni/",
        "/agencies//sellers",
        "/agencies/kuoni/sellers/",
        "/agencies/kuoni/sellers\n",
        "agencies/kuoni/sellers",
        "/agencies/kuoni/owners",
        "/agencies/Kuoni/sellers",
        "/agencies/ku oni/sellers",
        "/agencies/../operator/admins",
        "/agencies/kuoni/branches//sellers",
        "/agencies/kuoni/branches/bern",
        "/agencies/kuoni/branches/bern/branches/thun/sellers",
        "/x/agencies/kuoni/sellers",
        "/operator",
        "/operator/admins/x",
        "/OPERATOR/ADMINS",
        "/sbb/care/",
        "/sbb",
    ],
)
def test_any_other_path_grants_nothing(path: str) -> None:
    assert parse_groups([path]) == frozenset()


def spell_path(grant: RoleGrant) -> str:
    if grant.agency_code is None:
        others = {Role.OPERATOR_ADMIN: "/operator/admins", Role.OPERATOR_SUPPORT: "/operator/support"}
        return others.get(grant.role, "/sbb/care")
    branch = "" if grant.branch_code is None else f"/branches/{grant.branch_code}"
    return f"/agencies/{grant.agency_code}{branch}/{grant.role}s"


@given(st.lists(st.text(max_size=60) | st.from_regex(r"/(agencies|operator|sbb)/[a-z/-]{0,40}")))
def test_no_text_breaks_the_parser_and_every_grant_was_spelt_out(paths: list[str]) -> None:
    assert {spell_path(grant) for grant in parse_groups(paths)} <= set(paths)


@given(codes, codes, st.sampled_from(sorted(agency_roles)))
def test_every_code_is_read_back(agency: str, branch: str, group: str) -> None:
    assert parse_groups([f"/agencies/{agency}/{group}"]) == {RoleGrant(agency_roles[group], agency)}
    assert parse_groups([f"/agencies/{agency}/branches/{branch}/{group}"]) == {
        RoleGrant(agency_roles[group], agency, branch)
    }


@given(codes, codes, codes)
def test_former_takes_away_every_role_at_that_agency_alone(agency: str, other: str, branch: str) -> None:
    paths = [
        f"/agencies/{agency}/former",
        f"/agencies/{agency}/managers",
        f"/agencies/{agency}/branches/{branch}/sellers",
        f"/agencies/{other}/sellers",
        "/sbb/care",
    ]
    left = {RoleGrant(Role.SBB_CARE)} | ({RoleGrant(Role.SELLER, other)} if other != agency else set())
    assert parse_groups(paths) == left


def test_a_branchs_former_group_is_none_of_ours() -> None:
    grants = parse_groups(["/agencies/kuoni/branches/bern/former", "/agencies/kuoni/sellers"])
    assert grants == {RoleGrant(Role.SELLER, "kuoni")}


def test_a_role_at_a_branch_holds_there_alone() -> None:
    grants = parse_groups(["/agencies/kuoni/branches/bern/sellers"])
    at_home = compute_rights(grants, "kuoni", "bern")
    assert Permission.ORDERS_SELL in at_home.permissions
    assert Permission.ORDERS_READ_ALL_BRANCHES not in at_home.permissions
    assert at_home.whole_agency_permissions == frozenset()
    assert not may_act_at(grants, "kuoni", "thun")
    assert not may_act_at(grants, "kuoni", None)
    assert not may_act_at(grants, "other", "bern")
    assert not may_act_at(grants, None, None)


def test_whole_agency_reach_is_told_apart_by_permission() -> None:
    grants = parse_groups(["/agencies/kuoni/accountants", "/agencies/kuoni/branches/bern/sellers"])
    rights = compute_rights(grants, "kuoni", "bern")
    assert rights.roles == {Role.ACCOUNTANT, Role.SELLER}
    assert Permission.ORDERS_READ in rights.whole_agency_permissions
    assert Permission.ORDERS_SELL in rights.permissions - rights.whole_agency_permissions
    assert compute_rights(grants, "kuoni", "thun").roles == {Role.ACCOUNTANT}


def test_supervising_and_selling_never_mix() -> None:
    grants = parse_groups(["/operator/admins", "/agencies/kuoni/sellers"])
    assert Permission.DOUBTS_SETTLE not in compute_rights(grants, "kuoni", "bern").permissions
    assert Permission.ORDERS_SELL not in compute_rights(grants, None, None).permissions


def test_only_agencies_sell_and_only_the_operator_settles() -> None:
    assert {role for role in Role if Permission.ORDERS_CONFIRM in ROLE_PERMISSIONS[role]} == {Role.SELLER, Role.MANAGER}
    assert {role for role in Role if Permission.DOUBTS_SETTLE in ROLE_PERMISSIONS[role]} == {
        Role.OPERATOR_ADMIN,
        Role.OPERATOR_SUPPORT,
    }
    assert set(ROLE_PERMISSIONS) == set(Role)
    granted = frozenset().union(*ROLE_PERMISSIONS.values())
    assert granted == set(Permission), "a permission that nobody has is a mistake"
    assert granted >= WHOLE_AGENCY_PERMISSIONS
