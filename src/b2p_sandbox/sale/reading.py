"""Reading bookings: by their number, or by the number that is printed on a ticket."""

from datetime import datetime

from b2p_sandbox.clock import ZURICH
from b2p_sandbox.fares.products import BIKE, SAVER, SINGLE
from b2p_sandbox.fares.tariff import VAT_PER_MILLE
from b2p_sandbox.fares.texts import get_label
from b2p_sandbox.records import Booking, Prebooking, Ticket
from b2p_sandbox.sale.bookings import get_booking
from b2p_sandbox.sandbox import Sandbox
from b2p_sandbox.store import TICKETS_KEPT, is_committed
from b2p_sandbox.wire import Request, Response, get_text

_CLASS_NAMES = {1: "ERSTE_KLASSE", 2: "ZWEITE_KLASSE"}


def answer_booking(sandbox: Sandbox, request: Request) -> Response:
    """`GET /api/v2/bookings/{bookingId}`"""
    return _answer_reading(sandbox, request, get_booking(sandbox, request))


def answer_booking_by_ticket(sandbox: Sandbox, request: Request) -> Response:
    """`GET /api/v2/bookings?onlineTicketId=`: the booking that contains the ticket."""
    number = get_text(request, "onlineTicketId", service="bookings").strip()
    booking_id = sandbox.store.booking_by_reference.get(number)
    booking = sandbox.store.bookings.get(booking_id) if booking_id is not None else None
    if booking is not None and booking.contract_id != request.contract_id:
        booking = None
    return _answer_reading(sandbox, request, booking)


def _answer_reading(sandbox: Sandbox, request: Request, booking: Booking | None) -> Response:
    now = sandbox.clock.now()
    if booking is None or now > booking.created_at + TICKETS_KEPT:
        return Response(204)
    if booking.cancelled_at is not None and sandbox.switches.read_after_undo == "nothing":
        return Response(204)
    items = [_render_item(sandbox, booking, ticket, request.language, now) for ticket in booking.tickets]
    status = "COMMITTED" if is_committed(booking, now) else "PENDING"
    return Response(200, {"bookingId": str(booking.id), "status": status, "bookings": items})


def describe_ticket_state(booking: Booking, ticket: Ticket, held: Prebooking, now: datetime) -> str:
    """The state of a ticket, in B2P's German: to come, valid, past, undone, refunded."""
    if booking.cancelled_at is not None:
        return "STORNIERT"
    if ticket.refunded_at is not None:
        return "ERSTATTET"
    if now < held.offer.valid_from:
        return "ZUKUNFT_GUELTIG"
    return "GUELTIG" if now < held.offer.valid_until else "ABGELAUFEN"


def _render_item(sandbox: Sandbox, booking: Booking, ticket: Ticket, language: str, now: datetime) -> dict[str, object]:
    held = sandbox.store.prebookings[ticket.prebooking_id]
    offer = held.offer
    item: dict[str, object] = {
        "ticketId": str(ticket.id),
        "externalTicketId": ticket.external_id,
        "externalTicketReference": ticket.reference,
        "status": describe_ticket_state(booking, ticket, held, now),
        "salesDate": f"{booking.created_at.astimezone(ZURICH):%Y-%m-%d %H:%M:%S}",
        "productDescription": sandbox.catalogue[offer.product_id].name[language],
        "productId": str(offer.product_id),
        "travelDate": offer.travel_on.isoformat(),
        "tripType": "Return" if offer.direction == "round" else "Single",
        "qualityOfService": _CLASS_NAMES[offer.service_class],
        "passenger": {
            "name": held.person.last_name,
            "firstName": held.person.first_name,
            "dateOfBirth": held.person.born_on.isoformat(),
        },
        "price": ticket.price,
        "vat": VAT_PER_MILLE,
        "currency": "CHF",
        "fareReference": _name_fare(offer.product_id),
        "paymentMethodDetails": {"description": get_label("invoice", language), "abbreviation": "RE"},
    }
    reasons = list_refund_reasons(booking, ticket, held, language)
    if reasons:
        item["refundData"] = {
            "type": reasons[0]["type"],
            "onlyIndividuallyRefundable": reasons[0]["onlyIndividuallyRefundable"],
            "refundReasons": reasons,
        }
    return item


def _name_fare(product_id: int) -> str:
    return {SINGLE: "EINZELBILLETT", SAVER: "SPARBILLETT", BIKE: "VELOTAGESKARTE"}.get(product_id, "TAGESKARTE")


def list_refund_reasons(booking: Booking, ticket: Ticket, held: Prebooking, language: str) -> list[dict[str, object]]:
    """Why a ticket could be refunded; empty when it cannot be."""
    if booking.cancelled_at is not None or ticket.refunded_at is not None or not held.offer.is_refundable:
        return []
    return [
        {
            "description": get_label("not_used", language),
            "reasonId": "NICHT_BENUTZT",
            "onlyIndividuallyRefundable": held.offer.is_individually_refundable,
            "type": "TEILERSTATTUNG",
        }
    ]
