"""Events: a lower feature tells a higher one what happened, by a row in the same transaction.

``app.py`` holds the table of who reacts. Delivery is at least once: a reaction must bear being told twice. A delivered
event is deleted: what happened stays in the journal and in the audit.
"""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog
from sqlalchemy import Column, Integer, Table, delete, insert, select, update

from agenturclient.core.database import Session, Transactions, UtcDateTime, get_utc_now, metadata
from agenturclient.core.tables import Code, Id, Json

_log = structlog.get_logger(__name__)

outbox_events = Table(
    "outbox_events",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("name", Code, nullable=False),
    Column("payload", Json, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("due_at", UtcDateTime, nullable=False, index=True),
)

Reaction = Callable[[dict[str, Any]], Awaitable[None]]
_LEASE = dt.timedelta(seconds=60)
_MAX_PAUSE = dt.timedelta(minutes=10)


async def emit_event(session: Session, name: str, payload: dict[str, Any]) -> None:
    """Record an event (past tense) in the caller's transaction; it is delivered after the commit."""
    now = get_utc_now()
    await session.execute(
        insert(outbox_events).values(name=name, payload=payload, created_at=now, due_at=now, attempts=0)
    )


async def deliver_due_events(
    transactions: Transactions, reactions: Mapping[str, list[Reaction]], limit: int = 20
) -> int:
    """Deliver what is due, each event by one replica at a time (by a lease); returns how many."""
    now = get_utc_now()
    async with transactions.read() as session:
        rows = (
            await session.execute(
                select(outbox_events).where(outbox_events.c.due_at <= now).order_by(outbox_events.c.due_at).limit(limit)
            )
        ).all()
    delivered = 0
    for row in rows:
        if await _take_event(transactions, row.id, row.due_at):
            delivered += await _deliver_event(transactions, row, reactions.get(row.name, []))
    return delivered


async def _take_event(transactions: Transactions, event_id: int, due_at: dt.datetime) -> bool:
    async with transactions() as session:
        result = await session.execute(
            update(outbox_events)
            .where(outbox_events.c.id == event_id, outbox_events.c.due_at == due_at)
            .values(due_at=get_utc_now() + _LEASE, attempts=outbox_events.c.attempts + 1)
        )
        return result.rowcount == 1


async def _deliver_event(transactions: Transactions, row: Any, reactions: list[Reaction]) -> int:
    try:
        for react in reactions:
            await react(row.payload)
    except asyncio.CancelledError:
        raise
    except Exception:  # noqa: BLE001 -- whatever a reaction raises, the event stays due and is tried again later
        pause = min(_MAX_PAUSE, dt.timedelta(seconds=2 ** min(row.attempts + 1, 12)))
        _log.warning("event_reaction_failed", event_name=row.name, event_id=row.id, exc_info=True)
        async with transactions() as session:
            await session.execute(
                update(outbox_events).where(outbox_events.c.id == row.id).values(due_at=get_utc_now() + pause)
            )
        return 0
    async with transactions() as session:
        await session.execute(delete(outbox_events).where(outbox_events.c.id == row.id))
    return 1
