"""Who reads what concerns a mentorship: a coordinator who is not party to it, else another contact."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from mentorship.store.cohorts import CohortCoordinator
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person, PersonStatus
from mentorship.store.queries import across_a_block, coordinators_of
from mentorship.store.requests import Request


def readers_of_request(session: Session, request: Request) -> list[Person]:
    """The cohort's coordinators who are not the newcomer, nor in any mentorship of this request."""
    rows = session.execute(
        select(Mentorship.mentor_id, Mentorship.backup_id).where(Mentorship.request_id == request.id)
    )
    party = {person for row in rows for person in row if person is not None}
    return coordinators_of(session, request.cohort_id, but_not=[request.newcomer_id, *party])


def readers_of_pair(session: Session, mentorship: Mentorship) -> list[Person]:
    """The cohort's coordinators who are neither of the two nor their backup.

    None left: the safeguarding contacts of other cohorts, who are not party either.
    """
    party = [mentorship.newcomer_id, mentorship.mentor_id, mentorship.backup_id or 0]
    found = coordinators_of(session, mentorship.request.cohort_id, but_not=party)
    return found or list(
        session.scalars(
            select(Person)
            .join(CohortCoordinator, CohortCoordinator.person_id == Person.id)
            .where(
                CohortCoordinator.safeguarding.is_(True),
                Person.status == PersonStatus.ACTIVE,
                Person.id.not_in(party),
            )
            .order_by(Person.id)
            .distinct()
        )
    )


def are_apart(viewer: Person) -> tuple[ColumnElement[bool], ...]:
    """A `Person` is not `viewer`, nor in a mentorship with her (another coordinator has it), nor blocked."""
    with_her = select(Mentorship.newcomer_id).where(
        or_(Mentorship.mentor_id == viewer.id, Mentorship.backup_id == viewer.id)
    )
    hers = or_(Mentorship.newcomer_id == viewer.id, Mentorship.backup_id == viewer.id)
    return (
        Person.id != viewer.id,
        Person.id.not_in(with_her),
        Person.id.not_in(select(Mentorship.mentor_id).where(hers)),
        ~across_a_block(viewer.id, Person.id),
    )
