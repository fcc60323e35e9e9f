"""Decisions about looking: days and times. No I/O."""

import datetime as dt
from zoneinfo import ZoneInfo

from agenturclient.offers.problems import DateOutOfRange, TimeDoesNotExist

ZURICH = ZoneInfo("Europe/Zurich")
TIMETABLE_DAYS = 365


def locate_in_zurich(wall_clock: dt.datetime) -> dt.datetime:
    """A wall-clock time as an instant in Switzerland; of a doubled hour the first.

    Raises:
        TimeDoesNotExist: the clocks skip it.
    """
    located = wall_clock.replace(tzinfo=ZURICH)
    if located.astimezone(dt.UTC).astimezone(ZURICH).replace(tzinfo=None) != wall_clock:
        raise TimeDoesNotExist("Choose a time an hour later.", parameter="at")
    return located


def check_travel_day(travel_on: dt.date, today: dt.date) -> None:
    """Refuse days before today and beyond the timetable.

    Raises:
        DateOutOfRange: names the first and the last day.
    """
    last = today + dt.timedelta(days=TIMETABLE_DAYS)
    if not today <= travel_on <= last:
        raise DateOutOfRange(
            f"Choose a day from {today} to {last}.", parameter="at", first=today.isoformat(), last=last.isoformat()
        )
