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
    """Open the database at `url`.

    SQLite begins every transaction itself, IMMEDIATE unless it says it only reads: two writers then
    wait for each other instead of failing half way. PostgreSQL keeps UTC and gives up on locks after 2 s;
    `statement_timeout_ms` bounds its statements (5,000 for pages, 0 for jobs).
    """
    if make_url(url).get_backend_name() == "sqlite":
        return _open_sqlite(url)
    options = f"-c timezone=UTC -c lock_timeout=2000 -c statement_timeout={statement_timeout_ms}"
    return create_engine(url, connect_args={"options": options}, pool_pre_ping=True)


def _open_sqlite(url: str) -> Engine:
    engine = create_engine(url, connect_args={"check_same_thread": False, "timeout": 5})

    @event.listens_for(engine, "connect")
    def settings(connection: sqlite3.Connection, _record: Any) -> None:
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

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get("mentorship_reading", False)
        connection.exec_driver_sql("BEGIN DEFERRED" if reading else "BEGIN IMMEDIATE")

    return engine


def begin_reading(session: Session) -> None:
    """Begin the session's transaction as one that only reads; does nothing once it has begun."""
    if not session.in_transaction():
        session.connection(execution_options=READING)
