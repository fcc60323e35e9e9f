"""`agenturclient.rail.port.Rail` against SBB's B2P 3.20.23."""

from collections.abc import Callable
from types import TracebackType
from typing import Self, TypeVar

from agenturclient.rail.b2p import reading, wire, writing
from agenturclient.rail.b2p.errors import Operation
from agenturclient.rail.b2p.reading_trips import read_trip
from agenturclient.rail.b2p.transport import B2pAnswer, B2pRequest, Transport
from agenturclient.rail.errors import RailRefused, RefusalReason
from agenturclient.rail.port import (
    Announcement,
    Booking,
    BookingState,
    DocumentKind,
    Hold,
    HoldRequest,
    OfferBundle,
    Price,
    PriceQuery,
    Product,
    ProductOfferQuery,
    RailContext,
    RailPlace,
    RailStatus,
    RouteOfferQuery,
    Trip,
    TripOfferQuery,
    TripPage,
    TripQuery,
)
from agenturclient.settings import RailSettings

T = TypeVar("T")


class B2pRail:
    """The supplier's client. `async with B2pRail(settings) as rail:` or `open_rail` and `close_rail`; one per process.

    Shapes and errors of the methods are the port's.
    """

    def __init__(self, settings: RailSettings) -> None:
        self._transport = Transport(settings)

    async def open_rail(self) -> None:
        """Make the connection pools; nothing is sent."""
        await self._transport.open_transport()

    async def close_rail(self) -> None:
        """Close all connections."""
        await self._transport.close_transport()

    async def __aenter__(self) -> Self:
        await self.open_rail()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close_rail()

    async def search_places(self, context: RailContext, name: str) -> tuple[RailPlace, ...]:
        """See the port."""
        operation = Operation.SEARCH_PLACES
        return await self._send(
            operation,
            context,
            lambda: writing.write_place_search(name),
            lambda answer: reading.read_list(operation, answer, wire.Location, reading.read_place),
        )

    async def search_trips(self, context: RailContext, query: TripQuery) -> TripPage:
        """See the port."""
        operation = Operation.SEARCH_TRIPS

        def read_page(answer: B2pAnswer) -> TripPage:
            trips = reading.read_list(operation, answer, wire.Trip, read_trip)
            return TripPage(trips=trips, earlier=answer.scroll_back, later=answer.scroll_forward)

        return await self._send(operation, context, lambda: writing.write_trip_search(query), read_page)

    async def refresh_trip(self, context: RailContext, trip_id: str) -> Trip:
        """See the port."""
        operation = Operation.REFRESH_TRIP

        def read_first(answer: B2pAnswer) -> Trip | None:
            trips = reading.read_list(operation, answer, wire.Trip, read_trip)
            return trips[0] if trips else None

        trip = await self._send(operation, context, lambda: writing.write_trip_refresh(trip_id), read_first)
        if trip is None:
            raise RailRefused(operation, RefusalReason.TRIP_EXPIRED)
        return trip

    async def find_prices(self, context: RailContext, query: PriceQuery) -> tuple[Price, ...]:
        """See the port."""
        operation = Operation.FIND_PRICES

        def read_all(answer: B2pAnswer) -> tuple[Price, ...]:
            return reading.read_prices(reading.read_list(operation, answer, wire.Price, lambda price: price))

        return await self._send(operation, context, lambda: writing.write_price_query(query), read_all)

    async def find_trip_offers(self, context: RailContext, query: TripOfferQuery) -> tuple[OfferBundle, ...]:
        """See the port."""
        return await self._find_offers(
            Operation.FIND_TRIP_OFFERS, context, lambda: writing.write_trip_offer_query(query)
        )

    async def find_route_offers(self, context: RailContext, query: RouteOfferQuery) -> tuple[OfferBundle, ...]:
        """See the port."""
        return await self._find_offers(
            Operation.FIND_ROUTE_OFFERS, context, lambda: writing.write_route_offer_query(query)
        )

    async def find_product_offers(self, context: RailContext, query: ProductOfferQuery) -> tuple[OfferBundle, ...]:
        """See the port."""
        return await self._find_offers(
            Operation.FIND_PRODUCT_OFFERS, context, lambda: writing.write_product_offer_query(query)
        )

    async def list_products(self, context: RailContext) -> tuple[Product, ...]:
        """See the port."""
        operation = Operation.LIST_PRODUCTS
        return await self._send(
            operation,
            context,
            writing.write_product_list,
            lambda answer: reading.read_list(operation, answer, wire.Product, reading.read_product),
        )

    async def get_product(self, context: RailContext, product_id: int) -> Product:
        """See the port."""
        return await self._send(
            Operation.GET_PRODUCT,
            context,
            lambda: writing.write_product_query(product_id),
            lambda answer: reading.read_product(reading.decode_answer(answer, wire.Product)),
        )

    async def find_booking(self, context: RailContext, booking_id: str) -> BookingState | None:
        """See the port."""
        return await self._send(
            Operation.FIND_BOOKING,
            context,
            lambda: writing.write_booking_query(booking_id),
            reading.read_booking_state,
        )

    async def find_booking_by_ticket_number(self, context: RailContext, printed_number: str) -> BookingState | None:
        """See the port."""
        return await self._send(
            Operation.FIND_BOOKING_BY_TICKET_NUMBER,
            context,
            lambda: writing.write_ticket_number_query(printed_number),
            reading.read_booking_state,
        )

    async def get_document(self, context: RailContext, booking_id: str, ticket_id: str, kind: DocumentKind) -> bytes:
        """See the port."""
        return await self._send(
            Operation.GET_DOCUMENT,
            context,
            lambda: writing.write_document_query(booking_id, ticket_id, kind),
            lambda answer: reading.read_document(answer, kind),
        )

    async def get_status(self, context: RailContext) -> RailStatus:
        """See the port."""
        return await self._send(Operation.GET_STATUS, context, writing.write_status_query, reading.read_status)

    async def list_announcements(self, context: RailContext) -> tuple[Announcement, ...]:
        """See the port."""
        operation = Operation.LIST_ANNOUNCEMENTS
        return await self._send(
            operation,
            context,
            writing.write_announcement_query,
            lambda answer: reading.read_list(operation, answer, wire.ServiceInfo, reading.read_announcement),
        )

    async def hold_offers(self, context: RailContext, request: HoldRequest) -> Hold:
        """See the port."""
        return await self._send(
            Operation.HOLD_OFFERS, context, lambda: writing.write_hold_request(request), reading.read_hold
        )

    async def pay_by_invoice(
        self,
        context: RailContext,
        prebooking_ids: tuple[int, ...],
        *,
        reference1: str,
        reference2: str | None = None,
    ) -> None:
        """See the port."""
        await self._send(
            Operation.PAY_BY_INVOICE,
            context,
            lambda: writing.write_payment(prebooking_ids, reference1, reference2),
            _read_nothing,
        )

    async def book(self, context: RailContext, prebooking_ids: tuple[int, ...]) -> Booking:
        """See the port."""
        return await self._send(
            Operation.BOOK, context, lambda: writing.write_booking(prebooking_ids), reading.read_booking
        )

    async def commit_booking(self, context: RailContext, booking_id: str) -> None:
        """See the port."""
        await self._send(Operation.COMMIT_BOOKING, context, lambda: writing.write_commit(booking_id), _read_nothing)

    async def cancel_booking(self, context: RailContext, booking_id: str) -> None:
        """See the port."""
        await self._send(
            Operation.CANCEL_BOOKING, context, lambda: writing.write_cancellation(booking_id), _read_nothing
        )

    async def _find_offers(
        self, operation: Operation, context: RailContext, write: Callable[[], B2pRequest]
    ) -> tuple[OfferBundle, ...]:
        return await self._send(
            operation,
            context,
            write,
            lambda answer: reading.read_list(operation, answer, wire.OfferBundle, reading.read_bundle),
        )

    async def _send(
        self,
        operation: Operation,
        context: RailContext,
        write: Callable[[], B2pRequest],
        read: Callable[[B2pAnswer], T],
    ) -> T:
        """Write the request, send it, read the answer. What cannot be said to B2P is refused without asking."""
        try:
            request = write()
        except writing.RequestInvalid as error:
            raise RailRefused(operation, RefusalReason.INVALID_REQUEST, supplier_text=str(error)) from error
        return await self._transport.send_request(operation, context, request, read)


def _read_nothing(_answer: B2pAnswer) -> None:
    """The status said it all."""
