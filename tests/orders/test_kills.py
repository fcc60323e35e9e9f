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


@pytest.mark.faults
@pytest.mark.parametrize("moment", list(MOMENTS))
async def test_an_order_survives_the_death_of_its_replica(
    desk: SaleDesk, control: Control, running_sandbox: RunningSandbox, database_url: str, moment: str
) -> None:
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
    await recover_until_quiet(desk)
    assert (await read_order(desk, number, true())).state == MOMENTS[moment]
    await assert_true_end(desk, control)


def _find_number(output: str) -> str:
    return next(line for line in output.splitlines() if line.startswith("AC-"))
