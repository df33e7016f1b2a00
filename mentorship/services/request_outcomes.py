"""What becomes of a request: it waits with a date she was told, or closes with an outcome."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from sqlalchemy.orm import Session

from mentorship.rules.deadlines import deadlines_of, due
from mentorship.services.helper_question import ask_at_closing
from mentorship.services.outbox import tell
from mentorship.store.cohorts import Cohort
from mentorship.store.requests import Outcome, Request, RequestState

ROUND_HOUR = 18
"""UTC; by then who waits has been told of a round on its day."""


def next_word_at(cohort: Cohort, *, at: datetime) -> datetime:
    """The date someone who waits in `cohort` is told: the next round, at most `word_days` away."""
    latest = due(at, cohort.clock_paused_until, days=deadlines_of(cohort.settings).word_days)
    if cohort.next_round_on is None:
        return latest
    return min(latest, round_at(cohort, after=max(at, cohort.clock_paused_until or at)))


def round_at(cohort: Cohort, *, after: datetime) -> datetime:
    """When the next round of `cohort` is that comes after that moment; rounds come at regular dates."""
    every = timedelta(days=deadlines_of(cohort.settings).round_every_days)
    moment = datetime.combine(cohort.next_round_on or after.date() + every, time(ROUND_HOUR), tzinfo=UTC)
    if moment <= after:
        moment += ((after - moment) // every + 1) * every
    return moment


def wait_for_word(
    session: Session, request: Request, *, at: datetime, told: bool = True, kind: str = "waiting"
) -> None:
    """Let the request wait, its turn kept, with the next date; she is told unless the page says it anyway."""
    if request.state is not RequestState.OPEN:
        return
    request.word_due_at = next_word_at(request.cohort, at=at)
    if told:
        tell(session, request.newcomer, kind, at=at, request=request, due=request.word_due_at)


def close(session: Session, request: Request, outcome: Outcome, *, at: datetime) -> None:
    """Close the request with its outcome."""
    request.state = RequestState.CLOSED
    request.outcome = outcome
    request.closed_at = at
    request.confirm_again = False
    request.needs_coordinator = False
    request.in_circle = False
    if outcome is not Outcome.ERASED:
        ask_at_closing(session, request.newcomer, request, at=at)
    if outcome in (Outcome.WITHDRAWN, Outcome.NO_ANSWER):
        tell(session, request.newcomer, "request_closed", at=at, request=request)
