"""The guards by which a route states what it needs of its caller."""

from typing import Any, Final

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from agenturclient.core.problems import NotSignedIn, PermissionDenied
from agenturclient.identity.permissions import Permission
from agenturclient.identity.schemas import Caller

_ROUTE_PERMISSION: Final = "route_permission"
Connection = ASGIConnection[Any, Any, Any, Any]


class AccessGuard:
    """What a route needs of its caller. Every route has exactly one; a test walks them all."""

    def __init__(self, permission: Permission | None, *, is_public: bool = False) -> None:
        self.permission = permission
        self.is_public = is_public

    def __call__(self, connection: Connection, _handler: BaseRouteHandler) -> None:
        if self.is_public:
            return
        caller = connection.scope.get("user")
        if not isinstance(caller, Caller):
            raise NotSignedIn
        if self.permission is not None and self.permission not in caller.permissions:
            raise PermissionDenied(permission=str(self.permission))
        connection.scope["state"][_ROUTE_PERMISSION] = self.permission


def requires(permission: Permission) -> AccessGuard:
    """The route needs this permission; 401 without a session, 403 without the permission."""
    return AccessGuard(permission)


def requires_sign_in() -> AccessGuard:
    """The route is for whoever is signed in."""
    return AccessGuard(None)


def allows_everyone() -> AccessGuard:
    """The route needs no session. Such routes are listed by name in a test."""
    return AccessGuard(None, is_public=True)


def get_route_permission(connection: Connection) -> Permission:
    """The permission by which the present request was let in.

    Raises:
        LookupError: the route states none, so nothing can be scoped by it: a programming error.
    """
    permission = connection.scope["state"].get(_ROUTE_PERMISSION)
    if not isinstance(permission, Permission):
        raise LookupError(f"{connection.scope['path']} asks for a scope without stating a permission")
    return permission
