"""Requests, answers and the reading of parameters, below every operation.

The stand-in is a plain ASGI application: it must be able to cut a connection after having done the work, to send less
than it announced, and to trickle, all of which a web framework rightly prevents.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from urllib.parse import parse_qs

import msgspec

from b2p_sandbox.problems import B2pProblem

T = TypeVar("T")

LANGUAGES = ("de", "fr", "it", "en")
# No service is asked about other years, and arithmetic with the first and last days of the calendar fails.
_YEARS = range(1900, 2200)
_LONGEST_SHIFT = timedelta(days=730)
_NUMBER = r"([+-]?[0-9]+(?:\.[0-9]+)?)"
_DURATION = re.compile(rf"(-)?P(?:{_NUMBER}D)?(?:T(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?")


class Request(msgspec.Struct):
    """One call, as the operations see it."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes
    now: datetime
    path_values: dict[str, str] = {}
    contract_id: str = ""
    conversation_id: str = ""
    language: str = "en"


class Response(msgspec.Struct):
    """One answer: `document` is encoded as JSON unless `raw` is given; 204 carries neither."""

    status: int = 200
    document: object = None
    raw: bytes | None = None
    content_type: str = "application/json"
    headers: dict[str, str] = {}

    def encode_body(self) -> bytes:
        """The bytes to send."""
        if self.raw is not None:
            return self.raw
        if self.document is None:
            return b""
        return msgspec.json.encode(self.document)


def answer_list(items: list[dict[str, object]], *, headers: Mapping[str, str] | None = None) -> Response:
    """200 with the list, or 204 without a body when there is nothing: B2P's way of saying "nothing found"."""
    if not items:
        return Response(204, headers=dict(headers or {}))
    return Response(200, items, headers=dict(headers or {}))


def parse_query(raw_query: bytes) -> dict[str, list[str]]:
    """Query parameters; later duplicates are kept in order."""
    return parse_qs(raw_query.decode("utf-8", errors="replace"), keep_blank_values=True)


def choose_language(header: str | None) -> str:
    """The language of an `Accept-Language` header: its first entry that B2P knows; else English, the default."""
    for entry in (header or "").split(","):
        language = entry.split(";")[0].strip().lower()[:2]
        if language in LANGUAGES:
            return language
    return "en"


def find_text(request: Request, name: str) -> str | None:
    """The first value of a query parameter, or None when it is absent or blank."""
    values = request.query.get(name)
    if not values or not values[0].strip():
        return None
    return values[0]


def get_text(request: Request, name: str, *, service: str) -> str:
    """A mandatory query parameter."""
    value = find_text(request, name)
    if value is None:
        raise B2pProblem(f"{service}/parameter-missing", f"The parameter '{name}' is required.", detail=name)
    return value


def list_texts(request: Request, name: str) -> list[str]:
    """All values of an array parameter: repeated, or separated by commas, as Spring servers read them."""
    return [part.strip() for value in request.query.get(name, []) for part in value.split(",") if part.strip()]


def parse_integer(text: str, name: str, *, service: str) -> int:
    """A whole number of up to 18 digits."""
    digits = text.removeprefix("-")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 18:
        raise B2pProblem(f"{service}/parameter-invalid", f"'{name}' must be a whole number.", detail=name)
    return int(text)


def parse_day(text: str, name: str, *, service: str) -> date:
    """A calendar day `YYYY-MM-DD`."""
    try:
        if len(text) != 10:
            raise ValueError(text)
        day = date.fromisoformat(text)
        if day.year not in _YEARS:
            raise ValueError(text)
    except ValueError as error:
        raise B2pProblem(f"{service}/parameter-invalid", f"'{name}' must be a date.", detail=name) from error
    return day


def parse_clock_time(text: str, name: str, *, service: str) -> time:
    """A time of day: `10:22`, `10:22:30`, or the time of a date-time (the description types some so)."""
    try:
        if "T" in text:
            return datetime.fromisoformat(text).time()
        return time.fromisoformat(text)
    except ValueError as error:
        raise B2pProblem(f"{service}/parameter-invalid", f"'{name}' must be a time.", detail=name) from error


def parse_timestamp(text: str, name: str, *, service: str) -> datetime:
    """A date-time or a date; without an offset it is taken as UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise B2pProblem(f"{service}/parameter-invalid", f"'{name}' must be a date-time.", detail=name) from error
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def parse_timeshift(text: str) -> timedelta:
    """The `timeshift` header, a java.time.Duration such as `P2DT3H`, `PT-15M` or `-PT90S`, of at most two years."""
    found = _DURATION.fullmatch(text)
    numbers = [float(number or 0) for number in found.groups()[1:]] if found else []
    if found is None or not any(found.groups()[1:]) or sum(map(abs, numbers)) > _LONGEST_SHIFT.total_seconds():
        raise B2pProblem("access/timeshift-invalid", "The header 'timeshift' must be a duration.", detail="timeshift")
    days, hours, minutes, seconds = numbers
    shift = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if abs(shift) > _LONGEST_SHIFT:
        raise B2pProblem("access/timeshift-invalid", "The header 'timeshift' is too long.", detail="timeshift")
    return -shift if found[1] else shift


def decode_body(request: Request, shape: type[T], *, service: str) -> T:
    """The JSON body in the given shape; anything else is 400 (415 for another content type)."""
    content_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if content_type != "application/json":
        raise B2pProblem(f"{service}/media-type-not-supported", "The body must be application/json.", status=415)
    try:
        return msgspec.json.decode(request.body, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise B2pProblem(f"{service}/body-invalid", "The body cannot be read.", detail=str(error)) from error
