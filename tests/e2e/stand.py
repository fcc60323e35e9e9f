"""What the browser works with: the product as a process, with the built front end, and the stand-in for SBB."""

import asyncio
import contextlib
import datetime as dt
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from agenturclient.agencies.demo import seed_demo_agencies
from agenturclient.core.database import Transactions, create_engine
from agenturclient.core.frontend import find_build_folder
from agenturclient.migrations.upgrade import migrate_database
from app.conftest import PASS_PHRASES
from app.running import run_program
from b2p_sandbox.server import RunningSandbox, start_sandbox
from b2p_sandbox.settings import DEMO_CLIENT_ID, DEMO_CLIENT_PASSPHRASE

SELLER = "anna.keller@gipfel.example"
OPERATOR = "nina.graf@operator.example"
ROOT = Path(__file__).resolve().parents[2]
Json = Any


class Stand:
    """The address of the product, and the levers of the stand-in."""

    def __init__(self, url: str, sandbox: RunningSandbox) -> None:
        self.url = url
        self.sandbox = sandbox

    def control(self, method: str, path: str, body: Json = None) -> Json:
        """A call of the stand-in's control interface."""
        answer = httpx.request(method, f"{self.sandbox.control_url}/{path}", json=body, timeout=10)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def set_faults(self, *rules: Json) -> None:
        """Put fault rules in force (`b2p_sandbox.faults`); none ends them all."""
        self.control("PUT", "faults", {"rules": list(rules)})

    def switch(self, **values: Json) -> None:
        """Set switches (`b2p_sandbox.switches`)."""
        self.control("PUT", "switches", values)

    def calm(self) -> None:
        """No faults, mild switches: what one test provoked is not the next one's."""
        self.set_faults()
        self.switch(
            repeated_booking="refuse",
            documents_while_pending=True,
            price_change_rappen=0,
            saver_tickets=True,
            service_status="OK",
            service_message=None,
        )

    def list_invoice_lines(self, order_number: str) -> list[Json]:
        """What the stand-in's books hold against this order's number: tickets, cancellations."""
        return [one for one in self.control("GET", "books")["invoice"] if one["reference1"] == order_number]


class Desk:
    """Somebody who calls the product's HTTP interface without a browser: to look things up, to settle a doubt."""

    def __init__(self, stand: Stand, email: str) -> None:
        self._client = httpx.Client(base_url=stand.url, timeout=20)
        self._client.get("/api/session")
        self.call("POST", "/api/session", {"email": email, "pass_phrase": PASS_PHRASES[email]})

    def call(self, method: str, path: str, body: Json = None) -> Json:
        headers = {"x-csrftoken": self._client.cookies["csrftoken"], "Idempotency-Key": str(uuid.uuid4())}
        answer = self._client.request(method, path, json=body, headers=headers)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def fetch(self, path: str) -> bytes:
        answer = self._client.get(path)
        assert answer.is_success, answer.text
        return answer.content

    def close(self) -> None:
        self._client.close()


@contextlib.contextmanager
def open_desk(stand: Stand, email: str) -> Iterator[Desk]:
    desk = Desk(stand, email)
    try:
        yield desk
    finally:
        desk.close()


@contextlib.contextmanager
def run_stand(folder: Path, *, seed: int = 7, settings: dict[str, str] | None = None) -> Iterator[Stand]:
    """Everything a browser needs, on free ports, with demo people and an empty SQLite file in the folder."""
    build = find_build_folder()
    assert build is not None, "The front end is not built: run `npm run build` in web/ (make test does)."
    url = f"sqlite+aiosqlite:///{folder}/product.sqlite"
    asyncio.run(_prepare_database(url))
    with start_sandbox(seed=seed) as sandbox:
        environment = {
            "AGENTURCLIENT_DATABASE__URL": url,
            "AGENTURCLIENT_HTTP__REQUESTS_PER_MINUTE": "1000000",
            "AGENTURCLIENT_HTTP__SIGN_INS_PER_MINUTE": "1000000",
            "AGENTURCLIENT_SESSION__SECRET": "only-for-this-test-0123456789abcdef",
            "AGENTURCLIENT_SALE__RECOVERY_INTERVAL_SECONDS": "0.5",
            "AGENTURCLIENT_RAIL__BASE_URL": sandbox.url,
            "AGENTURCLIENT_RAIL__TOKEN_URL": f"{sandbox.url}/token",
            "AGENTURCLIENT_RAIL__CLIENT_ID": DEMO_CLIENT_ID,
            "AGENTURCLIENT_RAIL__CLIENT_SECRET": DEMO_CLIENT_PASSPHRASE,
            **(settings or {}),
        }
        with run_program("serve", folder=folder, environment=environment) as program:
            program.wait_until_ready()
            yield Stand(program.url, sandbox)


async def _prepare_database(url: str) -> None:
    engine = create_engine(url, pool_size=1, pool_timeout_seconds=5, statement_timeout_seconds=5)
    await migrate_database(engine)
    await seed_demo_agencies(Transactions(engine))
    await engine.dispose()


def write_date(days_ahead: int) -> str:
    """A day from today on, as one types it: `4.12.`; far enough from midnight not to matter."""
    day = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=days_ahead)
    return f"{day.day}.{day.month}."
