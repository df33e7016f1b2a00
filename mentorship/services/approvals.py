"""Approving mentors: never herself, for a while, and taken back at once where it must be."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from mentorship.rules.deadlines import deadlines_of
from mentorship.rules.errors import NotAllowed, NotFound, WrongState
from mentorship.rules.lifecycle import Action, Code, Party
from mentorship.rules.marking import N_
from mentorship.services import audit, handing_over
from mentorship.services.mentorships import act
from mentorship.services.outbox import tell
from mentorship.store.cohorts import Cohort
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Approval, ApprovalState, Offer, OfferCohort
from mentorship.store.people import Person, PersonStatus


def offers_in(session: Session, cohort: Cohort, *, viewer: Person) -> list[tuple[Offer, Approval]]:
    """The offers to mentor in this cohort with how they stand, the oldest first; never her own."""
    query = (
        select(Offer, Approval)
        .join(Approval, Approval.mentor_id == Offer.mentor_id)
        .join(OfferCohort, OfferCohort.mentor_id == Offer.mentor_id)
        .join(Person, Person.id == Offer.mentor_id)
        .where(
            OfferCohort.cohort_id == cohort.id,
            Offer.mentor_id != viewer.id,
            Person.status.in_((PersonStatus.ACTIVE, PersonStatus.HIDDEN)),
        )
        .options(joinedload(Offer.mentor))
        .order_by(Approval.conduct_agreed_at, Offer.mentor_id)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def approval_in(session: Session, cohort: Cohort, mentor_public_id: str) -> Approval:
    """The approval of a mentor who offers in this cohort.

    Raises
    ------
    NotFound
    """
    found = session.scalar(
        select(Approval)
        .join(OfferCohort, OfferCohort.mentor_id == Approval.mentor_id)
        .join(Person, Person.id == Approval.mentor_id)
        .where(
            OfferCohort.cohort_id == cohort.id,
            Person.public_id == mentor_public_id,
            Person.status != PersonStatus.ERASED,
        )
    )
    if found is None:
        raise NotFound("")
    return found


def approve(session: Session, approval: Approval, cohort: Cohort, *, by: Person, at: datetime) -> None:
    """Let her mentor until the approval runs out; approving again renews it.

    Raises
    ------
    NotAllowed
        It is her own.
    """
    mentor = _held(session, approval, by)
    approval.state = ApprovalState.LIVE
    approval.by_id = by.id
    approval.at = at
    approval.until = at + timedelta(days=deadlines_of(cohort.settings).approval_days)
    session.flush()
    tell(session, mentor, "approved", at=at)
    audit.record(session, "approve", actor=by, at=at, kind="approval", person=mentor)


def decline(session: Session, approval: Approval, *, by: Person, at: datetime) -> None:
    """Say kindly that her offer cannot be taken up now.

    Raises
    ------
    NotAllowed, WrongState
        It is her own, or it was decided already.
    """
    mentor = _held(session, approval, by)
    if approval.state is not ApprovalState.APPLIED:
        raise WrongState(N_("This application has been decided already."))
    approval.state = ApprovalState.DECLINED
    approval.by_id = by.id
    approval.at = at
    session.flush()
    tell(session, mentor, "application_declined", at=at)
    audit.record(session, "decline", actor=by, at=at, kind="approval", person=mentor)


def withdraw(session: Session, approval: Approval, *, by: Person, at: datetime) -> None:
    """Take the approval back: her open mentorships are cut in the same transaction.

    Raises
    ------
    NotAllowed, WrongState
        It is her own, or there is none to take back.
    """
    mentor = _held(session, approval, by)
    if approval.state is not ApprovalState.LIVE:
        raise WrongState(N_("There is no approval to take back here."))
    open_ones = select(Mentorship).where(Mentorship.mentor_id == mentor.id, Mentorship.ended_at.is_(None))
    for mentorship in session.scalars(open_ones).all():
        act(
            session,
            mentorship,
            Action.CUT,
            party=Party.SAFETY,
            by=by,
            at=at,
            code=Code.APPROVAL_WITHDRAWN,
        )
    handing_over.give_up_asked_of(session, mentor, at=at)
    session.execute(update(Mentorship).where(Mentorship.backup_id == mentor.id).values(backup_id=None))
    session.flush()
    approval.state = ApprovalState.WITHDRAWN
    approval.by_id = by.id
    approval.at = at
    session.flush()
    audit.record(session, "withdraw_approval", actor=by, at=at, kind="approval", person=mentor)


def _held(session: Session, approval: Approval, by: Person) -> Person:
    """Keep the offer and its approval from changing until the end of the transaction."""
    if approval.mentor_id == by.id:
        raise NotAllowed(N_("Nobody approves herself: another coordinator decides about your offer."))
    session.execute(select(Offer.mentor_id).where(Offer.mentor_id == approval.mentor_id).with_for_update())
    session.refresh(approval, with_for_update=True)
    return session.get_one(Person, approval.mentor_id)
