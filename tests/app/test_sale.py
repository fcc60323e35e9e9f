"""A sale over our HTTP interface alone, from the search to the ticket and its undoing, with the stand-in for SBB."""

import asyncio
import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from agenturclient.agencies.demo import seed_demo_agencies
from agenturclient.core.database import Transactions
from app.conftest import Counter, make_settings, open_counter
from b2p_sandbox.server import RunningSandbox, start_sandbox
from b2p_sandbox.settings import DEMO_CLIENT_ID, DEMO_CLIENT_PASSPHRASE

ZURICH_HB, BERN = 8503000, 8507000


@pytest.fixture(scope="module")
def sandbox() -> Iterator[RunningSandbox]:
    with start_sandbox(seed=11) as running:
        yield running


def connect_rail(sandbox: RunningSandbox) -> dict[str, str]:
    return {
        "base_url": sandbox.url,
        "token_url": f"{sandbox.url}/token",
        "client_id": DEMO_CLIENT_ID,
        "client_secret": DEMO_CLIENT_PASSPHRASE,
    }


async def command(counter: Counter, method: str, path: str, body: Any = None, status: int = 200) -> Any:
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    answer = await counter.send(method, path, body, headers=headers)
    assert answer.status_code == status, f"{method} {path}: {answer.status_code} {answer.text}"
    return answer.json()


async def read_document(counter: Counter, path: str, **query: str) -> Any:
    """Documents are fetched right after the sale; whoever asks sooner is told to come again."""
    for _ in range(100):
        answer = await counter.get(path, params=query)
        if answer.status_code not in {409, 503}:
            break
        await asyncio.sleep(0.1)
    assert answer.status_code == 200, answer.text
    return answer


async def test_a_ticket_is_sold_handed_over_and_undone(
    sandbox: RunningSandbox, transactions: Transactions, database_url: str
) -> None:
    await seed_demo_agencies(transactions)
    async with open_counter(make_settings(database_url, rail=connect_rail(sandbox))) as counter:
        await counter.sign_in("anna.keller@gipfel.example")
        assert (await counter.get("/api/status")).json()["state"] in {"fine", "slow"}
        day = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=3)
        found = (
            await counter.get(
                "/api/trips", params={"origin": ZURICH_HB, "destination": BERN, "at": f"{day.isoformat()}T10:00"}
            )
        ).json()
        trip = next(trip for trip in found["trips"] if not trip["is_cancelled"])
        order = await command(
            counter,
            "POST",
            "/api/orders",
            {"ticket_language": "fr", "conversation_id": found["conversation_id"]},
            status=201,
        )
        path = f"/api/orders/{order['number']}"
        traveller = {"code": "t1", "age": 40, "reduction": "half_fare"}
        wish = {"wish": {"kind": "trip", "trip_id": trip["trip_id"]}, "travellers": [traveller]}
        offers = await command(counter, "POST", f"{path}/offers", wish)
        bundle = next(bundle for bundle in offers["bundles"] if bundle["travel_class"] == 2 and not bundle["is_saver"])
        item = {"offer_set": offers["code"], "bundle": bundle["code"]}
        order = await command(counter, "POST", f"{path}/items", item)
        assert order["total"] == bundle["total"]
        born_on = dt.date(day.year - 40, 1, 1).isoformat()
        named = {"code": "t1", "first_name": "Zoë", "last_name": "Müller", "born_on": born_on}
        await command(counter, "PUT", f"{path}/travellers", {"travellers": [named]})
        total = {"expected_total": order["total"]["amount"]}
        assert (await command(counter, "POST", f"{path}/hold", total))["state"] == "held"
        sold = await command(counter, "POST", f"{path}/confirm", total)
        assert (sold["state"], sold["seller_name"], sold["branch_code"]) == ("confirmed", "Anna Keller", "zuerich")
        ticket = sold["tickets"][0]
        document = await read_document(counter, f"{path}/tickets/{ticket['ticket_id']}/document", kind="pdf")
        assert document.content.startswith(b"%PDF-")
        assert "frame-ancestors 'self'" in document.headers["content-security-policy"]
        assert document.headers["cache-control"] != "public"
        markup = await read_document(counter, f"{path}/tickets/{ticket['ticket_id']}/document", kind="html")
        assert "sandbox" in markup.headers["content-security-policy"]
        assert (await read_document(counter, f"{path}/documents.pdf")).content.startswith(b"%PDF-")
        listed = (await counter.get("/api/orders", params={"query": "muller"})).json()["items"]
        assert [summary["number"] for summary in listed] == [order["number"]]
        assert (await command(counter, "POST", f"{path}/undo"))["state"] == "cancelled"
        await counter.sign_in("chloe.dubois@rivage.example")
        assert (await counter.get(f"{path}/tickets/{ticket['ticket_id']}/document")).status_code == 404


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_unreachable_supplier_is_told_and_harms_nothing(transactions: Transactions, database_url: str) -> None:
    await seed_demo_agencies(transactions)
    async with open_counter(make_settings(database_url)) as counter:
        await counter.sign_in("anna.keller@gipfel.example")
        assert (await counter.get("/api/status")).json()["state"] == "down"
        day = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=3)
        answer = await counter.get(
            "/api/trips", params={"origin": ZURICH_HB, "destination": BERN, "at": f"{day.isoformat()}T10:00"}
        )
        assert (answer.status_code, answer.json()["code"]) == (503, "rail-unavailable")
        assert int(answer.headers["retry-after"]) >= 1
        assert (await counter.get("/readyz")).status_code == 200
