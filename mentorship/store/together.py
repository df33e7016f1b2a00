"""What a pair does together: messages, check-ins, small steps, recognition."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentorship.store.base import PLUMBING, Base, PublicId, UtcDateTime, codes, label
from mentorship.store.people import ACCOUNT, Person

THREAD = label("the two who write to each other", "to talk", ACCOUNT)
PAIR = label("the pair", "to see what they do together", ACCOUNT)


class Aside(Base):
    """What the newcomer of a pair and its second person write to each other: apart from the pair's thread.

    One for each second person the pair has had, so that none reads what was written to another.
    """

    __tablename__ = "aside"
    __table_args__ = (UniqueConstraint("mentorship_id", "backup_id"), {"info": PLUMBING})

    id: Mapped[int] = mapped_column(primary_key=True)
    mentorship_id: Mapped[int] = mapped_column(ForeignKey("mentorship.id"))
    backup_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Message(PublicId, Base):
    """A message in one thread: of a pair, of its newcomer and her second person, of a request, of a member.

    A request's and a member's are both with coordinators of the cohort: a member's needs no request.
    """

    __tablename__ = "message"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN mentorship_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN request_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN aside_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN member_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_thread",
        ),
        CheckConstraint("(member_id IS NULL) = (cohort_id IS NULL)", name="member_of"),
        Index("ix_message_mentorship", "mentorship_id", "at"),
        Index("ix_message_request", "request_id", "at"),
        Index("ix_message_aside", "aside_id", "at"),
        Index("ix_message_member", "member_id", "cohort_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLUMBING)
    mentorship_id: Mapped[int | None] = mapped_column(ForeignKey("mentorship.id"), info=PLUMBING)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"), info=PLUMBING)
    aside_id: Mapped[int | None] = mapped_column(ForeignKey("aside.id"), info=PLUMBING)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=PLUMBING)
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id"), info=PLUMBING)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=PLUMBING)
    words: Mapped[str] = mapped_column(Text, info=THREAD)
    at: Mapped[datetime] = mapped_column(UtcDateTime, info=PLUMBING)

    author: Mapped[Person] = relationship(foreign_keys=[author_id])


class Talk(PublicId, Base):
    """The time one of a pair proposed for a call, and whether the other agreed; one for each pair."""

    __tablename__ = "talk"
    __table_args__ = ({"info": PAIR},)

    mentorship_id: Mapped[int] = mapped_column(ForeignKey("mentorship.id"), primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CheckInAnswer(StrEnum):
    """“Are you in touch?”"""

    YES = "yes"
    ELSEWHERE = "elsewhere"
    NOT_YET = "not_yet"
    SOMEONE_ELSE = "someone_else"
    SOMETHING_WRONG = "something_wrong"


class CheckIn(Base):
    """One question, one click, to each of the two."""

    __tablename__ = "check_in"
    __table_args__ = (
        UniqueConstraint("mentorship_id", "person_id", "day"),
        CheckConstraint("day > 0", name="day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLUMBING)
    mentorship_id: Mapped[int] = mapped_column(ForeignKey("mentorship.id"), info=PLUMBING)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=PLUMBING)
    day: Mapped[int] = mapped_column(info=PLUMBING)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PLUMBING)
    answer: Mapped[CheckInAnswer | None] = mapped_column(
        codes(CheckInAnswer, "answer"),
        info=label("herself; a coordinator only where she asks for one", "to notice silence early", ACCOUNT),
    )
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)


class StepState(StrEnum):
    """A step that was tried counts."""

    CHOSEN = "chosen"
    TRIED = "tried"
    DONE = "done"


class Step(PublicId, Base):
    """A small responsibility the pair chose, the newcomer's own.

    `rung` names one of the programme's own steps; `title` holds the words of any other. `chosen_by` and
    `settled_by` are whose words the title and what was learned are.
    """

    __tablename__ = "step"
    __table_args__ = (CheckConstraint("(state = 'chosen') = (settled_at IS NULL)", name="settled"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=PLUMBING)
    mentorship_id: Mapped[int] = mapped_column(ForeignKey("mentorship.id"), index=True, info=PLUMBING)
    newcomer_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=PLUMBING)
    chosen_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=PLUMBING)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=PLUMBING)
    rung: Mapped[str] = mapped_column(String(40), default="", info=PLUMBING)
    area: Mapped[str] = mapped_column(String(40), info=PAIR)
    title: Mapped[str] = mapped_column(String(200), info=PAIR)
    state: Mapped[StepState] = mapped_column(codes(StepState, "state"), default=StepState.CHOSEN, info=PAIR)
    learned: Mapped[str] = mapped_column(String(2000), default="", info=PAIR)
    chosen_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PLUMBING)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)


class Recognition(PublicId, Base):
    """Thanks or praise, from a person to a person; `hidden` where the receiver put it out of sight."""

    __tablename__ = "recognition"
    __table_args__ = (CheckConstraint("giver_id <> receiver_id", name="two_people"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=PLUMBING)
    giver_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=PLUMBING)
    receiver_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=PLUMBING)
    mentorship_id: Mapped[int | None] = mapped_column(ForeignKey("mentorship.id"), info=PLUMBING)
    words: Mapped[str] = mapped_column(String(2000), info=label("giver and receiver", "to thank", ACCOUNT))
    hidden: Mapped[bool] = mapped_column(default=False, info=PLUMBING)
    at: Mapped[datetime] = mapped_column(UtcDateTime, info=PLUMBING)

    giver: Mapped[Person] = relationship(foreign_keys=[giver_id])
    receiver: Mapped[Person] = relationship(foreign_keys=[receiver_id])


class PairNote(Base):
    """What a mentor notes to herself about a pair of hers; nobody else reads it, not even a successor."""

    __tablename__ = "pair_note"

    mentorship_id: Mapped[int] = mapped_column(ForeignKey("mentorship.id"), primary_key=True, info=PLUMBING)
    author_id: Mapped[int] = mapped_column(
        ForeignKey("person.id"), primary_key=True, index=True, info=PLUMBING
    )
    words: Mapped[str] = mapped_column(
        String(4000), info=label("herself", "to remember", "until either of the two leaves, or sooner")
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime, info=PLUMBING)


class ClosingWords(Base):
    """“What did you try or start together?”, asked of both when a mentorship is completed."""

    __tablename__ = "closing_words"

    mentorship_id: Mapped[int] = mapped_column(ForeignKey("mentorship.id"), primary_key=True, info=PLUMBING)
    author_id: Mapped[int] = mapped_column(
        ForeignKey("person.id"), primary_key=True, index=True, info=PLUMBING
    )
    words: Mapped[str] = mapped_column(String(2000), info=PAIR)
    at: Mapped[datetime] = mapped_column(UtcDateTime, info=PLUMBING)
