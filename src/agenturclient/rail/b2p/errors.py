"""The one place that decides what a failure means, for every operation.

Three tables:

- `VERDICTS`: what kind of error a failure is (certainly not done, or may have been done), by what the operation does;
- `REPEATS`: how often a failure is answered by trying again, by what the operation does;
- `SUCCESS_STATUSES` and `judge_status`: what an HTTP status says.

The rules are those of the design, section 4: a read that failed did nothing; a 4xx is B2P's no, certainly not done; 401
and 429 turn the request away at the door; a 5xx may come from a proxy whose upstream went on working, so it may have
been done.
"""

import enum
import re
from typing import Final

import msgspec

from agenturclient.rail.errors import (
    FailureCause,
    RailBusy,
    RailError,
    RailRefused,
    RailUnknown,
    RailUnreachable,
    RefusalReason,
)


class Operation(enum.StrEnum):
    """The port's methods, by name."""

    SEARCH_PLACES = "search_places"
    SEARCH_TRIPS = "search_trips"
    REFRESH_TRIP = "refresh_trip"
    FIND_PRICES = "find_prices"
    FIND_TRIP_OFFERS = "find_trip_offers"
    FIND_ROUTE_OFFERS = "find_route_offers"
    FIND_PRODUCT_OFFERS = "find_product_offers"
    LIST_PRODUCTS = "list_products"
    GET_PRODUCT = "get_product"
    FIND_BOOKING = "find_booking"
    FIND_BOOKING_BY_TICKET_NUMBER = "find_booking_by_ticket_number"
    GET_DOCUMENT = "get_document"
    GET_STATUS = "get_status"
    LIST_ANNOUNCEMENTS = "list_announcements"
    HOLD_OFFERS = "hold_offers"
    PAY_BY_INVOICE = "pay_by_invoice"
    BOOK = "book"
    COMMIT_BOOKING = "commit_booking"
    CANCEL_BOOKING = "cancel_booking"


class Effect(enum.Enum):
    """What an operation does at the supplier, and with it what a repetition could do."""

    READS = "reads"
    HOLDS = "holds"
    """Lapses by itself: repeating once is harmless."""
    CHANGES = "changes"
    """Money, tickets: never repeated once the request may have left."""


EFFECTS: Final[dict[Operation, Effect]] = {
    **dict.fromkeys(Operation, Effect.READS),
    Operation.HOLD_OFFERS: Effect.HOLDS,
    Operation.PAY_BY_INVOICE: Effect.CHANGES,
    Operation.BOOK: Effect.CHANGES,
    Operation.COMMIT_BOOKING: Effect.CHANGES,
    Operation.CANCEL_BOOKING: Effect.CHANGES,
}


class Verdict(enum.Enum):
    """Certainly not done, or may have been done."""

    UNREACHABLE = "unreachable"
    UNKNOWN = "unknown"


_NOT_DONE: Final[dict[FailureCause, Verdict]] = dict.fromkeys(FailureCause, Verdict.UNREACHABLE)
_MAYBE_DONE: Final[dict[FailureCause, Verdict]] = {
    FailureCause.NOT_CONNECTED: Verdict.UNREACHABLE,
    FailureCause.NO_TIME_LEFT: Verdict.UNREACHABLE,
    FailureCause.BUSY: Verdict.UNREACHABLE,
    FailureCause.BREAKER_OPEN: Verdict.UNREACHABLE,
    FailureCause.CREDENTIALS: Verdict.UNREACHABLE,
    FailureCause.THROTTLED: Verdict.UNREACHABLE,
    FailureCause.CONNECTION_LOST: Verdict.UNKNOWN,
    FailureCause.TIMEOUT: Verdict.UNKNOWN,
    FailureCause.SUPPLIER_ERROR: Verdict.UNKNOWN,
    FailureCause.BAD_ANSWER: Verdict.UNKNOWN,
}
VERDICTS: Final[dict[Effect, dict[FailureCause, Verdict]]] = {
    Effect.READS: _NOT_DONE,
    Effect.HOLDS: _MAYBE_DONE,
    Effect.CHANGES: _MAYBE_DONE,
}

FREELY: Final = 1_000
"""As often as the settings' `max_attempts` and the budget allow."""
REPEATS: Final[dict[Effect, dict[FailureCause, int]]] = {
    Effect.READS: {FailureCause.NOT_CONNECTED: FREELY, FailureCause.CONNECTION_LOST: FREELY},
    Effect.HOLDS: {FailureCause.NOT_CONNECTED: FREELY, FailureCause.CONNECTION_LOST: 1},
    Effect.CHANGES: {FailureCause.NOT_CONNECTED: FREELY},
}
"""Repetitions on network errors only; everything that is not listed is never repeated."""

UNHEALTHY_CAUSES: Final = frozenset(
    {
        FailureCause.NOT_CONNECTED,
        FailureCause.CONNECTION_LOST,
        FailureCause.TIMEOUT,
        FailureCause.SUPPLIER_ERROR,
        FailureCause.BAD_ANSWER,
    }
)
"""What a circuit breaker counts. Throttling, credentials and our own bounds say nothing about the supplier's health."""

_READ_STATUSES: Final = frozenset({200, 204})
SUCCESS_STATUSES: Final[dict[Operation, frozenset[int]]] = {
    **dict.fromkeys(Operation, _READ_STATUSES),
    Operation.REFRESH_TRIP: frozenset({200}),
    Operation.GET_PRODUCT: frozenset({200}),
    Operation.GET_DOCUMENT: frozenset({200}),
    Operation.GET_STATUS: frozenset({200}),
    Operation.HOLD_OFFERS: frozenset({200, 201}),
    Operation.PAY_BY_INVOICE: frozenset({200, 201}),
    Operation.BOOK: frozenset({200, 201}),
    Operation.COMMIT_BOOKING: frozenset({200, 204}),
    Operation.CANCEL_BOOKING: frozenset({200, 204}),
}
"""204 means "nothing found" where something is looked for and "done" where something is undone. As an answer to a
payment, a prebooking or a booking it would mean neither, so it is a bad answer there."""

BODILESS_OPERATIONS: Final = frozenset({Operation.PAY_BY_INVOICE, Operation.COMMIT_BOOKING, Operation.CANCEL_BOOKING})
"""The status alone says that it was done; a body that breaks off takes nothing back."""

NOTHING_FOUND_REFUSALS: Final[dict[Operation, RefusalReason]] = {
    Operation.REFRESH_TRIP: RefusalReason.TRIP_EXPIRED,
    Operation.GET_PRODUCT: RefusalReason.NOT_FOUND,
    Operation.GET_DOCUMENT: RefusalReason.DOCUMENT_NOT_AVAILABLE,
}
"""What 204 means where exactly one thing was asked for."""


class CallFailed(Exception):
    """An attempt failed. Never leaves `rail.b2p`."""

    def __init__(
        self,
        cause: FailureCause,
        *,
        status: int | None = None,
        text: str | None = None,
        retry_after_seconds: float | None = None,
    ) -> None:
        super().__init__(cause)
        self.cause = cause
        self.status = status
        self.text = text
        self.retry_after_seconds = retry_after_seconds


class CallRefused(Exception):
    """The supplier said no. Never leaves `rail.b2p`."""

    def __init__(self, reason: RefusalReason, *, status: int | None = None, text: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status
        self.text = text


class AnswerUnreadable(Exception):
    """A success status with a body that does not say what it must."""


class StatusMeaning(enum.Enum):
    """What an HTTP status says before any body is read."""

    SUCCESS = "success"
    NOTHING_FOUND = "nothing_found"
    REFUSED = "refused"
    TOKEN_REFUSED = "token_refused"  # noqa: S105  (a state, no password)
    THROTTLED = "throttled"
    SUPPLIER_ERROR = "supplier_error"
    BAD_ANSWER = "bad_answer"


_DOOR_STATUSES: Final = {401: StatusMeaning.TOKEN_REFUSED, 429: StatusMeaning.THROTTLED}
_UNDECIDED_CLIENT_ERRORS: Final = frozenset({408, 425, 499})
"""4xx that a proxy gives when it lost patience: they do not say that nothing was done."""


def judge_status(operation: Operation, status: int) -> StatusMeaning:
    """What this status means as an answer to this operation."""
    if status in SUCCESS_STATUSES[operation]:
        return StatusMeaning.SUCCESS
    if status == 204 and operation in NOTHING_FOUND_REFUSALS:
        return StatusMeaning.NOTHING_FOUND
    if 200 <= status < 300:
        return StatusMeaning.BAD_ANSWER
    if status in _DOOR_STATUSES:
        return _DOOR_STATUSES[status]
    if 400 <= status < 500 and status not in _UNDECIDED_CLIENT_ERRORS:
        return StatusMeaning.REFUSED
    return StatusMeaning.SUPPLIER_ERROR


def can_repeat_call(
    operation: Operation, cause: FailureCause, *, repetitions_so_far: int, repeat_booking_is_safe: bool
) -> bool:
    """Whether this failure is answered by another attempt. `repetitions_so_far` counts those after the same cause."""
    if operation is Operation.BOOK and repeat_booking_is_safe and cause is FailureCause.CONNECTION_LOST:
        return repetitions_so_far < 1
    return repetitions_so_far < REPEATS[EFFECTS[operation]].get(cause, 0)


def build_failure(operation: Operation, failure: CallFailed, *, may_have_been_done: bool) -> RailError:
    """The port's error for a failed call. `may_have_been_done`: the answer to an earlier attempt was lost."""
    verdict = VERDICTS[EFFECTS[operation]][failure.cause]
    if EFFECTS[operation] is not Effect.READS and may_have_been_done:
        verdict = Verdict.UNKNOWN
    if verdict is Verdict.UNKNOWN:
        return RailUnknown(operation, failure.cause, supplier_status=failure.status, supplier_text=failure.text)
    if failure.cause is FailureCause.BUSY:
        return RailBusy(operation, retry_after_seconds=failure.retry_after_seconds or 1.0)
    return RailUnreachable(
        operation,
        failure.cause,
        retry_after_seconds=failure.retry_after_seconds,
        supplier_status=failure.status,
        supplier_text=failure.text,
    )


def build_refusal(operation: Operation, refusal: CallRefused, *, may_have_been_done: bool) -> RailError:
    """The port's error for a supplier's no.

    A no to a repetition is no to the repetition only. For a prebooking that is said in the refusal (a hold lapses by
    itself); for anything else the first attempt's outcome stays unknown.
    """
    if may_have_been_done and EFFECTS[operation] is Effect.CHANGES:
        return RailUnknown(
            operation, FailureCause.CONNECTION_LOST, supplier_status=refusal.status, supplier_text=refusal.text
        )
    error = RailRefused(operation, refusal.reason, supplier_status=refusal.status, supplier_text=refusal.text)
    error.is_after_lost_answer = may_have_been_done and EFFECTS[operation] is Effect.HOLDS
    return error


# --- why it was refused -----------------------------------------------------------------------------------------------


class Problem(msgspec.Struct):
    """B2P's problem document, as far as it is used. `detail` is left out: it may repeat a traveller's data."""

    type: str | None = None
    title: str | None = None


_NOT_FOUND_REASONS: Final[dict[Operation, RefusalReason]] = {
    Operation.HOLD_OFFERS: RefusalReason.OFFER_EXPIRED,
    Operation.PAY_BY_INVOICE: RefusalReason.HOLD_EXPIRED,
    Operation.BOOK: RefusalReason.HOLD_EXPIRED,
    Operation.COMMIT_BOOKING: RefusalReason.NO_LONGER_POSSIBLE,
    Operation.CANCEL_BOOKING: RefusalReason.NO_LONGER_POSSIBLE,
    Operation.REFRESH_TRIP: RefusalReason.TRIP_EXPIRED,
    Operation.FIND_PRICES: RefusalReason.TRIP_EXPIRED,
    Operation.FIND_TRIP_OFFERS: RefusalReason.TRIP_EXPIRED,
}
_STATUS_REASONS: Final[dict[int, RefusalReason]] = {
    400: RefusalReason.INVALID_REQUEST,
    403: RefusalReason.NOT_PERMITTED,
    422: RefusalReason.INVALID_REQUEST,
}
_TRIP_WORDS: Final = ((r"trip.*(expired|unknown|invalid|not-found)", RefusalReason.TRIP_EXPIRED),)
_PLACE_WORDS: Final = ((r"(location|station|place).*(unknown|not-found|invalid)", RefusalReason.PLACE_UNKNOWN),)
_ALREADY_WORDS: Final = (r"already", RefusalReason.ALREADY_DONE)
_HOLD_LOST_WORDS: Final = (
    _ALREADY_WORDS,
    (r"expired|prebooking.*(unknown|not-found|invalid)", RefusalReason.HOLD_EXPIRED),
    (r"too-late|not-held", RefusalReason.HOLD_EXPIRED),
)
_WORDS: Final[dict[Operation, tuple[tuple[str, RefusalReason], ...]]] = {
    Operation.HOLD_OFFERS: (
        _ALREADY_WORDS,
        (r"sold-?out|quota|contingent|kontingent|not-available|unavailable", RefusalReason.SOLD_OUT),
        (r"sales-?param", RefusalReason.SALES_PARAMETER_INVALID),
        (r"expired|offer.*(unknown|not-found|invalid)", RefusalReason.OFFER_EXPIRED),
        (r"birth|name|passenger|owner|traveller|age\b", RefusalReason.TRAVELLER_INVALID),
    ),
    Operation.PAY_BY_INVOICE: _HOLD_LOST_WORDS,
    Operation.BOOK: _HOLD_LOST_WORDS,
    Operation.COMMIT_BOOKING: ((r"too-late|expired|committed", RefusalReason.NO_LONGER_POSSIBLE),),
    Operation.CANCEL_BOOKING: ((r"too-late|expired|committed", RefusalReason.NO_LONGER_POSSIBLE),),
    Operation.SEARCH_TRIPS: _PLACE_WORDS,
    Operation.FIND_ROUTE_OFFERS: _PLACE_WORDS,
    Operation.REFRESH_TRIP: _TRIP_WORDS,
    Operation.FIND_PRICES: _TRIP_WORDS,
    Operation.FIND_TRIP_OFFERS: _TRIP_WORDS,
    Operation.GET_DOCUMENT: ((r"pending|not-available|not-ready|media", RefusalReason.DOCUMENT_NOT_AVAILABLE),),
}
"""Words in the problem's type by which a reason is recognised. SBB's description shows one type only, so this is a help
for the seller's sentence and decides nothing: every refusal means "not done", whatever its reason."""
_DOCUMENT_STATUSES: Final = frozenset({406, 415, 418})


def read_refusal(operation: Operation, status: int, body: bytes) -> CallRefused:
    """The refusal that a 4xx and its problem document stand for; the body may be anything."""
    problem = _decode_problem(body)
    text = _render_problem(problem)
    if operation is Operation.GET_DOCUMENT and status in _DOCUMENT_STATUSES:
        return CallRefused(RefusalReason.DOCUMENT_NOT_AVAILABLE, status=status, text=text)
    slug = (problem.type or "").rsplit("/b2p/", 1)[-1].lower().replace("_", "-")
    for pattern, reason in _WORDS.get(operation, ()):
        if re.search(pattern, slug):
            return CallRefused(reason, status=status, text=text)
    if status in {404, 410}:
        return CallRefused(_NOT_FOUND_REASONS.get(operation, RefusalReason.NOT_FOUND), status=status, text=text)
    return CallRefused(_STATUS_REASONS.get(status, RefusalReason.OTHER), status=status, text=text)


def read_problem_text(body: bytes) -> str | None:
    """The supplier's words in an error body, for logs; None if it is no problem document."""
    return _render_problem(_decode_problem(body))


def _decode_problem(body: bytes) -> Problem:
    try:
        return msgspec.json.decode(body, type=Problem)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Problem()


def _render_problem(problem: Problem) -> str | None:
    words = ": ".join(part for part in (problem.type, problem.title) if part)
    return re.sub(r"[\x00-\x1f\x7f]+", " ", words)[:200] or None
