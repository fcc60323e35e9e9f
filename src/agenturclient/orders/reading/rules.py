"""How orders are shown: from rows to the public contract. No I/O."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Row

from agenturclient.core.money import Money
from agenturclient.orders.basket.rules import Asked, get_wish_kind, view_bundle
from agenturclient.orders.queries import OrderRow
from agenturclient.orders.rules import OrderState, compute_confirm_until
from agenturclient.orders.schemas import (
    ItemView,
    JournalEntry,
    Order,
    OrderSummary,
    ProductWish,
    RouteWish,
    TicketView,
    TravellerView,
)
from agenturclient.rail.port import OfferBundle


class OrderParts(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of an order; tickets only of one that is sold."""

    items: Sequence[Row[Any]]
    travellers: Sequence[Row[Any]]
    tickets: Sequence[Row[Any]]
    journal: Sequence[Row[Any]]


def view_order(
    row: OrderRow, parts: OrderParts, *, confirm_budget_seconds: float, reserve_seconds: int, now: dt.datetime
) -> Order:
    is_held = row.state == OrderState.HELD and row.held_until is not None
    return Order(
        number=row.number,
        state=row.state,
        step=row.step,
        agency_code=row.agency_code,
        branch_code=row.branch_code,
        seller_name=row.seller_name,
        ticket_language=row.ticket_language,
        your_reference=row.your_reference,
        means_of_payment=row.means_of_payment,
        conversation_id=row.conversation_id,
        total=Money(row.total),
        held_total=None if row.held_total is None else Money(row.held_total),
        held_until=row.held_until,
        confirm_until=compute_confirm_until(row.held_until, confirm_budget_seconds, reserve_seconds)
        if is_held
        else None,
        perhaps_held_until=row.perhaps_held_until,
        booking_id=row.booking_id,
        sold_at=row.sold_at,
        undo_until=row.undo_until if row.state == OrderState.CONFIRMED else None,
        problem=row.problem,
        items=[_view_item(item) for item in parts.items],
        travellers=[_view_traveller(traveller) for traveller in parts.travellers],
        tickets=[_view_ticket(ticket) for ticket in parts.tickets],
        journal=[
            JournalEntry(at=entry.at, actor=entry.actor, entry=entry.entry, detail=entry.detail or {})
            for entry in parts.journal
        ],
        created_at=row.created_at,
        changed_at=row.changed_at,
        server_now=now,
    )


def _view_item(item: Row[Any]) -> ItemView:
    asked = msgspec.convert(item.query, Asked)
    bundle = msgspec.convert(item.bundle, OfferBundle)
    view = view_bundle(item.code, bundle, asked.wish)
    wish = asked.wish
    origin = destination = None
    if isinstance(wish, RouteWish):
        origin, destination = wish.origin, wish.destination
    elif asked.outward is not None:
        origin, destination = asked.outward.origin_uic, asked.outward.destination_uic
    return ItemView(
        code=item.code,
        kind=get_wish_kind(wish),
        title=asked.title or view.title,
        travel_on=item.travel_on,
        travel_class=bundle.travel_class,
        outward=asked.outward,
        inward=asked.inward,
        origin_uic=origin,
        destination_uic=destination,
        product_id=wish.product_id if isinstance(wish, ProductWish) else None,
        price=Money(item.price),
        bundle=view,
        traveller_codes=[traveller.code for traveller in asked.travellers],
    )


def _view_traveller(traveller: Row[Any]) -> TravellerView:
    return TravellerView(
        code=traveller.code,
        kind=traveller.kind,
        age=traveller.age,
        reduction=traveller.reduction,
        first_name=traveller.first_name,
        last_name=traveller.last_name,
        born_on=traveller.born_on,
    )


def _view_ticket(ticket: Row[Any]) -> TicketView:
    return TicketView(
        ticket_id=ticket.ticket_id,
        printed_number=ticket.printed_number,
        title=ticket.title,
        traveller_code=ticket.traveller_code,
        item_code=ticket.item_code,
        price=None if ticket.price is None else Money(ticket.price),
        state=ticket.state,
    )


def view_summary(row: OrderRow, items: Sequence[Row[Any]], travellers: Sequence[Row[Any]]) -> OrderSummary:
    titles = []
    for item in items:
        asked = msgspec.convert(item.query, Asked)
        titles.append(asked.title or view_bundle("", msgspec.convert(item.bundle, OfferBundle), asked.wish).title)
    return OrderSummary(
        number=row.number,
        state=row.state,
        title=" + ".join(titles),
        traveller_names=[
            f"{traveller.first_name or ''} {traveller.last_name}".strip()
            for traveller in travellers
            if traveller.last_name
        ],
        travel_on=row.first_travel_on,
        total=Money(row.total),
        agency_code=row.agency_code,
        branch_code=row.branch_code,
        seller_name=row.seller_name,
        your_reference=row.your_reference,
        created_at=row.created_at,
        sold_at=row.sold_at,
        held_until=row.held_until,
        undo_until=row.undo_until if row.state == OrderState.CONFIRMED else None,
    )
