"""What is attempted leaves a trace: what a request may change is announced, what is refused is recorded with why."""

import re

import structlog
from litestar.exceptions import PermissionDeniedException
from litestar.types import Scope
from sqlalchemy.exc import SQLAlchemyError

from agenturclient.core.audit import forget_expected_change, record_audit
from agenturclient.core.database import TransactionConflictError, Transactions
from agenturclient.core.problems import CsrfFailed, Problem
from agenturclient.identity.schemas import BrowserSession

_log = structlog.get_logger(__name__)
# Not worth a record: wrong input, and what is said to everybody.
_MUTED_STATUSES = frozenset({400, 401, 413, 415, 422, 429, 500, 503})
_IDENTIFIER = re.compile(r"[A-Za-z0-9_.-]{1,64}")
READING_METHODS = frozenset({"GET", "HEAD"})


def describe_attempt(scope: Scope) -> tuple[str, str | None]:
    """Action (method and route) and target (identifiers in the address) of a request, for the audit log."""
    # What does not look like an identifier may be a name that somebody typed into the address.
    named = sorted((name, str(value)) for name, value in scope.get("path_params", {}).items())
    target = ", ".join(f"{name}={value if _IDENTIFIER.fullmatch(value) else '?'}" for name, value in named)
    return f"{scope.get('method', '')} {scope.get('path_template', '')}"[:64], target[:120] or None


async def record_refusal(transactions: Transactions, scope: Scope, error: Exception) -> None:
    """Record that a signed-in person was refused something: a permission, something that is not theirs, or a change
    that cannot be made now. Losing such a record does not change the answer."""
    session = scope.get("auth")
    problem: type[Problem] | Problem | None = error if isinstance(error, Problem) else None
    if isinstance(error, PermissionDeniedException):
        problem = CsrfFailed
    if not isinstance(session, BrowserSession) or problem is None or problem.status in _MUTED_STATUSES:
        return
    method = str(scope.get("method", ""))
    if method in READING_METHODS and problem.status not in {403, 404}:
        return
    action, target = describe_attempt(scope)
    # What was begun is recorded already; the present transaction carries the refusal alone.
    forget_expected_change()
    try:
        async with transactions() as database_session:
            await record_audit(
                database_session,
                subject=session.subject,
                agency_code=session.agency_code,
                action=action,
                outcome=problem.code,
                target=target,
            )
    except (SQLAlchemyError, TransactionConflictError, RuntimeError):
        _log.warning("refusal_not_recorded", outcome=problem.code, exc_info=True)
