"""The second person of a pair: whom its newcomer can turn to beside her mentor, and when she is called."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload

from mentorship.rules.lifecycle import AGREED
from mentorship.services.outbox import tell
from mentorship.services.readers import readers_of_request
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Offer
from mentorship.store.people import Person
from mentorship.store.together import Aside, Message


def stands_by(session: Session, mentorship: Mentorship, *, at: datetime) -> Person | None:
    """The backup, while she is here; None where there is none, or she is away: a coordinator stands in."""
    backup = mentorship.backup
    return None if backup is None or is_away(session, backup.id, at=at) else backup


def stands_in(session: Session, mentorship: Mentorship) -> list[Person]:
    """The coordinators who are the second person where no backup is here; none of them is party to it."""
    return readers_of_request(session, mentorship.request)


def is_called(session: Session, mentorship: Mentorship, *, at: datetime) -> bool:
    """Whether the newcomer has written to this backup, or the mentor is away; until then she sees less."""
    if mentorship.state not in AGREED or mentorship.backup_id is None:
        return False
    wrote = exists().where(
        Aside.mentorship_id == mentorship.id,
        Aside.backup_id == mentorship.backup_id,
        Message.aside_id == Aside.id,
        Message.author_id == mentorship.newcomer_id,
    )
    return is_away(session, mentorship.mentor_id, at=at) or bool(session.scalar(select(wrote)))


def is_away(session: Session, mentor_id: int, *, at: datetime) -> bool:
    """Whether this mentor said, or the clock did, that she is away now."""
    offer = session.get(Offer, mentor_id)
    return offer is not None and offer.away_until is not None and offer.away_until > at


def pairs_backed_by(session: Session, person: Person) -> list[Mentorship]:
    """The pairs she is the second person of, while they last."""
    hers = Mentorship.backup_id == person.id, Mentorship.state.in_(AGREED)
    names = joinedload(Mentorship.newcomer), joinedload(Mentorship.mentor)
    return list(session.scalars(select(Mentorship).where(*hers).options(*names).order_by(Mentorship.id)))


def tell_of_absence(
    session: Session,
    mentor: Person,
    *,
    at: datetime,
    until: datetime | None = None,
    was_away: bool = False,
) -> None:
    """Tell her newcomers that she is away, until when, and who is there; and the backups that it is they.

    A backup who stands by already, because she `was_away`, is not told again.
    """
    for mentorship in _agreed_of(session, mentor):
        backup, newcomer = stands_by(session, mentorship, at=at), mentorship.newcomer
        other = backup or next(iter(stands_in(session, mentorship)), None)
        kind = _KINDS[until is None, other is None]
        known = {"mentor": mentor, "due": until, "other": other}
        facts = {name: value for name, value in known.items() if value is not None}
        tell(session, newcomer, kind, at=at, mentorship=mentorship, **facts)  # type: ignore[arg-type]
        if backup is not None and not was_away:
            tell(session, backup, "stand_by", at=at, mentorship=mentorship, mentor=mentor, newcomer=newcomer)


def tell_of_return(session: Session, mentor: Person, *, at: datetime) -> None:
    """Tell her newcomers that she is back, and the backups who stood by."""
    for mentorship in _agreed_of(session, mentor):
        backup, newcomer = stands_by(session, mentorship, at=at), mentorship.newcomer
        tell(session, newcomer, "mentor_back", at=at, mentorship=mentorship, mentor=mentor)
        if backup is not None:
            tell(session, backup, "stood_by", at=at, mentorship=mentorship, mentor=mentor, newcomer=newcomer)


_KINDS = {
    (True, False): "mentor_away",
    (True, True): "mentor_away_alone",
    (False, False): "mentor_away_until",
    (False, True): "mentor_away_until_alone",
}
"""What a newcomer is told: by whether no day is known, and whether nobody stands by."""


def _agreed_of(session: Session, mentor: Person) -> list[Mentorship]:
    hers = Mentorship.mentor_id == mentor.id, Mentorship.state.in_(AGREED)
    return list(session.scalars(select(Mentorship).where(*hers).order_by(Mentorship.id)))
