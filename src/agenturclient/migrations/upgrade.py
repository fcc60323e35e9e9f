"""Bringing a database to the present schema: up only, one replica at a time, all or nothing on SQLite.

(MariaDB commits each change of a table by itself; a migration that broke off there is finished by hand.)

Alembic is loaded only where something is to be migrated: every start asks whether anything is missing.
"""

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

if TYPE_CHECKING:
    from alembic.config import Config

_FOLDER = Path(__file__).parent
_LOCK_NAME = "agenturclient_migration"
_LOCK_SECONDS = 60


class MigrationError(Exception):
    """The database cannot be brought to the present schema; the message says what to do."""


def make_alembic_config() -> "Config":
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    return config


def list_known_revisions() -> list[str]:
    """The revisions that this program knows, oldest first: each is the number with which its file's name begins."""
    return sorted(path.name.partition("_")[0] for path in (_FOLDER / "versions").glob("[0-9]*_*.py"))


async def migrate_database(engine: AsyncEngine) -> list[str]:
    """Run the migrations that are missing; returns their revisions, oldest first (empty: nothing to do).

    Raises:
        MigrationError: the database is newer than this program, keeps text in another character set, or another
            process is migrating it and does not finish.
    """
    async with engine.connect() as connection, _hold_lock(connection):
        missing = await connection.run_sync(list_missing_revisions)
        if missing:
            await connection.run_sync(_upgrade)
            await connection.commit()
        return missing


def list_missing_revisions(connection: Connection) -> list[str]:
    """Revisions that this program has and the database has not, oldest first.

    Raises:
        MigrationError: the database is at a revision that this program does not know.
    """
    present = None
    if inspect(connection).has_table("alembic_version"):
        present = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    revisions = list_known_revisions()
    if present is None:
        return revisions
    if present not in revisions:
        raise MigrationError(f"The database is at revision {present}, which this version does not know: upgrade it.")
    return revisions[revisions.index(present) + 1 :]


def _upgrade(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415

    config = make_alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


@contextlib.asynccontextmanager
async def _hold_lock(connection: AsyncConnection) -> AsyncIterator[None]:
    """One migration at a time: SQLite's write lock, MariaDB's named lock."""
    if connection.dialect.name == "sqlite":
        await connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield
        return
    charset = (await connection.execute(text("SELECT @@character_set_database"))).scalar_one()
    if charset != "utf8mb4":
        raise MigrationError(f"The database keeps text as {charset}: create it with CHARACTER SET utf8mb4.")
    acquire = text("SELECT GET_LOCK(:name, :seconds)")
    if (await connection.execute(acquire, {"name": _LOCK_NAME, "seconds": _LOCK_SECONDS})).scalar_one() != 1:
        raise MigrationError("Another process is migrating the database; try again when it has finished.")
    try:
        yield
    finally:
        await connection.execute(text("SELECT RELEASE_LOCK(:name)"), {"name": _LOCK_NAME})
