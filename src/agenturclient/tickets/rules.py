"""Decisions about tickets' documents: whose, how long, under which name, with which mark. No I/O."""

import datetime as dt
import enum
import re
from collections.abc import Iterable
from typing import Final

from agenturclient.offers.rules import ZURICH
from agenturclient.orders.rules import OrderState, Step
from agenturclient.orders.schemas import ItemView, Order, TicketView
from agenturclient.rail.port import DocumentKind

MEDIA_TYPES: Final[dict[DocumentKind, str]] = {
    DocumentKind.PDF: "application/pdf",
    DocumentKind.HTML: "text/html",
    DocumentKind.PKPASS: "application/vnd.apple.pkpass",
}
CANCELLED_WORDS: Final[dict[str, str]] = {"de": "STORNIERT", "fr": "ANNULÉ", "it": "ANNULLATO", "en": "CANCELLED"}
SOLD_STATES: Final = frozenset(
    {OrderState.CONFIRMED, OrderState.CANCELLED, OrderState.PARTLY_REFUNDED, OrderState.REFUNDED}
)

_LONGEST_PAUSE = dt.timedelta(minutes=10)


class TicketMark(enum.StrEnum):
    """What a document that is handed over is worth; told with every one."""

    VALID = "valid"
    BEING_UNDONE = "being-undone"
    CANCELLED = "cancelled"
    PARTLY_CANCELLED = "partly-cancelled"
    """One file with several tickets, not all of which are still valid."""


def judge_ticket(order: Order, ticket: TicketView) -> TicketMark:
    """Whether a sold order's ticket is still valid, as far as we know."""
    if ticket.state == "cancelled" or order.state in {OrderState.CANCELLED, OrderState.REFUNDED}:
        return TicketMark.CANCELLED
    if order.step == Step.UNDOING:
        return TicketMark.BEING_UNDONE
    return TicketMark.VALID


def sum_marks(marks: Iterable[TicketMark]) -> TicketMark:
    """The mark of a file with several tickets."""
    found = set(marks)
    if len(found) == 1:
        return found.pop()
    return TicketMark.PARTLY_CANCELLED if TicketMark.CANCELLED in found else TicketMark.BEING_UNDONE


def compute_drop_day(order: Order, days_after_travel: int, today: dt.date) -> dt.date:
    """The day on which an order's documents are dropped: so long after the last day any of its tickets can be used.

    What is fetched again after that day is kept until tomorrow: whoever asks for it may want it twice.
    """
    last = max((_compute_last_day(item) for item in order.items), default=today)
    return max(last + dt.timedelta(days=days_after_travel), today + dt.timedelta(days=1))


def _compute_last_day(item: ItemView) -> dt.date:
    moments = [trip.arrival_at for trip in (item.outward, item.inward) if trip is not None]
    moments += [offer.valid_until for offer in item.bundle.offers if offer.valid_until is not None]
    return max([item.travel_on, *(moment.astimezone(ZURICH).date() for moment in moments)])


def compute_fetch_pause(attempts: int) -> dt.timedelta:
    """How long to wait after so many attempts: 2 s, 4 s, 8 s, … up to 10 minutes."""
    return min(_LONGEST_PAUSE, dt.timedelta(seconds=2 ** min(max(attempts, 1), 12)))


def make_file_name(order: Order, kind: DocumentKind, ticket: TicketView | None = None) -> str:
    """``AC-7K4M-92QF.pdf``; of a single ticket with its printed number. ASCII without quotes, as a header needs it."""
    number = "" if ticket is None else re.sub(r"[^A-Za-z0-9]+", "", ticket.printed_number)
    return f"{order.number}{'-' if number else ''}{number}.{kind}"
