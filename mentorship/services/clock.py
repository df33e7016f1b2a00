"""What time does: every act that is due, one unit of work each, safe to run twice and to catch up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mentorship.rules.deadlines import deadlines_of
from mentorship.rules.lifecycle import Action, Party, State
from mentorship.services.mentorships import act
from mentorship.services.request_outcomes import close, wait_for_word
from mentorship.store.cohorts import Cohort
from mentorship.store.mentorships import Mentorship
from mentorship.store.queries import open_mentorship_of
from mentorship.store.requests import Outcome, Request, RequestState


@dataclass(frozen=True, slots=True)
class Due:
    """One act that is due: its name and the row it is about."""

    name: str
    row_id: int


def due(session: Session, *, at: datetime) -> list[Due]:
    """Everything that is due at `at`, oldest first; nothing of a cohort whose clock stands still."""
    return [Due(name, row) for name, (find, _) in TICKS.items() for row in find(session, at)]


def carry_out(session: Session, what: Due, *, at: datetime) -> None:
    """Do one act that is due; does nothing when someone else was faster."""
    TICKS[what.name][1](session, what.row_id, at)


def _mentorships(session: Session, at: datetime, state: tuple[State, ...], *when: object) -> Iterable[int]:
    running = or_(Cohort.clock_paused_until.is_(None), Cohort.clock_paused_until <= at)
    query = (
        select(Mentorship.id)
        .join(Request, Request.id == Mentorship.request_id)
        .join(Cohort)
        .where(Mentorship.state.in_(state), running, *when)  # type: ignore[arg-type]
        .order_by(Mentorship.id)
    )
    return session.scalars(query).all()


def _unanswered(session: Session, at: datetime) -> Iterable[int]:
    return _mentorships(session, at, (State.PROPOSED,), Mentorship.answer_due_at <= at)


def _without_hello(session: Session, at: datetime) -> Iterable[int]:
    return _mentorships(session, at, (State.ACCEPTED,), Mentorship.hello_due_at <= at)


def _paused_long_enough(session: Session, at: datetime) -> Iterable[int]:
    return _mentorships(session, at, (State.PAUSED,), Mentorship.paused_until <= at)


def _past_their_end(session: Session, at: datetime) -> Iterable[int]:
    """Candidates only: how long a cohort waits for an answer is looked at one by one."""
    return _mentorships(session, at, (State.ACTIVE, State.PAUSED), Mentorship.agreed_until <= at)


def _act(action: Action) -> Callable[[Session, int, datetime], None]:
    def do(session: Session, row_id: int, at: datetime) -> None:
        mentorship = session.get_one(Mentorship, row_id, with_for_update=True)
        if row_id in TICKS[action][0](session, at):
            act(session, mentorship, action, party=Party.CLOCK, by=None, at=at)

    return do


def _close(session: Session, row_id: int, at: datetime) -> None:
    mentorship = session.get_one(Mentorship, row_id, with_for_update=True)
    waits = timedelta(days=deadlines_of(mentorship.request.cohort.settings).closing_days)
    if (
        row_id in _past_their_end(session, at)
        and mentorship.agreed_until
        and mentorship.agreed_until + waits <= at
    ):
        act(session, mentorship, Action.CLOSE, party=Party.CLOCK, by=None, at=at)


def _without_word(session: Session, at: datetime) -> Iterable[int]:
    """Open requests whose date has come, with nobody asked."""
    query = select(Request.id).where(Request.state == RequestState.OPEN, Request.word_due_at <= at)
    return session.scalars(query.order_by(Request.id)).all()


def _give_word(session: Session, row_id: int, at: datetime) -> None:
    """Tell her how things stand, with the next date; a request nobody confirmed in time is closed, told."""
    request = session.get_one(Request, row_id, with_for_update=True)
    if row_id not in _without_word(session, at) or open_mentorship_of(session, request.newcomer) is not None:
        return
    if request.confirm_again:
        close(session, request, Outcome.NO_ANSWER, at=at)
    else:
        wait_for_word(session, request, at=at)


Finder = Callable[[Session, datetime], Iterable[int]]
Doer = Callable[[Session, int, datetime], None]

TICKS: dict[str, tuple[Finder, Doer]] = {
    Action.EXPIRE: (_unanswered, _act(Action.EXPIRE)),
    Action.LAPSE: (_without_hello, _act(Action.LAPSE)),
    Action.RESUME: (_paused_long_enough, _act(Action.RESUME)),
    Action.CLOSE: (_past_their_end, _close),
    "word": (_without_word, _give_word),
}
"""Name to what finds the rows that are due, and what is done to one of them."""
