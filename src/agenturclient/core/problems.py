"""What can go wrong, named: RFC 9457 problem documents with a stable ``code``.

A feature raises a subclass of ``Problem``; one renderer turns it into the answer. The subclasses are the catalogue from
which documentation and translations are tested.
"""

from typing import Any, ClassVar

import msgspec
from litestar.openapi.datastructures import ResponseSpec
from litestar.plugins.problem_details import ProblemDetailsException

TYPE_PREFIX = "urn:agenturclient:problem:"


class Problem(Exception):
    """A fact that stops a request. ``members`` are further facts (JSON values) for whoever has to act on it.

    ``retry_after_seconds`` becomes the ``Retry-After`` header: the same request may succeed then.
    """

    status: ClassVar[int] = 409
    code: ClassVar[str]
    title: ClassVar[str]

    def __init__(self, detail: str = "", *, retry_after_seconds: int | None = None, **members: Any) -> None:
        super().__init__(detail or self.title)
        self.detail = detail
        self.retry_after_seconds = retry_after_seconds
        self.members = members

    def to_members(self) -> dict[str, Any]:
        """The problem as JSON members without the request's own (status, instance), for records and replays."""
        return {"code": self.code, "title": self.title, "detail": self.detail, **self.members}

    def to_kept(self) -> dict[str, Any]:
        """The problem with its status, as a thing keeps what last became of it."""
        return {"status": self.status, **self.to_members()}


class RecordedProblem(Problem):
    """A problem answered before, told again for the same Idempotency-Key."""

    code = "recorded"
    title = "Recorded"

    def __init__(self, status: int, recorded: dict[str, Any]) -> None:
        super().__init__(str(recorded.get("detail", "")))
        self.recorded_status = status
        self.recorded = recorded


class InvalidRequest(Problem):
    """Input that cannot be used; ``errors`` names each field by JSON pointer or parameter."""

    status = 422
    code = "invalid-request"
    title = "The request is not valid"


class MalformedRequest(Problem):
    status = 400
    code = "malformed-request"
    title = "The request cannot be read"


class NotFound(Problem):
    status = 404
    code = "not-found"
    title = "There is no such thing here"


class MethodNotAllowed(Problem):
    status = 405
    code = "method-not-allowed"
    title = "This address does not take that method"


class BodyTooLarge(Problem):
    status = 413
    code = "body-too-large"
    title = "The request is too large"


class UnsupportedMediaType(Problem):
    status = 415
    code = "unsupported-media-type"
    title = "The request must be JSON"


class TooManyRequests(Problem):
    status = 429
    code = "too-many-requests"
    title = "Too many requests"


class NotSignedIn(Problem):
    status = 401
    code = "not-signed-in"
    title = "Sign in first"


class PermissionDenied(Problem):
    status = 403
    code = "permission-denied"
    title = "Your role does not allow this"


class CsrfFailed(Problem):
    """The token is missing or old. The cookie is given anew with the next GET: fetch the session and repeat."""

    status = 403
    code = "csrf-failed"
    title = "The page is out of date; load it again"


class HostNotAllowed(Problem):
    """Somebody reached us by a name that is not ours."""

    status = 421
    code = "host-not-allowed"
    title = "This is not a name of this service"


class Busy(Problem):
    """A bounded resource of ours is used up, or the database asks to try again. What was begun before goes on."""

    status = 503
    code = "busy"
    title = "Too much is going on at this moment"


class InternalError(Problem):
    status = 500
    code = "internal-error"
    title = "Something went wrong on our side"


class IdempotencyKeyReused(Problem):
    status = 422
    code = "idempotency-key-reused"
    title = "This Idempotency-Key was used for another request"


class IdempotencyKeyMissing(Problem):
    status = 400
    code = "idempotency-key-missing"
    title = "This request needs an Idempotency-Key"


def to_problem_details(problem: Problem) -> ProblemDetailsException:
    """The answer for a problem."""
    headers = {}
    if problem.retry_after_seconds is not None:
        headers["Retry-After"] = str(problem.retry_after_seconds)
    if isinstance(problem, RecordedProblem):
        status, members = problem.recorded_status, dict(problem.recorded)
    else:
        status, members = problem.status, problem.to_members()
    title, detail = str(members.pop("title")), str(members.pop("detail"))
    return ProblemDetailsException(
        detail=detail or title,
        title=title,
        status_code=status,
        type_=TYPE_PREFIX + str(members["code"]),
        headers=headers,
        extra=members,
    )


def list_problem_types() -> list[type[Problem]]:
    """Every problem the product can answer, by code; the catalogue behind documentation and translations.

    Complete once the application's modules are loaded: a feature's problems are known from then on.
    """
    found: dict[str, type[Problem]] = {}
    waiting = list(Problem.__subclasses__())
    while waiting:
        problem = waiting.pop()
        waiting.extend(problem.__subclasses__())
        if problem is not RecordedProblem:
            found[problem.code] = problem
    return [found[code] for code in sorted(found)]


_PAGE_HEAD = """# Problems

What a refused request is told: a problem document (RFC 9457) whose `code` stays the same. Clients branch on the code;
titles are for logs, people read the front end's translations. Written by `agenturclient problems`; a test compares.

| code | status | title | when, and which members it has besides |
| --- | --- | --- | --- |
"""


def describe_problems() -> str:
    """The page ``docs/problems.md``, as Markdown."""
    rows = []
    for problem in list_problem_types():
        meaning = " ".join((problem.__doc__ or "").split()).replace("``", "`").replace("|", "\\|")
        rows.append(f"| `{problem.code}` | {problem.status} | {problem.title} | {meaning} |")
    return _PAGE_HEAD + "\n".join(rows) + "\n"


class ProblemDocument(msgspec.Struct, frozen=True, kw_only=True):
    """RFC 9457. Clients branch on ``code``; a problem has further members, which its page in docs/problems.md names."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    errors: list[dict[str, Any]] | None = None


_COMMON: tuple[type[Problem], ...] = (
    MalformedRequest,
    NotSignedIn,
    PermissionDenied,
    CsrfFailed,
    NotFound,
    HostNotAllowed,
    BodyTooLarge,
    UnsupportedMediaType,
    InvalidRequest,
    TooManyRequests,
    InternalError,
    Busy,
)


def fails_with(*problems: type[Problem]) -> dict[int, ResponseSpec]:
    """The documented answers of a route besides its success: those any route may give, and these."""
    by_status: dict[int, list[str]] = {}
    for problem in dict.fromkeys((*_COMMON, *problems)):
        by_status.setdefault(problem.status, []).append(f"`{problem.code}`: {problem.title}")
    return {
        status: ResponseSpec(
            data_container=ProblemDocument,
            description="; ".join(texts),
            media_type="application/problem+json",
            generate_examples=False,
        )
        for status, texts in sorted(by_status.items())
    }
