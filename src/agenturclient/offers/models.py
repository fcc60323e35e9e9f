"""Tables of looking."""

from sqlalchemy import Column, Date, Integer, Table

from agenturclient.core.database import metadata
from agenturclient.core.tables import Code

look_to_book = Table(
    "look_to_book",
    metadata,
    Column("agency_code", Code, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("operation", Code, primary_key=True),
    Column("count", Integer, nullable=False),
)
