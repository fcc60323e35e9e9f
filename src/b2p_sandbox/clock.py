"""The stand-in's clock: real time plus an offset that the control interface can change."""

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

ZURICH = ZoneInfo("Europe/Zurich")


class Clock:
    """Gives the present as the stand-in sees it. Moving it lapses offers, holds and pending bookings accordingly."""

    def __init__(self) -> None:
        self.offset_seconds = 0.0
        self._frozen_at: datetime | None = None

    def now(self) -> datetime:
        """The stand-in's present, in UTC."""
        if self._frozen_at is not None:
            return self._frozen_at
        return datetime.fromtimestamp(time.time() + self.offset_seconds, tz=UTC)

    def today(self) -> date:
        """The calendar day in Switzerland."""
        return self.now().astimezone(ZURICH).date()

    def advance(self, seconds: float) -> None:
        """Move the clock by `seconds` (negative moves it back)."""
        if self._frozen_at is not None:
            self._frozen_at += timedelta(seconds=seconds)
        else:
            self.offset_seconds += seconds

    def set_now(self, moment: datetime) -> None:
        """Set the clock to `moment` (timezone-aware); it goes on from there unless frozen."""
        if self._frozen_at is not None:
            self._frozen_at = moment.astimezone(UTC)
        else:
            self.offset_seconds = moment.timestamp() - time.time()

    def freeze(self) -> None:
        """Stop the clock where it stands; `advance` still moves it."""
        if self._frozen_at is None:
            self._frozen_at = self.now()

    def resume(self) -> None:
        """Let a frozen clock run on from where it stood."""
        if self._frozen_at is not None:
            self.offset_seconds = (self._frozen_at - datetime.now(tz=UTC)).total_seconds()
            self._frozen_at = None

    def reset(self) -> None:
        """Back to real time."""
        self._frozen_at = None
        self.offset_seconds = 0.0

    @property
    def is_frozen(self) -> bool:
        """Whether time stands still."""
        return self._frozen_at is not None
