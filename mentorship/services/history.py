"""The append-only history: one row for every change of a mentorship."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentorship.rules.lifecycle import Action, Code, Party
from mentorship.store.conflicts import CONFLICTS, refusal_of
from mentorship.store.mentorships import EventNote, Mentorship, MentorshipEvent
from mentorship.store.people import Person


def add(
    session: Session,
    mentorship: Mentorship,
    action: Action,
    *,
    party: Party,
    by: Person | None,
    at: datetime,
    code: Code = Code.NONE,
    note: str = "",
) -> MentorshipEvent:
    """Write the change and its row down together; what the database refuses is raised as a refusal."""
    flush(session)
    last = session.scalar(
        select(func.max(MentorshipEvent.n)).where(MentorshipEvent.mentorship_id == mentorship.id)
    )
    event = MentorshipEvent(
        mentorship=mentorship,
        n=(last or 0) + 1,
        action=action,
        party=party,
        person_id=by.id if by else None,
        code=code,
        state=mentorship.state,
        at=at,
    )
    session.add(event)
    if note.strip() and by is not None:
        hidden = code is Code.NOT_THE_RIGHT_ONE  # who else may fit is said to the coordinator alone
        session.add(EventNote(event=event, author_id=by.id, words=note.strip(), for_coordinator=hidden))
    flush(session)
    return event


def flush(session: Session) -> None:
    """Send what is pending to the database; a conflict becomes a refusal in words."""
    try:
        session.flush()
    except CONFLICTS as error:
        raise refusal_of(error) from error
