"""The routes, mounted as app.py mounts them, with somebody signed in."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from litestar import Litestar, Router
from litestar.datastructures import State
from litestar.testing import TestClient
from litestar.types import ASGIApp, Receive, Scope, Send

from agenturclient.core.problem_answers import make_problem_plugin
from agenturclient.deps import build_dependencies
from agenturclient.identity.permissions import ROLE_PERMISSIONS, Role
from agenturclient.identity.schemas import BrowserSession, Caller
from agenturclient.places import api
from agenturclient.places.service import PlacesCache
from agenturclient.rail.port import RailPlace
from places.supplier import CountingRail, find_contract_id

CALLER = Caller(
    subject="anna",
    name="Anna",
    language="de",
    agency_code="reisewelt",
    branch_code="hb",
    roles=frozenset({Role.SELLER}),
    permissions=ROLE_PERMISSIONS[Role.SELLER],
    whole_agency_permissions=frozenset(),
)


SESSION = BrowserSession(
    session_id="s",
    subject=CALLER.subject,
    name=CALLER.name,
    email="anna@example.ch",
    language="de",
    groups=(),
    agency_code=CALLER.agency_code,
    branch_code=CALLER.branch_code,
    signed_in_at=0,
    seen_at=0,
    groups_read_at=0,
)


class Door:
    """Stands for sessions: whoever the test let in is calling."""

    caller: Caller | None = CALLER

    def __call__(self, app: ASGIApp) -> ASGIApp:
        async def open_door(scope: Scope, receive: Receive, send: Send) -> None:
            scope["auth"] = SESSION if self.caller else None
            await app(scope, receive, send)

        return open_door

    async def identify_caller(self, _desk: object, session: BrowserSession) -> tuple[Caller, BrowserSession]:
        assert self.caller is not None
        return self.caller, session


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> Door:
    made = Door()
    monkeypatch.setattr("agenturclient.identity.access.identify_caller", made.identify_caller)
    return made


@pytest.fixture
def rail() -> CountingRail:
    return CountingRail(RailPlace(8591234, "Zürich, Bellevue"))


@pytest.fixture
def client(door: Door, rail: CountingRail) -> Iterator[TestClient[Any]]:
    router = Router("/api", route_handlers=api.ROUTES, dependencies=api.DEPENDENCIES)
    app = Litestar(
        [router],
        dependencies=build_dependencies(),
        middleware=[door],
        plugins=[make_problem_plugin()],
        state=State({"places": PlacesCache(rail, find_contract_id), "identity_desk": None}),
        openapi_config=None,
    )
    with TestClient(app) as test_client:
        yield test_client


def test_list_is_asked_again_unless_its_version_is_named(client: TestClient[Any]) -> None:
    answer = client.get("/api/places")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, no-cache"
    version = answer.json()["version"]
    assert answer.headers["etag"] == f'W/"{version}"'
    assert answer.json()["places"][0][:4] == [8503000, "Zürich HB", 100, ["ZUE"]]
    named = client.get("/api/places", params={"version": version})
    assert named.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert named.content == answer.content
    old = client.get("/api/places", params={"version": "0123456789abcdef"})
    assert old.headers["cache-control"] == "private, no-cache"
    assert old.json()["version"] == version


@pytest.mark.parametrize(
    ("tags", "status"),
    [("{etag}", 304), ('"x", {etag}', 304), ("{strong}", 304), ("*", 304), ('W/"x"', 200), ("", 200)],
)
def test_unchanged_list_is_not_sent_again(client: TestClient[Any], tags: str, status: int) -> None:
    etag = client.get("/api/places").headers["etag"]
    header = tags.format(etag=etag, strong=etag.removeprefix("W/"))
    answer = client.get("/api/places", headers={"If-None-Match": header})
    assert answer.status_code == status
    assert answer.headers["etag"] == etag
    assert (answer.content == b"") is (status == 304)


def test_search_answers_rows(client: TestClient[Any], rail: CountingRail) -> None:
    answer = client.get("/api/places/search", params={"name": " bellevue ", "language": "fr"})
    assert answer.status_code == 200
    assert answer.json() == {"places": [[8591234, "Zürich, Bellevue", 9, [], []]]}
    assert (rail.names, rail.contexts[0].language) == (["bellevue"], "fr")


@pytest.mark.parametrize(
    "params", [{}, {"name": "z"}, {"name": "x" * 101}, {"name": "a\x00b"}, {"name": "bern", "language": "rm"}]
)
def test_bad_search_is_an_invalid_request(client: TestClient[Any], rail: CountingRail, params: dict[str, str]) -> None:
    answer = client.get("/api/places/search", params=params)
    assert answer.status_code == 422, answer.text
    assert answer.json()["code"] == "invalid-request"
    assert rail.names == []


@pytest.mark.parametrize("path", ["/api/places", "/api/places/search?name=bern"])
def test_who_may_ask(client: TestClient[Any], door: Door, path: str) -> None:
    door.caller = None
    assert client.get(path).status_code == 401
    door.caller = msgspec.structs.replace(CALLER, permissions=ROLE_PERMISSIONS[Role.OPERATOR_ADMIN])
    assert client.get(path).status_code == 403


def test_the_list_is_sent_compressed_to_whoever_takes_it(client: TestClient[Any]) -> None:
    packed = client.get("/api/places", headers={"Accept-Encoding": "br, gzip"})
    plain = client.get("/api/places", headers={"Accept-Encoding": "identity"})
    refused = client.get("/api/places", headers={"Accept-Encoding": "gzip;q=0"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert "content-encoding" not in refused.headers
    assert packed.json() == plain.json() == refused.json()
    assert packed.headers["vary"] == "Accept-Encoding"
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 2
