"""Whatever goes wrong is a problem document with a stable code, and says no more than it must."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.testing import AsyncTestClient
from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from agenturclient.core.audit import audit_records
from agenturclient.core.bodies import StrictRequest
from agenturclient.core.database import TransactionConflictError, Transactions
from agenturclient.core.problem_answers import make_problem_plugin
from agenturclient.core.problems import Busy, InvalidRequest
from agenturclient.core.requests import FramedApp, JsonBodyMiddleware
from agenturclient.deps import IdempotencyKeyDep, build_dependencies
from app.conftest import Counter

SELLER = "anna.keller@gipfel.example"


class Inner(Struct, forbid_unknown_fields=True):
    price: int
    name: str = ""


class Outer(Struct, forbid_unknown_fields=True):
    items: list[Inner]
    note: str | None = None


@post("/api/echo/{number:int}", status_code=200)
async def take_body(number: FromPath[int], data: JSONBody[Outer], limit: FromQuery[int]) -> int:
    return number + limit + len(data.items)


@post("/api/keyed", status_code=200)
async def take_key(idempotency_key: IdempotencyKeyDep) -> str:
    return idempotency_key


FAILURES: dict[str, Exception] = {
    "conflict": TransactionConflictError("Deadlock found"),
    "pool": PoolTimeoutError(),
    "bug": ZeroDivisionError("the pass phrase is hunter2"),
    "busy": Busy(retry_after_seconds=7),
    "members": InvalidRequest("Look.", errors=[{"pointer": "/a", "detail": "b"}]),
}


@get("/api/fail/{how:str}")
async def fail(how: FromPath[str]) -> None:
    raise FAILURES[how]


@pytest_asyncio.fixture
async def client() -> AsyncIterator[AsyncTestClient[FramedApp]]:
    app = FramedApp(
        [take_body, take_key, fail],
        dependencies=build_dependencies(),
        plugins=[make_problem_plugin()],
        middleware=[JsonBodyMiddleware()],
        request_class=StrictRequest,
        request_max_body_size=10_000,
        openapi_config=None,
        logging_config=None,
    )
    app.set_frame(allowed_hosts=frozenset({"127.0.0.1"}), is_https=False)
    async with AsyncTestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as opened:
        yield opened


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"items": [{"price": "22"}]}, {"pointer": "/items/0/price", "detail": "Expected `int`, got `str`"}),
        ({"items": [{"price": 22.5}]}, {"pointer": "/items/0/price", "detail": "Expected `int`, got `float`"}),
        ({"items": [{"price": 1, "x": 1}]}, {"pointer": "/items/0/x", "detail": "Object contains unknown field `x`"}),
        ({"items": [], "wish": 1}, {"pointer": "/wish", "detail": "Object contains unknown field `wish`"}),
        ({}, {"pointer": "/items", "detail": "Object missing required field `items`"}),
        ({"items": [{}]}, {"pointer": "/items/0/price", "detail": "Object missing required field `price`"}),
        ([], {"pointer": "", "detail": "Expected `object`, got `array`"}),
        (None, {"pointer": "", "detail": "Expected `object`, got `null`"}),
        ({"items": [{"price": True}]}, {"pointer": "/items/0/price", "detail": "Expected `int`, got `bool`"}),
    ],
)
async def test_a_wrong_field_is_named(client: AsyncTestClient[FramedApp], body: Any, error: dict[str, str]) -> None:
    answer = await client.post(
        "/api/echo/1?limit=2", content=json.dumps(body), headers={"content-type": "application/json"}
    )
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "invalid-request")
    assert problem["errors"] == [error]


@pytest.mark.parametrize(("query", "detail"), [("", "is missing"), ("?limit=x", "Expected `int`, got `str`")])
async def test_a_wrong_parameter_is_named(client: AsyncTestClient[FramedApp], query: str, detail: str) -> None:
    answer = await client.post(f"/api/echo/1{query}", json={"items": []})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request")
    assert answer.json()["errors"] == [{"parameter": "limit", "detail": detail}]


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b'{"items": []} x', b""])
async def test_what_is_no_json_cannot_be_read(client: AsyncTestClient[FramedApp], content: bytes) -> None:
    answer = await client.post(
        "/api/echo/1?limit=2", content=content, headers={"content-type": "application/json; charset=utf-8"}
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed-request")


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
async def test_a_body_of_another_kind_is_refused(client: AsyncTestClient[FramedApp], media_type: str) -> None:
    answer = await client.post("/api/echo/1?limit=2", content=b'{"items": []}', headers={"content-type": media_type})
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported-media-type")


async def test_a_large_body_is_not_read(client: AsyncTestClient[FramedApp]) -> None:
    content = b'{"note": "' + b"x" * 20_000 + b'"}'
    answer = await client.post("/api/echo/1?limit=2", content=content, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (413, "body-too-large")


def make_chunked_scope() -> Any:
    """A POST whose body has no length, as ASGI tells it."""
    headers = [(b"host", b"127.0.0.1"), (b"content-type", b"application/json"), (b"transfer-encoding", b"chunked")]
    return {
        "type": "http",
        "method": "POST",
        "path": "/api/echo/1",
        "raw_path": b"/api/echo/1",
        "root_path": "",
        "query_string": b"limit=2",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "scheme": "http",
        "http_version": "1.1",
        "state": {},
    }


async def test_a_body_without_a_length_is_read_no_further_than_allowed(client: AsyncTestClient[FramedApp]) -> None:
    sent: list[Any] = []
    received = 0

    async def receive() -> Any:
        nonlocal received
        received += 1000
        return {"type": "http.request", "body": b" " * 1000, "more_body": True}

    async def send(message: Any) -> None:
        sent.append(message)

    await client.app(make_chunked_scope(), receive, send)
    assert sent[0]["status"] == 413
    assert received <= 12_000


async def test_a_sender_who_goes_away_is_no_failure_of_ours(
    client: AsyncTestClient[FramedApp], capsys: pytest.CaptureFixture[str]
) -> None:
    sent: list[Any] = []
    parts = iter([{"type": "http.request", "body": b'{"items', "more_body": True}, {"type": "http.disconnect"}])

    async def receive() -> Any:
        return next(parts)

    async def send(message: Any) -> None:
        sent.append(message)

    await client.app(make_chunked_scope(), receive, send)
    assert sent[0]["status"] == 400
    assert "request_failed" not in capsys.readouterr().out


@pytest.mark.parametrize(("key", "status"), [(None, 400), ("short", 400), ("x" * 65, 400), ("a b c d e f", 400)])
async def test_a_key_is_asked_for(client: AsyncTestClient[FramedApp], key: str | None, status: int) -> None:
    answer = await client.post("/api/keyed", headers={} if key is None else {"Idempotency-Key": key})
    assert (answer.status_code, answer.json()["code"]) == (status, "idempotency-key-missing")
    good = await client.post("/api/keyed", headers={"Idempotency-Key": "6f0c1c1e-0000-4000-8000-000000000000"})
    assert good.text.strip('"') == "6f0c1c1e-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    ("how", "status", "code", "retry_after"),
    [
        ("conflict", 503, "busy", "1"),
        ("pool", 503, "busy", "1"),
        ("busy", 503, "busy", "7"),
        ("bug", 500, "internal-error", None),
        ("members", 422, "invalid-request", None),
    ],
)
async def test_failures_are_told_apart(
    client: AsyncTestClient[FramedApp], how: str, status: int, code: str, retry_after: str | None
) -> None:
    answer = await client.get(f"/api/fail/{how}", headers={"x-request-id": "from-the-proxy-1"})
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (answer.status_code, problem["status"], problem["code"]) == (status, status, code)
    assert answer.headers.get("retry-after") == retry_after
    assert problem["request_id"] == answer.headers["x-request-id"] == "from-the-proxy-1"
    assert "hunter2" not in answer.text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/nothing", 404, "not-found"),
        ("GET", "/api", 404, "not-found"),
        ("GET", "/api/", 404, "not-found"),
        ("POST", "/api/nothing", 404, "not-found"),
        ("DELETE", "/api/orders", 405, "method-not-allowed"),
        ("TRACE", "/api/orders", 405, "method-not-allowed"),
        ("POST", "/", 405, "method-not-allowed"),
    ],
)
async def test_an_unknown_address_is_a_problem_and_never_a_page(
    counter: Counter, method: str, path: str, status: int, code: str
) -> None:
    answer = await counter.client.request(method, path, headers={"accept": "text/html"})
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["request_id"] == answer.headers["x-request-id"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_refused_attempts_are_recorded(counter: Counter, transactions: Transactions) -> None:
    await counter.sign_in("claudia.frei@gipfel.example")
    await counter.send("POST", "/api/orders", {"ticket_language": "de"}, headers={"Idempotency-Key": "k" * 12})
    await counter.get("/api/orders/AC-0000-0000")
    await counter.get("/api/orders/Hans Meier")
    async with transactions.read() as session:
        rows = (await session.execute(select(audit_records).order_by(audit_records.c.id))).all()
    found = [(row.subject, row.agency_code, row.action, row.outcome, row.target) for row in rows if row.id > 2]
    who = ("demo-claudia-frei", "gipfel")
    assert found[0] == (*who, "sign_in", "done", None)
    assert found[1] == (*who, "POST /api/orders", "permission-denied", None)
    assert found[2] == (*who, "GET /api/orders/{number}", "not-found", "number=AC-0000-0000")
    assert found[3] == (*who, "GET /api/orders/{number}", "not-found", "number=?")


async def test_every_change_is_recorded_with_who_made_it(counter: Counter, transactions: Transactions) -> None:
    await counter.sign_in("anna.keller@gipfel.example")
    created = await counter.send(
        "POST", "/api/orders", {"ticket_language": "de"}, headers={"Idempotency-Key": "k" * 12}
    )
    path = f"/api/orders/{created.json()['number']}"
    assert (await counter.send("PATCH", path, {"your_reference": "Ref 1"})).status_code == 200
    assert (await counter.send("PATCH", path, {"ticket_language": "xx"})).status_code == 422
    assert (await counter.send("POST", f"{path}/abandon")).status_code == 200
    assert (await counter.send("PATCH", path, {"your_reference": "Ref 2"})).json()["code"] == "order-state-changed"
    await counter.get(path)
    async with transactions.read() as session:
        rows = (await session.execute(select(audit_records).order_by(audit_records.c.id))).all()
    target = f"number={created.json()['number']}"
    assert [(row.action, row.target, row.outcome) for row in rows if row.subject == "demo-anna-keller"] == [
        ("sign_in", None, "done"),
        ("POST /api/orders", None, "done"),
        ("PATCH /api/orders/{number}", target, "done"),
        ("POST /api/orders/{number}/abandon", target, "done"),
        ("PATCH /api/orders/{number}", target, "order-state-changed"),
    ]
    assert all(row.agency_code == "gipfel" for row in rows if row.subject == "demo-anna-keller")
