"""Our HTTP interface is as it is described: whatever is sent, each answer is a documented one, and none is a crash.

Requests are made from the description, right ones and wrong ones (schemathesis), and sent to a running replica with the
stand-in for SBB behind it. One operation may not be left out: the test is made from the description itself.
"""

import asyncio
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    missing_required_header,
    negative_data_rejection,
    response_headers_conformance,
    status_code_conformance,
)

from agenturclient.agencies.demo import seed_demo_agencies
from agenturclient.app import describe_api
from agenturclient.core.database import Transactions, create_engine
from agenturclient.migrations.upgrade import migrate_database
from app.conftest import PASS_PHRASES, make_settings
from app.own_description import load_own_description
from app.running import run_program
from b2p_sandbox.server import start_sandbox
from b2p_sandbox.settings import DEMO_CLIENT_ID, DEMO_CLIENT_PASSPHRASE

schema = schemathesis.openapi.from_dict(describe_api(make_settings("sqlite+aiosqlite:///never-opened.sqlite")))
EXAMPLES = 25
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    negative_data_rejection,
    missing_required_header,
)
# Signing out or acting elsewhere would take the session from the requests after it; test_session has them.
ENDS_THE_SESSION = {("DELETE", "/api/session"), ("PUT", "/api/session/acting")}


class Seat:
    """A signed-in person at a replica, with some orders of theirs."""

    def __init__(self, client: httpx.Client, email: str, *, is_selling: bool) -> None:
        client.get("/api/session")
        self.headers = {"x-csrftoken": client.cookies["csrftoken"]}
        body = {"email": email, "pass_phrase": PASS_PHRASES[email]}
        answer = client.post("/api/session", json=body, headers=self.headers)
        assert answer.status_code == 200, answer.text
        self.cookies = dict(client.cookies)
        self.numbers = itertools.cycle(self._begin_orders(client) if is_selling else ["AC-0000-0000"])

    def _begin_orders(self, client: httpx.Client) -> list[str]:
        numbers = []
        for index in range(3):
            headers = {**self.headers, "Idempotency-Key": f"contract-{index}"}
            answer = client.post("/api/orders", json={"ticket_language": "de"}, headers=headers)
            numbers.append(answer.json()["number"])
        return numbers


@pytest.fixture(scope="module")
def replica(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("contract")
    url = f"sqlite+aiosqlite:///{folder}/product.sqlite"
    asyncio.run(prepare(url))
    with start_sandbox(seed=5) as sandbox:
        environment = {
            "AGENTURCLIENT_DATABASE__URL": url,
            "AGENTURCLIENT_HTTP__REQUESTS_PER_MINUTE": "1000000",
            "AGENTURCLIENT_HTTP__SIGN_INS_PER_MINUTE": "1000000",
            "AGENTURCLIENT_SESSION__SECRET": "only-for-this-test-0123456789abcdef",
            "AGENTURCLIENT_RAIL__BASE_URL": sandbox.url,
            "AGENTURCLIENT_RAIL__TOKEN_URL": f"{sandbox.url}/token",
            "AGENTURCLIENT_RAIL__CLIENT_ID": DEMO_CLIENT_ID,
            "AGENTURCLIENT_RAIL__CLIENT_SECRET": DEMO_CLIENT_PASSPHRASE,
        }
        with run_program("serve", folder=Path(folder), environment=environment) as program:
            program.wait_until_ready()
            yield program.url


async def prepare(url: str) -> None:
    engine = create_engine(url, pool_size=1, pool_timeout_seconds=5, statement_timeout_seconds=5)
    await migrate_database(engine)
    await seed_demo_agencies(Transactions(engine))
    await engine.dispose()


@pytest.fixture(scope="module")
def seller(replica: str) -> Iterator[Seat]:
    with httpx.Client(base_url=replica) as client:
        yield Seat(client, "anna.keller@gipfel.example", is_selling=True)


@pytest.fixture(scope="module")
def operator(replica: str) -> Iterator[Seat]:
    with httpx.Client(base_url=replica) as client:
        yield Seat(client, "nina.graf@operator.example", is_selling=False)


@pytest.mark.timeout(180)
@schema.parametrize()
@hypothesis_settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)
def test_every_answer_is_a_documented_one(case: schemathesis.Case, replica: str, seller: Seat, operator: Seat) -> None:
    if (case.method, case.path) in ENDS_THE_SESSION:
        return
    seat = operator if case.path.startswith("/api/doubts") else seller
    parameters: dict[str, Any] = dict(case.path_parameters or {})
    # An order that is there, every second time; else nothing behind the first look-up would ever be reached.
    if "number" in parameters and len(str(parameters["number"])) % 2:
        case.path_parameters = {**parameters, "number": next(seat.numbers)}
    response = case.call(base_url=replica, headers=seat.headers, cookies=seat.cookies, timeout=20)
    case.validate_response(response, checks=list(CHECKS))
    media_type = response.headers.get("content-type", [""])[0]
    load_own_description().check_body(
        case.method, case.operation.path, response.status_code, media_type, response.content
    )
