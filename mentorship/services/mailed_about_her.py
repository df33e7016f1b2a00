"""Questions about herself, answered straight from a mail: is she still here, has anyone helped her."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from sqlalchemy.orm import Session

from mentorship.rules.errors import BadInput
from mentorship.rules.helped import Answer
from mentorship.rules.marking import N_
from mentorship.services import away, helper_question, second_person
from mentorship.services.mailed_question import Given, Question
from mentorship.services.places import lock_mentor
from mentorship.store.help import HelperAnswer
from mentorship.store.offers import Offer
from mentorship.store.outbox import Outbox
from mentorship.store.people import Person


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
    def mark(self) -> int:
        """Until when she is away, else when she was asked: an answer ends the one and the other."""
        when = self.offer.away_until if self.is_away else self.offer.asked_if_here_at
        return 0 if when is None else int(when.timestamp())

    @property
    def is_away(self) -> bool:
        return second_person.is_away(self.session, self.person.id, at=self.at)

    def waits(self) -> bool:
        return self.is_away or self.offer.asked_if_here_at is not None

    def has(self, answer: str) -> bool:
        return self.is_away if answer == "away" else not self.waits()

    def hold(self) -> None:
        lock_mentor(self.session, self.person.id)

    def answer(self, given: Given) -> None:
        if given.answer == "away":
            if given.until is None:
                raise BadInput(N_("Please give a day after today."), field="until")
            away.go_away(self.session, self.offer, given.until, at=self.at)
        elif self.is_away:
            away.come_back(self.session, self.offer, at=self.at)
        away.is_here(self.session, self.offer, at=self.at)


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

    @property
    def due(self) -> datetime | None:
        return helper_question.coordinator_writes_by(self.session, self.row)

    def waits(self) -> bool:
        return self.row.answer is None

    def has(self, answer: str) -> bool:
        return self.row.answer is not None and str(self.row.answer) == answer

    def answer(self, given: Given) -> None:
        helper_question.answer(self.session, self.row, Answer(given.answer), given.still, at=self.at)
