"""Use cases of orders, as the story goes: begin, change, hold, confirm, undo."""

import re
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import msgspec

from agenturclient.agencies.schemas import Agency
from agenturclient.core.database import Session, get_utc_now
from agenturclient.core.idempotency import (
    KeyInUse,
    Replay,
    find_replay,
    hash_request,
    record_key,
    record_key_problem,
    record_key_target,
)
from agenturclient.core.problems import InvalidRequest, Problem, RecordedProblem
from agenturclient.identity.schemas import Caller
from agenturclient.offers.service import make_conversation_id
from agenturclient.orders import queries
from agenturclient.orders.basket.service import change_open_order
from agenturclient.orders.hold.rules import Content
from agenturclient.orders.hold.service import (
    HoldIntent,
    begin_hold,
    fetch_content_anew,
    load_contents,
    load_named,
    place_hold,
    write_contents,
)
from agenturclient.orders.problems import (
    HoldExpired,
    HoldTooShort,
    OrderBusy,
    OrderStateChanged,
    PriceChanged,
    UndoTooLate,
)
from agenturclient.orders.queries import OrderRow
from agenturclient.orders.reading.service import Scope, get_order_row, read_order
from agenturclient.orders.rules import (
    OrderState,
    PrebookingState,
    Step,
    compute_confirm_until,
    list_search_terms,
    make_order_number,
)
from agenturclient.orders.sale.desk import LeaseLostError, SaleDesk, keeps_trying, make_sale
from agenturclient.orders.sale.service import run_confirmation, undo_booking
from agenturclient.orders.schemas import ChangeOrder, ConfirmOrder, CreateOrder, HoldOrder, Order
from agenturclient.rail.port import RailContext

Begun = TypeVar("Begun")


class Keyed(msgspec.Struct, frozen=True, kw_only=True):
    """A request that may come twice: who asks, their Idempotency-Key, and what they ask."""

    scope: str
    key: str
    request_hash: str


def make_keyed(caller: Caller, key: str, operation: str, body: Any) -> Keyed:
    return Keyed(scope=caller.subject, key=key, request_hash=hash_request(operation, body))


async def _begin_once(
    desk: SaleDesk, keyed: Keyed, begin: Callable[[Session], Awaitable[tuple[str, Begun]]]
) -> Begun | Replay:
    """Record an intent together with its key, once; whoever comes second is told the order of the first.

    ``begin`` gives the order's number, and what the act needs of what it read.
    """
    try:
        return await _try_begin(desk, keyed, begin)
    except KeyInUse:
        return await _try_begin(desk, keyed, begin)


async def _try_begin(
    desk: SaleDesk, keyed: Keyed, begin: Callable[[Session], Awaitable[tuple[str, Begun]]]
) -> Begun | Replay:
    async with desk.transactions() as session:
        replay = await find_replay(session, keyed.scope, keyed.key, keyed.request_hash)
        if replay is not None:
            return replay
        await record_key(session, keyed.scope, keyed.key, keyed.request_hash)
        number, begun = await begin(session)
        await record_key_target(session, keyed.scope, keyed.key, number)
        return begun


@keeps_trying
async def _keep_problem(desk: SaleDesk, keyed: Keyed, status: int, members: dict[str, Any]) -> None:
    """A replay is told the same problem: to try again after it, a request needs a new key."""
    async with desk.transactions() as session:
        await record_key_problem(session, keyed.scope, keyed.key, status, members)


# --- begin and change -------------------------------------------------------------------------------------------------


async def create_order(
    desk: SaleDesk, caller: Caller, agency: Agency, command: CreateOrder, keyed: Keyed, scope: Scope
) -> Order:
    """Begin an order in the branch the caller acts in.

    Raises:
        InvalidRequest: your reference does not match the agency's pattern.
    """
    if command.your_reference:
        check_reference(agency, command.your_reference)

    async def begin(session: Session) -> tuple[str, str]:
        number = await _insert_order(session, caller, agency, command)
        return number, number

    begun = await _begin_once(desk, keyed, begin)
    return await read_order(desk, begun.target if isinstance(begun, Replay) else begun, scope)


async def _insert_order(session: Session, caller: Caller, agency: Agency, command: CreateOrder) -> str:
    """Insert a new order; its number."""
    now = get_utc_now()
    for _ in range(5):
        number = make_order_number()
        order_id = await queries.insert_order(
            session,
            {
                "number": number,
                "agency_code": agency.code,
                "branch_code": caller.branch_code or "",
                "seller_subject": caller.subject,
                "seller_name": caller.name[:120],
                "contract_id": agency.contract_id,
                "conversation_id": command.conversation_id or make_conversation_id(),
                "ticket_language": command.ticket_language,
                "your_reference": command.your_reference or None,
                "means_of_payment": agency.means_of_payment,
                "is_final_at_once": agency.is_final_at_once,
                "state": OrderState.OPEN,
                "total": 0,
                "attempts": 0,
                "created_at": now,
                "changed_at": now,
            },
        )
        if order_id is not None:
            await queries.insert_terms(session, order_id, agency.code, {"seller": list_search_terms(caller.name)})
            await queries.add_journal_entry(session, order_id, caller.name[:120], "begun")
            return number
    raise RuntimeError("five order numbers in a row were taken: the random source is broken")


def check_reference(agency: Agency, reference: str) -> None:
    """Your reference fits the agency's pattern.

    Raises:
        InvalidRequest: it does not.
    """
    pattern = agency.reference_pattern
    has_control = any(not character.isprintable() for character in reference)
    if has_control or (pattern and re.fullmatch(pattern, reference) is None):
        raise InvalidRequest(
            "Your reference does not fit the agency's pattern.",
            errors=[{"pointer": "/your_reference", "detail": "does not fit the pattern"}],
            pattern=pattern,
        )


async def change_order(desk: SaleDesk, agency: Agency, number: str, scope: Scope, command: ChangeOrder) -> Order:
    """Change language, reference or means of payment of a basket; another language fetches its offers again.

    Raises:
        OrderStateChanged, InvalidRequest, SoldOut, OfferExpired, RailUnavailable
        OrderBusy: its items changed while their offers were fetched; nothing was done.
    """
    async with desk.transactions.read() as session:
        row = await get_order_row(session, number, scope)
        contents = await load_contents(session, row.id)
        named = await load_named(session, row.id)
    changes = {
        field: value
        for field in ("ticket_language", "your_reference", "means_of_payment")
        if (value := getattr(command, field)) is not msgspec.UNSET
    }
    if changes.get("your_reference"):
        check_reference(agency, changes["your_reference"])
    language = changes.get("ticket_language", row.ticket_language)
    renewed: list[Content] = []
    if language != row.ticket_language and contents:
        context = RailContext(row.contract_id, row.conversation_id, language)
        renewed = [await fetch_content_anew(desk, row, context, content, named) for content in contents]
    async with desk.transactions() as session:
        await change_open_order(session, row, changes)
        if renewed:
            _check_same_contents(contents, await load_contents(session, row.id))
            await write_contents(session, row, renewed, renewed)
    return await read_order(desk, number, scope)


def _check_same_contents(read: list[Content], present: list[Content]) -> None:
    if [(one.code, one.fetched_at) for one in read] != [(one.code, one.fetched_at) for one in present]:
        raise OrderBusy("The basket changed meanwhile: ask again.", retry_after_seconds=1)


async def abandon_order(desk: SaleDesk, caller: Caller, number: str, scope: Scope) -> Order:
    """Give a basket or a held order up; B2P's places lapse by themselves, there is no release."""
    return await _leave_hold(desk, caller, number, scope, OrderState.ABANDONED, "abandoned")


async def reopen_order(desk: SaleDesk, caller: Caller, number: str, scope: Scope) -> Order:
    """Make a held order a basket again, to change it; the places stay held at B2P until they lapse."""
    return await _leave_hold(desk, caller, number, scope, OrderState.OPEN, "reopened")


async def _leave_hold(
    desk: SaleDesk, caller: Caller, number: str, scope: Scope, state: OrderState, entry: str
) -> Order:
    allowed = [OrderState.HELD] if state is OrderState.OPEN else [OrderState.OPEN, OrderState.HELD]
    async with desk.transactions() as session:
        row = await get_order_row(session, number, scope)
        changes = {"state": state, "held_until": None, "problem": None}
        if row.state == OrderState.HELD:
            changes["perhaps_held_until"] = row.held_until
        if not await queries.move_order(session, row.id, state=allowed, step=None, changes=changes):
            raise OrderStateChanged("This is no longer possible.", state=row.state)
        await queries.mark_prebookings(session, row.id, of=PrebookingState.HELD, to=PrebookingState.GIVEN_UP)
        await queries.add_journal_entry(session, row.id, caller.name[:120], entry)
    return await read_order(desk, number, scope)


# --- hold -------------------------------------------------------------------------------------------------------------


async def hold_order(
    desk: SaleDesk, caller: Caller, agency: Agency, number: str, scope: Scope, command: HoldOrder, keyed: Keyed
) -> Order:
    """Prebook everything in the basket, ours alone for 30 minutes.

    Raises:
        OrderEmpty, TravellerIncomplete, OrderStateChanged, PriceChanged, SoldOut, OfferExpired, TravellerRefused,
        PerhapsHeldByOurselves, RailUnavailable: nothing is held, the basket is as it was.
    """

    async def begin(session: Session) -> tuple[str, HoldIntent]:
        row = await get_order_row(session, number, scope)
        if agency.is_reference_mandatory and not row.your_reference:
            raise InvalidRequest(
                "Your agency asks for a reference on every order.",
                errors=[{"pointer": "/your_reference", "detail": "is missing"}],
            )
        return row.number, await begin_hold(session, desk, row)

    begun = await _begin_once(desk, keyed, begin)
    if not isinstance(begun, Replay):
        await _act(
            desk,
            keyed,
            lambda: place_hold(desk, begun, expected_total=command.expected_total, actor=caller.name[:120]),
        )
    return await _read_outcome(desk, number, scope)


# What was done at SBB must be told: a database that is busy for a moment is waited for.
_read_outcome = keeps_trying(read_order)


async def _act(desk: SaleDesk, keyed: Keyed, work: Callable[[], Awaitable[None]]) -> None:
    """Run a step to its end, whatever becomes of the caller; a problem is kept for replays."""

    async def run() -> None:
        try:
            await work()
        except LeaseLostError:
            return
        except Problem as problem:
            await _keep_problem(desk, keyed, problem.status, problem.to_members())
            raise

    await desk.run_to_its_end(run())


# --- confirm ----------------------------------------------------------------------------------------------------------


async def confirm_order(
    desk: SaleDesk, caller: Caller, number: str, scope: Scope, command: ConfirmOrder, keyed: Keyed
) -> Order:
    """Sell what is held. The order that is returned is confirmed; or confirming or in doubt, which others settle.

    Raises:
        PriceChanged, HoldTooShort, HoldExpired, OrderStateChanged: nothing was begun.
        PaymentUnknown, WrongPrice, SaleRefused, RailUnavailable: nothing was sold.
    """

    async def begin(session: Session) -> tuple[str, tuple[OrderRow, tuple[int, ...]]]:
        row = await get_order_row(session, number, scope)
        await _begin_confirmation(session, desk, row, command, caller)
        prebookings = await queries.list_prebookings(session, row.id, PrebookingState.HELD)
        return row.number, (row, tuple(prebooking.prebooking_id for prebooking in prebookings))

    begun = await _begin_once(desk, keyed, begin)
    if isinstance(begun, Replay):
        return await read_order(desk, number, scope)
    row, prebooking_ids = begun
    sale = make_sale(
        row,
        actor=caller.name[:120],
        prebooking_ids=prebooking_ids,
        budget_seconds=desk.confirm_budget_seconds,
    )
    await _act(desk, keyed, lambda: run_confirmation(desk, sale))
    order = await _read_outcome(desk, number, scope)
    await _raise_unsold(desk, keyed, order)
    return order


async def _begin_confirmation(
    session: Session, desk: SaleDesk, row: OrderRow, command: ConfirmOrder, caller: Caller
) -> None:
    now = get_utc_now()
    if row.state != OrderState.HELD or row.step is not None or row.held_until is None:
        raise OrderStateChanged("Only a held order can be sold.", state=row.state)
    if command.expected_total != row.held_total:
        raise PriceChanged("The held price is another.", old_total=command.expected_total, new_total=row.held_total)
    if row.held_until <= now:
        raise HoldExpired("Hold the places again.")
    until = compute_confirm_until(row.held_until, desk.confirm_budget_seconds, desk.settings.hold_reserve_seconds)
    if until <= now:
        raise HoldTooShort("Hold the places again.", confirm_until=until.isoformat())
    changes = {
        "state": OrderState.CONFIRMING,
        "step": Step.PAYING,
        "lease_owner": desk.owner,
        "lease_until": desk.make_lease_end(),
        "problem": None,
    }
    if not await queries.begin_paying(session, row, changes):
        raise OrderStateChanged("Somebody else has changed this order or is selling it.", state=row.state)
    await queries.add_journal_entry(session, row.id, caller.name[:120], "payment_begun", {"total": row.held_total})


async def _raise_unsold(desk: SaleDesk, keyed: Keyed, order: Order) -> None:
    """Tell a seller why a confirmation ended without a sale, as a problem that a replay repeats."""
    if order.state in {OrderState.OPEN, OrderState.HELD, OrderState.FAILED} and order.problem is not None:
        recorded = dict(order.problem)
        problem = RecordedProblem(int(recorded.pop("status", 409)), recorded)
        await _keep_problem(desk, keyed, problem.recorded_status, recorded)
        raise problem


# --- undo -------------------------------------------------------------------------------------------------------------


async def undo_order(desk: SaleDesk, caller: Caller, number: str, scope: Scope, keyed: Keyed) -> Order:
    """Undo a whole order in its first 20 minutes, without cost. The order returned is cancelled, or still being undone.

    Raises:
        UndoTooLate: it can no longer be undone; it stays sold.
        OrderStateChanged: it is not sold.
    """

    async def begin(session: Session) -> tuple[str, OrderRow]:
        row = await get_order_row(session, number, scope)
        if row.state != OrderState.CONFIRMED or row.step is not None:
            raise OrderStateChanged("Only a sold order can be undone.", state=row.state)
        if row.undo_until is None or row.undo_until <= get_utc_now():
            raise UndoTooLate("The first 20 minutes are over: a refund is the way.")
        changes = {"step": Step.UNDOING, "lease_owner": desk.owner, "lease_until": desk.make_lease_end()}
        if not await queries.move_order(session, row.id, state=OrderState.CONFIRMED, step=None, changes=changes):
            raise OrderStateChanged("Something else is being done with this order.", state=row.state)
        await queries.add_journal_entry(session, row.id, caller.name[:120], "undo_begun")
        return row.number, row

    begun = await _begin_once(desk, keyed, begin)
    if isinstance(begun, Replay):
        return await read_order(desk, number, scope)
    sale = make_sale(begun, actor=caller.name[:120], budget_seconds=desk.confirm_budget_seconds)
    await _act(desk, keyed, lambda: undo_booking(desk, sale, Step.UNDOING))
    order = await _read_outcome(desk, number, scope)
    if OrderState(order.state) is OrderState.CONFIRMED and order.step is None and order.undo_until is None:
        too_late = UndoTooLate("SBB no longer undoes this booking: a refund is the way.")
        await _keep_problem(desk, keyed, too_late.status, too_late.to_members())
        raise too_late
    return order


def is_still_open(order: Order) -> bool:
    """Whether the answer is not known yet: HTTP 202, never "failed"."""
    return order.state in {OrderState.CONFIRMING, OrderState.IN_DOUBT} or order.step is not None
