"""The audit log: who did or tried what, when. Append-only; holds no names of travellers and no secrets."""

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
