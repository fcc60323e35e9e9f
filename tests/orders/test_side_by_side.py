"""Two things done with one order at once: whatever is read before a change still holds when the change is made."""

import asyncio
import contextlib
import contextvars
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import pytest
from sqlalchemy import select, true

from agenturclient.core.problems import Problem
from agenturclient.orders import queries, service
from agenturclient.orders.basket.rules import Asked
from agenturclient.orders.basket.service import add_order_item, fetch_order_offers, remove_order_item
from agenturclient.orders.hold import service as hold_service
from agenturclient.orders.models import orders
from agenturclient.orders.problems import OrderBusy, OrderStateChanged
from agenturclient.orders.queries import OrderRow
from agenturclient.orders.reading.service import get_order_row, read_order
from agenturclient.orders.sale.desk import SaleDesk
from agenturclient.orders.sale.jobs import put_away_lapsed_orders
from agenturclient.orders.schemas import AddItem, ChangeOrder, FetchOffers, Order, TravellerWish
from orders.clearing import assert_true_end
from orders.seller import AGENCY, CALLER, Control, confirm_held, fetch_trip_offers, fill_basket, hold_basket

_OTHER_SECONDS = 0.4


async def _find_row(desk: SaleDesk, number: str) -> OrderRow:
    async with desk.transactions.read() as session:
        return await get_order_row(session, number, true())


async def _prepare_item(desk: SaleDesk, order: Order, code: str = "t1") -> AddItem:
    """Offers for a traveller, ready to be put into the basket."""
    offers = await fetch_trip_offers(desk, order)
    if code != "t1":
        wish = (await _find_asked(desk, order.number, offers.code)).wish
        command = FetchOffers(wish=wish, travellers=[TravellerWish(code=code, age=30)])
        offers = await fetch_order_offers(desk.lookups, await _find_row(desk, order.number), command)
    return AddItem(offer_set=offers.code, bundle=offers.bundles[0].code)


async def _find_asked(desk: SaleDesk, number: str, code: str) -> Asked:
    row = await _find_row(desk, number)
    async with desk.transactions.read() as session:
        found = await queries.find_offer_set(session, row.id, code)
    assert found is not None
    return msgspec.convert(found.query, Asked)


def _let_other_begin(work: Callable[[], Awaitable[Any]]) -> asyncio.Task[Any]:
    """Start the other thing beside the present transaction."""

    async def run() -> Any:
        with contextlib.suppress(Problem):
            return await work()

    return asyncio.get_running_loop().create_task(run(), context=contextvars.Context())


async def test_two_removals_at_once_leave_the_price_of_what_is_left(
    desk: SaleDesk, control: Control, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = await fill_basket(desk)
    row = await _find_row(desk, order.number)
    await add_order_item(desk.lookups, row, await _prepare_item(desk, order))
    codes = [item.code for item in (await read_order(desk, order.number, true())).items]
    both = asyncio.Barrier(2)
    delete_item = queries.delete_item

    async def delete_beside(*args: Any) -> bool:
        is_deleted = await delete_item(*args)
        with contextlib.suppress(TimeoutError, asyncio.BrokenBarrierError):
            await asyncio.wait_for(both.wait(), _OTHER_SECONDS)
        return is_deleted

    monkeypatch.setattr(queries, "delete_item", delete_beside)
    await asyncio.gather(*(remove_order_item(desk.lookups, row, code) for code in codes))
    left = await read_order(desk, order.number, true())
    assert (left.items, left.total.amount) == ([], 0)


async def test_what_is_put_in_while_a_hold_begins_is_not_held_unnamed(
    desk: SaleDesk, control: Control, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = await fill_basket(desk)
    item = await _prepare_item(desk, order, "t2")
    row = await _find_row(desk, order.number)
    load_named = hold_service.load_named
    other: list[asyncio.Task[Any]] = []

    async def load_and_pause(*args: Any) -> Any:
        named = await load_named(*args)
        if not other:
            other.append(_let_other_begin(lambda: add_order_item(desk.lookups, row, item)))
            await asyncio.wait(other, timeout=_OTHER_SECONDS)
        return named

    monkeypatch.setattr(hold_service, "load_named", load_and_pause)
    held = await hold_basket(desk, order)
    await asyncio.wait(other)
    assert held.state == "held"
    assert len((await read_order(desk, order.number, true())).items) == 1
    assert (await confirm_held(desk, held)).state == "confirmed"


async def test_an_item_put_in_while_the_language_changes_is_not_left_out_of_the_total(
    desk: SaleDesk, control: Control, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = await fill_basket(desk)
    item = await _prepare_item(desk, order)
    fetch = service.fetch_content_anew

    async def fetch_beside(*args: Any) -> Any:
        renewed = await fetch(*args)
        await add_order_item(desk.lookups, await _find_row(desk, order.number), item)
        return renewed

    monkeypatch.setattr(service, "fetch_content_anew", fetch_beside)
    with pytest.raises(OrderBusy):
        await service.change_order(desk, AGENCY, order.number, true(), ChangeOrder(ticket_language="fr"))
    monkeypatch.undo()
    present = await read_order(desk, order.number, true())
    assert present.ticket_language == "de"
    assert present.total.amount == sum(item.price.amount for item in present.items)
    changed = await service.change_order(desk, AGENCY, order.number, true(), ChangeOrder(ticket_language="fr"))
    assert (changed.ticket_language, changed.total) == ("fr", present.total)


async def test_a_hold_that_was_renewed_meanwhile_does_not_lapse(
    desk: SaleDesk, control: Control, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list of lapsed holds was read before the seller held the places anew."""
    held = await hold_basket(desk, await fill_basket(desk))

    async def list_before(session: Any, *_: Any) -> Any:
        return (await session.execute(select(orders))).all()

    monkeypatch.setattr(queries, "list_lapsed_holds", list_before)
    assert await put_away_lapsed_orders(desk) == 0
    assert (await confirm_held(desk, await read_order(desk, held.number, true()))).state == "confirmed"


async def test_what_was_held_anew_after_it_was_read_is_not_sold(
    desk: SaleDesk, control: Control, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The price that was compared with what the seller read out must be that of the hold that is sold."""
    held = await hold_basket(desk, await fill_basket(desk))
    row = await _find_row(desk, held.number)
    await service.reopen_order(desk, CALLER, held.number, true())
    await add_order_item(desk.lookups, row, await _prepare_item(desk, held))
    await remove_order_item(desk.lookups, row, held.items[0].code)
    again = await hold_basket(desk, await read_order(desk, held.number, true()))

    async def read_before(*_: Any) -> OrderRow:
        return row

    monkeypatch.setattr(service, "get_order_row", read_before)
    with pytest.raises(OrderStateChanged):
        await confirm_held(desk, held)
    monkeypatch.undo()
    assert (await control.read_books())["payments_without_booking"] == []
    assert (await confirm_held(desk, again)).state == "confirmed"
    await assert_true_end(desk, control)
