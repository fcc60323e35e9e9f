"""Tables of the tickets feature. They name orders and tickets by what other features know them by."""

from sqlalchemy import Column, Date, Index, Integer, LargeBinary, Table, UniqueConstraint
from sqlalchemy.dialects import mysql

from agenturclient.core.database import UtcDateTime, metadata
from agenturclient.core.tables import Code, Id

# MariaDB's plain BLOB ends at 64 KB.
DocumentBytes = LargeBinary().with_variant(mysql.MEDIUMBLOB(), "mysql", "mariadb")

ticket_documents = Table(
    "ticket_documents",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("order_number", Code, nullable=False),
    Column("ticket_id", Code, nullable=False),
    # pdf | html | pkpass
    Column("kind", Code, nullable=False),
    Column("content", DocumentBytes, nullable=False),
    Column("fetched_at", UtcDateTime, nullable=False),
    Column("drop_on", Date, nullable=False),
    Column("cancelled_at", UtcDateTime),
    UniqueConstraint("order_number", "ticket_id", "kind"),
    # In this sequence, for cancelled ones are never dropped and would be walked over at every look.
    Index("ix_ticket_documents_cancelled_at_drop_on", "cancelled_at", "drop_on"),
)

# Orders whose documents are still to be fetched; a row goes when all are there, or none can come any more.
ticket_fetches = Table(
    "ticket_fetches",
    metadata,
    Column("order_number", Code, primary_key=True),
    Column("attempts", Integer, nullable=False),
    Column("due_at", UtcDateTime, nullable=False, index=True),
    # The code of the problem that the last attempt ended in.
    Column("problem", Code),
)
