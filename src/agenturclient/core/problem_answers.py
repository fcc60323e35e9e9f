"""The one renderer: whatever was raised becomes an RFC 9457 problem document with a code and the request's id."""

import re
from typing import Any, Final

import msgspec
import structlog
from litestar import Request, Response
from litestar.datastructures import Cookie
from litestar.exceptions import (
    ClientException,
    HTTPException,
    MethodNotAllowedException,
    NotAuthorizedException,
    NotFoundException,
    PermissionDeniedException,
    TooManyRequestsException,
    ValidationException,
)
from litestar.plugins.problem_details import ProblemDetailsConfig, ProblemDetailsException, ProblemDetailsPlugin
from litestar.types import Send
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from agenturclient.core.bodies import hide_value, make_pointer
from agenturclient.core.database import TransactionConflictError
from agenturclient.core.problems import (
    BodyTooLarge,
    Busy,
    CsrfFailed,
    IdempotencyKeyMissing,
    InternalError,
    InvalidRequest,
    MalformedRequest,
    MethodNotAllowed,
    NotFound,
    NotSignedIn,
    Problem,
    TooManyRequests,
    UnsupportedMediaType,
    to_problem_details,
)

_log = structlog.get_logger(__name__)

CSRF_COOKIE: Final = "csrftoken"
_MISSING_PARAMETER: Final = re.compile(r"Missing required (\w+) parameter '([^']+)'")
_IDEMPOTENCY_HEADER: Final = "Idempotency-Key"


class AnsweredProblem(ProblemDetailsException):
    """A problem document as it is answered: with the request's id, and without a token that does not work."""

    def to_response(self, request: Request[Any, Any, Any]) -> Response[dict[str, Any]]:
        response = super().to_response(request)
        response.content["request_id"] = request.scope["state"].get("request_id", "")
        errors = response.content.get("errors")
        if errors and "route_handler" in request.scope:
            response.content["errors"] = [_name_as_sent(request, error) for error in errors]
        if response.content.get("code") == CsrfFailed.code:
            response.set_cookie(Cookie(key=CSRF_COOKIE, value="", max_age=0, path="/"))
        return response


def _name_as_sent(request: Request[Any, Any, Any], error: dict[str, Any]) -> dict[str, Any]:
    """The error with a parameter's name in the address or the head, where the endpoint calls it otherwise."""
    own = request.route_handler.parsed_fn_signature.parameters.get(error.get("parameter", ""))
    name = getattr(own.kwarg_definition, "name", None) if own is not None else None
    return {**error, "parameter": name} if name else error


def make_problem_plugin() -> ProblemDetailsPlugin:
    """Litestar's plugin, told how everything that can be raised is answered."""
    return ProblemDetailsPlugin(
        ProblemDetailsConfig(
            exception_to_problem_detail_map={
                Problem: _answer_problem,
                HTTPException: lambda error: _answer_problem(translate_http_exception(error)),
                TransactionConflictError: lambda _error: _answer_problem(Busy(retry_after_seconds=1)),
                PoolTimeoutError: lambda _error: _answer_problem(Busy(retry_after_seconds=1)),
                Exception: _answer_unexpected,
            }
        )
    )


def _answer_problem(problem: Problem, headers: dict[str, str] | None = None) -> AnsweredProblem:
    details = to_problem_details(problem)
    return AnsweredProblem(
        detail=details.detail,
        title=details.title,
        status_code=details.status_code,
        type_=details.type_,
        headers={**(details.headers or {}), **(headers or {})},
        extra=details.extra,
    )


def _answer_unexpected(error: Exception) -> AnsweredProblem:
    _log.error("request_failed", exc_info=error)
    return _answer_problem(InternalError("Tell us the request id, and we can find out what it was."))


def translate_http_exception(error: HTTPException) -> Problem:
    """The problem for something that the framework refused."""
    if isinstance(error, ValidationException):
        return _translate_validation(error)
    simple: dict[type[HTTPException], type[Problem]] = {
        NotFoundException: NotFound,
        MethodNotAllowedException: MethodNotAllowed,
        NotAuthorizedException: NotSignedIn,
        # Our own guards raise problems; what is left is the framework's check of the CSRF token.
        PermissionDeniedException: CsrfFailed,
    }
    for kind, problem in simple.items():
        if isinstance(error, kind):
            return problem()
    if isinstance(error, TooManyRequestsException):
        seconds = (error.headers or {}).get("RateLimit-Reset", "")
        return TooManyRequests(retry_after_seconds=int(seconds) if seconds.isdigit() else 60)
    if error.status_code == BodyTooLarge.status:
        return BodyTooLarge()
    if error.status_code == UnsupportedMediaType.status:
        return UnsupportedMediaType()
    if isinstance(error, ClientException) or 400 <= error.status_code < 500:
        return MalformedRequest("The body is not valid JSON, or a parameter cannot be read.")
    _log.error("request_failed", exc_info=error)
    return InternalError("Tell us the request id, and we can find out what it was.")


def _translate_validation(error: ValidationException) -> Problem:
    missing = _MISSING_PARAMETER.search(str(error.detail))
    if missing is not None:
        source, name = missing.groups()
        if name == _IDEMPOTENCY_HEADER:
            return IdempotencyKeyMissing(
                "Send the header Idempotency-Key, for example with a UUID.", errors=[_make_error(name, "is missing")]
            )
        return InvalidRequest(f"The {source} parameter {name} is missing.", errors=[_make_error(name, "is missing")])
    found: list[Any] = error.extra if isinstance(error.extra, list) else []
    errors = [_describe_error(entry) for entry in found if isinstance(entry, dict)]
    if any(entry.get("parameter") == _IDEMPOTENCY_HEADER for entry in errors):
        detail = "An Idempotency-Key has 8 to 64 letters, digits, hyphens or underscores."
        return IdempotencyKeyMissing(detail, errors=errors)
    if any(entry.get("pointer") == "" and entry["detail"] == "'data'" for entry in errors):
        return MalformedRequest("This request needs a body in JSON.")
    return InvalidRequest("At least one field cannot be used.", errors=errors)


def _make_error(parameter: str, detail: str) -> dict[str, str]:
    return {"parameter": parameter, "detail": detail}


def _describe_error(entry: dict[str, Any]) -> dict[str, str]:
    """Which field or parameter, and what is wrong with it; never the value itself."""
    key, source = str(entry.get("key", "")), str(entry.get("source", ""))
    detail = hide_value(str(entry.get("message", "")))
    if source.endswith("body") or key == "data" or key.startswith("data."):
        return {"pointer": make_pointer(key.removeprefix("data").removeprefix("."), detail), "detail": detail}
    if key.startswith("idempotency_key"):
        return _make_error(_IDEMPOTENCY_HEADER, detail)
    return _make_error(key, detail)


async def render_bare_problem(problem: Problem, request_id: str, send: Send) -> None:
    """Answer a problem where the application has not been reached yet."""
    details = to_problem_details(problem)
    extra = details.extra if isinstance(details.extra, dict) else {}
    body = msgspec.json.encode(
        {
            "type": details.type_,
            "title": details.title,
            "status": details.status_code,
            "detail": details.detail,
            "request_id": request_id,
            **extra,
        }
    )
    await send(
        {
            "type": "http.response.start",
            "status": details.status_code,
            "headers": [
                (b"content-type", b"application/problem+json"),
                (b"content-length", str(len(body)).encode()),
            ],
        }
    )
    await send({"type": "http.response.body", "body": body, "more_body": False})
