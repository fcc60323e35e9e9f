"""What every request gets, whatever becomes of it: an id, a span, a log line, safe headers, a check of the host."""

import re
import time
import uuid
from typing import Any, Final

import structlog
from litestar import Litestar
from litestar.datastructures import Headers, MutableScopeHeaders
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import (
    ASGIApp,
    HTTPScope,
    LifeSpanReceive,
    LifeSpanScope,
    LifeSpanSend,
    Message,
    Receive,
    Scope,
    Send,
)
from opentelemetry import propagate, trace

from agenturclient.core.audit import forget_expected_change
from agenturclient.core.problem_answers import render_bare_problem
from agenturclient.core.problems import HostNotAllowed, UnsupportedMediaType

_log = structlog.get_logger(__name__)
_tracer = trace.get_tracer(__name__)

_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
# Asked every few seconds by machines: logged only when they fail.
_QUIET_PATHS: Final = frozenset({"/livez", "/readyz", "/metrics"})
_FORWARDING_HEADERS: Final = frozenset(
    {"forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"}
)
# Reached by address, not by name.
_HOSTLESS_PATHS: Final = _QUIET_PATHS

_PAGE_POLICY: Final = (
    "default-src 'self'; img-src 'self' data:; frame-src 'self'; object-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
_DATA_POLICY: Final = "default-src 'none'; frame-ancestors 'none'"
# A ticket shown in a frame of ours. Markup from elsewhere runs no script and reaches nothing.
_DOCUMENT_POLICY: Final = "default-src 'none'; object-src 'self'; frame-ancestors 'self'"
_MARKUP_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'self'"


class FramedApp(Litestar):
    """The application with what every request gets around it, also those that no route takes."""

    def set_frame(self, *, allowed_hosts: frozenset[str], is_https: bool) -> None:
        """By which names (lower case, without port) we may be reached, and whether by HTTPS."""
        self.state.allowed_hosts = allowed_hosts
        self.state.is_https = is_https

    async def __call__(
        self, scope: Scope | LifeSpanScope, receive: Receive | LifeSpanReceive, send: Send | LifeSpanSend
    ) -> None:
        if scope["type"] != ScopeType.HTTP:
            await super().__call__(scope, receive, send)
            return
        await self._serve_framed(scope, receive, send)  # type: ignore[arg-type] # an HTTP scope, so these are its own

    async def _serve_framed(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        started_at = time.perf_counter()
        headers = Headers.from_scope(scope)
        request_id = _choose_request_id(headers)
        scope.setdefault("state", {})["request_id"] = request_id
        structlog.contextvars.clear_contextvars()
        forget_expected_change()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        status = 0

        async def send_framed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._add_headers(scope, message, request_id)
            await send(message)

        context = propagate.extract({name: headers[name] for name in ("traceparent", "tracestate") if name in headers})
        with _tracer.start_as_current_span("request", context=context, kind=trace.SpanKind.SERVER) as span:
            try:
                if not _is_host_allowed(scope, headers, self.state.allowed_hosts):
                    await render_bare_problem(HostNotAllowed(), request_id, send_framed)
                else:
                    await super().__call__(scope, receive, send_framed)
            finally:
                route = find_route_template(scope)
                span.update_name(f"{scope['method']} {route}")
                span.set_attribute("http.request.method", scope["method"])
                span.set_attribute("http.route", route)
                span.set_attribute("http.response.status_code", status)
                _log_request(scope, route, status, time.perf_counter() - started_at)

    def _add_headers(self, scope: Scope, message: Message, request_id: str) -> None:
        headers = MutableScopeHeaders.from_message(message)
        headers["X-Request-Id"] = request_id
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "no-referrer"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        headers.setdefault("Content-Security-Policy", _choose_policy(scope["path"], headers.get("content-type") or ""))
        if scope["path"].startswith("/api/"):
            headers.setdefault("Cache-Control", "no-store")
        if self.state.is_https:
            headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
        if self.state.get("is_draining", False):
            headers["Connection"] = "close"


class JsonBodyMiddleware(ASGIMiddleware):
    """A body must say that it is JSON: what a foreign page can send without asking first is refused."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        headers = Headers.from_scope(scope)
        has_body = headers.get("content-length", "0") != "0" or "transfer-encoding" in headers
        media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
        if has_body and scope.get("method") not in {"GET", "HEAD"} and media_type != "application/json":
            raise UnsupportedMediaType("Send the body as application/json.")
        await next_app(scope, receive, send)


def is_forwarded(headers: Headers) -> bool:
    """Whether a request came through something that passes requests on, so from who knows where."""
    return bool(_FORWARDING_HEADERS & {name.lower() for name in headers})


def find_route_template(scope: Scope) -> str:
    """The route that took the request, with names of parameters for their values; ``-`` if none did."""
    template: Any = scope.get("path_template")
    return template if isinstance(template, str) and scope.get("route_handler") is not None else "-"


def _choose_request_id(headers: Headers) -> str:
    given = headers.get("x-request-id", "")
    return given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex


def _is_host_allowed(scope: Scope, headers: Headers, allowed_hosts: frozenset[str]) -> bool:
    if scope["path"] in _HOSTLESS_PATHS:
        return True
    host = headers.get("host", "").lower()
    name = host[: host.index("]") + 1] if host.startswith("[") and "]" in host else host.partition(":")[0]
    return name.strip("[]") in allowed_hosts


def _choose_policy(path: str, content_type: str) -> str:
    if not path.startswith("/api/"):
        return _PAGE_POLICY
    if content_type.startswith("text/html"):
        return _MARKUP_POLICY
    if content_type.startswith("application/pdf"):
        return _DOCUMENT_POLICY
    return _DATA_POLICY


def _log_request(scope: HTTPScope, route: str, status: int, seconds: float) -> None:
    """One line a request, without its address: a path or a query may bear a name."""
    if scope["path"] in _QUIET_PATHS and status < 400:
        return
    caller = scope.get("user")
    _log.info(
        "request",
        method=scope["method"],
        route=route,
        status=status,
        milliseconds=round(seconds * 1000, 1),
        subject=getattr(caller, "subject", None),
        agency=getattr(caller, "agency_code", None),
    )
