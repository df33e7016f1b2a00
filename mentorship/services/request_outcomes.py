"""What becomes of a request: it waits with a date she was told, or closes with an outcome."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from sqlalchemy.orm import Session

from mentorship.rules.deadlines import deadlines_of
from mentorship.services.helper_question import ask_at_closing
from mentorship.services.outbox import tell
from mentorship.store.cohorts import Cohort
from mentorship.store.requests import Outcome, Request, RequestState


def next_word_at(cohort: Cohort, *, at: datetime) -> datetime:
    """The date someone who waits in `cohort` is told: the next round, at most `word_days` away."""
    latest = at + timedelta(days=deadlines_of(cohort.settings).word_days)
    if cohort.next_round_on is None:
        return latest
    round_at = datetime.combine(cohort.next_round_on, time(18), tzinfo=UTC)
    return min(round_at, latest) if round_at > at else latest


def wait_for_word(session: Session, request: Request, *, at: datetime, told: bool = True) -> None:
    """Let the request wait, its turn kept, with the next date; she is told unless the page says it anyway."""
    if request.state is not RequestState.OPEN:
        return
    request.word_due_at = next_word_at(request.cohort, at=at)
    if told:
        tell(session, request.newcomer, "waiting", at=at, request=request, due=request.word_due_at)


def close(session: Session, request: Request, outcome: Outcome, *, at: datetime) -> None:
    """Close the request with its outcome."""
    request.state = RequestState.CLOSED
    request.outcome = outcome
    request.closed_at = at
    request.confirm_again = False
    request.needs_coordinator = False
    if outcome is not Outcome.ERASED:
        ask_at_closing(session, request.newcomer, request, at=at)
    if outcome in (Outcome.WITHDRAWN, Outcome.NO_ANSWER):
        tell(session, request.newcomer, "request_closed", at=at, request=request)
