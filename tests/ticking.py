"""The clock in a test's own session, and what people were told."""

from sqlalchemy import select

from mentorship.services import clock
from mentorship.store.outbox import Outbox


def tick(session, at):
    """Do everything that is due, as the worker would; returns the names of what was done."""
    return [what.name for what in clock.due(session, at=at) if clock.carry_out(session, what, at=at)]


def told(session, person, kind=None):
    """The kinds of what she was told, or the notices of one kind."""
    rows = session.scalars(select(Outbox).where(Outbox.person_id == person.id).order_by(Outbox.id)).all()
    return [row.kind for row in rows] if kind is None else [row for row in rows if row.kind == kind]
