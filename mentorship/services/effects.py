"""What each act changes beside the state, whom it tells, and what follows for the request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from mentorship.rules.deadlines import Deadlines, deadlines_of, due, next_check_in_day
from mentorship.rules.errors import BadInput, NotPossible
from mentorship.rules.lifecycle import Action, Code, Party
from mentorship.rules.marking import N_
from mentorship.services import passing_on
from mentorship.services.backups import choose_backup
from mentorship.services.outbox import tell
from mentorship.services.request_outcomes import close, wait_for_word
from mentorship.store.conflicts import NOT_POSSIBLE
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person, PersonStatus
from mentorship.store.queries import is_blocked
from mentorship.store.requests import Outcome, RequestState

LONGEST_WEEKS = 24
"""No pause and no extension reaches further than this from now."""

Follow = Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Circumstances:
    party: Party
    by: Person | None
    at: datetime
    code: Code
    until: datetime | None


class Change:
    """An act on the way: the mentorship and everything known about the act."""

    def __init__(self, session: Session, mentorship: Mentorship, action: Action, **facts: object) -> None:
        self.session = session
        self.mentorship = mentorship
        self.action = action
        self.facts = _Circumstances(**facts)  # type: ignore[arg-type]
        self.request = mentorship.request

    @property
    def at(self) -> datetime:
        return self.facts.at

    @property
    def deadlines(self) -> Deadlines:
        return deadlines_of(self.request.cohort.settings)

    def due(self, **length: int) -> datetime:
        """When something that starts now is due, the cohort's pause considered."""
        return due(self.at, self.request.cohort.clock_paused_until, **length)

    def tell(self, person: Person, kind: str, **values: Any) -> None:
        tell(self.session, person, kind, at=self.at, mentorship=self.mentorship, **values)

    def tell_both(self, kind: str, **values: Person | datetime) -> None:
        """Tell each of the two, naming the other."""
        newcomer, mentor = self.mentorship.newcomer, self.mentorship.mentor
        self.tell(newcomer, kind, other=mentor, **values)
        self.tell(mentor, kind, other=newcomer, **values)

    def until_within(self, earliest: datetime, sentence: str) -> datetime:
        """The date the act names, after `earliest` and not too far off."""
        until = self.facts.until
        if until is None or not earliest < until <= self.at + timedelta(weeks=LONGEST_WEEKS):
            raise BadInput(sentence, field="until", weeks=LONGEST_WEEKS)
        return until


def carry_out(change: Change) -> Follow:
    """Make the change; returns what is to follow once it stands in the database."""
    return EFFECTS[change.action](change)


def _nothing() -> None:
    return None


def _accept(change: Change) -> Follow:
    mentorship = change.mentorship
    if is_blocked(change.session, mentorship.newcomer_id, mentorship.mentor_id):
        raise NotPossible(NOT_POSSIBLE)
    mentorship.accepted_at = change.at
    mentorship.hello_due_at = change.due(days=change.deadlines.hello_due_days)
    mentorship.backup = choose_backup(change.session, mentorship, at=change.at)
    mentorship.check_in_due_at = change.due(days=next_check_in_day(0, change.deadlines))
    change.request.word_due_at = mentorship.hello_due_at
    hello_by = change.due(days=change.deadlines.hello_reminder_days)
    told_by = change.due(days=change.deadlines.hello_told_days)
    change.tell(mentorship.newcomer, "accepted", mentor=mentorship.mentor, due=told_by)
    change.tell(mentorship.mentor, "say_hello", newcomer=mentorship.newcomer, due=hello_by)
    return _nothing


def _decline(change: Change) -> Follow:
    if change.facts.code not in (Code.NOT_NOW, Code.NOT_THE_RIGHT_ONE):
        raise BadInput(N_("Please choose “not now” or “not the right one”."), field="code")
    return lambda: passing_on.go_on(
        change.session, change.request, at=change.at, after=change.mentorship.mentor
    )


def _expire(change: Change) -> Follow:
    mentorship = change.mentorship
    change.tell(mentorship.mentor, "turn_passed", newcomer=mentorship.newcomer)
    return lambda: passing_on.go_on(
        change.session, change.request, at=change.at, after=mentorship.mentor, silent=True
    )


def _withdraw(change: Change) -> Follow:
    """By the clock: the mentor's question was not answered."""
    mentorship, by_clock = change.mentorship, change.facts.party is Party.CLOCK
    kind = "question_unanswered" if by_clock else "ask_withdrawn"
    change.tell(mentorship.mentor, kind, newcomer=mentorship.newcomer)
    if not by_clock:
        return lambda: wait_for_word(change.session, change.request, at=change.at, kind="waiting_again")
    return lambda: _wait_without_answer(change)


def _wait_without_answer(change: Change) -> None:
    wait_for_word(change.session, change.request, at=change.at, told=False)
    mentorship = change.mentorship
    due_at = change.request.word_due_at
    change.tell(mentorship.newcomer, "question_withdrawn", mentor=mentorship.mentor, due=due_at)


def _begin(change: Change) -> Follow:
    mentorship = change.mentorship
    mentorship.began_at = change.at
    mentorship.agreed_until = change.due(weeks=change.deadlines.length_weeks)
    change.request.word_due_at = mentorship.agreed_until
    change.tell_both("began", due=mentorship.agreed_until)
    return _nothing


def _lapse(change: Change) -> Follow:
    change.tell_both("lapsed")
    return lambda: _confirm_first(change)


def _pause(change: Change) -> Follow:
    sentence = N_("Please give a date after today and at most %(weeks)s weeks away.")
    until = change.until_within(change.at, sentence)
    mentorship = change.mentorship
    mentorship.paused_until = until
    assert mentorship.agreed_until is not None  # noqa: S101 - the schema holds it for an active one
    mentorship.agreed_until += until - change.at
    mentorship.close_due_at = None
    change.request.word_due_at = until
    change.tell_both("paused", due=until)
    return _nothing


def _resume(change: Change) -> Follow:
    mentorship = change.mentorship
    assert mentorship.agreed_until is not None  # noqa: S101 - the schema holds both for a paused one
    assert mentorship.paused_until is not None  # noqa: S101
    mentorship.agreed_until -= max(mentorship.paused_until - change.at, timedelta())
    mentorship.paused_until = None
    change.request.word_due_at = mentorship.agreed_until
    change.tell_both("resumed", due=mentorship.agreed_until)
    return _nothing


def _extend(change: Change) -> Follow:
    mentorship = change.mentorship
    assert mentorship.agreed_until is not None  # noqa: S101 - the schema holds it for a live one
    sentence = N_("Please give a date after the one you agreed on, and at most %(weeks)s weeks away.")
    mentorship.agreed_until = change.until_within(mentorship.agreed_until, sentence)
    mentorship.close_due_at = None
    change.request.word_due_at = mentorship.agreed_until
    change.tell_both("extended", due=mentorship.agreed_until)
    return _nothing


def _complete(change: Change) -> Follow:
    change.tell_both("completed")
    return lambda: close(change.session, change.request, Outcome.FULFILLED, at=change.at)


def _end(change: Change) -> Follow:
    """Whoever did not end it is told.

    The newcomer is asked whether she wants to go on when it was she who ended it, or when neither of the two
    answered at the agreed end.
    """
    mentorship, by = change.mentorship, change.facts.by
    for person in (mentorship.newcomer, mentorship.mentor):
        if by is None or person.id != by.id:
            change.tell(person, "ended")
    if change.facts.party in (Party.NEWCOMER, Party.CLOCK):
        return lambda: _confirm_first(change, "look_on")
    return lambda: wait_for_word(change.session, change.request, at=change.at, kind="waiting_again")


def _cut(change: Change) -> Follow:
    """Block, erasure, suspension, approval withdrawn: the one who did it needs no word of it.

    A newcomer who blocks has ended it herself: she is asked, and nobody new is proposed to her before.
    """
    mentorship, by = change.mentorship, change.facts.by
    for person in (mentorship.newcomer, mentorship.mentor):
        if by is None or person.id != by.id:
            change.tell(person, "ended")
    if mentorship.newcomer.status in (PersonStatus.ERASED, PersonStatus.SUSPENDED):
        return _nothing
    if change.facts.code is Code.BLOCK and by is not None and by.id == mentorship.newcomer_id:
        return lambda: _confirm_first(change, "look_on")
    return lambda: wait_for_word(change.session, change.request, at=change.at, kind="waiting_again")


def _confirm_first(change: Change, kind: str = "go_on") -> None:
    """She is asked whether she wants to go on before anyone else is; with the same mentor after a lapse."""
    request = change.request
    if request.state is not RequestState.OPEN:
        return
    request.confirm_again = True
    request.word_due_at = change.due(days=change.deadlines.lapsed_silence_days)
    tell(change.session, request.newcomer, kind, at=change.at, request=request, due=request.word_due_at)


EFFECTS: dict[Action, Callable[[Change], Follow]] = {
    Action.ACCEPT: _accept,
    Action.DECLINE: _decline,
    Action.EXPIRE: _expire,
    Action.WITHDRAW: _withdraw,
    Action.BEGIN: _begin,
    Action.LAPSE: _lapse,
    Action.PAUSE: _pause,
    Action.RESUME: _resume,
    Action.EXTEND: _extend,
    Action.COMPLETE: _complete,
    Action.END: _end,
    Action.CLOSE: _end,
    Action.CUT: _cut,
}
