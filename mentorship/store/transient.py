"""Which of the database's errors pass by themselves, so that the same work, done again, may succeed."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError

AGAIN = frozenset({"40001", "40P01", "55P03"})
"""PostgreSQL's codes for a failed serialisation, a deadlock, and a lock not had in time."""


def is_passing(error: DBAPIError) -> bool:
    """Whether the same work, done again, may well succeed."""
    state = getattr(error.orig, "sqlstate", None)
    return state in AGAIN or "database is locked" in str(error.orig)
