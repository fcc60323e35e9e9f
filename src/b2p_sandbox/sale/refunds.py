"""Refunds: reasons, offers that live 20 minutes, and taking them. Money in Rappen.

The stand-in's rule (the real one is SBB's): a single or day ticket comes back whole, less CHF 10; a pass of several
days less CHF 10 before its first day, afterwards also less the share of days that have begun; a saver ticket never.
"""

from datetime import timedelta

import msgspec

from b2p_sandbox.clock import ZURICH
from b2p_sandbox.problems import B2pProblem
from b2p_sandbox.records import Booking, RefundOffer, Ticket
from b2p_sandbox.sale.bookings import get_booking
from b2p_sandbox.sale.reading import list_refund_reasons
from b2p_sandbox.sandbox import Sandbox
from b2p_sandbox.store import is_committed
from b2p_sandbox.wire import Request, Response, answer_list, decode_body, find_text, list_texts, parse_integer

EXCESS = 1000
REFUND_OFFERS_LAST = timedelta(minutes=20)
_SERVICE = "refunds"


class RefundBookingsRequest(msgspec.Struct, rename="camel"):
    """The refund offers to take."""

    refund_offer_ids: list[int]


def answer_refund_reasons(sandbox: Sandbox, request: Request) -> Response:
    """`GET /api/bookings/{bookingId}/refund-reasons`: per ticket; 204 when nothing can come back."""
    booking = get_booking(sandbox, request)
    if booking is None:
        return Response(204)
    options: list[dict[str, object]] = []
    for ticket in booking.tickets:
        reasons = list_refund_reasons(
            booking, ticket, sandbox.store.prebookings[ticket.prebooking_id], request.language
        )
        if reasons:
            options.append({"ticketId": str(ticket.id), "refundReasons": reasons})
    return answer_list(options)


def answer_refund_offers(sandbox: Sandbox, request: Request) -> Response:
    """`GET /api/refund-offers`: one offer with the totals of the tickets that were asked for."""
    if (find_text(request, "refundReasonId") or "NICHT_BENUTZT") != "NICHT_BENUTZT":
        raise B2pProblem(f"{_SERVICE}/reason-unknown", "The refund reason is not known.", detail="refundReasonId")
    ticket_ids = [parse_integer(text, "ticketIds", service=_SERVICE) for text in list_texts(request, "ticketIds")]
    if not ticket_ids or len(set(ticket_ids)) != len(ticket_ids):
        raise B2pProblem(f"{_SERVICE}/ticket-ids-invalid", "Different ticket ids are needed.", detail="ticketIds")
    found = [_get_ticket(sandbox, request, ticket_id) for ticket_id in ticket_ids]
    if any(booking.cancelled_at or ticket.refunded_at for booking, ticket in found):
        return Response(204)
    holds = [sandbox.store.prebookings[ticket.prebooking_id] for _, ticket in found]
    if len(found) > 1 and any(held.offer.is_individually_refundable for held in holds):
        raise B2pProblem(f"{_SERVICE}/only-individually-refundable", "Ask for these tickets one by one.")
    parts = [_compute_refund(sandbox, ticket) for _, ticket in found]
    offer = RefundOffer(
        id=sandbox.store.draw_number("refund-offer", 352_000_000),
        contract_id=request.contract_id,
        ticket_ids=ticket_ids,
        amounts=[ticket.price - excess - used for (_, ticket), (excess, used) in zip(found, parts, strict=True)],
        original_price=sum(ticket.price for _, ticket in found),
        excess=sum(excess for excess, _ in parts),
        used_part=sum(used for _, used in parts),
        refundable_amount=0,
        lapses_at=sandbox.clock.now() + REFUND_OFFERS_LAST,
    )
    offer.refundable_amount = sum(offer.amounts)
    sandbox.store.refund_offers[offer.id] = offer
    return Response(200, {"refundOfferPackage": {"refundOffers": [_render_refund_offer(offer)]}})


def _get_ticket(sandbox: Sandbox, request: Request, ticket_id: int) -> tuple[Booking, Ticket]:
    found = sandbox.store.tickets.get(ticket_id)
    if found is None or found[0].contract_id != request.contract_id:
        raise B2pProblem(f"{_SERVICE}/ticket-not-found", "There is no such ticket.", detail=str(ticket_id))
    if not is_committed(found[0], sandbox.clock.now()):
        raise B2pProblem(f"{_SERVICE}/booking-pending", "The booking is not committed yet.", detail=str(ticket_id))
    return found


def _compute_refund(sandbox: Sandbox, ticket: Ticket) -> tuple[int, int]:
    """Excess and used part of a ticket's price."""
    offer = sandbox.store.prebookings[ticket.prebooking_id].offer
    if offer.refund_rule == "none":
        return ticket.price, 0
    used = 0
    today = sandbox.clock.now().astimezone(ZURICH).date()
    if offer.refund_rule == "share_of_days" and today >= offer.travel_on:
        days = max(1, (offer.valid_until.astimezone(ZURICH).date() - offer.travel_on).days)
        used = min(ticket.price, ticket.price * min(days, (today - offer.travel_on).days + 1) // days)
    return min(EXCESS, ticket.price - used), used


def _render_refund_offer(offer: RefundOffer) -> dict[str, object]:
    return {
        "refundOfferId": offer.id,
        "originalPrice": offer.original_price,
        "excess": offer.excess,
        "usedPart": offer.used_part,
        "refundableAmount": offer.refundable_amount,
        "currency": "CHF",
    }


def answer_refund(sandbox: Sandbox, request: Request) -> Response:
    """`POST /api/refunds`: takes the offers, all or none."""
    order = decode_body(request, RefundBookingsRequest, service=_SERVICE)
    if not order.refund_offer_ids or len(set(order.refund_offer_ids)) != len(order.refund_offer_ids):
        raise B2pProblem(f"{_SERVICE}/refund-offers-missing", "Different refund offers are needed.")
    offers = [_get_refund_offer(sandbox, request, offer_id) for offer_id in order.refund_offer_ids]
    all_tickets = [ticket_id for offer in offers for ticket_id in offer.ticket_ids]
    if len(set(all_tickets)) != len(all_tickets):
        raise B2pProblem(f"{_SERVICE}/ticket-twice", "A ticket is refunded once.")
    return Response(200, [answer for offer in offers for answer in _take_refund_offer(sandbox, offer)])


def _get_refund_offer(sandbox: Sandbox, request: Request, offer_id: int) -> RefundOffer:
    offer = sandbox.store.refund_offers.get(offer_id)
    if offer is None or offer.contract_id != request.contract_id:
        raise B2pProblem(
            f"{_SERVICE}/refund-offer-not-found", "No such refund offer.", status=404, detail=str(offer_id)
        )
    if offer.lapses_at <= sandbox.clock.now():
        raise B2pProblem(f"{_SERVICE}/refund-offer-expired", "The refund offer has expired.", detail=str(offer_id))
    tickets = [sandbox.store.tickets[ticket_id] for ticket_id in offer.ticket_ids]
    if offer.is_booked or any(booking.cancelled_at or ticket.refunded_at for booking, ticket in tickets):
        raise B2pProblem(f"{_SERVICE}/already-refunded", "This was refunded or undone.", detail=str(offer_id))
    if offer.refundable_amount == 0:
        raise B2pProblem(f"{_SERVICE}/nothing-refundable", "Nothing would come back.", detail=str(offer_id))
    return offer


def _take_refund_offer(sandbox: Sandbox, offer: RefundOffer) -> list[dict[str, object]]:
    offer.is_booked = True
    refund_booking_id = sandbox.store.draw_number("refund-booking", 353_000_000)
    answers: list[dict[str, object]] = []
    for ticket_id, amount in zip(offer.ticket_ids, offer.amounts, strict=True):
        booking, ticket = sandbox.store.tickets[ticket_id]
        ticket.refunded_amount = amount
        ticket.refunded_at = sandbox.clock.now()
        ticket.refund_booking_id = refund_booking_id
        sandbox.store.release_ticket(ticket)
        sandbox.store.save(booking)
        answers.append(
            {
                "bookingId": booking.id,
                "savBookingId": refund_booking_id,
                "savTicketId": sandbox.store.draw_number("refund-ticket", 18_000_000),
            }
        )
    return answers
