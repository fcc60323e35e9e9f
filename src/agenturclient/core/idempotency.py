"""Idempotency-Keys: the same key and body replays the answer, another body is refused (design section 4).

The key is recorded in the same transaction as the intent, so it exists exactly if something was begun. What came of it
is told from the order's present state, or from the problem recorded with the outcome.
"""

import datetime as dt
import hashlib
from typing import Any

import msgspec
from sqlalchemy import Column, Integer, String, Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from agenturclient.core.database import Session, Transactions, UtcDateTime, get_utc_now, metadata
from agenturclient.core.problems import IdempotencyKeyReused, RecordedProblem
from agenturclient.core.tables import Code, Json

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("scope", Code, primary_key=True),
    Column("key", Code, primary_key=True),
    Column("request_hash", String(64), nullable=False),
    Column("target", Code, nullable=False),
    Column("problem_status", Integer),
    Column("problem", Json),
    Column("created_at", UtcDateTime, nullable=False, index=True),
)

# Nobody repeats a request after days; the state of the order itself refuses a second sale for ever.
_KEPT = dt.timedelta(days=7)


class Replay(msgspec.Struct, frozen=True):
    """What an earlier request with the same key was about."""

    target: str


class KeyInUse(Exception):
    """Another transaction recorded the same key first; begin again: it is a replay now."""


def hash_request(operation: str, body: Any) -> str:
    """A digest of what was asked: the operation and its body."""
    return hashlib.sha256(operation.encode() + b"\0" + msgspec.json.encode(body, order="sorted")).hexdigest()


async def find_replay(session: Session, scope: str, key: str, request_hash: str) -> Replay | None:
    """The earlier request with this key, if there is one.

    Raises:
        IdempotencyKeyReused: the key came with another body.
        RecordedProblem: the earlier request ended in this problem.
    """
    row = (
        await session.execute(
            select(idempotency_keys).where(idempotency_keys.c.scope == scope, idempotency_keys.c.key == key)
        )
    ).one_or_none()
    if row is None:
        return None
    if row.request_hash != request_hash:
        raise IdempotencyKeyReused(
            "Use a new Idempotency-Key for a new request.",
            errors=[{"parameter": "Idempotency-Key", "detail": "was used for another request"}],
        )
    if row.problem is not None:
        raise RecordedProblem(row.problem_status, row.problem)
    return Replay(target=row.target)


async def record_key(session: Session, scope: str, key: str, request_hash: str) -> None:
    """Record a key before the intent, in the same transaction.

    First the key, then everything else: of two requests at once the second waits here until the first has committed,
    and then sees what it did. (Read first and written last, MariaDB let the second see the first one's changes but not
    its key.)

    Raises:
        KeyInUse: two requests with the same key ran at once, and the other was first.
    """
    try:
        await session.execute(
            insert(idempotency_keys).values(
                scope=scope, key=key, request_hash=request_hash, target="", created_at=get_utc_now()
            )
        )
    except IntegrityError as error:
        raise KeyInUse from error


async def record_key_target(session: Session, scope: str, key: str, target: str) -> None:
    """Record what the request with this key is about."""
    await session.execute(
        update(idempotency_keys)
        .where(idempotency_keys.c.scope == scope, idempotency_keys.c.key == key)
        .values(target=target)
    )


async def record_key_problem(session: Session, scope: str, key: str, status: int, problem: dict[str, Any]) -> None:
    """Record that the request with this key ended in a problem, so that a replay is told the same."""
    await session.execute(
        update(idempotency_keys)
        .where(idempotency_keys.c.scope == scope, idempotency_keys.c.key == key)
        .values(problem_status=status, problem=problem)
    )


async def forget_old_keys(transactions: Transactions) -> None:
    """Remove the keys of days ago."""
    async with transactions() as session:
        await session.execute(delete(idempotency_keys).where(idempotency_keys.c.created_at < get_utc_now() - _KEPT))
