"""What can go wrong when SBB is asked for places that our own list lacks."""

import math

from agenturclient.core.problems import Busy, Problem
from agenturclient.rail.errors import RailBusy, RailError, RailRefused, RailUnreachable


class PlaceSearchUnavailable(Problem):
    """SBB gives no answer; the stations of our own list are found all the same."""

    status = 503
    code = "place-search-unavailable"
    title = "SBB cannot be asked for further places at the moment"


class PlaceSearchRefused(Problem):
    """SBB does not accept the search; ``reason`` is ours."""

    status = 422
    code = "place-search-refused"
    title = "SBB does not search for this"


def translate_search_error(error: RailError) -> Problem:
    """The problem for an error of the supplier's search for places, which only reads."""
    if isinstance(error, RailRefused):
        return PlaceSearchRefused(
            reason=str(error.reason), errors=[{"parameter": "name", "detail": "is not accepted by SBB"}]
        )
    if isinstance(error, RailBusy):
        return Busy(retry_after_seconds=math.ceil(error.retry_after_seconds or 1))
    seconds = error.retry_after_seconds if isinstance(error, RailUnreachable) else None
    return PlaceSearchUnavailable(retry_after_seconds=math.ceil(seconds or 5))
