"""Sends requests to B2P: token, headers, time budget, bounds, repetitions, breaker; logs and measures each call.

aiohttp itself repeats DELETE (and other methods it deems idempotent) when a connection breaks, on a fresh connection
too. A repeated DELETE answers 404 after the first one did its work, and "done" would look like "refused". A middleware
keeps aiohttp from it, so that the only repetitions are those of `can_repeat_call`.

Requests that do something go out on connections of their own, one each: on a kept-alive connection that the other side
has just closed, a booking would look as if it may have been done, though it never left.
"""

import asyncio
import email.utils
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Final, TypeVar

import aiohttp
import msgspec
import structlog
import tenacity
from yarl import URL

from agenturclient.core.database import assert_no_transaction
from agenturclient.rail.b2p.errors import (
    BODILESS_OPERATIONS,
    EFFECTS,
    NOTHING_FOUND_REFUSALS,
    UNHEALTHY_CAUSES,
    AnswerUnreadable,
    CallFailed,
    CallRefused,
    Effect,
    Operation,
    StatusMeaning,
    build_failure,
    build_refusal,
    can_repeat_call,
    judge_status,
    read_problem_text,
    read_refusal,
)
from agenturclient.rail.b2p.tokens import TokenSource
from agenturclient.rail.breaker import BreakerOpen, CircuitBreaker
from agenturclient.rail.errors import FailureCause, RailBusy, RailError, RailRefused, RailUnknown, RailUnreachable
from agenturclient.rail.gate import CallGate, GateFull
from agenturclient.rail.measures import (
    RAIL_BREAKER_OPEN,
    RAIL_CALL_ATTEMPTS,
    RAIL_CALL_SECONDS,
    RAIL_CALLS_UNDER_WAY,
)
from agenturclient.rail.port import RailContext
from agenturclient.settings import RailSettings

_LOG = structlog.get_logger("agenturclient.rail")
_BUSY_RETRY_AFTER_SECONDS: Final = 2.0
_MAX_RETRY_AFTER_SECONDS: Final = 3600.0
_MAX_ERROR_BODY_BYTES: Final = 64_000
_ERROR_BODY_SECONDS: Final = 2.0
T = TypeVar("T")


class B2pRequest(msgspec.Struct, frozen=True, kw_only=True):
    """One request. `path` and `query` are percent-encoded already; `scroll_context` is a header of the trip search."""

    method: str
    path: str
    query: str = ""
    body: bytes | None = None
    accept: str = "application/json"
    scroll_context: str | None = None


class B2pAnswer(msgspec.Struct, frozen=True):
    """A success. `body` is empty for 204 and for operations whose status says it all."""

    status: int
    body: bytes
    content_type: str
    scroll_back: str | None = None
    scroll_forward: str | None = None


class Limits(msgspec.Struct, frozen=True):
    """Total time and number of calls at a time, of one operation."""

    budget_seconds: float
    max_concurrent_calls: int


def read_limits(settings: RailSettings, operation: Operation) -> Limits:
    """The settings that apply to an operation."""
    group = _LIMIT_GROUPS[operation]
    return Limits(
        budget_seconds=getattr(settings, f"{group}_budget_seconds"),
        max_concurrent_calls=getattr(settings, f"{group}_max_concurrent_calls"),
    )


_LIMIT_GROUPS: Final[dict[Operation, str]] = {
    Operation.SEARCH_PLACES: "places",
    Operation.SEARCH_TRIPS: "trips",
    Operation.REFRESH_TRIP: "trips",
    Operation.FIND_PRICES: "prices",
    Operation.FIND_TRIP_OFFERS: "offers",
    Operation.FIND_ROUTE_OFFERS: "offers",
    Operation.FIND_PRODUCT_OFFERS: "offers",
    Operation.LIST_PRODUCTS: "products",
    Operation.GET_PRODUCT: "products",
    Operation.FIND_BOOKING: "read",
    Operation.FIND_BOOKING_BY_TICKET_NUMBER: "read",
    Operation.GET_DOCUMENT: "document",
    Operation.GET_STATUS: "status",
    Operation.LIST_ANNOUNCEMENTS: "status",
    Operation.HOLD_OFFERS: "hold",
    Operation.PAY_BY_INVOICE: "confirm",
    Operation.BOOK: "confirm",
    Operation.COMMIT_BOOKING: "confirm",
    Operation.CANCEL_BOOKING: "confirm",
}


class _LostConnection(aiohttp.ClientError):
    """A broken connection, dressed so that aiohttp does not take it for an invitation to repeat the request."""


async def stop_hidden_repetition(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """aiohttp client middleware: see the module's text."""
    try:
        return await handler(request)
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise _LostConnection(type(error).__name__) from error


class _Call:
    """What is known about one call of the port while it is under way."""

    def __init__(self, operation: Operation, context: RailContext) -> None:
        self.operation = operation
        self.context = context
        self.started = time.monotonic()
        self.attempts = 0
        self.is_inside = False
        self.has_left = False
        """The attempt under way has a connection, so its request may have left."""
        self.is_answer_lost = False
        """An earlier attempt may have been done."""
        self.repetitions: dict[FailureCause, int] = {}

    def begin_attempt(self) -> None:
        self.attempts += 1
        self.has_left = False

    def note_failure(self, cause: FailureCause) -> None:
        """An attempt ended in failure; remember whether it may have been done."""
        if self.has_left and cause in {FailureCause.CONNECTION_LOST, FailureCause.SUPPLIER_ERROR}:
            self.is_answer_lost = True
        self.has_left = False


class Transport:
    """The connections to B2P, with everything that must happen around a request. Open it before use, close it after."""

    def __init__(self, settings: RailSettings) -> None:
        self._settings = settings
        self._limits = {operation: read_limits(settings, operation) for operation in Operation}
        self._gates = {
            operation: CallGate(max_concurrent=limits.max_concurrent_calls, max_queued=settings.max_queued_calls)
            for operation, limits in self._limits.items()
        }
        self._breakers = {
            operation: CircuitBreaker(
                failure_threshold=settings.breaker_failure_threshold, open_seconds=settings.breaker_open_seconds
            )
            for operation in Operation
            if settings.is_breaker_enabled
        }
        self._reading: aiohttp.ClientSession | None = None
        self._doing: aiohttp.ClientSession | None = None
        self._tokens: TokenSource | None = None

    async def open_transport(self) -> None:
        """Make the connection pools; nothing is sent yet."""
        self._reading = self._build_session(is_kept_alive=True)
        self._doing = self._build_session(is_kept_alive=False)
        self._tokens = TokenSource(self._settings, self._reading)

    async def close_transport(self) -> None:
        """Close all connections."""
        if self._tokens is not None:
            await self._tokens.close_source()
        for session in (self._reading, self._doing):
            if session is not None:
                await session.close()
        self._reading = self._doing = self._tokens = None

    async def send_request(
        self, operation: Operation, context: RailContext, request: B2pRequest, read: Callable[[B2pAnswer], T]
    ) -> T:
        """Send, repeat where allowed, read the answer; raise one of the three kinds otherwise.

        `read` raises `AnswerUnreadable` when the body does not say what it must.
        """
        assert_no_transaction()
        call = _Call(operation, context)
        outcome, error = "cancelled", None
        RAIL_CALLS_UNDER_WAY.labels(operation).inc()
        try:
            result = await self._run_call(call, request, read)
            outcome = "ok"
        except RailError as raised:
            raised.attempts = call.attempts
            outcome, error = _name_outcome(raised), raised
            raise
        finally:
            RAIL_CALLS_UNDER_WAY.labels(operation).dec()
            self._record_call(call, outcome, error)
        return result

    async def _run_call(self, call: _Call, request: B2pRequest, read: Callable[[B2pAnswer], T]) -> T:
        """Bounds and breaker around the attempts; turns internal failures into the port's errors."""
        try:
            return await self._run_within_budget(call, request, read)
        except CallFailed as failure:
            raise build_failure(call.operation, failure, may_have_been_done=call.is_answer_lost) from failure
        except CallRefused as refusal:
            raise build_refusal(call.operation, refusal, may_have_been_done=call.is_answer_lost) from refusal

    async def _run_within_budget(self, call: _Call, request: B2pRequest, read: Callable[[B2pAnswer], T]) -> T:
        deadline = call.started + self._limits[call.operation].budget_seconds
        if call.context.deadline is not None:
            deadline = min(deadline, call.context.deadline)
        remaining_seconds = deadline - time.monotonic()
        if remaining_seconds <= 0:
            raise CallFailed(FailureCause.NO_TIME_LEFT)
        try:
            async with asyncio.timeout(remaining_seconds), self._gates[call.operation].enter_gate():
                call.is_inside = True
                return await self._run_guarded(call, request, read, deadline)
        except GateFull:
            raise CallFailed(FailureCause.BUSY, retry_after_seconds=_BUSY_RETRY_AFTER_SECONDS) from None
        except TimeoutError as error:
            raise self._judge_timeout(call) from error

    @staticmethod
    def _judge_timeout(call: _Call) -> CallFailed:
        if not call.is_inside:
            return CallFailed(FailureCause.BUSY, retry_after_seconds=_BUSY_RETRY_AFTER_SECONDS)
        if call.has_left or call.is_answer_lost:
            return CallFailed(FailureCause.TIMEOUT)
        return CallFailed(FailureCause.NO_TIME_LEFT)

    async def _run_guarded(
        self, call: _Call, request: B2pRequest, read: Callable[[B2pAnswer], T], deadline: float
    ) -> T:
        """The breaker, if there is one, around all attempts of a call."""
        breaker = self._breakers.get(call.operation)
        if breaker is None:
            return await self._repeat_attempts(call, request, read, deadline)
        try:
            breaker.admit_call()
        except BreakerOpen as refusal:
            raise CallFailed(FailureCause.BREAKER_OPEN, retry_after_seconds=refusal.retry_after_seconds) from refusal
        record = breaker.release_call
        try:
            result = await self._repeat_attempts(call, request, read, deadline)
            record = breaker.record_success
        except CallRefused:
            record = breaker.record_success
            raise
        except CallFailed as failure:
            if failure.cause in UNHEALTHY_CAUSES:
                record = breaker.record_failure
            raise
        except asyncio.CancelledError:
            # Either the budget ran out (slowness is a failure of the supplier's) or the caller went away (it is not).
            if time.monotonic() >= deadline:
                record = breaker.record_failure
            raise
        finally:
            record()
            RAIL_BREAKER_OPEN.labels(call.operation).set(breaker.is_open)
        return result

    async def _repeat_attempts(
        self, call: _Call, request: B2pRequest, read: Callable[[B2pAnswer], T], deadline: float
    ) -> T:
        """Attempts with full jitter between them; none is begun that the budget has no room for."""

        def can_repeat(error: BaseException) -> bool:
            if not isinstance(error, CallFailed):
                return False
            repetitions = call.repetitions.get(error.cause, 0)
            call.repetitions[error.cause] = repetitions + 1
            return can_repeat_call(
                call.operation,
                error.cause,
                repetitions_so_far=repetitions,
                repeat_booking_is_safe=self._settings.repeat_booking_is_safe,
            )

        attempts = tenacity.AsyncRetrying(
            retry=tenacity.retry_if_exception(can_repeat),
            stop=tenacity.stop_after_attempt(self._settings.max_attempts)
            | tenacity.stop_before_delay(deadline - time.monotonic()),
            wait=tenacity.wait_random_exponential(
                multiplier=self._settings.backoff_initial_seconds, max=self._settings.backoff_max_seconds
            ),
            reraise=True,
        )
        return await attempts(self._attempt_request, call, request, read)

    async def _attempt_request(self, call: _Call, request: B2pRequest, read: Callable[[B2pAnswer], T]) -> T:
        """One attempt: a token, the request, once more with a new token after a 401."""
        call.begin_attempt()
        assert self._tokens is not None, "the transport is not open"  # noqa: S101  (a mistake of the composition root)
        try:
            token = await self._tokens.get_token()
            try:
                answer = await self._exchange_once(call, request, token)
            except _TokenRefused:
                call.has_left = False
                token = await self._tokens.renew_token(token)
                answer = await self._exchange_once(call, request, token)
            return read(answer)
        except _TokenRefused as refused:
            self._tokens.discard_token(token)
            call.note_failure(FailureCause.CREDENTIALS)
            raise CallFailed(FailureCause.CREDENTIALS, status=401, text="token refused twice") from refused
        except AnswerUnreadable as unreadable:
            raise CallFailed(FailureCause.BAD_ANSWER, text=str(unreadable)) from unreadable
        except CallFailed as failure:
            call.note_failure(failure.cause)
            raise

    async def _exchange_once(self, call: _Call, request: B2pRequest, token: str) -> B2pAnswer:
        """One request and one answer; any failure of the connection becomes `CallFailed`."""
        session = self._reading if EFFECTS[call.operation] is Effect.READS else self._doing
        assert session is not None, "the transport is not open"  # noqa: S101  (a mistake of the composition root)
        query = f"?{request.query}" if request.query else ""
        url = URL(f"{self._settings.base_url.rstrip('/')}{request.path}{query}", encoded=True)
        try:
            async with session.request(
                request.method,
                url,
                data=request.body,
                headers=_build_headers(call.context, request, token),
                allow_redirects=False,
                trace_request_ctx=call,
            ) as response:
                return await self._read_response(call.operation, response)
        except (aiohttp.ClientError, OSError) as error:
            cause = FailureCause.CONNECTION_LOST if call.has_left else FailureCause.NOT_CONNECTED
            raise CallFailed(cause, text=type(error.__cause__ or error).__name__) from error

    async def _read_response(self, operation: Operation, response: aiohttp.ClientResponse) -> B2pAnswer:
        """The answer, if its status is a success; the failure or refusal that it means, if not."""
        meaning = judge_status(operation, response.status)
        if meaning is StatusMeaning.SUCCESS:
            return await self._read_success(operation, response)
        if meaning is StatusMeaning.NOTHING_FOUND:
            raise CallRefused(NOTHING_FOUND_REFUSALS[operation], status=response.status)
        if meaning is StatusMeaning.TOKEN_REFUSED:
            raise _TokenRefused
        body = await _read_error_body(response)
        if meaning is StatusMeaning.REFUSED:
            raise read_refusal(operation, response.status, body)
        raise CallFailed(
            FailureCause(meaning.value),
            status=response.status,
            text=read_problem_text(body),
            retry_after_seconds=_read_retry_after(response),
        )

    async def _read_success(self, operation: Operation, response: aiohttp.ClientResponse) -> B2pAnswer:
        body = b""
        if operation in BODILESS_OPERATIONS:
            # A page for people under a success status is a gateway's, not B2P's.
            if response.content_type == "text/html":
                raise CallFailed(FailureCause.BAD_ANSWER, status=response.status, text="a page instead of an answer")
        elif response.status != 204:
            body = await self._read_body(response)
        return B2pAnswer(
            status=response.status,
            body=body,
            content_type=response.content_type,
            scroll_back=response.headers.get("Scrollback-Context") or None,
            scroll_forward=response.headers.get("Scrollforward-Context") or None,
        )

    async def _read_body(self, response: aiohttp.ClientResponse) -> bytes:
        body = bytearray()
        async for chunk in response.content.iter_any():
            body += chunk
            if len(body) > self._settings.max_answer_bytes:
                raise CallFailed(FailureCause.BAD_ANSWER, status=response.status, text="answer too long")
        return bytes(body)

    def _build_session(self, *, is_kept_alive: bool) -> aiohttp.ClientSession:
        traces = aiohttp.TraceConfig()
        traces.on_connection_create_end.append(_note_connection)
        traces.on_connection_reuseconn.append(_note_connection)
        return aiohttp.ClientSession(
            # No limit here: the gates are the bound. The connect timeout covers name, TCP and TLS.
            connector=aiohttp.TCPConnector(limit=0, force_close=not is_kept_alive),
            timeout=aiohttp.ClientTimeout(total=None, connect=self._settings.connect_timeout_seconds),
            cookie_jar=aiohttp.DummyCookieJar(),
            trace_configs=[traces],
            middlewares=(stop_hidden_repetition,),
        )

    def _record_call(self, call: _Call, outcome: str, error: RailError | None) -> None:
        """To the log (never a name, a token, a body) and to the metrics."""
        seconds = time.monotonic() - call.started
        RAIL_CALL_SECONDS.labels(call.operation, outcome).observe(seconds)
        RAIL_CALL_ATTEMPTS.labels(call.operation).inc(call.attempts)
        facts: dict[str, object] = {}
        if isinstance(error, RailRefused):
            facts = {"reason": error.reason.value, "is_after_lost_answer": error.is_after_lost_answer}
        elif isinstance(error, RailUnreachable | RailUnknown):
            facts = {"cause": error.cause.value}
        if error is not None:
            facts |= {"supplier_status": error.supplier_status, "supplier_text": error.supplier_text}
        _LOG.info(
            "rail_call",
            operation=call.operation.value,
            attempts=call.attempts,
            seconds=round(seconds, 4),
            outcome=outcome,
            contract_id=call.context.contract_id,
            conversation_id=call.context.conversation_id,
            **facts,
        )


class _TokenRefused(Exception):
    """401."""


async def _note_connection(_session: aiohttp.ClientSession, trace: SimpleNamespace, _params: object) -> None:
    """From here on the request may leave. Runs before aiohttp writes its first byte."""
    call = trace.trace_request_ctx
    if call is not None:  # None: the token request, which has no call of its own
        call.has_left = True


def _build_headers(context: RailContext, request: B2pRequest, token: str) -> dict[str, str]:
    headers = {
        "Authorization": f"Bearer {token}",
        "x-contract-id": context.contract_id,
        "x-conversation-id": context.conversation_id,
        "Accept-Language": context.language,
        "Accept": request.accept,
        "User-Agent": "Agenturclient",
    }
    if request.body is not None:
        headers["Content-Type"] = "application/json"
    if request.scroll_context is not None:
        headers["Scroll-Context"] = request.scroll_context
    return headers


async def _read_error_body(response: aiohttp.ClientResponse) -> bytes:
    """As much of an error's body as comes soon; the status has already said what matters."""
    body = bytearray()
    try:
        async with asyncio.timeout(_ERROR_BODY_SECONDS):
            async for chunk in response.content.iter_any():
                body += chunk
                if len(body) >= _MAX_ERROR_BODY_BYTES:
                    break
    except (aiohttp.ClientError, OSError):  # TimeoutError is an OSError
        pass
    return bytes(body)


def _read_retry_after(response: aiohttp.ClientResponse) -> float | None:
    """`Retry-After` in seconds, be it a number or a date; None if absent or nonsense."""
    text = response.headers.get("Retry-After", "").strip()
    if not text:
        return None
    if text.isascii() and text.isdigit():
        seconds = float(text)
    else:
        try:
            seconds = email.utils.parsedate_to_datetime(text).timestamp() - time.time()
        except ValueError:
            return None
    return min(max(0.0, seconds), _MAX_RETRY_AFTER_SECONDS)


def _name_outcome(error: RailError) -> str:
    if isinstance(error, RailRefused):
        return "refused"
    if isinstance(error, RailBusy):
        return "busy"
    return "unreachable" if isinstance(error, RailUnreachable) else "unknown"
