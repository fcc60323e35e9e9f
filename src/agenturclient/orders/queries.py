"""Every select and update of orders. State changes are conditional updates whose row count decides who won."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Row, Select, and_, delete, insert, literal, or_, select, true, union_all, update
from sqlalchemy.exc import IntegrityError

from agenturclient.core.database import Session, get_utc_now
from agenturclient.orders.models import (
    order_items,
    order_journal,
    order_offers,
    order_prebookings,
    order_terms,
    order_tickets,
    order_travellers,
    orders,
)
from agenturclient.orders.rules import OrderState, PrebookingState, Step, fold_search_text, parse_order_number

OrderRow = Row[Any]

# Beyond so many a name (a place, a seller) is common: its orders are not listed but come across (`SearchHits`).
_MAX_SEARCH_HITS = 500
_LAST_CHARACTER = "\U0010ffff"


async def insert_order(session: Session, values: dict[str, Any]) -> int | None:
    """Insert an order; None if its number is taken."""
    try:
        result = await session.execute(insert(orders).values(**values))
    except IntegrityError:
        return None
    key = result.inserted_primary_key
    return None if key is None else int(key[0])


async def find_order(session: Session, number: str, scope: ColumnElement[bool]) -> OrderRow | None:
    return (await session.execute(select(orders).where(orders.c.number == number, scope))).one_or_none()


async def find_order_by_id(session: Session, order_id: int) -> OrderRow | None:
    return (await session.execute(select(orders).where(orders.c.id == order_id))).one_or_none()


async def move_order(
    session: Session,
    order_id: int,
    *,
    state: OrderState | Sequence[OrderState],
    step: Step | None,
    changes: dict[str, Any],
    owner: str | None = None,
    also: ColumnElement[bool] | None = None,
) -> bool:
    """Change an order only if it is in ``state`` with ``step`` (and leased to ``owner``, and ``also`` holds); whether
    it was. What was read before in the same transaction may be another by now (READ COMMITTED): ``also`` asks again."""
    states = [state] if isinstance(state, OrderState) else list(state)
    condition = and_(
        orders.c.id == order_id,
        orders.c.state.in_(states),
        orders.c.step.is_(None) if step is None else orders.c.step == step,
        true() if owner is None else orders.c.lease_owner == owner,
        true() if also is None else also,
    )
    result = await session.execute(update(orders).where(condition).values({"changed_at": get_utc_now(), **changes}))
    return result.rowcount == 1


async def take_lease(session: Session, row: OrderRow, owner: str, until: dt.datetime) -> bool:
    """Take over an order whose lease has ended; whether we were first."""
    result = await session.execute(
        update(orders)
        .where(
            orders.c.id == row.id,
            orders.c.step == row.step,
            orders.c.lease_until == row.lease_until,
            orders.c.lease_owner == row.lease_owner,
        )
        .values(lease_owner=owner, lease_until=until, attempts=orders.c.attempts + 1)
    )
    return result.rowcount == 1


async def list_unfinished_orders(session: Session, now: dt.datetime, limit: int) -> Sequence[OrderRow]:
    """Orders with a recorded intent whose lease has ended: somebody crashed, or gave them back."""
    query = select(orders).where(orders.c.step.is_not(None), orders.c.lease_until <= now)
    return (await session.execute(query.order_by(orders.c.lease_until).limit(limit))).all()


async def reopen_lapsed_hold(session: Session, order_id: int, now: dt.datetime, problem: dict[str, Any]) -> bool:
    """Make an order whose hold ended a basket again; False if it is held anew, or something else, by now."""
    changes = {"state": OrderState.OPEN, "held_until": None, "problem": problem}
    has_lapsed = orders.c.held_until <= now
    return await move_order(session, order_id, state=OrderState.HELD, step=None, changes=changes, also=has_lapsed)


async def begin_paying(session: Session, row: OrderRow, changes: dict[str, Any]) -> bool:
    """Begin to sell an order if it is held as ``row`` says, at the same price and by the same hold."""
    is_same = and_(orders.c.held_total == row.held_total, orders.c.held_until == row.held_until)
    return await move_order(session, row.id, state=OrderState.HELD, step=None, changes=changes, also=is_same)


async def list_lapsed_holds(session: Session, now: dt.datetime, limit: int) -> Sequence[OrderRow]:
    query = select(orders).where(orders.c.state == OrderState.HELD, orders.c.step.is_(None), orders.c.held_until <= now)
    return (await session.execute(query.limit(limit))).all()


async def expire_old_baskets(session: Session, before: dt.datetime) -> int:
    """Give up baskets that nobody touched since; how many."""
    result = await session.execute(
        update(orders)
        .where(orders.c.state == OrderState.OPEN, orders.c.step.is_(None), orders.c.changed_at < before)
        .values(state=OrderState.EXPIRED, changed_at=get_utc_now())
    )
    return result.rowcount


async def add_journal_entry(
    session: Session, order_id: int, actor: str, entry: str, detail: dict[str, Any] | None = None
) -> None:
    await session.execute(
        insert(order_journal).values(order_id=order_id, at=get_utc_now(), actor=actor, entry=entry, detail=detail or {})
    )


async def list_journal(session: Session, order_id: int) -> Sequence[Row[Any]]:
    query = select(order_journal).where(order_journal.c.order_id == order_id).order_by(order_journal.c.id)
    return (await session.execute(query)).all()


# --- the basket -------------------------------------------------------------------------------------------------------


async def insert_offer_set(session: Session, values: dict[str, Any]) -> None:
    await session.execute(insert(order_offers).values(**values))


async def find_offer_set(session: Session, order_id: int, code: str) -> Row[Any] | None:
    query = select(order_offers).where(order_offers.c.order_id == order_id, order_offers.c.code == code)
    return (await session.execute(query)).one_or_none()


async def delete_stale_offer_sets(session: Session, before: dt.datetime) -> None:
    """Forget offers of any order that were fetched before; an item keeps its own copy of what it was bought from."""
    await session.execute(delete(order_offers).where(order_offers.c.fetched_at < before))


async def list_items(session: Session, order_id: int) -> Sequence[Row[Any]]:
    query = select(order_items).where(order_items.c.order_id == order_id).order_by(order_items.c.position)
    return (await session.execute(query)).all()


async def list_items_of(session: Session, order_ids: Sequence[int]) -> dict[int, list[Row[Any]]]:
    query = select(order_items).where(order_items.c.order_id.in_(order_ids)).order_by(order_items.c.position)
    return _group_by_order((await session.execute(query)).all())


async def list_travellers_of(session: Session, order_ids: Sequence[int]) -> dict[int, list[Row[Any]]]:
    query = select(order_travellers).where(order_travellers.c.order_id.in_(order_ids)).order_by(order_travellers.c.id)
    return _group_by_order((await session.execute(query)).all())


def _group_by_order(rows: Sequence[Row[Any]]) -> dict[int, list[Row[Any]]]:
    grouped: dict[int, list[Row[Any]]] = {}
    for row in rows:
        grouped.setdefault(row.order_id, []).append(row)
    return grouped


async def insert_item(session: Session, values: dict[str, Any]) -> None:
    await session.execute(insert(order_items).values(**values))


async def update_item(session: Session, item_id: int, **changes: Any) -> None:
    await session.execute(update(order_items).where(order_items.c.id == item_id).values(**changes))


async def update_total(session: Session, order_id: int, total: int) -> None:
    """Write what the items cost now; only by who has recorded the intent to hold."""
    await session.execute(update(orders).where(orders.c.id == order_id).values(total=total))


async def delete_item(session: Session, order_id: int, code: str) -> bool:
    result = await session.execute(
        delete(order_items).where(order_items.c.order_id == order_id, order_items.c.code == code)
    )
    return result.rowcount == 1


async def list_travellers(session: Session, order_id: int) -> Sequence[Row[Any]]:
    query = select(order_travellers).where(order_travellers.c.order_id == order_id).order_by(order_travellers.c.id)
    return (await session.execute(query)).all()


async def insert_traveller(session: Session, values: dict[str, Any]) -> None:
    await session.execute(insert(order_travellers).values(**values))


async def update_traveller(session: Session, order_id: int, code: str, **changes: Any) -> bool:
    result = await session.execute(
        update(order_travellers)
        .where(order_travellers.c.order_id == order_id, order_travellers.c.code == code)
        .values(**changes)
    )
    return result.rowcount == 1


async def delete_travellers(session: Session, order_id: int, codes: Iterable[str]) -> None:
    await session.execute(
        delete(order_travellers).where(
            order_travellers.c.order_id == order_id, order_travellers.c.code.in_(list(codes))
        )
    )


async def insert_terms(session: Session, order_id: int, agency_code: str, terms: Mapping[str, Iterable[str]]) -> None:
    """Let an order be found by these terms, each a folded text; they are given by their source (`order_terms`)."""
    rows = [
        {"order_id": order_id, "agency_code": agency_code, "source": source, "term": term}
        for source, own in terms.items()
        for term in own
    ]
    if rows:
        await session.execute(insert(order_terms), rows)


async def delete_terms(session: Session, order_id: int, sources: Iterable[str]) -> None:
    await session.execute(
        delete(order_terms).where(order_terms.c.order_id == order_id, order_terms.c.source.in_(list(sources)))
    )


# --- the sale ---------------------------------------------------------------------------------------------------------


async def insert_prebookings(session: Session, rows: list[dict[str, Any]]) -> None:
    await session.execute(insert(order_prebookings), rows)


async def list_prebookings(session: Session, order_id: int, state: PrebookingState | None = None) -> Sequence[Row[Any]]:
    query = select(order_prebookings).where(order_prebookings.c.order_id == order_id)
    if state is not None:
        query = query.where(order_prebookings.c.state == state)
    return (await session.execute(query.order_by(order_prebookings.c.prebooking_id))).all()


async def mark_prebookings(
    session: Session, order_id: int, *, of: PrebookingState | Sequence[PrebookingState], to: PrebookingState
) -> None:
    states = [of] if isinstance(of, PrebookingState) else list(of)
    await session.execute(
        update(order_prebookings)
        .where(order_prebookings.c.order_id == order_id, order_prebookings.c.state.in_(states))
        .values(state=to)
    )


async def replace_tickets(session: Session, order_id: int, rows: list[dict[str, Any]]) -> None:
    """Write an order's tickets; those known before are replaced, so that repeating it changes nothing."""
    await session.execute(delete(order_tickets).where(order_tickets.c.order_id == order_id))
    if rows:
        await session.execute(insert(order_tickets), rows)


async def list_tickets(session: Session, order_id: int) -> Sequence[Row[Any]]:
    query = select(order_tickets).where(order_tickets.c.order_id == order_id).order_by(order_tickets.c.id)
    return (await session.execute(query)).all()


async def mark_tickets_cancelled(session: Session, order_id: int) -> None:
    await session.execute(update(order_tickets).where(order_tickets.c.order_id == order_id).values(state="cancelled"))


async def claim_booking(session: Session, order_id: int, states: Sequence[OrderState], changes: dict[str, Any]) -> bool:
    """Give a booking to an order that has none, or is in doubt about this very one; False if the order moved on.

    Raises:
        IntegrityError: the booking belongs to another order (a unique key).
    """
    is_its_own = and_(orders.c.state == OrderState.IN_DOUBT, orders.c.booking_id == changes["booking_id"])
    result = await session.execute(
        update(orders)
        .where(
            orders.c.id == order_id,
            orders.c.state.in_(list(states)),
            or_(orders.c.booking_id.is_(None), is_its_own),
        )
        .values(changed_at=get_utc_now(), **changes)
    )
    return result.rowcount == 1


# --- lists ------------------------------------------------------------------------------------------------------------


class SearchHits(msgspec.Struct, frozen=True):
    """The orders that a text may mean; ``common_term`` if too many are named so for being listed."""

    order_ids: frozenset[int] = frozenset()
    number: str | None = None
    common_term: str | None = None


async def find_search_hits(session: Session, text: str, agency_code: str | None) -> SearchHits:
    """Look a text up as an order number (which wins alone), ticket number, reference and beginning of a name
    (a traveller's, the seller's, a place's).

    Each kind is a look into one index of its own: joined by OR into the list's query, no index would serve
    (bench/order_lists: 35 s instead of 2 ms). ``agency_code`` None means every agency; what the caller may see is
    decided by the list's scope, not here.
    """
    number = parse_order_number(text)
    if number is not None:
        return SearchHits(number=number)
    of_reference = select(orders.c.id).where(orders.c.your_reference == text.strip())
    looks = [of_reference if agency_code is None else of_reference.where(orders.c.agency_code == agency_code)]
    printed = "".join(text.split())
    if any(character.isdigit() for character in printed):
        looks.append(select(order_tickets.c.order_id).where(order_tickets.c.printed_number == printed))
    found: set[int] = set()
    for look in looks:
        newest = look.order_by(look.selected_columns[0].desc()).limit(_MAX_SEARCH_HITS)
        found.update((await session.execute(newest)).scalars())
    folded = fold_search_text(text)
    if not folded:
        return SearchHits(frozenset(found))
    named = select(order_terms.c.order_id).where(_begins_with(folded))
    if agency_code is not None:
        named = named.where(order_terms.c.agency_code == agency_code)
    ids = (await session.execute(named.limit(_MAX_SEARCH_HITS + 1))).scalars().all()
    if len(ids) > _MAX_SEARCH_HITS:
        return SearchHits(frozenset(found), common_term=folded)
    return SearchHits(frozenset(found.union(ids)))


def _begins_with(folded: str) -> ColumnElement[bool]:
    """As a range and not LIKE, which SQLite would answer without the index."""
    term = order_terms.c.term
    return and_(term >= folded, term < folded + _LAST_CHARACTER)


async def list_orders(
    session: Session,
    scope: ColumnElement[bool],
    *,
    hits: SearchHits | None,
    states: Sequence[OrderState],
    seller_subject: str | None,
    travel_on: dt.date | None,
    before_id: int | None,
    limit: int,
) -> Sequence[OrderRow]:
    """Newest first, after the row with ``before_id``; with ``hits`` only those."""
    conditions = [scope]
    if seller_subject is not None:
        conditions.append(orders.c.seller_subject == seller_subject)
    if travel_on is not None:
        conditions.append(orders.c.first_travel_on == travel_on)
    if before_id is not None:
        conditions.append(orders.c.id < before_id)
    if hits is not None:
        conditions.append(_match_hits(hits))
    query = select(orders)
    if len(set(states)) > 1:
        # An index gives the newest of one state only: of several, the newest of each are put together.
        newest = [_select_newest([*conditions, orders.c.state == state], limit) for state in dict.fromkeys(states)]
        together = union_all(*newest).subquery()
        query = query.join(together, together.c.id == orders.c.id)
    else:
        query = query.where(*conditions, *(orders.c.state == state for state in set(states)))
    return (await session.execute(query.order_by(orders.c.id.desc()).limit(limit))).all()


def _select_newest(conditions: Sequence[ColumnElement[bool]], limit: int) -> Select[Any]:
    newest = select(orders.c.id).where(*conditions).order_by(orders.c.id.desc()).limit(limit).subquery()
    return select(newest.c.id)


def _match_hits(hits: SearchHits) -> ColumnElement[bool]:
    if hits.number is not None:
        return orders.c.number == hits.number
    listed = orders.c.id.in_(hits.order_ids)
    if hits.common_term is None:
        return listed
    # So many are named so that the newest are soon found by walking back through the orders, looking at each one's.
    # (EXISTS would say the same, and MariaDB would first list all orders of that name.)
    theirs = select(literal(1)).where(order_terms.c.order_id == orders.c.id, _begins_with(hits.common_term))
    return or_(listed, theirs.limit(1).scalar_subquery().is_not(None))
