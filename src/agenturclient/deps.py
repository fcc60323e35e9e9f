"""The parameter types an endpoint may ask for.

An endpoint parses, permits, calls one service function, and returns. The types below carry where the value comes from;
Litestar finds the providers by the parameter's *name*. The routes are listed at the end of each ``api.py`` and mounted
below ``/api`` by ``app.py``::

    from litestar import post
    from litestar.params import FromPath, FromQuery, JSONBody

    from agenturclient.deps import CallerDep, IdempotencyKeyDep, Permission, ScopeDep, TransactionsDep, requires

    @post("/orders/{number:str}/confirm", guards=[requires(Permission.ORDERS_CONFIRM)], status_code=200)
    async def confirm_order_endpoint(
        number: FromPath[str],
        data: JSONBody[ConfirmOrder],
        caller: CallerDep,                      # who asks
        agency_scope: ScopeDep,                 # whose orders exist for them: the route's permission decides how far
        transactions: TransactionsDep,
        idempotency_key: IdempotencyKeyDep,     # required header Idempotency-Key
        rail: RailDep,
        settings: SettingsDep,
        dry: FromQuery[bool] = False,
    ) -> Order:
        return await service.confirm_order(...)

    ROUTES = [confirm_order_endpoint]

Every route has exactly one guard of ``requires(Permission.X)``, ``requires_sign_in()`` or ``allows_everyone()`` (the
last are listed by name in a test). What goes wrong is raised as a ``Problem``. A feature that keeps something of its
own on the application (caches, a desk) has its provider next to its routes, and ``app.py`` sets the value::

    LookupsDep = NamedDependency[Lookups]

    def provide_lookups(state: State) -> Lookups:
        return state.lookups

    DEPENDENCIES = {"lookups": Provide(provide_lookups, sync_to_thread=False)}
"""

from typing import Annotated, Any

import msgspec
from litestar import Request
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.params import HeaderParameter, SkipValidation
from sqlalchemy import ColumnElement, and_, true

from agenturclient.core.database import Transactions
from agenturclient.core.problems import NotSignedIn, PermissionDenied
from agenturclient.identity.access import (
    IS_BACKGROUND,
    allows_everyone,
    get_route_permission,
    requires,
    requires_sign_in,
)
from agenturclient.identity.permissions import Permission
from agenturclient.identity.schemas import Caller
from agenturclient.rail.port import Rail
from agenturclient.settings import Settings

__all__ = [
    "IS_BACKGROUND",
    "AgencyScope",
    "Caller",
    "CallerDep",
    "IdempotencyKeyDep",
    "Permission",
    "RailDep",
    "ScopeDep",
    "SettingsDep",
    "TransactionsDep",
    "allows_everyone",
    "build_dependencies",
    "compute_scope",
    "requires",
    "requires_sign_in",
]


class AgencyScope(msgspec.Struct, frozen=True):
    """Whose rows exist for a caller; the one place that narrows queries to an agency and a branch.

    ``agency_code`` None: every agency's (the operator and SBB, as far as their permissions go). ``branch_code`` None:
    every branch's.
    """

    agency_code: str | None
    branch_code: str | None

    def narrow(self, agency_column: ColumnElement[Any], branch_column: ColumnElement[Any]) -> ColumnElement[bool]:
        """The condition that every select and update of rows with an owner carries."""
        conditions: list[ColumnElement[bool]] = [true()]
        if self.agency_code is not None:
            conditions.append(agency_column == self.agency_code)
        if self.branch_code is not None:
            conditions.append(branch_column == self.branch_code)
        return and_(*conditions)


def compute_scope(caller: Caller, permission: Permission) -> AgencyScope:
    """How far a permission reaches: beyond the branch acted in only if a role for the whole agency gives it.

    Raises:
        PermissionDenied: the caller does not have it, so there is no scope at all.
    """
    if permission not in caller.permissions:
        raise PermissionDenied(permission=str(permission))
    is_whole_agency = permission in caller.whole_agency_permissions
    return AgencyScope(caller.agency_code, None if is_whole_agency else caller.branch_code)


CallerDep = NamedDependency[Caller]
ScopeDep = NamedDependency[AgencyScope]
TransactionsDep = NamedDependency[Transactions]
# A Protocol cannot be checked against an instance; what the application holds is the right thing by construction.
RailDep = NamedDependency[SkipValidation[Rail]]
SettingsDep = NamedDependency[Settings]
IdempotencyKeyDep = NamedDependency[str]

_IdempotencyKeyHeader = Annotated[
    str,
    HeaderParameter(
        name="Idempotency-Key",
        pattern="^[A-Za-z0-9_-]+$",
        min_length=8,
        max_length=64,
        description="The same key and body replay the answer; another body is refused. A UUID does.",
    ),
]


def provide_caller(request: Request[Any, Any, Any]) -> Caller:
    caller = request.scope.get("user")
    if not isinstance(caller, Caller):
        raise NotSignedIn
    return caller


def provide_scope(request: Request[Any, Any, Any]) -> AgencyScope:
    return compute_scope(provide_caller(request), get_route_permission(request))


def provide_transactions(state: State) -> Transactions:
    transactions: Transactions = state.transactions
    return transactions


def provide_rail(state: State) -> SkipValidation[Rail]:
    rail: Rail = state.rail
    return rail


def provide_settings(state: State) -> Settings:
    settings: Settings = state.settings
    return settings


def provide_idempotency_key(idempotency_key_header: _IdempotencyKeyHeader) -> str:
    return idempotency_key_header


def build_dependencies() -> dict[str, Provide]:
    """The providers, by parameter name."""
    return {
        "caller": Provide(provide_caller, sync_to_thread=False),
        "agency_scope": Provide(provide_scope, sync_to_thread=False),
        "transactions": Provide(provide_transactions, sync_to_thread=False),
        "rail": Provide(provide_rail, sync_to_thread=False),
        "settings": Provide(provide_settings, sync_to_thread=False),
        "idempotency_key": Provide(provide_idempotency_key, sync_to_thread=False),
    }
