"""Fixtures of the order tests: a sandbox for the module, a clean one for each test, a desk on a clean database."""

from collections.abc import AsyncIterator, Iterator

import pytest

from agenturclient.core.database import Transactions
from agenturclient.orders.sale.desk import SaleDesk
from agenturclient.rail.b2p.client import B2pRail
from b2p_sandbox.server import RunningSandbox, start_sandbox
from orders.seller import Control, make_desk, make_rail_settings


@pytest.fixture(scope="module")
def running_sandbox() -> Iterator[RunningSandbox]:
    with start_sandbox(seed=1) as sandbox:
        yield sandbox


@pytest.fixture
async def control(running_sandbox: RunningSandbox) -> AsyncIterator[Control]:
    control = Control(running_sandbox.control_url)
    await control.reset()
    yield control
    await control.close()


@pytest.fixture
async def desk(
    running_sandbox: RunningSandbox, control: Control, transactions: Transactions
) -> AsyncIterator[SaleDesk]:
    settings = make_rail_settings(running_sandbox.url)
    async with B2pRail(settings) as rail:
        yield make_desk(transactions, rail, settings)
