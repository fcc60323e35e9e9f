"""Two clicks, two tabs, two replicas, the same key twice: one booking."""

import asyncio
import uuid

import pytest
from sqlalchemy import true, update

from agenturclient.core.database import Transactions
from agenturclient.core.problems import IdempotencyKeyReused, Problem
from agenturclient.orders import service
from agenturclient.orders.doubts.service import adopt_booking
from agenturclient.orders.models import orders
from agenturclient.orders.problems import BookingBelongsToAnotherOrder, OrderStateChanged, PriceChanged
from agenturclient.orders.sale.desk import SaleDesk
from agenturclient.orders.schemas import AdoptBooking, ConfirmOrder
from agenturclient.rail.b2p.client import B2pRail
from b2p_sandbox.server import RunningSandbox
from orders.clearing import assert_true_end
from orders.seller import (
    CALLER,
    Control,
    confirm_held,
    fill_basket,
    hold_basket,
    make_desk,
    make_keyed,
    make_rail_settings,
)


async def test_of_two_confirmations_at_once_one_sells(desk: SaleDesk, control: Control) -> None:
    held = await hold_basket(desk, await fill_basket(desk))
    results = await asyncio.gather(*(confirm_held(desk, held) for _ in range(5)), return_exceptions=True)
    assert sum(not isinstance(result, BaseException) for result in results) == 1
    assert all(isinstance(result, OrderStateChanged) for result in results if isinstance(result, BaseException))
    assert (await assert_true_end(desk, control)).sold == 1


async def test_the_same_key_twice_at_once_sells_once_and_both_see_the_order(desk: SaleDesk, control: Control) -> None:
    held = await hold_basket(desk, await fill_basket(desk))
    key = str(uuid.uuid4())
    results = await asyncio.gather(*(confirm_held(desk, held, key) for _ in range(3)))
    assert {result.number for result in results} == {held.number}
    assert (await confirm_held(desk, held, key)).state == "confirmed"
    books = await control.read_books()
    assert len(books["bookings"]) == 1


async def test_of_two_replicas_one_sells(
    desk: SaleDesk, control: Control, transactions: Transactions, running_sandbox: RunningSandbox
) -> None:
    settings = make_rail_settings(running_sandbox.url)
    held = await hold_basket(desk, await fill_basket(desk))
    async with B2pRail(settings) as rail:
        other = make_desk(transactions, rail, settings, owner="b")
        results = await asyncio.gather(confirm_held(desk, held), confirm_held(other, held), return_exceptions=True)
    assert sum(not isinstance(result, BaseException) for result in results) == 1
    assert (await assert_true_end(desk, control)).sold == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_key_with_another_body_is_refused(desk: SaleDesk) -> None:
    held = await hold_basket(desk, await fill_basket(desk))
    key = str(uuid.uuid4())
    await confirm_held(desk, held, key)
    command = ConfirmOrder(expected_total=1)
    with pytest.raises(IdempotencyKeyReused):
        await service.confirm_order(desk, CALLER, held.number, true(), command, make_keyed("confirm", command, key))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_problem_is_replayed_with_its_key(desk: SaleDesk, control: Control) -> None:
    held = await hold_basket(desk, await fill_basket(desk))
    key = str(uuid.uuid4())
    await control.set_faults({"operation": "post_payment", "kind": "reset_after", "nth": 1})
    codes = []
    for _ in range(2):
        with pytest.raises(Problem) as caught:
            await confirm_held(desk, held, key)
        codes.append(caught.value.recorded["code"])  # type: ignore[attr-defined]
    assert codes == ["payment-unknown", "payment-unknown"]
    assert len((await control.read_books())["payments"]) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_another_price_than_read_out_is_not_sold(desk: SaleDesk, control: Control) -> None:
    order = await fill_basket(desk)
    with pytest.raises(PriceChanged) as caught:
        await hold_basket(desk, order, expected_total=order.total.amount - 100)
    assert caught.value.members == {"old_total": order.total.amount - 100, "new_total": order.total.amount}
    assert (await control.read_books())["prebookings"] == []


async def test_of_two_adoptions_of_the_same_booking_one_wins(desk: SaleDesk, control: Control) -> None:
    sold = await confirm_held(desk, await hold_basket(desk, await fill_basket(desk)))
    numbers = []
    for _ in range(2):
        held = await hold_basket(desk, await fill_basket(desk))
        numbers.append(held.number)
    async with desk.transactions() as session:
        await session.execute(update(orders).where(orders.c.number.in_(numbers)).values(state="in_doubt"))
        await session.execute(
            update(orders).where(orders.c.number == sold.number).values(state="failed", booking_id=None)
        )
    command = AdoptBooking(printed_number=sold.tickets[0].printed_number)
    results = await asyncio.gather(
        *(adopt_booking(desk, CALLER, number, true(), command) for number in numbers), return_exceptions=True
    )
    assert sum(not isinstance(result, BaseException) for result in results) == 1, results
    assert sum(isinstance(result, BookingBelongsToAnotherOrder) for result in results) == 1, results


async def test_undo_in_time_cancels_and_a_second_undo_is_refused(desk: SaleDesk, control: Control) -> None:
    sold = await confirm_held(desk, await hold_basket(desk, await fill_basket(desk)))
    undone = await service.undo_order(desk, CALLER, sold.number, true(), make_keyed("undo", None))
    assert undone.state == "cancelled"
    assert [ticket.state for ticket in undone.tickets] == ["cancelled"]
    with pytest.raises(OrderStateChanged):
        await service.undo_order(desk, CALLER, sold.number, true(), make_keyed("undo", None))
    await assert_true_end(desk, control)


@pytest.mark.parametrize("kind", ["reset_before", "reset_after", "error_before", "error_after", "token_expired"])
@pytest.mark.parametrize("read_after_undo", ["cancelled", "nothing"])
async def test_an_undo_with_a_lost_answer_is_settled_by_reading(
    desk: SaleDesk, control: Control, kind: str, read_after_undo: str
) -> None:
    await control.set_switches(read_after_undo=read_after_undo)
    sold = await confirm_held(desk, await hold_basket(desk, await fill_basket(desk)))
    await control.set_faults({"operation": "delete_booking", "kind": kind, "nth": 1})
    await service.undo_order(desk, CALLER, sold.number, true(), make_keyed("undo", None))
    await assert_true_end(desk, control)
