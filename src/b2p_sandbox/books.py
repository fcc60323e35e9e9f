"""The stand-in's own books: what was sold, undone, refunded and invoiced, for tests to compare to the Rappen.

An invoice line is one of `ticket` (+), `cancellation` (−), `refund` (−) or, where the switch says so,
`payment_without_booking` (+). Lines carry the contract and both references of the payment.
"""

from datetime import datetime

from b2p_sandbox.records import Booking, Payment, Prebooking, Ticket
from b2p_sandbox.sale.reading import describe_ticket_state
from b2p_sandbox.sandbox import Sandbox
from b2p_sandbox.store import is_committed


def render_books(sandbox: Sandbox, *, contract_id: str | None = None) -> dict[str, object]:
    """Everything that was sold, of one contract or of all: bookings, payments, prebookings, invoice lines, totals."""
    store = sandbox.store
    now = sandbox.clock.now()
    bookings = [entry for entry in store.bookings.values() if contract_id in {None, entry.contract_id}]
    payments = [entry for entry in store.payments.values() if contract_id in {None, entry.contract_id}]
    holds = [entry for entry in store.prebookings.values() if contract_id in {None, entry.contract_id}]
    invoice = [line for booking in bookings for line in _list_booking_lines(sandbox, booking)]
    unbooked = [payment for payment in payments if _is_never_booked(sandbox, payment)]
    if sandbox.switches.unbooked_payment_invoiced:
        invoice += [_render_line("payment_without_booking", payment, payment.amount) for payment in unbooked]
    totals: dict[str, int] = {}
    for line in invoice:
        totals[str(line["contract_id"])] = totals.get(str(line["contract_id"]), 0) + int(str(line["amount"]))
    return {
        "now": now,
        "bookings": [_render_booking_entry(sandbox, booking, now) for booking in bookings],
        "payments": [_render_payment(sandbox, payment) for payment in payments],
        "payments_without_booking": [payment.id for payment in unbooked],
        "prebookings": [_render_prebooking(held) for held in holds],
        "invoice": invoice,
        "invoice_total_by_contract": totals,
        "places_taken": dict(store.taken),
    }


def _is_never_booked(sandbox: Sandbox, payment: Payment) -> bool:
    return not any(sandbox.store.prebookings[number].booking_ids for number in payment.prebooking_ids)


def find_payment(sandbox: Sandbox, ticket: Ticket) -> Payment | None:
    """The payment that a ticket was sold on."""
    payment_id = sandbox.store.prebookings[ticket.prebooking_id].payment_id
    return sandbox.store.payments.get(payment_id) if payment_id is not None else None


def _list_booking_lines(sandbox: Sandbox, booking: Booking) -> list[dict[str, object]]:
    lines: list[dict[str, object]] = []
    for ticket in booking.tickets:
        payment = find_payment(sandbox, ticket)
        if payment is None:
            continue
        lines.append(_render_line("ticket", payment, ticket.price, booking, ticket))
        if booking.cancelled_at is not None:
            lines.append(_render_line("cancellation", payment, -ticket.price, booking, ticket))
        if ticket.refunded_at is not None:
            lines.append(_render_line("refund", payment, -ticket.refunded_amount, booking, ticket))
    return lines


def _render_line(
    kind: str, payment: Payment, amount: int, booking: Booking | None = None, ticket: Ticket | None = None
) -> dict[str, object]:
    return {
        "kind": kind,
        "contract_id": payment.contract_id,
        "reference1": payment.reference1,
        "reference2": payment.reference2,
        "payment_id": payment.id,
        "booking_id": booking.id if booking else None,
        "ticket_id": ticket.id if ticket else None,
        "amount": amount,
    }


def _render_booking_entry(sandbox: Sandbox, booking: Booking, now: datetime) -> dict[str, object]:
    payment = find_payment(sandbox, booking.tickets[0])
    tickets = [_render_ticket_entry(sandbox, booking, ticket, now) for ticket in booking.tickets]
    return {
        "booking_id": booking.id,
        "contract_id": booking.contract_id,
        "conversation_id": booking.conversation_id,
        "reference1": payment.reference1 if payment else None,
        "reference2": payment.reference2 if payment else None,
        "status": "COMMITTED" if is_committed(booking, now) else "PENDING",
        "is_cancelled": booking.cancelled_at is not None,
        "created_at": booking.created_at,
        "cancelled_at": booking.cancelled_at,
        "amount": sum(ticket.price for ticket in booking.tickets),
        "tickets": tickets,
    }


def _render_ticket_entry(sandbox: Sandbox, booking: Booking, ticket: Ticket, now: datetime) -> dict[str, object]:
    held = sandbox.store.prebookings[ticket.prebooking_id]
    return {
        "ticket_id": ticket.id,
        "prebooking_id": ticket.prebooking_id,
        "external_ticket_id": ticket.external_id,
        "reference": ticket.reference,
        "price": ticket.price,
        "refunded_amount": ticket.refunded_amount,
        "status": describe_ticket_state(booking, ticket, held, now),
        "product_id": held.offer.product_id,
        "first_name": held.person.first_name,
        "last_name": held.person.last_name,
        "date_of_birth": held.person.born_on,
        "travel_on": held.offer.travel_on,
    }


def _render_payment(sandbox: Sandbox, payment: Payment) -> dict[str, object]:
    booking_ids = {
        booking_id for number in payment.prebooking_ids for booking_id in sandbox.store.prebookings[number].booking_ids
    }
    return {
        "payment_id": payment.id,
        "contract_id": payment.contract_id,
        "conversation_id": payment.conversation_id,
        "prebooking_ids": payment.prebooking_ids,
        "amount": payment.amount,
        "reference1": payment.reference1,
        "reference2": payment.reference2,
        "created_at": payment.created_at,
        "booking_ids": sorted(booking_ids),
    }


def _render_prebooking(held: Prebooking) -> dict[str, object]:
    return {
        "prebooking_id": held.id,
        "contract_id": held.contract_id,
        "conversation_id": held.conversation_id,
        "offer_identifier": held.offer.id,
        "price": held.offer.price,
        "lapses_at": held.lapses_at,
        "has_lapsed": held.has_lapsed,
        "payment_id": held.payment_id,
        "booking_ids": held.booking_ids,
    }
