"""What happens later to sales: unfinished ones are brought to a true end, lapsed holds and old baskets put away.

Any replica does it, by a lease on the row; there is no leader (design section 4).
"""

import datetime as dt

import structlog

from agenturclient.core.database import get_utc_now
from agenturclient.orders import queries
from agenturclient.orders.problems import HoldExpired, PerhapsHeldByOurselves
from agenturclient.orders.queries import OrderRow
from agenturclient.orders.rules import OrderState, PrebookingState, Step
from agenturclient.orders.sale import service
from agenturclient.orders.sale.desk import SYSTEM, LeaseLostError, Sale, SaleDesk, make_sale, record_step, release_lease

_log = structlog.get_logger(__name__)
_BATCH = 20
_HOLD_SECONDS = 30 * 60
# Offers live a quarter of an hour; what is older serves nobody, and there are many more offers than sales.
_OFFERS_KEPT = dt.timedelta(hours=2)


async def recover_unfinished_orders(desk: SaleDesk) -> int:
    """Bring orders whose worker is gone to their end; how many were taken up."""
    now = get_utc_now()
    async with desk.transactions.read() as session:
        rows = await queries.list_unfinished_orders(session, now, _BATCH)
    taken = 0
    for row in rows:
        async with desk.transactions() as session:
            is_ours = await queries.take_lease(session, row, desk.owner, desk.make_lease_end())
        if is_ours:
            taken += 1
            await desk.run_to_its_end(_recover_order(desk, row))
    return taken


async def _recover_order(desk: SaleDesk, row: OrderRow) -> None:
    async with desk.transactions.read() as session:
        prebookings = await queries.list_prebookings(session, row.id)
    live = {PrebookingState.HELD, PrebookingState.PAID, PrebookingState.BOOKED}
    sale = make_sale(
        row,
        actor=SYSTEM,
        prebooking_ids=tuple(prebooking.prebooking_id for prebooking in prebookings if prebooking.state in live),
        budget_seconds=min(desk.confirm_budget_seconds, desk.settings.lease_seconds * 0.6),
    )
    _log.info("order_recovery", order=row.number, state=row.state, step=row.step, attempts=row.attempts)
    try:
        await _go_on(desk, sale, Step(row.step))
    except LeaseLostError:
        return


async def _go_on(desk: SaleDesk, sale: Sale, step: Step) -> None:
    """What an intent without a recorded outcome means (the table of design section 4)."""
    match step:
        case Step.HOLDING:
            await _record_lost_hold(desk, sale)
        case Step.PAYING:
            await service.record_unknown_payment(desk, sale)
        case Step.PAID:
            await service.book_and_check(desk, sale)
        case Step.BOOKING:
            await _settle_lost_booking(desk, sale)
        case Step.CHECKING:
            await service.check_booking(desk, sale)
        case Step.UNDOING | Step.UNDOING_WRONG_PRICE:
            # Whether it left is not known. Once more is safe: what was done is refused and then read as done.
            await service.undo_booking(desk, sale, step, is_repeated=True)


async def _settle_lost_booking(desk: SaleDesk, sale: Sale) -> None:
    is_hold_live = sale.held_until is not None and get_utc_now() < sale.held_until
    if desk.is_repeating_bookings_safe and is_hold_live:
        booked = await service.send_booking(desk, sale)
        if booked is not None:
            await service.check_booking(desk, booked)
        return
    await service.record_doubt(desk, sale, Step.BOOKING, cause="lost_answer")


async def _record_lost_hold(desk: SaleDesk, sale: Sale) -> None:
    """The hold's answer is lost: the places may be ours, unknown to us, until they lapse by themselves."""
    until = get_utc_now() + dt.timedelta(seconds=_HOLD_SECONDS)
    problem = PerhapsHeldByOurselves(held_until=until.isoformat())
    async with desk.transactions() as session:
        await record_step(
            session,
            desk,
            sale,
            state=OrderState.OPEN,
            step=Step.HOLDING,
            entry="hold_unknown",
            changes={
                "perhaps_held_until": until,
                "problem": problem.to_kept(),
                **release_lease(),
            },
        )


async def put_away_lapsed_orders(desk: SaleDesk) -> int:
    """Open lapsed holds again, give up baskets nobody touched for days, forget offers of hours ago; how many lapsed."""
    now = get_utc_now()
    async with desk.transactions.read() as session:
        rows = await queries.list_lapsed_holds(session, now, _BATCH)
    lapsed = 0
    for row in rows:
        async with desk.transactions() as session:
            problem = HoldExpired()
            kept = problem.to_kept()
            if await queries.reopen_lapsed_hold(session, row.id, now, kept):
                lapsed += 1
                await queries.mark_prebookings(session, row.id, of=PrebookingState.HELD, to=PrebookingState.GIVEN_UP)
                await queries.add_journal_entry(session, row.id, SYSTEM, "hold_lapsed")
    async with desk.transactions() as session:
        before = now - dt.timedelta(hours=desk.settings.abandon_after_hours)
        await queries.expire_old_baskets(session, before)
        await queries.delete_stale_offer_sets(session, now - _OFFERS_KEPT)
    return lapsed
