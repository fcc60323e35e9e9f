"""Tables of identity."""

from sqlalchemy import Column, Table

from agenturclient.core.database import UtcDateTime, metadata
from agenturclient.core.tables import Code

# Sessions live in sealed cookies; only their end is kept, until the cookie would have ended by itself.
revoked_sessions = Table(
    "revoked_sessions",
    metadata,
    Column("session_id", Code, primary_key=True),
    Column("revoked_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
)
