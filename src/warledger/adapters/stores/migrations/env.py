"""Alembic's environment: runs the revisions on the connection that `opening` hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

from warledger.adapters.stores.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
