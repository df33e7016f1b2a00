"""What time does to an ask: a reminder, its end, and the end of a question nobody answered."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, not_
from sqlalchemy.orm import Session

from mentorship.rules.lifecycle import Action, Party, State
from mentorship.services.mentorships import act
from mentorship.services.outbox import tell
from mentorship.services.timed.tick import Moment, is_in, on_mentorships
from mentorship.store.mentorships import Mentorship

question_is_open = and_(Mentorship.question_at.is_not(None), Mentorship.question_answered_at.is_(None))


def _to_remind(moment: Moment) -> list[ColumnElement[bool]]:
    """Once, and only while there is time left to answer."""
    left = moment.deadlines.ask_due_hours - moment.deadlines.ask_reminder_hours
    return [
        is_in(State.PROPOSED),
        not_(question_is_open),
        Mentorship.answer_reminded_at.is_(None),
        Mentorship.answer_due_at <= moment.at + timedelta(hours=left),
        Mentorship.answer_due_at > moment.at,
    ]


def _remind(session: Session, mentorship: Mentorship, moment: Moment) -> None:
    mentorship.answer_reminded_at = moment.at
    due = mentorship.answer_due_at
    tell(
        session,
        mentorship.mentor,
        "ask_reminder",
        at=moment.at,
        mentorship=mentorship,
        newcomer=mentorship.newcomer,
        due=due,
    )


def _to_expire(moment: Moment) -> list[ColumnElement[bool]]:
    return [is_in(State.PROPOSED), not_(question_is_open), Mentorship.answer_due_at <= moment.at]


def _expire(session: Session, mentorship: Mentorship, moment: Moment) -> None:
    act(session, mentorship, Action.EXPIRE, party=Party.CLOCK, by=None, at=moment.at)


def _to_withdraw(moment: Moment) -> list[ColumnElement[bool]]:
    return [is_in(State.PROPOSED), question_is_open, Mentorship.answer_due_at <= moment.at]


def _withdraw(session: Session, mentorship: Mentorship, moment: Moment) -> None:
    act(session, mentorship, Action.WITHDRAW, party=Party.CLOCK, by=None, at=moment.at)


TICKS = {
    "remind of an ask": on_mentorships(_to_remind, _remind),
    "expire": on_mentorships(_to_expire, _expire),
    "withdraw an unanswered question": on_mentorships(_to_withdraw, _withdraw),
}
