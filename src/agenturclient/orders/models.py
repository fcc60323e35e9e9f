"""Tables of the orders feature."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, UniqueConstraint
from sqlalchemy.dialects import mysql

from agenturclient.core.database import UtcDateTime, metadata
from agenturclient.core.tables import Code, Id, Json

# In the order of its characters on both databases, so that texts beginning alike stand side by side in the index.
Term = String(130).with_variant(mysql.VARCHAR(130, collation="utf8mb4_bin"), "mysql", "mariadb")

orders = Table(
    "orders",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("number", Code, nullable=False, unique=True),
    Column("agency_code", Code, nullable=False),
    Column("branch_code", Code, nullable=False),
    Column("seller_subject", Code, nullable=False),
    Column("seller_name", String(120), nullable=False),
    Column("contract_id", Code, nullable=False),
    Column("conversation_id", Code, nullable=False),
    Column("ticket_language", Code, nullable=False),
    Column("your_reference", String(60)),
    Column("means_of_payment", Code, nullable=False),
    # What its agency wanted when it began: committed at once after the sale, and never undone.
    Column("is_final_at_once", Boolean(create_constraint=False), nullable=False, default=False),
    Column("state", Code, nullable=False),
    # The intent that was recorded and has no outcome yet; None while nothing is under way.
    Column("step", Code),
    Column("lease_owner", Code),
    Column("lease_until", UtcDateTime),
    Column("attempts", Integer, nullable=False, default=0),
    # Rappen; what the items cost now, and what was held (the price that the seller read out).
    Column("total", Integer, nullable=False, default=0),
    Column("held_total", Integer),
    Column("held_until", UtcDateTime),
    Column("perhaps_held_until", UtcDateTime),
    # One booking belongs to one order: two adoptions of the same booking cannot both win.
    Column("booking_id", Code, unique=True),
    Column("booked_total", Integer),
    Column("sold_at", UtcDateTime),
    Column("undo_until", UtcDateTime),
    Column("problem", Json),
    Column("first_travel_on", Date),
    Column("created_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    # One for each list, ending in the id: the newest are read off its end, however many there are (bench/order_lists).
    Index("ix_orders_agency_code_id", "agency_code", "id"),
    Index("ix_orders_agency_code_branch_code_id", "agency_code", "branch_code", "id"),
    Index("ix_orders_agency_code_seller_subject_id", "agency_code", "seller_subject", "id"),
    Index("ix_orders_agency_code_state_id", "agency_code", "state", "id"),
    # The agency last: the operator and SBB's care ask without one.
    Index("ix_orders_your_reference_agency_code", "your_reference", "agency_code"),
    Index("ix_orders_first_travel_on_agency_code", "first_travel_on", "agency_code"),
    Index("ix_orders_step_lease_until", "step", "lease_until"),
    Index("ix_orders_state_changed_at", "state", "changed_at"),
)

order_offers = Table(
    "order_offers",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("order_id", ForeignKey("orders.id"), nullable=False, index=True),
    Column("code", Code, nullable=False),
    Column("query", Json, nullable=False),
    Column("travellers", Json, nullable=False),
    Column("bundles", Json, nullable=False),
    Column("fetched_at", UtcDateTime, nullable=False, index=True),
    UniqueConstraint("order_id", "code"),
)

order_items = Table(
    "order_items",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("order_id", ForeignKey("orders.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("code", Code, nullable=False),
    # How the offer was asked for, who travels with which assumed age, and what was offered: enough to ask anew.
    Column("query", Json, nullable=False),
    Column("bundle", Json, nullable=False),
    Column("sales_parameters", Json, nullable=False),
    Column("price", Integer, nullable=False),
    Column("travel_on", Date, nullable=False),
    Column("fetched_at", UtcDateTime, nullable=False),
    UniqueConstraint("order_id", "code"),
)

order_travellers = Table(
    "order_travellers",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("order_id", ForeignKey("orders.id"), nullable=False),
    Column("code", Code, nullable=False),
    Column("kind", Code, nullable=False),
    Column("age", Integer),
    Column("reduction", Code, nullable=False),
    Column("first_name", String(60)),
    Column("last_name", String(60)),
    Column("born_on", Date),
    UniqueConstraint("order_id", "code"),
)

# The names that an order is searched by, folded: of its travellers, its seller, and the places of its items.
order_terms = Table(
    "order_terms",
    metadata,
    Column("order_id", ForeignKey("orders.id"), primary_key=True),
    Column("term", Term, primary_key=True),
    # Whose name it is, so that it goes when they go: seller, item:<code> or traveller:<code>.
    Column("source", Code, primary_key=True),
    Column("agency_code", Code, nullable=False),
    # A search is answered from one of these alone; the operator and SBB's care ask without an agency.
    Index("ix_order_terms_agency_code_term_order_id", "agency_code", "term", "order_id"),
    Index("ix_order_terms_term_order_id", "term", "order_id"),
)

order_prebookings = Table(
    "order_prebookings",
    metadata,
    Column("order_id", ForeignKey("orders.id"), primary_key=True),
    Column("prebooking_id", Id, primary_key=True, autoincrement=False),
    Column("item_code", Code),
    Column("traveller_code", Code),
    Column("offer_id", String(255)),
    Column("expires_at", UtcDateTime, nullable=False),
    # held | given_up | payment_unknown | paid | booked | undone
    Column("state", Code, nullable=False),
)

order_tickets = Table(
    "order_tickets",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("order_id", ForeignKey("orders.id"), nullable=False),
    Column("ticket_id", Code, nullable=False),
    Column("external_id", Code, nullable=False),
    Column("printed_number", Code, nullable=False, index=True),
    Column("prebooking_id", Id),
    Column("item_code", Code),
    Column("traveller_code", Code),
    Column("title", String(200)),
    Column("price", Integer),
    # valid | cancelled
    Column("state", Code, nullable=False),
    UniqueConstraint("order_id", "ticket_id"),
)

order_journal = Table(
    "order_journal",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=True),
    Column("order_id", ForeignKey("orders.id"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(120), nullable=False),
    Column("entry", Code, nullable=False),
    Column("detail", Json),
)
