"""Conversations as one person may know of them: nothing across a block, counts instead of names."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from mentorship.rules.errors import NotFound
from mentorship.services import belonging
from mentorship.store.cohorts import Cohort
from mentorship.store.conversations import Conversation, Participation
from mentorship.store.people import Person
from mentorship.store.queries import across_a_block


def coming(session: Session, cohort: Cohort, person: Person, *, at: datetime) -> list[Conversation]:
    """Conversations still to begin that she may know of, the next one first."""
    query = select(Conversation).where(*_known_to(person, cohort), Conversation.starts_at > at)
    return list(session.scalars(query.order_by(Conversation.starts_at)))


def past(session: Session, cohort: Cohort, person: Person, *, at: datetime) -> list[Conversation]:
    """Conversations that have begun, the latest first."""
    query = select(Conversation).where(*_known_to(person, cohort), Conversation.starts_at <= at)
    return list(session.scalars(query.order_by(Conversation.starts_at.desc())))


def conversation_of(session: Session, cohort: Cohort, public_id: str, person: Person) -> Conversation:
    """The conversation of that id, cancelled or not, if she may know of it.

    Raises
    ------
    NotFound
    """
    found = session.scalar(
        select(Conversation).where(
            Conversation.public_id == public_id,
            Conversation.cohort_id == cohort.id,
            ~across_a_block(person.id, Conversation.host_id),
        )
    )
    if found is None:
        raise NotFound("")
    return found


def runs(session: Session, conversation: Conversation, person: Person) -> bool:
    """Whether she hosts it or coordinates its cohort."""
    return conversation.host_id == person.id or belonging.coordinates(session, conversation.cohort, person)


def participation_of(session: Session, conversation: Conversation, person: Person) -> Participation | None:
    """Her own sign-up for it."""
    return session.scalar(
        select(Participation).where(
            Participation.conversation_id == conversation.id, Participation.person_id == person.id
        )
    )


def count(session: Session, conversation: Conversation, *, attended: bool = False) -> int:
    """How many signed up, or said afterwards that they were there."""
    query = select(func.count()).where(Participation.conversation_id == conversation.id)
    if attended:
        query = query.where(Participation.attended_at.is_not(None))
    return session.scalar(query) or 0


def _known_to(person: Person, cohort: Cohort) -> list[ColumnElement[bool]]:
    return [
        Conversation.cohort_id == cohort.id,
        Conversation.cancelled_at.is_(None),
        ~across_a_block(person.id, Conversation.host_id),
    ]
