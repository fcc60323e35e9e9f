"""Holding an order: record the intent, ask anew what must be, prebook, record what came of it (design section 4)."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Row

from agenturclient.core.database import Session, get_utc_now
from agenturclient.core.problems import Problem
from agenturclient.offers.problems import RailRefusedRequest, translate_rail_error
from agenturclient.offers.service import fetch_bundles, list_products
from agenturclient.orders import queries
from agenturclient.orders.basket.rules import Asked, find_same_bundle, make_offer_query
from agenturclient.orders.hold.rules import (
    Content,
    Named,
    build_hold_request,
    check_travellers_named,
    make_asked_with_ages,
    map_offers,
    must_be_asked_anew,
)
from agenturclient.orders.problems import (
    NoOffers,
    OfferExpired,
    OrderEmpty,
    OrderStateChanged,
    PerhapsHeldByOurselves,
    PriceChanged,
    SalesParameterMissing,
    SoldOut,
    TravellerRefused,
)
from agenturclient.orders.queries import OrderRow
from agenturclient.orders.rules import OrderState, PrebookingState, Step
from agenturclient.orders.sale.desk import (
    LeaseLostError,
    Sale,
    SaleDesk,
    keeps_trying,
    make_sale,
    record_step,
    release_lease,
)
from agenturclient.orders.schemas import ProductWish
from agenturclient.rail.errors import RailError, RailRefused, RailUnknown, RefusalReason
from agenturclient.rail.port import Hold, Prebooking, RailContext

# What B2P promises where its answer names no end.
HOLD_LIFE = dt.timedelta(minutes=30)


async def load_contents(session: Session, order_id: int) -> list[Content]:
    return [_read_content(item) for item in await queries.list_items(session, order_id)]


def _read_content(item: Row[Any]) -> Content:
    return msgspec.convert(
        {
            "item_id": item.id,
            "code": item.code,
            "asked": item.query,
            "bundle": item.bundle,
            "sales_parameters": item.sales_parameters,
            "fetched_at": item.fetched_at,
        },
        Content,
    )


async def load_named(session: Session, order_id: int) -> list[Named]:
    return [
        Named(code=row.code, kind=row.kind, first_name=row.first_name, last_name=row.last_name, born_on=row.born_on)
        for row in await queries.list_travellers(session, order_id)
    ]


class HoldIntent(msgspec.Struct, frozen=True, kw_only=True):
    """An order whose intent to hold is recorded, and what is in it: nobody else changes it from then on."""

    row: OrderRow
    contents: list[Content]
    named: list[Named]
    was_held: bool


async def begin_hold(session: Session, desk: SaleDesk, row: OrderRow) -> HoldIntent:
    """Record the intent to hold.

    Raises:
        OrderEmpty, TravellerIncomplete, OrderStateChanged
    """
    changes = {
        "step": Step.HOLDING,
        "lease_owner": desk.owner,
        "lease_until": desk.make_lease_end(),
        "problem": None,
    }
    # First of all: from here on nobody else changes the basket, and what is checked is what will be held.
    if not await queries.move_order(session, row.id, state=OrderState.OPEN, step=None, changes=changes):
        raise OrderStateChanged("Only an open basket can be held.", state=row.state)
    contents = await load_contents(session, row.id)
    if not contents:
        raise OrderEmpty("Put something into the basket first.")
    if not map_offers(contents):
        raise NoOffers("Nothing in this basket needs to be bought.")
    named = await load_named(session, row.id)
    check_travellers_named(named)
    was_held = row.perhaps_held_until is not None or bool(await queries.list_prebookings(session, row.id))
    await queries.add_journal_entry(session, row.id, row.seller_name, "hold_begun")
    return HoldIntent(row=row, contents=contents, named=named, was_held=was_held)


async def place_hold(desk: SaleDesk, intent: HoldIntent, *, expected_total: int, actor: str) -> None:
    """Prebook the whole order (intent: HOLDING) and record what came of it.

    Raises:
        Problem: what came of it was not a hold; the basket is open again and keeps the problem.
    """
    row = intent.row
    sale = make_sale(row, actor=actor, budget_seconds=desk.hold_budget_seconds * 2)
    try:
        hold, contents = await _try_hold(desk, intent, sale, expected_total)
    except Problem as problem:
        meaning = _judge_missing_offer(row, problem)
        await _record_no_hold(desk, sale, meaning)
        if meaning is problem:
            raise
        raise meaning from problem
    except RailError as error:
        meaning = _judge_failed_hold(row, error)
        await _record_no_hold(desk, sale, meaning)
        raise meaning from error
    await _record_hold(desk, sale, hold, contents)


async def _try_hold(
    desk: SaleDesk, intent: HoldIntent, sale: Sale, expected_total: int
) -> tuple[Hold, Sequence[Content]]:
    row, contents, named = intent.row, intent.contents, intent.named
    now = get_utc_now()
    # B2P prebooks an offer once: what was held before (and given up, or lost) is held again by new offers only.
    stale = [content.code for content in contents if intent.was_held or must_be_asked_anew(content, named, now)]
    contents = await _ask_anew(desk, row, sale.context, contents, named, stale)
    _check_total(contents, expected_total)
    try:
        return await desk.rail.hold_offers(sale.context, build_hold_request(contents, named)), contents
    except RailRefused as error:
        if error.reason is not RefusalReason.OFFER_EXPIRED or error.is_after_lost_answer:
            raise
    # B2P forgets offers early under load: ask for the same once more, without a word if the price is the same.
    contents = await _ask_anew(desk, row, sale.context, contents, named, [content.code for content in contents])
    _check_total(contents, expected_total)
    return await desk.rail.hold_offers(sale.context, build_hold_request(contents, named)), contents


async def _ask_anew(
    desk: SaleDesk,
    row: OrderRow,
    context: RailContext,
    contents: Sequence[Content],
    named: Sequence[Named],
    codes: Sequence[str],
) -> list[Content]:
    """Fetch the offers of these items again and write the new ones; the prices may differ."""
    fresh: list[Content] = []
    for content in contents:
        if content.code not in codes:
            fresh.append(content)
            continue
        renewed = await fetch_content_anew(desk, row, context, content, named)
        fresh.append(renewed)
    changed = [content for content in fresh if content.code in codes]
    if changed:
        async with desk.transactions() as session:
            await write_contents(session, row, changed, fresh)
    return fresh


async def fetch_content_anew(
    desk: SaleDesk, row: OrderRow, context: RailContext, content: Content, named: Sequence[Named]
) -> Content:
    """The same item from a new answer, for the true ages.

    Raises:
        SoldOut: it is no longer on sale. OfferExpired: the connection must be searched again. RailUnavailable
    """
    asked = make_asked_with_ages(content.asked, named)
    if context.language != row.ticket_language:
        asked = await _translate_title(desk, row, context, asked)
    try:
        bundles = await fetch_bundles(desk.lookups, context, row.agency_code, make_offer_query(asked))
    except RailRefused as error:
        raise OfferExpired("Search the connection again.", item=content.code) from error
    except RailError as error:
        raise translate_rail_error(error) from error
    bundle = find_same_bundle(bundles, content.bundle, asked.wish)
    if bundle is None:
        raise SoldOut("This offer is no longer on sale: choose another.", item=content.code)
    return msgspec.structs.replace(content, asked=asked, bundle=bundle, fetched_at=get_utc_now())


async def _translate_title(desk: SaleDesk, row: OrderRow, context: RailContext, asked: Asked) -> Asked:
    """The same question with its product's title in the language of ``context``; places are called alike in all."""
    if not isinstance(asked.wish, ProductWish):
        return asked
    products = await list_products(
        desk.lookups,
        agency_code=row.agency_code,
        contract_id=context.contract_id,
        language=context.language,
        conversation_id=context.conversation_id,
    )
    titles = {product.product_id: product.title for product in products}
    return msgspec.structs.replace(asked, title=titles.get(asked.wish.product_id, asked.title))


async def write_contents(session: Session, row: OrderRow, changed: Sequence[Content], all_: Sequence[Content]) -> None:
    for content in changed:
        await queries.update_item(
            session,
            content.item_id,
            query=msgspec.to_builtins(content.asked),
            bundle=msgspec.to_builtins(content.bundle),
            price=content.bundle.total.amount,
            fetched_at=content.fetched_at,
        )
    await queries.update_total(session, row.id, _sum_total(all_))


def _sum_total(contents: Sequence[Content]) -> int:
    return sum(content.bundle.total.amount for content in contents)


def _check_total(contents: Sequence[Content], expected_total: int) -> None:
    total = _sum_total(contents)
    if total != expected_total:
        raise PriceChanged(
            "The price is another now: hold again to accept it.", old_total=expected_total, new_total=total
        )


def _judge_missing_offer(row: OrderRow, problem: Problem) -> Problem:
    """An offer that is no longer on sale may be gone because we hold its places ourselves."""
    is_perhaps_ours = row.perhaps_held_until is not None and row.perhaps_held_until > get_utc_now()
    if isinstance(problem, SoldOut) and is_perhaps_ours:
        return PerhapsHeldByOurselves(held_until=row.perhaps_held_until.isoformat())
    return problem


def _judge_failed_hold(row: OrderRow, error: RailError) -> Problem:
    """What a failed prebooking means to a seller; never "sold out" while the places may be our own."""
    now = get_utc_now()
    if isinstance(error, RailUnknown) or (isinstance(error, RailRefused) and error.is_after_lost_answer):
        return PerhapsHeldByOurselves(held_until=(now + HOLD_LIFE).isoformat())
    if not isinstance(error, RailRefused):
        return translate_rail_error(error)
    is_perhaps_ours = row.perhaps_held_until is not None and row.perhaps_held_until > now
    match error.reason:
        case RefusalReason.SOLD_OUT | RefusalReason.ALREADY_DONE if is_perhaps_ours:
            return PerhapsHeldByOurselves(held_until=row.perhaps_held_until.isoformat())
        case RefusalReason.SOLD_OUT | RefusalReason.ALREADY_DONE:
            return SoldOut("Somebody else was faster: choose another offer.")
        case RefusalReason.OFFER_EXPIRED | RefusalReason.TRIP_EXPIRED | RefusalReason.NOT_FOUND:
            return OfferExpired("Fetch the offers again.")
        case RefusalReason.TRAVELLER_INVALID:
            return TravellerRefused("Check names and dates of birth.")
        case RefusalReason.SALES_PARAMETER_INVALID:
            return SalesParameterMissing("Check the further inputs of the offer.")
        case _:
            return RailRefusedRequest(reason=str(error.reason))


@keeps_trying
async def _record_no_hold(desk: SaleDesk, sale: Sale, problem: Problem) -> None:
    changes: dict[str, Any] = {
        "problem": problem.to_kept(),
        **release_lease(),
    }
    if isinstance(problem, PerhapsHeldByOurselves):
        changes["perhaps_held_until"] = dt.datetime.fromisoformat(problem.members["held_until"])
    try:
        async with desk.transactions() as session:
            await record_step(
                session,
                desk,
                sale,
                state=OrderState.OPEN,
                step=Step.HOLDING,
                entry="not_held",
                detail={"code": problem.code},
                changes=changes,
            )
    except LeaseLostError:
        return


@keeps_trying
async def _record_hold(desk: SaleDesk, sale: Sale, hold: Hold, contents: Sequence[Content]) -> None:
    owners = map_offers(contents)
    now = get_utc_now()
    rows = [_make_prebooking_row(sale.order_id, prebooking, owners, now) for prebooking in hold.prebookings]
    held_until = min((row["expires_at"] for row in rows), default=now + HOLD_LIFE)
    async with desk.transactions() as session:
        await queries.insert_prebookings(session, rows)
        await record_step(
            session,
            desk,
            sale,
            state=OrderState.OPEN,
            step=Step.HOLDING,
            entry="held",
            detail={"held_until": held_until.isoformat(), "total": _sum_total(contents)},
            changes={
                "state": OrderState.HELD,
                "held_total": _sum_total(contents),
                "held_until": held_until,
                "perhaps_held_until": None,
                "problem": None,
                **release_lease(),
            },
        )


def _make_prebooking_row(
    order_id: int, prebooking: Prebooking, owners: dict[str, tuple[str, str | None]], now: dt.datetime
) -> dict[str, Any]:
    item_code, traveller_code = owners.get(prebooking.offer_id or "", (None, None))
    return {
        "order_id": order_id,
        "prebooking_id": prebooking.prebooking_id,
        "item_code": item_code,
        "traveller_code": traveller_code,
        "offer_id": None if prebooking.offer_id is None else prebooking.offer_id[:255],
        "expires_at": prebooking.expires_at or now + HOLD_LIFE,
        "state": PrebookingState.HELD,
    }
