"""An ask, or “are you in touch?”, answered from a mail: by one person, as it stood when it was mailed.

Looking at a link changes nothing. It works until the question is answered or its date is over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship.rules.lifecycle import State
from mentorship.services import check_ins
from mentorship.services.signed_links import read, sign
from mentorship.store.mentorships import Mentorship, MentorshipEvent
from mentorship.store.people import Person
from mentorship.store.together import CheckIn


@dataclass(frozen=True, slots=True)
class Link:
    """What a link was made for; `mark` is how far the thing had come: it is over when that has changed."""

    person: Person
    mentorship: Mentorship
    mark: int


def ask_token(key: bytes, mentorship: Mentorship, *, at: datetime) -> str | None:
    """The link by which the mentor answers an ask; None where there is nothing to answer."""
    if not _may_answer(mentorship, at):
        return None
    return _made(key, "ask", mentorship, mentorship.mentor, len(mentorship.events), at=at)


def check_in_token(
    session: Session, key: bytes, mentorship: Mentorship, person: Person, *, at: datetime
) -> str | None:
    """The link by which one of the two answers the open question; None where none is open."""
    row = check_ins.open_for(session, mentorship, person)
    return None if row is None else _made(key, "check-in", mentorship, person, row.day, at=at)


def ask_behind(session: Session, key: bytes, token: str, *, at: datetime) -> Link | None:
    """The ask a link can still answer; None for every other link, whatever is the matter with it."""
    link = _opened(session, key, "ask", token, at=at)
    if link is None or link.mentorship.mentor_id != link.person.id or not _may_answer(link.mentorship, at):
        return None
    return link if len(link.mentorship.events) == link.mark else None


def ask_answered(session: Session, key: bytes, token: str, *, at: datetime) -> MentorshipEvent | None:
    """What the link has done, if that was the last that happened: a second click is told the same again."""
    link = _opened(session, key, "ask", token, at=at)
    if link is None or len(link.mentorship.events) != link.mark + 1:
        return None
    last = link.mentorship.events[-1]
    return last if last.person_id == link.person.id == link.mentorship.mentor_id else None


def check_in_behind(session: Session, key: bytes, token: str, *, at: datetime) -> tuple[Link, CheckIn] | None:
    """The question a link can still answer, or has answered; None for every other link."""
    link = _opened(session, key, "check-in", token, at=at)
    if link is None or link.person.id not in (link.mentorship.newcomer_id, link.mentorship.mentor_id):
        return None
    row = session.scalar(
        select(CheckIn).where(
            CheckIn.mentorship_id == link.mentorship.id,
            CheckIn.person_id == link.person.id,
            CheckIn.day == link.mark,
        )
    )
    if row is None or (row.answer is None and row is not _asked_now(session, link)):
        return None
    return link, row


def _asked_now(session: Session, link: Link) -> CheckIn | None:
    return check_ins.open_for(session, link.mentorship, link.person)


def _may_answer(mentorship: Mentorship, at: datetime) -> bool:
    return mentorship.state is State.PROPOSED and at <= mentorship.answer_due_at


def _made(key: bytes, what: str, mentorship: Mentorship, person: Person, mark: int, *, at: datetime) -> str:
    return sign(key, what, mentorship.public_id, person, mark, at=at)


def _opened(session: Session, key: bytes, what: str, token: str, *, at: datetime) -> Link | None:
    signed = read(session, key, what, token, at=at)
    if signed is None:
        return None
    mentorship = session.scalar(select(Mentorship).where(Mentorship.public_id == signed.thing))
    return None if mentorship is None else Link(signed.person, mentorship, signed.mark)
