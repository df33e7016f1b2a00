"""What time does to a pair: the hello, check-ins, the end of a pause, the agreed end."""

from __future__ import annotations

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from mentorship.rules.deadlines import due
from mentorship.rules.lifecycle import Action, Party, State
from mentorship.services import check_ins
from mentorship.services.mentorships import act
from mentorship.services.outbox import tell
from mentorship.services.readers import readers_of_pair
from mentorship.services.timed.tick import Do, Moment, is_in, on_mentorships
from mentorship.store.mentorships import Mentorship


def _hello_to_remind(moment: Moment) -> list[ColumnElement[bool]]:
    left = moment.deadlines.hello_due_days - moment.deadlines.hello_reminder_days
    return [
        is_in(State.ACCEPTED),
        Mentorship.hello_reminded_at.is_(None),
        Mentorship.hello_due_at <= moment.in_days(left),
    ]


def _remind_of_hello(session: Session, mentorship: Mentorship, moment: Moment) -> None:
    mentorship.hello_reminded_at = moment.at
    mentor, newcomer = mentorship.mentor, mentorship.newcomer
    tell(session, mentor, "hello_reminder", at=moment.at, mentorship=mentorship, newcomer=newcomer)


def _hello_is_late(moment: Moment) -> list[ColumnElement[bool]]:
    left = moment.deadlines.hello_due_days - moment.deadlines.hello_told_days
    return [
        is_in(State.ACCEPTED),
        Mentorship.coordinator_told_at.is_(None),
        Mentorship.hello_due_at <= moment.in_days(left),
    ]


def _tell_coordinator(session: Session, mentorship: Mentorship, moment: Moment) -> None:
    """A coordinator has as long as ever to look into it, even when the clock itself was late."""
    deadlines, request = moment.deadlines, mentorship.request
    left = deadlines.hello_due_days - deadlines.hello_told_days
    late = due(moment.at, request.cohort.clock_paused_until, days=left)
    mentorship.coordinator_told_at = moment.at
    mentorship.hello_due_at = max(mentorship.hello_due_at or late, late)
    request.word_due_at = mentorship.hello_due_at
    readers = readers_of_pair(session, mentorship)
    for coordinator in readers:
        tell(session, coordinator, "no_hello", at=moment.at, mentorship=mentorship)
    tell(
        session,
        mentorship.newcomer,
        "hello_late" if readers else "hello_late_alone",
        at=moment.at,
        mentorship=mentorship,
        mentor=mentorship.mentor,
        due=mentorship.hello_due_at,
    )


def _to_lapse(moment: Moment) -> list[ColumnElement[bool]]:
    """Only after a coordinator was told."""
    return [
        is_in(State.ACCEPTED),
        Mentorship.coordinator_told_at.is_not(None),
        Mentorship.hello_due_at <= moment.at,
    ]


def _to_check_in(moment: Moment) -> list[ColumnElement[bool]]:
    return [is_in(State.ACCEPTED, State.ACTIVE), Mentorship.check_in_due_at <= moment.at]


def _check_in(session: Session, mentorship: Mentorship, moment: Moment) -> None:
    check_ins.ask(session, mentorship, at=moment.at)


def _to_resume(moment: Moment) -> list[ColumnElement[bool]]:
    return [is_in(State.PAUSED), Mentorship.paused_until <= moment.at]


def _at_their_end(moment: Moment) -> list[ColumnElement[bool]]:
    return [
        is_in(State.ACTIVE, State.PAUSED),
        Mentorship.agreed_until <= moment.at,
        Mentorship.close_due_at.is_(None),
    ]


def _ask_how_to_close(session: Session, mentorship: Mentorship, moment: Moment) -> None:
    request = mentorship.request
    closes = due(moment.at, request.cohort.clock_paused_until, days=moment.deadlines.closing_days)
    mentorship.close_due_at = request.word_due_at = closes
    newcomer, mentor = mentorship.newcomer, mentorship.mentor
    for one, other in ((newcomer, mentor), (mentor, newcomer)):
        tell(session, one, "agreed_end", at=moment.at, mentorship=mentorship, other=other, due=closes)


def _to_close(moment: Moment) -> list[ColumnElement[bool]]:
    return [is_in(State.ACTIVE, State.PAUSED), Mentorship.close_due_at <= moment.at]


def _carry_out(action: Action) -> Do:
    def do(session: Session, mentorship: Mentorship, moment: Moment) -> None:
        act(session, mentorship, action, party=Party.CLOCK, by=None, at=moment.at)

    return do


TICKS = {
    "resume": on_mentorships(_to_resume, _carry_out(Action.RESUME)),
    "remind of the hello": on_mentorships(_hello_to_remind, _remind_of_hello),
    "tell a coordinator of no hello": on_mentorships(_hello_is_late, _tell_coordinator),
    "lapse": on_mentorships(_to_lapse, _carry_out(Action.LAPSE)),
    "check in": on_mentorships(_to_check_in, _check_in),
    "ask at the agreed end": on_mentorships(_at_their_end, _ask_how_to_close),
    "close": on_mentorships(_to_close, _carry_out(Action.CLOSE)),
}
