"""How a mentorship stands, what comes next, and what happened, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from mentorship.rules.lifecycle import Action, Code, State
from mentorship.rules.marking import N_
from mentorship.store.mentorships import Mentorship, MentorshipEvent
from mentorship.store.people import Person
from mentorship.web.i18n import gettext
from mentorship.web.mentorships.sight import Viewer, may_read_note

LEFT = N_("someone who has left")
ENDED = N_("This mentorship has ended. Nothing is asked of you; endings are ordinary here.")

BACKUP = N_(
    "You are the second person of this pair. You see two names and their languages; "
    "messages stay with the two of them."
)
CALLED = N_(
    "You are the second person of this pair, and needed now. "
    "Messages of the two stay with them; what is written to you is for you alone."
)

STATES: dict[State, str] = {
    State.PROPOSED: N_("Asked"),
    State.ACCEPTED: N_("A first hello"),
    State.ACTIVE: N_("Under way"),
    State.PAUSED: N_("Paused"),
    State.DECLINED: N_("Not this time"),
    State.EXPIRED: N_("Not this time"),
    State.WITHDRAWN: N_("Taken back"),
    State.LAPSED: N_("Set aside"),
    State.COMPLETED: N_("Completed"),
    State.ENDED: N_("Ended"),
}
KINDS: dict[State, str] = {
    State.PROPOSED: "warning",
    State.ACCEPTED: "progressive",
    State.ACTIVE: "success",
    State.COMPLETED: "success",
}
"""The look of a state's chip; a plain one where there is none here."""

_HOW_IT_STANDS: dict[State, dict[Viewer | None, str]] = {
    State.PROPOSED: {
        Viewer.MENTOR: N_("%(newcomer)s would like your help."),
        Viewer.NEWCOMER: N_("%(mentor)s has been asked. You need do nothing."),
        None: N_("%(mentor)s has been asked to help %(newcomer)s."),
    },
    State.ACCEPTED: {
        Viewer.MENTOR: N_("You said yes. Please say hello first: a ready message is below."),
        Viewer.NEWCOMER: N_("%(mentor)s said yes and will say hello first. You can also write now."),
        None: N_("%(mentor)s said yes; the first hello comes next."),
    },
    State.ACTIVE: {None: N_("%(newcomer)s and %(mentor)s are in touch.")},
    State.PAUSED: {None: N_("This mentorship pauses, and goes on by itself.")},
    State.DECLINED: {
        Viewer.MENTOR: N_("You could not take this on. Nothing more is asked of you."),
        None: N_("%(mentor)s cannot take this on now."),
    },
    State.EXPIRED: {
        Viewer.MENTOR: N_("The time to answer is over. That is fine; nothing more is asked of you."),
        None: N_("%(mentor)s has not answered in time."),
    },
    State.WITHDRAWN: {None: N_("The ask was taken back. Nothing is asked of you.")},
    State.LAPSED: {None: N_("There was no first hello, so this match is set aside. No harm is done.")},
    State.COMPLETED: {None: N_("This mentorship is completed. Thank you both.")},
    State.ENDED: {None: ENDED},
}

_PROPOSED: dict[Code, str] = {
    Code.ROUND: N_("%(mentor)s was asked, out of a round."),
    Code.BY_HAND: N_("%(mentor)s was asked by a coordinator."),
    Code.KNOWN: N_("%(newcomer)s and %(mentor)s already knew each other."),
}
_OVER = N_("It ended.")
_HAPPENED: dict[Action, str] = {
    Action.PROPOSE: N_("%(mentor)s was asked."),
    Action.ACCEPT: N_("%(mentor)s said yes."),
    Action.DECLINE: N_("%(mentor)s could not take this on."),
    Action.EXPIRE: N_("The time to answer was over."),
    Action.WITHDRAW: N_("The ask was taken back."),
    Action.BEGIN: N_("%(newcomer)s and %(mentor)s began."),
    Action.LAPSE: N_("There was no first hello; the match was set aside."),
    Action.PAUSE: N_("A pause began."),
    Action.RESUME: N_("It went on."),
    Action.EXTEND: N_("It was made longer."),
    Action.COMPLETE: N_("It was completed."),
    Action.QUESTION: N_("%(mentor)s asked a question first."),
    Action.ANSWER: N_("%(newcomer)s answered it."),
    Action.END: _OVER,
    Action.CLOSE: _OVER,
    Action.CUT: _OVER,
    Action.HAND_OVER: _OVER,
}
"""However it ended, the same sentence stands for it: no blame, no reason."""
_BETTER = N_("%(mentor)s thought that someone else would fit better.")


class Happening(NamedTuple):
    """One line of the history, and a note where it is for the reader."""

    at: datetime
    sentence: str
    note: str


def name_of(person: Person) -> str:
    """Her name; someone who has left has none any more."""
    return person.name or gettext(LEFT)


def how_it_stands(mentorship: Mentorship, viewer: Viewer, *, is_called: bool) -> str:
    """The state of a mentorship as a sentence for `viewer`; `is_called` matters to a backup."""
    if viewer is Viewer.BACKUP:
        return gettext(CALLED if is_called else BACKUP)
    sentences = _HOW_IT_STANDS[mentorship.state]
    return gettext(sentences.get(viewer) or sentences[None], **_names(mentorship))


def what_comes_next(mentorship: Mentorship, viewer: Viewer) -> tuple[str, datetime] | None:
    """The next date, with what it is the date of."""
    if viewer is Viewer.BACKUP:
        return None
    newcomer = viewer is Viewer.NEWCOMER
    found: dict[State, tuple[str, datetime | None]] = {
        State.PROPOSED: (_awaited(mentorship, newcomer=newcomer), mentorship.answer_due_at),
        State.ACCEPTED: (gettext("First hello by"), mentorship.hello_due_at),
        State.ACTIVE: (gettext("Agreed until"), mentorship.agreed_until),
        State.PAUSED: (gettext("Goes on"), mentorship.paused_until),
    }
    label, at = found.get(mentorship.state, ("", None))
    return None if at is None else (label, at)


def _awaited(mentorship: Mentorship, *, newcomer: bool) -> str:
    """Whose word an ask waits for: the mentor's, or, after a question, the newcomer's."""
    asked = mentorship.question_at is not None and mentorship.question_answered_at is None
    if asked:
        return gettext("Please answer by") if newcomer else gettext("Their answer comes by")
    return gettext("You will hear by") if newcomer else gettext("Answer by")


def happenings(mentorship: Mentorship, viewer: Viewer, person: Person) -> Iterator[Happening]:
    """The history in words, oldest first."""
    for event in mentorship.events:
        note = event.note
        words = note.words if note is not None and may_read_note(note, viewer, person) else ""
        yield Happening(event.at, gettext(_sentence(event, viewer), **_names(mentorship)), words)


def _sentence(event: MentorshipEvent, viewer: Viewer) -> str:
    if event.action is Action.PROPOSE:
        return _PROPOSED.get(event.code, _HAPPENED[Action.PROPOSE])
    if event.code is Code.NOT_THE_RIGHT_ONE and viewer is Viewer.COORDINATOR:
        return _BETTER
    return _HAPPENED[event.action]


def _names(mentorship: Mentorship) -> dict[str, str]:
    return {"newcomer": name_of(mentorship.newcomer), "mentor": name_of(mentorship.mentor)}
