"""Bad input of every kind, as a browser or a program might send it: a problem that names the field, and nothing else.

One open basket of another seller's making stands in the database. After each request the whole database and SBB's
books are as they were, and the log holds neither a secret nor a name.
"""

import datetime as dt
import json
import logging
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from sqlalchemy import select, update

from agenturclient.agencies.demo import seed_demo_agencies
from agenturclient.core.audit import audit_records
from agenturclient.core.database import Transactions, metadata
from agenturclient.core.logging import configure_logging
from agenturclient.offers.models import look_to_book
from agenturclient.orders.models import order_offers, orders
from app.bad_input import ADULT, CASES, SOON, Case
from app.conftest import Counter, make_settings, open_counter
from app.test_sale import BERN, ZURICH_HB, command, connect_rail
from b2p_sandbox.server import RunningSandbox, start_sandbox
from orders.seller import Control

SELLER, FOREIGNER = "anna.keller@gipfel.example", "chloe.dubois@rivage.example"
NAMES = ["Geheimrat", "Keller", "Dubois", "Yvonne", "geheim@"]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[RunningSandbox]:
    with start_sandbox(seed=12) as running:
        yield running


@pytest.fixture
def _logging_to_stderr() -> Iterator[None]:
    saved = structlog.get_config(), logging.getLogger().handlers[:], logging.getLogger().level
    configure_logging(log_format="json", log_level="debug")
    yield
    structlog.configure(**saved[0])
    logging.getLogger().handlers[:] = saved[1]
    logging.getLogger().setLevel(saved[2])


async def read_everything(transactions: Transactions) -> dict[str, list[Any]]:
    """All rows of all tables, but for records of what was attempted and counts of questions to SBB."""
    tables = [table for table in metadata.sorted_tables if table not in {audit_records, look_to_book}]
    async with transactions.read() as session:
        return {table.name: [tuple(row) for row in await session.execute(select(table))] for table in tables}


async def read_books(control: Control) -> dict[str, Any]:
    return {name: entries for name, entries in (await control.read_books()).items() if name != "now"}


async def fill_database(counter: Counter, transactions: Transactions) -> dict[str, str]:
    """A basket of each of two agencies; the words that cases write in braces."""
    wish = {"kind": "route", "origin": ZURICH_HB, "destination": BERN, "travel_on": f"{SOON}"}
    asked = {"wish": wish, "travellers": [ADULT]}
    await counter.sign_in(FOREIGNER)
    foreign = await command(counter, "POST", "/api/orders", {"ticket_language": "fr"}, status=201)
    foreign_offers = await command(counter, "POST", f"/api/orders/{foreign['number']}/offers", asked)
    await counter.sign_in(SELLER)
    key = str(uuid.uuid4())
    answer = await counter.send("POST", "/api/orders", {"ticket_language": "de"}, headers={"Idempotency-Key": key})
    path = f"/api/orders/{answer.json()['number']}"
    expired, offers = [await command(counter, "POST", f"{path}/offers", asked) for _ in range(2)]
    await command(counter, "POST", f"{path}/items", {"offer_set": offers["code"], "bundle": "b1"})
    born_on = dt.date(SOON.year - 30, 1, 1).isoformat()
    traveller = {"code": "t1", "first_name": "Yvonne", "last_name": "O", "born_on": born_on}
    await command(counter, "PUT", f"{path}/travellers", {"travellers": [traveller]})
    async with transactions() as session:
        long_ago = dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)
        is_it = order_offers.c.code == expired["code"]
        await session.execute(update(order_offers).where(is_it).values(fetched_at=long_ago))
    return {
        "own": answer.json()["number"],
        "foreign": foreign["number"],
        "offers": offers["code"],
        "foreign_offers": foreign_offers["code"],
        "expired": expired["code"],
        "used": key,
    }


def fill_in(value: Any, words: dict[str, str]) -> Any:
    if isinstance(value, str) and value.startswith("{"):
        return words[value.strip("{}")]
    return {name: fill_in(part, words) for name, part in value.items()} if isinstance(value, dict) else value


async def ask(counter: Counter, case: Case, words: dict[str, str]) -> Any:
    path = case.path
    for word in ("own", "foreign"):
        path = path.replace("{" + word + "}", words[word])
    if case.method == "GET":
        return await counter.get(path, params=case.params)
    headers = {"Idempotency-Key": str(uuid.uuid4()), **fill_in(case.headers, words)}
    if case.raw is not None:
        return await counter.send(
            case.method, path, headers={**headers, "content-type": case.media_type}, content=case.raw
        )
    return await counter.send(case.method, path, fill_in(case.body, words), headers=headers)


def find_faults(case: Case, answer: Any) -> list[str]:
    problem = answer.json()
    named = {error.get("pointer", error.get("parameter")) for error in problem.get("errors") or []}
    faults = []
    if (answer.status_code, problem["code"]) != (case.status, case.code):
        faults.append(f"{answer.status_code} {problem['code']} instead of {case.status} {case.code}")
    if answer.headers["content-type"] != "application/problem+json":
        faults.append(f"is {answer.headers['content-type']}")
    if not set(case.fields) <= named:
        faults.append(f"names {named or 'nothing'} instead of {case.fields}")
    if "Geheimrat" in answer.text or "Traceback" in answer.text:
        faults.append(f"says too much: {answer.text[:300]}")
    return faults


def test_each_case_has_a_name_of_its_own() -> None:
    assert len({(case.name, case.path, case.method) for case in CASES}) == len(CASES)
    assert len(CASES) > 90


@pytest.mark.usefixtures("_logging_to_stderr")
async def test_bad_input_is_told_apart_and_changes_nothing(
    sandbox: RunningSandbox, transactions: Transactions, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await seed_demo_agencies(transactions)
    found: dict[str, list[str]] = {}
    control = Control(sandbox.control_url)
    http = {"requests_per_minute": 10_000}
    async with open_counter(make_settings(database_url, rail=connect_rail(sandbox), http=http)) as counter:
        words = await fill_database(counter, transactions)
        before, books = await read_everything(transactions), await read_books(control)
        for case in CASES:
            faults = find_faults(case, await ask(counter, case, words))
            after = await read_everything(transactions)
            faults += [f"changed {table}" for table, rows in after.items() if rows != before[table]]
            before = after
            if faults:
                found[f"{case.name} ({case.method} {case.path})"] = faults
        assert await read_books(control) == books
    await control.close()
    assert not found, "\n".join(f"{name}: {'; '.join(faults)}" for name, faults in found.items())
    log = capsys.readouterr().err
    assert len([line for line in log.splitlines() if json.loads(line)["event"] == "request"]) > len(CASES)
    secrets = [*NAMES, "sell-a-ticket", counter.client.cookies["session"], counter.client.cookies["csrftoken"]]
    assert [word for word in secrets if word in log] == []


async def test_real_names_of_any_script_are_taken(
    sandbox: RunningSandbox, transactions: Transactions, database_url: str
) -> None:
    await seed_demo_agencies(transactions)
    async with open_counter(make_settings(database_url, rail=connect_rail(sandbox))) as counter:
        words = await fill_database(counter, transactions)
        for name in ("O", "Ng", "محمد", "山田", "d’Angelo-Łuczak", "x" * 60):
            body = {"travellers": [{"code": "t1", "first_name": name, "last_name": name}]}
            order = await command(counter, "PUT", f"/api/orders/{words['own']}/travellers", body)
            assert order["travellers"][0]["first_name"] == name
    async with transactions.read() as session:
        assert set((await session.execute(select(orders.c.state))).scalars()) == {"open"}
