"""Runs the migrations on the connection it is given: one transaction, guards off and on again."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, text

from mentorship.store import Base, guards
from mentorship.store.base import UtcDateTime


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write our own column type with its import; Alembic would leave the import out."""
    if kind == "type" and isinstance(item, UtcDateTime):
        autogen.imports.add("from mentorship.store.base import UtcDateTime")
        return "UtcDateTime()"
    return False


def foreign_keys(connection: Connection, state: str) -> None:
    """Foreign keys stay off while tables are rebuilt, or SQLite would delete the child rows."""
    if connection.dialect.name == "sqlite":
        driver = connection.connection.dbapi_connection
        assert driver is not None  # noqa: S101 - for the type checker: an open connection has one
        driver.execute(f"PRAGMA foreign_keys={state}")


def check_foreign_keys(connection: Connection) -> None:
    """Refuse the migration when it leaves a row without its parent."""
    if connection.dialect.name == "sqlite":
        orphans = connection.execute(text("PRAGMA foreign_key_check")).all()
        if orphans:
            raise RuntimeError(f"the migration would leave rows without their parents: {orphans[:3]}")


def migrate(connection: Connection) -> None:
    """All pending revisions in one transaction."""
    foreign_keys(connection, "OFF")
    try:
        with connection.begin():
            guards.drop(connection)
            context.configure(
                connection=connection,
                target_metadata=Base.metadata,
                render_as_batch=True,
                render_item=render_item,
                transaction_per_migration=False,
                transactional_ddl=True,
            )
            context.run_migrations()
            guards.install(connection)
            check_foreign_keys(connection)
    finally:
        foreign_keys(connection, "ON")


migrate(context.config.attributes["connection"])
