"""A well-behaved token endpoint and a hostile B2P, each on a free port of the loopback interface."""

from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio
from pydantic import SecretStr

from agenturclient.settings import RailSettings
from rail.hostile import HostileServer, answer

TOKEN_TEXT = "token-of-the-test"
CLIENT_PASSPHRASE = "passphrase-of-the-test"


@pytest_asyncio.fixture
async def token_server() -> AsyncIterator[HostileServer]:
    async with HostileServer() as server:
        server.behave(answer(200, {"access_token": TOKEN_TEXT, "token_type": "Bearer", "expires_in": 3600}))
        yield server


@pytest_asyncio.fixture
async def server() -> AsyncIterator[HostileServer]:
    async with HostileServer() as hostile:
        yield hostile


@pytest.fixture
def build_settings(server: HostileServer, token_server: HostileServer) -> Callable[..., RailSettings]:
    """Settings against both servers, quick to give up; fields by keyword."""

    def build(**fields: object) -> RailSettings:
        values: dict[str, object] = {
            "base_url": server.url,
            "token_url": f"{token_server.url}/token",
            "client_id": "someone",
            "client_secret": SecretStr(CLIENT_PASSPHRASE),
            "scope": "b2p",
            "backoff_initial_seconds": 0.002,
            "backoff_max_seconds": 0.005,
        }
        return RailSettings.model_validate(values | fields)

    return build
