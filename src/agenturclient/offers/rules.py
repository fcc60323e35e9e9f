"""Decisions about looking: days and times. No I/O."""

import datetime as dt
from collections.abc import Container, Mapping
from zoneinfo import ZoneInfo

from agenturclient.offers.problems import DateOutOfRange, TimeDoesNotExist, UnknownStation

ZURICH = ZoneInfo("Europe/Zurich")
TIMETABLE_DAYS = 365


def locate_in_zurich(wall_clock: dt.datetime) -> dt.datetime:
    """A wall-clock time as an instant in Switzerland; of a doubled hour the first.

    Raises:
        TimeDoesNotExist: the clocks skip it.
        DateOutOfRange: it is at the end of all days that can be reckoned with.
    """
    located = wall_clock.replace(tzinfo=ZURICH)
    try:
        is_skipped = located.astimezone(dt.UTC).astimezone(ZURICH).replace(tzinfo=None) != wall_clock
    except OverflowError:
        errors = [{"parameter": "at", "detail": "is past or beyond the timetable"}]
        raise DateOutOfRange("Choose a day within the timetable.", errors=errors) from None
    if is_skipped:
        raise TimeDoesNotExist(
            "Choose a time an hour later.", errors=[{"parameter": "at", "detail": "is skipped that night"}]
        )
    return located


def check_travel_day(travel_on: dt.date, today: dt.date, field: Mapping[str, str]) -> None:
    """Refuse days before today and beyond the timetable. ``field`` says where the day was given.

    Raises:
        DateOutOfRange: names the field, the first and the last day.
    """
    last = today + dt.timedelta(days=TIMETABLE_DAYS)
    if not today <= travel_on <= last:
        raise DateOutOfRange(
            f"Choose a day from {today} to {last}.",
            errors=[{**field, "detail": "is past or beyond the timetable"}],
            first=today.isoformat(),
            last=last.isoformat(),
        )


def describe_unknown_station(stations: Mapping[tuple[str, str], int], known_places: Container[int]) -> UnknownStation:
    """The problem for stations of which SBB knows one or more not; by the kind of field and its name."""
    suspects = [field for field, uic in stations.items() if uic not in known_places] or list(stations)
    return UnknownStation(
        "Choose stations from the suggestions.",
        errors=[{kind: name, "detail": "is no station that SBB knows"} for kind, name in suspects],
    )
