"""What a basket holds and how it changes: passes, returns, ages, languages, expiry, and what is refused."""

import datetime as dt

import pytest
from sqlalchemy import func, select, true

from agenturclient.core.problems import InvalidRequest, NotFound
from agenturclient.offers.problems import SameStation
from agenturclient.offers.schemas import TripSearch
from agenturclient.offers.service import list_products, search_trips
from agenturclient.orders import service
from agenturclient.orders.basket.service import (
    add_order_item,
    fetch_order_offers,
    name_order_travellers,
    remove_order_item,
)
from agenturclient.orders.models import order_offers
from agenturclient.orders.problems import (
    OrderEmpty,
    OrderStateChanged,
    PerhapsHeldByOurselves,
    PriceChanged,
    SalesParameterMissing,
    SoldOut,
    TravellerIncomplete,
)
from agenturclient.orders.queries import OrderRow
from agenturclient.orders.reading.service import OrderFilter, find_orders, get_order_row, read_order
from agenturclient.orders.sale.desk import SaleDesk
from agenturclient.orders.sale.jobs import put_away_lapsed_orders
from agenturclient.orders.schemas import (
    AddItem,
    ChangeOrder,
    CreateOrder,
    FetchOffers,
    NameTraveller,
    NameTravellers,
    Order,
    ProductWish,
    RouteWish,
    TravellerWish,
    TripWish,
)
from agenturclient.places.service import PlacesCache
from agenturclient.rail.port import Reduction
from orders.seller import (
    AGENCY,
    BERN,
    CALLER,
    ZONE,
    ZUERICH,
    Control,
    confirm_held,
    fetch_trip_offers,
    fill_basket,
    hold_basket,
    make_keyed,
)

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def _create(desk: SaleDesk) -> Order:
    command = CreateOrder(ticket_language="de")
    return await service.create_order(desk, CALLER, AGENCY, command, make_keyed("create", command), true())


async def _row(desk: SaleDesk, number: str) -> OrderRow:
    async with desk.transactions.read() as session:
        return await get_order_row(session, number, true())


async def _name(desk: SaleDesk, number: str, code: str, born_on: dt.date) -> None:
    named = NameTraveller(code=code, first_name="Yuki", last_name="Tanaka", born_on=born_on)
    await name_order_travellers(desk.lookups, await _row(desk, number), NameTravellers(travellers=[named]))


async def _find_pass(desk: SaleDesk) -> int:
    products = await list_products(
        desk.lookups, agency_code="limmat", contract_id="ACP1024", language="en", conversation_id="c" * 36
    )
    return next(p.product_id for p in products if "Swiss Travel Pass" in p.title and "3" in p.title)


async def _find_no_contract(_agency_code: str | None) -> str:
    raise AssertionError("nothing is asked of the supplier")


def _in_days(days: int) -> dt.date:
    return dt.datetime.now(ZONE).date() + dt.timedelta(days=days)


async def test_a_swiss_travel_pass_asks_for_the_country_and_is_sold(desk: SaleDesk) -> None:
    order = await _create(desk)
    travel_on = _in_days(10)
    wish = ProductWish(product_id=await _find_pass(desk), travel_on=travel_on)
    command = FetchOffers(wish=wish, travellers=[TravellerWish(code="t1", age=36)])
    offers = await fetch_order_offers(desk.lookups, await _row(desk, order.number), command)
    bundle = next(bundle for bundle in offers.bundles if bundle.travel_class == 2)
    with pytest.raises(SalesParameterMissing) as caught:
        await add_order_item(
            desk.lookups, await _row(desk, order.number), AddItem(offer_set=offers.code, bundle=bundle.code)
        )
    missing = caught.value.members["errors"][0]
    assert missing["traveller_code"] == "t1"
    assert "JP" in missing["possible_values"]
    await add_order_item(
        desk.lookups,
        await _row(desk, order.number),
        AddItem(offer_set=offers.code, bundle=bundle.code, sales_parameters={"t1": {missing["key"]: "JP"}}),
    )
    await _name(desk, order.number, "t1", dt.date(travel_on.year - 36, 1, 2))
    changed = await service.change_order(desk, AGENCY, order.number, true(), ChangeOrder(ticket_language="en"))
    assert [item.title for item in changed.items] == ["Swiss Travel Pass 3 days"]
    sold = await confirm_held(desk, await hold_basket(desk, await read_order(desk, order.number, true())))
    assert sold.state == "confirmed"


async def test_a_return_and_a_pass_are_sold_as_one_order(desk: SaleDesk) -> None:
    order = await fill_basket(desk)
    at = dt.datetime.combine(_in_days(4), dt.time(17), ZONE)
    there, back = [
        await search_trips(
            desk.lookups,
            agency_code="limmat",
            contract_id="ACP1024",
            search=TripSearch(origin=a, destination=b, via=(), at=time, is_arrival=False, scroll=None, language="de"),
            conversation_id=order.conversation_id,
        )
        for a, b, time in ((ZUERICH, BERN, at), (BERN, ZUERICH, at + dt.timedelta(hours=3)))
    ]
    wish = TripWish(trip_id=there.trips[0].trip_id, return_trip_id=back.trips[-1].trip_id)
    travellers = [TravellerWish(code="t1", age=42, reduction=Reduction.HALF_FARE)]
    offers = await fetch_order_offers(
        desk.lookups, await _row(desk, order.number), FetchOffers(wish=wish, travellers=travellers)
    )
    assert offers.inward is not None
    await add_order_item(
        desk.lookups,
        await _row(desk, order.number),
        AddItem(offer_set=offers.code, bundle=offers.bundles[0].code),
    )
    filled = await read_order(desk, order.number, true())
    assert len(filled.items) == 2
    sold = await confirm_held(desk, await hold_basket(desk, filled))
    assert sold.state == "confirmed"
    assert sum(ticket.price.amount for ticket in sold.tickets if ticket.price) == filled.total.amount
    assert {ticket.item_code for ticket in sold.tickets} == {item.code for item in filled.items}


async def test_a_route_offer_without_a_connection(desk: SaleDesk) -> None:
    order = await _create(desk)
    wish = RouteWish(origin=ZUERICH, destination=BERN, travel_on=_in_days(2))
    offers = await fetch_order_offers(
        desk.lookups,
        await _row(desk, order.number),
        FetchOffers(wish=wish, travellers=[TravellerWish(code="t1", age=30)]),
    )
    assert offers.bundles


async def test_another_true_age_of_the_same_price_changes_nothing_visible(desk: SaleDesk, control: Control) -> None:
    order = await fill_basket(desk, age=42, born_on=dt.date(1970, 5, 1))
    held = await hold_basket(desk, order)
    assert held.held_total == order.total
    assert (await confirm_held(desk, held)).state == "confirmed"


async def test_another_true_age_with_another_price_stops_and_asks(desk: SaleDesk) -> None:
    child = _in_days(3).year - 10
    order = await fill_basket(desk, age=42, born_on=dt.date(child, 1, 1), reduction=Reduction.NONE)
    with pytest.raises(PriceChanged) as caught:
        await hold_basket(desk, order)
    new_total = caught.value.members["new_total"]
    assert caught.value.members["old_total"] == order.total.amount
    assert new_total != order.total.amount
    held = await hold_basket(desk, order, expected_total=new_total)
    assert (await confirm_held(desk, held)).state == "confirmed"


async def test_an_offer_expired_at_sbb_is_fetched_again_without_a_word(desk: SaleDesk, control: Control) -> None:
    order = await fill_basket(desk)
    async with control.session.post(f"{control.url}/expire", json={"offers": True}) as answer:
        assert answer.status < 300
    assert (await hold_basket(desk, order)).state == "held"


async def test_a_price_changed_meanwhile_is_asked_about(desk: SaleDesk, control: Control) -> None:
    order = await fill_basket(desk)
    async with control.session.post(f"{control.url}/expire", json={"offers": True}) as answer:
        assert answer.status < 300
    await control.set_switches(price_change_rappen=200)
    with pytest.raises(PriceChanged) as caught:
        await hold_basket(desk, order)
    assert caught.value.members["new_total"] > order.total.amount
    assert (await read_order(desk, order.number, true())).state == "open"


async def test_a_saver_gone_meanwhile_is_sold_out(desk: SaleDesk, control: Control) -> None:
    order = await fill_basket(desk, is_saver=True)
    async with control.session.post(f"{control.url}/expire", json={"offers": True}) as answer:
        assert answer.status < 300
    await control.set_switches(saver_tickets=False)
    with pytest.raises(SoldOut):
        await hold_basket(desk, order)


async def test_a_refusal_after_a_lost_hold_never_says_sold_out(desk: SaleDesk, control: Control) -> None:
    order = await fill_basket(desk, is_saver=True)
    await control.set_faults({"operation": "post_prebooking", "kind": "reset_after"})
    with pytest.raises(PerhapsHeldByOurselves):
        await hold_basket(desk, order)
    await control.set_faults()
    after = await read_order(desk, order.number, true())
    assert after.perhaps_held_until is not None
    assert after.problem is not None
    assert after.problem["code"] == "perhaps-held-by-ourselves"


async def test_a_missing_name_is_named(desk: SaleDesk) -> None:
    order = await _create(desk)
    with pytest.raises(OrderEmpty):
        await hold_basket(desk, order)
    offers = await fetch_trip_offers(desk, order)
    await add_order_item(
        desk.lookups, await _row(desk, order.number), AddItem(offer_set=offers.code, bundle=offers.bundles[0].code)
    )
    with pytest.raises(TravellerIncomplete) as caught:
        await hold_basket(desk, await read_order(desk, order.number, true()))
    assert {(error["traveller_code"], error["field"]) for error in caught.value.members["errors"]} == {
        ("t1", "first_name"),
        ("t1", "last_name"),
        ("t1", "born_on"),
    }


@pytest.mark.parametrize(
    "name", ["", "   ", "x" * 300, "An\x00na", "A\u202enna", "Anna 🙂", "<b>Anna</b>", "1234", "\u200bAnna"]
)
async def test_a_name_that_cannot_be_printed_is_refused_and_nothing_changes(desk: SaleDesk, name: str) -> None:
    order = await fill_basket(desk)
    with pytest.raises(InvalidRequest) as caught:
        await name_order_travellers(
            desk.lookups,
            await _row(desk, order.number),
            NameTravellers(travellers=[NameTraveller(code="t1", first_name=name)]),
        )
    assert caught.value.members["errors"][0]["pointer"] == "/travellers/0/first_name"
    # Whose field it is on the screen.
    assert (caught.value.members["errors"][0]["traveller_code"], caught.value.members["errors"][0]["field"]) == (
        "t1",
        "first_name",
    )
    assert (await read_order(desk, order.number, true())).travellers[0].first_name == "Anna"


@pytest.mark.parametrize("name", ["Ömer", "Zoë", "O’Connor", "Jean-Luc", "Łukasz", "山田", "محمد", "d'Angelo"])
async def test_real_names_are_accepted(desk: SaleDesk, name: str) -> None:
    order = await fill_basket(desk)
    command = NameTravellers(travellers=[NameTraveller(code="t1", first_name=name)])
    await name_order_travellers(desk.lookups, await _row(desk, order.number), command)
    assert (await read_order(desk, order.number, true())).travellers[0].first_name == name


async def test_the_ticket_language_fetches_the_offers_again(desk: SaleDesk) -> None:
    order = await fill_basket(desk)
    changed = await service.change_order(desk, AGENCY, order.number, true(), ChangeOrder(ticket_language="fr"))
    assert changed.ticket_language == "fr"
    assert changed.items[0].bundle.title != order.items[0].bundle.title
    assert (await hold_basket(desk, changed)).state == "held"


async def test_a_held_order_can_be_opened_again_or_given_up(desk: SaleDesk) -> None:
    held = await hold_basket(desk, await fill_basket(desk))
    opened = await service.reopen_order(desk, CALLER, held.number, true())
    assert opened.state == "open"
    assert opened.perhaps_held_until == held.held_until
    await remove_order_item(desk.lookups, await _row(desk, held.number), opened.items[0].code)
    emptied = await read_order(desk, held.number, true())
    assert (emptied.items, emptied.travellers, emptied.total.amount) == ([], [], 0)
    assert (await service.abandon_order(desk, CALLER, held.number, true())).state == "abandoned"
    with pytest.raises(OrderStateChanged):
        await service.reopen_order(desk, CALLER, held.number, true())


async def test_what_was_held_and_opened_again_is_held_anew_at_once(desk: SaleDesk) -> None:
    """B2P prebooks an offer once: with the old offers, a corrected name would wait for half an hour."""
    held = await hold_basket(desk, await fill_basket(desk))
    opened = await service.reopen_order(desk, CALLER, held.number, true())
    again = await hold_basket(desk, opened)
    assert (again.state, again.total, again.perhaps_held_until) == ("held", held.total, None)


async def test_after_a_lost_hold_other_offers_are_held(desk: SaleDesk, control: Control) -> None:
    order = await fill_basket(desk)
    await control.set_faults({"operation": "post_prebooking", "kind": "reset_after", "nth": 1})
    with pytest.raises(PerhapsHeldByOurselves):
        await hold_basket(desk, order)
    await control.set_faults()
    assert (await hold_basket(desk, await read_order(desk, order.number, true()))).state == "held"


async def test_a_saver_that_is_gone_because_we_hold_it_is_not_sold_out(desk: SaleDesk, control: Control) -> None:
    held = await hold_basket(desk, await fill_basket(desk, is_saver=True))
    opened = await service.reopen_order(desk, CALLER, held.number, true())
    await control.set_switches(saver_tickets=False)
    with pytest.raises(PerhapsHeldByOurselves) as caught:
        await hold_basket(desk, opened)
    assert held.held_until is not None
    assert caught.value.members["held_until"] == held.held_until.isoformat()


async def test_a_hold_that_lapsed_opens_the_basket_again(desk: SaleDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    held = await hold_basket(desk, await fill_basket(desk))
    assert held.held_until is not None
    later = held.held_until + dt.timedelta(seconds=1)
    monkeypatch.setattr("agenturclient.orders.sale.jobs.get_utc_now", lambda: later)
    assert await put_away_lapsed_orders(desk) == 1
    opened = await read_order(desk, held.number, true())
    assert opened.state == "open"
    assert opened.problem is not None
    assert opened.problem["code"] == "hold-expired"


async def test_offers_of_hours_ago_are_forgotten_and_what_was_chosen_stays(
    desk: SaleDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = await fill_basket(desk)

    async def count_offers() -> int:
        async with desk.transactions.read() as session:
            return int((await session.execute(select(func.count()).select_from(order_offers))).scalar_one())

    await put_away_lapsed_orders(desk)
    assert await count_offers() == 1
    later = dt.datetime.now(dt.UTC) + dt.timedelta(hours=3)
    monkeypatch.setattr("agenturclient.orders.sale.jobs.get_utc_now", lambda: later)
    await put_away_lapsed_orders(desk)
    assert await count_offers() == 0
    assert (await read_order(desk, order.number, true())).items == order.items


async def test_orders_are_found_by_number_name_ticket_and_reference(desk: SaleDesk) -> None:
    sold = await confirm_held(desk, await hold_basket(desk, await fill_basket(desk)))
    await _create(desk)
    for text in (
        sold.number.lower().replace("-", ""),
        "kell",
        "Keller Anna",
        sold.tickets[0].printed_number,
        "4711-KEL",
    ):
        page = await find_orders(desk.transactions, true(), OrderFilter(text=text))
        assert [order.number for order in page.items] == [sold.number], text
    assert (await find_orders(desk.transactions, true(), OrderFilter(text="Meier"))).items == []


async def _find(desk: SaleDesk, *texts: str) -> list[list[str]]:
    pages = [await find_orders(desk.transactions, true(), OrderFilter(text=text)) for text in texts]
    return [[order.number for order in page.items] for page in pages]


async def test_orders_are_found_by_place_and_seller_from_the_first_item_on(desk: SaleDesk) -> None:
    desk.lookups.known_places = PlacesCache(desk.rail, _find_no_contract).rows
    empty = await _create(desk)
    assert await _find(desk, "Frei", "L. Frei", "frei l", "bern") == [[empty.number]] * 3 + [[]]
    filled = await fill_basket(desk)
    # Both ends, written as one likes, abbreviated, in another language.
    assert await _find(desk, "Zürich HB", "zuerich", "hb zur", "Zurigo", "BN", "Berna") == [[filled.number]] * 6
    # Without a connection only the stations' numbers are known to the order.
    route = RouteWish(origin=8501008, destination=BERN, travel_on=_in_days(5))
    command = FetchOffers(wish=route, travellers=[TravellerWish(code="t2", age=42)])
    offers = await fetch_order_offers(desk.lookups, await _row(desk, empty.number), command)
    await add_order_item(
        desk.lookups, await _row(desk, empty.number), AddItem(offer_set=offers.code, bundle=offers.bundles[0].code)
    )
    assert await _find(desk, "Genf", "bern") == [[empty.number], [filled.number, empty.number]]
    await name_order_travellers(
        desk.lookups,
        await _row(desk, empty.number),
        NameTravellers(travellers=[NameTraveller(code="t2", first_name="Jürg", last_name="von Müller")]),
    )
    assert await _find(desk, "mueller", "Müller J", "jurg", "von mu") == [[empty.number]] * 4


async def test_what_is_taken_out_or_called_otherwise_is_not_found_any_more(desk: SaleDesk) -> None:
    order = await fill_basket(desk)
    await _name(desk, order.number, "t1", order.travellers[0].born_on or dt.date(1984, 4, 12))
    assert await _find(desk, "keller", "anna", "tanaka y", "bern") == [[], [], [order.number], [order.number]]
    await remove_order_item(desk.lookups, await _row(desk, order.number), order.items[0].code)
    assert await _find(desk, "tanaka", "bern", "zürich", "frei") == [[], [], [], [order.number]]


async def test_a_name_of_any_length_and_script_is_kept_and_found(desk: SaleDesk) -> None:
    order = await fill_basket(desk)
    for last_name, text in (
        ("ü" * 60, "ü" * 50),
        ("Ωμέγα", "ωμεγα"),
        ("a b " * 15, "b a b"),
        ("\ufdfa" * 60, "\ufdfa"),
    ):
        named = NameTraveller(code="t1", first_name=last_name, last_name=last_name)
        await name_order_travellers(desk.lookups, await _row(desk, order.number), NameTravellers(travellers=[named]))
        assert await _find(desk, text) == [[order.number]], last_name


async def test_lists_page_by_cursor_without_gaps(desk: SaleDesk) -> None:
    numbers = [(await _create(desk)).number for _ in range(7)]
    seen: list[str] = []
    cursor = None
    for _ in range(4):
        page = await find_orders(desk.transactions, true(), OrderFilter(limit=2, cursor=cursor))
        seen += [order.number for order in page.items]
        cursor = page.next_cursor
    assert seen == numbers[::-1]
    assert cursor is None


async def test_what_makes_no_sense_is_refused_by_name(desk: SaleDesk) -> None:
    order = await fill_basket(desk)
    search = TripSearch(
        origin=BERN,
        destination=BERN,
        via=(),
        at=dt.datetime.now(ZONE),
        is_arrival=False,
        scroll=None,
        language="de",
    )
    with pytest.raises(SameStation):
        await search_trips(
            desk.lookups, agency_code="a", contract_id="c", search=search, conversation_id=order.conversation_id
        )
    with pytest.raises(NotFound):
        await add_order_item(desk.lookups, await _row(desk, order.number), AddItem(offer_set="none", bundle="b1"))
    with pytest.raises(NotFound):
        await read_order(desk, "AC-0000-0000", true())
