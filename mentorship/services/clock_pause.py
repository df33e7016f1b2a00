"""“Pause the clock until …”: what would fall due meanwhile moves on by as long, and who waits is told."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship.rules.errors import BadInput
from mentorship.rules.lifecycle import State
from mentorship.rules.marking import N_
from mentorship.services.outbox import tell
from mentorship.store.cohorts import Cohort
from mentorship.store.mentorships import HandOver, KnownAlready, Mentorship
from mentorship.store.queries import open_mentorship_of
from mentorship.store.requests import Request, RequestState

LONGEST_DAYS = 120

MOVED = (
    "answer_due_at",
    "hello_due_at",
    "check_in_due_at",
    "close_due_at",
)
"""What the clock waits for in a pair; the two's own dates (a pause, the agreed end) stay theirs."""


def pause_clock(session: Session, cohort: Cohort, until: datetime | None, *, at: datetime) -> None:
    """Let the cohort's clock stand still until then; None, or a moment that has passed, lets it go again.

    Dates that were moved stay where they are: people were told of them.

    Raises
    ------
    BadInput
        It is too far away.
    """
    session.flush()
    session.refresh(cohort, with_for_update=True)
    if until is not None and until > at + timedelta(days=LONGEST_DAYS):
        raise BadInput(
            N_("The clock can be paused for at most %(days)s days."),
            field="clock_paused_until",
            days=LONGEST_DAYS,
        )
    since = max(at, cohort.clock_paused_until or at)
    cohort.clock_paused_until = until
    session.flush()
    if until is not None and until > since:
        _move_on(session, cohort, until - since, at=at)


def _move_on(session: Session, cohort: Cohort, length: timedelta, *, at: datetime) -> None:
    requests = session.scalars(
        select(Request)
        .where(Request.cohort_id == cohort.id, Request.state == RequestState.OPEN)
        .order_by(Request.id)
    ).all()
    for request in requests:
        mentorship = open_mentorship_of(session, request.newcomer)
        if mentorship is not None:
            _move_pair(session, mentorship, length, at=at)
            request.word_due_at = _next_date(mentorship)
        else:
            request.word_due_at = max(request.word_due_at, at) + length
        tell(session, request.newcomer, "clock_paused", at=at, request=request, due=request.word_due_at)
    ours = select(Request.id).where(Request.cohort_id == cohort.id)
    pairs = select(Mentorship.id).where(Mentorship.request_id.in_(ours))
    for hand_over in session.scalars(
        select(HandOver).where(HandOver.closed_at.is_(None), HandOver.mentorship_id.in_(pairs))
    ):
        hand_over.answer_due_at += length
    for known in session.scalars(
        select(KnownAlready).where(KnownAlready.closed_at.is_(None), KnownAlready.request_id.in_(ours))
    ):
        known.ends_at += length
    session.flush()


def _move_pair(session: Session, mentorship: Mentorship, length: timedelta, *, at: datetime) -> None:
    for name in MOVED:
        moment = getattr(mentorship, name)
        if moment is not None:
            setattr(mentorship, name, moment + length)
    if mentorship.state is State.PROPOSED:
        due = mentorship.answer_due_at
        tell(session, mentorship.mentor, "clock_paused", at=at, mentorship=mentorship, due=due)


def _next_date(mentorship: Mentorship) -> datetime:
    """The next date of a pair that its newcomer is told."""
    dates = {
        State.PROPOSED: mentorship.answer_due_at,
        State.ACCEPTED: mentorship.hello_due_at,
        State.PAUSED: mentorship.paused_until,
    }
    wanted = dates.get(mentorship.state) or mentorship.close_due_at or mentorship.agreed_until
    return wanted or mentorship.answer_due_at
