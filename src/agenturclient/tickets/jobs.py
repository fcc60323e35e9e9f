"""What happens later to tickets: fetched after the sale, marked after an undo, dropped after the travel.

``app.py`` puts ``REACTIONS`` into its event table (each takes the ticket desk and the event's payload) and runs
``run_ticket_jobs`` over and over.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from agenturclient.offers.service import read_today
from agenturclient.tickets.service import (
    TicketDesk,
    drop_old_documents,
    fetch_due_tickets,
    mark_cancelled_tickets,
    plan_ticket_fetch,
)


async def react_to_confirmed_order(desk: TicketDesk, payload: dict[str, Any]) -> None:
    """Sold: its documents are wanted at once. The job fetches them, so that one slow order holds up no other event."""
    await plan_ticket_fetch(desk, payload["number"])


async def react_to_cancelled_order(desk: TicketDesk, payload: dict[str, Any]) -> None:
    """Undone: its documents stay, marked."""
    await mark_cancelled_tickets(desk, payload["number"])


REACTIONS: Final[Mapping[str, list[Callable[[TicketDesk, dict[str, Any]], Awaitable[None]]]]] = {
    "OrderConfirmed": [react_to_confirmed_order],
    "OrderCancelled": [react_to_cancelled_order],
}


async def run_ticket_jobs(desk: TicketDesk) -> int:
    """One look at what there is to do; how many orders were fetched for and documents dropped."""
    return await fetch_due_tickets(desk) + await drop_old_documents(desk, read_today())
