"""Questions besides asks and check-ins that are answered straight from a mail, each with its rules.

A link is for one person and one question. Looking changes nothing; answering is the same act as on her pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship.rules.errors import WrongState
from mentorship.rules.lifecycle import State
from mentorship.rules.marking import N_
from mentorship.services import handing_over, offers, questions, requests
from mentorship.services.mailed_about_her import Helped, StillHere
from mentorship.services.mailed_question import Given, Question
from mentorship.services.signed_links import read, sign
from mentorship.store.mentorships import HandOver, Mentorship
from mentorship.store.outbox import Outbox
from mentorship.store.people import Person
from mentorship.store.queries import is_blocked, open_request_of
from mentorship.store.requests import Outcome, Request, RequestState


@dataclass(slots=True)
class Reply(Question):
    """The mentor's question before she answers an ask."""

    name = "reply"
    notices = ("question",)
    mentorship: Mentorship

    @classmethod
    def asked_by(cls, session: Session, row: Outbox, *, at: datetime) -> Self | None:
        pair = session.get(Mentorship, row.mentorship_id) if row.mentorship_id else None
        return None if pair is None else cls(session, row.person, at, pair)

    @classmethod
    def about(cls, session: Session, person: Person, thing: str, *, at: datetime) -> Self | None:
        hers = Mentorship.public_id == thing, Mentorship.newcomer_id == person.id
        pair = session.scalar(select(Mentorship).where(*hers))
        return None if pair is None else cls(session, person, at, pair)

    @property
    def thing(self) -> str:
        return self.mentorship.public_id

    @property
    def due(self) -> datetime | None:
        return self.mentorship.answer_due_at

    def waits(self) -> bool:
        pair = self.mentorship
        waits = pair.question_at is not None and pair.question_answered_at is None
        return pair.state is State.PROPOSED and waits and self.at <= pair.answer_due_at

    def has(self, answer: str) -> bool:
        pair = self.mentorship
        return answer == "send" and pair.question_answered_at is not None and pair.state is State.PROPOSED

    def answer(self, given: Given) -> None:
        questions.answer_question(self.session, self.mentorship, self.person, given.words, at=self.at)


@dataclass(slots=True)
class Agreement(Question):
    """A mentorship is to be handed over: asked of the successor and of the newcomer."""

    name = "hand-over"
    notices = ("take_over", "new_mentor")
    hand_over: HandOver

    @classmethod
    def asked_by(cls, session: Session, row: Outbox, *, at: datetime) -> Self | None:
        if row.kind == "take_over":
            asked = handing_over.asked_of(session, row.person)
            wanted = row.values.get("newcomer")
            found = next((each for each in asked if each.mentorship.newcomer_id == wanted), None)
        else:
            pair = session.get(Mentorship, row.mentorship_id) if row.mentorship_id else None
            found = handing_over.open_for(session, pair) if pair is not None else None
        return None if found is None else cls(session, row.person, at, found)

    @classmethod
    def about(cls, session: Session, person: Person, thing: str, *, at: datetime) -> Self | None:
        found = session.scalar(select(HandOver).where(HandOver.public_id == thing))
        if found is None or person.id not in (found.successor_id, found.mentorship.newcomer_id):
            return None
        return cls(session, person, at, found)

    @property
    def thing(self) -> str:
        return self.hand_over.public_id

    @property
    def is_successor(self) -> bool:
        """Whether she is to take over; else it is her own mentor who hands over."""
        return self.person.id == self.hand_over.successor_id

    def waits(self) -> bool:
        asked = self.hand_over
        live = asked.mentorship.state in (State.ACTIVE, State.PAUSED) and asked.closed_at is None
        parted = is_blocked(self.session, asked.mentorship.newcomer_id, asked.successor_id)
        return live and not parted and not self._agreed and self.at <= asked.answer_due_at

    @property
    def _agreed(self) -> bool:
        asked = self.hand_over
        return (asked.successor_agreed_at if self.is_successor else asked.newcomer_agreed_at) is not None

    def has(self, answer: str) -> bool:
        given_up = self.hand_over.closed_at is not None and self.hand_over.mentorship.is_open
        if answer == "yes":
            return self._agreed and not given_up
        return self.hand_over.closed_at is not None and not self._agreed

    def answer(self, given: Given) -> None:
        agrees = given.answer == "yes"
        handing_over.answer(self.session, self.hand_over, self.person, agrees=agrees, at=self.at)
        if self.is_successor:
            offers.heard_from(self.session, self.person.id)


@dataclass(slots=True)
class GoOn(Question):
    """After a lapse, or an ending of hers: is her request to go on?"""

    name = "go-on"
    notices = ("go_on", "look_on")
    request: Request

    @classmethod
    def asked_by(cls, session: Session, row: Outbox, *, at: datetime) -> Self | None:
        request = open_request_of(session, row.person)
        return (
            None if request is None or request.id != row.request_id else cls(session, row.person, at, request)
        )

    @classmethod
    def about(cls, session: Session, person: Person, thing: str, *, at: datetime) -> Self | None:
        hers = Request.public_id == thing, Request.newcomer_id == person.id
        request = session.scalar(select(Request).where(*hers))
        return None if request is None else cls(session, person, at, request)

    @property
    def thing(self) -> str:
        return self.request.public_id

    @property
    def mark(self) -> int:
        """The mentorship after which she is asked: another ending asks anew."""
        return 0 if self.after is None else self.after.id

    @property
    def after(self) -> Mentorship | None:
        return requests.situation(self.session, self.request).last

    @property
    def is_after_a_lapse(self) -> bool:
        """Then the same mentor is possible again."""
        return self.after is not None and self.after.state is State.LAPSED

    @property
    def due(self) -> datetime | None:
        return self.request.word_due_at

    def waits(self) -> bool:
        return self.request.state is RequestState.OPEN and self.request.confirm_again

    def has(self, answer: str) -> bool:
        if not self.is_same_asking():
            return False
        if answer == "no":
            return self.request.outcome is Outcome.WITHDRAWN
        waits_on = requests.situation(self.session, self.request).now is None
        return waits_on and self.request.state is RequestState.OPEN and not self.request.confirm_again

    def hold(self) -> None:
        self.session.refresh(self.request, with_for_update=True)

    def answer(self, given: Given) -> None:
        if given.answer == "no":
            requests.withdraw_request(self.session, self.request, at=self.at)
        else:
            requests.confirm_again(self.session, self.request, at=self.at)


QUESTIONS: dict[str, type[Question]] = {
    kind.name: kind for kind in (Reply, Agreement, GoOn, StillHere, Helped)
}


def asked_by(session: Session, row: Outbox, *, at: datetime) -> list[Question]:
    """The open questions a notice asks."""
    found = [kind.asked_by(session, row, at=at) for kind in QUESTIONS.values() if row.kind in kind.notices]
    return [question for question in found if question is not None and question.is_open()]


def token_of(key: bytes, question: Question) -> str:
    """The link by which it is answered."""
    return sign(key, question.name, question.thing, question.person, question.mark, at=question.at)


def behind(session: Session, key: bytes, name: str, token: str, *, at: datetime) -> Question | None:
    """The question a link is about, open or not; None for every link that is none."""
    kind, signed = QUESTIONS.get(name), read(session, key, name, token, at=at)
    if kind is None or signed is None:
        return None
    found = kind.about(session, signed.person, signed.thing, at=at)
    if found is not None:
        found.asking = signed.mark
    return found


def answer(question: Question, given: Given) -> None:
    """Do what she answers, if the question is open still.

    Raises
    ------
    WrongState
        Something was quicker, perhaps her own first click.
    NotPossible, MentorFull, BadInput
        As the same act on her pages.
    """
    question.hold()
    if not question.is_open():
        raise WrongState(N_("This has been settled already."))
    question.answer(given)
