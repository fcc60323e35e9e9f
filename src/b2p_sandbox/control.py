"""The control interface: `/control/...` on the same port, without a token, for tests, demos and the benchmark.

- `POST /control/reset`: forget everything, drop faults and switches, back to real time
- `GET /control/books`: bookings, payments, prebookings, invoice lines and totals; `?contract=ACP1024`
- `GET /control/clock`: `{"now": ..., "is_frozen": ...}`
- `POST /control/clock`: `{"advance_seconds": 1200}`, `{"now": "2026-12-01T08:00:00+01:00"}`, `{"frozen": true}`
- `GET`, `PUT /control/switches`: all switches (see `switches.Switches`); PUT changes those it names
- `GET`, `PUT /control/faults`: `{"rules": [{"operation": "post_booking", "kind": "reset_after", "nth": 2}], "seed": 1}`
  (kinds and fields in `faults.FaultRule`); GET adds how often each rule struck; PUT `{"rules": []}` ends all faults
- `GET /control/requests`: the last 2,000 calls with headers and status; `?operation=post_booking`
- `GET /control/counts`: calls per contract and operation since the last reset (look-to-book)
- `POST /control/expire`: `{"offers": true, "prebookings": true, "tokens": true}`: let them lapse at once
- `GET /control/operations`: the names of the operations, for faults and counts

Operations: token, get_locations, get_stations, get_trips, get_trip, get_prices, get_offers, get_route_offers,
get_products, get_product, get_product_offers, get_group_offers, get_group_product_offers, post_prebooking,
post_payment, post_booking, find_booking (by ticket number), get_booking, patch_booking, delete_booking, get_ticket,
get_refund_reasons, get_refund_offers, post_refund, get_networks, get_network, get_zones, post_barcode,
delete_barcode, get_status, get_info.

Faults of kind `..._before` strike before anything is done, `..._after` and those about the answer after it was done.
`reset_...` closes the TCP connection by RST without an answer. `price_offset` adds `amount` to every `price`.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated

import msgspec

from b2p_sandbox.books import render_books
from b2p_sandbox.faults import FaultRule
from b2p_sandbox.operations import OPERATION_NAMES
from b2p_sandbox.problems import B2pProblem
from b2p_sandbox.sandbox import Sandbox
from b2p_sandbox.switches import Switches
from b2p_sandbox.wire import Request, Response, find_text

CLOCK_YEARS = range(2000, 2100)
LONGEST_STEP_SECONDS = 10 * 366 * 86_400


class ClockOrder(msgspec.Struct, forbid_unknown_fields=True):
    """How to move the clock; applied in the order of the fields."""

    frozen: bool | None = None
    now: datetime | None = None
    advance_seconds: Annotated[float, msgspec.Meta(ge=-LONGEST_STEP_SECONDS, le=LONGEST_STEP_SECONDS)] = 0.0


class FaultsOrder(msgspec.Struct, forbid_unknown_fields=True):
    """The rules to put in force, and the seed of their dice."""

    rules: list[FaultRule]
    seed: int | None = None


class ExpireOrder(msgspec.Struct, forbid_unknown_fields=True):
    """What shall lapse at once."""

    offers: bool = False
    prebookings: bool = False
    tokens: bool = False


def answer_control(sandbox: Sandbox, request: Request) -> Response:
    """Dispatch a control call; 404 for an unknown one, 400 with the reason for a body that cannot be used."""
    key = f"{request.method} {request.path.removeprefix('/control/')}"
    handler = _HANDLERS.get(key)
    if handler is None:
        raise B2pProblem("control/not-found", "There is no such control call.", status=404, detail=key)
    try:
        return handler(sandbox, request)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise B2pProblem("control/body-invalid", "The body cannot be used.", detail=str(error)) from error


def _reset(sandbox: Sandbox, _request: Request) -> Response:
    sandbox.reset()
    return Response(204)


def _show_books(sandbox: Sandbox, request: Request) -> Response:
    return Response(200, render_books(sandbox, contract_id=find_text(request, "contract")))


def _show_clock(sandbox: Sandbox, _request: Request) -> Response:
    return Response(200, {"now": sandbox.clock.now(), "is_frozen": sandbox.clock.is_frozen})


def _move_clock(sandbox: Sandbox, request: Request) -> Response:
    order = msgspec.json.decode(request.body, type=ClockOrder)
    if order.now is not None and order.now.tzinfo is None:
        raise B2pProblem("control/body-invalid", "'now' needs an offset.", detail="now")
    started_at = sandbox.clock.now() if order.now is None else order.now
    if (
        started_at.year not in CLOCK_YEARS
        or (started_at + timedelta(seconds=order.advance_seconds)).year not in CLOCK_YEARS
    ):
        raise B2pProblem("control/body-invalid", "The clock goes from 2000 to 2099.", detail="now")
    if order.frozen is not None:
        (sandbox.clock.freeze if order.frozen else sandbox.clock.resume)()
    if order.now is not None:
        sandbox.clock.set_now(order.now)
    sandbox.clock.advance(order.advance_seconds)
    return _show_clock(sandbox, request)


def _show_switches(sandbox: Sandbox, _request: Request) -> Response:
    return Response(200, sandbox.switches)


def _set_switches(sandbox: Sandbox, request: Request) -> Response:
    changes = msgspec.json.decode(request.body, type=dict[str, object])
    merged = {**msgspec.to_builtins(sandbox.switches), **changes}
    try:
        sandbox.switches = msgspec.convert(merged, Switches)
    except msgspec.ValidationError as error:
        raise B2pProblem("control/body-invalid", "There is no such switch or value.", detail=str(error)) from error
    return _show_switches(sandbox, request)


def _show_faults(sandbox: Sandbox, _request: Request) -> Response:
    return Response(200, sandbox.faults.describe())


def _set_faults(sandbox: Sandbox, request: Request) -> Response:
    order = msgspec.json.decode(request.body, type=FaultsOrder)
    unknown = {rule.operation for rule in order.rules} - {*OPERATION_NAMES, "*"}
    if unknown:
        raise B2pProblem("control/body-invalid", "There is no such operation.", detail=", ".join(sorted(unknown)))
    sandbox.faults.replace(order.rules, seed=order.seed)
    return _show_faults(sandbox, request)


def _show_requests(sandbox: Sandbox, request: Request) -> Response:
    return Response(200, sandbox.requests.list_entries(find_text(request, "operation")))


def _show_counts(sandbox: Sandbox, _request: Request) -> Response:
    return Response(200, sandbox.requests.count_operations())


def _expire(sandbox: Sandbox, request: Request) -> Response:
    order = msgspec.json.decode(request.body, type=ExpireOrder)
    expired = {"offers": 0, "prebookings": 0, "tokens": 0}
    if order.offers:
        expired["offers"] = sandbox.store.expire_offers(sandbox.clock.now())
    if order.prebookings:
        expired["prebookings"] = sandbox.store.expire_prebookings(sandbox.clock.now())
    if order.tokens:
        expired["tokens"] = len(sandbox.tokens)
        sandbox.tokens.clear()
    return Response(200, expired)


def _list_operations(_sandbox: Sandbox, _request: Request) -> Response:
    return Response(200, OPERATION_NAMES)


_HANDLERS: dict[str, Callable[[Sandbox, Request], Response]] = {
    "GET operations": _list_operations,
    "POST reset": _reset,
    "GET books": _show_books,
    "GET clock": _show_clock,
    "POST clock": _move_clock,
    "GET switches": _show_switches,
    "PUT switches": _set_switches,
    "GET faults": _show_faults,
    "PUT faults": _set_faults,
    "GET requests": _show_requests,
    "GET counts": _show_counts,
    "POST expire": _expire,
}
