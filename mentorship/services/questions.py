"""The mentor's question before she answers an ask: once; it moves the deadline."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from mentorship.rules.deadlines import deadlines_of, due
from mentorship.rules.errors import BadInput, NotFound, WrongState
from mentorship.rules.lifecycle import Action, Party, next_state
from mentorship.rules.marking import N_
from mentorship.services import history
from mentorship.services.mentorships import hold, party_of
from mentorship.services.outbox import tell
from mentorship.store.mentorships import EventNote, Mentorship
from mentorship.store.people import Person

LONGEST = 2000
"""Characters of a question, and of an answer."""


def ask_question(
    session: Session, mentorship: Mentorship, mentor: Person, words: str, *, at: datetime
) -> None:
    """Ask the newcomer something before answering; she has until the new date to answer.

    Raises
    ------
    NotFound, NotAllowed, WrongState, BadInput
        She is no party, it is not hers, it is not open to answer or was asked before, or nothing is written.
    """
    hold(session, mentorship)
    party = _party(session, mentorship, mentor)
    next_state(mentorship.state, Action.QUESTION, party)
    if mentorship.question_at is not None:
        raise WrongState(N_("A question was asked already; one is all there is room for."))
    text = _checked(words)
    mentorship.question_at = at
    _move(mentorship, at=at, hours=deadlines_of(mentorship.request.cohort.settings).question_due_hours)
    history.add(session, mentorship, Action.QUESTION, party=party, by=mentor, at=at, note=text)
    tell(
        session,
        mentorship.newcomer,
        "question",
        at=at,
        mentorship=mentorship,
        mentor=mentor,
        due=mentorship.answer_due_at,
    )


def answer_question(
    session: Session, mentorship: Mentorship, newcomer: Person, words: str, *, at: datetime
) -> None:
    """Answer the mentor's question; from now on the mentor has her time to say yes or no.

    Raises
    ------
    NotFound, NotAllowed, WrongState, BadInput
        As `ask_question`; there is no question, or it was answered.
    """
    hold(session, mentorship)
    party = _party(session, mentorship, newcomer)
    next_state(mentorship.state, Action.ANSWER, party)
    if mentorship.question_at is None or mentorship.question_answered_at is not None:
        raise WrongState(N_("There is no open question here."))
    text = _checked(words)
    mentorship.question_answered_at = at
    _move(mentorship, at=at, hours=deadlines_of(mentorship.request.cohort.settings).question_answer_hours)
    history.add(session, mentorship, Action.ANSWER, party=party, by=newcomer, at=at, note=text)
    due_at = mentorship.answer_due_at
    tell(
        session,
        mentorship.mentor,
        "question_answered",
        at=at,
        mentorship=mentorship,
        newcomer=newcomer,
        due=due_at,
    )


def question_of(mentorship: Mentorship) -> EventNote | None:
    """The mentor's question in her words; None where there is none, or its author is gone."""
    return _note(mentorship, Action.QUESTION)


def answer_of(mentorship: Mentorship) -> EventNote | None:
    """The newcomer's answer in her words."""
    return _note(mentorship, Action.ANSWER)


def _note(mentorship: Mentorship, action: Action) -> EventNote | None:
    return next((event.note for event in mentorship.events if event.action is action), None)


def _party(session: Session, mentorship: Mentorship, person: Person) -> Party:
    party = party_of(session, mentorship, person)
    if party is None:
        raise NotFound("")
    return party


def _move(mentorship: Mentorship, *, at: datetime, hours: int) -> None:
    request = mentorship.request
    mentorship.answer_due_at = due(at, request.cohort.clock_paused_until, hours=hours)
    request.word_due_at = mentorship.answer_due_at


def _checked(words: str) -> str:
    text = words.strip()
    if not text:
        raise BadInput(N_("Nothing is written yet."), field="words")
    if len(text) > LONGEST:
        raise BadInput(N_("This is longer than %(most)s characters."), field="words", most=LONGEST)
    return text
