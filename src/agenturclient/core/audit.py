"""The audit log: who did or tried what, when. Append-only; holds no names of travellers and no secrets.

A request that may change something announces itself (``expect_change``); the first transaction that it commits carries
the record, so that there is a record exactly if something was changed or begun, without any use case thinking of it.
"""

from contextvars import ContextVar
from typing import Any

from sqlalchemy import Column, String, Table, insert

from agenturclient.core.database import Session, UtcDateTime, get_utc_now, metadata
from agenturclient.core.tables import Code, Id, Json

audit_records = Table(
    "audit_records",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    Column("subject", Code, nullable=False, index=True),
    Column("agency_code", Code, index=True),
    Column("action", Code, nullable=False),
    Column("target", String(120)),
    Column("outcome", Code, nullable=False),
    Column("detail", Json),
)


async def record_audit(
    session: Session,
    *,
    subject: str,
    agency_code: str | None,
    action: str,
    outcome: str,
    target: str | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Append a record in the caller's transaction. ``outcome`` is ``done`` or the code of the problem."""
    await session.execute(
        insert(audit_records).values(
            at=get_utc_now(),
            subject=subject,
            agency_code=agency_code,
            action=action,
            target=target,
            outcome=outcome,
            detail=detail,
        )
    )


class ExpectedChange:
    """A request that may change something, and whether its record is written yet."""

    def __init__(self, *, subject: str, agency_code: str | None, action: str, target: str | None) -> None:
        self.subject = subject
        self.agency_code = agency_code
        self.action = action
        self.target = target
        self.is_recorded = False


_expected: ContextVar[ExpectedChange | None] = ContextVar("expected_change", default=None)


def expect_change(*, subject: str, agency_code: str | None, action: str, target: str | None) -> None:
    """Announce that the present request may change something. Tasks that it starts are meant, too."""
    _expected.set(ExpectedChange(subject=subject, agency_code=agency_code, action=action[:64], target=target))


def forget_expected_change() -> None:
    """The present request changes nothing, or nothing more."""
    _expected.set(None)


class AuditWitness:
    """Writes the expected record into the first transaction of a request that is committed."""

    async def before_commit(self, session: Session) -> None:
        """See ``CommitWitness``."""
        change = _expected.get()
        if change is not None and not change.is_recorded:
            await record_audit(
                session,
                subject=change.subject,
                agency_code=change.agency_code,
                action=change.action,
                outcome="done",
                target=change.target,
            )

    def after_commit(self) -> None:
        """See ``CommitWitness``."""
        change = _expected.get()
        if change is not None:
            change.is_recorded = True
