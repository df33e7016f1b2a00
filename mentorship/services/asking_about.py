"""About whom somebody is not asked: after a block, a report or “something is wrong” between the two."""

from __future__ import annotations

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person
from mentorship.store.safety import Block, Report
from mentorship.store.together import CheckIn, CheckInAnswer


def not_to_ask_about(session: Session, person: Person) -> set[int]:
    """Ids of people with whom she is never brought together in a question, whoever of the two began."""
    blocks = select(Block.blocker_id, Block.blocked_id).where(
        or_(Block.blocker_id == person.id, Block.blocked_id == person.id)
    )
    reports = select(Report.by_id, Report.about_id).where(
        or_(Report.by_id == person.id, Report.about_id == person.id)
    )
    pairs = [*session.execute(blocks), *session.execute(reports), *_wrong_in_a_pair(session, person)]
    found = {each for pair in pairs for each in pair if each is not None}
    return found - {person.id}


def _wrong_in_a_pair(session: Session, person: Person) -> list[tuple[int, int]]:
    """The two of each mentorship of hers that a report or such an answer at a check-in is about."""
    reported = select(Report.mentorship_id).where(Report.mentorship_id == Mentorship.id).exists()
    said = and_(CheckIn.mentorship_id == Mentorship.id, CheckIn.answer == CheckInAnswer.SOMETHING_WRONG)
    rows = session.execute(
        select(Mentorship.newcomer_id, Mentorship.mentor_id).where(
            or_(Mentorship.newcomer_id == person.id, Mentorship.mentor_id == person.id),
            or_(reported, select(CheckIn.id).where(said).exists()),
        )
    )
    return [(newcomer, mentor) for newcomer, mentor in rows]
