"""What follows a sale of an agency that wants its sales final at once.

``app.py`` puts ``REACTIONS`` into its event table (each takes the sale desk and the event's payload).
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from sqlalchemy import true

from agenturclient.orders.committing.service import commit_order_early
from agenturclient.orders.reading.service import get_order_row
from agenturclient.orders.rules import OrderState
from agenturclient.orders.sale.desk import SYSTEM, SaleDesk, make_sale


async def commit_final_order(desk: SaleDesk, payload: dict[str, Any]) -> None:
    """Commit a sold order if its agency wants that; told twice, it finds nothing pending any more.

    Raises:
        RailUnreachable, RailRefused: it could not be read or the commit never left; the event is told again later.
    """
    async with desk.transactions.read() as session:
        row = await get_order_row(session, payload["number"], true())
    if row.is_final_at_once and row.state == OrderState.CONFIRMED:
        sale = make_sale(row, actor=SYSTEM, budget_seconds=desk.confirm_budget_seconds)
        await desk.run_to_its_end(commit_order_early(desk, sale))


REACTIONS: Final[Mapping[str, list[Callable[[SaleDesk, dict[str, Any]], Awaitable[None]]]]] = {
    "OrderConfirmed": [commit_final_order],
}
