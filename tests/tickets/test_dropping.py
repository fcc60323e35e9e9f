"""Some days after the travel documents are dropped, and come from SBB again if somebody asks."""

import datetime as dt

from sqlalchemy import true

from agenturclient.offers.service import read_today
from agenturclient.orders.sale.desk import SaleDesk
from agenturclient.rail.port import DocumentKind
from agenturclient.tickets.jobs import run_ticket_jobs
from agenturclient.tickets.queries import DocumentKey, TableDocumentStore
from agenturclient.tickets.service import TicketDesk, drop_old_documents, hand_over_order
from orders.seller import Control
from tickets.buyers import count_calls, deliver, fetch_in_background, sell_one, undo


async def test_dropped_so_many_days_after_travel_and_fetched_again_on_demand(
    desk: SaleDesk, ticket_desk: TicketDesk, control: Control
) -> None:
    order = await sell_one(desk)
    await fetch_in_background(ticket_desk)
    first = await hand_over_order(ticket_desk, order.number, true())
    assert await count_calls(control, "get_ticket") == 3
    last_days = [
        offer.valid_until.date()
        for item in order.items
        for offer in item.bundle.offers
        if offer.valid_until is not None
    ]
    travel_on = max([order.items[0].travel_on, *last_days])
    drop_on = travel_on + dt.timedelta(days=desk.settings.document_days_after_travel)
    assert await drop_old_documents(ticket_desk, drop_on - dt.timedelta(days=2)) == 0
    assert await drop_old_documents(ticket_desk, drop_on + dt.timedelta(days=1), limit=2) == 2
    assert await drop_old_documents(ticket_desk, drop_on + dt.timedelta(days=1)) == 1
    assert await ticket_desk.store.list_kept_keys(order.number) == frozenset()
    assert await run_ticket_jobs(ticket_desk) == 0, "the job leaves it at that"
    again = await hand_over_order(ticket_desk, order.number, true())
    assert again.content == first.content
    assert await count_calls(control, "get_ticket") == 4
    await hand_over_order(ticket_desk, order.number, true())
    assert await count_calls(control, "get_ticket") == 4


async def test_an_undone_orders_documents_are_never_dropped(desk: SaleDesk, ticket_desk: TicketDesk) -> None:
    order = await sell_one(desk)
    await fetch_in_background(ticket_desk)
    await undo(desk, order)
    await deliver(ticket_desk)
    assert await drop_old_documents(ticket_desk, dt.date(2999, 1, 1)) == 0
    assert len(await ticket_desk.store.list_kept_keys(order.number)) == 3


async def test_the_job_drops_what_is_due(ticket_desk: TicketDesk) -> None:
    store = TableDocumentStore(ticket_desk.transactions)
    old, new = (DocumentKey("AC-0000-0000", ticket_id, DocumentKind.PDF) for ticket_id in ("1", "2"))
    await store.keep_document(old, b"%PDF-old", drop_on=read_today())
    await store.keep_document(new, b"%PDF-new", drop_on=read_today() + dt.timedelta(days=1))
    assert await run_ticket_jobs(ticket_desk) == 1
    assert await store.list_kept_keys("AC-0000-0000") == {new}


async def test_large_documents_are_kept_whole_and_too_large_ones_not_at_all(ticket_desk: TicketDesk) -> None:
    store = TableDocumentStore(ticket_desk.transactions)
    large, too_large = (DocumentKey("AC-0000-0000", ticket_id, DocumentKind.PDF) for ticket_id in ("1", "2"))
    content = bytes(range(256)) * 20_000
    await store.keep_document(large, content, drop_on=read_today())
    kept = await store.find_document(large)
    assert kept is not None
    assert kept.content == content
    await store.keep_document(too_large, b"0" * 15_000_001, drop_on=read_today())
    assert await store.find_document(too_large) is None


async def test_what_is_kept_stays_as_it_is(ticket_desk: TicketDesk) -> None:
    store = TableDocumentStore(ticket_desk.transactions)
    key = DocumentKey("AC-0000-0000", "1", DocumentKind.HTML)
    await store.keep_document(key, b"first", drop_on=read_today())
    await store.keep_document(key, b"second", drop_on=read_today())
    kept = await store.find_document(key)
    assert kept is not None
    assert kept.content == b"first"
