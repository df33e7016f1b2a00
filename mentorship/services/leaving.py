"""Leaving a cohort: one step, no reason owed; the account stays."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from mentorship.rules.lifecycle import Action, Code, Party, State
from mentorship.services import conversations, handing_over
from mentorship.services.mentorships import act
from mentorship.services.request_outcomes import close
from mentorship.store.cohorts import Cohort, CohortMember
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import OfferCohort
from mentorship.store.people import Person
from mentorship.store.queries import open_mentorship_of, open_request_of
from mentorship.store.requests import Outcome, Request, RequestState


def cohorts_of(session: Session, person: Person) -> list[Cohort]:
    """The cohorts she joined or mentors in."""
    joined = select(CohortMember.cohort_id).where(CohortMember.person_id == person.id)
    mentored = select(OfferCohort.cohort_id).where(OfferCohort.mentor_id == person.id)
    query = select(Cohort).where(Cohort.id.in_(joined) | Cohort.id.in_(mentored))
    return list(session.scalars(query.order_by(Cohort.name, Cohort.id)))


def leave(session: Session, person: Person, cohort: Cohort, *, at: datetime) -> None:
    """End what she has open in `cohort`, as second person too, and forget that she belonged to it."""
    _end_as_newcomer(session, person, cohort, at=at)
    _end_as_mentor(session, person, cohort, at=at)
    handing_over.give_up_asked_of(session, person, at=at, cohort=cohort)
    _stand_by_nobody(session, person, cohort)
    conversations.withdraw_from(session, person, at=at, cohort=cohort)
    session.execute(
        delete(OfferCohort).where(OfferCohort.mentor_id == person.id, OfferCohort.cohort_id == cohort.id)
    )
    session.execute(
        delete(CohortMember).where(CohortMember.person_id == person.id, CohortMember.cohort_id == cohort.id)
    )
    session.expire_all()


def _end_as_newcomer(session: Session, person: Person, cohort: Cohort, *, at: datetime) -> None:
    """The request first: an ending of hers would otherwise ask whether it is to go on."""
    request = open_request_of(session, person)
    if request is not None and request.cohort_id == cohort.id and request.state is RequestState.OPEN:
        close(session, request, Outcome.WITHDRAWN, at=at)
    mentorship = open_mentorship_of(session, person)
    if mentorship is not None and mentorship.request.cohort_id == cohort.id:
        agreed = mentorship.state is not State.PROPOSED
        action = Action.END if agreed else Action.WITHDRAW
        act(session, mentorship, action, party=Party.NEWCOMER, by=person, at=at)
    session.flush()


def _end_as_mentor(session: Session, person: Person, cohort: Cohort, *, at: datetime) -> None:
    query = (
        select(Mentorship)
        .join(Request, Request.id == Mentorship.request_id)
        .where(
            Mentorship.mentor_id == person.id,
            Mentorship.ended_at.is_(None),
            Request.cohort_id == cohort.id,
        )
    )
    for mentorship in session.scalars(query).all():
        if mentorship.state is State.PROPOSED:
            act(session, mentorship, Action.DECLINE, party=Party.MENTOR, by=person, at=at, code=Code.NOT_NOW)
        else:
            act(session, mentorship, Action.END, party=Party.MENTOR, by=person, at=at)


def _stand_by_nobody(session: Session, person: Person, cohort: Cohort) -> None:
    in_cohort = select(Request.id).where(Request.cohort_id == cohort.id)
    hers = Mentorship.backup_id == person.id, Mentorship.request_id.in_(in_cohort)
    session.execute(update(Mentorship).where(*hers).values(backup_id=None))
