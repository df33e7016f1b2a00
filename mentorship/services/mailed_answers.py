"""The mentor's answer to an ask, given by a link: the same acts as on her page."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from mentorship.rules.lifecycle import Action, Code, Party
from mentorship.services import away, offers, questions
from mentorship.services.mailed_links import Link
from mentorship.services.mentorships import act
from mentorship.store.mentorships import MentorshipEvent


class AskAnswer(StrEnum):
    """What a mentor can answer."""

    YES = "yes"
    QUESTION = "question"
    NOT_NOW = "not_now"
    NOT_THE_RIGHT_ONE = "not_the_right_one"


CODES = {AskAnswer.NOT_NOW: Code.NOT_NOW, AskAnswer.NOT_THE_RIGHT_ONE: Code.NOT_THE_RIGHT_ONE}


def answer_ask(
    session: Session,
    link: Link,
    given: AskAnswer,
    *,
    at: datetime,
    words: str = "",
    away_until: datetime | None = None,
) -> None:
    """Do what she answers; `words` are her question, or the word for the coordinator with a no.

    Raises
    ------
    NotAllowed, WrongState, Stale, MentorFull, NotPossible, BadInput
        Nothing has changed then, once the transaction is rolled back.
    """
    mentor, mentorship = link.person, link.mentorship
    if given is AskAnswer.QUESTION:
        questions.ask_question(session, mentorship, mentor, words, at=at)
    else:
        act(
            session,
            mentorship,
            Action.ACCEPT if given is AskAnswer.YES else Action.DECLINE,
            party=Party.MENTOR,
            by=mentor,
            at=at,
            seen=mentorship.version,
            note=words if given is AskAnswer.NOT_THE_RIGHT_ONE else "",
            code=CODES.get(given, Code.NONE),
        )
    offer = offers.offer_of(session, mentor)
    if given is AskAnswer.NOT_NOW and away_until is not None and offer is not None:
        away.go_away(session, offer, away_until, at=at)
    offers.heard_from(session, mentor.id)


def answer_of(event: MentorshipEvent) -> AskAnswer | None:
    """Which answer an event of the history was."""
    by_action = {Action.ACCEPT: AskAnswer.YES, Action.QUESTION: AskAnswer.QUESTION}
    by_code = {code: given for given, code in CODES.items()}
    return by_code.get(event.code) if event.action is Action.DECLINE else by_action.get(event.action)
