"""Questions besides asks and check-ins that are answered straight from a mail, each with its rules.

A link is for one person and one question. Looking changes nothing; answering is the same act as on her pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship.rules.errors import BadInput
from mentorship.rules.helped import Answer
from mentorship.rules.lifecycle import State
from mentorship.rules.marking import N_
from mentorship.services import (
    away,
    handing_over,
    helper_question,
    offers,
    questions,
    requests,
    second_person,
)
from mentorship.services.mailed_question import Given, Question
from mentorship.services.signed_links import read, sign
from mentorship.store.help import HelperAnswer
from mentorship.store.mentorships import HandOver, Mentorship
from mentorship.store.offers import Offer
from mentorship.store.outbox import Outbox
from mentorship.store.people import Person
from mentorship.store.queries import open_request_of
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

    def is_open(self) -> bool:
        pair = self.mentorship
        waits = pair.question_at is not None and pair.question_answered_at is None
        return pair.state is State.PROPOSED and waits and self.at <= pair.answer_due_at

    def has(self, answer: str) -> bool:
        pair = self.mentorship
        return answer == "send" and pair.question_answered_at is not None and pair.state is State.PROPOSED

    def answer(self, given: Given) -> datetime | None:
        questions.answer_question(self.session, self.mentorship, self.person, given.words, at=self.at)
        return self.mentorship.answer_due_at


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

    def is_open(self) -> bool:
        asked = self.hand_over
        live = asked.mentorship.state in (State.ACTIVE, State.PAUSED) and asked.closed_at is None
        return live and not self._agreed and self.at <= asked.answer_due_at

    @property
    def _agreed(self) -> bool:
        asked = self.hand_over
        return (asked.successor_agreed_at if self.is_successor else asked.newcomer_agreed_at) is not None

    def has(self, answer: str) -> bool:
        if answer == "yes":
            return self._agreed
        return self.hand_over.closed_at is not None and not self._agreed

    def answer(self, given: Given) -> datetime | None:
        agrees = given.answer == "yes"
        handing_over.answer(self.session, self.hand_over, self.person, agrees=agrees, at=self.at)
        if self.is_successor:
            offers.heard_from(self.session, self.person.id)
        return None


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

    def is_open(self) -> bool:
        return self.request.state is RequestState.OPEN and self.request.confirm_again

    def has(self, answer: str) -> bool:
        if answer == "yes":
            return self.request.state is RequestState.OPEN and not self.request.confirm_again
        return self.request.outcome is Outcome.WITHDRAWN

    def answer(self, given: Given) -> datetime | None:
        if given.answer == "no":
            requests.withdraw_request(self.session, self.request, at=self.at)
            return None
        requests.confirm_again(self.session, self.request, at=self.at)
        return self.request.word_due_at


@dataclass(slots=True)
class StillHere(Question):
    """A mentor who was silent, or set away: is she still taking part?"""

    name = "here"
    notices = ("still_here", "set_away")
    offer: Offer

    @classmethod
    def asked_by(cls, session: Session, row: Outbox, *, at: datetime) -> Self | None:
        return cls.about(session, row.person, row.person.public_id, at=at)

    @classmethod
    def about(cls, session: Session, person: Person, thing: str, *, at: datetime) -> Self | None:
        offer = session.get(Offer, person.id)
        return None if offer is None or thing != person.public_id else cls(session, person, at, offer)

    @property
    def thing(self) -> str:
        return self.person.public_id

    @property
    def is_away(self) -> bool:
        return second_person.is_away(self.session, self.person.id, at=self.at)

    def is_open(self) -> bool:
        return self.is_away or self.offer.asked_if_here_at is not None

    def has(self, answer: str) -> bool:
        return answer == "yes" and not self.is_open()

    def answer(self, given: Given) -> datetime | None:
        if given.answer == "away":
            if given.until is None:
                raise BadInput(N_("Please give a day after today."), field="until")
            away.go_away(self.session, self.offer, given.until, at=self.at)
        elif self.is_away:
            away.come_back(self.session, self.offer, at=self.at)
        away.is_here(self.session, self.offer, at=self.at)
        return None


@dataclass(slots=True)
class Helped(Question):
    """The helper question, with “still taking part?”."""

    name = "helped"
    notices = ("helper_question", "check_in", "completed", "request_closed")
    """With a check-in or a closing it goes in the same mail."""
    row: HelperAnswer

    @classmethod
    def asked_by(cls, session: Session, row: Outbox, *, at: datetime) -> Self | None:
        found = helper_question.due_for(session, row.person)
        return None if found is None or found.request_id is None else cls(session, row.person, at, found)

    @classmethod
    def about(cls, session: Session, person: Person, thing: str, *, at: datetime) -> Self | None:
        row = session.get(HelperAnswer, int(thing)) if thing.isdecimal() else None
        return None if row is None or row.person_id != person.id else cls(session, person, at, row)

    @property
    def thing(self) -> str:
        return str(self.row.id)

    def is_open(self) -> bool:
        return self.row.answer is None

    def has(self, answer: str) -> bool:
        return self.row.answer is not None and str(self.row.answer) == answer

    def answer(self, given: Given) -> datetime | None:
        return helper_question.answer(self.session, self.row, Answer(given.answer), given.still, at=self.at)


QUESTIONS: dict[str, type[Question]] = {
    kind.name: kind for kind in (Reply, Agreement, GoOn, StillHere, Helped)
}


def asked_by(session: Session, row: Outbox, *, at: datetime) -> list[Question]:
    """The open questions a notice asks."""
    found = [kind.asked_by(session, row, at=at) for kind in QUESTIONS.values() if row.kind in kind.notices]
    return [question for question in found if question is not None and question.is_open()]


def token_of(key: bytes, question: Question) -> str:
    """The link by which it is answered."""
    return sign(key, question.name, question.thing, question.person, at=question.at)


def behind(session: Session, key: bytes, name: str, token: str, *, at: datetime) -> Question | None:
    """The question a link is about, open or not; None for every link that is none."""
    kind, signed = QUESTIONS.get(name), read(session, key, name, token, at=at)
    if kind is None or signed is None:
        return None
    return kind.about(session, signed.person, signed.thing, at=at)
