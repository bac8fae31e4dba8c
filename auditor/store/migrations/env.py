"""Run by Alembic: our migrations on the connection that `auditor.store.migrate` opened."""

from alembic import context

from auditor.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
