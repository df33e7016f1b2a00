"""Belonging to a cohort: who may see its page, and which members see each other there."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, selectinload

from mentorship.rules.errors import NotFound
from mentorship.store import queries
from mentorship.store.cohorts import Cohort, CohortCoordinator, CohortMember
from mentorship.store.people import Person


def cohorts_of(session: Session, person: Person) -> list[Cohort]:
    """The cohorts she joined or coordinates, by name."""
    query = select(Cohort).where(_belongs(person.id))
    return list(session.scalars(query.order_by(Cohort.name, Cohort.id)))


def cohort_of(session: Session, public_id: str, person: Person) -> Cohort:
    """The cohort of that id, if she belongs to it; anyone else learns not even that it exists.

    Raises
    ------
    NotFound
    """
    found = session.scalar(select(Cohort).where(Cohort.public_id == public_id, _belongs(person.id)))
    if found is None:
        raise NotFound("")
    return found


def coordinates(session: Session, cohort: Cohort, person: Person) -> bool:
    """Whether she is a coordinator of this cohort."""
    return session.get(CohortCoordinator, (cohort.id, person.id)) is not None


def is_seen(session: Session, cohort: Cohort, person: Person) -> bool | None:
    """Whether she chose to be seen by other members; None for who is no member, and so has no choice."""
    member = session.get(CohortMember, (cohort.id, person.id))
    return None if member is None else member.seen_by_others


def be_seen(session: Session, cohort: Cohort, person: Person, *, seen: bool) -> None:
    """Keep her choice; it holds from the next page anyone opens.

    Raises
    ------
    NotFound
        She is no member: there is nothing to choose.
    """
    member = session.get(CohortMember, (cohort.id, person.id))
    if member is None:
        raise NotFound("")
    member.seen_by_others = seen
    session.flush()


def seen_by(session: Session, cohort: Cohort, person: Person) -> list[Person]:
    """The members she sees: nobody, until she lets herself be seen; never anyone across a block."""
    query = (
        select(Person)
        .where(Person.id.in_(queries.members_seen_by(person.id, cohort_id=cohort.id)))
        .options(selectinload(Person.languages))
    )
    return list(session.scalars(query.order_by(Person.name, Person.id)))


def _belongs(person_id: int) -> ColumnElement[bool]:
    joined = select(CohortMember.cohort_id).where(CohortMember.person_id == person_id)
    coordinated = select(CohortCoordinator.cohort_id).where(CohortCoordinator.person_id == person_id)
    return or_(Cohort.id.in_(joined), Cohort.id.in_(coordinated))
