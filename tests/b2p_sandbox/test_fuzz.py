"""Whatever is sent: an answer that the description knows or a problem document; never a 5xx, never an exception.

The driver runs the stand-in in the test's own process, so what a server would turn into a 500 is an exception here.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable

from b2p_description import find_description, needs_description
from b2p_sandbox.operations import OPERATIONS
from sandbox_driver import (
    ADULT,
    BERN,
    CONTRACT,
    GENEVE,
    HALF_FARE,
    LUZERN,
    TRAVEL_ON,
    ZURICH_HB,
    SandboxDriver,
    build_prebooking,
)

bounded = settings(
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
GROUP = ["8;GRUPPE_PERSON_25PLUS", "3;GA_2_KL", "1;HUND"]
ODD_TEXTS = [
    "", " ", "0", "-1", "1.5", "1e999", "nan", "99999999999999999999", "true", "null", "\x00", "\ud7ff", "😀", "é" * 99,
    "0001-01-01", "9999-12-31", "2027-03-28", "2026-02-30", "24:00", "02:30", "23:59:60", "00:00", "P99999999999D",
    "PT1e400S", "-P1D", "PnanD", "a;1;none", "a;999;none", ";;;", "paxa;-1;none", "1;HUND", "99999999999;HUND",
    "'; drop table --", "<script>", "../..", "%00", "٣", "½", "ED", "LA", "de", "application/pdf", "Bearer x",
]  # fmt: skip
odd_texts = st.sampled_from(ODD_TEXTS) | st.text(max_size=20).filter(lambda text: text.isprintable())
odd_values = (
    odd_texts
    | st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([2**31, 2**63, 2**64, -(2**63), 1e308, [], {}, [[]], [None], {"a": {}}])
)


def build_seeds(driver: SandboxDriver) -> list[dict[str, Any]]:
    """A good call of every operation, on a machine where something was sold."""
    trip, back = driver.find_trip(), driver.find_trip(BERN, ZURICH_HB, time="19:00")
    booking = driver.sell(driver.find_bundle(HALF_FARE))
    number, ticket = booking["bookingId"], booking["tickets"][0]
    held = driver.hold_and_pay(driver.find_bundle())
    route = {"originId": ZURICH_HB, "destinationId": GENEVE, "date": TRAVEL_ON.isoformat()}
    people = {"passengers": [ADULT, "k;9;junior-card"], "dogs": ["rex"], "bikes": ["velo"]}
    group_day = {"validFromDate": TRAVEL_ON.isoformat(), "passengerGroups": GROUP}
    tariff = {
        "description": {"de": "x"},
        "validFromDate": "2026-12-01T00:00:00Z",
        "validToDate": "2026-12-02T00:00:00Z",
    }
    context = driver.call("get_trips", query={**route, "time": "10:00"}).headers["scrollforward-context"]
    asked: dict[str, dict[str, Any]] = {
        "token": {"body": {}},
        "get_locations": {"query": {"name": "Zürich"}},
        "get_stations": {"query": {"order": "NAME", "Page-size": 10, "page": 1, "country": "CH"}},
        "get_trips": {
            "query": {**route, "time": "10:00", "viaId": [LUZERN], "arrivalDeparture": "ED", "includeBefore": 1},
            "headers": {"scroll-context": None, "timeshift": "PT1H"},
        },
        "get_trip": {"path": {"tripId": trip}},
        "get_prices": {"body": {"passengers": [ADULT], "tripIds": [trip], "qualityOfService": 2, "productId": 125}},
        "get_offers": {"query": {"tripId": trip, "returnTripId": back, **people}},
        "get_route_offers": {"query": {**route, "viaId": [BERN], **people}},
        "get_product": {"path": {"productId": 125}},
        "get_product_offers": {
            "path": {"productId": 4103},
            "query": {"validFromDate": TRAVEL_ON.isoformat(), "passengers": [ADULT]},
        },
        "get_group_offers": {"query": {"tripId": trip, "passengerGroups": GROUP}},
        "get_group_product_offers": {"path": {"productId": 80187}, "query": group_day},
        "post_prebooking": {"body": build_prebooking(driver.find_bundle(HALF_FARE, dogs=["rex"]), rex={"kind": "dog"})},
        "post_payment": {"body": {"prebookingIds": held, "reference1": "AB-1", "reference2": "x"}},
        "post_booking": {"body": {"prebookingIds": held, "status": "PENDING"}},
        "find_booking": {"query": {"onlineTicketId": ticket["externalTicketReference"]}},
        "get_booking": {"path": {"bookingId": number}},
        "patch_booking": {"path": {"bookingId": number}, "body": {"status": "COMMITTED"}},
        "delete_booking": {"path": {"bookingId": number}},
        "get_ticket": {
            "path": {"bookingId": number, "ticketId": ticket["ticketId"]},
            "headers": {"accept": "application/pdf"},
        },
        "get_refund_reasons": {"path": {"bookingId": number}},
        "get_refund_offers": {"query": {"ticketIds": [ticket["ticketId"]], "refundReasonId": "NICHT_BENUTZT"}},
        "post_refund": {"body": {"refundOfferIds": [352_007_920]}},
        "get_network": {"path": {"networkId": 470}},
        "get_zones": {"path": {"networkId": 470}},
        "post_barcode": {
            "body": {
                "originalSystem": "A",
                "originalId": "1",
                "tariffInformation": tariff,
                "passengerInformations": [{}],
            }
        },
        "delete_barcode": {"path": {"barcodeId": "1"}},
    }
    seeds = []
    for operation in OPERATIONS:
        given_values = asked.get(operation.name, {})
        headers = {
            "authorization": f"Bearer {driver.tokens['token']}",
            "x-contract-id": CONTRACT,
            "x-conversation-id": "c-1",
            "accept-language": "de",
            "content-type": "application/json",
            **given_values.get("headers", {}),
        }
        parts = {key: given_values.get(key, {}) for key in ("path", "query")}
        seeds.append({"operation": operation, "headers": headers, "body": given_values.get("body"), **parts})
    seeds.append({**seeds[5], "headers": {**seeds[5]["headers"], "scroll-context": context}})
    return seeds


def change_leaf(draw: st.DrawFn, value: Any) -> Any:
    """The value with one thing in it changed, left out or added, anywhere."""
    choice = draw(st.integers(0, 5))
    if isinstance(value, Mapping) and value and choice:
        key = draw(st.sampled_from(sorted(value)))
        if choice == 1:
            return {name: item for name, item in value.items() if name != key}
        return {**value, key: change_leaf(draw, value[key])}
    if isinstance(value, list) and value and choice:
        if choice == 1:
            return value * draw(st.sampled_from([0, 2, 90]))
        place = draw(st.integers(0, len(value) - 1))
        return [*value[:place], change_leaf(draw, value[place]), *value[place + 1 :]]
    if isinstance(value, str) and value and choice > 3:
        place = draw(st.integers(0, len(value) - 1))
        return value[:place] + draw(st.characters(codec="utf-8", exclude_characters="\r\n")) + value[place + 1 :]
    return draw(odd_values)


def send_parts(driver: SandboxDriver, parts: Mapping[str, Any]) -> Any:
    operation = parts["operation"]
    path = operation.path
    for name, value in parts["path"].items():
        path = path.replace(f"{{{name}}}", quote(str(value), safe="") or "~")  # an empty one is another operation
    headers = {
        name: str(value).encode("utf-8", "replace").decode("latin-1")
        for name, value in parts["headers"].items()
        if value is not None
    }
    body = b"" if parts["body"] is None else json.dumps(parts["body"]).encode()
    query = parts["query"] if isinstance(parts["query"], Mapping) else {}
    return driver.send(operation.method, path, urlencode(query, doseq=True), headers, body)


def assert_is_answer(operation: Any, answer: Any) -> None:
    assert answer.status < 500
    if answer.status == 400 and operation.name != "token" and answer.code.startswith("access/"):
        return  # the headers of every call, which no operation's list speaks of
    description = find_description()
    if description is not None and operation.name != "token" and answer.status != 404:
        description.check_answer(operation.method, operation.path, answer.status, answer.headers, answer.body)


def test_calls_with_one_thing_wrong(driver):
    seeds = build_seeds(driver)
    reached: dict[int, int] = {}

    @settings(bounded, max_examples=1500)
    @given(st.data())
    def send_changed(data: st.DataObject) -> None:
        seed = data.draw(st.sampled_from(seeds))
        part = data.draw(st.sampled_from([*[name for name in ("query", "path", "body") if seed[name]] * 3, "headers"]))
        changed = {**seed, part: change_leaf(data.draw, seed[part])}
        if part in {"path", "headers"} and not isinstance(changed[part], Mapping):
            return
        answer = send_parts(driver, changed)
        reached[answer.status] = reached.get(answer.status, 0) + 1
        assert_is_answer(seed["operation"], answer)

    send_changed()
    # it went deep enough to sell, and broke enough to be refused
    assert reached[400] > 200
    assert reached[200] > 200
    assert {201, 204, 401, 404} <= set(reached)


@needs_description
@pytest.mark.parametrize("mode", ["positive", "negative"])
def test_calls_made_from_the_description(driver, mode):
    description = find_description()
    assert description is not None
    schema = schemathesis.openapi.from_dict(description.document)
    chosen = schemathesis.GenerationMode.POSITIVE if mode == "positive" else schemathesis.GenerationMode.NEGATIVE
    by_path = {(entry.method, entry.path): entry for entry in OPERATIONS}
    driver.find_trip()
    fixed = {"authorization": f"Bearer {driver.tokens['token']}", "x-contract-id": CONTRACT, "x-conversation-id": "c"}
    for found in schema.get_all_operations():
        operation = found.ok()
        ours = by_path[operation.method.upper(), operation.path]

        def send_made(case: Any, *, ours: Any) -> None:
            made = case.as_transport_kwargs(base_url="http://sandbox")
            url = urlsplit(made["url"])
            query = urlencode(made.get("params") or {}, doseq=True)
            headers = {
                name.lower(): str(value).encode("utf-8", "replace").decode("latin-1")
                for name, value in made["headers"].items()
            }
            content = made.get("json", made.get("data"))
            body = content if isinstance(content, bytes) else json.dumps(content, default=str).encode()
            answer = driver.send(ours.method, url.path, query, {**headers, **fixed}, body)
            assert_is_answer(ours, answer)

        run = given(case=operation.as_strategy(generation_mode=chosen), ours=st.just(ours))(send_made)
        with suppress(Unsatisfiable):  # nothing can be wrong with a call that takes nothing
            settings(bounded, max_examples=12)(run)()
