"""Alembic's entry: runs migrations on the connection that ``upgrade.py`` hands over, in its transaction."""

from alembic import context

from agenturclient.migrations.tables import load_tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=load_tables(),
    compare_type=True,
    transaction_per_migration=False,
)
context.run_migrations()
