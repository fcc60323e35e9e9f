"""Sales for the ticket tests, and what the sandbox was asked."""

import datetime as dt
from typing import Any

from sqlalchemy import true, update

from agenturclient.core.outbox import deliver_due_events
from agenturclient.orders import service as orders_service
from agenturclient.orders.basket.service import add_order_item
from agenturclient.orders.reading.service import get_order_row, read_order
from agenturclient.orders.sale.desk import SaleDesk
from agenturclient.orders.schemas import AddItem, Order
from agenturclient.tickets.jobs import REACTIONS, run_ticket_jobs
from agenturclient.tickets.models import ticket_fetches
from agenturclient.tickets.service import TicketDesk
from orders.seller import CALLER, Control, confirm_held, fetch_trip_offers, fill_basket, hold_basket, make_keyed


async def sell_one(desk: SaleDesk) -> Order:
    """A confirmed order with one ticket for Anna Keller."""
    held = await hold_basket(desk, await fill_basket(desk))
    return await confirm_held(desk, held)


async def sell_two(desk: SaleDesk) -> Order:
    """A confirmed order with two tickets for Anna Keller, of two connections."""
    order = await fill_basket(desk)
    offers = await fetch_trip_offers(desk, order)
    bundle = next(bundle for bundle in offers.bundles if bundle.travel_class == 1 and not bundle.is_saver)
    async with desk.transactions.read() as session:
        row = await get_order_row(session, order.number, true())
    await add_order_item(desk.lookups, row, AddItem(offer_set=offers.code, bundle=bundle.code))
    held = await hold_basket(desk, await read_order(desk, order.number, true()))
    return await confirm_held(desk, held)


async def undo(desk: SaleDesk, order: Order) -> Order:
    return await orders_service.undo_order(desk, CALLER, order.number, true(), make_keyed("undo", order.number))


async def deliver(ticket_desk: TicketDesk) -> None:
    """What the application's event table does."""

    def bind(react: Any) -> Any:
        async def run(payload: dict[str, Any]) -> None:
            await react(ticket_desk, payload)

        return run

    table = {name: [bind(react) for react in reactions] for name, reactions in REACTIONS.items()}
    await deliver_due_events(ticket_desk.transactions, table)


async def fetch_in_background(ticket_desk: TicketDesk) -> None:
    """After a sale: the event, then the job."""
    await deliver(ticket_desk)
    await run_ticket_jobs(ticket_desk)


async def end_pauses(ticket_desk: TicketDesk) -> None:
    """As if the time until the next attempt had passed."""
    async with ticket_desk.transactions() as session:
        past = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=1)
        await session.execute(update(ticket_fetches).values(due_at=past))


async def count_calls(control: Control, operation: str) -> int:
    """How often the sandbox was asked since the test began."""
    async with control.session.get(f"{control.url}/counts") as answer:
        counts: dict[str, dict[str, int]] = await answer.json()
    return counts.get("ACP1024", {}).get(operation, 0)


def list_entries(order: Order) -> list[str]:
    return [entry.entry for entry in order.journal]
