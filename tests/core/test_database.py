"""What a use case relies on: one transaction a step, no network inside it, writers that wait for each other."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text

from agenturclient.core.database import NetworkInTransactionError, Transactions, assert_no_transaction, create_engine


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
