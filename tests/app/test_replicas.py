"""Two replicas as processes of their own, on one database: whoever clicks how often where, one booking."""

import asyncio
import datetime as dt
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from agenturclient.agencies.demo import seed_demo_agencies
from agenturclient.core.database import Transactions, create_engine
from agenturclient.migrations.upgrade import migrate_database
from app.conftest import PASS_PHRASES
from app.running import run_program
from app.test_sale import BERN, ZURICH_HB, connect_rail
from b2p_sandbox.server import RunningSandbox, start_sandbox

SELLER = "anna.keller@gipfel.example"


async def prepare(url: str) -> None:
    engine = create_engine(url, pool_size=1, pool_timeout_seconds=5, statement_timeout_seconds=5)
    await migrate_database(engine)
    await seed_demo_agencies(Transactions(engine))
    await engine.dispose()


def make_environment(url: str, sandbox: RunningSandbox) -> dict[str, str]:
    rail = {f"AGENTURCLIENT_RAIL__{name.upper()}": value for name, value in connect_rail(sandbox).items()}
    return {
        "AGENTURCLIENT_DATABASE__URL": url,
        "AGENTURCLIENT_SESSION__SECRET": "only-for-this-test-0123456789abcdef",
        **rail,
    }


class Browser:
    """One person's browser; every replica takes its cookies."""

    def __init__(self, base_url: str) -> None:
        with httpx.Client(base_url=base_url, timeout=60) as client:
            client.get("/api/session")
            self.headers = {"x-csrftoken": client.cookies["csrftoken"]}
            body = {"email": SELLER, "pass_phrase": PASS_PHRASES[SELLER]}
            assert client.post("/api/session", json=body, headers=self.headers).status_code == 200
            self.cookies = dict(client.cookies)

    def ask(self, base_url: str, method: str, path: str, body: Any = None, *, key: str | None = None) -> httpx.Response:
        headers = {**self.headers, "Idempotency-Key": key or str(uuid.uuid4())}
        with httpx.Client(base_url=base_url, cookies=self.cookies, timeout=60) as client:
            return client.request(method, path, json=body, headers=headers)

    def hold_order(self, base_url: str) -> tuple[str, int]:
        """An order with one ticket, held; its address and its price."""

        def do(method: str, path: str, body: Any) -> Any:
            answer = self.ask(base_url, method, path, body)
            assert answer.status_code in {200, 201}, answer.text
            return answer.json()

        day = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=3)
        path = f"/api/orders/{do('POST', '/api/orders', {'ticket_language': 'de'})['number']}"
        wish = {"kind": "route", "origin": ZURICH_HB, "destination": BERN, "travel_on": f"{day}"}
        offers = do("POST", f"{path}/offers", {"wish": wish, "travellers": [{"code": "t1", "age": 40}]})
        order = do("POST", f"{path}/items", {"offer_set": offers["code"], "bundle": "b1"})
        born_on = f"{day.year - 40}-01-01"
        named = {"code": "t1", "first_name": "Ada", "last_name": "Muster", "born_on": born_on}
        do("PUT", f"{path}/travellers", {"travellers": [named]})
        total = order["total"]["amount"]
        assert do("POST", f"{path}/hold", {"expected_total": total})["state"] == "held"
        return path, total


@pytest.mark.timeout(240)
def test_double_clicks_on_two_replicas_sell_once(tmp_path: Path, database_url: str) -> None:
    asyncio.run(prepare(database_url))
    with start_sandbox(seed=3) as sandbox:
        environment = make_environment(database_url, sandbox)
        with (
            run_program("serve", folder=tmp_path, environment=environment) as first,
            run_program("serve", folder=tmp_path, environment=environment) as second,
        ):
            first.wait_until_ready()
            second.wait_until_ready()
            browser = Browser(first.url)
            path, total = browser.hold_order(second.url)
            keys = [str(uuid.uuid4()) for _ in range(3)]
            together = threading.Barrier(2 * len(keys))

            def confirm(url: str, key: str) -> tuple[str, httpx.Response]:
                together.wait(30)
                return key, browser.ask(url, "POST", f"{path}/confirm", {"expected_total": total}, key=key)

            with ThreadPoolExecutor(together.parties) as pool:
                asked = [pool.submit(confirm, url, key) for url in (first.url, second.url) for key in keys]
                answers = [future.result() for future in asked]
            # 202 is told to whoever repeats a key while its sale is still under way.
            winners = {key for key, answer in answers if answer.status_code in {200, 202}}
            assert len(winners) == 1, [(key, answer.status_code, answer.text[:200]) for key, answer in answers]
            refusals = [answer.json()["code"] for key, answer in answers if key not in winners]
            assert refusals == ["order-state-changed"] * (together.parties - 2)
            for replica in (first, second):
                assert browser.ask(replica.url, "GET", path).json()["state"] == "confirmed"
                (key,) = winners
                again = browser.ask(replica.url, "POST", f"{path}/confirm", {"expected_total": total}, key=key)
                assert (again.status_code, again.json()["state"]) == (200, "confirmed")
        books = httpx.get(f"{sandbox.control_url}/books").json()
    assert [len(books[kind]) for kind in ("payments", "bookings")] == [1, 1]
