"""Signed-in browsers: a row each, so that signing out takes effect everywhere at once."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from mentorship.store.people import LoginSession, Person, PersonStatus

HOURLY = timedelta(hours=1)


def start(
    session: Session, person: Person, *, device: str, hours: int, at: datetime
) -> tuple[str, LoginSession]:
    """A new session of `person`, for `hours`: its token, which is kept nowhere else, and its row."""
    token = secrets.token_urlsafe(32)
    row = LoginSession(
        token_hash=_hash(token),
        person=person,
        created_at=at,
        seen_at=at,
        expires_at=at + timedelta(hours=hours),
        device=device,
    )
    session.add(row)
    session.flush()
    return token, row


def lookup(session: Session, token: str, *, at: datetime) -> LoginSession | None:
    """The live session of `token`, or None when it has ended or its person may not be here."""
    row = session.scalar(
        select(LoginSession)
        .where(LoginSession.token_hash == _hash(token))
        .options(joinedload(LoginSession.person))
    )
    if (
        row is None
        or row.expires_at <= at
        or row.person.status in (PersonStatus.SUSPENDED, PersonStatus.ERASED)
    ):
        return None
    return row


def touch(row: LoginSession, *, at: datetime) -> None:
    """She is here: noted at most hourly, and her session goes on for its length from now."""
    if at - row.seen_at >= HOURLY:
        row.expires_at = at + (row.expires_at - row.seen_at)
        row.seen_at = at


def sessions_of(session: Session, person: Person, *, at: datetime) -> list[LoginSession]:
    """Her live sessions, the newest first."""
    mine = LoginSession.person_id == person.id, LoginSession.expires_at > at
    query = select(LoginSession).where(*mine).order_by(LoginSession.created_at.desc(), LoginSession.id)
    return list(session.scalars(query))


def name_of(row: LoginSession) -> str:
    """What a page calls a session: the beginning of a hash of a hash, of no use to anyone."""
    return _hash(row.token_hash)[:16]


def end(session: Session, row: LoginSession) -> None:
    """Sign out of one browser."""
    session.delete(row)


def end_all(session: Session, person: Person, *, at: datetime) -> None:
    """Sign out everywhere, this browser included; links to answer by, mailed until now, end too."""
    person.links_from = at
    session.execute(delete(LoginSession).where(LoginSession.person_id == person.id))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
