"""The whole product in this process, with its demo people and agencies, on a fresh database."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
from httpx import Response
from litestar.testing import AsyncTestClient

from agenturclient.agencies.demo import seed_demo_agencies
from agenturclient.app import create_app
from agenturclient.core.database import Transactions
from agenturclient.core.requests import FramedApp
from agenturclient.identity.demo import list_demo_people
from agenturclient.settings import Settings, make_secret
from app.own_description import load_own_description

PASS_PHRASES = {person.email: person.pass_phrase for person in list_demo_people()}
Client = AsyncTestClient[FramedApp]


def make_settings(database_url: str, **sections: Any) -> Settings:
    """Settings of a demo that reaches no supplier."""
    values: dict[str, Any] = {
        "is_demo": True,
        "database": {"url": database_url},
        "session": {"secret": make_secret()},
        "sale": {"is_recovery_enabled": False},
        "rail": {"base_url": "http://127.0.0.1:9", "token_url": "http://127.0.0.1:9/token"},
    }
    return Settings(**{**values, **sections})


def check_answer(answer: Response) -> Response:
    """Hold an answer of a described route against our description: its status, media type and body."""
    description = load_own_description()
    path = description.find_path(answer.request.url.path)
    if path is not None:
        media_type = answer.headers.get("content-type", "")
        description.check_body(answer.request.method, path, answer.status_code, media_type, answer.content)
    return answer


class Counter:
    """A browser at a counter: keeps cookies, sends the CSRF token as our page does.

    Each answer must be as our description says; what is asked by ``client`` itself is not looked at.
    """

    def __init__(self, client: Client) -> None:
        self.client = client

    async def get(self, path: str, **options: Any) -> Response:
        return check_answer(await self.client.get(path, **options))

    async def send(self, method: str, path: str, body: Any = None, **options: Any) -> Response:
        if "csrftoken" not in self.client.cookies:
            await self.client.get("/api/session")
        headers = {"x-csrftoken": self.client.cookies["csrftoken"], **options.pop("headers", {})}
        if body is not None:
            options["json"] = body
        return check_answer(await self.client.request(method, path, headers=headers, **options))

    async def sign_in(self, email: str) -> Response:
        return await self.send("POST", "/api/session", {"email": email, "pass_phrase": PASS_PHRASES[email]})


@asynccontextmanager
async def open_counter(settings: Settings) -> AsyncIterator[Counter]:
    async with AsyncTestClient(
        create_app(settings), base_url="http://127.0.0.1", raise_server_exceptions=False
    ) as client:
        yield Counter(client)


@pytest.fixture
def settings(database_url: str) -> Settings:
    return make_settings(database_url)


@pytest_asyncio.fixture
async def counter(settings: Settings, transactions: Transactions) -> AsyncIterator[Counter]:
    """Nobody has signed in yet."""
    await seed_demo_agencies(transactions)
    async with open_counter(settings) as opened:
        yield opened


@pytest.fixture
def open_another(settings: Settings) -> Callable[[], Any]:
    """Another replica on the same database and with the same secret."""
    return lambda: open_counter(settings)


SignIn = Callable[[str], Awaitable[Counter]]
