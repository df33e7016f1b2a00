"""The table at the end of a simulated year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import mean

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from mentorship.rules.lifecycle import Action, Code
from mentorship.store.mentorships import Mentorship, MentorshipEvent
from mentorship.store.requests import Outcome, Request

OLD_ENOUGH_DAYS = 30
"""Times to an answer are counted over requests at least so old: the youngest are still on their way."""

ANSWERS = (Action.ACCEPT, Action.DECLINE, Action.QUESTION)


def table(engine: Engine, *, at: datetime) -> dict[str, object]:
    """Figures of all requests and mentorships; times in hours, shares from 0 to 1."""
    with Session(engine) as session:
        opened = {row.id: row.opened_at for row in session.scalars(select(Request))}
        events = session.execute(
            select(Mentorship.request_id, MentorshipEvent.action, MentorshipEvent.code, MentorshipEvent.at)
            .join(Mentorship, Mentorship.id == MentorshipEvent.mentorship_id)
            .order_by(MentorshipEvent.id)
        ).all()
        counts = Counter(action for _, action, _, _ in events)
        old = [request for request, when in opened.items() if when <= at - timedelta(days=OLD_ENOUGH_DAYS)]
        answers = _first(events, opened, ANSWERS)
        yeses = _first(events, opened, (Action.ACCEPT,))
        asks = _ask_to_answer(session, at)
        passed = {request for request, action, code, _ in events if code is Code.PASSED_ON}
        return {
            "first_answer_median_hours": quantile([answers.get(each) for each in old], 0.5),
            "first_answer_p90_hours": quantile([answers.get(each) for each in old], 0.9),
            "ask_to_answer_median_hours": quantile(asks, 0.5),
            "ask_to_answer_p90_hours": quantile(asks, 0.9),
            "first_yes_median_hours": quantile([yeses.get(each) for each in old], 0.5),
            "first_yes_p90_hours": quantile([yeses.get(each) for each in old], 0.9),
            "share_ever_paired": _share(len(yeses), len(opened)),
            "share_passed_on": _share(len(passed), len(opened)),
            "share_expired": _share(counts[Action.EXPIRE], counts[Action.PROPOSE]),
            "share_lapsed": _share(counts[Action.LAPSE], counts[Action.ACCEPT]),
            "acts": {str(action): times for action, times in sorted(counts.items())},
            "outcomes": _outcomes(session),
            "load": _load(session),
        }


def quantile(hours: Sequence[float | None], share: float) -> float | None:
    """The smallest time within which that share was answered; None when fewer were answered at all.

    Examples
    --------
    >>> quantile([1.0, 2.0, 4.0, None], 0.5), quantile([1.0, 2.0, 4.0, None], 0.9)
    (2.0, None)
    """
    given = sorted(each for each in hours if each is not None)
    needed = -int(-len(hours) * share // 1)
    return round(given[needed - 1], 1) if 0 < needed <= len(given) else None


def _first(
    events: Sequence[tuple[int, Action, Code, datetime]],
    opened: dict[int, datetime],
    actions: tuple[Action, ...],
) -> dict[int, float]:
    found: dict[int, float] = {}
    for request, action, _, at in events:
        if action in actions and request not in found:
            found[request] = (at - opened[request]).total_seconds() / 3600
    return found


def _ask_to_answer(session: Session, at: datetime) -> list[float | None]:
    """Hours from each ask to what the mentor said; None where she never did, or the ask was taken back."""
    old = at - timedelta(days=OLD_ENOUGH_DAYS)
    said = (
        select(func.min(MentorshipEvent.at))
        .where(MentorshipEvent.mentorship_id == Mentorship.id, MentorshipEvent.action.in_(ANSWERS))
        .scalar_subquery()
    )
    rows = session.execute(select(Mentorship.proposed_at, said).where(Mentorship.proposed_at <= old)).all()
    return [
        None if answered is None else (answered - asked).total_seconds() / 3600 for asked, answered in rows
    ]


def _outcomes(session: Session) -> dict[str, int]:
    rows = session.execute(select(Request.outcome, func.count()).group_by(Request.outcome)).all()
    return {str(outcome) if isinstance(outcome, Outcome) else "open": times for outcome, times in rows}


def _load(session: Session) -> dict[str, float]:
    """How many newcomers said-yes-to a mentor has had, over those who were asked at all."""
    yes = func.count(Mentorship.accepted_at)
    rows = session.execute(select(yes, func.count()).group_by(Mentorship.mentor_id)).all()
    if not rows:
        return {}
    return {
        "mentors_asked": len(rows),
        "asks_mean": round(mean(asks for _, asks in rows), 2),
        "asks_most": max(asks for _, asks in rows),
        "yes_mean": round(mean(yeses for yeses, _ in rows), 2),
        "yes_most": max(yeses for yeses, _ in rows),
    }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None
