"""Fixtures of the ticket tests: those of the orders, and a ticket desk."""

import pytest

from agenturclient.orders.sale.desk import SaleDesk
from agenturclient.tickets.service import TicketDesk
from orders.conftest import control, desk, running_sandbox

__all__ = ["control", "desk", "running_sandbox"]


@pytest.fixture
def ticket_desk(desk: SaleDesk) -> TicketDesk:
    return TicketDesk(desk)
