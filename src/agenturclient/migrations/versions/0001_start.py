"""The first tables.

Forward only: a mistake is put right by the next migration.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

from agenturclient.core.database import UtcDateTime
from agenturclient.core.tables import Code, Id, Json

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agencies",
        sa.Column("code", Code, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("contract_id", Code, nullable=False),
        sa.Column("default_language", Code, nullable=False),
        sa.Column("is_reference_mandatory", sa.Boolean(), nullable=False),
        sa.Column("reference_pattern", sa.String(length=200), nullable=True),
        sa.Column("means_of_payment", Code, nullable=False),
        sa.Column("is_final_at_once", sa.Boolean(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_agencies")),
        sa.UniqueConstraint("contract_id", name=op.f("uq_agencies_contract_id")),
    )
    op.create_table(
        "audit_records",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("subject", Code, nullable=False),
        sa.Column("agency_code", Code, nullable=True),
        sa.Column("action", Code, nullable=False),
        sa.Column("target", sa.String(length=120), nullable=True),
        sa.Column("outcome", Code, nullable=False),
        sa.Column("detail", Json(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_records")),
    )
    op.create_index(op.f("ix_audit_records_agency_code"), "audit_records", ["agency_code"], unique=False)
    op.create_index(op.f("ix_audit_records_at"), "audit_records", ["at"], unique=False)
    op.create_index(op.f("ix_audit_records_subject"), "audit_records", ["subject"], unique=False)
    op.create_table(
        "idempotency_keys",
        sa.Column("scope", Code, nullable=False),
        sa.Column("key", Code, nullable=False),
        sa.Column("request_hash", sa.String(length=64), nullable=False),
        sa.Column("target", Code, nullable=False),
        sa.Column("problem_status", sa.Integer(), nullable=True),
        sa.Column("problem", Json(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "key", name=op.f("pk_idempotency_keys")),
    )
    op.create_index(op.f("ix_idempotency_keys_created_at"), "idempotency_keys", ["created_at"], unique=False)
    op.create_table(
        "look_to_book",
        sa.Column("agency_code", Code, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("operation", Code, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("agency_code", "day", "operation", name=op.f("pk_look_to_book")),
    )
    op.create_table(
        "orders",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("number", Code, nullable=False),
        sa.Column("agency_code", Code, nullable=False),
        sa.Column("branch_code", Code, nullable=False),
        sa.Column("seller_subject", Code, nullable=False),
        sa.Column("seller_name", sa.String(length=120), nullable=False),
        sa.Column("contract_id", Code, nullable=False),
        sa.Column("conversation_id", Code, nullable=False),
        sa.Column("ticket_language", Code, nullable=False),
        sa.Column("your_reference", sa.String(length=60), nullable=True),
        sa.Column("means_of_payment", Code, nullable=False),
        sa.Column("is_final_at_once", sa.Boolean(), nullable=False),
        sa.Column("state", Code, nullable=False),
        sa.Column("step", Code, nullable=True),
        sa.Column("lease_owner", Code, nullable=True),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("held_total", sa.Integer(), nullable=True),
        sa.Column("held_until", UtcDateTime(), nullable=True),
        sa.Column("perhaps_held_until", UtcDateTime(), nullable=True),
        sa.Column("booking_id", Code, nullable=True),
        sa.Column("booked_total", sa.Integer(), nullable=True),
        sa.Column("sold_at", UtcDateTime(), nullable=True),
        sa.Column("undo_until", UtcDateTime(), nullable=True),
        sa.Column("problem", Json(), nullable=True),
        sa.Column("first_travel_on", sa.Date(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
        sa.UniqueConstraint("booking_id", name=op.f("uq_orders_booking_id")),
        sa.UniqueConstraint("number", name=op.f("uq_orders_number")),
    )
    op.create_index(
        "ix_orders_agency_code_branch_code_id", "orders", ["agency_code", "branch_code", "id"], unique=False
    )
    op.create_index("ix_orders_agency_code_id", "orders", ["agency_code", "id"], unique=False)
    op.create_index(
        "ix_orders_agency_code_seller_subject_id", "orders", ["agency_code", "seller_subject", "id"], unique=False
    )
    op.create_index("ix_orders_agency_code_state_id", "orders", ["agency_code", "state", "id"], unique=False)
    op.create_index("ix_orders_first_travel_on_agency_code", "orders", ["first_travel_on", "agency_code"], unique=False)
    op.create_index("ix_orders_your_reference_agency_code", "orders", ["your_reference", "agency_code"], unique=False)
    op.create_index("ix_orders_state_changed_at", "orders", ["state", "changed_at"], unique=False)
    op.create_index("ix_orders_step_lease_until", "orders", ["step", "lease_until"], unique=False)
    op.create_table(
        "outbox_events",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("name", Code, nullable=False),
        sa.Column("payload", Json(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_events")),
    )
    op.create_index(op.f("ix_outbox_events_due_at"), "outbox_events", ["due_at"], unique=False)
    op.create_table(
        "revoked_sessions",
        sa.Column("session_id", Code, nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_revoked_sessions")),
    )
    op.create_index(op.f("ix_revoked_sessions_expires_at"), "revoked_sessions", ["expires_at"], unique=False)
    op.create_table(
        "ticket_documents",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("order_number", Code, nullable=False),
        sa.Column("ticket_id", Code, nullable=False),
        sa.Column("kind", Code, nullable=False),
        sa.Column(
            "content",
            sa.LargeBinary().with_variant(mysql.MEDIUMBLOB(), "mariadb").with_variant(mysql.MEDIUMBLOB(), "mysql"),
            nullable=False,
        ),
        sa.Column("fetched_at", UtcDateTime(), nullable=False),
        sa.Column("drop_on", sa.Date(), nullable=False),
        sa.Column("cancelled_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_documents")),
        sa.UniqueConstraint(
            "order_number", "ticket_id", "kind", name=op.f("uq_ticket_documents_order_number_ticket_id_kind")
        ),
    )
    op.create_index(
        "ix_ticket_documents_cancelled_at_drop_on", "ticket_documents", ["cancelled_at", "drop_on"], unique=False
    )
    op.create_table(
        "ticket_fetches",
        sa.Column("order_number", Code, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("problem", Code, nullable=True),
        sa.PrimaryKeyConstraint("order_number", name=op.f("pk_ticket_fetches")),
    )
    op.create_index(op.f("ix_ticket_fetches_due_at"), "ticket_fetches", ["due_at"], unique=False)
    op.create_table(
        "branches",
        sa.Column("agency_code", Code, nullable=False),
        sa.Column("code", Code, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_code"], ["agencies.code"], name=op.f("fk_branches_agency_code_agencies")),
        sa.PrimaryKeyConstraint("agency_code", "code", name=op.f("pk_branches")),
    )
    op.create_table(
        "order_items",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("order_id", Id, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", Code, nullable=False),
        sa.Column("query", Json(), nullable=False),
        sa.Column("bundle", Json(), nullable=False),
        sa.Column("sales_parameters", Json(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("travel_on", sa.Date(), nullable=False),
        sa.Column("fetched_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_items_order_id_orders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_items")),
        sa.UniqueConstraint("order_id", "code", name=op.f("uq_order_items_order_id_code")),
    )
    op.create_index(op.f("ix_order_items_order_id"), "order_items", ["order_id"], unique=False)
    op.create_table(
        "order_journal",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("order_id", Id, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("entry", Code, nullable=False),
        sa.Column("detail", Json(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_journal_order_id_orders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_journal")),
    )
    op.create_index(op.f("ix_order_journal_order_id"), "order_journal", ["order_id"], unique=False)
    op.create_table(
        "order_offers",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("order_id", Id, nullable=False),
        sa.Column("code", Code, nullable=False),
        sa.Column("query", Json(), nullable=False),
        sa.Column("travellers", Json(), nullable=False),
        sa.Column("bundles", Json(), nullable=False),
        sa.Column("fetched_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_offers_order_id_orders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_offers")),
        sa.UniqueConstraint("order_id", "code", name=op.f("uq_order_offers_order_id_code")),
    )
    op.create_index(op.f("ix_order_offers_fetched_at"), "order_offers", ["fetched_at"], unique=False)
    op.create_index(op.f("ix_order_offers_order_id"), "order_offers", ["order_id"], unique=False)
    op.create_table(
        "order_prebookings",
        sa.Column("order_id", Id, nullable=False),
        sa.Column("prebooking_id", Id, autoincrement=False, nullable=False),
        sa.Column("item_code", Code, nullable=True),
        sa.Column("traveller_code", Code, nullable=True),
        sa.Column("offer_id", sa.String(length=255), nullable=True),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("state", Code, nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_prebookings_order_id_orders")),
        sa.PrimaryKeyConstraint("order_id", "prebooking_id", name=op.f("pk_order_prebookings")),
    )
    op.create_table(
        "order_terms",
        sa.Column("order_id", Id, nullable=False),
        sa.Column(
            "term",
            sa.String(length=130)
            .with_variant(mysql.VARCHAR(length=130, collation="utf8mb4_bin"), "mariadb")
            .with_variant(mysql.VARCHAR(length=130, collation="utf8mb4_bin"), "mysql"),
            nullable=False,
        ),
        sa.Column("source", Code, nullable=False),
        sa.Column("agency_code", Code, nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_terms_order_id_orders")),
        sa.PrimaryKeyConstraint("order_id", "term", "source", name=op.f("pk_order_terms")),
    )
    op.create_index(
        "ix_order_terms_agency_code_term_order_id", "order_terms", ["agency_code", "term", "order_id"], unique=False
    )
    op.create_index("ix_order_terms_term_order_id", "order_terms", ["term", "order_id"], unique=False)
    op.create_table(
        "order_tickets",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("order_id", Id, nullable=False),
        sa.Column("ticket_id", Code, nullable=False),
        sa.Column("external_id", Code, nullable=False),
        sa.Column("printed_number", Code, nullable=False),
        sa.Column("prebooking_id", Id, nullable=True),
        sa.Column("item_code", Code, nullable=True),
        sa.Column("traveller_code", Code, nullable=True),
        sa.Column("title", sa.String(length=200), nullable=True),
        sa.Column("price", sa.Integer(), nullable=True),
        sa.Column("state", Code, nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_tickets_order_id_orders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_tickets")),
        sa.UniqueConstraint("order_id", "ticket_id", name=op.f("uq_order_tickets_order_id_ticket_id")),
    )
    op.create_index(op.f("ix_order_tickets_printed_number"), "order_tickets", ["printed_number"], unique=False)
    op.create_table(
        "order_travellers",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("order_id", Id, nullable=False),
        sa.Column("code", Code, nullable=False),
        sa.Column("kind", Code, nullable=False),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.Column("reduction", Code, nullable=False),
        sa.Column("first_name", sa.String(length=60), nullable=True),
        sa.Column("last_name", sa.String(length=60), nullable=True),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_travellers_order_id_orders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_travellers")),
        sa.UniqueConstraint("order_id", "code", name=op.f("uq_order_travellers_order_id_code")),
    )
