"""A circuit breaker: after so many failures in a row it turns calls away for a while, then lets a single one through.

Why not a library: see docs/decisions/0005-retry-and-breaker.md. In short, `aiobreaker` replaces the failure that opens
it with its own error, and that failure may be the lost answer of a booking.
"""

import time
from collections.abc import Callable


class BreakerOpen(Exception):
    """The call was turned away. `retry_after_seconds` until the next one may try."""

    def __init__(self, retry_after_seconds: float) -> None:
        super().__init__("circuit breaker is open")
        self.retry_after_seconds = retry_after_seconds


class CircuitBreaker:
    """Closed until `failure_threshold` failures in a row, then open for `open_seconds`, then open but for one trial.

    Every `admit_call` that returned must be followed by exactly one of `record_success`, `record_failure` or
    `release_call` (the call said nothing about the supplier's health, or was cancelled).
    """

    def __init__(
        self, *, failure_threshold: int, open_seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._failure_threshold = failure_threshold
        self._open_seconds = open_seconds
        self._clock = clock
        self._failures_in_a_row = 0
        self._opened_at: float | None = None
        self._is_trial_under_way = False

    @property
    def is_open(self) -> bool:
        """Whether calls are turned away (all but a trial)."""
        return self._opened_at is not None

    def admit_call(self) -> None:
        """Let a call pass or raise `BreakerOpen`."""
        if self._opened_at is None:
            return
        remaining_seconds = self._opened_at + self._open_seconds - self._clock()
        if remaining_seconds > 0:
            raise BreakerOpen(remaining_seconds)
        if self._is_trial_under_way:
            raise BreakerOpen(1.0)
        self._is_trial_under_way = True

    def record_success(self) -> None:
        """The supplier answered: close."""
        self._failures_in_a_row = 0
        self._opened_at = None
        self._is_trial_under_way = False

    def record_failure(self) -> None:
        """The supplier failed: count, open at the threshold; a failed trial opens for another while."""
        self._failures_in_a_row += 1
        if self._is_trial_under_way or (self._opened_at is None and self._failures_in_a_row >= self._failure_threshold):
            self._opened_at = self._clock()
        self._is_trial_under_way = False

    def release_call(self) -> None:
        """The call told nothing; the next one may be the trial."""
        self._is_trial_under_way = False
