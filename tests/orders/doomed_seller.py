"""A process that sells once and kills itself at a given moment: ``doomed_seller.py DATABASE SANDBOX MOMENT``.

``MOMENT`` is ``before:OPERATION`` or ``after:OPERATION`` of the supplier's port, or ``never``. Prints the order number.
"""

import asyncio
import os
import signal
import sys
from typing import Any

from sqlalchemy import true

from agenturclient.core.database import Transactions, create_engine
from agenturclient.orders import service
from agenturclient.rail.b2p.client import B2pRail
from orders.seller import CALLER, confirm_held, fill_basket, hold_basket, make_desk, make_keyed, make_rail_settings


class DoomedRail:
    """The supplier's client; SIGKILLs this process before or after one operation."""

    def __init__(self, rail: B2pRail, moment: str) -> None:
        self._rail = rail
        self._when, _, self._operation = moment.partition(":")

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._rail, name)
        if name != self._operation:
            return method

        async def call(*args: Any, **kwargs: Any) -> Any:
            if self._when == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            answer = await method(*args, **kwargs)
            if self._when == "after":
                os.kill(os.getpid(), signal.SIGKILL)
            return answer

        return call


async def main(database_url: str, sandbox_url: str, moment: str) -> None:
    engine = create_engine(database_url, pool_size=2, pool_timeout_seconds=5, statement_timeout_seconds=5)
    settings = make_rail_settings(sandbox_url)
    async with B2pRail(settings) as rail:
        desk = make_desk(Transactions(engine), DoomedRail(rail, moment), settings, owner="doomed")  # type: ignore[arg-type]
        order = await fill_basket(desk)
        print(order.number, flush=True)
        held = await hold_basket(desk, order)
        sold = await confirm_held(desk, held)
        if "cancel" in moment:
            await service.undo_order(desk, CALLER, sold.number, true(), make_keyed("undo", None))
    await engine.dispose()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))
