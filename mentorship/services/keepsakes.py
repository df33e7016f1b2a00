"""What stays in one's hands: the facts of a certificate, of a letter, of one's own story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from mentorship.rules.errors import NotFound
from mentorship.rules.lifecycle import State
from mentorship.services import recognitions, steps
from mentorship.store.help import Help
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person, PersonStatus
from mentorship.store.queries import across_a_block
from mentorship.store.together import ClosingWords, Recognition, Step


@dataclass(frozen=True, slots=True)
class Facts:
    """What the service knows of a completed mentorship, and nothing else; no name of anyone.

    `weeks` are whole weeks from its beginning to its end; 0 for less than one.
    """

    mentorship: str
    programme: str
    weeks: int
    began_at: datetime
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class Helper:
    """Someone who helped her; without a name where that person has not agreed to be named."""

    name: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Story:
    """Her own story: what she tried, what she said of it, what others thanked her for, who helped."""

    taken: list[Step]
    words: list[str]
    thanks: list[Recognition]
    helpers: list[Helper]

    @property
    def is_empty(self) -> bool:
        return not (self.taken or self.words or self.thanks or self.helpers)


def completed_by(session: Session, newcomer: Person) -> list[Facts]:
    """The mentorships she completed as the newcomer, the first one first."""
    return _completed(session, Mentorship.newcomer_id == newcomer.id)


def mentored_by(session: Session, mentor: Person) -> list[Facts]:
    """The mentorships that were completed with her as the mentor, the first one first."""
    return _completed(session, Mentorship.mentor_id == mentor.id)


def the_one(found: list[Facts], public_id: str) -> Facts:
    """The one of that id. Raises NotFound."""
    for facts in found:
        if facts.mentorship == public_id:
            return facts
    raise NotFound("")


def story_of(session: Session, person: Person) -> Story:
    """Her story as it stands; what she hid is not in it, nor anyone a block stands between."""
    words = select(ClosingWords.words).where(ClosingWords.author_id == person.id, ClosingWords.words != "")
    return Story(
        taken=steps.steps_taken_by(session, person),
        words=list(session.scalars(words.order_by(ClosingWords.at, ClosingWords.mentorship_id))),
        thanks=recognitions.received_by(session, person),
        helpers=_helpers_of(session, person),
    )


def _completed(session: Session, whose: ColumnElement[bool]) -> list[Facts]:
    query = select(Mentorship).where(whose, Mentorship.state == State.COMPLETED)
    rows = session.scalars(query.order_by(Mentorship.ended_at, Mentorship.id))
    return [_facts(row) for row in rows]


def _facts(mentorship: Mentorship) -> Facts:
    began, ended = mentorship.began_at, mentorship.ended_at
    if began is None or ended is None:
        raise ValueError("a completed mentorship began and ended")
    return Facts(
        mentorship.public_id, mentorship.request.cohort.name, max(0, (ended - began).days // 7), began, ended
    )


def _helpers_of(session: Session, person: Person) -> list[Helper]:
    query = (
        select(Help, Person)
        .join(Person, Person.id == Help.helper_id, isouter=True)
        .where(
            Help.helped_id == person.id,
            Help.removed_at.is_(None),
            or_(Help.helper_id.is_(None), ~across_a_block(person.id, Person.id)),
        )
        .order_by(Help.year, Help.id)
    )
    return [Helper(_name(edge, helper), edge.year) for edge, helper in session.execute(query)]


def _name(edge: Help, helper: Person | None) -> str:
    if helper is None or helper.status is PersonStatus.ERASED:
        return ""
    both = edge.helped_agreed_at is not None and edge.helper_agreed_at is not None
    return helper.name if both else ""
