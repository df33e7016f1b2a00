"""What time does to mentors: who is silent is asked, then set away; an approval's end is told beforehand."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from mentorship.rules.lifecycle import AGREED, Action, Party, State
from mentorship.services import second_person
from mentorship.services.mentorships import act
from mentorship.services.outbox import tell
from mentorship.services.readers import readers_of_pair
from mentorship.services.timed.tick import Moment, Tick, on_offers
from mentorship.store.mentorships import Mentorship, MentorshipEvent
from mentorship.store.offers import Approval, ApprovalState, Offer, OfferCohort
from mentorship.store.people import LoginSession, Person, PersonStatus
from mentorship.store.queries import coordinators_of
from mentorship.store.together import CheckIn, CheckInAnswer, Message


def no_sign_since(moment: datetime) -> ColumnElement[bool]:
    """Nothing she did since: signed in, wrote, acted, answered, offered."""
    hers = Offer.mentor_id
    return and_(
        Offer.made_at <= moment,
        or_(Offer.heard_at.is_(None), Offer.heard_at <= moment),
        Approval.at <= moment,
        ~exists().where(LoginSession.person_id == hers, LoginSession.seen_at > moment),
        ~exists().where(MentorshipEvent.person_id == hers, MentorshipEvent.at > moment),
        ~exists().where(Message.author_id == hers, Message.at > moment),
        ~exists().where(CheckIn.person_id == hers, CheckIn.answered_at > moment),
    )


def something_waits_for_her(since: datetime) -> ColumnElement[bool]:
    """An ask that ran out, or a pair, older than `since`, of which nobody said that they talk elsewhere."""
    elsewhere = exists().where(
        CheckIn.mentorship_id == Mentorship.id, CheckIn.answer == CheckInAnswer.ELSEWHERE
    )
    waits = exists().where(
        Mentorship.mentor_id == Offer.mentor_id,
        Mentorship.state.in_((State.ACCEPTED, State.ACTIVE)),
        Mentorship.accepted_at <= since,
        ~elsewhere,
    )
    return or_(Offer.silent_since.is_not(None), waits)


def _is_here(at: datetime) -> ColumnElement[bool]:
    return or_(Offer.away_until.is_(None), Offer.away_until <= at)


def _to_ask(moment: Moment) -> list[ColumnElement[bool]]:
    silent = moment.days_ago(moment.deadlines.mentor_silence_days)
    return [
        _is_here(moment.at),
        or_(
            Offer.asked_if_here_at.is_(None),
            Offer.asked_if_here_at <= moment.days_ago(moment.deadlines.mentor_away_days),
        ),
        something_waits_for_her(silent),
        no_sign_since(silent),
    ]


def _ask(session: Session, offer: Offer, moment: Moment) -> None:
    offer.asked_if_here_at = moment.at
    tell(session, offer.mentor, "still_here", at=moment.at)


def _to_set_away(moment: Moment) -> list[ColumnElement[bool]]:
    """Asked long enough ago, and still no sign of life."""
    deadlines = moment.deadlines
    answered_by = moment.days_ago(max(1, deadlines.mentor_away_days - deadlines.mentor_silence_days))
    return [
        _is_here(moment.at),
        Offer.asked_if_here_at <= answered_by,
        no_sign_since(moment.days_ago(deadlines.mentor_away_days)),
    ]


def _set_away(session: Session, offer: Offer, moment: Moment) -> None:
    """Away until she comes back: unanswered asks go on at once, her pairs see their backup."""
    offer.away_until = moment.in_days(366)
    offer.asked_if_here_at = None
    session.flush()
    tell(session, offer.mentor, "set_away", at=moment.at)
    hers = select(Mentorship).where(Mentorship.mentor_id == offer.mentor_id, Mentorship.ended_at.is_(None))
    for mentorship in session.scalars(hers.order_by(Mentorship.id)).all():
        if mentorship.state is State.PROPOSED:
            act(session, mentorship, Action.EXPIRE, party=Party.CLOCK, by=None, at=moment.at)
        elif mentorship.state in AGREED:
            _tell_readers(session, mentorship, at=moment.at)
    second_person.tell_of_absence(session, offer.mentor, at=moment.at)


def _tell_readers(session: Session, mentorship: Mentorship, *, at: datetime) -> None:
    for coordinator in readers_of_pair(session, mentorship):
        tell(session, coordinator, "mentor_set_away", at=at, mentorship=mentorship, mentor=mentorship.mentor)


def _approvals_that_end(moment: Moment) -> Select[int]:
    return (
        select(Approval.mentor_id)
        .join(OfferCohort, OfferCohort.mentor_id == Approval.mentor_id)
        .join(Person, Person.id == Approval.mentor_id)
        .where(
            OfferCohort.cohort_id == moment.cohort_id,
            Person.status.not_in((PersonStatus.ERASED, PersonStatus.SUSPENDED)),
            Approval.state == ApprovalState.LIVE,
            Approval.until > moment.at,
            Approval.until <= moment.in_days(moment.deadlines.approval_notice_days),
            or_(Approval.end_told_for.is_(None), Approval.end_told_for != Approval.until),
        )
        .order_by(Approval.mentor_id)
    )


def _hold_approval(session: Session, row_id: int) -> Approval:
    return session.get_one(Approval, row_id, with_for_update=True, populate_existing=True)


def _tell_of_end(session: Session, approval: Approval, moment: Moment) -> None:
    approval.end_told_for = until = approval.until
    if until is None:
        return
    mentor = session.get_one(Person, approval.mentor_id)
    tell(session, mentor, "approval_ends", at=moment.at, due=until)
    for coordinator in coordinators_of(session, moment.cohort_id, but_not=[mentor.id]):
        tell(session, coordinator, "approval_of_ends", at=moment.at, mentor=mentor, due=until)


TICKS = {
    "ask a silent mentor": on_offers(_to_ask, _ask),
    "set a silent mentor away": on_offers(_to_set_away, _set_away),
    "tell of an approval's end": Tick(_approvals_that_end, Approval.mentor_id, _hold_approval, _tell_of_end),
}
