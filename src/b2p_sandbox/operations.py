"""The table of operations: name, method, path, what answers, how long it takes in realistic mode."""

from collections.abc import Callable

import msgspec

from b2p_sandbox import lookups
from b2p_sandbox.access import answer_token
from b2p_sandbox.fares import offers
from b2p_sandbox.sale import bookings, payments, prebookings, reading, refunds, tickets
from b2p_sandbox.sandbox import Sandbox
from b2p_sandbox.wire import Request, Response

Handler = Callable[[Sandbox, Request], Response]
_OFFERS_TAKE = (0.5, 2.5)


class Operation(msgspec.Struct, frozen=True):
    """One operation. `latency_seconds`: shortest and longest in realistic mode. Public ones need no token."""

    name: str
    method: str
    path: str
    handler: Handler
    latency_seconds: tuple[float, float] = (0.05, 0.25)
    is_public: bool = False


OPERATIONS: tuple[Operation, ...] = (
    Operation("token", "POST", "/token", answer_token, is_public=True),
    Operation("get_status", "GET", "/service/status", lookups.answer_service_status, is_public=True),
    Operation("get_info", "GET", "/service/info", lookups.answer_service_info, is_public=True),
    Operation("get_locations", "GET", "/api/locations", lookups.answer_locations),
    Operation("get_stations", "GET", "/api/stations", lookups.answer_stations),
    Operation("get_trips", "GET", "/api/trips", lookups.answer_trips, (0.3, 1.0)),
    Operation("get_trip", "GET", "/api/trips/{tripId}", lookups.answer_trip, (0.2, 0.6)),
    Operation("get_prices", "POST", "/api/v2/prices", offers.answer_prices, (0.3, 1.2)),
    Operation("get_offers", "GET", "/api/trip-offers", offers.answer_trip_offers, _OFFERS_TAKE),
    Operation("get_route_offers", "GET", "/api/route-offers", offers.answer_route_offers, _OFFERS_TAKE),
    Operation(
        "get_product_offers", "GET", "/api/product-offers/{productId}", offers.answer_product_offers, _OFFERS_TAKE
    ),
    Operation("get_group_offers", "GET", "/api/group-trip-offers", offers.answer_group_trip_offers, _OFFERS_TAKE),
    Operation(
        "get_group_product_offers",
        "GET",
        "/api/group-product-offers/{productId}",
        offers.answer_group_product_offers,
        _OFFERS_TAKE,
    ),
    Operation("get_products", "GET", "/api/products", lookups.answer_products),
    Operation("get_product", "GET", "/api/products/{productId}", lookups.answer_product),
    Operation("post_prebooking", "POST", "/api/v2/prebookings", prebookings.answer_prebooking, (0.5, 1.5)),
    Operation("post_payment", "POST", "/api/v2/payments/b2b/sbb/invoice", payments.answer_invoice_payment, (0.3, 1.0)),
    Operation("post_booking", "POST", "/api/v2/bookings", bookings.answer_new_booking, (1.0, 3.0)),
    Operation("find_booking", "GET", "/api/v2/bookings", reading.answer_booking_by_ticket, (0.2, 0.8)),
    Operation("get_booking", "GET", "/api/v2/bookings/{bookingId}", reading.answer_booking, (0.2, 0.8)),
    Operation("patch_booking", "PATCH", "/api/v2/bookings/{bookingId}", bookings.answer_commit, (0.2, 0.8)),
    Operation("delete_booking", "DELETE", "/api/v2/bookings/{bookingId}", bookings.answer_undo, (0.3, 1.0)),
    Operation(
        "get_ticket", "GET", "/api/v2/bookings/{bookingId}/tickets/{ticketId}", tickets.answer_ticket, (0.3, 1.0)
    ),
    Operation("get_refund_reasons", "GET", "/api/bookings/{bookingId}/refund-reasons", refunds.answer_refund_reasons),
    Operation("get_refund_offers", "GET", "/api/refund-offers", refunds.answer_refund_offers, (0.3, 1.0)),
    Operation("post_refund", "POST", "/api/refunds", refunds.answer_refund, (0.5, 1.5)),
    Operation("get_networks", "GET", "/api/networks", lookups.answer_networks),
    Operation("get_network", "GET", "/api/networks/{networkId}", lookups.answer_network),
    Operation("get_zones", "GET", "/api/networks/{networkId}/zones", lookups.answer_zones),
    Operation("post_barcode", "POST", "/api/barcodes", tickets.answer_new_barcode),
    Operation("delete_barcode", "DELETE", "/api/barcodes/{barcodeId}", tickets.answer_barcode_deletion),
)
OPERATION_NAMES = tuple(operation.name for operation in OPERATIONS)


def find_operation(method: str, segments: list[str]) -> tuple[Operation, dict[str, str]] | None:
    """The operation of a path, given as its decoded segments, with the values of its placeholders."""
    for operation, pattern in _PATTERNS.get((method, len(segments)), ()):
        values: dict[str, str] = {}
        for expected, given in zip(pattern, segments, strict=True):
            if expected.startswith("{"):
                values[expected[1:-1]] = given
            elif expected != given:
                break
        else:
            return operation, values
    return None


def _index_operations() -> dict[tuple[str, int], list[tuple[Operation, list[str]]]]:
    patterns: dict[tuple[str, int], list[tuple[Operation, list[str]]]] = {}
    for operation in OPERATIONS:
        segments = operation.path.strip("/").split("/")
        patterns.setdefault((operation.method, len(segments)), []).append((operation, segments))
    return patterns


_PATTERNS = _index_operations()
