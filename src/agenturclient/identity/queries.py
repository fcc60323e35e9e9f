"""Every select and update of identity."""

import datetime as dt

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from agenturclient.core.database import Session, get_utc_now
from agenturclient.identity.models import revoked_sessions


async def has_revocation(session: Session, session_id: str) -> bool:
    found = await session.execute(
        select(revoked_sessions.c.session_id).where(revoked_sessions.c.session_id == session_id)
    )
    return found.first() is not None


async def insert_revocation(session: Session, session_id: str, expires_at: dt.datetime) -> None:
    """Record that a session has ended; a second time changes nothing."""
    try:
        await session.execute(
            insert(revoked_sessions).values(session_id=session_id, revoked_at=get_utc_now(), expires_at=expires_at)
        )
    except IntegrityError:
        return


async def delete_old_revocations(session: Session, now: dt.datetime) -> int:
    """Forget the ends of sessions that would have ended by now; returns how many."""
    result = await session.execute(delete(revoked_sessions).where(revoked_sessions.c.expires_at < now))
    return result.rowcount
