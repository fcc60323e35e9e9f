"""A well-behaved token endpoint and a hostile B2P, each on a free port of the loopback interface."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio
from pydantic import SecretStr

from agenturclient.rail.b2p.client import B2pRail
from agenturclient.rail.errors import RailError
from agenturclient.settings import RailSettings
from rail.hostile import Behaviour, HostileServer, answer

TOKEN_TEXT = "token-of-the-test"
CLIENT_PASSPHRASE = "passphrase-of-the-test"
BUDGETS = [name for name in RailSettings.model_fields if name.endswith("_budget_seconds")]


async def run_out_of_time(
    server: HostileServer,
    build_settings: Callable[..., RailSettings],
    behaviours: list[Behaviour],
    call: Callable[[B2pRail], Awaitable[object]],
) -> RailError:
    """The error of a call to a server that at last never answers: with little time, and with more if the machine was
    so slow for a moment that the server had not even been asked so far."""
    for budget_seconds in (0.25, 1.0, 2.5):
        server.received.clear()
        server.behave(*behaviours)
        async with B2pRail(build_settings(**dict.fromkeys(BUDGETS, budget_seconds))) as rail:
            with pytest.raises(RailError) as raised:
                await call(rail)
        if len(server.received) >= len(behaviours):
            break
    return raised.value


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
