"""A question to one person that a link in a mail can answer: what each kind of them has to say of itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
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
    asking: int | None = field(default=None, kw_only=True)
    """The mark of the asking that a link was made for; None: as it stands now."""

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

    @property
    def mark(self) -> int:
        """Which asking of it this is, where one question can be asked again: it stands in the link."""
        return 0

    @property
    def due(self) -> datetime | None:
        """By when she hears, where an answer has that effect, as it stands now."""
        return None

    def is_open(self) -> bool:
        """Whether it can be answered: it waits, and is still the asking that the link was made for."""
        return self.is_same_asking() and self.waits()

    def is_same_asking(self) -> bool:
        return self.asking is None or self.asking == self.mark

    @abstractmethod
    def waits(self) -> bool:
        """Whether an answer is waited for now."""

    @abstractmethod
    def has(self, answer: str) -> bool:
        """Whether this answer stands already: a second click is told the same again."""

    def hold(self) -> None:  # noqa: B027 - most acts hold their rows themselves
        """Keep what it is about from changing until the end of the transaction: of two clicks, one acts."""

    @abstractmethod
    def answer(self, given: Given) -> None:
        """Do what she answers."""
