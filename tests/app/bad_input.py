"""The table of bad input: each request, and what it must be told. Words in braces are filled in by the test."""

import datetime as dt
import uuid
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from app.test_sale import BERN, ZURICH_HB

TODAY = dt.datetime.now(ZoneInfo("Europe/Zurich")).date()
SOON, PAST, BEYOND = TODAY + dt.timedelta(days=3), TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=400)
UNKNOWN_STATION = 9999999
ADULT = {"code": "t1", "age": 30}


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """A request, and what it must be told: status, code, and the fields (JSON pointers and parameters) named."""

    name: str
    method: str
    path: str
    status: int
    code: str
    fields: tuple[str, ...] = ()
    body: Any = None
    params: dict[str, Any] = {}
    headers: dict[str, str] = {}
    raw: bytes | None = None
    media_type: str = "application/json"


def find_change_of_clocks() -> dt.date:
    """The next last Sunday of March: at 02:00 it becomes 03:00."""
    for year in (TODAY.year, TODAY.year + 1):
        last = dt.date(year, 3, 31)
        sunday = last - dt.timedelta(days=(last.weekday() + 1) % 7)
        if sunday > TODAY:
            return sunday
    raise AssertionError("there is one every year")


def search(name: str, code: str, field: str, **params: Any) -> Case:
    asked = {"origin": ZURICH_HB, "destination": BERN, "at": f"{SOON}T08:30", **params}
    return Case(name=name, method="GET", path="/api/trips", status=422, code=code, fields=(field,), params=asked)


def ask_offers(name: str, code: str, field: str, *, status: int = 422, travellers: Any = None, **wish: Any) -> Case:
    asked = {"kind": "route", "origin": ZURICH_HB, "destination": BERN, "travel_on": f"{SOON}", **wish}
    body = {"wish": asked, "travellers": [ADULT] if travellers is None else travellers}
    path = "/api/orders/{own}/offers"
    return Case(name=name, method="POST", path=path, status=status, code=code, fields=(field,), body=body)


def name_traveller(name: str, field: str, **values: Any) -> Case:
    body = {"travellers": [{"code": "t1", **values}]}
    path = "/api/orders/{own}/travellers"
    return Case(
        name=name,
        method="PUT",
        path=path,
        status=422,
        code="invalid-request",
        fields=(f"/travellers/0/{field}",),
        body=body,
    )


def send(name: str, method: str, path: str, status: int, code: str, *fields: str, **values: Any) -> Case:
    return Case(name=name, method=method, path=path, status=status, code=code, fields=fields, **values)


INVALID = "invalid-request"
BAD_NAMES = {
    "empty": "",
    "blank": "   ",
    "300 characters": "Geheimrat" + "x" * 291,
    "3000 characters": "x" * 3000,
    "control": "Geheimrat\x00\x07",
    "line break": "Geheimrat\nVIP",
    "emoji": "Geheimrat 🙂",
    "emoji alone": "🙂",
    "HTML": "<b>Geheimrat</b>",
    "script": "<script>alert('Geheimrat')</script>",
    "turned to the left": "Geheimrat\u202etarmieheG",
    "invisible": "\u200bGeheimrat",
    "digits": "1234",
    "a number": 5,
}
CASES = [
    search("same station", "same-station", "destination", destination=ZURICH_HB),
    search("unknown destination", "unknown-station", "destination", destination=UNKNOWN_STATION),
    search("unknown origin", "unknown-station", "origin", origin=UNKNOWN_STATION),
    search("unknown via", "unknown-station", "via[0]", via=[UNKNOWN_STATION]),
    search("no station at all", INVALID, "origin", origin="Zürich"),
    search("day past", "date-out-of-range", "at", at=f"{PAST}T08:30"),
    search("day beyond the timetable", "date-out-of-range", "at", at=f"{BEYOND}T08:30"),
    search("year 9999", "date-out-of-range", "at", at="9999-12-31T23:59"),
    search("year 1", "date-out-of-range", "at", at="0001-01-01T00:00"),
    search("time skipped", "time-does-not-exist", "at", at=f"{find_change_of_clocks()}T02:30"),
    search("30 February", INVALID, "at", at="2027-02-30T08:00"),
    search("time with offset", INVALID, "at", at=f"{SOON}T08:30+02:00"),
    search("unknown language", INVALID, "language", language="xx"),
    search("scroll of somebody's making", "rail-refused", "scroll", scroll="Geheimrat"),
    ask_offers("route to the same station", "same-station", "/wish/destination", destination=ZURICH_HB),
    ask_offers("route to nowhere", "unknown-station", "/wish/destination", destination=UNKNOWN_STATION),
    ask_offers("route via nowhere", "unknown-station", "/wish/via/0", via=[UNKNOWN_STATION]),
    ask_offers("route in the past", "date-out-of-range", "/wish/travel_on", travel_on=f"{PAST}"),
    ask_offers("route beyond the timetable", "date-out-of-range", "/wish/travel_on", travel_on=f"{BEYOND}"),
    ask_offers("wish of no kind", INVALID, "/wish/kind", kind="plane"),
    ask_offers("no travellers", INVALID, "/travellers", travellers=[]),
    ask_offers("100 travellers", INVALID, "/travellers", travellers=[{"code": f"t{n}", "age": 30} for n in range(100)]),
    ask_offers("the same code twice", INVALID, "/travellers/1/code", travellers=[ADULT, ADULT]),
    ask_offers("age -1", INVALID, "/travellers/0/age", travellers=[{"code": "t1", "age": -1}]),
    ask_offers("age 200", INVALID, "/travellers/0/age", travellers=[{"code": "t1", "age": 200}]),
    ask_offers("age 1.5", INVALID, "/travellers/0/age", travellers=[{"code": "t1", "age": 1.5}]),
    ask_offers("age in words", INVALID, "/travellers/0/age", travellers=[{"code": "t1", "age": "30"}]),
    ask_offers("no age", INVALID, "/travellers/0/age", travellers=[{"code": "t1"}]),
    ask_offers(
        "unknown reduction", INVALID, "/travellers/0/reduction", travellers=[{**ADULT, "reduction": "Geheimrat"}]
    ),
    ask_offers("somebody else under a known code", INVALID, "/travellers/0/name", travellers=[{**ADULT, "name": "x"}]),
    send(
        "connection of somebody's making",
        "POST",
        "/api/orders/{own}/offers",
        409,
        "trip-expired",
        "/wish/trip_id",
        body={"wish": {"kind": "trip", "trip_id": "Geheimrat"}, "travellers": [ADULT]},
    ),
    send(
        "prices of a connection of somebody's making",
        "POST",
        "/api/trip-prices",
        409,
        "trip-expired",
        "/trip_ids",
        body={"trip_ids": ["Geheimrat"], "travellers": [{"age": 30}], "conversation_id": str(uuid.uuid4())},
    ),
    send(
        "product unknown",
        "POST",
        "/api/orders/{own}/offers",
        422,
        INVALID,
        "/wish/product_id",
        body={"wish": {"kind": "product", "product_id": 1, "travel_on": f"{SOON}"}, "travellers": [ADULT]},
    ),
    *[name_traveller(f"first name: {what}", "first_name", first_name=value) for what, value in BAD_NAMES.items()],
    *[name_traveller(f"last name: {what}", "last_name", last_name=value) for what, value in BAD_NAMES.items()],
    name_traveller("born tomorrow", "born_on", born_on=f"{TODAY + dt.timedelta(days=1)}"),
    name_traveller("born in 1800", "born_on", born_on="1800-01-01"),
    name_traveller("born on 30 February", "born_on", born_on="1990-02-30"),
    name_traveller("nobody of this order", "code", code="t9"),
    *[
        send(f"{what} for {step}", "POST", f"/api/orders/{{own}}/{step}", 422, INVALID, "/expected_total", body=body)
        for step in ("hold", "confirm")
        for what, body in {
            "a float": {"expected_total": 22.5},
            "a text": {"expected_total": "22.50"},
            "less than nothing": {"expected_total": -1},
            "more than there is": {"expected_total": 10**12},
            "nothing": {},
        }.items()
    ],
    send("unknown field", "POST", "/api/orders", 422, INVALID, "/vip", body={"ticket_language": "de", "vip": True}),
    send("unknown language", "POST", "/api/orders", 422, INVALID, "/ticket_language", body={"ticket_language": "rm"}),
    send(
        "reference too long",
        "PATCH",
        "/api/orders/{own}",
        422,
        INVALID,
        "/your_reference",
        body={"your_reference": "x" * 61},
    ),
    send(
        "reference with control",
        "PATCH",
        "/api/orders/{own}",
        422,
        INVALID,
        "/your_reference",
        body={"your_reference": "a\x00"},
    ),
    send("broken JSON", "PATCH", "/api/orders/{own}", 400, "malformed-request", raw=b'{"your_reference": "Geheimrat'),
    send("no UTF-8", "PATCH", "/api/orders/{own}", 400, "malformed-request", raw=b'{"your_reference": "\xff"}'),
    send("a body nested deeply", "PATCH", "/api/orders/{own}", 422, INVALID, "", raw=b"[" * 100_000),
    send("10 MB", "PATCH", "/api/orders/{own}", 413, "body-too-large", raw=b'{"x": "' + b"x" * 10_000_000 + b'"}'),
    *[
        send(
            f"{kind or 'nothing'} for JSON",
            "PATCH",
            "/api/orders/{own}",
            415,
            "unsupported-media-type",
            raw=b"{}",
            media_type=kind,
        )
        for kind in ("text/plain", "application/x-www-form-urlencoded", "application/xml", "")
    ],
    send(
        "no key",
        "POST",
        "/api/orders",
        400,
        "idempotency-key-missing",
        "Idempotency-Key",
        body={"ticket_language": "de"},
        headers={"Idempotency-Key": ""},
    ),
    send(
        "a key used before",
        "POST",
        "/api/orders",
        422,
        "idempotency-key-reused",
        "Idempotency-Key",
        body={"ticket_language": "it"},
        headers={"Idempotency-Key": "{used}"},
    ),
    send(
        "offers of another order",
        "POST",
        "/api/orders/{own}/items",
        404,
        "not-found",
        "/offer_set",
        body={"offer_set": "{foreign_offers}", "bundle": "b1"},
    ),
    send(
        "an offer that is not there",
        "POST",
        "/api/orders/{own}/items",
        404,
        "not-found",
        "/bundle",
        body={"offer_set": "{offers}", "bundle": "b99"},
    ),
    send(
        "offers expired",
        "POST",
        "/api/orders/{own}/items",
        409,
        "offer-expired",
        "/offer_set",
        body={"offer_set": "{expired}", "bundle": "b1"},
    ),
    send("an item that is not there", "DELETE", "/api/orders/{own}/items/Geheimrat", 404, "not-found", "code"),
    send("an order of another agency", "POST", "/api/orders/{foreign}/abandon", 404, "not-found", "number"),
    send("an order that is none", "GET", "/api/orders/AC-Geheimrat", 404, "not-found", "number"),
    send("a number of 300 characters", "GET", "/api/orders/" + "9" * 300, 422, INVALID, "number"),
    send("a ticket of nothing sold", "GET", "/api/orders/{own}/tickets/1/document", 409, "order-state-changed"),
    send("a ticket of another agency", "GET", "/api/orders/{foreign}/tickets/1/document", 404, "not-found", "number"),
    send("a cursor of somebody's making", "GET", "/api/orders", 422, INVALID, "cursor", params={"cursor": "Geheimrat"}),
    send("a page of 1000", "GET", "/api/orders", 422, INVALID, "limit", params={"limit": 1000}),
    send("a state that is none", "GET", "/api/orders", 422, INVALID, "state", params={"state": "Geheimrat"}),
    send("a search of 300 characters", "GET", "/api/orders", 422, INVALID, "query", params={"query": "x" * 300}),
    send("a day that is none", "GET", "/api/orders", 422, INVALID, "travel_on", params={"travel_on": "2027-02-30"}),
    send(
        "confirmed before held",
        "POST",
        "/api/orders/{own}/confirm",
        409,
        "order-state-changed",
        body={"expected_total": 1},
    ),
    send("undone before sold", "POST", "/api/orders/{own}/undo", 409, "order-state-changed"),
    send(
        "signed in with nonsense",
        "POST",
        "/api/session",
        401,
        "sign-in-refused",
        body={"email": "geheim@x", "pass_phrase": "Geheimrat"},
    ),
]
