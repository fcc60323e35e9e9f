"""The routes of the whole product: who gets a document, with which headers, and what is told otherwise."""

import asyncio
import io
from collections.abc import AsyncIterator
from typing import Any

import pytest
from litestar import Litestar
from litestar.openapi import OpenAPIConfig
from pypdf import PdfReader
from sqlalchemy import update

from agenturclient.agencies.demo import seed_demo_agencies
from agenturclient.core.database import Transactions
from agenturclient.deps import build_dependencies
from agenturclient.orders.models import orders
from agenturclient.orders.sale.desk import SaleDesk
from agenturclient.orders.schemas import Order
from agenturclient.tickets import api
from agenturclient.tickets.service import TicketDesk
from app.conftest import Counter, make_settings, open_counter
from b2p_sandbox.server import RunningSandbox
from orders.seller import Control, fill_basket, make_rail_settings
from tickets.buyers import fetch_in_background, sell_one, undo

SELLER, BERN_SELLER, STRANGER = (
    "anna.keller@gipfel.example",
    "luca.bernasconi@gipfel.example",
    "chloe.dubois@rivage.example",
)
NO_ACTIVE_CONTENT = "sandbox; default-src 'none'; "


@pytest.fixture
async def counter(
    database_url: str, transactions: Transactions, running_sandbox: RunningSandbox
) -> AsyncIterator[Counter]:
    """The product on the same database and the same supplier as the desk; nobody has signed in yet."""
    await seed_demo_agencies(transactions)
    async with open_counter(make_settings(database_url, rail=make_rail_settings(running_sandbox.url))) as opened:
        yield opened


async def give_away(desk: SaleDesk, order: Order, branch_code: str = "zuerich") -> Order:
    """As if the order had been sold at the demo's first agency."""
    async with desk.transactions() as session:
        owner = {"agency_code": "gipfel", "branch_code": branch_code}
        await session.execute(update(orders).where(orders.c.number == order.number).values(**owner))
    return order


async def get_pdf(counter: Counter, order: Order) -> Any:
    return await counter.get(f"/api/orders/{order.number}/documents.pdf")


async def get_document(counter: Counter, number: str, ticket_id: str, kind: str | None = None) -> Any:
    query = {} if kind is None else {"kind": kind}
    return await counter.get(f"/api/orders/{number}/tickets/{ticket_id}/document", params=query)


async def test_the_pdf_of_an_order_is_shown_in_place_and_kept_by_nobody(desk: SaleDesk, counter: Counter) -> None:
    order = await give_away(desk, await sell_one(desk))
    await counter.sign_in(SELLER)
    answer = await get_pdf(counter, order)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == f'inline; filename="{order.number}.pdf"'
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "frame-ancestors 'self'"
    assert answer.headers["agenturclient-ticket-mark"] == "valid"
    assert order.tickets[0].printed_number in PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    typed = await counter.get(f"/api/orders/{order.number.lower().replace('-', '')}/documents.pdf")
    assert typed.content == answer.content


async def test_each_form_has_its_type_and_markup_is_sandboxed(desk: SaleDesk, counter: Counter) -> None:
    order = await give_away(desk, await sell_one(desk))
    await counter.sign_in(SELLER)
    ticket = order.tickets[0]
    stem = f"{order.number}-{ticket.printed_number}"
    pdf = await get_document(counter, order.number, ticket.ticket_id)
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.headers["content-disposition"] == f'inline; filename="{stem}.pdf"'
    html = await get_document(counter, order.number, ticket.ticket_id, "html")
    assert html.headers["content-type"] == "text/html; charset=utf-8"
    assert html.headers["content-security-policy"].startswith(NO_ACTIVE_CONTENT)
    assert "allow-" not in html.headers["content-security-policy"]
    assert html.headers["x-content-type-options"] == "nosniff"
    assert "Anna Keller" in html.text
    wallet = await get_document(counter, order.number, ticket.ticket_id, "pkpass")
    assert wallet.headers["content-type"] == "application/vnd.apple.pkpass"
    assert wallet.headers["content-disposition"] == f'attachment; filename="{stem}.pkpass"'
    unknown = await get_document(counter, order.number, ticket.ticket_id, "exe")
    assert (unknown.status_code, unknown.json()["code"]) == (422, "invalid-request")
    assert unknown.json()["errors"][0]["parameter"] == "kind"


async def test_what_belongs_to_others_does_not_exist(desk: SaleDesk, counter: Counter) -> None:
    order = await give_away(desk, await sell_one(desk))
    ticket_id = order.tickets[0].ticket_id
    for stranger in (STRANGER, BERN_SELLER):
        await counter.sign_in(stranger)
        for answer in (
            await get_pdf(counter, order),
            await get_document(counter, order.number, ticket_id),
            await get_document(counter, order.number, ticket_id, "html"),
        ):
            assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    await counter.sign_in(SELLER)
    assert (await get_document(counter, order.number, "1")).status_code == 404
    assert (await get_document(counter, "AC-0000-0000", ticket_id)).status_code == 404
    another = await give_away(desk, await sell_one(desk))
    assert (await get_document(counter, another.number, ticket_id)).status_code == 404
    await counter.sign_in("sofia.rossi@care.example")
    assert (await get_pdf(counter, order)).status_code == 200


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_without_the_permission_there_is_nothing(desk: SaleDesk, counter: Counter) -> None:
    order = await give_away(desk, await sell_one(desk))
    assert (await get_pdf(counter, order)).status_code == 401
    await counter.sign_in("david.hughes@operator.example")
    answer = await get_pdf(counter, order)
    assert (answer.status_code, answer.json()["code"]) == (403, "permission-denied")


async def test_what_stands_in_the_way_is_told_by_its_code(desk: SaleDesk, counter: Counter, control: Control) -> None:
    await counter.sign_in(SELLER)
    answer = await get_pdf(counter, await give_away(desk, await fill_basket(desk)))
    assert (answer.status_code, answer.json()["code"]) == (409, "order-state-changed")
    await control.set_switches(documents_while_pending=False)
    await control.set_faults(
        {"operation": "get_ticket", "kind": "error_before"}, {"operation": "patch_booking", "kind": "reset_before"}
    )
    order = await give_away(desk, await sell_one(desk))
    answer = await get_pdf(counter, order)
    assert (answer.status_code, answer.json()["code"]) == (503, "rail-unavailable")
    assert int(answer.headers["retry-after"]) > 0
    await control.set_faults({"operation": "patch_booking", "kind": "reset_before"})
    answer = await get_pdf(counter, order)
    assert (answer.status_code, answer.json()["code"]) == (409, "document-not-ready")
    assert int(answer.headers["retry-after"]) > 0
    await control.set_faults()
    assert (await get_pdf(counter, order)).status_code == 200


async def test_an_undone_orders_answer_says_so_in_a_header(
    desk: SaleDesk, counter: Counter, ticket_desk: TicketDesk, control: Control
) -> None:
    order = await give_away(desk, await sell_one(desk))
    await fetch_in_background(ticket_desk)
    await counter.sign_in(SELLER)
    await get_pdf(counter, order)
    await get_document(counter, order.number, order.tickets[0].ticket_id, "html")
    await undo(desk, order)
    for answer in (
        await get_pdf(counter, order),
        await get_document(counter, order.number, order.tickets[0].ticket_id, "html"),
    ):
        assert answer.status_code == 200
        assert answer.headers["agenturclient-ticket-mark"] == "cancelled"
    await control.set_faults({"operation": "get_ticket", "kind": "error_before"})
    never_fetched = await give_away(desk, await sell_one(desk))
    await undo(desk, never_fetched)
    await control.set_faults()
    answer = await get_pdf(counter, never_fetched)
    assert (answer.status_code, answer.json()["code"]) == (410, "document-not-kept")


async def test_the_running_product_fetches_by_itself_after_the_sale(
    desk: SaleDesk, counter: Counter, ticket_desk: TicketDesk
) -> None:
    order = await give_away(desk, await sell_one(desk))
    await counter.sign_in(SELLER)
    for _ in range(100):
        if len(await ticket_desk.store.list_kept_keys(order.number)) == 3:
            return
        await asyncio.sleep(0.1)
    raise AssertionError("the event table and the job did not fetch the documents within ten seconds")


def test_the_description_names_every_form_and_every_answer() -> None:
    app = Litestar(
        api.ROUTES,
        dependencies={**build_dependencies(), **api.DEPENDENCIES},
        openapi_config=OpenAPIConfig(title="t", version="1"),
    )
    paths = app.openapi_schema.to_schema()["paths"]
    merged = paths["/orders/{number}/documents.pdf"]["get"]["responses"]
    assert set(merged["200"]["content"]) == {"application/pdf"}
    single = paths["/orders/{number}/tickets/{ticket_id}/document"]["get"]["responses"]
    assert set(single["200"]["content"]) == {"application/pdf", "text/html", "application/vnd.apple.pkpass"}
    assert {"404", "409", "410", "503"} <= set(single)
    assert "Agenturclient-Ticket-Mark" in single["200"]["headers"]
