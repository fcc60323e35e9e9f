"""Adopt the booking by its ticket number, or declare the order not sold (design section 4)."""

import datetime as dt

from sqlalchemy.exc import IntegrityError

from agenturclient.core.database import Session, get_utc_now
from agenturclient.core.outbox import emit_event
from agenturclient.core.problems import Problem
from agenturclient.identity.schemas import Caller
from agenturclient.offers.problems import translate_rail_error
from agenturclient.orders import queries
from agenturclient.orders.hold.service import load_contents, load_named
from agenturclient.orders.problems import (
    BookingBelongsToAnotherOrder,
    BookingDoesNotFit,
    BookingNotFound,
    NotInDoubt,
)
from agenturclient.orders.queries import OrderRow
from agenturclient.orders.reading.service import Scope, get_order_row, read_order
from agenturclient.orders.rules import OrderState, find_adoption_faults, fold_name
from agenturclient.orders.sale.desk import SaleDesk, make_sale, release_lease
from agenturclient.orders.sale.service import give_booking
from agenturclient.orders.schemas import AdoptBooking, DeclareNotSold, Doubt, Order, PrebookingView
from agenturclient.rail.errors import RailError
from agenturclient.rail.port import BookingState


async def read_doubt(desk: SaleDesk, number: str, scope: Scope) -> Doubt:
    """An order in doubt, with the contract and the prebookings by which SBB's care can look for its sale.

    Raises:
        NotFound, NotInDoubt
    """
    async with desk.transactions.read() as session:
        row = await get_order_row(session, number, scope)
        prebookings = await queries.list_prebookings(session, row.id)
    if row.state != OrderState.IN_DOUBT:
        raise NotInDoubt("The order is settled.", state=row.state)
    return Doubt(
        order=await read_order(desk, number, scope),
        contract_id=row.contract_id,
        prebookings=[
            PrebookingView(prebooking_id=one.prebooking_id, state=one.state, expires_at=one.expires_at)
            for one in prebookings
        ],
    )


async def adopt_booking(desk: SaleDesk, caller: Caller, number: str, scope: Scope, command: AdoptBooking) -> Order:
    """Give an order in doubt the booking to which a printed ticket number belongs, if it is this order's.

    Raises:
        NotInDoubt, BookingNotFound, BookingDoesNotFit, BookingBelongsToAnotherOrder, RailUnavailable
    """
    async with desk.transactions.read() as session:
        row = await get_order_row(session, number, scope)
        if row.state != OrderState.IN_DOUBT:
            raise NotInDoubt("Only an order in doubt adopts a booking.", state=row.state)
    sale = make_sale(row, actor=caller.name[:120], budget_seconds=desk.confirm_budget_seconds)
    printed_number = "".join(command.printed_number.split())
    try:
        booking = await desk.rail.find_booking_by_ticket_number(sale.context, printed_number)
    except RailError as error:
        raise translate_rail_error(error) from error
    if booking is None:
        raise BookingNotFound("Check the number with SBB's care.")
    async with desk.transactions.read() as session:
        await _check_adoption(session, row, booking)
    try:
        async with desk.transactions() as session:
            is_given = await give_booking(
                session, sale, booking, undo_until=_compute_undo_end(desk, booking), actor=caller.name[:120]
            )
    except IntegrityError as error:
        raise BookingBelongsToAnotherOrder("Another order has this booking already.") from error
    if not is_given:
        raise NotInDoubt("The order was settled meanwhile.")
    return await read_order(desk, number, scope)


def _compute_undo_end(desk: SaleDesk, booking: BookingState) -> dt.datetime | None:
    """The end of the right to undo, from when SBB says it sold; None if that is not known or over."""
    sold = [ticket.sold_at for ticket in booking.tickets if ticket.sold_at is not None]
    if not sold:
        return None
    end = min(sold) + dt.timedelta(seconds=desk.settings.undo_seconds - 30)
    return end if end > get_utc_now() else None


async def _check_adoption(session: Session, row: OrderRow, booking: BookingState) -> None:
    contents = await load_contents(session, row.id)
    days = {content.asked.travel_on for content in contents}
    days |= {content.asked.inward.departure_at.date() for content in contents if content.asked.inward is not None}
    travellers = {
        (fold_name(named.first_name), fold_name(named.last_name), named.born_on)
        for named in await load_named(session, row.id)
        if named.born_on is not None
    }
    faults = ["booking"] if row.booking_id not in {None, booking.booking_id} else []
    faults += find_adoption_faults(booking, held_total=row.held_total or 0, travel_days=days, travellers=travellers)
    if faults:
        raise BookingDoesNotFit("The booking differs from the order.", faults=faults)


async def declare_not_sold(desk: SaleDesk, caller: Caller, number: str, scope: Scope, command: DeclareNotSold) -> Order:
    """End an order in doubt as not sold, with a note of who said so.

    Raises:
        NotInDoubt
    """
    async with desk.transactions() as session:
        row = await get_order_row(session, number, scope)
        problem: Problem = NotInDoubt("Only an order in doubt can be declared not sold.", state=row.state)
        changes = {"state": OrderState.FAILED, **release_lease()}
        if not await queries.move_order(session, row.id, state=OrderState.IN_DOUBT, step=None, changes=changes):
            raise problem
        await queries.add_journal_entry(session, row.id, caller.name[:120], "declared_not_sold", {"note": command.note})
        await emit_event(session, "OrderDeclaredNotSold", {"number": row.number, "agency_code": row.agency_code})
    return await read_order(desk, number, scope)
