"""Who has met whom here: only someone she was shown, paired or waited with can be named or blocked by her."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from mentorship.store.cohorts import CohortCoordinator, CohortMember
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person, PersonStatus
from mentorship.store.queries import circle_of, members_seen_by
from mentorship.store.requests import Request, Shown
from mentorship.store.safety import Block


def met_by(session: Session, person: Person) -> list[Person]:
    """Everyone she was shown, paired with, sees in a circle or cohort, or meets as coordinator; by name."""
    others = or_(*(Person.id.in_(query) for query in _met(person.id)))
    query = select(Person).where(others, Person.id != person.id, Person.status != PersonStatus.ERASED)
    return list(session.scalars(query.order_by(Person.name, Person.id)))


def someone_met(session: Session, person: Person, public_id: str) -> Person | None:
    """The person of that id, if she may know of her."""
    return next((other for other in met_by(session, person) if other.public_id == public_id), None)


def blocked_by(session: Session, person: Person) -> list[Person]:
    """Whom she has blocked, in the order she did."""
    query = select(Person).join(Block, Block.blocked_id == Person.id).where(Block.blocker_id == person.id)
    return list(session.scalars(query.order_by(Block.made_at, Block.id)))


def _met(person_id: int) -> list[Select[Any]]:
    parties = (Mentorship.newcomer_id, Mentorship.mentor_id, Mentorship.backup_id)
    hers = or_(*(column == person_id for column in parties))
    shown_to = select(Shown.mentor_id).join(Request, Request.id == Shown.request_id)
    return [
        *(select(column).where(hers, column.is_not(None)) for column in parties),
        shown_to.where(Request.newcomer_id == person_id),
        circle_of(person_id),
        select(Block.blocked_id).where(Block.blocker_id == person_id),
        members_seen_by(person_id),
        *_through_cohorts(person_id),
    ]


def _through_cohorts(person_id: int) -> list[Select[Any]]:
    same: ColumnElement[bool] = CohortMember.cohort_id == CohortCoordinator.cohort_id
    both = and_(CohortMember.person_id != CohortCoordinator.person_id, same)
    return [
        select(CohortCoordinator.person_id)
        .join(CohortMember, both)
        .where(CohortMember.person_id == person_id),
        select(CohortMember.person_id)
        .join(CohortCoordinator, both)
        .where(CohortCoordinator.person_id == person_id),
    ]
