"""What tests of several folders need: a fresh database of each kind."""

import itertools
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from agenturclient.core.database import Transactions, create_engine
from agenturclient.migrations.tables import load_tables
from mariadb_server import MariaDbServer, run_mariadb

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def mariadb_server() -> Iterator[MariaDbServer]:
    """One server per test process (so per worker of pytest-xdist), started by the first test that asks."""
    with run_mariadb() as server:
        yield server


@pytest.fixture(params=["sqlite", "mariadb"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a new database without tables; the test runs once for each kind.

    Where one kind is enough: ``@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)``.
    """
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path}/test.sqlite"
        return
    server: MariaDbServer = request.getfixturevalue("mariadb_server")
    with server.create_database(f"test_{os.getpid()}_{next(_numbers)}") as url:
        yield url


@pytest_asyncio.fixture
async def transactions(database_url: str) -> AsyncIterator[Transactions]:
    """Transactions on a new database with all tables, on SQLite and on MariaDB."""
    engine = create_engine(database_url, pool_size=10, pool_timeout_seconds=5, statement_timeout_seconds=5)
    async with engine.begin() as connection:
        await connection.run_sync(load_tables().create_all)
    yield Transactions(engine)
    await engine.dispose()
