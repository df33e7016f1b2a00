"""A question to one person that a link in a mail can answer: what each kind of them has to say of itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Self

from sqlalchemy.orm import Session

from mentorship.rules.helped import Still
from mentorship.store.outbox import Outbox
from mentorship.store.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What she answered, with what goes with it."""

    answer: str
    words: str = ""
    until: datetime | None = None
    still: Still | None = None


@dataclass(slots=True)
class Question(ABC):
    """A question to `person`, as it stands at `at`."""

    name: ClassVar[str]
    notices: ClassVar[tuple[str, ...]]
    """Kinds of the notices that ask it."""

    session: Session
    person: Person
    at: datetime

    @classmethod
    @abstractmethod
    def asked_by(cls, session: Session, row: Outbox, *, at: datetime) -> Self | None:
        """The question a notice asks its reader."""

    @classmethod
    @abstractmethod
    def about(cls, session: Session, person: Person, thing: str, *, at: datetime) -> Self | None:
        """The question of that id, where it is this person's."""

    @property
    @abstractmethod
    def thing(self) -> str:
        """The id by which a link names it."""

    @abstractmethod
    def is_open(self) -> bool:
        """Whether it can be answered."""

    @abstractmethod
    def has(self, answer: str) -> bool:
        """Whether this answer stands already: a second click is told the same again."""

    @abstractmethod
    def answer(self, given: Given) -> datetime | None:
        """Do what she answers; returns a date that follows from it, if one does."""
