"""The guards by which a route states what it needs of its caller, and the cookie by which the caller is known."""

from contextlib import suppress
from typing import Any, Final

from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie, MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.handlers import BaseRouteHandler
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from agenturclient.core.audit import expect_change
from agenturclient.core.problems import NotSignedIn, PermissionDenied
from agenturclient.identity.attempts import READING_METHODS, describe_attempt
from agenturclient.identity.permissions import Permission
from agenturclient.identity.schemas import BrowserSession, Caller
from agenturclient.identity.service import (
    IdentityDesk,
    find_session_end,
    identify_caller,
    open_session,
    seal_session,
)

Connection = ASGIConnection[Any, Any, Any, Any]

_ROUTE_PERMISSION: Final = "route_permission"
_COOKIE_CHANGE: Final = "session_cookie_change"
# An option of routes that pages ask by themselves: they do not keep a session alive that nobody uses.
IS_BACKGROUND: Final = "is_background"


class AccessGuard:
    """What a route needs of its caller. Every route has exactly one; a test walks them all."""

    def __init__(self, permission: Permission | None, *, is_public: bool = False, is_asking: bool = False) -> None:
        self.permission = permission
        self.is_public = is_public
        self._is_asking = is_asking

    async def __call__(self, connection: Connection, handler: BaseRouteHandler) -> None:
        if self.is_public:
            if self._is_asking:
                with suppress(NotSignedIn):
                    await _find_caller(connection, is_touching=True)
            return
        caller = await _find_caller(connection, is_touching=not handler.opt.get(IS_BACKGROUND, False))
        if self.permission is not None and self.permission not in caller.permissions:
            raise PermissionDenied(permission=str(self.permission))
        connection.scope["state"][_ROUTE_PERMISSION] = self.permission
        if self.permission is not None and connection.scope.get("method") not in READING_METHODS:
            action, target = describe_attempt(connection.scope)
            expect_change(subject=caller.subject, agency_code=caller.agency_code, action=action, target=target)


async def _find_caller(connection: Connection, *, is_touching: bool) -> Caller:
    session = connection.scope.get("auth")
    if not isinstance(session, BrowserSession):
        raise NotSignedIn
    desk: IdentityDesk = connection.app.state.identity_desk
    try:
        caller, renewed = await identify_caller(desk, session)
    except NotSignedIn:
        clear_session(connection)
        raise
    connection.scope["user"] = caller
    connection.scope["auth"] = renewed
    if renewed is not session and (is_touching or renewed.groups_read_at != session.groups_read_at):
        write_session(connection, renewed)
    return caller


def requires(permission: Permission) -> AccessGuard:
    """The route needs this permission; 401 without a session, 403 without the permission."""
    return AccessGuard(permission)


def requires_sign_in() -> AccessGuard:
    """The route is for whoever is signed in."""
    return AccessGuard(None)


def allows_everyone() -> AccessGuard:
    """The route needs no session. Such routes are listed by name in a test."""
    return AccessGuard(None, is_public=True)


def recognizes_everyone() -> AccessGuard:
    """The route needs no session, but asks who calls: ``request.user`` is the caller, None if nobody is signed in."""
    return AccessGuard(None, is_public=True, is_asking=True)


def get_route_permission(connection: Connection) -> Permission:
    """The permission by which the present request was let in.

    Raises:
        LookupError: the route states none, so nothing can be scoped by it: a programming error.
    """
    permission = connection.scope["state"].get(_ROUTE_PERMISSION)
    if not isinstance(permission, Permission):
        raise LookupError(f"{connection.scope['path']} asks for a scope without stating a permission")
    return permission


def write_session(connection: Connection, session: BrowserSession) -> None:
    """Give the browser this session with the answer to the present request."""
    connection.scope["state"][_COOKIE_CHANGE] = session


def clear_session(connection: Connection) -> None:
    """Take the session away from the browser with the answer to the present request."""
    connection.scope["state"][_COOKIE_CHANGE] = None


def name_session_cookie(*, is_https: bool) -> str:
    """The cookie's name; over HTTPS with the prefix by which browsers refuse it from anywhere but this host."""
    return "__Host-session" if is_https else "session"


class SessionMiddleware(ASGIMiddleware):
    """Opens the session's cookie before the request (``scope["auth"]``), writes it again with the answer if it changed.

    Two answers under way at once may both write it; the later one wins, and both are valid.
    """

    scopes = (ScopeType.HTTP,)

    def __init__(self, *, is_https: bool) -> None:
        self._is_https = is_https
        self._name = name_session_cookie(is_https=is_https)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        connection: Connection = ASGIConnection(scope)
        desk: IdentityDesk = connection.app.state.identity_desk
        sealed = connection.cookies.get(self._name)
        scope["auth"] = open_session(desk, sealed) if sealed else None
        scope["user"] = None

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and _COOKIE_CHANGE in scope["state"]:
                headers = MutableScopeHeaders.from_message(message)
                cookie = self._make_cookie(desk, scope["state"][_COOKIE_CHANGE])
                headers.add("set-cookie", cookie.to_header(header=""))
            await send(message)

        await next_app(scope, receive, send_with_cookie)

    def _make_cookie(self, desk: IdentityDesk, session: BrowserSession | None) -> Cookie:
        seconds = 0 if session is None else max(0, find_session_end(desk, session) - desk.read_seconds())
        return Cookie(
            key=self._name,
            value="" if session is None else seal_session(desk, session),
            max_age=seconds,
            path="/",
            secure=self._is_https,
            httponly=True,
            samesite="lax",
        )
