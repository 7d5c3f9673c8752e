"""Run by Alembic: migrates over the connection that the caller opened, in the caller's transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], target_metadata=None)
context.run_migrations()
