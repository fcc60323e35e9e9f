"""Tables of agencies."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table

from agenturclient.core.database import UtcDateTime, metadata
from agenturclient.core.tables import Code

agencies = Table(
    "agencies",
    metadata,
    Column("code", Code, primary_key=True),
    Column("name", String(120), nullable=False),
    # The agency's contract with SBB; two agencies never sell under one, or their invoices would mix.
    Column("contract_id", Code, nullable=False, unique=True),
    Column("default_language", Code, nullable=False),
    Column("is_reference_mandatory", Boolean(create_constraint=False), nullable=False),
    Column("reference_pattern", String(200)),
    Column("means_of_payment", Code, nullable=False),
    Column("is_final_at_once", Boolean(create_constraint=False), nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
)

branches = Table(
    "branches",
    metadata,
    Column("agency_code", ForeignKey("agencies.code"), primary_key=True),
    Column("code", Code, primary_key=True),
    Column("name", String(120), nullable=False),
    Column("position", Integer, nullable=False),
)
