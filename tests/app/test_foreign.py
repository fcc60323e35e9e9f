"""What belongs to another agency, or to a branch that is not one's own, does not exist."""

import uuid
from typing import Any

import pytest
from sqlalchemy import select

from agenturclient.core.database import Transactions
from agenturclient.orders.models import order_journal, orders
from app.conftest import Counter
from app.test_routes import find_access, walk_routes

# A body that each route with an order's number takes. A route that is missing here fails the test.
BODIES: dict[str, Any] = {
    "GET /api/orders/{number}": None,
    "PATCH /api/orders/{number}": {"your_reference": "FR-1234"},
    "POST /api/orders/{number}/offers": {
        "wish": {"kind": "route", "origin": 8503000, "destination": 8507000, "travel_on": "2026-12-24"},
        "travellers": [{"code": "t1", "age": 30}],
    },
    "POST /api/orders/{number}/items": {"offer_set": "a", "bundle": "b"},
    "DELETE /api/orders/{number}/items/{code}": None,
    "PUT /api/orders/{number}/travellers": {"travellers": [{"code": "t1"}]},
    "POST /api/orders/{number}/hold": {"expected_total": 0},
    "POST /api/orders/{number}/reopen": None,
    "POST /api/orders/{number}/abandon": None,
    "POST /api/orders/{number}/confirm": {"expected_total": 0},
    "POST /api/orders/{number}/undo": None,
    "GET /api/orders/{number}/documents.pdf": None,
    "GET /api/orders/{number}/tickets/{ticket_id}/document": None,
}
# The operator's, who sees every agency's orders in doubt: kept by their permission (test_routes).
OPERATORS = {"/api/doubts/{number}", "/api/doubts/{number}/adopt", "/api/doubts/{number}/declare-not-sold"}


async def create_order(counter: Counter) -> str:
    answer = await counter.send(
        "POST", "/api/orders", {"ticket_language": "de"}, headers={"Idempotency-Key": str(uuid.uuid4())}
    )
    assert answer.status_code == 201, answer.text
    number: str = answer.json()["number"]
    return number


async def ask(counter: Counter, name: str, number: str) -> Any:
    method, _, template = name.partition(" ")
    path = template.replace("{number}", number).replace("{code}", "i1").replace("{ticket_id}", "1")
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    if method == "GET":
        return await counter.get(path, params={"kind": "pdf"})
    return await counter.send(method, path, BODIES[name], headers=headers)


def list_order_routes() -> list[str]:
    return [name for name, _ in walk_routes() if "{number}" in name and name.partition(" ")[2] not in OPERATORS]


def test_every_route_with_an_order_has_a_body_to_try() -> None:
    assert set(list_order_routes()) == set(BODIES)


@pytest.mark.parametrize(
    "email", ["chloe.dubois@rivage.example", "luca.bernasconi@gipfel.example"], ids=["another agency", "another branch"]
)
async def test_a_foreign_order_does_not_exist(counter: Counter, transactions: Transactions, email: str) -> None:
    await counter.sign_in("anna.keller@gipfel.example")
    number = await create_order(counter)
    assert (await counter.get(f"/api/orders/{number}")).status_code == 200
    async with transactions.read() as session:
        before = (await session.execute(select(orders))).all(), (await session.execute(select(order_journal))).all()
    await counter.sign_in(email)
    unknown = "AC-0000-0000"
    for name in list_order_routes():
        answer = await ask(counter, name, number)
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found"), f"{name}: {answer.text}"
        other = await ask(counter, name, unknown)
        told = [{**problem.json(), "request_id": ""} for problem in (answer, other)]
        assert told[0] == told[1], f"{name} tells a foreign order from one that is not there"
    assert number not in (await counter.get("/api/orders")).text
    assert number not in (await counter.get("/api/orders", params={"query": number})).text
    assert number not in (await counter.get("/api/orders.csv")).text
    async with transactions.read() as session:
        after = (await session.execute(select(orders))).all(), (await session.execute(select(order_journal))).all()
    assert before == after


async def test_the_whole_agency_and_sbbs_care_see_it(counter: Counter) -> None:
    await counter.sign_in("anna.keller@gipfel.example")
    number = await create_order(counter)
    for email in ("reto.ammann@gipfel.example", "claudia.frei@gipfel.example", "sofia.rossi@care.example"):
        await counter.sign_in(email)
        assert (await counter.get(f"/api/orders/{number}")).status_code == 200
        assert number in (await counter.get("/api/orders")).text


async def test_an_idempotency_key_belongs_to_who_used_it(counter: Counter) -> None:
    key = {"Idempotency-Key": str(uuid.uuid4())}
    await counter.sign_in("anna.keller@gipfel.example")
    first = await counter.send("POST", "/api/orders", {"ticket_language": "de"}, headers=key)
    again = await counter.send("POST", "/api/orders", {"ticket_language": "de"}, headers=key)
    assert again.json()["number"] == first.json()["number"]
    reused = await counter.send("POST", "/api/orders", {"ticket_language": "fr"}, headers=key)
    assert (reused.status_code, reused.json()["code"]) == (422, "idempotency-key-reused")
    await counter.sign_in("chloe.dubois@rivage.example")
    other = await counter.send("POST", "/api/orders", {"ticket_language": "de"}, headers=key)
    assert other.status_code == 201
    assert other.json()["number"] != first.json()["number"]


def test_no_route_with_an_order_goes_without_a_permission() -> None:
    guards = {name: find_access(handler) for name, handler in walk_routes() if "{number}" in name}
    assert all(guard.permission is not None for guard in guards.values())
