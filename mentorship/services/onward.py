"""Passing it on: after a good closing she is invited, once, to stand by others; a no is for good."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from mentorship.rules.lifecycle import State
from mentorship.services.outbox import tell
from mentorship.store.cohorts import Cohort
from mentorship.store.growth import Onward, OnwardKind
from mentorship.store.help import Help
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Approval, ApprovalState, Offer
from mentorship.store.people import Person, PersonStatus
from mentorship.store.requests import Request
from mentorship.store.safety import Report

NOTICE = {OnwardKind.BACKUP: "invited_as_backup", OnwardKind.MENTOR: "invited_as_mentor"}


def invite(session: Session, person: Person, kind: OnwardKind, *, at: datetime) -> None:
    """Invite her, once; doing it again changes nothing."""
    session.refresh(person, with_for_update=True)
    if session.get(Onward, (person.id, kind)) is not None:
        return
    session.add(Onward(person_id=person.id, kind=kind, told_at=at))
    tell(session, person, NOTICE[kind], at=at)
    session.flush()


def invitation_for(session: Session, person: Person) -> OnwardKind | None:
    """What she is invited to and has neither taken up nor said no to."""
    for kind, fits in ((OnwardKind.MENTOR, may_mentor()), (OnwardKind.BACKUP, may_back_up())):
        row = session.get(Onward, (person.id, kind))
        still = select(Person.id).where(Person.id == person.id, fits)
        if row is not None and row.closed_at is None and session.scalar(still) is not None:
            return kind
    return None


def say_no(session: Session, person: Person, *, at: datetime) -> None:
    """Close every invitation of hers; she is not asked again."""
    session.refresh(person, with_for_update=True)
    for kind in OnwardKind:
        row = session.get(Onward, (person.id, kind))
        if row is None:
            session.add(Onward(person_id=person.id, kind=kind, told_at=at, closed_at=at))
        else:
            row.closed_at = row.closed_at or at
    session.flush()


def may_back_up() -> ColumnElement[bool]:
    """Of a query of people: she completed a mentorship as the newcomer, and has not offered anything.

    Never someone who asks for help again, or who told that something is wrong.
    """
    completed = exists().where(Mentorship.newcomer_id == Person.id, Mentorship.state == State.COMPLETED)
    asks = exists().where(Request.newcomer_id == Person.id, Request.outcome.is_(None))
    told = exists().where(Report.by_id == Person.id)
    offers = exists().where(Offer.mentor_id == Person.id)
    here = Person.status == PersonStatus.ACTIVE
    return and_(here, completed, ~asks, ~told, ~offers)


def may_mentor() -> ColumnElement[bool]:
    """Of a query of people: she came as a newcomer, and is an approved backup without a place of her own."""
    completed = exists().where(Mentorship.newcomer_id == Person.id, Mentorship.state == State.COMPLETED)
    backup = exists().where(Offer.mentor_id == Person.id, Offer.backup.is_(True), Offer.capacity == 0)
    approved = exists().where(Approval.mentor_id == Person.id, Approval.state == ApprovalState.LIVE)
    told = exists().where(Report.by_id == Person.id)
    here = Person.status == PersonStatus.ACTIVE
    return and_(here, completed, backup, approved, ~told)


def passed_on(session: Session, cohort: Cohort) -> tuple[int, int]:
    """How many newcomers of the cohort completed a mentorship, and how many of them help others since.

    To help is to have been approved as a mentor or backup, to have said yes to a newcomer, or to be someone
    another person names as a helper. The erased count among the first, and where their help is still known.
    """
    completed = (
        select(Mentorship.newcomer_id)
        .distinct()
        .join(Request, Request.id == Mentorship.request_id)
        .where(Request.cohort_id == cohort.id, Mentorship.state == State.COMPLETED)
    )
    everyone = select(func.count()).select_from(completed.subquery())
    mentored = select(Mentorship.mentor_id).where(Mentorship.accepted_at.is_not(None))
    approved = select(Approval.mentor_id).where(Approval.at.is_not(None))
    named = select(Help.helper_id).where(Help.helper_id.is_not(None), Help.removed_at.is_(None))
    helping = select(func.count()).where(
        Person.id.in_(completed),
        or_(Person.id.in_(mentored), Person.id.in_(approved), Person.id.in_(named)),
    )
    return session.scalar(everyone) or 0, session.scalar(helping) or 0
