"""Confirming and undoing, step by step: what each answer means, and what its loss means (design section 4).

Every function here is one step: it acts at the supplier outside any transaction and records the outcome before the next
step begins. The same functions serve the seller's request and the recovery after a crash.
"""

import datetime as dt
from typing import Any

import msgspec
import structlog

from agenturclient.core.database import Session, get_utc_now
from agenturclient.core.outbox import emit_event
from agenturclient.offers.problems import translate_rail_error
from agenturclient.orders import queries
from agenturclient.orders.problems import HoldExpired, PaymentUnknown, SaleRefused, WrongPrice
from agenturclient.orders.rules import (
    OrderState,
    PrebookingState,
    Step,
    UndoFinding,
    judge_undo,
    sum_booked_total,
)
from agenturclient.orders.sale.desk import Sale, SaleDesk, keeps_trying, record_step, release_lease
from agenturclient.rail.errors import RailError, RailRefused, RailUnknown, RailUnreachable, RefusalReason
from agenturclient.rail.port import Booking, BookingState, TicketStatus

_log = structlog.get_logger(__name__)

_CONFIRMING = OrderState.CONFIRMING
# A booking that cannot be read for so long is left to the operator.
_CHECK_PATIENCE = dt.timedelta(minutes=30)
# Below this the hold may lapse before the booking arrives.
_LEAST_HOLD_FOR_BOOKING = dt.timedelta(seconds=10)


# --- paying -----------------------------------------------------------------------------------------------------------


async def pay_for_order(desk: SaleDesk, sale: Sale) -> bool:
    """Put the sale on the agency's invoice (intent: PAYING); True if it is paid and may be booked."""
    try:
        await desk.rail.pay_by_invoice(
            sale.context, sale.prebooking_ids, reference1=sale.number, reference2=sale.your_reference
        )
    except RailUnreachable as error:
        await _return_to_hold(desk, sale, error)
        return False
    except RailRefused as error:
        if error.reason is RefusalReason.ALREADY_DONE:
            await record_unknown_payment(desk, sale)
        else:
            await _record_refused_payment(desk, sale, error)
        return False
    except RailUnknown:
        await record_unknown_payment(desk, sale)
        return False
    await _record_payment(desk, sale)
    return True


@keeps_trying
async def _record_payment(desk: SaleDesk, sale: Sale) -> None:
    async with desk.transactions() as session:
        await queries.mark_prebookings(session, sale.order_id, of=PrebookingState.HELD, to=PrebookingState.PAID)
        await record_step(
            session, desk, sale, state=_CONFIRMING, step=Step.PAYING, entry="paid", changes={"step": Step.PAID}
        )


@keeps_trying
async def _return_to_hold(desk: SaleDesk, sale: Sale, error: RailUnreachable) -> None:
    """The payment certainly never left: the places are still held, and confirming can simply be tried again."""
    async with desk.transactions() as session:
        await record_step(
            session,
            desk,
            sale,
            state=_CONFIRMING,
            step=Step.PAYING,
            entry="payment_not_sent",
            detail={"cause": str(error.cause)},
            changes={"state": OrderState.HELD, "problem": translate_rail_error(error).to_kept(), **release_lease()},
        )


@keeps_trying
async def _record_refused_payment(desk: SaleDesk, sale: Sale, error: RailRefused) -> None:
    """Nothing was sold. An expired hold opens the basket again; any other refusal ends the order."""
    is_expired = error.reason in {RefusalReason.HOLD_EXPIRED, RefusalReason.NOT_FOUND}
    async with desk.transactions() as session:
        await queries.mark_prebookings(session, sale.order_id, of=PrebookingState.HELD, to=PrebookingState.GIVEN_UP)
        changes = {
            "state": OrderState.OPEN if is_expired else OrderState.FAILED,
            "problem": (HoldExpired() if is_expired else SaleRefused(reason=str(error.reason))).to_kept(),
            "held_until": None,
            **release_lease(),
        }
        await record_step(
            session,
            desk,
            sale,
            state=_CONFIRMING,
            step=Step.PAYING,
            entry="payment_refused",
            detail={"reason": str(error.reason)},
            changes=changes,
        )


@keeps_trying
async def record_unknown_payment(desk: SaleDesk, sale: Sale) -> None:
    """Whether it was paid cannot be found out, so it is never repeated and never booked on; the basket opens again."""
    async with desk.transactions() as session:
        await queries.mark_prebookings(
            session, sale.order_id, of=PrebookingState.HELD, to=PrebookingState.PAYMENT_UNKNOWN
        )
        changes = {
            "state": OrderState.OPEN,
            "problem": PaymentUnknown().to_kept(),
            "held_until": None,
            "perhaps_held_until": sale.held_until,
            **release_lease(),
        }
        await record_step(
            session, desk, sale, state=_CONFIRMING, step=Step.PAYING, entry="payment_unknown", changes=changes
        )


# --- booking ----------------------------------------------------------------------------------------------------------


async def book_paid_order(desk: SaleDesk, sale: Sale) -> Sale | None:
    """Record the intent to book and book; the sale with its booking, if there is one to be checked."""
    if sale.held_until is None or get_utc_now() + _LEAST_HOLD_FOR_BOOKING > sale.held_until:
        await _fail_paid_order(desk, sale, Step.PAID, reason="hold_expired")
        return None
    await _record_booking_intent(desk, sale)
    return await send_booking(desk, sale)


@keeps_trying
async def _record_booking_intent(desk: SaleDesk, sale: Sale) -> None:
    async with desk.transactions() as session:
        await record_step(
            session,
            desk,
            sale,
            state=_CONFIRMING,
            step=Step.PAID,
            entry="booking_begun",
            changes={"step": Step.BOOKING},
        )


async def send_booking(desk: SaleDesk, sale: Sale) -> Sale | None:
    """Book (intent: BOOKING); the sale with its booking, if there is one to be checked. The supplier's client repeats
    it only where that is safe."""
    try:
        booking = await desk.rail.book(sale.context, sale.prebooking_ids)
    except RailUnreachable as error:
        await _book_later(desk, sale, str(error.cause))
        return None
    except RailRefused as error:
        if error.reason is RefusalReason.ALREADY_DONE:
            await record_doubt(desk, sale, Step.BOOKING, cause="already_done")
        else:
            await _fail_paid_order(desk, sale, Step.BOOKING, reason=str(error.reason))
        return None
    except RailUnknown as error:
        await record_doubt(desk, sale, Step.BOOKING, cause=str(error.cause))
        return None
    return await _record_booking(desk, sale, booking)


@keeps_trying
async def _book_later(desk: SaleDesk, sale: Sale, cause: str) -> None:
    """The lease is given back at once: any replica tries again, for the payment stands."""
    async with desk.transactions() as session:
        await record_step(
            session,
            desk,
            sale,
            state=_CONFIRMING,
            step=Step.BOOKING,
            entry="booking_not_sent",
            detail={"cause": cause},
            changes={"step": Step.PAID, "lease_until": get_utc_now() + dt.timedelta(seconds=2)},
        )


@keeps_trying
async def _fail_paid_order(desk: SaleDesk, sale: Sale, step: Step, *, reason: str) -> None:
    """Paid, but not booked: nothing was sold. The payment stays visible as such for the reconciliation with SBB."""
    async with desk.transactions() as session:
        await record_step(
            session,
            desk,
            sale,
            state=_CONFIRMING,
            step=step,
            entry="booking_refused",
            detail={"reason": reason},
            changes={"state": OrderState.FAILED, "problem": SaleRefused(reason=reason).to_kept(), **release_lease()},
        )


@keeps_trying
async def record_doubt(desk: SaleDesk, sale: Sale, step: Step, *, cause: str) -> None:
    """It may be sold and nobody can look it up: the operator settles it. Nothing is charged twice meanwhile."""
    async with desk.transactions() as session:
        await record_step(
            session,
            desk,
            sale,
            state=_CONFIRMING,
            step=step,
            entry="in_doubt",
            detail={"cause": cause, "step": str(step)},
            changes={"state": OrderState.IN_DOUBT, **release_lease()},
        )
        await emit_event(session, "OrderInDoubt", {"number": sale.number, "agency_code": sale.agency_code})


@keeps_trying
async def _record_booking(desk: SaleDesk, sale: Sale, booking: Booking) -> Sale | None:
    """Record the booking's answer, even if the order was meanwhile called in doubt: its own answer settles that.

    None if others have brought the order to its end by now.
    """
    # The supplier's clock starts when it books, which was before its answer came: never promise more than it gives.
    undo_until = get_utc_now() + dt.timedelta(seconds=desk.settings.undo_seconds - 30)
    tickets = [
        {
            "order_id": sale.order_id,
            "ticket_id": ticket.ticket_id,
            "external_id": ticket.external_id,
            "printed_number": ticket.printed_number,
            "prebooking_id": ticket.prebooking_id,
            "state": "valid",
        }
        for ticket in booking.tickets
    ]
    changes = {
        "state": _CONFIRMING,
        "step": Step.CHECKING,
        "booking_id": booking.booking_id,
        "lease_owner": desk.owner,
        "lease_until": desk.make_lease_end(),
        "undo_until": undo_until,
    }
    async with desk.transactions() as session:
        if not await queries.claim_booking(session, sale.order_id, [_CONFIRMING, OrderState.IN_DOUBT], changes):
            _log.error("booking_without_order", order=sale.number, booking=booking.booking_id)
            await queries.add_journal_entry(
                session, sale.order_id, sale.actor, "booking_not_claimed", {"booking_id": booking.booking_id}
            )
            return None
        await queries.replace_tickets(session, sale.order_id, tickets)
        await queries.mark_prebookings(session, sale.order_id, of=PrebookingState.PAID, to=PrebookingState.BOOKED)
        await queries.add_journal_entry(
            session, sale.order_id, sale.actor, "booked", {"booking_id": booking.booking_id, "tickets": len(tickets)}
        )
    return msgspec.structs.replace(sale, booking_id=booking.booking_id, undo_until=undo_until)


# --- checking ---------------------------------------------------------------------------------------------------------


async def check_booking(desk: SaleDesk, sale: Sale) -> None:
    """Read the booking and compare its price with what was held (intent: CHECKING); confirm, or undo a wrong price."""
    assert sale.booking_id is not None, "an order is checked only once its booking is recorded"  # noqa: S101
    try:
        booking = await desk.rail.find_booking(sale.context, sale.booking_id)
    except (RailUnreachable, RailRefused) as error:
        await _check_later(desk, sale, str(error))
        return
    if booking is None or not booking.is_complete or not booking.tickets:
        await _check_later(desk, sale, "incomplete")
        return
    if any(ticket.status in {TicketStatus.CANCELLED, TicketStatus.REFUNDED} for ticket in booking.tickets):
        await record_doubt(desk, sale, Step.CHECKING, cause="booking_cancelled")
        return
    if sum_booked_total(booking.tickets) != sale.held_total:
        await _begin_undoing_wrong_price(desk, sale, sum_booked_total(booking.tickets))
        await undo_booking(desk, sale, Step.UNDOING_WRONG_PRICE)
        return
    await _record_confirmation(desk, sale, booking)


def _end_undo_of_final(sale: Sale) -> dict[str, Any]:
    """Changes by which no undo is offered from the sale on, for it is committed next (`orders.committing`)."""
    return {"undo_until": None} if sale.is_final_at_once else {}


@keeps_trying
async def _record_confirmation(desk: SaleDesk, sale: Sale, booking: BookingState) -> None:
    async with desk.transactions() as session:
        await write_booked_tickets(session, sale.order_id, booking)
        await record_step(
            session,
            desk,
            sale,
            state=_CONFIRMING,
            step=Step.CHECKING,
            entry="confirmed",
            detail={"total": sale.held_total},
            changes={
                "state": OrderState.CONFIRMED,
                "booked_total": sale.held_total,
                "sold_at": get_utc_now(),
                "held_until": None,
                "problem": None,
                **_end_undo_of_final(sale),
                **release_lease(),
            },
        )
        await emit_event(session, "OrderConfirmed", {"number": sale.number, "agency_code": sale.agency_code})


@keeps_trying
async def _check_later(desk: SaleDesk, sale: Sale, cause: str) -> None:
    """Sold, but its price is not known yet: nothing is handed over, and it is looked at again soon."""
    now = get_utc_now()
    is_hopeless = sale.undo_until is not None and now > sale.undo_until + _CHECK_PATIENCE
    if is_hopeless:
        await record_doubt(desk, sale, Step.CHECKING, cause=cause[:60])
        return
    async with desk.transactions() as session:
        await queries.move_order(
            session,
            sale.order_id,
            state=_CONFIRMING,
            step=Step.CHECKING,
            owner=desk.owner,
            changes={"lease_until": now + dt.timedelta(seconds=2)},
        )


async def write_booked_tickets(session: Session, order_id: int, booking: BookingState) -> None:
    """Write the tickets with prices and titles; which item and traveller each is for comes from its prebooking."""
    known = {row.ticket_id: row for row in await queries.list_tickets(session, order_id)}
    prebookings = {row.prebooking_id: row for row in await queries.list_prebookings(session, order_id)}
    rows = []
    for ticket in booking.tickets:
        prebooking_id = known[ticket.ticket_id].prebooking_id if ticket.ticket_id in known else None
        prebooking = prebookings.get(prebooking_id)
        rows.append(
            {
                "order_id": order_id,
                "ticket_id": ticket.ticket_id,
                "external_id": ticket.external_id,
                "printed_number": ticket.printed_number,
                "prebooking_id": prebooking_id,
                "item_code": None if prebooking is None else prebooking.item_code,
                "traveller_code": None if prebooking is None else prebooking.traveller_code,
                "title": ticket.product_title[:200],
                "price": ticket.price.amount,
                "state": "valid",
            }
        )
    await queries.replace_tickets(session, order_id, rows)


# --- undoing ----------------------------------------------------------------------------------------------------------


@keeps_trying
async def _begin_undoing_wrong_price(desk: SaleDesk, sale: Sale, booked_total: int) -> None:
    async with desk.transactions() as session:
        await record_step(
            session,
            desk,
            sale,
            state=_CONFIRMING,
            step=Step.CHECKING,
            entry="wrong_price",
            detail={"held_total": sale.held_total, "booked_total": booked_total},
            changes={"step": Step.UNDOING_WRONG_PRICE, "booked_total": booked_total},
        )


async def undo_booking(desk: SaleDesk, sale: Sale, step: Step, *, is_repeated: bool = False) -> None:
    """Undo the booking (intent: UNDOING of a confirmed order, or UNDOING_WRONG_PRICE of one being confirmed).

    ``is_repeated``: an earlier attempt may have left, so that this one proves nothing by not leaving.
    """
    assert sale.booking_id is not None, "only what was booked can be undone"  # noqa: S101
    try:
        await desk.rail.cancel_booking(sale.context, sale.booking_id)
    except RailUnreachable as error:
        await _undo_later(desk, sale, step, is_certainly_not_done=not is_repeated, cause=str(error.cause))
    except (RailRefused, RailUnknown) as error:
        # Refused may mean too late, or done by an attempt whose answer was lost: the booking's tickets tell.
        await _settle_undo(desk, sale, step, is_refused=isinstance(error, RailRefused))
    else:
        await _record_undone(desk, sale, step)


async def _settle_undo(desk: SaleDesk, sale: Sale, step: Step, *, is_refused: bool) -> None:
    """Find out from the booking's tickets whether an undo was done; ask again for what is not seen to be done."""
    assert sale.booking_id is not None, "only what was booked can be undone"  # noqa: S101
    try:
        booking = await desk.rail.find_booking(sale.context, sale.booking_id)
    except RailError as error:
        await _undo_later(desk, sale, step, is_certainly_not_done=False, cause=type(error).__name__)
        return
    finding = judge_undo(booking)
    # The booking was read before the undo began. Refused and gone: an undo whose answer was lost had been done.
    if finding is UndoFinding.DONE or (booking is None and is_refused):
        await _record_undone(desk, sale, step)
    elif finding is UndoFinding.NOT_DONE and is_refused:
        await _record_undo_refused(desk, sale, step)
    else:
        # Tickets that are still valid do not prove that nothing will be done: a request whose answer was lost (a
        # gateway that gave up waiting) may still be under way. Asking again is safe: done is refused and read as done.
        await _undo_later(desk, sale, step, is_certainly_not_done=False, cause="not_seen")


@keeps_trying
async def _undo_later(desk: SaleDesk, sale: Sale, step: Step, *, is_certainly_not_done: bool, cause: str) -> None:
    """Give the order back so that the undo goes on soon. A seller's undo that certainly was not done simply ends."""
    now = get_utc_now()
    is_over = sale.undo_until is not None and now > sale.undo_until + _CHECK_PATIENCE
    if step is Step.UNDOING and (is_certainly_not_done or is_over):
        async with desk.transactions() as session:
            await record_step(
                session,
                desk,
                sale,
                state=OrderState.CONFIRMED,
                step=step,
                entry="undo_not_done" if is_certainly_not_done else "undo_unclear",
                detail={"cause": cause},
                changes=release_lease(),
            )
        return
    if is_over:
        await record_doubt(desk, sale, step, cause=cause)
        return
    async with desk.transactions() as session:
        await queries.move_order(
            session,
            sale.order_id,
            state=_CONFIRMING if step is Step.UNDOING_WRONG_PRICE else OrderState.CONFIRMED,
            step=step,
            owner=desk.owner,
            changes={"lease_until": now + dt.timedelta(seconds=2)},
        )


@keeps_trying
async def _record_undone(desk: SaleDesk, sale: Sale, step: Step) -> None:
    async with desk.transactions() as session:
        await queries.mark_prebookings(session, sale.order_id, of=PrebookingState.BOOKED, to=PrebookingState.UNDONE)
        if step is Step.UNDOING:
            await queries.mark_tickets_cancelled(session, sale.order_id)
            await record_step(
                session,
                desk,
                sale,
                state=OrderState.CONFIRMED,
                step=step,
                entry="undone",
                changes={"state": OrderState.CANCELLED, "undo_until": None, **release_lease()},
            )
            await emit_event(session, "OrderCancelled", {"number": sale.number, "agency_code": sale.agency_code})
            return
        await queries.replace_tickets(session, sale.order_id, [])
        row = await queries.find_order_by_id(session, sale.order_id)
        booked_total = None if row is None else row.booked_total
        await record_step(
            session,
            desk,
            sale,
            state=_CONFIRMING,
            step=step,
            entry="wrong_price_undone",
            detail={"booking_id": sale.booking_id},
            changes={
                "state": OrderState.OPEN,
                "booking_id": None,
                "booked_total": None,
                "undo_until": None,
                "held_until": None,
                "problem": WrongPrice(held_total=sale.held_total, booked_total=booked_total).to_kept(),
                **release_lease(),
            },
        )


@keeps_trying
async def _record_undo_refused(desk: SaleDesk, sale: Sale, step: Step) -> None:
    if step is Step.UNDOING_WRONG_PRICE:
        await record_doubt(desk, sale, step, cause="undo_refused")
        return
    async with desk.transactions() as session:
        await record_step(
            session,
            desk,
            sale,
            state=OrderState.CONFIRMED,
            step=step,
            entry="undo_refused",
            changes={"undo_until": None, **release_lease()},
        )


# --- the whole --------------------------------------------------------------------------------------------------------


async def run_confirmation(desk: SaleDesk, sale: Sale) -> None:
    """Pay, book, check: from the recorded intent to pay to wherever the answers lead."""
    if await pay_for_order(desk, sale):
        await book_and_check(desk, sale)


async def book_and_check(desk: SaleDesk, sale: Sale) -> None:
    """Go on from the recorded payment."""
    booked = await book_paid_order(desk, sale)
    if booked is not None:
        await check_booking(desk, booked)


async def give_booking(
    session: Session, sale: Sale, booking: BookingState, *, undo_until: dt.datetime | None, actor: str
) -> bool:
    """Adopt a booking for an order in doubt; False if the order moved on meanwhile.

    Raises:
        IntegrityError: it belongs to another order.
    """
    changes = {
        "state": OrderState.CONFIRMED,
        "booking_id": booking.booking_id,
        "booked_total": sale.held_total,
        "sold_at": get_utc_now(),
        "undo_until": undo_until,
        "held_until": None,
        "problem": None,
        **_end_undo_of_final(sale),
        **release_lease(),
    }
    if not await queries.claim_booking(session, sale.order_id, [OrderState.IN_DOUBT], changes):
        return False
    await write_booked_tickets(session, sale.order_id, booking)
    await queries.mark_prebookings(session, sale.order_id, of=PrebookingState.PAID, to=PrebookingState.BOOKED)
    await queries.add_journal_entry(session, sale.order_id, actor, "adopted", {"booking_id": booking.booking_id})
    await emit_event(session, "OrderConfirmed", {"number": sale.number, "agency_code": sale.agency_code})
    return True
