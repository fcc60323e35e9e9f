"""Routes of the status."""

import uuid
from typing import Any

from litestar import get
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery

from agenturclient.agencies.service import choose_contract
from agenturclient.core.problems import fails_with
from agenturclient.deps import IS_BACKGROUND, CallerDep, Permission, TransactionsDep, requires
from agenturclient.rail.port import Language, RailContext
from agenturclient.status.schemas import SupplierStatus
from agenturclient.status.service import StatusBoard, read_supplier_status

StatusBoardDep = NamedDependency[StatusBoard]


def provide_status_board(state: State) -> StatusBoard:
    board: StatusBoard = state.status_board
    return board


DEPENDENCIES = {"status_board": Provide(provide_status_board, sync_to_thread=False)}


@get("/status", guards=[requires(Permission.STATUS_READ)], responses=fails_with(), opt={IS_BACKGROUND: True})
async def read_status_endpoint(
    caller: CallerDep,
    transactions: TransactionsDep,
    status_board: StatusBoardDep,
    language: FromQuery[Language] = "de",
) -> SupplierStatus:
    """How SBB is at this moment, and what it wants sellers to know."""
    contract_id = await choose_contract(transactions, caller.agency_code)
    return await read_supplier_status(status_board, RailContext(contract_id, str(uuid.uuid4()), language))


ROUTES: list[Any] = [read_status_endpoint]
