"""What happens around a request: repetitions, budgets, bounds, tokens, headers, logs, metrics."""

import asyncio
import json
import socket
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs

import aiohttp
import msgspec
import pytest
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from agenturclient.core.database import Transactions, create_engine
from agenturclient.rail.b2p import transport
from agenturclient.rail.b2p.client import B2pRail
from agenturclient.rail.b2p.tokens import TokenSource
from agenturclient.rail.breaker import CircuitBreaker
from agenturclient.rail.errors import (
    FailureCause,
    RailBusy,
    RailError,
    RailRefused,
    RailUnknown,
    RailUnreachable,
    RefusalReason,
)
from agenturclient.settings import RailSettings
from rail.conftest import CLIENT_PASSPHRASE, TOKEN_TEXT, run_out_of_time
from rail.hostile import (
    Behaviour,
    Connection,
    HostileServer,
    Received,
    answer,
    close_after,
    hang,
    reset_after,
    trickle,
    wait_then,
)
from rail.samples import CONTEXT, HOLD_REQUEST, SAMPLES, SAMPLES_BY_NAME, Sample

BuildSettings = Callable[..., RailSettings]


class Clock:
    """The clock of tokens and breakers, moved by hand."""

    seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    for kind in (CircuitBreaker, TokenSource):
        monkeypatch.setattr(transport, kind.__name__, partial(kind, clock=made))
    return made


def answer_well(name: str) -> Behaviour:
    sample = SAMPLES_BY_NAME[name]
    return answer(sample.status, sample.body, content_type=sample.content_type)


# --- repetitions ------------------------------------------------------------------------------------------------------


async def test_aiohttp_alone_repeats_a_delete(server: HostileServer) -> None:
    """The reason for `stop_hidden_repetition`. If this fails, aiohttp has changed and the middleware may go."""
    server.behave(close_after, answer(404))
    async with aiohttp.ClientSession() as session, session.delete(f"{server.url}/booking") as response:
        assert response.status == 404
    assert len(server.received) == 2


@pytest.mark.parametrize("name", ["pay_by_invoice", "book", "commit_booking", "cancel_booking"])
@pytest.mark.parametrize("behaviour", [close_after, reset_after], ids=["closed", "reset"])
async def test_a_change_is_sent_once(
    name: str, behaviour: Behaviour, server: HostileServer, build_settings: BuildSettings
) -> None:
    server.behave(behaviour, answer(404))
    async with B2pRail(build_settings()) as rail:
        with pytest.raises(RailUnknown) as raised:
            await SAMPLES_BY_NAME[name].call(rail)
    assert raised.value.cause is FailureCause.CONNECTION_LOST
    assert len(server.received) == 1


@pytest.mark.parametrize("name", ["pay_by_invoice", "book", "commit_booking", "cancel_booking", "hold_offers"])
async def test_stale_connections_do_not_touch_a_change(
    name: str, server: HostileServer, build_settings: BuildSettings
) -> None:
    """B2P closes a kept-alive connection just when it is used again: a booking must not look as if it had left."""

    async def answer_and_close_soon(connection: Connection, request: Received) -> bool:
        await answer(200, [])(connection, request)
        await asyncio.sleep(0)
        return False

    async with B2pRail(build_settings()) as rail:
        server.behave(answer_and_close_soon)
        await rail.search_places(CONTEXT, "Bern")
        server.behave(answer_well(name))
        await SAMPLES_BY_NAME[name].call(rail)
    assert len(server.received) == 2
    assert server.received[0].connection != server.received[1].connection


async def test_changes_never_share_a_connection(server: HostileServer, build_settings: BuildSettings) -> None:
    server.behave(answer_well("pay_by_invoice"))
    async with B2pRail(build_settings()) as rail:
        for _ in range(3):
            await SAMPLES_BY_NAME["pay_by_invoice"].call(rail)
    assert len({request.connection for request in server.received}) == 3


async def test_reads_keep_their_connection(server: HostileServer, build_settings: BuildSettings) -> None:
    server.behave(answer(200, []))
    async with B2pRail(build_settings()) as rail:
        for _ in range(3):
            await rail.search_places(CONTEXT, "Bern")
    assert server.connections == 1


@pytest.mark.parametrize("name", ["pay_by_invoice", "book", "hold_offers", "cancel_booking", "search_places"])
async def test_a_refused_connection_is_tried_again(name: str, build_settings: BuildSettings) -> None:
    """Connection refused means that the request never left, so even a payment is tried again."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    settings = build_settings(
        base_url=f"http://127.0.0.1:{port}", max_attempts=10, backoff_initial_seconds=0.2, backoff_max_seconds=0.2
    )
    async with B2pRail(settings) as rail:
        call = asyncio.ensure_future(SAMPLES_BY_NAME[name].call(rail))
        await asyncio.sleep(0.05)
        async with HostileServer(port=port) as late:
            late.behave(answer_well(name))
            await call
            assert len(late.received) == 1


async def test_a_lost_prebooking_is_repeated_once(server: HostileServer, build_settings: BuildSettings) -> None:
    server.behave(reset_after, answer_well("hold_offers"))
    async with B2pRail(build_settings()) as rail:
        hold = await rail.hold_offers(CONTEXT, HOLD_REQUEST)
    assert hold.prebooking_ids == (47110815,)
    assert len(server.received) == 2


async def test_a_prebooking_refused_after_a_lost_answer_says_so(
    server: HostileServer, build_settings: BuildSettings
) -> None:
    server.behave(reset_after, answer(400, {"type": "./b2p/prebookings/sold-out"}))
    async with B2pRail(build_settings()) as rail:
        with pytest.raises(RailRefused) as raised:
            await rail.hold_offers(CONTEXT, HOLD_REQUEST)
        assert raised.value.is_after_lost_answer
        assert raised.value.reason is RefusalReason.SOLD_OUT
        with pytest.raises(RailRefused) as again:
            await rail.hold_offers(CONTEXT, HOLD_REQUEST)
        assert not again.value.is_after_lost_answer


@pytest.mark.parametrize("second", [answer(429), answer(500), hang, answer(401)])
async def test_a_lost_prebooking_stays_unknown_whatever_comes_second(
    second: Behaviour, server: HostileServer, build_settings: BuildSettings
) -> None:
    """Turned away at the door the second time says nothing about the first time."""
    behaviours = [reset_after, second]
    if second is hang:
        error = await run_out_of_time(
            server, build_settings, behaviours, lambda rail: rail.hold_offers(CONTEXT, HOLD_REQUEST)
        )
        assert isinstance(error, RailUnknown)
        return
    server.behave(*behaviours)
    async with B2pRail(build_settings()) as rail:
        with pytest.raises(RailUnknown):
            await rail.hold_offers(CONTEXT, HOLD_REQUEST)


async def test_booking_is_repeated_only_if_that_is_safe(server: HostileServer, build_settings: BuildSettings) -> None:
    server.behave(reset_after, answer_well("book"))
    async with B2pRail(build_settings(repeat_booking_is_safe=True)) as rail:
        booking = await rail.book(CONTEXT, (1, 2))
    assert booking.booking_id == "247110815"
    assert [json.loads(request.body) for request in server.received] == [
        {"prebookingIds": [1, 2], "status": "PENDING"}
    ] * 2


@pytest.mark.parametrize("second", [answer(400, {"type": "already-booked"}), answer(409), answer(429), reset_after])
async def test_a_repeated_booking_that_is_refused_stays_unknown(
    second: Behaviour, server: HostileServer, build_settings: BuildSettings
) -> None:
    """The refusal is of the repetition: the first one may have been booked."""
    server.behave(reset_after, second)
    async with B2pRail(build_settings(repeat_booking_is_safe=True)) as rail:
        with pytest.raises(RailUnknown):
            await rail.book(CONTEXT, (1, 2))
    assert len(server.received) == 2


async def test_safe_repetition_is_for_bookings_only(server: HostileServer, build_settings: BuildSettings) -> None:
    server.behave(reset_after, answer(201, {}))
    async with B2pRail(build_settings(repeat_booking_is_safe=True)) as rail:
        with pytest.raises(RailUnknown):
            await rail.pay_by_invoice(CONTEXT, (1,), reference1="A")
    assert len(server.received) == 1


# --- time -------------------------------------------------------------------------------------------------------------


async def test_budget_covers_all_attempts(server: HostileServer, build_settings: BuildSettings) -> None:
    server.behave(wait_then(0.4, reset_after))
    started = time.monotonic()
    async with B2pRail(build_settings(places_budget_seconds=1.5, max_attempts=10)) as rail:
        with pytest.raises(RailUnreachable):
            await rail.search_places(CONTEXT, "Bern")
    # Ten attempts would take four seconds.
    assert time.monotonic() - started < 3.5
    assert 2 <= len(server.received) <= 4


async def test_deadline_cuts_the_budget_short(server: HostileServer, build_settings: BuildSettings) -> None:
    server.behave(hang)
    context = msgspec.structs.replace(CONTEXT, deadline=time.monotonic() + 1)
    started = time.monotonic()
    async with B2pRail(build_settings()) as rail:
        with pytest.raises(RailUnknown) as raised:
            await rail.book(context, (1,))
    assert raised.value.cause is FailureCause.TIMEOUT
    assert time.monotonic() - started < 10  # a third of the budget


async def test_deadline_already_past_sends_nothing(server: HostileServer, build_settings: BuildSettings) -> None:
    context = msgspec.structs.replace(CONTEXT, deadline=time.monotonic() - 1)
    async with B2pRail(build_settings()) as rail:
        with pytest.raises(RailUnreachable) as raised:
            await rail.book(context, (1,))
    assert raised.value.cause is FailureCause.NO_TIME_LEFT
    assert server.received == []


async def test_answer_that_never_ends_is_cut(server: HostileServer, build_settings: BuildSettings) -> None:
    server.behave(answer(200, b"[" + b" " * 300_000 + b"]"))
    async with B2pRail(build_settings(max_answer_bytes=100_000)) as rail:
        with pytest.raises(RailUnreachable) as raised:
            await rail.search_places(CONTEXT, "Bern")
    assert raised.value.cause is FailureCause.BAD_ANSWER


async def test_slow_refusal_is_still_a_refusal(server: HostileServer, build_settings: BuildSettings) -> None:
    """The status line said no; nobody waits for the end of the explanation."""

    async def refuse_slowly(connection: Connection, request: Received) -> bool:
        await connection.send(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 1000\r\n\r\n")
        return await trickle(200, b"", pause_seconds=1)(connection, request)

    server.behave(refuse_slowly)
    async with B2pRail(build_settings(confirm_budget_seconds=8)) as rail:
        with pytest.raises(RailRefused):
            await rail.book(CONTEXT, (1,))


# --- tokens -----------------------------------------------------------------------------------------------------------


async def test_one_token_for_concurrent_callers(
    server: HostileServer, token_server: HostileServer, build_settings: BuildSettings
) -> None:
    token_server.behave(wait_then(0.05, answer(200, {"access_token": TOKEN_TEXT, "expires_in": 3600})))
    server.behave(answer(200, []))
    async with B2pRail(build_settings()) as rail:
        await asyncio.gather(*(rail.search_places(CONTEXT, "Bern") for _ in range(10)))
        await rail.search_places(CONTEXT, "Bern")
    assert len(token_server.received) == 1
    form = parse_qs(token_server.received[0].body.decode())
    assert form == {
        "grant_type": ["client_credentials"],
        "client_id": ["someone"],
        "client_secret": [CLIENT_PASSPHRASE],
        "scope": ["b2p"],
    }
    assert {request.headers["authorization"] for request in server.received} == {f"Bearer {TOKEN_TEXT}"}


async def test_token_is_renewed_before_it_expires(
    server: HostileServer, token_server: HostileServer, build_settings: BuildSettings, clock: Clock
) -> None:
    token_server.behave(answer(200, {"access_token": "short", "expires_in": 100}))
    server.behave(answer(200, []))
    async with B2pRail(build_settings(token_renewal_margin_seconds=90)) as rail:
        await rail.search_places(CONTEXT, "Bern")
        clock.seconds += 49
        await rail.search_places(CONTEXT, "Bern")
        assert len(token_server.received) == 1  # the margin is half the life at most
        clock.seconds += 2
        await rail.search_places(CONTEXT, "Bern")
    assert len(token_server.received) == 2


async def test_refused_token_is_renewed_once_for_all(
    server: HostileServer, token_server: HostileServer, build_settings: BuildSettings
) -> None:
    token_server.behave(
        answer(200, {"access_token": "old", "expires_in": 3600}),
        wait_then(0.05, answer(200, {"access_token": "new", "expires_in": 3600})),
    )

    async def accept_new_only(connection: Connection, request: Received) -> bool:
        status = 200 if request.headers["authorization"] == "Bearer new" else 401
        return await answer(status, [])(connection, request)

    server.behave(accept_new_only)
    async with B2pRail(build_settings()) as rail:
        await asyncio.gather(*(rail.search_places(CONTEXT, "Bern") for _ in range(5)))
    assert len(token_server.received) == 2
    assert len(server.received) == 10


async def test_caller_that_leaves_does_not_take_the_token_along(
    server: HostileServer, token_server: HostileServer, build_settings: BuildSettings
) -> None:
    token_server.behave(wait_then(0.6, answer(200, {"access_token": TOKEN_TEXT, "expires_in": 3600})))
    server.behave(answer(200, []))
    async with B2pRail(build_settings(places_budget_seconds=0.1, trips_budget_seconds=30)) as rail:
        impatient = asyncio.ensure_future(rail.search_places(CONTEXT, "Bern"))
        patient = asyncio.ensure_future(SAMPLES_BY_NAME["search_trips"].call(rail))
        with pytest.raises(RailUnreachable) as raised:
            await impatient
        await patient
    assert raised.value.cause is FailureCause.NO_TIME_LEFT
    assert len(token_server.received) == 1


@pytest.mark.parametrize(
    ("behaviour", "cause"),
    [
        (answer(401, {"error": "invalid_client"}), FailureCause.CREDENTIALS),
        (answer(400, {"error": "invalid_scope"}), FailureCause.CREDENTIALS),
        (answer(200, b"not json"), FailureCause.CREDENTIALS),
        (answer(200, {"access_token": "line\nbreak"}), FailureCause.CREDENTIALS),
        (answer(500), FailureCause.NOT_CONNECTED),
        (reset_after, FailureCause.NOT_CONNECTED),
        (hang, FailureCause.NOT_CONNECTED),
    ],
)
async def test_without_a_token_nothing_leaves(
    behaviour: Behaviour,
    cause: FailureCause,
    server: HostileServer,
    token_server: HostileServer,
    build_settings: BuildSettings,
) -> None:
    token_server.behave(behaviour)
    async with B2pRail(build_settings(token_timeout_seconds=0.1 if behaviour is hang else 10)) as rail:
        with pytest.raises(RailUnreachable) as raised:
            await rail.book(CONTEXT, (1,))
    assert raised.value.cause is cause
    assert server.received == []


# --- bounds -----------------------------------------------------------------------------------------------------------


async def test_calls_beyond_bound_and_queue_are_turned_away(
    server: HostileServer, build_settings: BuildSettings
) -> None:
    server.behave(wait_then(0.1, answer(200, [])))
    async with B2pRail(
        build_settings(places_max_concurrent_calls=2, max_queued_calls=3, places_budget_seconds=30)
    ) as rail:
        outcomes = await asyncio.gather(
            *(rail.search_places(CONTEXT, "Bern") for _ in range(8)), return_exceptions=True
        )
    busy = [outcome for outcome in outcomes if isinstance(outcome, RailBusy)]
    assert len(busy) == 3
    assert all(error.retry_after_seconds and error.attempts == 0 for error in busy)
    assert server.most_under_way == 2
    assert len(server.received) == 5


async def test_one_operation_does_not_crowd_out_another(server: HostileServer, build_settings: BuildSettings) -> None:
    async def hang_on_places(connection: Connection, request: Received) -> bool:
        return await (hang if request.path == "/api/locations" else answer(200, []))(connection, request)

    server.behave(hang_on_places)
    settings = build_settings(places_max_concurrent_calls=1, max_queued_calls=0, places_budget_seconds=60)
    async with B2pRail(settings) as rail:
        slow = asyncio.ensure_future(rail.search_places(CONTEXT, "Bern"))
        await server.wait_until_received(1)
        with pytest.raises(RailBusy):
            await rail.search_places(CONTEXT, "Bern")
        assert await rail.list_products(CONTEXT) == ()
        assert not slow.done()
        slow.cancel()
        await asyncio.gather(slow, return_exceptions=True)


async def test_booking_that_waited_too_long_certainly_never_left(
    server: HostileServer, build_settings: BuildSettings
) -> None:
    server.behave(hang)
    settings = build_settings(confirm_max_concurrent_calls=1, confirm_budget_seconds=1.5)
    async with B2pRail(settings) as rail:
        first, second = await asyncio.gather(rail.book(CONTEXT, (1,)), rail.book(CONTEXT, (2,)), return_exceptions=True)
    assert isinstance(first, RailUnknown)
    assert isinstance(second, RailBusy)
    assert len(server.received) == 1


async def test_cancelled_caller_frees_its_place(server: HostileServer, build_settings: BuildSettings) -> None:
    server.behave(hang, answer(200, []))
    settings = build_settings(places_max_concurrent_calls=1, max_queued_calls=0, places_budget_seconds=60)
    async with B2pRail(settings) as rail:
        call = asyncio.ensure_future(rail.search_places(CONTEXT, "Bern"))
        await server.wait_until_received(1)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        assert await rail.search_places(CONTEXT, "Bern") == ()


# --- the circuit breaker ----------------------------------------------------------------------------------------------


async def test_breaker_is_off_by_default(server: HostileServer, build_settings: BuildSettings) -> None:
    server.behave(answer(500))
    async with B2pRail(build_settings(breaker_failure_threshold=1)) as rail:
        for _ in range(5):
            with pytest.raises(RailUnreachable):
                await rail.search_places(CONTEXT, "Bern")
    assert len(server.received) == 5


async def test_breaker_opens_tries_once_and_closes(
    server: HostileServer, build_settings: BuildSettings, clock: Clock
) -> None:
    server.behave(answer(500))
    settings = build_settings(is_breaker_enabled=True, breaker_failure_threshold=3, breaker_open_seconds=15)
    async with B2pRail(settings) as rail:
        for _ in range(3):
            with pytest.raises(RailUnreachable):
                await rail.search_places(CONTEXT, "Bern")
        with pytest.raises(RailUnreachable) as raised:
            await rail.search_places(CONTEXT, "Bern")
        assert raised.value.cause is FailureCause.BREAKER_OPEN
        assert raised.value.retry_after_seconds == 15
        assert len(server.received) == 3
        clock.seconds += 16
        server.behave(wait_then(0.05, answer(200, [])))
        outcomes = await asyncio.gather(
            *(rail.search_places(CONTEXT, "Bern") for _ in range(4)), return_exceptions=True
        )
        assert outcomes.count(()) == 1  # one trial only
        assert len(server.received) == 4
        assert await rail.search_places(CONTEXT, "Bern") == ()


async def test_the_lost_booking_that_opens_the_breaker_stays_unknown(
    server: HostileServer, build_settings: BuildSettings, clock: Clock
) -> None:
    """aiobreaker would have raised "open" here, as if the booking had never left."""
    server.behave(reset_after)
    settings = build_settings(is_breaker_enabled=True, breaker_failure_threshold=1, breaker_open_seconds=15)
    async with B2pRail(settings) as rail:
        with pytest.raises(RailUnknown):
            await rail.book(CONTEXT, (1,))
        with pytest.raises(RailUnreachable):
            await rail.book(CONTEXT, (1,))
        clock.seconds += 16
        with pytest.raises(RailUnknown):  # the failed trial, too
            await rail.book(CONTEXT, (1,))
    assert len(server.received) == 2


async def test_breaker_does_not_count_what_is_not_the_suppliers_illness(
    server: HostileServer, build_settings: BuildSettings
) -> None:
    settings = build_settings(is_breaker_enabled=True, breaker_failure_threshold=1)
    async with B2pRail(settings) as rail:
        for behaviour in (answer(400), answer(429), answer(401), answer(404)):
            server.behave(behaviour)
            with pytest.raises(RailError):
                await rail.search_places(CONTEXT, "Bern")
        server.behave(answer(200, []))
        assert await rail.search_places(CONTEXT, "Bern") == ()


async def test_breaker_counts_slowness_but_not_callers_that_leave(
    server: HostileServer, build_settings: BuildSettings
) -> None:
    server.behave(hang)
    settings = build_settings(is_breaker_enabled=True, breaker_failure_threshold=1, places_budget_seconds=1)
    async with B2pRail(settings) as rail:
        call = asyncio.ensure_future(rail.search_places(CONTEXT, "Bern"))
        await server.wait_until_received(1)
        call.cancel()
        await asyncio.gather(call, return_exceptions=True)
        causes = []
        for _ in range(2):
            with pytest.raises(RailUnreachable) as raised:
                await rail.search_places(CONTEXT, "Bern")
            causes.append(raised.value.cause)
    assert causes == [FailureCause.TIMEOUT, FailureCause.BREAKER_OPEN]


# --- headers, guard, logs, metrics ------------------------------------------------------------------------------------


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
async def test_headers_of_every_call(sample: Sample, server: HostileServer, build_settings: BuildSettings) -> None:
    server.behave(answer(sample.status, sample.body, content_type=sample.content_type))
    async with B2pRail(build_settings()) as rail:
        await sample.call(rail)
    headers = server.received[0].headers
    assert headers["x-contract-id"] == CONTEXT.contract_id
    assert headers["x-conversation-id"] == CONTEXT.conversation_id
    assert headers["accept-language"] == "fr"
    assert headers["authorization"] == f"Bearer {TOKEN_TEXT}"
    assert "cookie" not in headers


async def test_cookies_are_not_kept(server: HostileServer, build_settings: BuildSettings) -> None:
    """One client serves all agencies: a session of B2P's gateway must not tie them together."""
    server.behave(answer(200, [], headers={"Set-Cookie": "session=1; Path=/"}))
    async with B2pRail(build_settings()) as rail:
        await rail.search_places(CONTEXT, "Bern")
        await rail.search_places(CONTEXT, "Bern")
    assert "cookie" not in server.received[1].headers


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
async def test_no_call_inside_a_database_transaction(
    sample: Sample, server: HostileServer, build_settings: BuildSettings, tmp_path: Path
) -> None:
    server.behave(answer(sample.status, sample.body, content_type=sample.content_type))
    engine = create_engine(
        f"sqlite+aiosqlite:///{tmp_path}/guard.db", pool_size=1, pool_timeout_seconds=1, statement_timeout_seconds=1
    )
    try:
        async with B2pRail(build_settings()) as rail:
            async with Transactions(engine).read():
                with pytest.raises(RuntimeError, match="transaction"):
                    await sample.call(rail)
            assert server.received == []
            await sample.call(rail)
    finally:
        await engine.dispose()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
@pytest.mark.parametrize("is_failing", [False, True], ids=["ok", "failing"])
async def test_log_says_what_it_cost_and_no_more(
    sample: Sample, is_failing: bool, server: HostileServer, build_settings: BuildSettings
) -> None:
    problem = {"type": "./b2p/x", "title": "no", "detail": "Anna Muster-Geheim 1984-02-29"}
    server.behave(
        answer(400, problem) if is_failing else answer(sample.status, sample.body, content_type=sample.content_type)
    )
    with capture_logs() as events:
        async with B2pRail(build_settings()) as rail:
            try:
                await sample.call(rail)
            except RailRefused:
                assert is_failing
    (event,) = [event for event in events if event["event"] == "rail_call"]
    assert event["operation"] == sample.name
    assert event["attempts"] == 1
    assert 0 < event["seconds"] < 5
    assert event["outcome"] == ("refused" if is_failing else "ok")
    assert event["contract_id"] == CONTEXT.contract_id
    assert event["conversation_id"] == CONTEXT.conversation_id
    for secret in ("Geheim", "1984", TOKEN_TEXT, CLIENT_PASSPHRASE):
        assert secret not in str(events)


def read_metric(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


async def test_metrics_count_calls_and_attempts(server: HostileServer, build_settings: BuildSettings) -> None:
    labels = {"operation": "hold_offers"}
    attempts = read_metric("rail_call_attempts_total", **labels)
    calls = read_metric("rail_call_seconds_count", **labels, outcome="unknown")
    server.behave(reset_after)
    async with B2pRail(build_settings()) as rail:
        with pytest.raises(RailUnknown):
            await rail.hold_offers(CONTEXT, HOLD_REQUEST)
    assert read_metric("rail_call_attempts_total", **labels) == attempts + 2
    assert read_metric("rail_call_seconds_count", **labels, outcome="unknown") == calls + 1
    assert read_metric("rail_calls_under_way", **labels) == 0


async def test_metrics_count_dropped_elements(server: HostileServer, build_settings: BuildSettings) -> None:
    before = read_metric("rail_elements_dropped_total", operation="search_places")
    server.behave(answer(200, [{"id": "no number"}, {"id": 8507000, "name": "Bern"}]))
    async with B2pRail(build_settings()) as rail:
        places = await rail.search_places(CONTEXT, "Bern")
    assert [place.name for place in places] == ["Bern"]
    assert read_metric("rail_elements_dropped_total", operation="search_places") == before + 1
