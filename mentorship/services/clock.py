"""What time does: every act that is due, one unit of work each, safe to run twice and to catch up.

`due` only reads; `carry_out` holds the row and asks the same question again, so that of two clocks at once
one does the act and the other finds it done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mentorship.rules.deadlines import deadlines_of
from mentorship.services.timed import asks, conversations, mentors, onward, pairs, requests
from mentorship.services.timed.tick import Moment
from mentorship.store.cohorts import Cohort

TICKS = {
    **asks.TICKS,
    **pairs.TICKS,
    **mentors.TICKS,
    **requests.TICKS,
    **conversations.TICKS,
    **onward.TICKS,
}
"""Name to what finds the rows that are due, and what is done to one of them; in the order it is done."""

DRAFT = "draft a round"
"""The act after which a round waits to be computed."""


@dataclass(frozen=True, slots=True)
class Due:
    """One act that is due: its name, the row it is about, and the cohort whose clock it is."""

    name: str
    row_id: int
    cohort_id: int


def due(session: Session, *, at: datetime) -> list[Due]:
    """Everything that is due at `at`; nothing of a cohort whose clock stands still."""
    running = or_(Cohort.clock_paused_until.is_(None), Cohort.clock_paused_until <= at)
    moments = [
        Moment(at, deadlines_of(cohort.settings), cohort.id)
        for cohort in session.scalars(select(Cohort).where(running).order_by(Cohort.id))
    ]
    return [
        Due(name, row_id, moment.cohort_id)
        for name, tick in TICKS.items()
        for moment in moments
        for row_id in session.scalars(tick.find(moment))
    ]


def carry_out(session: Session, what: Due, *, at: datetime) -> bool:
    """Do one act that is due; False, and nothing done, when someone else was faster."""
    tick = TICKS[what.name]
    cohort = session.get_one(Cohort, what.cohort_id)
    if cohort.clock_paused_until is not None and cohort.clock_paused_until > at:
        return False
    moment = Moment(at, deadlines_of(cohort.settings), cohort.id)
    row = tick.hold(session, what.row_id)
    if session.scalar(tick.find(moment).where(tick.key == what.row_id)) is None:
        return False
    tick.do(session, row, moment)
    return True
