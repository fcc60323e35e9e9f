"""Booking: `POST`, `PATCH` and `DELETE /api/v2/bookings`. What the description leaves open is decided by switches."""

from typing import Literal

import msgspec

from b2p_sandbox.problems import B2pProblem
from b2p_sandbox.records import Booking, Prebooking, Ticket
from b2p_sandbox.sale.payments import read_prebookings
from b2p_sandbox.sandbox import Sandbox
from b2p_sandbox.store import PENDING_LASTS, is_committed
from b2p_sandbox.wire import Request, Response, decode_body, parse_integer

_SERVICE = "bookings"


class BookingsRequest(msgspec.Struct, rename="camel"):
    """The body of a booking."""

    prebooking_ids: list[int]
    status: Literal["PENDING", "COMMITTED"]


class UpdateBookingRequest(msgspec.Struct):
    """The body of a change."""

    status: Literal["PENDING", "COMMITTED"] | None = None


def get_booking(sandbox: Sandbox, request: Request) -> Booking | None:
    """The contract's booking of the path, or None: what belongs to another contract does not exist."""
    booking_id = parse_integer(request.path_values["bookingId"], "bookingId", service=_SERVICE)
    booking = sandbox.store.bookings.get(booking_id)
    return booking if booking is not None and booking.contract_id == request.contract_id else None


def answer_new_booking(sandbox: Sandbox, request: Request) -> Response:
    """`POST /api/v2/bookings`: 201 with the booking's number and tickets."""
    order = decode_body(request, BookingsRequest, service=_SERVICE)
    chosen = read_prebookings(sandbox, request, order.prebooking_ids, service=_SERVICE)
    if any(held.booking_ids for held in chosen):
        repeated = _find_repeated(sandbox, chosen)
        if repeated is not None:
            return Response(201, _render_booking(repeated))
    for held in chosen:
        if held.has_lapsed and not held.booking_ids:
            raise B2pProblem(f"{_SERVICE}/prebooking-expired", "The prebooking has expired.", detail=str(held.id))
        if held.payment_id is None:
            raise B2pProblem(f"{_SERVICE}/not-paid", "Payment precedes booking.", detail=str(held.id))
    _check_sets(sandbox, chosen)
    booking = _create_booking(sandbox, request, chosen, is_final=order.status == "COMMITTED")
    return Response(201, _render_booking(booking))


def _find_repeated(sandbox: Sandbox, chosen: list[Prebooking]) -> Booking | None:
    """What the switch says about a repeated booking: the same again, a refusal, or None for a second booking."""
    mode = sandbox.switches.repeated_booking
    is_same_set = len({tuple(held.booking_ids) for held in chosen}) == 1
    if mode == "refuse" or not is_same_set:
        raise B2pProblem(f"{_SERVICE}/already-booked", "These prebookings are booked.", detail=str(chosen[0].id))
    if mode == "same":
        return sandbox.store.bookings[chosen[0].booking_ids[0]]
    return None


def _check_sets(sandbox: Sandbox, chosen: list[Prebooking]) -> None:
    """The prebookings of one answer are booked together."""
    given = {held.id for held in chosen}
    for set_id in {held.set_id for held in chosen}:
        first = min(held.id for held in chosen if held.set_id == set_id)
        neighbours = range(first - 80, first + 81)
        for number in neighbours:
            other = sandbox.store.prebookings.get(number)
            if other is not None and other.set_id == set_id and other.id not in given:
                raise B2pProblem(
                    f"{_SERVICE}/prebookings-incomplete",
                    "The prebookings of one answer are booked together.",
                    detail=str(other.id),
                )


def _create_booking(sandbox: Sandbox, request: Request, chosen: list[Prebooking], *, is_final: bool) -> Booking:
    store = sandbox.store
    now = sandbox.clock.now()
    tickets: list[Ticket] = []
    for held in chosen:
        reference = store.draw_reference()
        ticket_id = store.draw_number("ticket", 55_000_000)
        tickets.append(
            Ticket(
                id=ticket_id,
                prebooking_id=held.id,
                external_id=f"1590{reference}",
                reference=reference,
                price=held.offer.price,
            )
        )
    booking = Booking(
        id=store.draw_number("booking", 240_000_000),
        contract_id=request.contract_id,
        conversation_id=request.conversation_id,
        language=request.language,
        tickets=tickets,
        created_at=now,
        committed_at=now if is_final else None,
    )
    for held in chosen:
        held.booking_ids = [*held.booking_ids, booking.id]
        store.save(held)
    store.save(booking)
    return booking


def _render_booking(booking: Booking) -> dict[str, object]:
    return {
        "bookingId": booking.id,
        "tickets": [
            {
                "ticketId": ticket.id,
                "externalTicketId": ticket.external_id,
                "externalTicketReference": ticket.reference,
                "preBookingId": ticket.prebooking_id,
            }
            for ticket in booking.tickets
        ],
    }


def answer_commit(sandbox: Sandbox, request: Request) -> Response:
    """`PATCH /api/v2/bookings/{id}`: 204; 404 for what is gone or already final."""
    change = decode_body(request, UpdateBookingRequest, service=_SERVICE)
    if change.status != "COMMITTED":
        raise B2pProblem(f"{_SERVICE}/status-invalid", "A booking can only be committed.", detail="status")
    booking = get_booking(sandbox, request)
    now = sandbox.clock.now()
    if booking is None or booking.cancelled_at is not None or is_committed(booking, now):
        return Response(404)
    booking.committed_at = now
    sandbox.store.save(booking)
    return Response(204)


def answer_undo(sandbox: Sandbox, request: Request) -> Response:
    """`DELETE /api/v2/bookings/{id}`: 204 within 20 minutes of its creation, 404 otherwise."""
    booking = get_booking(sandbox, request)
    now = sandbox.clock.now()
    is_possible = (
        booking is not None
        and booking.cancelled_at is None
        and now < booking.created_at + PENDING_LASTS
        and (not is_committed(booking, now) or sandbox.switches.undo_after_commit)
        and all(ticket.refunded_at is None for ticket in booking.tickets)
    )
    if booking is None or not is_possible:
        return Response(404)
    booking.cancelled_at = now
    for ticket in booking.tickets:
        sandbox.store.release_ticket(ticket)
    sandbox.store.save(booking)
    return Response(204)
