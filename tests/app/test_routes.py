"""Every route says who may use it, and means it."""

from collections.abc import Iterator
from typing import Any

import pytest
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from agenturclient.app import create_app
from agenturclient.identity.access import AccessGuard
from agenturclient.identity.permissions import Permission
from app.conftest import Counter, make_settings
from app.own_description import load_own_description

# Adding a line here makes a route public: think twice. Everything else states a permission or needs a sign-in.
PUBLIC = {
    "GET /",
    "GET /api/openapi.json",
    "GET /api/session",
    "GET /api/session/demo-people",
    "GET /livez",
    "GET /metrics",
    "GET /readyz",
    "GET /{path}",
    "HEAD /",
    "HEAD /{path}",
    "POST /api/session",
}
# For whoever is signed in, in whatever role.
SIGNED_IN = {"DELETE /api/session", "PUT /api/session/acting"}

# POSTs that neither spend nor return money and make nothing that could be there twice. Adding a line here says that a
# double click is harmless; everything else asks for an Idempotency-Key.
WITHOUT_KEY = {
    "POST /api/doubts/{number}/adopt",
    "POST /api/doubts/{number}/declare-not-sold",
    "POST /api/orders/{number}/abandon",
    "POST /api/orders/{number}/items",
    "POST /api/orders/{number}/offers",
    "POST /api/orders/{number}/reopen",
    "POST /api/session",
    "POST /api/trip-prices",
}

ONE_PERSON_PER_ROLE = {
    "seller": "anna.keller@gipfel.example",
    "seller of a branch": "luca.bernasconi@gipfel.example",
    "manager": "reto.ammann@gipfel.example",
    "accountant": "claudia.frei@gipfel.example",
    "operator admin": "nina.graf@operator.example",
    "operator support": "david.hughes@operator.example",
    "care": "sofia.rossi@care.example",
}


def walk_routes() -> Iterator[tuple[str, HTTPRouteHandler]]:
    app = create_app(make_settings("sqlite+aiosqlite:///never-opened.sqlite"))
    for route in app.routes:
        assert isinstance(route, HTTPRoute), f"{route.path} is no HTTP route"
        for method, (handler, _) in route.route_handler_map.items():
            if method != "OPTIONS":
                yield f"{method} {route.path_format}", handler


def find_access(handler: HTTPRouteHandler) -> AccessGuard:
    guards = [guard for guard in handler.resolve_guards() if isinstance(guard, AccessGuard)]
    assert len(guards) == 1, f"{handler} must have exactly one access guard, not {len(guards)}"
    return guards[0]


def test_every_route_states_its_permission_or_is_listed() -> None:
    public, signed_in, permitted = set(), set(), {}
    for name, handler in walk_routes():
        access = find_access(handler)
        if access.is_public:
            public.add(name)
        elif access.permission is None:
            signed_in.add(name)
        else:
            permitted[name] = access.permission
    assert public == PUBLIC
    assert signed_in == SIGNED_IN
    assert permitted["POST /api/orders/{number}/confirm"] is Permission.ORDERS_CONFIRM
    assert len(permitted) > 15


def test_every_post_that_sells_asks_for_a_key() -> None:
    document = load_own_description().document
    without = {
        f"POST {path}"
        for path, methods in document["paths"].items()
        if "post" in methods
        and not any(
            parameter["name"] == "Idempotency-Key" and parameter["required"]
            for parameter in methods["post"].get("parameters", [])
        )
    }
    assert without == WITHOUT_KEY
    assert "post" in document["paths"]["/api/orders/{number}/confirm"]


def fill(name: str) -> tuple[str, str]:
    method, _, path = name.partition(" ")
    for parameter in ("number", "code", "ticket_id", "uic", "path"):
        path = path.replace("{" + parameter + "}", "1")
    return method, path


async def test_without_a_session_every_other_route_says_so(counter: Counter) -> None:
    for name, handler in walk_routes():
        if not find_access(handler).is_public:
            method, path = fill(name)
            answer = await counter.send(method, path, {} if method in {"POST", "PUT", "PATCH"} else None)
            assert (answer.status_code, answer.json()["code"]) == (401, "not-signed-in"), name


@pytest.mark.parametrize("email", ONE_PERSON_PER_ROLE.values(), ids=ONE_PERSON_PER_ROLE)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_each_role_gets_what_the_table_says(counter: Counter, email: str) -> None:
    """403 exactly where the permission is missing; where it is there, anything else (the requests make no sense)."""
    permissions = set((await counter.sign_in(email)).json()["permissions"])
    for name, handler in walk_routes():
        access = find_access(handler)
        if access.permission is None:
            continue
        method, path = fill(name)
        answer = await counter.send(method, path, {} if method in {"POST", "PUT", "PATCH"} else None)
        is_denied = answer.status_code == 403
        assert is_denied == (str(access.permission) not in permissions), f"{name}: {answer.text}"
        assert answer.status_code != 500, f"{name}: {answer.text}"
        if is_denied:
            problem: dict[str, Any] = answer.json()
            assert (problem["code"], problem["permission"]) == ("permission-denied", str(access.permission))
