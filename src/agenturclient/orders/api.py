"""Routes of orders."""

import csv
import datetime as dt
import io
from collections.abc import Sequence
from typing import Annotated, Any

from litestar import Response, delete, get, patch, post, put
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromQuery, JSONBody, PathParameter, QueryParameter
from sqlalchemy import ColumnElement

from agenturclient.agencies.service import get_agency
from agenturclient.core.paging import Page
from agenturclient.core.problems import IdempotencyKeyMissing, IdempotencyKeyReused, fails_with
from agenturclient.deps import (
    AgencyScope,
    Caller,
    CallerDep,
    IdempotencyKeyDep,
    Permission,
    ScopeDep,
    TransactionsDep,
    requires,
)
from agenturclient.offers.problems import (
    DateOutOfRange,
    RailBusyHere,
    RailRefusedRequest,
    RailUnavailable,
    SameStation,
    TripExpired,
    UnknownStation,
)
from agenturclient.orders import problems, service
from agenturclient.orders.basket.service import (
    add_order_item,
    fetch_order_offers,
    name_order_travellers,
    remove_order_item,
)
from agenturclient.orders.doubts.service import adopt_booking, declare_not_sold, read_doubt
from agenturclient.orders.models import orders
from agenturclient.orders.reading.service import OrderFilter, find_orders, get_order_row, read_order
from agenturclient.orders.rules import OrderState
from agenturclient.orders.sale.desk import SaleDesk
from agenturclient.orders.schemas import (
    AddItem,
    AdoptBooking,
    ChangeOrder,
    ConfirmOrder,
    CreateOrder,
    DeclareNotSold,
    Doubt,
    FetchOffers,
    HoldOrder,
    NameTravellers,
    OfferSet,
    Order,
    OrderSummary,
)

_SUPPLIER = (RailUnavailable, RailBusyHere, RailRefusedRequest)
_KEYED = (IdempotencyKeyMissing, IdempotencyKeyReused)
Number = Annotated[str, PathParameter(max_length=40, description="Order number, in any case, hyphens or not")]
DeskDep = NamedDependency[SaleDesk]


def provide_desk(state: State) -> SaleDesk:
    desk: SaleDesk = state.desk
    return desk


DEPENDENCIES = {"desk": Provide(provide_desk, sync_to_thread=False)}


def _narrow(scope: AgencyScope) -> ColumnElement[bool]:
    return scope.narrow(orders.c.agency_code, orders.c.branch_code)


@post(
    "/orders",
    guards=[requires(Permission.ORDERS_SELL)],
    responses=fails_with(*_KEYED),
)
async def create_order_endpoint(
    data: JSONBody[CreateOrder],
    caller: CallerDep,
    agency_scope: ScopeDep,
    transactions: TransactionsDep,
    desk: DeskDep,
    idempotency_key: IdempotencyKeyDep,
) -> Order:
    """Begin an order in the branch one acts in."""
    agency = await get_agency(transactions, caller.agency_code)
    keyed = service.make_keyed(caller, idempotency_key, "create", data)
    return await service.create_order(desk, caller, agency, data, keyed, _narrow(agency_scope))


@get("/orders", guards=[requires(Permission.ORDERS_SEARCH)], responses=fails_with())
async def list_orders_endpoint(
    caller: CallerDep,
    agency_scope: ScopeDep,
    transactions: TransactionsDep,
    text: Annotated[str | None, QueryParameter(name="query", max_length=100)] = None,
    states: Annotated[list[OrderState] | None, QueryParameter(name="state")] = None,
    is_mine: FromQuery[bool] = False,
    travel_on: FromQuery[dt.date | None] = None,
    cursor: Annotated[str | None, QueryParameter(max_length=64)] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=100)] = 50,
) -> Page[OrderSummary]:
    """Orders, newest first; ``query`` is an order or ticket number, your reference, or how the name of a traveller,
    the seller or a place of departure or arrival begins (its words in any order)."""
    wanted = _make_filter(caller, text, states, is_mine, travel_on, cursor, limit)
    return await find_orders(transactions, _narrow(agency_scope), wanted)


def _make_filter(
    caller: Caller,
    text: str | None,
    states: Sequence[OrderState] | None,
    is_mine: bool,
    travel_on: dt.date | None,
    cursor: str | None,
    limit: int,
) -> OrderFilter:
    return OrderFilter(
        text=(text or "").strip() or None,
        agency_code=caller.agency_code,
        states=tuple(states or ()),
        seller_subject=caller.subject if is_mine else None,
        travel_on=travel_on,
        cursor=cursor,
        limit=limit,
    )


@get("/orders.csv", guards=[requires(Permission.ORDERS_SEARCH)], responses=fails_with(), media_type="text/csv")
async def export_orders_endpoint(
    caller: CallerDep,
    agency_scope: ScopeDep,
    transactions: TransactionsDep,
    text: Annotated[str | None, QueryParameter(name="query", max_length=100)] = None,
    states: Annotated[list[OrderState] | None, QueryParameter(name="state")] = None,
    is_mine: FromQuery[bool] = False,
    travel_on: FromQuery[dt.date | None] = None,
    cursor: Annotated[str | None, QueryParameter(max_length=64)] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=100)] = 50,
) -> Response[str]:
    """The page that the list shows for the same parameters, as CSV for machines: amounts like 1234.50, days like
    2026-11-24."""
    wanted = _make_filter(caller, text, states, is_mine, travel_on, cursor, limit)
    page = await find_orders(transactions, _narrow(agency_scope), wanted)
    return Response(
        _write_csv(page.items),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="orders.csv"'},
    )


def _write_csv(shown: Sequence[OrderSummary]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(
        ["number", "state", "title", "travellers", "travel_on", "total", "currency", "branch", "seller", "reference"]
    )
    for order in shown:
        writer.writerow(
            _guard_cell(cell)
            for cell in (
                order.number,
                order.state,
                order.title,
                "; ".join(order.traveller_names),
                order.travel_on.isoformat() if order.travel_on else "",
                f"{order.total.amount // 100}.{order.total.amount % 100:02}",
                order.total.currency,
                order.branch_code,
                order.seller_name,
                order.your_reference or "",
            )
        )
    return text.getvalue()


def _guard_cell(cell: str) -> str:
    """A spreadsheet takes a cell that begins like this for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


@get("/orders/{number:str}", guards=[requires(Permission.ORDERS_READ)], responses=fails_with())
async def read_order_endpoint(number: Number, agency_scope: ScopeDep, desk: DeskDep) -> Order:
    """An order as it stands."""
    return await read_order(desk, number, _narrow(agency_scope))


@patch(
    "/orders/{number:str}",
    guards=[requires(Permission.ORDERS_SELL)],
    responses=fails_with(
        problems.OrderStateChanged, problems.OrderBusy, problems.SoldOut, problems.OfferExpired, *_SUPPLIER
    ),
)
async def change_order_endpoint(
    number: Number,
    data: JSONBody[ChangeOrder],
    caller: CallerDep,
    agency_scope: ScopeDep,
    transactions: TransactionsDep,
    desk: DeskDep,
) -> Order:
    """Change ticket language (offers are fetched again), your reference, or the means of payment."""
    agency = await get_agency(transactions, caller.agency_code)
    return await service.change_order(desk, agency, number, _narrow(agency_scope), data)


@post(
    "/orders/{number:str}/offers",
    status_code=200,
    guards=[requires(Permission.ORDERS_SELL)],
    responses=fails_with(
        problems.OrderStateChanged,
        problems.NoOffers,
        TripExpired,
        SameStation,
        UnknownStation,
        DateOutOfRange,
        *_SUPPLIER,
    ),
)
async def fetch_offers_endpoint(
    number: Number,
    data: JSONBody[FetchOffers],
    agency_scope: ScopeDep,
    desk: DeskDep,
) -> OfferSet:
    """Offers for this order: for a connection, a route, or a product."""
    async with desk.transactions.read() as session:
        row = await get_order_row(session, number, _narrow(agency_scope))
    return await fetch_order_offers(desk.lookups, row, data)


@post(
    "/orders/{number:str}/items",
    status_code=200,
    guards=[requires(Permission.ORDERS_SELL)],
    responses=fails_with(
        problems.OrderStateChanged, problems.OfferExpired, problems.OrderTooLarge, problems.SalesParameterMissing
    ),
)
async def add_item_endpoint(number: Number, data: JSONBody[AddItem], agency_scope: ScopeDep, desk: DeskDep) -> Order:
    """Put an offer into the basket."""
    async with desk.transactions.read() as session:
        row = await get_order_row(session, number, _narrow(agency_scope))
    await add_order_item(desk.lookups, row, data)
    return await read_order(desk, number, _narrow(agency_scope))


@delete(
    "/orders/{number:str}/items/{code:str}",
    status_code=200,
    guards=[requires(Permission.ORDERS_SELL)],
    responses=fails_with(problems.OrderStateChanged),
)
async def remove_item_endpoint(
    number: Number, code: Annotated[str, PathParameter(max_length=64)], agency_scope: ScopeDep, desk: DeskDep
) -> Order:
    """Take an item out of the basket."""
    async with desk.transactions.read() as session:
        row = await get_order_row(session, number, _narrow(agency_scope))
    await remove_order_item(desk.lookups, row, code)
    return await read_order(desk, number, _narrow(agency_scope))


@put(
    "/orders/{number:str}/travellers",
    guards=[requires(Permission.ORDERS_SELL)],
    responses=fails_with(problems.OrderStateChanged),
)
async def name_travellers_endpoint(
    number: Number,
    data: JSONBody[NameTravellers],
    agency_scope: ScopeDep,
    desk: DeskDep,
) -> Order:
    """Write names and dates of birth."""
    async with desk.transactions.read() as session:
        row = await get_order_row(session, number, _narrow(agency_scope))
    await name_order_travellers(desk.lookups, row, data)
    return await read_order(desk, number, _narrow(agency_scope))


@post(
    "/orders/{number:str}/hold",
    status_code=200,
    guards=[requires(Permission.ORDERS_SELL)],
    responses=fails_with(
        problems.OrderStateChanged,
        problems.OrderEmpty,
        problems.NoOffers,
        problems.TravellerIncomplete,
        problems.TravellerRefused,
        problems.PriceChanged,
        problems.SoldOut,
        problems.OfferExpired,
        problems.PerhapsHeldByOurselves,
        problems.SalesParameterMissing,
        *_KEYED,
        *_SUPPLIER,
    ),
)
async def hold_order_endpoint(
    number: Number,
    data: JSONBody[HoldOrder],
    caller: CallerDep,
    agency_scope: ScopeDep,
    transactions: TransactionsDep,
    desk: DeskDep,
    idempotency_key: IdempotencyKeyDep,
) -> Order:
    """Hold everything in the basket for 30 minutes."""
    agency = await get_agency(transactions, caller.agency_code)
    keyed = service.make_keyed(caller, idempotency_key, f"hold {number}", data)
    return await service.hold_order(desk, caller, agency, number, _narrow(agency_scope), data, keyed)


@post(
    "/orders/{number:str}/reopen",
    status_code=200,
    guards=[requires(Permission.ORDERS_SELL)],
    responses=fails_with(problems.OrderStateChanged),
)
async def reopen_order_endpoint(number: Number, caller: CallerDep, agency_scope: ScopeDep, desk: DeskDep) -> Order:
    """Make a held order a basket again, to change it."""
    return await service.reopen_order(desk, caller, number, _narrow(agency_scope))


@post(
    "/orders/{number:str}/abandon",
    status_code=200,
    guards=[requires(Permission.ORDERS_SELL)],
    responses=fails_with(problems.OrderStateChanged),
)
async def abandon_order_endpoint(number: Number, caller: CallerDep, agency_scope: ScopeDep, desk: DeskDep) -> Order:
    """Give a basket up."""
    return await service.abandon_order(desk, caller, number, _narrow(agency_scope))


def _describe_open_answer(failures: dict[int, ResponseSpec]) -> dict[int, ResponseSpec]:
    open_answer = ResponseSpec(
        data_container=Order, description="The outcome is being found out", generate_examples=False
    )
    return {202: open_answer, **failures}


def _answer_with_state(order: Order) -> Response[Order]:
    """202 while the outcome is not known: never "failed"."""
    return Response(order, status_code=202 if service.is_still_open(order) else 200)


@post(
    "/orders/{number:str}/confirm",
    status_code=200,
    guards=[requires(Permission.ORDERS_CONFIRM)],
    responses=_describe_open_answer(
        fails_with(
            problems.OrderStateChanged,
            problems.PriceChanged,
            problems.HoldExpired,
            problems.HoldTooShort,
            problems.PaymentUnknown,
            problems.WrongPrice,
            problems.SaleRefused,
            *_KEYED,
            *_SUPPLIER,
        )
    ),
)
async def confirm_order_endpoint(
    number: Number,
    data: JSONBody[ConfirmOrder],
    caller: CallerDep,
    agency_scope: ScopeDep,
    desk: DeskDep,
    idempotency_key: IdempotencyKeyDep,
) -> Response[Order]:
    """Sell what is held. 202: sent to SBB, the outcome is being found out; read the order until it is settled."""
    keyed = service.make_keyed(caller, idempotency_key, f"confirm {number}", data)
    order = await service.confirm_order(desk, caller, number, _narrow(agency_scope), data, keyed)
    return _answer_with_state(order)


@post(
    "/orders/{number:str}/undo",
    status_code=200,
    guards=[requires(Permission.ORDERS_UNDO)],
    responses=_describe_open_answer(fails_with(problems.OrderStateChanged, problems.UndoTooLate, *_KEYED, *_SUPPLIER)),
)
async def undo_order_endpoint(
    number: Number, caller: CallerDep, agency_scope: ScopeDep, desk: DeskDep, idempotency_key: IdempotencyKeyDep
) -> Response[Order]:
    """Undo the whole order, in its first 20 minutes. 202: being undone."""
    keyed = service.make_keyed(caller, idempotency_key, f"undo {number}", None)
    return _answer_with_state(await service.undo_order(desk, caller, number, _narrow(agency_scope), keyed))


@get("/doubts", guards=[requires(Permission.DOUBTS_READ)], responses=fails_with())
async def list_doubts_endpoint(
    caller: CallerDep,
    agency_scope: ScopeDep,
    transactions: TransactionsDep,
    cursor: Annotated[str | None, QueryParameter(max_length=64)] = None,
) -> Page[OrderSummary]:
    """Orders of which nobody knows whether they were sold."""
    wanted = _make_filter(caller, None, [OrderState.IN_DOUBT], False, None, cursor, 100)
    return await find_orders(transactions, _narrow(agency_scope), wanted)


@get("/doubts/{number:str}", guards=[requires(Permission.DOUBTS_READ)], responses=fails_with(problems.NotInDoubt))
async def read_doubt_endpoint(number: Number, agency_scope: ScopeDep, desk: DeskDep) -> Doubt:
    """An order in doubt, with what SBB's care needs to find its sale."""
    return await read_doubt(desk, number, _narrow(agency_scope))


@post(
    "/doubts/{number:str}/adopt",
    status_code=200,
    guards=[requires(Permission.DOUBTS_SETTLE)],
    responses=fails_with(
        problems.NotInDoubt,
        problems.BookingNotFound,
        problems.BookingDoesNotFit,
        problems.BookingBelongsToAnotherOrder,
        *_SUPPLIER,
    ),
)
async def adopt_booking_endpoint(
    number: Number, data: JSONBody[AdoptBooking], caller: CallerDep, agency_scope: ScopeDep, desk: DeskDep
) -> Order:
    """Give the order the booking to which a printed ticket number belongs; it is compared first."""
    return await adopt_booking(desk, caller, number, _narrow(agency_scope), data)


@post(
    "/doubts/{number:str}/declare-not-sold",
    status_code=200,
    guards=[requires(Permission.DOUBTS_SETTLE)],
    responses=fails_with(problems.NotInDoubt),
)
async def declare_not_sold_endpoint(
    number: Number, data: JSONBody[DeclareNotSold], caller: CallerDep, agency_scope: ScopeDep, desk: DeskDep
) -> Order:
    """End the order as not sold, with a note of who said so."""
    return await declare_not_sold(desk, caller, number, _narrow(agency_scope), data)


ROUTES: list[Any] = [
    create_order_endpoint,
    list_orders_endpoint,
    export_orders_endpoint,
    read_order_endpoint,
    change_order_endpoint,
    fetch_offers_endpoint,
    add_item_endpoint,
    remove_item_endpoint,
    name_travellers_endpoint,
    hold_order_endpoint,
    reopen_order_endpoint,
    abandon_order_endpoint,
    confirm_order_endpoint,
    undo_order_endpoint,
    list_doubts_endpoint,
    read_doubt_endpoint,
    adopt_booking_endpoint,
    declare_not_sold_endpoint,
]
