"""Each fault at each operation of a sale: the order comes to a true end, and both sides' books are equal."""

import pytest
from sqlalchemy import true

from agenturclient.core.problems import Problem
from agenturclient.orders.reading.service import read_order
from agenturclient.orders.sale.desk import SaleDesk
from orders.clearing import assert_true_end, recover_until_quiet
from orders.seller import Control, confirm_held, fill_basket, hold_basket

NEVER_LEFT_OR_REFUSED = ["reset_before", "error_before", "too_many_requests", "token_expired"]
DONE_BUT_LOST = ["reset_after", "error_after", "truncated_body", "invalid_json", "wrong_shape", "no_content"]
DONE_BUT_LOST += ["wrong_content_type"]  # a page of some proxy, whatever its status says
HARMLESS = ["slow_trickle", "unknown_enum", "extra_fields", "delay_before", "delay_after"]
ALL_FAULTS = NEVER_LEFT_OR_REFUSED + DONE_BUT_LOST + HARMLESS
SALE_OPERATIONS = ["post_prebooking", "post_payment", "post_booking", "get_booking"]


async def _sell(desk: SaleDesk) -> str:
    """Try to sell once as a seller would; the order's state afterwards."""
    order = await fill_basket(desk)
    try:
        held = await hold_basket(desk, order)
        sold = await confirm_held(desk, held)
    except Problem:
        return str((await read_order(desk, order.number, true())).state)
    return str(sold.state)


@pytest.mark.parametrize("operation", SALE_OPERATIONS)
@pytest.mark.parametrize("kind", ALL_FAULTS)
async def test_a_sale_with_one_fault_comes_to_a_true_end(
    desk: SaleDesk, control: Control, operation: str, kind: str
) -> None:
    await control.set_faults({"operation": operation, "kind": kind, "nth": 1, "seconds": 0.2})
    state = await _sell(desk)
    found = await assert_true_end(desk, control)
    if kind in HARMLESS:
        assert state == "confirmed"
    assert found.orders == 1


@pytest.mark.parametrize("operation", SALE_OPERATIONS)
@pytest.mark.parametrize("kind", ["reset_before", "reset_after", "error_after", "token_expired"])
async def test_a_sale_with_a_lasting_fault_comes_to_a_true_end_once_it_is_over(
    desk: SaleDesk, control: Control, operation: str, kind: str
) -> None:
    await control.set_faults({"operation": operation, "kind": kind})
    await _sell(desk)
    await assert_true_end(desk, control)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_lost_booking_answer_is_in_doubt_and_never_repeated(desk: SaleDesk, control: Control) -> None:
    await control.set_switches(repeated_booking="second")
    await control.set_faults({"operation": "post_booking", "kind": "reset_after", "nth": 1})
    assert await _sell(desk) == "in_doubt"
    await recover_until_quiet(desk)
    books = await control.read_books()
    assert len(books["bookings"]) == 1
    found = await assert_true_end(desk, control)
    assert found.sold == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_lost_payment_answer_is_never_booked_on(desk: SaleDesk, control: Control) -> None:
    await control.set_faults({"operation": "post_payment", "kind": "reset_after", "nth": 1})
    assert await _sell(desk) == "open"
    books = await control.read_books()
    assert len(books["payments"]) == 1
    assert books["bookings"] == []
    assert books["payments_without_booking"] == [books["payments"][0]["payment_id"]]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_payment_that_never_left_is_said_and_the_next_press_sells(desk: SaleDesk, control: Control) -> None:
    held = await hold_basket(desk, await fill_basket(desk))
    await control.set_faults({"operation": "post_payment", "kind": "too_many_requests", "nth": 1, "seconds": 1})
    for _ in ("the press", "its replay"):
        with pytest.raises(Problem) as caught:
            await confirm_held(desk, held, key="pressed-once")
        assert caught.value.recorded["code"] == "rail-unavailable"  # type: ignore[attr-defined]
    assert (await read_order(desk, held.number, true())).state == "held"
    assert (await confirm_held(desk, held)).state == "confirmed"
    assert (await assert_true_end(desk, control)).sold == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_wrong_price_is_undone_and_both_prices_are_told(desk: SaleDesk, control: Control) -> None:
    await control.set_faults({"operation": "get_booking", "kind": "price_offset", "nth": 1, "amount": 100})
    order = await fill_basket(desk)
    held = await hold_basket(desk, order)
    with pytest.raises(Problem) as caught:
        await confirm_held(desk, held)
    assert caught.value.recorded["code"] == "wrong-price"  # type: ignore[attr-defined]
    assert caught.value.recorded["booked_total"] == order.total.amount + 100  # type: ignore[attr-defined]
    found = await assert_true_end(desk, control)
    assert found.sold == 0
    books = await control.read_books()
    assert [entry["is_cancelled"] for entry in books["bookings"]] == [True]
