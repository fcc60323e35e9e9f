"""Use cases of reading orders: one by its number, and lists with a search."""

import datetime as dt
from collections.abc import Sequence

import msgspec
from sqlalchemy import ColumnElement

from agenturclient.core.database import Session, Transactions, get_utc_now
from agenturclient.core.paging import Page, decode_cursor, encode_cursor
from agenturclient.core.problems import InvalidRequest, NotFound
from agenturclient.deps import AgencyScope
from agenturclient.orders import queries
from agenturclient.orders.models import orders
from agenturclient.orders.queries import OrderRow
from agenturclient.orders.reading.rules import OrderParts, view_order, view_summary
from agenturclient.orders.rules import OrderState, parse_order_number
from agenturclient.orders.sale.desk import SaleDesk
from agenturclient.orders.schemas import Order, OrderSummary

Scope = ColumnElement[bool]
MAX_PAGE = 100


class OrderFilter(msgspec.Struct, frozen=True, kw_only=True):
    """What a list shows; everything that is given must hold."""

    text: str | None = None
    # Whose orders ``text`` is looked for in: narrows the look, never widens the scope. None: every agency's.
    agency_code: str | None = None
    states: Sequence[OrderState] = ()
    seller_subject: str | None = None
    travel_on: dt.date | None = None
    cursor: str | None = None
    limit: int = 50


def narrow_orders(scope: AgencyScope) -> Scope:
    """The condition under which only the orders exist that the caller may see."""
    return scope.narrow(orders.c.agency_code, orders.c.branch_code)


async def get_order_row(session: Session, number: str, scope: Scope) -> OrderRow:
    """An order that exists for the caller.

    Raises:
        NotFound: no such number, or it belongs to another agency.
    """
    parsed = parse_order_number(number)
    row = None if parsed is None else await queries.find_order(session, parsed, scope)
    if row is None:
        raise NotFound(
            "There is no such order.", errors=[{"parameter": "number", "detail": "is no order's that you may see"}]
        )
    return row


async def read_order(desk: SaleDesk, number: str, scope: Scope) -> Order:
    """An order as it stands."""
    async with desk.transactions.read() as session:
        row = await get_order_row(session, number, scope)
        parts = OrderParts(
            items=await queries.list_items(session, row.id),
            travellers=await queries.list_travellers(session, row.id),
            # Nothing is handed over before the order is confirmed, so nothing is shown either.
            tickets=await queries.list_tickets(session, row.id) if row.sold_at is not None else [],
            journal=await queries.list_journal(session, row.id),
        )
    return view_order(
        row,
        parts,
        confirm_budget_seconds=desk.confirm_budget_seconds,
        reserve_seconds=desk.settings.hold_reserve_seconds,
        now=get_utc_now(),
    )


async def find_orders(transactions: Transactions, scope: Scope, wanted: OrderFilter) -> Page[OrderSummary]:
    """A page of orders, newest first."""
    if not 1 <= wanted.limit <= MAX_PAGE:
        raise InvalidRequest(
            f"A page has 1 to {MAX_PAGE} orders.",
            errors=[{"parameter": "limit", "detail": f"must be from 1 to {MAX_PAGE}"}],
        )
    async with transactions.read() as session:
        hits = await queries.find_search_hits(session, wanted.text, wanted.agency_code) if wanted.text else None
        rows = await queries.list_orders(
            session,
            scope,
            hits=hits,
            states=wanted.states,
            seller_subject=wanted.seller_subject,
            travel_on=wanted.travel_on,
            before_id=None if wanted.cursor is None else decode_cursor(wanted.cursor),
            limit=wanted.limit + 1,
        )
        shown = rows[: wanted.limit]
        ids = [row.id for row in shown]
        items = await queries.list_items_of(session, ids)
        travellers = await queries.list_travellers_of(session, ids)
    return Page(
        items=[view_summary(row, items.get(row.id, []), travellers.get(row.id, [])) for row in shown],
        next_cursor=encode_cursor(shown[-1].id) if len(rows) > wanted.limit else None,
    )
