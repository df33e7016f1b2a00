"""The audit chain: who did or read what, as codes; each row seals the one before."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from mentorship.store.people import Person
from mentorship.store.safety import Audit

CHAIN_LOCK = 20261122


def record(
    session: Session,
    act: str,
    *,
    actor: Person | None,
    at: datetime,
    kind: str = "",
    subject_id: int | None = None,
    person: Person | None = None,
) -> None:
    """Add a row: `actor` did `act` to the `kind` of that id, which concerns `person`."""
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer at a time anyway
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CHAIN_LOCK})
    last = session.scalar(select(Audit.chain).order_by(Audit.id.desc()).limit(1)) or ""
    row = Audit(
        at=at,
        actor_id=actor.id if actor else None,
        act=act,
        kind=kind,
        subject_id=subject_id,
        person_id=person.id if person else None,
    )
    row.chain = seal(last, row)
    session.add(row)
    session.flush()


def seal(last: str, row: Audit) -> str:
    """The chain value of `row` after a row whose chain value was `last`."""
    facts = (last, row.at.isoformat(), row.actor_id, row.act, row.kind, row.subject_id, row.person_id)
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def first_break(session: Session) -> int | None:
    """The id of the first row whose seal does not fit, or None when the chain is whole."""
    last = ""
    for row in session.scalars(select(Audit).order_by(Audit.id)):
        if row.chain != seal(last, row):
            return row.id
        last = row.chain
    return None
