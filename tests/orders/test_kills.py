"""SIGKILL at each recorded step of a sale; another replica brings the order to a true end, and both books are equal."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest
from sqlalchemy import true

from agenturclient.orders.reading.service import read_order
from agenturclient.orders.sale.desk import SaleDesk
from b2p_sandbox.server import RunningSandbox
from orders.clearing import assert_true_end, recover_until_quiet
from orders.seller import Control

TESTS = Path(__file__).parents[1]

# The moment of death, and what the order must be once the recovery is through and before any operator acts.
MOMENTS = {
    "before:hold_offers": "open",
    "after:hold_offers": "open",
    "before:pay_by_invoice": "open",
    "after:pay_by_invoice": "open",
    "before:book": "in_doubt",
    "after:book": "in_doubt",
    "before:find_booking": "confirmed",
    "after:find_booking": "confirmed",
    "before:cancel_booking": "cancelled",
    "after:cancel_booking": "cancelled",
}
# The same while a booking of a wrong price is being undone: nothing is sold, and the basket is open again.
WRONG_PRICE_MOMENTS = {"before:cancel_booking": "open", "after:cancel_booking": "open"}


@pytest.mark.faults
@pytest.mark.parametrize("moment", list(MOMENTS))
async def test_an_order_survives_the_death_of_its_replica(
    desk: SaleDesk, control: Control, running_sandbox: RunningSandbox, database_url: str, moment: str
) -> None:
    number = await _sell_until_killed(desk, running_sandbox, database_url, moment)
    await recover_until_quiet(desk)
    assert (await read_order(desk, number, true())).state == MOMENTS[moment]
    await assert_true_end(desk, control)


@pytest.mark.faults
@pytest.mark.parametrize("moment", list(WRONG_PRICE_MOMENTS))
async def test_a_wrong_price_is_undone_by_whoever_lives(
    desk: SaleDesk, control: Control, running_sandbox: RunningSandbox, database_url: str, moment: str
) -> None:
    await control.set_faults({"operation": "get_booking", "kind": "price_offset", "nth": 1, "amount": 100})
    number = await _sell_until_killed(desk, running_sandbox, database_url, moment)
    await recover_until_quiet(desk)
    order = await read_order(desk, number, true())
    assert (order.state, (order.problem or {}).get("code")) == (WRONG_PRICE_MOMENTS[moment], "wrong-price")
    found = await assert_true_end(desk, control)
    assert found.sold == 0
    assert [booking["is_cancelled"] for booking in (await control.read_books())["bookings"]] == [True]


async def _sell_until_killed(desk: SaleDesk, running_sandbox: RunningSandbox, database_url: str, moment: str) -> str:
    """Sell in a process that kills itself; the number of the order it left, with its intent recorded."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "orders.doomed_seller",
        database_url,
        running_sandbox.url,
        moment,
        cwd=TESTS,
        env={**os.environ, "PYTHONPATH": str(TESTS)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await process.communicate()
    assert process.returncode == -signal.SIGKILL, errors.decode()
    number = _find_number(output.decode())
    before = await read_order(desk, number, true())
    assert before.step is not None, "the intent was recorded before the step began"
    return number


def _find_number(output: str) -> str:
    return next(line for line in output.splitlines() if line.startswith("AC-"))
