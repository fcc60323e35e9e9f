"""Routes of tickets' documents."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Final

from litestar import Response, get
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.openapi.spec import OpenAPIHeader, OpenAPIMediaType, OpenAPIResponse, OpenAPIType, Operation, Schema
from litestar.params import FromQuery, PathParameter

from agenturclient.core.problems import fails_with
from agenturclient.deps import Permission, ScopeDep, requires
from agenturclient.offers.problems import RailBusyHere, RailRefusedRequest, RailUnavailable
from agenturclient.orders.problems import OrderStateChanged
from agenturclient.orders.reading.service import narrow_orders
from agenturclient.rail.port import DocumentKind
from agenturclient.tickets.problems import DocumentNotKept, DocumentNotOffered, DocumentNotReady, DocumentsNotMerged
from agenturclient.tickets.rules import MEDIA_TYPES, TicketMark
from agenturclient.tickets.service import HandedOver, TicketDesk, hand_over_document, hand_over_order

MARK_HEADER: Final = "Agenturclient-Ticket-Mark"
# SBB's markup is shown as a picture of itself: no script, no form, nothing from elsewhere, an origin of its own.
_MARKUP_POLICY: Final = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
# A PDF is drawn by the browser's own viewer, to which a narrower policy says nothing; only we may frame it.
_FILE_POLICY: Final = "frame-ancestors 'self'"

Number = Annotated[str, PathParameter(max_length=40, description="Order number, in any case, hyphens or not")]
TicketId = Annotated[str, PathParameter(max_length=64, description="As the order's `tickets` name it")]
TicketDeskDep = NamedDependency[TicketDesk]


def provide_ticket_desk(state: State) -> TicketDesk:
    ticket_desk: TicketDesk = state.ticket_desk
    return ticket_desk


DEPENDENCIES = {"ticket_desk": Provide(provide_ticket_desk, sync_to_thread=False)}


def _describe_file(media_types: Iterable[str]) -> OpenAPIResponse:
    content = {
        media_type: OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING, format=None)) for media_type in media_types
    }
    marks = Schema(type=OpenAPIType.STRING, enum=[str(mark) for mark in TicketMark])
    header = OpenAPIHeader(schema=marks, required=True, description="What the document is worth now")
    return OpenAPIResponse(description="The document", content=content, headers={MARK_HEADER: header})


@dataclass
class _PrintOperation(Operation):
    """Litestar describes one media type with a JSON schema; a file has none."""

    def __post_init__(self) -> None:
        self.responses = {**(self.responses or {}), "200": _describe_file([MEDIA_TYPES[DocumentKind.PDF]])}


@dataclass
class _DocumentOperation(Operation):
    def __post_init__(self) -> None:
        self.responses = {**(self.responses or {}), "200": _describe_file(MEDIA_TYPES.values())}


def _answer_document(document: HandedOver) -> Response[bytes]:
    is_markup = document.kind is DocumentKind.HTML
    disposition = "attachment" if document.kind is DocumentKind.PKPASS else "inline"
    return Response(
        document.content,
        media_type=MEDIA_TYPES[document.kind],
        # The framework names the encoding where the type is a text; for others it says nothing.
        encoding=_guess_encoding(document.content) if is_markup else "utf-8",
        headers={
            MARK_HEADER: str(document.mark),
            "Content-Disposition": f'{disposition}; filename="{document.file_name}"',
            "Content-Security-Policy": _MARKUP_POLICY if is_markup else _FILE_POLICY,
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


def _guess_encoding(markup: bytes) -> str:
    """SBB's answer does not get here with its encoding; what is no UTF-8 is Western European."""
    try:
        markup.decode()
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"


_FAILURES: Final = (
    OrderStateChanged,
    DocumentNotReady,
    DocumentNotKept,
    DocumentsNotMerged,
    RailUnavailable,
    RailBusyHere,
    RailRefusedRequest,
)


@get(
    "/orders/{number:str}/documents.pdf",
    guards=[requires(Permission.TICKETS_READ)],
    responses=fails_with(*_FAILURES),
    operation_class=_PrintOperation,
)
async def print_order_endpoint(number: Number, agency_scope: ScopeDep, ticket_desk: TicketDeskDep) -> Response[bytes]:
    """All tickets of a sold order as one PDF. Cancelled ones are among them, with the word across the page."""
    return _answer_document(await hand_over_order(ticket_desk, number, narrow_orders(agency_scope)))


@get(
    "/orders/{number:str}/tickets/{ticket_id:str}/document",
    guards=[requires(Permission.TICKETS_READ)],
    responses=fails_with(DocumentNotOffered, *_FAILURES),
    operation_class=_DocumentOperation,
)
async def read_document_endpoint(
    number: Number,
    ticket_id: TicketId,
    agency_scope: ScopeDep,
    ticket_desk: TicketDeskDep,
    kind: FromQuery[DocumentKind] = DocumentKind.PDF,
) -> Response[bytes]:
    """One ticket: for print, for the screen, or for a phone's wallet. The header says whether it is still valid."""
    scope = narrow_orders(agency_scope)
    return _answer_document(await hand_over_document(ticket_desk, number, ticket_id, kind, scope))


ROUTES: list[Any] = [print_order_endpoint, read_document_endpoint]
