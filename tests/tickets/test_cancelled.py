"""After an undo documents stay, and say what they are worth."""

import asyncio
import io

import pytest
from pypdf import PdfReader
from sqlalchemy import select, true

from agenturclient.orders.reading.service import read_order
from agenturclient.orders.sale.desk import SaleDesk
from agenturclient.rail.port import DocumentKind
from agenturclient.tickets.jobs import run_ticket_jobs
from agenturclient.tickets.models import ticket_fetches
from agenturclient.tickets.problems import DocumentNotKept
from agenturclient.tickets.queries import DocumentKey
from agenturclient.tickets.rules import TicketMark
from agenturclient.tickets.service import TicketDesk, hand_over_document, hand_over_order
from orders.seller import Control
from tickets.buyers import count_calls, deliver, fetch_in_background, sell_one, sell_two, undo


async def test_an_undone_orders_documents_stay_readable_and_marked(
    desk: SaleDesk, ticket_desk: TicketDesk, control: Control
) -> None:
    order = await sell_two(desk)
    await fetch_in_background(ticket_desk)
    calls = await count_calls(control, "get_ticket")
    undone = await undo(desk, order)
    assert undone.state == "cancelled"
    # Marked in the answer at once, in the store once the event is delivered.
    printed = await hand_over_order(ticket_desk, order.number, true())
    assert printed.mark is TicketMark.CANCELLED
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(printed.content)).pages]
    assert len(pages) == 2
    assert all("STORNIERT" in page and "Anna Keller" in page for page in pages)
    await deliver(ticket_desk)
    for ticket in order.tickets:
        for kind in DocumentKind:
            kept = await ticket_desk.store.find_document(DocumentKey(order.number, ticket.ticket_id, kind))
            assert kept is not None
            assert kept.cancelled_at is not None
            assert b"STORNIERT" not in kept.content
            document = await hand_over_document(ticket_desk, order.number, ticket.ticket_id, kind, true())
            assert document.mark is TicketMark.CANCELLED
            if kind is not DocumentKind.PDF:
                assert document.content == kept.content
    assert await count_calls(control, "get_ticket") == calls


async def test_undone_before_anything_was_fetched_there_is_nothing_to_read(
    desk: SaleDesk, ticket_desk: TicketDesk, control: Control
) -> None:
    order = await sell_one(desk)
    await undo(desk, order)
    await deliver(ticket_desk)
    await run_ticket_jobs(ticket_desk)
    async with ticket_desk.transactions.read() as session:
        assert (await session.execute(select(ticket_fetches))).all() == []
    assert await count_calls(control, "get_ticket") == 0
    with pytest.raises(DocumentNotKept):
        await hand_over_order(ticket_desk, order.number, true())
    assert await count_calls(control, "patch_booking") == 0


async def test_a_document_on_its_way_while_the_order_is_undone_is_marked(
    desk: SaleDesk, ticket_desk: TicketDesk, control: Control
) -> None:
    order = await sell_one(desk)
    await control.set_faults({"operation": "get_ticket", "kind": "delay_after", "seconds": 0.6})
    asked = asyncio.create_task(hand_over_order(ticket_desk, order.number, true()))
    await asyncio.sleep(0.2)
    await undo(desk, order)
    await deliver(ticket_desk)
    await asked
    kept = await ticket_desk.store.find_document(
        DocumentKey(order.number, order.tickets[0].ticket_id, DocumentKind.PDF)
    )
    assert kept is not None
    assert kept.cancelled_at is not None


async def test_while_it_is_being_undone_a_document_says_so(
    desk: SaleDesk, ticket_desk: TicketDesk, control: Control
) -> None:
    order = await sell_one(desk)
    await fetch_in_background(ticket_desk)
    await control.set_faults({"operation": "delete_booking", "kind": "delay_before", "seconds": 2})
    undoing = asyncio.create_task(undo(desk, order))
    async with asyncio.timeout(30):
        while (await read_order(desk, order.number, true())).step is None:  # noqa: ASYNC110 -- a row is watched
            await asyncio.sleep(0.01)
    assert (await hand_over_order(ticket_desk, order.number, true())).mark is TicketMark.BEING_UNDONE
    await undoing
    assert (await hand_over_order(ticket_desk, order.number, true())).mark is TicketMark.CANCELLED
