"""Engine, transactions, and the guard that keeps network calls out of them.

A use case gets ``Transactions`` and opens one transaction per step::

    async with transactions() as session:
        ...            # committed on leaving, rolled back when an exception passes

Both databases run the same code. What differs stands here and nowhere else:

- SQLite serialises writers, so a transaction that will write says ``BEGIN IMMEDIATE`` at once (``transactions()``);
  a reader (``transactions.read()``) takes no lock. WAL lets readers go on beside the writer.
- MariaDB runs READ COMMITTED: every change is a conditional update whose row count is checked, so nothing relies on
  repeatable snapshots, and gap locks would only add deadlocks.
- A statement that a constraint refuses undoes itself only, on both: whoever awaits ``IntegrityError`` from an insert
  needs no savepoint around it (two round trips).
- Deadlock, lock wait and certification errors (1213, 1205, 1047; SQLite "locked") surface as
  ``TransactionConflictError``.
"""

import contextlib
import math
import sqlite3
import time
from collections.abc import AsyncIterator
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Protocol

from sqlalchemy import DateTime, Dialect, MetaData, TypeDecorator, event
from sqlalchemy.dialects import mysql
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, InvalidatePoolError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING_CONVENTION)

# What services and queries see: a connection inside one transaction. Core, not the ORM: measured 430 us cheaper,
# and nothing can be loaded or flushed behind the reader's back.
Session = AsyncConnection

_open_transactions: ContextVar[int] = ContextVar("open_transactions", default=0)

# MariaDB: deadlock, lock wait timeout, Galera node not ready. None of them has committed anything.
_CONFLICT_CODES = frozenset({1205, 1213, 1047})

_IDLE_SECONDS_UNCHECKED = 1.0


class TransactionConflictError(Exception):
    """The database rolled the transaction back because of another one; running it again is safe."""


class NetworkInTransactionError(RuntimeError):
    """A network call was attempted while a database transaction was open: a programming error."""


def assert_no_transaction() -> None:
    """Refuse a network call inside a database transaction (design section 4).

    Raises:
        NetworkInTransactionError: the caller still holds a transaction open.
    """
    if _open_transactions.get():
        raise NetworkInTransactionError("a network call was attempted inside a database transaction")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, stored as UTC with microseconds; naive values are refused."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        if dialect.name in {"mysql", "mariadb"}:
            return dialect.type_descriptor(mysql.DATETIME(fsp=6))
        return dialect.type_descriptor(DateTime())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a time zone cannot be stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class CommitWitness(Protocol):
    """What has a word in every transaction that may write, just before and just after its commit."""

    async def before_commit(self, session: Session) -> None:
        """May write in the transaction; an exception rolls it back."""

    def after_commit(self) -> None:
        """The transaction is committed."""


class Transactions:
    """Opens transactions on one engine. Created once, at start."""

    def __init__(self, engine: AsyncEngine, witness: CommitWitness | None = None) -> None:
        self._engine = engine
        self._witness = witness
        self._is_sqlite = engine.dialect.name == "sqlite"

    @property
    def engine(self) -> AsyncEngine:
        return self._engine

    @contextlib.asynccontextmanager
    async def __call__(self) -> AsyncIterator[Session]:
        """A transaction that may write; commits on leaving, rolls back when an exception passes through."""
        async with self._open(is_writing=True) as session:
            yield session

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[Session]:
        """A transaction that only reads; on SQLite it waits for nobody. Nothing written in it would stay."""
        async with self._open(is_writing=False) as session:
            yield session

    @contextlib.asynccontextmanager
    async def _open(self, *, is_writing: bool) -> AsyncIterator[Session]:
        if _open_transactions.get():
            raise RuntimeError("a transaction is already open: pass its session on instead of opening a second one")
        token = _open_transactions.set(1)
        try:
            async with self._engine.connect() as connection:
                if self._is_sqlite:
                    # pysqlite would open the transaction at the first write only: two readers that both go on to write
                    # could then neither commit (SQLITE_BUSY_SNAPSHOT). IMMEDIATE makes the second one wait instead.
                    await connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")
                yield connection
                if not is_writing:
                    return  # leaving rolls back, which ends it as well as a commit and saves a round trip
                witness = self._witness
                if witness is not None:
                    await witness.before_commit(connection)
                await connection.commit()
                if witness is not None:
                    witness.after_commit()
        except DBAPIError as error:
            if is_conflict(error):
                raise TransactionConflictError(str(error.orig)) from error
            raise
        finally:
            _open_transactions.reset(token)


def is_conflict(error: DBAPIError) -> bool:
    """Whether the database undid this transaction because of another one (so it can run again)."""
    original = error.orig
    if isinstance(error, OperationalError) and original is not None:
        if isinstance(original, sqlite3.OperationalError) or "sqlite" in type(original).__module__:
            return "locked" in str(original)
        code = original.args[0] if original.args else None
        return code in _CONFLICT_CODES
    return False


def create_engine(
    url: str, *, pool_size: int, pool_timeout_seconds: float, statement_timeout_seconds: float
) -> AsyncEngine:
    """Make the engine for ``sqlite+aiosqlite:///file`` or ``mysql+asyncmy://user:pass@host/database``."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _create_sqlite_engine(parsed, statement_timeout_seconds)
    engine = create_async_engine(
        parsed,
        hide_parameters=True,  # they are names and dates of birth, and errors end up in logs
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=pool_timeout_seconds,
        pool_recycle=1800,
        pool_reset_on_return=None,  # every transaction of ours has ended by then: a rollback more is a round trip more
        isolation_level="READ COMMITTED",
        connect_args={
            "connect_timeout": 5,
            "read_timeout": int(statement_timeout_seconds) + 5,
            "charset": "utf8mb4",
            "init_command": "SET time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', "
            f"innodb_lock_wait_timeout = {max(1, int(statement_timeout_seconds))}",
        },
    )
    _check_idle_connections(engine)
    return engine


def _check_idle_connections(engine: AsyncEngine) -> None:
    """Ask a connection that was idle for a while whether it still lives, before it is handed out.

    The pool's own check asks at every transaction, which was a fifth of all round trips of a sale.
    """

    @event.listens_for(engine.sync_engine, "checkin")
    def note_idle(_dbapi_connection: Any, record: ConnectionPoolEntry) -> None:
        record.info["idle_since"] = time.monotonic()

    @event.listens_for(engine.sync_engine, "checkout")
    def check_life(dbapi_connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
        if time.monotonic() - record.info.get("idle_since", math.inf) < _IDLE_SECONDS_UNCHECKED:
            return
        try:
            engine.dialect.do_ping(dbapi_connection)
        except Exception as error:
            # Whatever the driver raises for a dead connection; the pool drops its older ones and opens a new one.
            raise InvalidatePoolError from error


def _create_sqlite_engine(url: URL, statement_timeout_seconds: float) -> AsyncEngine:
    engine = create_async_engine(
        url,
        hide_parameters=True,
        connect_args={"timeout": statement_timeout_seconds},
        pool_size=8,
        max_overflow=8,
        pool_reset_on_return=None,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def configure_connection(dbapi_connection: Any, _record: object) -> None:
        # isolation_level None: SQLAlchemy's own BEGIN (ours, above) is the only one.
        dbapi_connection.isolation_level = None
        cursor = dbapi_connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")  # a recorded intent must survive a power cut, not only a kill
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()

    return engine


def get_utc_now() -> datetime:
    """The present instant, aware, in UTC. The only place that reads the clock for stored times."""
    return datetime.now(UTC)
