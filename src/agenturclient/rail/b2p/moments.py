"""B2P's dates and times. With an offset, or local in Switzerland; ours are always aware, in Europe/Zurich."""

import datetime as dt
from zoneinfo import ZoneInfo

from agenturclient.rail.b2p.wire import LocalDateTime, LocalTime

ZURICH = ZoneInfo("Europe/Zurich")


def read_moment(text: str | None) -> dt.datetime | None:
    """A date-time in Europe/Zurich; None if there is none or it cannot be read. In the hour that the night clocks go
    back has twice, a time without offset is taken for the first one."""
    if not text:
        return None
    try:
        moment = dt.datetime.fromisoformat(text.strip())
        return moment.replace(tzinfo=ZURICH) if moment.tzinfo is None else moment.astimezone(ZURICH)
    except (ValueError, OverflowError):
        return None


def read_date(text: str | None) -> dt.date | None:
    """A date; of a date-time, the day in Switzerland."""
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        moment = read_moment(text)
        return None if moment is None else moment.date()


def read_local_moment(value: LocalDateTime | None, *, is_end: bool) -> tuple[dt.datetime | None, bool]:
    """The moment, and whether it stands for a whole day (no time given: the day's first or last second)."""
    day = read_date(value.date) if value is not None else None
    if value is None or day is None:
        return None, False
    time = _read_local_time(value.time)
    is_all_day = time is None
    if time is None:
        time = dt.time(23, 59, 59) if is_end else dt.time()
    return dt.datetime.combine(day, time, ZURICH), is_all_day


def _read_local_time(value: LocalTime | str | None) -> dt.time | None:
    try:
        if isinstance(value, str):
            return dt.time.fromisoformat(value).replace(tzinfo=None)
        if isinstance(value, LocalTime) and value.hour is not None:
            return dt.time(value.hour, value.minute or 0, value.second or 0)
    except ValueError:
        return None
    return None


def write_birth_moment(born_on: dt.date) -> str:
    """A date of birth as the date-time that B2P wants: midnight UTC is the same day in UTC and in Switzerland."""
    return f"{born_on.isoformat()}T00:00:00Z"
