"""A seller for tests: walks a plain sale through the services against a running sandbox."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
from sqlalchemy import true

from agenturclient.agencies.schemas import Agency, Branch
from agenturclient.core.database import Transactions
from agenturclient.identity.permissions import ROLE_PERMISSIONS, Role
from agenturclient.identity.schemas import Caller
from agenturclient.offers.schemas import TripSearch
from agenturclient.offers.service import Lookups, search_trips
from agenturclient.orders import service
from agenturclient.orders.basket.service import add_order_item, fetch_order_offers, name_order_travellers
from agenturclient.orders.reading.service import get_order_row, read_order
from agenturclient.orders.sale.desk import SaleDesk
from agenturclient.orders.schemas import (
    AddItem,
    ConfirmOrder,
    CreateOrder,
    FetchOffers,
    HoldOrder,
    NameTraveller,
    NameTravellers,
    OfferSet,
    Order,
    TravellerWish,
    TripWish,
)
from agenturclient.rail.b2p.client import B2pRail
from agenturclient.rail.port import Reduction
from agenturclient.settings import RailSettings, SaleSettings

ZUERICH, BERN = 8503000, 8507000
ZONE = ZoneInfo("Europe/Zurich")

AGENCY = Agency(
    code="limmat",
    name="Reisebüro Limmat",
    contract_id="ACP1024",
    default_language="de",
    is_reference_mandatory=False,
    reference_pattern=None,
    means_of_payment="invoice",
    branches=(Branch("quai", "Limmatquai"),),
)
CALLER = Caller(
    subject="seller-1",
    name="L. Frei",
    language="de",
    agency_code="limmat",
    branch_code="quai",
    roles=frozenset({"seller"}),
    permissions=ROLE_PERMISSIONS[Role.SELLER],
    whole_agency_permissions=ROLE_PERMISSIONS[Role.SELLER],
)


def make_rail_settings(sandbox_url: str, **values: Any) -> RailSettings:
    return RailSettings(
        **{
            "base_url": sandbox_url,
            "token_url": f"{sandbox_url}/token",
            "client_id": "sandbox",
            "client_secret": "sandbox-demo-only",
            "confirm_budget_seconds": 5,
            "hold_budget_seconds": 3,
            "read_budget_seconds": 2,
            **values,
        }
    )


def make_desk(
    transactions: Transactions, rail: B2pRail, settings: RailSettings, *, owner: str = "a", **sale: Any
) -> SaleDesk:
    return SaleDesk(
        transactions=transactions,
        lookups=Lookups(rail, transactions),
        sale=SaleSettings(**{"lease_seconds": 10, **sale}),
        rail=settings,
        owner=owner,
    )


@dataclass
class Control:
    """The sandbox's control interface."""

    url: str
    session: aiohttp.ClientSession = field(default_factory=aiohttp.ClientSession)

    async def set_faults(self, *rules: dict[str, Any]) -> None:
        async with self.session.put(f"{self.url}/faults", json={"rules": list(rules), "seed": 1}) as answer:
            assert answer.status == 200, await answer.text()

    async def set_switches(self, **switches: Any) -> None:
        async with self.session.put(f"{self.url}/switches", json=switches) as answer:
            assert answer.status == 200, await answer.text()

    async def move_clock(self, seconds: int) -> None:
        async with self.session.post(f"{self.url}/clock", json={"advance_seconds": seconds}) as answer:
            assert answer.status == 200, await answer.text()

    async def reset(self) -> None:
        async with self.session.post(f"{self.url}/reset") as answer:
            assert answer.status < 300, await answer.text()

    async def read_books(self) -> dict[str, Any]:
        async with self.session.get(f"{self.url}/books") as answer:
            books: dict[str, Any] = await answer.json()
            return books

    async def close(self) -> None:
        await self.session.close()


def make_keyed(operation: str, body: Any, key: str | None = None) -> service.Keyed:
    return service.make_keyed(CALLER, key or str(uuid.uuid4()), operation, body)


async def fill_basket(
    desk: SaleDesk,
    *,
    is_saver: bool = False,
    age: int = 42,
    born_on: dt.date | None = None,
    reduction: Reduction = Reduction.HALF_FARE,
) -> Order:
    """An order with one Zürich HB–Bern, half-fare, second class, its traveller named."""
    command = CreateOrder(ticket_language="de", your_reference="4711-KEL")
    order = await service.create_order(desk, CALLER, AGENCY, command, make_keyed("create", command), true())
    offers = await fetch_trip_offers(desk, order, age=age, reduction=reduction)
    bundle = next(bundle for bundle in offers.bundles if bundle.travel_class == 2 and bundle.is_saver is is_saver)
    async with desk.transactions.read() as session:
        row = await get_order_row(session, order.number, true())
    await add_order_item(desk.lookups, row, AddItem(offer_set=offers.code, bundle=bundle.code))
    travel_on = offers.travel_on
    await name_order_travellers(
        desk.lookups,
        row,
        NameTravellers(
            travellers=[
                NameTraveller(
                    code="t1",
                    first_name="Anna",
                    last_name="Keller",
                    born_on=born_on or dt.date(travel_on.year - age - 1, 12, 31),
                )
            ]
        ),
    )
    return await read_order(desk, order.number, true())


async def fetch_trip_offers(
    desk: SaleDesk, order: Order, *, age: int = 42, reduction: Reduction = Reduction.HALF_FARE
) -> OfferSet:
    at = dt.datetime.combine(dt.datetime.now(ZONE).date() + dt.timedelta(days=3), dt.time(8, 30), ZONE)
    search = TripSearch(origin=ZUERICH, destination=BERN, via=(), at=at, is_arrival=False, scroll=None, language="de")
    trips = await search_trips(
        desk.lookups,
        agency_code="limmat",
        contract_id="ACP1024",
        search=search,
        conversation_id=order.conversation_id,
    )
    async with desk.transactions.read() as session:
        row = await get_order_row(session, order.number, true())
    wish = TravellerWish(code="t1", age=age, reduction=reduction)
    return await fetch_order_offers(
        desk.lookups, row, FetchOffers(wish=TripWish(trip_id=trips.trips[0].trip_id), travellers=[wish])
    )


async def hold_basket(desk: SaleDesk, order: Order, *, expected_total: int | None = None) -> Order:
    command = HoldOrder(expected_total=order.total.amount if expected_total is None else expected_total)
    return await service.hold_order(desk, CALLER, AGENCY, order.number, true(), command, make_keyed("hold", command))


async def confirm_held(desk: SaleDesk, order: Order, key: str | None = None) -> Order:
    assert order.held_total is not None
    command = ConfirmOrder(expected_total=order.held_total.amount)
    return await service.confirm_order(desk, CALLER, order.number, true(), command, make_keyed("confirm", command, key))
