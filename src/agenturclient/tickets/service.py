"""Use cases of tickets' documents: fetch them once, keep them, hand them over as often as somebody asks."""

import asyncio
import datetime as dt
from collections.abc import Coroutine, Iterable
from typing import Any

import msgspec
import structlog
from sqlalchemy import true

from agenturclient.core.coalescing import SharedAnswers
from agenturclient.core.database import get_utc_now
from agenturclient.core.problems import NotFound, Problem
from agenturclient.offers.problems import RailBusyHere, RailUnavailable, translate_rail_error
from agenturclient.offers.service import read_today
from agenturclient.orders.committing.service import commit_order_early
from agenturclient.orders.problems import OrderStateChanged
from agenturclient.orders.reading.service import Scope, get_order_row, read_order
from agenturclient.orders.sale.desk import SYSTEM, Sale, SaleDesk, make_sale
from agenturclient.orders.schemas import Order, TicketView
from agenturclient.rail.errors import RailError, RailRefused, RefusalReason
from agenturclient.rail.port import DocumentKind
from agenturclient.tickets import queries
from agenturclient.tickets.printing.rules import PdfUnreadableError, PrintPart, merge_ticket_pdfs
from agenturclient.tickets.problems import DocumentNotKept, DocumentNotOffered, DocumentNotReady, DocumentsNotMerged
from agenturclient.tickets.queries import DocumentKey, DocumentStore, TableDocumentStore
from agenturclient.tickets.rules import (
    CANCELLED_WORDS,
    SOLD_STATES,
    TicketMark,
    compute_drop_day,
    compute_fetch_pause,
    judge_ticket,
    make_file_name,
    sum_marks,
)

_log = structlog.get_logger(__name__)

_RETRY_AFTER_SECONDS = 2
# Of SBB's 404 nobody knows whether it means "not yet": for a ticket that we know exists, both are a document refused.
_NOT_THERE = frozenset({RefusalReason.DOCUMENT_NOT_AVAILABLE, RefusalReason.NOT_FOUND})
_ORDER_BATCH = 20
_ORDERS_AT_A_TIME = 4
_DOCUMENTS_AT_A_TIME = 6
_LEASE = dt.timedelta(seconds=120)


class TicketDesk:
    """What handing over shares within a replica: the store, and the questions under way at SBB."""

    def __init__(self, sale_desk: SaleDesk, store: DocumentStore | None = None) -> None:
        self.sale_desk = sale_desk
        self.store: DocumentStore = store or TableDocumentStore(sale_desk.transactions)
        self.transactions = sale_desk.transactions
        self.days_after_travel = sale_desk.settings.document_days_after_travel
        # Nothing is kept in memory: equal questions asked at once share one answer.
        self.fetches: SharedAnswers[bytes] = SharedAnswers(seconds=0, size=0)
        self.commits: SharedAnswers[bool] = SharedAnswers(seconds=0, size=0)


class HandedOver(msgspec.Struct, frozen=True, kw_only=True):
    """A document to hand over. ``mark`` says what it is worth; a cancelled ticket's PDF says so on every page."""

    content: bytes
    kind: DocumentKind
    mark: TicketMark
    file_name: str


# --- handing over -----------------------------------------------------------------------------------------------------


async def hand_over_document(
    desk: TicketDesk, number: str, ticket_id: str, kind: DocumentKind, scope: Scope
) -> HandedOver:
    """One ticket's document: as kept, else fetched now.

    Raises:
        NotFound: no such order or ticket for the caller.
        OrderStateChanged: the order is not sold (or not certainly); nothing is handed over before.
        DocumentNotReady, DocumentNotOffered, DocumentNotKept, DocumentsNotMerged, RailUnavailable, RailBusyHere
    """
    order = await _read_sold_order(desk, number, scope)
    ticket = next((ticket for ticket in order.tickets if ticket.ticket_id == ticket_id), None)
    if ticket is None:
        raise NotFound(
            "There is no such ticket in this order.",
            errors=[{"parameter": "ticket_id", "detail": "is not in the order"}],
        )
    content = await _obtain_document(desk, order, ticket, kind)
    mark = judge_ticket(order, ticket)
    file_name = make_file_name(order, kind, ticket)
    if kind is DocumentKind.PDF:
        content = await _print_parts([_make_part(order, content, mark)], file_name)
    return HandedOver(content=content, kind=kind, mark=mark, file_name=file_name)


async def hand_over_order(desk: TicketDesk, number: str, scope: Scope) -> HandedOver:
    """All tickets of an order in one PDF, in the order's sequence; cancelled ones are among them, marked as such.

    Raises:
        as `hand_over_document`: all are handed over or none.
    """
    order = await _read_sold_order(desk, number, scope)
    if not order.tickets:
        raise DocumentNotReady(retry_after_seconds=_RETRY_AFTER_SECONDS)
    contents = await _gather_bounded(
        (_obtain_document(desk, order, ticket, DocumentKind.PDF) for ticket in order.tickets), _DOCUMENTS_AT_A_TIME
    )
    marks = [judge_ticket(order, ticket) for ticket in order.tickets]
    parts = [_make_part(order, content, mark) for content, mark in zip(contents, marks, strict=True)]
    file_name = make_file_name(order, DocumentKind.PDF)
    return HandedOver(
        content=await _print_parts(parts, order.number),
        kind=DocumentKind.PDF,
        mark=sum_marks(marks),
        file_name=file_name,
    )


async def _read_sold_order(desk: TicketDesk, number: str, scope: Scope) -> Order:
    order = await read_order(desk.sale_desk, number, scope)
    if order.state not in SOLD_STATES or order.booking_id is None:
        raise OrderStateChanged("Only a sold order has tickets.", state=order.state)
    return order


def _make_part(order: Order, content: bytes, mark: TicketMark) -> PrintPart:
    return PrintPart(content, CANCELLED_WORDS[order.ticket_language] if mark is TicketMark.CANCELLED else None)


async def _print_parts(parts: list[PrintPart], title: str) -> bytes:
    try:
        return await asyncio.to_thread(merge_ticket_pdfs, parts, title)
    except PdfUnreadableError as error:
        _log.warning("documents_not_merged", title=title, cause=str(error))
        raise DocumentsNotMerged("Take the tickets one by one.") from error


async def _gather_bounded(works: Iterable[Coroutine[Any, Any, bytes]], limit: int) -> list[bytes]:
    """All results in the order given, ``limit`` at a time; the first failure once all have ended."""
    places = asyncio.Semaphore(limit)

    async def run(work: Coroutine[Any, Any, bytes]) -> bytes:
        async with places:
            return await work

    results = await asyncio.gather(*(run(work) for work in works), return_exceptions=True)
    contents = []
    for result in results:
        if isinstance(result, BaseException):
            raise result
        contents.append(result)
    return contents


# --- fetching ---------------------------------------------------------------------------------------------------------


async def _obtain_document(desk: TicketDesk, order: Order, ticket: TicketView, kind: DocumentKind) -> bytes:
    """A document as kept, else from SBB; whoever asks for the same at once shares one fetch."""
    key = DocumentKey(order.number, ticket.ticket_id, kind)
    kept = await desk.store.find_document(key)
    if kept is not None:
        return kept.content

    async def fetch() -> bytes:
        return await _fetch_document(desk, order, ticket, key)

    return await desk.fetches.get_answer(key, fetch)


async def _fetch_document(desk: TicketDesk, order: Order, ticket: TicketView, key: DocumentKey) -> bytes:
    async with desk.transactions.read() as session:
        row = await get_order_row(session, order.number, true())
    sale = make_sale(row, actor=SYSTEM, budget_seconds=desk.sale_desk.confirm_budget_seconds)
    try:
        content = await _ask_for_document(desk, sale, key)
        if content is None:
            await _open_the_way(desk, sale, order, ticket, key.kind)
            content = await _ask_for_document(desk, sale, key)
    except RailError as error:
        raise translate_rail_error(error) from error
    if content is None:
        raise _make_refusal(key.kind)
    await desk.store.keep_document(key, content, drop_on=compute_drop_day(order, desk.days_after_travel, read_today()))
    await _mark_if_cancelled_meanwhile(desk, key)
    return content


async def _ask_for_document(desk: TicketDesk, sale: Sale, key: DocumentKey) -> bytes | None:
    """A document from SBB; None if it does not hand it out (now)."""
    assert sale.booking_id is not None, "only a sold order has documents"  # noqa: S101
    try:
        return await desk.sale_desk.rail.get_document(sale.context, sale.booking_id, key.ticket_id, key.kind)
    except RailRefused as error:
        if error.reason not in _NOT_THERE:
            raise
        _log.info("document_refused", order=sale.number, kind=key.kind, reason=error.reason)
        return None


def _make_refusal(kind: DocumentKind) -> Problem:
    if kind is DocumentKind.PDF:
        return DocumentNotReady("SBB does not hand it out yet.", retry_after_seconds=_RETRY_AFTER_SECONDS)
    return DocumentNotOffered(kind=str(kind))


async def _open_the_way(desk: TicketDesk, sale: Sale, order: Order, ticket: TicketView, kind: DocumentKind) -> None:
    """After a refusal, do what may help before asking once more.

    Every ticket has a PDF, so a refused PDF is one refused because the booking is pending: it is committed early. Any
    other form may simply not exist: that says nothing about the booking, and never costs the right to undo.

    Raises:
        DocumentNotKept, DocumentNotReady, DocumentNotOffered: nothing helps (now).
    """
    if judge_ticket(order, ticket) is TicketMark.CANCELLED:
        raise DocumentNotKept
    if kind is not DocumentKind.PDF:
        if await desk.store.find_document(DocumentKey(order.number, ticket.ticket_id, DocumentKind.PDF)) is not None:
            raise DocumentNotOffered(kind=str(kind))
        await _obtain_document(desk, order, ticket, DocumentKind.PDF)
        return

    async def commit() -> bool:
        return await desk.sale_desk.run_to_its_end(commit_order_early(desk.sale_desk, sale))

    if not await desk.commits.get_answer(order.number, commit):
        raise _make_refusal(kind)


async def _mark_if_cancelled_meanwhile(desk: TicketDesk, key: DocumentKey) -> None:
    """The ticket may have been undone while its document was on the way, after the others were marked."""
    order = await read_order(desk.sale_desk, key.order_number, true())
    cancelled = [ticket.ticket_id for ticket in order.tickets if judge_ticket(order, ticket) is TicketMark.CANCELLED]
    if key.ticket_id in cancelled:
        await desk.store.mark_documents_cancelled(key.order_number, [key.ticket_id])


# --- after a sale, after an undo --------------------------------------------------------------------------------------


async def plan_ticket_fetch(desk: TicketDesk, number: str) -> None:
    """Note that an order's documents are wanted; doing so twice changes nothing."""
    async with desk.transactions() as session:
        await queries.insert_ticket_fetch(session, number)


async def mark_cancelled_tickets(desk: TicketDesk, number: str) -> None:
    """Mark what is kept of an order's cancelled tickets; doing so twice changes nothing."""
    order = await read_order(desk.sale_desk, number, true())
    cancelled = [ticket.ticket_id for ticket in order.tickets if judge_ticket(order, ticket) is TicketMark.CANCELLED]
    await desk.store.mark_documents_cancelled(number, cancelled)


async def fetch_due_tickets(desk: TicketDesk) -> int:
    """Fetch the documents of orders that wait for them, several orders at a time; how many orders were taken up."""
    async with desk.transactions.read() as session:
        rows = await queries.list_due_fetches(session, get_utc_now(), _ORDER_BATCH)
    taken = []
    for row in rows:
        async with desk.transactions() as session:
            if await queries.take_ticket_fetch(session, row, get_utc_now() + _LEASE):
                taken.append(row)
    places = asyncio.Semaphore(_ORDERS_AT_A_TIME)

    async def run(number: str, attempts: int) -> None:
        async with places:
            await _fetch_order(desk, number, attempts)

    # Each to its end: what goes wrong with one (and is no problem of the supplier's) does not cut the others short.
    works = (run(row.order_number, row.attempts + 1) for row in taken)
    failures = [result for result in await asyncio.gather(*works, return_exceptions=True) if result is not None]
    if failures:
        raise failures[0]
    return len(taken)


async def _fetch_order(desk: TicketDesk, number: str, attempts: int) -> None:
    problem = await _fetch_missing(desk, number)
    async with desk.transactions() as session:
        if problem is None:
            await queries.delete_ticket_fetch(session, number)
            return
        due_at = get_utc_now() + compute_fetch_pause(attempts)
        await queries.postpone_ticket_fetch(session, number, due_at, problem.code)
    _log.warning("tickets_not_fetched", order=number, problem=problem.code, attempts=attempts, again_at=str(due_at))


async def _fetch_missing(desk: TicketDesk, number: str) -> Problem | None:
    """Fetch what is not kept of an order's valid tickets, PDFs first; what stood in the way, None if all is there."""
    order = await read_order(desk.sale_desk, number, true())
    if order.state not in SOLD_STATES or order.booking_id is None:
        return None
    if compute_drop_day(order, desk.days_after_travel, dt.date.min) <= read_today():
        return None
    kept = await desk.store.list_kept_keys(number)
    obstacle: Problem | None = None
    for kind in DocumentKind:
        for ticket in order.tickets:
            is_wanted = judge_ticket(order, ticket) is not TicketMark.CANCELLED
            if not is_wanted or DocumentKey(number, ticket.ticket_id, kind) in kept:
                continue
            try:
                await _obtain_document(desk, order, ticket, kind)
            except DocumentNotOffered:
                continue
            except Problem as problem:
                obstacle = problem
                if isinstance(problem, (RailUnavailable, RailBusyHere)):
                    return obstacle
    return obstacle


async def drop_old_documents(desk: TicketDesk, today: dt.date, limit: int = 200) -> int:
    """Drop documents whose day has come; how many. They come from SBB again if somebody asks (for a year)."""
    return await desk.store.drop_documents(today, limit)
