"""What a use case relies on: one transaction a step, no network inside it, writers that wait for each other."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text

from agenturclient.core.database import NetworkInTransactionError, Transactions, assert_no_transaction, create_engine
from mariadb_server import MariaDbServer


async def test_a_network_call_inside_a_transaction_is_refused(tmp_path: Path) -> None:
    engine = create_engine(
        f"sqlite+aiosqlite:///{tmp_path}/t.sqlite", pool_size=2, pool_timeout_seconds=2, statement_timeout_seconds=5
    )
    transactions = Transactions(engine)
    assert_no_transaction()
    async with transactions():
        with pytest.raises(NetworkInTransactionError):
            assert_no_transaction()
    assert_no_transaction()
    await engine.dispose()


async def test_of_two_conditional_updates_at_once_exactly_one_wins(tmp_path: Path) -> None:
    engine = create_engine(
        f"sqlite+aiosqlite:///{tmp_path}/t.sqlite", pool_size=4, pool_timeout_seconds=2, statement_timeout_seconds=5
    )
    transactions = Transactions(engine)
    async with transactions() as session:
        await session.execute(text("CREATE TABLE sale (id INTEGER PRIMARY KEY, state TEXT)"))
        await session.execute(text("INSERT INTO sale VALUES (1, 'held')"))

    async def move() -> int:
        async with transactions() as session:
            await session.execute(text("SELECT state FROM sale"))
            result = await session.execute(text("UPDATE sale SET state = 'confirming' WHERE id = 1 AND state = 'held'"))
            return result.rowcount

    assert sorted(await asyncio.gather(*(move() for _ in range(6)))) == [0, 0, 0, 0, 0, 1]
    await engine.dispose()


async def test_an_exception_rolls_the_transaction_back(tmp_path: Path) -> None:
    engine = create_engine(
        f"sqlite+aiosqlite:///{tmp_path}/t.sqlite", pool_size=2, pool_timeout_seconds=2, statement_timeout_seconds=5
    )
    transactions = Transactions(engine)
    async with transactions() as session:
        await session.execute(text("CREATE TABLE sale (id INTEGER PRIMARY KEY)"))
    with pytest.raises(LookupError):
        async with transactions() as session:
            await session.execute(text("INSERT INTO sale VALUES (1)"))
            raise LookupError("stop")
    async with transactions.read() as session:
        assert (await session.execute(text("SELECT count(*) FROM sale"))).scalar_one() == 0
    await engine.dispose()


async def test_a_connection_that_died_while_idle_is_replaced_unseen(
    mariadb_server: MariaDbServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agenturclient.core.database._IDLE_SECONDS_UNCHECKED", 0.0)
    with mariadb_server.create_database("idle_connections") as url:
        engine = create_engine(url, pool_size=1, pool_timeout_seconds=2, statement_timeout_seconds=5)
        transactions = Transactions(engine)
        ids = []
        for _ in range(2):
            async with transactions.read() as session:
                ids.append((await session.execute(text("SELECT connection_id()"))).scalar_one())
            mariadb_server.run_statement(f"KILL {ids[-1]}")
        assert ids[0] != ids[1]
        await engine.dispose()


async def test_what_an_exception_left_undone_does_not_reach_the_next_user_of_the_connection(database_url: str) -> None:
    engine = create_engine(database_url, pool_size=1, pool_timeout_seconds=2, statement_timeout_seconds=5)
    transactions = Transactions(engine)
    async with transactions() as session:
        await session.execute(text("CREATE TABLE sale (id INTEGER PRIMARY KEY)"))
    for ending in (LookupError("stop"), asyncio.CancelledError()):
        with pytest.raises(type(ending)):
            async with transactions() as session:
                await session.execute(text("INSERT INTO sale VALUES (1)"))
                raise ending
        async with transactions() as session:
            assert (await session.execute(text("SELECT count(*) FROM sale"))).scalar_one() == 0
    await engine.dispose()
