"""Each operation against each failure, over real TCP: which of the three kinds it is, and how often it was sent."""

import asyncio
import datetime as dt
import socket
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from agenturclient.rail.b2p.client import B2pRail
from agenturclient.rail.b2p.errors import EFFECTS, Operation
from agenturclient.rail.errors import RailError, RailRefused, RailUnknown, RailUnreachable, RefusalReason
from agenturclient.rail.port import Rail, TripPage
from agenturclient.settings import RailSettings
from rail.conftest import run_out_of_time
from rail.hostile import (
    Behaviour,
    HostileServer,
    answer,
    close_after,
    hang,
    reset_after,
    speak_no_http,
    trickle,
    truncate,
)
from rail.samples import SAMPLES, Sample

BuildSettings = Callable[..., RailSettings]
KINDS = {"refused": RailRefused, "unreachable": RailUnreachable, "unknown": RailUnknown}
# All others are answered, or broken off, at once: they get the time of the settings, however slow the machine is.
NEVER_ANSWERED = {"timeout", "slow_trickle"}

# What each failure means: for reading, for a prebooking, for what changes something. Written down here a second time,
# apart from the product's own table, because this is what nobody may change by accident.
BROKEN_AFTER_CONNECTING = ("unreachable", "unknown", "unknown")
NEVER_CONNECTED = ("unreachable", "unreachable", "unreachable")
SAID_NO = ("refused", "refused", "refused")
# How often the request was seen by the server, in the same order (3 is max_attempts).
ONCE = (1, 1, 1)
REPEATED = (3, 2, 1)
EFFECT_INDEX = {"reads": 0, "holds": 1, "changes": 2}

STATUS_FAILURES: dict[str, tuple[Behaviour, tuple[str, str, str], tuple[int, int, int]]] = {
    "reset_after": (reset_after, BROKEN_AFTER_CONNECTING, REPEATED),
    "closed_after": (close_after, BROKEN_AFTER_CONNECTING, REPEATED),
    "not_http": (speak_no_http, BROKEN_AFTER_CONNECTING, REPEATED),
    "timeout": (hang, BROKEN_AFTER_CONNECTING, ONCE),
    "slow_trickle": (trickle(200, [], pause_seconds=0.1), BROKEN_AFTER_CONNECTING, ONCE),
    "throttled": (answer(429, b"", headers={"Retry-After": "7"}), NEVER_CONNECTED, ONCE),
    "500": (answer(500, {"title": "oops"}), BROKEN_AFTER_CONNECTING, ONCE),
    "500_truncated": (truncate(500, {"title": "oops"}), BROKEN_AFTER_CONNECTING, ONCE),
    "502": (answer(502, b"<html>", content_type="text/html"), BROKEN_AFTER_CONNECTING, ONCE),
    "503": (answer(503, b"", headers={"Retry-After": "30"}), BROKEN_AFTER_CONNECTING, ONCE),
    "504": (answer(504), BROKEN_AFTER_CONNECTING, ONCE),
    "408": (answer(408), BROKEN_AFTER_CONNECTING, ONCE),
    "302": (answer(302, b"", headers={"Location": "/elsewhere"}), BROKEN_AFTER_CONNECTING, ONCE),
    "202": (answer(202, {}), BROKEN_AFTER_CONNECTING, ONCE),
    "maintenance_page": (answer(200, b"<html>", content_type="text/html"), BROKEN_AFTER_CONNECTING, ONCE),
    "400": (answer(400, {"type": "./b2p/x/y", "title": "no", "status": 400}), SAID_NO, ONCE),
    "400_truncated": (truncate(400, {"title": "no"}), SAID_NO, ONCE),
    "403": (answer(403), SAID_NO, ONCE),
    "404": (answer(404, b"[]"), SAID_NO, ONCE),
    "409": (answer(409, b"not json"), SAID_NO, ONCE),
}


async def find_kind(rail: Rail, sample: Sample) -> tuple[str, RailError | None, object]:
    """What a call comes to: the kind's name, the error, the result."""
    try:
        result = await sample.call(rail)
    except RailError as error:
        return next(name for name, kind in KINDS.items() if isinstance(error, kind)), error, None
    return "ok", None, result


@pytest.fixture(params=SAMPLES, ids=lambda sample: sample.name)
def sample(request: pytest.FixtureRequest) -> Sample:
    value: Sample = request.param
    return value


def test_samples_cover_every_operation() -> None:
    assert {sample.name for sample in SAMPLES} == {operation.value for operation in Operation}
    assert {sample.name: sample.effect for sample in SAMPLES} == {op.value: EFFECTS[op].value for op in Operation}


async def test_good_answer(sample: Sample, server: HostileServer, build_settings: BuildSettings) -> None:
    server.behave(answer(sample.status, sample.body, content_type=sample.content_type))
    async with B2pRail(build_settings()) as rail:
        kind, _, result = await find_kind(rail, sample)
    assert kind == "ok"
    assert len(server.received) == 1
    if not sample.is_bodiless:
        assert result


async def test_answer_with_unknown_fields_and_values(
    sample: Sample, server: HostileServer, build_settings: BuildSettings
) -> None:
    server.behave(answer(sample.status, sample.novel_body, content_type=sample.content_type))
    async with B2pRail(build_settings()) as rail:
        kind, _, result = await find_kind(rail, sample)
    assert kind == "ok"
    if not sample.is_bodiless:
        assert result


@pytest.mark.parametrize("failure", STATUS_FAILURES)
async def test_failure_after_connecting(
    sample: Sample, failure: str, server: HostileServer, build_settings: BuildSettings
) -> None:
    behaviour, kinds, counts = STATUS_FAILURES[failure]
    error: RailError | None
    if failure in NEVER_ANSWERED:
        error = await run_out_of_time(server, build_settings, [behaviour], sample.call)
    else:
        server.behave(behaviour)
        async with B2pRail(build_settings()) as rail:
            _, error, _ = await find_kind(rail, sample)
    index = EFFECT_INDEX[sample.effect]
    assert error is not None
    assert isinstance(error, KINDS[kinds[index]])
    assert len(server.received) == counts[index]
    assert error.attempts == counts[index]
    if failure == "throttled":
        assert isinstance(error, RailUnreachable)
        assert error.retry_after_seconds == 7
    if failure == "503" and isinstance(error, RailUnreachable):
        assert error.retry_after_seconds == 30


async def test_reset_before_the_request_was_read(
    sample: Sample, server: HostileServer, build_settings: BuildSettings
) -> None:
    """The connection stood, so nobody can prove that the request never left."""
    server.is_resetting_on_accept = True
    async with B2pRail(build_settings()) as rail:
        kind, _, _ = await find_kind(rail, sample)
    index = EFFECT_INDEX[sample.effect]
    assert kind == BROKEN_AFTER_CONNECTING[index]
    assert server.connections == REPEATED[index]


async def test_connection_refused(sample: Sample, build_settings: BuildSettings) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    async with B2pRail(build_settings(base_url=f"http://127.0.0.1:{port}")) as rail:
        kind, error, _ = await find_kind(rail, sample)
    assert kind == "unreachable"
    assert error is not None
    assert error.attempts == 3


async def test_unknown_host(sample: Sample, build_settings: BuildSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail_lookup(*_args: object, **_options: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", fail_lookup)
    async with B2pRail(build_settings(base_url="https://b2p.invalid")) as rail:
        kind, error, _ = await find_kind(rail, sample)
    assert kind == "unreachable"
    assert error is not None
    assert error.attempts == 3


async def test_server_without_tls(sample: Sample, server: HostileServer, build_settings: BuildSettings) -> None:
    server.behave(answer(200))
    async with B2pRail(
        build_settings(base_url=server.url.replace("http:", "https:"), connect_timeout_seconds=0.3)
    ) as rail:
        kind, _, _ = await find_kind(rail, sample)
    assert kind == "unreachable"
    assert server.received == []


async def test_untrusted_certificate(sample: Sample, build_settings: BuildSettings, tmp_path: Path) -> None:
    received: list[bytes] = []

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        received.append(await reader.read(10))
        writer.close()

    tls_server = await asyncio.start_server(accept, "127.0.0.1", 0, ssl=build_untrusted_context(tmp_path))
    try:
        port = tls_server.sockets[0].getsockname()[1]
        async with B2pRail(build_settings(base_url=f"https://127.0.0.1:{port}")) as rail:
            kind, _, _ = await find_kind(rail, sample)
    finally:
        tls_server.close()
    assert kind == "unreachable"
    assert received == []


async def test_token_refused_twice(
    sample: Sample, server: HostileServer, token_server: HostileServer, build_settings: BuildSettings
) -> None:
    server.behave(answer(401))
    async with B2pRail(build_settings()) as rail:
        kind, _, _ = await find_kind(rail, sample)
    assert kind == "unreachable"
    assert len(server.received) == 2
    assert len(token_server.received) == 2


async def test_token_refused_once(sample: Sample, server: HostileServer, build_settings: BuildSettings) -> None:
    server.behave(answer(401), answer(sample.status, sample.body, content_type=sample.content_type))
    async with B2pRail(build_settings()) as rail:
        kind, _, _ = await find_kind(rail, sample)
    assert kind == "ok"
    assert len(server.received) == 2


@pytest.mark.parametrize("failure", ["truncated", "invalid_json", "wrong_shape", "wrong_elements", "not_utf8"])
async def test_unreadable_body(
    sample: Sample, failure: str, server: HostileServer, build_settings: BuildSettings
) -> None:
    """Where the status says it all (payment, commit, undo), a spoilt body takes nothing back."""
    status = 201 if sample.status == 201 else 200
    behaviour = {
        "truncated": truncate(status, sample.body or {"links": []}, content_type=sample.content_type),
        "invalid_json": answer(status, b'{"bookingId": 1, '),
        "wrong_shape": answer(status, b'"hello"'),
        "wrong_elements": answer(status, [{"id": None}, 5]),
        "not_utf8": answer(status, b'["\xff\xfe"]'),
    }[failure]
    server.behave(behaviour)
    async with B2pRail(build_settings()) as rail:
        kind, _, _ = await find_kind(rail, sample)
    if sample.is_bodiless:
        assert kind == "ok"
    else:
        assert kind == BROKEN_AFTER_CONNECTING[EFFECT_INDEX[sample.effect]]


async def test_no_content(sample: Sample, server: HostileServer, build_settings: BuildSettings) -> None:
    server.behave(answer(204))
    async with B2pRail(build_settings()) as rail:
        kind, _, result = await find_kind(rail, sample)
    if sample.nothing_found in KINDS:
        assert kind == sample.nothing_found
    else:
        assert kind == "ok"
        expected = {"empty page": TripPage(trips=()), "done": None}
        assert result == (
            expected[sample.nothing_found] if isinstance(sample.nothing_found, str) else sample.nothing_found
        )
    assert len(server.received) == 1


REASONS = [
    ("hold_offers", 404, "", RefusalReason.OFFER_EXPIRED),
    ("hold_offers", 400, "./b2p/prebookings/offer-expired", RefusalReason.OFFER_EXPIRED),
    ("hold_offers", 400, "./b2p/prebookings/quota-sold-out", RefusalReason.SOLD_OUT),
    ("hold_offers", 400, "./b2p/prebookings/sales-parameter-missing", RefusalReason.SALES_PARAMETER_INVALID),
    ("hold_offers", 400, "./b2p/prebookings/date-of-birth-mismatch", RefusalReason.TRAVELLER_INVALID),
    ("hold_offers", 400, "./b2p/prebookings/firstname-missing", RefusalReason.TRAVELLER_INVALID),
    ("hold_offers", 400, "urn:whatever", RefusalReason.INVALID_REQUEST),
    ("hold_offers", 400, "./b2p/prebookings/age-does-not-match", RefusalReason.TRAVELLER_INVALID),
    ("hold_offers", 400, "./b2p/prebookings/offer-already-prebooked", RefusalReason.ALREADY_DONE),
    ("pay_by_invoice", 400, "./b2p/payments/already-paid", RefusalReason.ALREADY_DONE),
    ("book", 400, "./b2p/bookings/already-booked", RefusalReason.ALREADY_DONE),
    ("pay_by_invoice", 404, "", RefusalReason.HOLD_EXPIRED),
    ("pay_by_invoice", 400, "./b2p/payments/prebooking-expired", RefusalReason.HOLD_EXPIRED),
    ("book", 404, "", RefusalReason.HOLD_EXPIRED),
    ("book", 400, "./b2p/bookings/prebooking-expired", RefusalReason.HOLD_EXPIRED),
    ("cancel_booking", 404, "", RefusalReason.NO_LONGER_POSSIBLE),
    ("commit_booking", 404, "", RefusalReason.NO_LONGER_POSSIBLE),
    ("find_trip_offers", 404, "", RefusalReason.TRIP_EXPIRED),
    ("find_trip_offers", 400, "./b2p/trip-offers/trip-id-invalid", RefusalReason.TRIP_EXPIRED),
    ("refresh_trip", 404, "", RefusalReason.TRIP_EXPIRED),
    ("get_product", 404, "", RefusalReason.NOT_FOUND),
    ("get_document", 404, "", RefusalReason.NOT_FOUND),
    ("get_document", 415, "", RefusalReason.DOCUMENT_NOT_AVAILABLE),
    ("get_document", 418, "", RefusalReason.DOCUMENT_NOT_AVAILABLE),
    ("get_document", 409, "./b2p/tickets/booking-pending", RefusalReason.DOCUMENT_NOT_AVAILABLE),
    ("search_trips", 403, "", RefusalReason.NOT_PERMITTED),
    ("search_trips", 400, "./b2p/trips/location-unknown", RefusalReason.PLACE_UNKNOWN),
    ("find_route_offers", 400, "./b2p/route-offers/station-not-found", RefusalReason.PLACE_UNKNOWN),
    ("book", 409, "", RefusalReason.OTHER),
]


@pytest.mark.parametrize("case", REASONS, ids=lambda case: f"{case[0]}-{case[1]}-{case[3]}")
async def test_refusal_reason(
    case: tuple[str, int, str, RefusalReason], server: HostileServer, build_settings: BuildSettings
) -> None:
    name, status, problem_type, reason = case
    problem = {"type": problem_type, "title": "No", "status": status, "detail": "Anna Muster-Geheim"}
    server.behave(answer(status, problem, content_type="application/problem+json"))
    sample = next(sample for sample in SAMPLES if sample.name == name)
    async with B2pRail(build_settings()) as rail:
        _, error, _ = await find_kind(rail, sample)
    assert isinstance(error, RailRefused)
    assert error.reason is reason
    assert error.supplier_status == status
    assert "Geheim" not in f"{error} {error.supplier_text}"


def build_untrusted_context(folder: Path) -> ssl.SSLContext:
    """A server's TLS with a certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = folder / "server.pem"
    pem.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context
