"""What is kept no longer than its label says: taken away once a day, and never by a clock that jumped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.orm import Session

from mentorship.store.outbox import MailState, Outbox, Setting

READ_NOTICE = timedelta(days=90)
ANY_NOTICE = timedelta(days=365)
EVERY = timedelta(days=1)
JUMP = timedelta(days=31)
"""More between two looks than this is a clock that jumped, or a service that was off for long."""

LOOKED = "retention_looked_at"
PURGED = "retention_purged_at"


@dataclass(frozen=True, slots=True)
class Purged:
    """How many notices went; `jumped_from` is the last look, where the clock is too far from it."""

    notices: int = 0
    jumped_from: datetime | None = None


def purge(session: Session, *, at: datetime, trusted: bool = False) -> Purged:
    """Take away what is past its time, at most once a day.

    A clock more than `JUMP` from the last look, ahead or back, takes away nothing, now and later, until it is
    right again or somebody says that it is (`trusted`). One that went back by less waits until it is there
    again.
    """
    row = session.get(Setting, LOOKED, with_for_update=True)
    if row is None:
        row = Setting(name=LOOKED, value=_first_look(session, at).isoformat())
        session.add(row)
    last = datetime.fromisoformat(str(row.value))
    if trusted or last + EVERY <= at <= last + JUMP:
        row.value = at.isoformat()
        session.merge(Setting(name=PURGED, value=at.isoformat()))
        return Purged(notices=_notices(session, at))
    return Purged(jumped_from=last if abs(at - last) > JUMP else None)


def past_their_time(session: Session) -> list[int]:
    """Ids of notices that should have gone when last something was taken away; none, where all is well."""
    row = session.get(Setting, PURGED)
    if row is None:
        return []
    over = _over(datetime.fromisoformat(str(row.value)))
    return list(session.scalars(select(Outbox.id).where(*over).order_by(Outbox.id)))


def _first_look(session: Session, at: datetime) -> datetime:
    """Now, but at most a month after the latest notice: the clock may be wrong from the start."""
    latest = session.scalar(select(func.max(Outbox.made_at)))
    return at if latest is None else min(at, latest + JUMP)


def _notices(session: Session, at: datetime) -> int:
    gone = session.execute(delete(Outbox).where(*_over(at)))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def _over(at: datetime) -> tuple[ColumnElement[bool], ...]:
    """Read ones some time after that, all of them a year after they were made; none still to be mailed."""
    old = or_(Outbox.read_at <= at - READ_NOTICE, Outbox.made_at <= at - ANY_NOTICE)
    return old, Outbox.mail != MailState.WAITING
