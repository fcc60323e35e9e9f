"""Every request validates against SBB's own description of B2P (which is read where it lies, never copied)."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, unquote

import jsonschema
import pytest

from agenturclient.rail.b2p.client import B2pRail
from agenturclient.rail.errors import RailRefused, RefusalReason
from agenturclient.rail.port import (
    DocumentKind,
    HeldOffer,
    HoldItem,
    HoldRequest,
    PriceQuery,
    ProductOfferQuery,
    Rail,
    Reduction,
    RouteOfferQuery,
    Traveller,
    TripOfferQuery,
    TripQuery,
)
from agenturclient.settings import RailSettings
from b2p_description import DESCRIPTION_PATH, needs_description
from rail.hostile import HostileServer, Received, answer
from rail.samples import BORN_ON, CONTEXT, SAMPLES, TRIP_ID, ZURICH, Sample

BuildSettings = Callable[..., RailSettings]

pytestmark = needs_description


class Description:
    """SBB's description, as far as requests go. Unknown parameters and properties are errors: we only send what is
    described."""

    def __init__(self) -> None:
        self.document: dict[str, Any] = json.loads(DESCRIPTION_PATH.read_text(encoding="utf-8"))
        for schema in self.document["components"]["schemas"].values():
            if schema.get("type") == "object":
                schema.setdefault("additionalProperties", False)
        # Here the description contradicts itself: it lists the reductions as the only values of a text that its own
        # example shows as "paxa;42;half-fare". What is meant is the text's third part.
        passengers = self.document["components"]["schemas"]["PricesRequest"]["properties"]["passengers"]["items"]
        passengers["pattern"] = f"^[^;]+;[0-9]+;({'|'.join(passengers.pop('enum'))})$"
        self.formats = jsonschema.FormatChecker(formats=())
        self.formats.checks("date-time", raises=ValueError)(_check_moment)
        self.formats.checks("date", raises=ValueError)(lambda value: bool(dt.date.fromisoformat(value)))

    def check_request(self, request: Received) -> None:
        path, query = request.target.partition("?")[::2]
        template, values = self.find_template(path)
        operation = self.document["paths"][template][request.method.lower()]
        described = {(entry["in"], entry["name"].lower()): entry for entry in operation.get("parameters", [])}
        sent = {("header", name): [value] for name, value in request.headers.items()}
        sent |= {("path", name.lower()): [value] for name, value in values.items()}
        for name, value in parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query)):
            assert ("query", name.lower()) in described, f"{name} is no parameter of {template}"
            assert described[("query", name.lower())]["name"] == name
            sent.setdefault(("query", name.lower()), []).append(value)
        for key, entry in described.items():
            if key in sent:
                self.check_parameter(entry, sent[key])
            else:
                assert not entry.get("required"), f"{key} is missing"
        self.check_body(operation, request)

    def check_parameter(self, entry: dict[str, Any], values: list[str]) -> None:
        schema = entry["schema"]
        if schema["type"] == "array":
            self.validate(schema, [_convert(value, schema["items"]) for value in values])
        else:
            (value,) = values
            self.validate(schema, _convert(value, schema))

    def check_body(self, operation: dict[str, Any], request: Received) -> None:
        if "requestBody" not in operation:
            assert request.body == b""
            return
        assert request.headers["content-type"] == "application/json"
        self.validate(operation["requestBody"]["content"]["application/json"]["schema"], json.loads(request.body))

    def find_template(self, path: str) -> tuple[str, dict[str, str]]:
        parts = path.strip("/").split("/")
        for template in sorted(self.document["paths"], key=lambda text: text.count("{")):
            names = template.strip("/").split("/")
            if len(names) == len(parts) and all(
                name.startswith("{") or name == part for name, part in zip(names, parts, strict=True)
            ):
                pairs = zip(names, parts, strict=True)
                return template, {name.strip("{}"): unquote(part) for name, part in pairs if name.startswith("{")}
        message = f"{path} is not described"
        raise AssertionError(message)

    def validate(self, schema: dict[str, Any], value: object) -> None:
        whole = {**schema, "components": self.document["components"]}
        jsonschema.Draft4Validator(whole, format_checker=self.formats).validate(value)


def _check_moment(value: object) -> bool:
    return isinstance(value, str) and "T" in value and dt.datetime.fromisoformat(value).tzinfo is not None


def _convert(text: str, schema: dict[str, Any]) -> object:
    if schema["type"] == "integer":
        return int(text)
    if schema["type"] == "boolean":
        return {"true": True, "false": False}[text]
    return text


@pytest.fixture(scope="module")
def description() -> Description:
    return Description()


CONTEXT_IT = type(CONTEXT)("ACP7", "c", "it")
EVERYONE = tuple(Traveller(id=f"p{index}", age=30, reduction=reduction) for index, reduction in enumerate(Reduction))
PERSON = {"first_name": "Zoë 🚂", "last_name": "d'Été-Ñ <b>", "born_on": BORN_ON}
VARIANTS: dict[str, Callable[[Rail], Any]] = {
    "arrival": lambda rail: rail.search_trips(
        CONTEXT_IT,
        TripQuery(
            origin=8503000,
            destination=8507000,
            at=dt.datetime(2027, 7, 1, 22, 30, tzinfo=dt.UTC),
            is_arrival=True,
            scroll="back+/=",
        ),
    ),
    "all_reductions": lambda rail: rail.find_prices(CONTEXT, PriceQuery((TRIP_ID, "b"), EVERYONE)),
    "one_way": lambda rail: rail.find_trip_offers(CONTEXT, TripOfferQuery(trip_id=TRIP_ID, travellers=EVERYONE)),
    "dog_alone": lambda rail: rail.find_trip_offers(
        CONTEXT, TripOfferQuery(trip_id=TRIP_ID, travellers=(Traveller("d", "dog"),))
    ),
    "day_pass": lambda rail: rail.find_route_offers(
        CONTEXT, RouteOfferQuery(origin=8503000, travel_on=dt.date(2027, 1, 1), travellers=EVERYONE)
    ),
    "product": lambda rail: rail.find_product_offers(
        CONTEXT, ProductOfferQuery(product_id=1, valid_from_on=dt.date(2027, 1, 1), travellers=EVERYONE)
    ),
    "odd_names": lambda rail: rail.hold_offers(
        CONTEXT, HoldRequest((HoldItem(traveller_id="p1", offers=(HeldOffer("1"), HeldOffer("2")), **PERSON),))
    ),
    "no_second_reference": lambda rail: rail.pay_by_invoice(CONTEXT, tuple(range(1, 81)), reference1="A"),
    "eighty": lambda rail: rail.book(CONTEXT, tuple(range(1, 81))),
    "html": lambda rail: rail.get_document(CONTEXT, "1", "2", DocumentKind.HTML),
    "pkpass": lambda rail: rail.get_document(CONTEXT, "1", "2", DocumentKind.PKPASS),
}


async def record_request(call: Callable[[Rail], Any], server: HostileServer, settings: RailSettings) -> Received:
    server.behave(answer(400))
    async with B2pRail(settings) as rail:
        with pytest.raises(RailRefused) as raised:
            await call(rail)
    assert raised.value.supplier_status == 400
    (request,) = server.received
    return request


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
async def test_request_is_as_described(
    sample: Sample, description: Description, server: HostileServer, build_settings: BuildSettings
) -> None:
    description.check_request(await record_request(sample.call, server, build_settings()))


@pytest.mark.parametrize("name", VARIANTS)
async def test_variant_is_as_described(
    name: str, description: Description, server: HostileServer, build_settings: BuildSettings
) -> None:
    description.check_request(await record_request(VARIANTS[name], server, build_settings()))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda request: Received(request.method, request.target + "&vias=1", request.headers, b"", 1),
        lambda request: Received(request.method, "/api/v3/trips", request.headers, b"", 1),
        lambda request: Received(request.method, request.target.replace("8503000", "HB"), request.headers, b"", 1),
        lambda request: Received(request.method, request.target, {}, b"", 1),
        lambda request: Received(request.method, request.target.replace("=ED", "=XX"), request.headers, b"", 1),
    ],
)
async def test_the_check_finds_mistakes(
    spoil: Callable[[Received], Received],
    description: Description,
    server: HostileServer,
    build_settings: BuildSettings,
) -> None:
    sample = next(sample for sample in SAMPLES if sample.name == "search_trips")
    request = await record_request(sample.call, server, build_settings())
    with pytest.raises((AssertionError, ValueError, jsonschema.ValidationError)):
        description.check_request(spoil(request))


async def test_what_is_asked_is_what_arrives(server: HostileServer, build_settings: BuildSettings) -> None:
    """Reserved characters of ids and the wall clock of Switzerland survive the trip."""
    request = await record_request(VARIANTS["arrival"], server, build_settings())
    assert dict(parse_qsl(request.target.partition("?")[2])) == {
        "originId": "8503000",
        "destinationId": "8507000",
        "date": "2027-07-02",
        "time": "00:30",
        "arrivalDeparture": "LA",
        "calculateEco": "true",
    }
    assert request.headers["scroll-context"] == "back+/="
    assert request.headers["accept-language"] == "it"


async def test_trip_id_is_one_path_segment(server: HostileServer, build_settings: BuildSettings) -> None:
    request = await record_request(lambda rail: rail.refresh_trip(CONTEXT, TRIP_ID), server, build_settings())
    assert request.target.count("/") == 3
    assert unquote(request.target.rpartition("/")[2]) == TRIP_ID


async def test_hold_says_who_owns_the_dog(server: HostileServer, build_settings: BuildSettings) -> None:
    sample = next(sample for sample in SAMPLES if sample.name == "hold_offers")
    request = await record_request(sample.call, server, build_settings())
    person = {"firstname": "Anna", "lastname": "Muster-Geheim", "dateOfBirth": "1984-02-29T00:00:00Z"}
    assert json.loads(request.body) == [
        {
            "offerPrebookings": [{"offerIdentifier": "174114741", "salesParameter": {"STS_HERKUNFTSLAND": "DE"}}],
            "passenger": {"id": "p1", **person},
        },
        {"offerPrebookings": [{"offerIdentifier": "174114742"}], "dog": {"id": "d1", "owner": person}},
        {"offerPrebookings": [{"offerIdentifier": "174114743"}], "bike": {"id": "b1", "owner": person}},
    ]


AT = dt.datetime(2027, 1, 1, 8, 0, tzinfo=ZURICH)
IMPOSSIBLE: dict[str, Callable[[Rail], Any]] = {
    "short_name": lambda rail: rail.search_places(CONTEXT, " B "),
    "naive_time": lambda rail: rail.search_trips(
        CONTEXT, TripQuery(origin=1, destination=2, at=AT.replace(tzinfo=None))
    ),
    "no_trip": lambda rail: rail.refresh_trip(CONTEXT, ""),
    "step_up": lambda rail: rail.refresh_trip(CONTEXT, ".."),
    "no_travellers": lambda rail: rail.find_trip_offers(CONTEXT, TripOfferQuery(trip_id="t", travellers=())),
    "only_a_dog_priced": lambda rail: rail.find_prices(CONTEXT, PriceQuery(("t",), (Traveller("d", "dog"),))),
    "age_missing": lambda rail: rail.find_prices(CONTEXT, PriceQuery(("t",), (Traveller("p"),))),
    "age_negative": lambda rail: rail.find_prices(CONTEXT, PriceQuery(("t",), (Traveller("p", age=-1),))),
    "age_200": lambda rail: rail.find_prices(CONTEXT, PriceQuery(("t",), (Traveller("p", age=200),))),
    "separator_in_id": lambda rail: rail.find_prices(CONTEXT, PriceQuery(("t",), (Traveller("p;1", age=20),))),
    "nothing_to_hold": lambda rail: rail.hold_offers(CONTEXT, HoldRequest(())),
    "nothing_to_book": lambda rail: rail.book(CONTEXT, ()),
    "eighty_one": lambda rail: rail.book(CONTEXT, tuple(range(81))),
    "booking_id_path": lambda rail: rail.cancel_booking(CONTEXT, "1/../2"),
    "booking_id_digits": lambda rail: rail.cancel_booking(CONTEXT, "١٢"),
    "ticket_id": lambda rail: rail.get_document(CONTEXT, "1", "x", DocumentKind.PDF),
    "no_number": lambda rail: rail.find_booking_by_ticket_number(CONTEXT, " "),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
async def test_what_cannot_be_said_is_not_sent(name: str, server: HostileServer, build_settings: BuildSettings) -> None:
    server.behave(answer(500))
    async with B2pRail(build_settings()) as rail:
        with pytest.raises(RailRefused) as raised:
            await IMPOSSIBLE[name](rail)
    assert raised.value.reason is RefusalReason.INVALID_REQUEST
    assert server.received == []
