"""What time does to requests: rounds are drafted, who waits is told, the helper question is asked."""

from __future__ import annotations

from datetime import time, timedelta

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import Session

from mentorship.services import handing_over, helper_question, known_already, rounds
from mentorship.services.outbox import tell
from mentorship.services.request_outcomes import ROUND_HOUR, close, round_at, wait_for_word
from mentorship.services.timed.tick import (
    Moment,
    Tick,
    hold_cohort,
    hold_hand_over,
    hold_known,
    hold_request,
    on_requests,
)
from mentorship.store.cohorts import Cohort
from mentorship.store.mentorships import HandOver, KnownAlready, Mentorship
from mentorship.store.people import Person, PersonStatus
from mentorship.store.queries import coordinators_of
from mentorship.store.requests import Outcome, Request, RequestState
from mentorship.store.rounds import Round, RoundState

nobody_is_asked = ~exists().where(
    Mentorship.newcomer_id == Request.newcomer_id, Mentorship.ended_at.is_(None)
)


def _running(moment: Moment) -> Select[int]:
    """The cohort itself, unless it is over."""
    return select(Cohort.id).where(
        Cohort.id == moment.cohort_id, or_(Cohort.ends_on.is_(None), Cohort.ends_on >= moment.at.date())
    )


def _round_date_passed(moment: Moment) -> Select[int]:
    """On its own day a round's date holds until the hour newcomers were told."""
    today = moment.at.date()
    last = today if moment.at.time() >= time(ROUND_HOUR) else today - timedelta(days=1)
    return _running(moment).where(or_(Cohort.next_round_on.is_(None), Cohort.next_round_on <= last))


def _set_round_date(session: Session, cohort: Cohort, moment: Moment) -> None:
    every = timedelta(days=moment.deadlines.round_every_days)
    today = moment.at.date()
    last = cohort.next_round_on or today
    cohort.next_round_on = last + ((today - last) // every + 1) * every
    session.flush()


def _round_to_draft(moment: Moment) -> Select[int]:
    """Its review has come, somebody waits, nobody has a round open, and none was made for this date."""
    review = timedelta(days=moment.deadlines.round_review_days)
    waits = exists().where(
        Request.cohort_id == Cohort.id,
        Request.state == RequestState.OPEN,
        Request.confirm_again.is_(False),
        Person.id == Request.newcomer_id,
        Person.status == PersonStatus.ACTIVE,
        nobody_is_asked,
    )
    started = exists().where(
        Round.cohort_id == Cohort.id,
        or_(
            Round.state.in_((RoundState.COMPUTING, RoundState.DRAFT)),
            Round.started_at >= moment.at - review,
        ),
    )
    return _running(moment).where(Cohort.next_round_on <= (moment.at + review).date(), waits, ~started)


def _draft_round(session: Session, cohort: Cohort, moment: Moment) -> None:
    """The draft itself is computed as every round is; nothing of it is told to those in it."""
    rounds.start_round(session, cohort, by=None, at=moment.at)
    review_by = round_at(cohort, after=moment.at)
    for coordinator in coordinators_of(session, cohort.id):
        tell(session, coordinator, "round_drafted", at=moment.at, due=review_by)


def _without_word(moment: Moment) -> list[ColumnElement[bool]]:
    return [Request.word_due_at <= moment.at, nobody_is_asked]


def _give_word(session: Session, request: Request, moment: Moment) -> None:
    """Tell her how things stand, with the next date; a request nobody confirmed in time is closed, told."""
    if request.confirm_again:
        close(session, request, Outcome.NO_ANSWER, at=moment.at)
    else:
        wait_for_word(session, request, at=moment.at)


def _helper_question(moment: Moment) -> Select[int]:
    return helper_question.requests_to_ask(moment.at).where(Request.cohort_id == moment.cohort_id)


def _ask_helper_question(session: Session, request: Request, moment: Moment) -> None:
    helper_question.ask_now(session, request, at=moment.at)


def _unanswered_hand_over(moment: Moment) -> Select[int]:
    return (
        select(HandOver.id)
        .join(Mentorship, Mentorship.id == HandOver.mentorship_id)
        .join(Request, Request.id == Mentorship.request_id)
        .where(
            Request.cohort_id == moment.cohort_id,
            HandOver.closed_at.is_(None),
            or_(HandOver.answer_due_at <= moment.at, Mentorship.ended_at.is_not(None)),
        )
        .order_by(HandOver.id)
    )


def _give_up_hand_over(session: Session, hand_over: HandOver, moment: Moment) -> None:
    handing_over.give_up(session, hand_over, at=moment.at)


def _words_that_end(moment: Moment) -> Select[int]:
    return (
        select(KnownAlready.id)
        .join(Request, Request.id == KnownAlready.request_id)
        .where(
            Request.cohort_id == moment.cohort_id,
            KnownAlready.closed_at.is_(None),
            KnownAlready.ends_at <= moment.at,
        )
        .order_by(KnownAlready.id)
    )


def _end_word(session: Session, known: KnownAlready, moment: Moment) -> None:
    known_already.give_up(session, known, at=moment.at)


TICKS = {
    "set the date of the next round": Tick(_round_date_passed, Cohort.id, hold_cohort, _set_round_date),
    "draft a round": Tick(_round_to_draft, Cohort.id, hold_cohort, _draft_round),
    "give word": on_requests(_without_word, _give_word),
    "ask the helper question": Tick(_helper_question, Request.id, hold_request, _ask_helper_question),
    "give up a hand-over": Tick(_unanswered_hand_over, HandOver.id, hold_hand_over, _give_up_hand_over),
    "end a word of acquaintance": Tick(_words_that_end, KnownAlready.id, hold_known, _end_word),
}
