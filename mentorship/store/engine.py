"""How the database is opened: the connection settings of SQLite and of PostgreSQL."""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

READING = {"mentorship_reading": True}
"""Execution options of a transaction that only reads (deferred on SQLite)."""


def open_engine(url: str, *, statement_timeout_ms: int = 0) -> Engine:
    """Open the database at `url`; see `options` and `prepare` for what is set."""
    return prepare(create_engine(url, **options(url, statement_timeout_ms=statement_timeout_ms)))


def options(url: str, *, statement_timeout_ms: int = 0) -> dict[str, Any]:
    """What `create_engine` is told.

    PostgreSQL keeps UTC and gives up on locks after 2 s; `statement_timeout_ms` bounds its statements
    (5,000 for pages, 0 for jobs).
    """
    if make_url(url).get_backend_name() == "sqlite":
        return {"connect_args": {"check_same_thread": False, "timeout": 5}}
    settings = f"-c timezone=UTC -c lock_timeout=2000 -c statement_timeout={statement_timeout_ms}"
    return {"connect_args": {"options": settings}, "pool_pre_ping": True}


def prepare(engine: Engine) -> Engine:
    """Give SQLite's connections their settings; each transaction is begun outright.

    IMMEDIATE unless it says it only reads: two writers then wait for each other instead of failing half way.
    """
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _connected)
        event.listen(engine, "begin", _begun)
    return engine


def begin_reading(session: Session) -> None:
    """Begin the session's transaction as one that only reads; does nothing once it has begun."""
    if not session.in_transaction():
        session.connection(execution_options=READING)


def _connected(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # the driver would begin a transaction only at the first write
    for pragma in (
        "foreign_keys=ON",
        "recursive_triggers=ON",
        "secure_delete=ON",
        "journal_mode=DELETE",
        "synchronous=FULL",
        "busy_timeout=5000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begun(connection: Connection) -> None:
    reading = connection.get_execution_options().get("mentorship_reading", False)
    connection.exec_driver_sql("BEGIN DEFERRED" if reading else "BEGIN IMMEDIATE")
