"""Which mail is to be sent now, and what becomes of it: nothing lost, at most one twice after a crash."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship.services.addresses import CONFIRM
from mentorship.services.mail_choice import is_wanted
from mentorship.store.outbox import MailState, Outbox
from mentorship.store.people import Address

AT_ONCE = 100
MOST_TRIES = 10


def waiting(session: Session, *, at: datetime) -> list[int]:
    """The ids of the outbox rows whose mail is due, oldest first."""
    query = select(Outbox.id).where(Outbox.mail == MailState.WAITING, Outbox.try_at <= at)
    return list(session.scalars(query.order_by(Outbox.id).limit(AT_ONCE)))


def claim(session: Session, row_id: int) -> Outbox | None:
    """The row, held until the end of the transaction; None when another worker has it or has sent it."""
    query = select(Outbox).where(Outbox.id == row_id, Outbox.mail == MailState.WAITING)
    return session.scalar(query.with_for_update(skip_locked=True))


def recipient(session: Session, row: Outbox) -> Address | None:
    """Where to send it: her confirmed address, or, to confirm one, that very address.

    None where there is none, or where she does not want to be mailed about this.
    """
    if row.kind == CONFIRM:
        return session.get(Address, row.values["address"])
    if not is_wanted(session, row.person_id, row.kind):
        return None
    hers = select(Address).where(Address.person_id == row.person_id, Address.confirmed_at.is_not(None))
    return session.scalar(hers.order_by(Address.id).limit(1))


def keep_on_site(row: Outbox) -> None:
    """There is nowhere to mail it, or she does not want it mailed: it stands on her pages only."""
    row.mail = MailState.ON_SITE


def sent(row: Outbox) -> None:
    """The mail server took it."""
    row.mail = MailState.SENT


def not_sent(row: Outbox, *, at: datetime) -> None:
    """Try again later, after twice as long each time; after `MOST_TRIES` it stands on her pages only."""
    row.tries += 1
    row.try_at = at + timedelta(minutes=2**row.tries)
    if row.tries >= MOST_TRIES:
        row.mail = MailState.FAILED
