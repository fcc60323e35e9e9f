"""Migrations lead to exactly the tables that the models describe, on both databases."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

from agenturclient.core.database import create_engine
from agenturclient.migrations.tables import load_tables
from agenturclient.migrations.upgrade import (
    MigrationError,
    list_known_revisions,
    make_alembic_config,
    migrate_database,
)


@pytest_asyncio.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    engine = create_engine(database_url, pool_size=4, pool_timeout_seconds=5, statement_timeout_seconds=5)
    yield engine
    await engine.dispose()


async def test_migrations_and_models_agree(engine: AsyncEngine) -> None:
    assert (await migrate_database(engine))[0] == "0001"

    def compare(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, load_tables()))

    async with engine.connect() as connection:
        assert await connection.run_sync(compare) == []


async def test_migrated_tables_bear_the_names_that_models_give(engine: AsyncEngine) -> None:
    await migrate_database(engine)

    def list_names(connection: Connection) -> set[str]:
        inspector = inspect(connection)
        names = set()
        for table in inspector.get_table_names():
            for found in (*inspector.get_indexes(table), *inspector.get_unique_constraints(table)):
                names.add(str(found["name"]))
            names |= {str(key["name"]) for key in inspector.get_foreign_keys(table)}
        return names

    async with engine.connect() as connection:
        migrated = await connection.run_sync(list_names)
        await connection.rollback()
        await connection.execute(text("DROP TABLE alembic_version"))
        await connection.commit()
    async with engine.begin() as connection:
        await connection.run_sync(load_tables().drop_all)
        await connection.run_sync(load_tables().create_all)
        modelled = await connection.run_sync(list_names)
    assert migrated == modelled


async def test_a_second_time_changes_nothing_and_two_at_once_do_not_meet(engine: AsyncEngine) -> None:
    results = await asyncio.gather(*(migrate_database(engine) for _ in range(3)))
    assert sorted(map(bool, results)) == [False, False, True]
    assert await migrate_database(engine) == []


async def test_a_newer_database_is_left_alone(engine: AsyncEngine) -> None:
    await migrate_database(engine)
    async with engine.connect() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        await connection.commit()
    with pytest.raises(MigrationError, match="9999"):
        await migrate_database(engine)


def test_the_files_names_say_what_alembic_finds_in_them() -> None:
    script = ScriptDirectory.from_config(make_alembic_config())
    assert list_known_revisions() == [revision.revision for revision in script.walk_revisions()][::-1]
