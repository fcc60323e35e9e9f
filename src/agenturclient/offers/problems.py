"""What can go wrong while looking, and the one translation of the supplier's errors into problems."""

import math

from agenturclient.core.problems import Problem
from agenturclient.rail.errors import RailBusy, RailError, RailRefused, RailUnreachable, RefusalReason


class SameStation(Problem):
    status = 422
    code = "same-station"
    title = "Origin and destination are the same station"


class UnknownStation(Problem):
    """``errors`` name the stations that may be meant: those that our own list lacks, or all that were given."""

    status = 422
    code = "unknown-station"
    title = "SBB does not know this station"


class DateOutOfRange(Problem):
    """In the past, or beyond the timetable; ``first`` and ``last`` are the days that can be asked for."""

    status = 422
    code = "date-out-of-range"
    title = "There is no timetable for this day"


class TimeDoesNotExist(Problem):
    status = 422
    code = "time-does-not-exist"
    title = "This time is skipped on the night the clocks change"


class TripExpired(Problem):
    """The connection's snapshot is no longer known: search again."""

    code = "trip-expired"
    title = "The connection must be searched again"


class RailBusyHere(Problem):
    status = 503
    code = "rail-busy"
    title = "Too many requests to SBB are under way; nothing was done"


class RailUnavailable(Problem):
    """SBB cannot be reached; nothing was done."""

    status = 503
    code = "rail-unavailable"
    title = "SBB cannot be reached; nothing was done"


class RailRefusedRequest(Problem):
    """SBB does not accept the request; ``reason`` is ours."""

    status = 422
    code = "rail-refused"
    title = "SBB does not accept this request"


def translate_rail_error(error: RailError, *, trip_pointer: str | None = None) -> Problem:
    """The problem for an error of an operation that only reads; ``trip_pointer``: where the connection was named."""
    if isinstance(error, RailBusy):
        return RailBusyHere(retry_after_seconds=math.ceil(error.retry_after_seconds or 1))
    if isinstance(error, RailUnreachable):
        return RailUnavailable(retry_after_seconds=math.ceil(error.retry_after_seconds or 5))
    if isinstance(error, RailRefused):
        if error.reason is RefusalReason.TRIP_EXPIRED:
            errors = [] if trip_pointer is None else [{"pointer": trip_pointer, "detail": "is no longer known"}]
            return TripExpired("Search the connection again.", errors=errors)
        return RailRefusedRequest(reason=str(error.reason))
    return RailUnavailable(retry_after_seconds=5)
