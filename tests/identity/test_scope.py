"""The scope of queries: as far as the route's permission reaches, and nowhere without one."""

import pytest
from sqlalchemy import Column, MetaData, String, Table, create_engine, insert, select

from agenturclient.core.problems import PermissionDenied
from agenturclient.deps import AgencyScope, Caller, Permission, compute_scope
from agenturclient.identity.rules import compute_rights, parse_groups

owned = Table("owned", MetaData(), Column("agency", String(9)), Column("branch", String(9)), Column("name", String(9)))


def make_caller(groups: list[str], agency_code: str | None = None, branch_code: str | None = None) -> Caller:
    rights = compute_rights(parse_groups(groups), agency_code, branch_code)
    return Caller(
        subject="s",
        name="n",
        language="de",
        agency_code=agency_code,
        branch_code=branch_code,
        roles=frozenset(str(role) for role in rights.roles),
        permissions=rights.permissions,
        whole_agency_permissions=rights.whole_agency_permissions,
    )


def list_visible(scope: AgencyScope) -> set[str]:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        owned.create(connection)
        connection.execute(
            insert(owned),
            [
                {"agency": agency, "branch": branch, "name": f"{agency}-{branch}"}
                for agency in ("a", "b")
                for branch in ("1", "2")
            ],
        )
        rows = connection.execute(select(owned.c.name).where(scope.narrow(owned.c.agency, owned.c.branch)))
        names = {row.name for row in rows}
    engine.dispose()
    return names


def test_each_kind_of_caller_sees_its_rows() -> None:
    agency_wide = make_caller(["/agencies/a/sellers"], "a", "1")
    assert list_visible(compute_scope(agency_wide, Permission.ORDERS_READ)) == {"a-1", "a-2"}
    at_branch = make_caller(["/agencies/a/branches/1/sellers"], "a", "1")
    assert list_visible(compute_scope(at_branch, Permission.ORDERS_READ)) == {"a-1"}
    mixed = make_caller(["/agencies/a/accountants", "/agencies/a/branches/1/sellers"], "a", "1")
    assert list_visible(compute_scope(mixed, Permission.ORDERS_READ)) == {"a-1", "a-2"}
    assert list_visible(compute_scope(mixed, Permission.ORDERS_CONFIRM)) == {"a-1"}
    care = make_caller(["/sbb/care"])
    assert list_visible(compute_scope(care, Permission.ORDERS_READ)) == {"a-1", "a-2", "b-1", "b-2"}


def test_without_the_permission_there_is_no_scope() -> None:
    nobody = make_caller([])
    with pytest.raises(PermissionDenied):
        compute_scope(nobody, Permission.ORDERS_READ)
    with pytest.raises(PermissionDenied):
        compute_scope(make_caller(["/sbb/care"]), Permission.ORDERS_CONFIRM)
