"""Commit a booking before it commits itself after 20 minutes (design section 4)."""

import datetime as dt
from typing import Any

from agenturclient.core.database import get_utc_now
from agenturclient.orders import queries
from agenturclient.orders.rules import OrderState
from agenturclient.orders.sale.desk import Sale, SaleDesk
from agenturclient.rail.errors import RailRefused, RailUnknown, RailUnreachable, RefusalReason
from agenturclient.rail.port import BookingState, BookingStatus, TicketStatus


async def commit_order_early(desk: SaleDesk, sale: Sale) -> bool:
    """End the pending time of a sold order's booking: SBB refuses its documents until then, or its agency wants that.

    Whether the booking is, or may be, final now: then its documents can be asked for again. False: it was not pending
    (so that is not why they were refused), or something else is being done with the order.

    Whether a commit ends the right to undo is unknown, so undo is no longer offered from the recorded intent on; it
    comes back only if the commit certainly was not done. A crash in between leaves nothing open: whoever asks for the
    documents next reads the booking again, and commits it if it is still pending.

    Raises:
        RailUnreachable, RailRefused: the booking could not be read, or the commit certainly never left.
    """
    assert sale.booking_id is not None, "only what was booked can be committed"  # noqa: S101
    booking = await desk.rail.find_booking(sale.context, sale.booking_id)
    if not _is_pending(booking, sale) or not await _record_commit_intent(desk, sale):
        return False
    try:
        await desk.rail.commit_booking(sale.context, sale.booking_id)
    except RailUnreachable as error:
        await _record_commit_outcome(desk, sale, "commit_not_sent", sale.undo_until, {"cause": str(error.cause)})
        raise
    except RailRefused as error:
        # Too late to commit is too late to undo as well: it is final, or gone.
        is_over = error.reason is RefusalReason.NO_LONGER_POSSIBLE
        undo_until = None if is_over else sale.undo_until
        await _record_commit_outcome(desk, sale, "commit_refused", undo_until, {"reason": str(error.reason)})
        return is_over
    except RailUnknown as error:
        await _record_commit_outcome(desk, sale, "commit_unknown", None, {"cause": str(error.cause)})
        return True
    await _record_commit_outcome(desk, sale, "committed", None, {})
    return True


def _is_pending(booking: BookingState | None, sale: Sale) -> bool:
    """Whether a commit would do something. Where SBB leaves the status out, the time for the undo tells."""
    gone = {TicketStatus.CANCELLED, TicketStatus.REFUNDED}
    if booking is None or any(ticket.status in gone for ticket in booking.tickets):
        return False
    if booking.status is BookingStatus.UNKNOWN:
        return sale.is_final_at_once or (sale.undo_until is not None and get_utc_now() < sale.undo_until)
    return booking.status is BookingStatus.PENDING


async def _record_commit_intent(desk: SaleDesk, sale: Sale) -> bool:
    """False if something else is being done with the order; an undo that begins later finds that it is too late."""
    async with desk.transactions() as session:
        is_ours = await queries.move_order(
            session, sale.order_id, state=OrderState.CONFIRMED, step=None, changes={"undo_until": None}
        )
        if is_ours:
            await queries.add_journal_entry(session, sale.order_id, sale.actor, "commit_begun")
    return is_ours


async def _record_commit_outcome(
    desk: SaleDesk, sale: Sale, entry: str, undo_until: dt.datetime | None, detail: dict[str, Any]
) -> None:
    async with desk.transactions() as session:
        await queries.move_order(
            session, sale.order_id, state=OrderState.CONFIRMED, step=None, changes={"undo_until": undo_until}
        )
        await queries.add_journal_entry(session, sale.order_id, sale.actor, entry, detail)
