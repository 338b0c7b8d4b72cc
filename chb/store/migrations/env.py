"""Run migrations on the connection that the store hands over."""

from __future__ import annotations

from alembic import context

from chb.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # The caller owns the transaction, so that a failing step leaves nothing behind.
    transactional_ddl=False,
    render_as_batch=True,
)
context.run_migrations()
