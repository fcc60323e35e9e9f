"""Ticket documents and control barcodes."""

import base64
from io import BytesIO

import msgspec
import segno

from b2p_sandbox.documents.content import TicketContent, describe_ticket
from b2p_sandbox.documents.html import render_html
from b2p_sandbox.documents.pdf import render_pdf
from b2p_sandbox.documents.wallet import render_wallet_pass
from b2p_sandbox.problems import B2pProblem
from b2p_sandbox.records import Barcode, Booking, Ticket
from b2p_sandbox.sale.bookings import get_booking
from b2p_sandbox.sandbox import Sandbox
from b2p_sandbox.store import TICKETS_KEPT, is_committed
from b2p_sandbox.wire import Request, Response, decode_body, parse_integer, parse_timestamp

_FORMATS = {
    "application/pdf": render_pdf,
    "text/html": render_html,
    "application/vnd.apple.pkpass": render_wallet_pass,
}


def answer_ticket(sandbox: Sandbox, request: Request) -> Response:
    """`GET /api/v2/bookings/{bookingId}/tickets/{ticketId}` as PDF, HTML or wallet pass, for a year."""
    booking, ticket = _find_ticket(sandbox, request)
    now = sandbox.clock.now()
    if booking is None or ticket is None or booking.cancelled_at is not None or now > booking.created_at + TICKETS_KEPT:
        raise B2pProblem("tickets/not-found", "There is no such ticket.", status=404)
    if not is_committed(booking, now) and not sandbox.switches.documents_while_pending:
        raise B2pProblem("tickets/booking-pending", "The booking is not committed yet.", status=404)
    media_type = _choose_format(request.headers.get("accept", ""))
    content = describe_ticket(booking, ticket, sandbox.store.prebookings[ticket.prebooking_id])
    return Response(200, raw=_render_as(media_type, content), content_type=media_type)


def _find_ticket(sandbox: Sandbox, request: Request) -> tuple[Booking | None, Ticket | None]:
    """Booking and ticket of the path; what is no number is not there: the operation knows no 400."""
    try:
        booking = get_booking(sandbox, request)
        ticket_id = parse_integer(request.path_values["ticketId"], "ticketId", service="tickets")
    except B2pProblem:
        return None, None
    return booking, next((entry for entry in booking.tickets if entry.id == ticket_id), None) if booking else None


def _render_as(media_type: str, content: TicketContent) -> bytes:
    return _FORMATS[media_type](content)


def _choose_format(accept: str) -> str:
    for entry in accept.split(","):
        media_type = entry.split(";")[0].strip().lower()
        if media_type in _FORMATS:
            return media_type
    raise B2pProblem("tickets/media-type-not-supported", "Ask for PDF, HTML or pkpass.", status=415, detail="Accept")


class TariffInformation(msgspec.Struct, rename="camel"):
    """What the ticket is for; the rest of its fields does not matter to the stand-in."""

    description: dict[str, str]
    valid_from_date: str
    valid_to_date: str


class BarcodeRequest(msgspec.Struct, rename="camel"):
    """The attributes of a partner's own ticket."""

    original_system: str
    original_id: str
    tariff_information: TariffInformation
    passenger_informations: list[dict[str, object]] = []
    specimen: bool = False


def answer_new_barcode(sandbox: Sandbox, request: Request) -> Response:
    """`POST /api/barcodes`: a QR code as PNG and its raw content."""
    order = decode_body(request, BarcodeRequest, service="barcodes")
    if not order.original_system or not order.original_id:
        raise B2pProblem("barcodes/original-missing", "System and id are needed.", detail="originalId")
    if not any(order.tariff_information.description.values()):
        raise B2pProblem("barcodes/description-missing", "A description is needed.", detail="tariffInformation")
    information = order.tariff_information
    start = parse_timestamp(information.valid_from_date, "validFromDate", service="barcodes")
    if parse_timestamp(information.valid_to_date, "validToDate", service="barcodes") < start:
        raise B2pProblem("barcodes/validity-invalid", "The validity ends before it starts.", detail="validToDate")
    reference = sandbox.store.draw_reference()
    content = f"SPECIMEN|{reference}|{order.original_system}|{order.original_id}"
    image = BytesIO()
    segno.make_qr(content, error="m").save(image, kind="png", scale=4)
    sandbox.store.save(Barcode(id=reference, contract_id=request.contract_id, content=content))
    return Response(
        200,
        {
            "png": base64.b64encode(image.getvalue()).decode(),
            "raw": base64.b64encode(content.encode()).decode(),
            "barcodeId": reference,
        },
    )


def answer_barcode_deletion(sandbox: Sandbox, request: Request) -> Response:
    """`DELETE /api/barcodes/{barcodeId}`"""
    barcode = sandbox.store.barcodes.get(request.path_values["barcodeId"])
    if barcode is None or barcode.contract_id != request.contract_id or barcode.is_deleted:
        return Response(404)
    barcode.is_deleted = True
    sandbox.store.save(barcode)
    return Response(200)
