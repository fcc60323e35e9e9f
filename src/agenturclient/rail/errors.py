"""What can come of a call to the supplier other than an answer: three kinds, as types.

- `RailRefused`: the supplier said no; nothing was done.
- `RailUnreachable`: certainly nothing was done (it never left, it was turned away at the door, or it only read).
- `RailUnknown`: it may have been done; nobody knows until somebody looks.

Which failure is which, for which operation, is decided in one place: `agenturclient.rail.b2p.errors`.
The supplier's own wording (`supplier_text`) is for logs and never for a seller's eyes.
"""

import enum


class RefusalReason(enum.StrEnum):
    """Why the supplier said no, as far as it can be told from its answer."""

    OFFER_EXPIRED = "offer_expired"
    """The offer is no longer known (about 15 minutes, less under load): fetch offers again."""
    SOLD_OUT = "sold_out"
    """The quota of a saver ticket or the seats are gone."""
    HOLD_EXPIRED = "hold_expired"
    """The prebooking is no longer known or no longer ours (30 minutes)."""
    TRAVELLER_INVALID = "traveller_invalid"
    """A traveller's data do not fit the offer: name missing, date of birth not of the age that was asked for."""
    SALES_PARAMETER_INVALID = "sales_parameter_invalid"
    """A further input that the offer demands is missing or not one of the possible values."""
    PLACE_UNKNOWN = "place_unknown"
    """A station that the supplier does not know."""
    TRIP_EXPIRED = "trip_expired"
    """The connection's snapshot is no longer known: search again."""
    NO_LONGER_POSSIBLE = "no_longer_possible"
    """Too late (undo after 20 minutes, commit after commit), or the booking does not exist; B2P does not say which."""
    DOCUMENT_NOT_AVAILABLE = "document_not_available"
    """The ticket has no document of this kind, or none yet (while the booking is pending)."""
    ALREADY_DONE = "already_done"
    """Prebooked, paid or booked already, perhaps by an earlier attempt of ours whose answer was lost: look before
    saying "not sold"."""
    NOT_FOUND = "not_found"
    NOT_PERMITTED = "not_permitted"
    INVALID_REQUEST = "invalid_request"
    OTHER = "other"


class FailureCause(enum.StrEnum):
    """What went wrong on the way, for logs, metrics and the operator. A decision never depends on it."""

    NOT_CONNECTED = "not_connected"
    """DNS failure, connection refused, TLS failure, connect timeout: the request never left."""
    CONNECTION_LOST = "connection_lost"
    """The connection broke after the request may have left."""
    TIMEOUT = "timeout"
    """The time budget ran out after the request may have left."""
    THROTTLED = "throttled"
    """429: turned away at the door."""
    CREDENTIALS = "credentials"
    """No token, or the token was refused twice."""
    SUPPLIER_ERROR = "supplier_error"
    """5xx, or another status that says nothing about what was done."""
    BAD_ANSWER = "bad_answer"
    """A success status with a body that cannot be read: truncated, not JSON, of the wrong shape."""
    BUSY = "busy"
    """Our own bound on concurrent calls, with its queue, is full; the request never left."""
    NO_TIME_LEFT = "no_time_left"
    """The time budget was used up before the request could leave."""
    BREAKER_OPEN = "breaker_open"
    """Our own circuit breaker is open; the request never left."""


class RailError(Exception):
    """Common ground of the three kinds.

    `operation` is the port's method name, `supplier_status` the HTTP status if there was one, `supplier_text` the
    supplier's own words, shortened, for logs only. `attempts` says how often the request was tried.
    """

    def __init__(
        self, operation: str, message: str, *, supplier_status: int | None = None, supplier_text: str | None = None
    ) -> None:
        super().__init__(f"{operation}: {message}")
        self.operation = operation
        self.supplier_status = supplier_status
        self.supplier_text = supplier_text
        self.attempts = 0


class RailRefused(RailError):
    """The supplier said no. Nothing was done.

    `is_after_lost_answer` is true for a prebooking whose first answer was lost and whose repetition was refused: the
    offers are then perhaps held by ourselves, and nobody may say "sold out" (design, section 4).
    """

    def __init__(
        self,
        operation: str,
        reason: RefusalReason,
        *,
        supplier_status: int | None = None,
        supplier_text: str | None = None,
    ) -> None:
        super().__init__(operation, f"refused, {reason}", supplier_status=supplier_status, supplier_text=supplier_text)
        self.reason = reason
        self.is_after_lost_answer = False


class RailUnreachable(RailError):
    """Certainly nothing was done at the supplier. `retry_after_seconds`: what it (or our own bound) asks us to wait."""

    def __init__(
        self,
        operation: str,
        cause: FailureCause,
        *,
        retry_after_seconds: float | None = None,
        supplier_status: int | None = None,
        supplier_text: str | None = None,
    ) -> None:
        super().__init__(
            operation, f"unreachable, {cause}", supplier_status=supplier_status, supplier_text=supplier_text
        )
        self.cause = cause
        self.retry_after_seconds = retry_after_seconds


class RailBusy(RailUnreachable):
    """Too many calls of this operation are under way in this process, and its queue is full or took too long."""

    def __init__(self, operation: str, *, retry_after_seconds: float) -> None:
        super().__init__(operation, FailureCause.BUSY, retry_after_seconds=retry_after_seconds)


class RailUnknown(RailError):
    """It may have been done. Never raised for an operation that only reads."""

    def __init__(
        self,
        operation: str,
        cause: FailureCause,
        *,
        supplier_status: int | None = None,
        supplier_text: str | None = None,
    ) -> None:
        super().__init__(
            operation, f"outcome unknown, {cause}", supplier_status=supplier_status, supplier_text=supplier_text
        )
        self.cause = cause
