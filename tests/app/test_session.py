"""Signing in, acting, signing out, as a browser does it."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from agenturclient.core.audit import audit_records
from agenturclient.core.database import Transactions
from app.conftest import Counter, make_settings, open_counter

SELLER = "anna.keller@gipfel.example"


async def list_audit(transactions: Transactions) -> list[tuple[str, str, str]]:
    async with transactions.read() as session:
        rows = await session.execute(select(audit_records).order_by(audit_records.c.id))
    return [(row.subject, row.action, row.outcome) for row in rows if row.subject != "demo"]


async def test_nobody_is_signed_in_at_first(counter: Counter) -> None:
    answer = await counter.get("/api/session")
    assert (answer.status_code, answer.content) == (204, b""), "no refusal: browsers log those as errors"
    assert "content-type" not in answer.headers
    assert "csrftoken" in counter.client.cookies, "the sign-in needs the token"
    refused = await counter.get("/api/orders")
    assert refused.status_code == 401
    assert refused.headers["content-type"] == "application/problem+json"
    problem = refused.json()
    assert problem["code"] == "not-signed-in"
    assert problem["type"] == "urn:agenturclient:problem:not-signed-in"
    assert problem["request_id"] == refused.headers["x-request-id"]


async def test_a_seller_signs_in_and_sees_where_they_act(counter: Counter, transactions: Transactions) -> None:
    answer = await counter.sign_in(SELLER)
    assert answer.status_code == 200, answer.text
    session = answer.json()
    assert session["person"]["name"] == "Anna Keller"
    assert session["person"]["roles"] == ["seller"]
    assert session["agency"]["code"] == "gipfel"
    assert session["branch"] == {"code": "zuerich", "name": "Zürich"}
    assert [choice["branch_code"] for choice in session["choices"]] == ["zuerich", "bern"]
    assert "orders:confirm" in session["permissions"]
    assert session["is_demo"] is True
    cookie = next(line for line in answer.headers.get_list("set-cookie") if line.startswith("session="))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert (await counter.get("/api/session")).json()["person"]["email"] == SELLER
    assert await list_audit(transactions) == [("demo-anna-keller", "sign_in", "done")]


@pytest.mark.parametrize(
    ("email", "pass_phrase"), [(SELLER, "wrong"), ("nobody@gipfel.example", "sell-a-ticket"), (SELLER, "é")]
)
async def test_a_wrong_pass_phrase_is_refused_and_recorded(
    counter: Counter, transactions: Transactions, email: str, pass_phrase: str
) -> None:
    answer = await counter.send("POST", "/api/session", {"email": email, "pass_phrase": pass_phrase})
    assert answer.status_code == 401
    assert answer.json()["code"] == "sign-in-refused"
    assert "session" not in counter.client.cookies
    assert await list_audit(transactions) == [("unknown", "sign_in", "sign-in-refused")]


async def test_without_the_token_nothing_is_changed(counter: Counter) -> None:
    body = {"email": SELLER, "pass_phrase": "sell-a-ticket"}
    await counter.get("/api/session")
    for headers in ({}, {"x-csrftoken": "x" * 96}):
        answer = await counter.client.post("/api/session", json=body, headers=headers)
        assert answer.status_code == 403
        assert answer.json()["code"] == "csrf-failed"
        assert "csrftoken" not in counter.client.cookies, "an old token is thrown away, the next GET gives a new one"
    assert (await counter.sign_in(SELLER)).status_code == 200


async def test_guessing_is_slowed_down(transactions: Transactions, database_url: str) -> None:
    settings = make_settings(database_url, http={"sign_ins_per_minute": 3})
    async with open_counter(settings) as counter:
        body = {"email": SELLER, "pass_phrase": "guess"}
        codes = [(await counter.send("POST", "/api/session", body)).json()["code"] for _ in range(5)]
        assert codes == ["sign-in-refused"] * 3 + ["too-many-requests"] * 2
        answer = await counter.send("POST", "/api/session", body)
        assert answer.status_code == 429
        assert 1 <= int(answer.headers["retry-after"]) <= 60


async def test_signing_out_ends_the_session_on_every_replica(
    counter: Counter, open_another: Callable[[], Any], transactions: Transactions
) -> None:
    await counter.sign_in(SELLER)
    stolen = counter.client.cookies["session"]
    async with open_another() as other:
        other.client.cookies.set("session", stolen, domain="127.0.0.1")
        assert (await other.get("/api/session")).status_code == 200
        assert (await counter.send("DELETE", "/api/session")).status_code == 204
        assert "session" not in counter.client.cookies
        assert (await other.get("/api/session")).status_code == 204
        assert "session" not in other.client.cookies, "a session that has ended is taken away"
        other.client.cookies.set("session", stolen, domain="127.0.0.1")
        assert (await other.send("DELETE", "/api/session")).status_code == 401
    assert await list_audit(transactions) == [
        ("demo-anna-keller", "sign_in", "done"),
        ("demo-anna-keller", "sign_out", "done"),
    ]


async def test_one_acts_where_one_has_a_role_and_nowhere_else(counter: Counter, transactions: Transactions) -> None:
    await counter.sign_in(SELLER)
    acting = await counter.send("PUT", "/api/session/acting", {"agency_code": "gipfel", "branch_code": "bern"})
    assert acting.json()["branch"]["code"] == "bern"
    assert (await counter.get("/api/session")).json()["branch"]["code"] == "bern"
    for body in (
        {"agency_code": "rivage", "branch_code": "geneve"},
        {"agency_code": "gipfel", "branch_code": "geneve"},
        {"agency_code": "gipfel", "branch_code": None},
        {"agency_code": None, "branch_code": None},
    ):
        answer = await counter.send("PUT", "/api/session/acting", body)
        assert (answer.status_code, answer.json()["code"]) == (404, "cannot-act-there")
    assert (await counter.get("/api/session")).json()["branch"]["code"] == "bern"
    outcomes = [outcome for _, action, outcome in await list_audit(transactions) if "acting" in action]
    assert outcomes == ["done", *["cannot-act-there"] * 4]


async def test_a_seller_of_one_branch_acts_there_only(counter: Counter) -> None:
    session = (await counter.sign_in("luca.bernasconi@gipfel.example")).json()
    assert [choice["branch_code"] for choice in session["choices"]] == ["bern"]
    assert "orders:read_all_branches" not in session["permissions"]
    assert session["person"]["language"] == "it"


async def test_the_operator_acts_for_no_agency(counter: Counter) -> None:
    session = (await counter.sign_in("nina.graf@operator.example")).json()
    assert session["agency"] is None
    assert session["branch"] is None
    assert "doubts:settle" in session["permissions"]
    assert "orders:sell" not in session["permissions"]


async def test_every_person_of_the_demo_can_sign_in(counter: Counter) -> None:
    people = (await counter.get("/api/session/demo-people")).json()
    assert len(people) == 10
    for person in people:
        body = {"email": person["email"], "pass_phrase": person["pass_phrase"]}
        answer = await counter.send("POST", "/api/session", body)
        assert answer.status_code == 200, person
        assert answer.json()["person"]["name"] == person["name"]


async def test_outside_the_demo_its_sign_in_does_not_exist(transactions: Transactions, database_url: str) -> None:
    async with open_counter(make_settings(database_url, is_demo=False)) as counter:
        await counter.get("/api/session")
        headers = {"x-csrftoken": counter.client.cookies["csrftoken"]}
        body = {"email": SELLER, "pass_phrase": "sell-a-ticket"}
        answer = await counter.client.post("/api/session", json=body, headers=headers)
        assert answer.status_code in {404, 405}
        assert answer.json()["code"] in {"not-found", "method-not-allowed"}
        assert (await counter.get("/api/session/demo-people")).json()["code"] == "not-found"


async def test_the_demos_sign_in_answers_on_loopback_only(counter: Counter) -> None:
    counter.client.base_url = "http://10.1.2.3"
    body = {"email": SELLER, "pass_phrase": "sell-a-ticket"}
    answer = await counter.client.post("/api/session", json=body, headers={"host": "127.0.0.1"})
    assert answer.status_code in {403, 404}
    token = (await counter.client.get("/api/session", headers={"host": "127.0.0.1"})).cookies.get("csrftoken") or ""
    headers = {"host": "127.0.0.1", "x-csrftoken": token, "cookie": f"csrftoken={token}"}
    answer = await counter.client.post("/api/session", json=body, headers=headers)
    assert answer.json()["code"] == "not-found"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Forwarded-For", "203.0.113.7"),
        ("X-Forwarded-For", "127.0.0.1"),
        ("x-real-ip", "203.0.113.7"),
        ("Forwarded", "for=203.0.113.7"),
        ("Via", "1.1 proxy"),
        ("X-Forwarded-Host", "127.0.0.1"),
        ("Origin", "https://counter.example"),
        ("Origin", "null"),
    ],
)
async def test_the_demos_sign_in_answers_nobody_behind_a_proxy(counter: Counter, name: str, value: str) -> None:
    await counter.get("/api/session")
    headers = {"x-csrftoken": counter.client.cookies["csrftoken"], name: value}
    body = {"email": SELLER, "pass_phrase": "sell-a-ticket"}
    answer = await counter.client.post("/api/session", json=body, headers=headers)
    assert answer.json()["code"] == "not-found"
    assert (await counter.client.get("/api/session/demo-people", headers=headers)).json()["code"] == "not-found"
    headers = {"x-csrftoken": counter.client.cookies["csrftoken"], "Origin": "http://localhost:8700"}
    assert (await counter.client.post("/api/session", json=body, headers=headers)).status_code == 200
