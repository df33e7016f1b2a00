"""What is kept no longer than its label says: taken away once a day, and never by a clock that jumped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from mentorship.store.outbox import MailState, Outbox, Setting

READ_NOTICE = timedelta(days=90)
ANY_NOTICE = timedelta(days=365)
EVERY = timedelta(days=1)
JUMP = timedelta(days=31)
"""More between two looks than this is a clock that jumped, or a service that was off for long."""

LOOKED = "retention_looked_at"


@dataclass(frozen=True, slots=True)
class Purged:
    """How many notices went; `jumped_from` is the last look, where the clock is too far from it."""

    notices: int = 0
    jumped_from: datetime | None = None


def purge(session: Session, *, at: datetime, trusted: bool = False) -> Purged:
    """Take away what is past its time, at most once a day.

    A clock that says more than `JUMP` has passed takes away nothing, now and later, until it is right again
    or somebody says that it is (`trusted`).
    """
    row = session.get(Setting, LOOKED, with_for_update=True)
    if row is None:
        session.add(Setting(name=LOOKED, value=at.isoformat()))
        return Purged()
    last = datetime.fromisoformat(str(row.value))
    if last <= at < last + EVERY and not trusted:
        return Purged()
    if at > last + JUMP and not trusted:
        return Purged(jumped_from=last)
    row.value = at.isoformat()
    return Purged(notices=_notices(session, at) if at > last or trusted else 0)


def _notices(session: Session, at: datetime) -> int:
    """Read ones some time after that, all of them a year after they were made; none still to be mailed."""
    over = or_(Outbox.read_at <= at - READ_NOTICE, Outbox.made_at <= at - ANY_NOTICE)
    gone = session.execute(delete(Outbox).where(over, Outbox.mail != MailState.WAITING))
    return int(gone.rowcount)  # type: ignore[attr-defined]
