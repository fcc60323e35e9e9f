"""Where tickets' documents are kept, behind one interface; and the list of those still to be fetched."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any, Protocol

import msgspec
import structlog
from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from agenturclient.core.database import Session, Transactions, get_utc_now
from agenturclient.rail.port import DocumentKind
from agenturclient.tickets.models import ticket_documents, ticket_fetches

_log = structlog.get_logger(__name__)

# The column holds 16 MB, and so does a packet to MariaDB by its default, with the statement around it.
_LARGEST_KEPT_BYTES = 15_000_000


class DocumentKey(msgspec.Struct, frozen=True):
    """Which document: of which ticket of which order, in which form."""

    order_number: str
    ticket_id: str
    kind: DocumentKind


class KeptDocument(msgspec.Struct, frozen=True):
    """A document as SBB issued it. ``cancelled_at``: when we learnt that the ticket was undone or refunded."""

    content: bytes
    fetched_at: dt.datetime
    cancelled_at: dt.datetime | None


class DocumentStore(Protocol):
    """Keeps documents. No method may be called inside a transaction: another store may be beyond the network."""

    async def find_document(self, key: DocumentKey) -> KeptDocument | None:
        """A kept document, None if it is not (or no longer) kept."""

    async def list_kept_keys(self, order_number: str) -> frozenset[DocumentKey]:
        """What is kept of an order."""

    async def keep_document(self, key: DocumentKey, content: bytes, *, drop_on: dt.date) -> None:
        """Keep a document until a day. One that is kept already stays as it is: SBB issues a ticket once."""

    async def mark_documents_cancelled(self, order_number: str, ticket_ids: Collection[str]) -> None:
        """Note that tickets are no longer valid. Their documents stay: SBB does not hand them out again."""

    async def drop_documents(self, today: dt.date, limit: int) -> int:
        """Remove documents whose day has come, except cancelled ones; how many, at most ``limit``."""


class TableDocumentStore:
    """Documents in the product's own database."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    async def find_document(self, key: DocumentKey) -> KeptDocument | None:
        """See the interface."""
        columns = (ticket_documents.c.content, ticket_documents.c.fetched_at, ticket_documents.c.cancelled_at)
        query = select(*columns).where(
            ticket_documents.c.order_number == key.order_number,
            ticket_documents.c.ticket_id == key.ticket_id,
            ticket_documents.c.kind == key.kind,
        )
        async with self._transactions.read() as session:
            row = (await session.execute(query)).one_or_none()
        return None if row is None else KeptDocument(row.content, row.fetched_at, row.cancelled_at)

    async def list_kept_keys(self, order_number: str) -> frozenset[DocumentKey]:
        """See the interface."""
        query = select(ticket_documents.c.ticket_id, ticket_documents.c.kind).where(
            ticket_documents.c.order_number == order_number
        )
        async with self._transactions.read() as session:
            rows = (await session.execute(query)).all()
        return frozenset(DocumentKey(order_number, row.ticket_id, DocumentKind(row.kind)) for row in rows)

    async def keep_document(self, key: DocumentKey, content: bytes, *, drop_on: dt.date) -> None:
        """See the interface. A document beyond 15 MB is not kept: it is fetched each time."""
        if len(content) > _LARGEST_KEPT_BYTES:
            _log.warning("document_too_large_to_keep", order=key.order_number, kind=key.kind, bytes=len(content))
            return
        values = {
            "order_number": key.order_number,
            "ticket_id": key.ticket_id,
            "kind": key.kind,
            "content": content,
            "fetched_at": get_utc_now(),
            "drop_on": drop_on,
        }
        async with self._transactions() as session:
            await _insert_new(session, insert(ticket_documents).values(**values))

    async def mark_documents_cancelled(self, order_number: str, ticket_ids: Collection[str]) -> None:
        """See the interface."""
        async with self._transactions() as session:
            await session.execute(
                update(ticket_documents)
                .where(
                    ticket_documents.c.order_number == order_number,
                    ticket_documents.c.ticket_id.in_(list(ticket_ids)),
                    ticket_documents.c.cancelled_at.is_(None),
                )
                .values(cancelled_at=get_utc_now())
            )

    async def drop_documents(self, today: dt.date, limit: int) -> int:
        """See the interface."""
        is_due = (ticket_documents.c.drop_on <= today) & ticket_documents.c.cancelled_at.is_(None)
        async with self._transactions.read() as session:
            ids = (await session.execute(select(ticket_documents.c.id).where(is_due).limit(limit))).scalars().all()
        if not ids:
            return 0
        async with self._transactions() as session:
            result = await session.execute(delete(ticket_documents).where(ticket_documents.c.id.in_(ids), is_due))
        return result.rowcount


async def _insert_new(session: Session, statement: Any) -> None:
    """Insert a row unless its key is taken."""
    try:
        await session.execute(statement)
    except IntegrityError:
        return


# --- what is still to be fetched --------------------------------------------------------------------------------------


async def insert_ticket_fetch(session: Session, order_number: str) -> None:
    """Note that an order's documents are to be fetched now, unless it is noted already."""
    values = {"order_number": order_number, "attempts": 0, "due_at": get_utc_now()}
    await _insert_new(session, insert(ticket_fetches).values(**values))


async def list_due_fetches(session: Session, now: dt.datetime, limit: int) -> Sequence[Row[Any]]:
    query = select(ticket_fetches).where(ticket_fetches.c.due_at <= now).order_by(ticket_fetches.c.due_at).limit(limit)
    return (await session.execute(query)).all()


async def take_ticket_fetch(session: Session, row: Row[Any], until: dt.datetime) -> bool:
    """Keep other replicas off an order's fetching for a while; whether we were first."""
    result = await session.execute(
        update(ticket_fetches)
        .where(ticket_fetches.c.order_number == row.order_number, ticket_fetches.c.due_at == row.due_at)
        .values(due_at=until, attempts=ticket_fetches.c.attempts + 1)
    )
    return result.rowcount == 1


async def postpone_ticket_fetch(session: Session, order_number: str, due_at: dt.datetime, problem: str) -> None:
    await session.execute(
        update(ticket_fetches)
        .where(ticket_fetches.c.order_number == order_number)
        .values(due_at=due_at, problem=problem)
    )


async def delete_ticket_fetch(session: Session, order_number: str) -> None:
    await session.execute(delete(ticket_fetches).where(ticket_fetches.c.order_number == order_number))
