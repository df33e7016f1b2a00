"""Mentorships: one newcomer with one mentor, from the proposal to the end, with its history."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentorship.rules.lifecycle import OPEN, Action, Code, Party, State
from mentorship.store.base import PLUMBING, Base, PublicId, UtcDateTime, Versioned, codes, label
from mentorship.store.people import ACCOUNT, Person
from mentorship.store.requests import Request

OPEN_SQL = "state IN ('" + "', '".join(OPEN) + "')"


class Mentorship(PublicId, Versioned, Base):
    """While open it holds one of the mentor's places and her live approval; closed, it releases both.

    Times that end in `_due_at` are what the clock waits for; `answer_due_at` is the newcomer's while a
    question of the mentor's is open. `answer_reminded_at`, `hello_reminded_at`, `coordinator_told_at`
    (of no hello) and `quiet_told_at` (of no contact) say that it was done, so that it is done once.
    """

    __tablename__ = "mentorship"
    __table_args__ = (
        ForeignKeyConstraint(["request_id", "newcomer_id"], ["request.id", "request.newcomer_id"]),
        ForeignKeyConstraint(["mentor_id", "place_n"], ["place.mentor_id", "place.n"]),
        ForeignKeyConstraint(["mentor_id", "approval_state"], ["approval.mentor_id", "approval.state"]),
        CheckConstraint("newcomer_id <> mentor_id", name="two_people"),
        CheckConstraint(
            "backup_id IS NULL OR (backup_id <> mentor_id AND backup_id <> newcomer_id)", name="backup"
        ),
        CheckConstraint(f"({OPEN_SQL}) = (place_n IS NOT NULL)", name="open_has_place"),
        CheckConstraint(f"({OPEN_SQL}) = (approval_state IS NOT NULL)", name="open_has_approval"),
        CheckConstraint("approval_state IS NULL OR approval_state = 'live'", name="approval_live"),
        CheckConstraint(f"({OPEN_SQL}) = (ended_at IS NULL)", name="open_not_ended"),
        CheckConstraint(
            "state NOT IN ('accepted', 'active', 'paused', 'lapsed', 'completed')"
            " OR (accepted_at IS NOT NULL AND hello_due_at IS NOT NULL)",
            name="accepted_times",
        ),
        CheckConstraint(
            "state NOT IN ('active', 'paused', 'completed')"
            " OR (began_at IS NOT NULL AND agreed_until IS NOT NULL)",
            name="began_times",
        ),
        CheckConstraint(
            "state NOT IN ('proposed', 'declined', 'expired') OR accepted_at IS NULL", name="not_accepted"
        ),
        CheckConstraint("(state = 'paused') = (paused_until IS NOT NULL)", name="paused"),
        CheckConstraint("question_at IS NOT NULL OR question_answered_at IS NULL", name="question"),
        Index(
            "uq_mentorship_one_open_per_newcomer",
            "newcomer_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("uq_mentorship_one_open_per_place", "mentor_id", "place_n", unique=True),
    )
    __mapper_args__ = {"version_id_col": Versioned.version}

    id: Mapped[int] = mapped_column(primary_key=True, info=PLUMBING)
    request_id: Mapped[int] = mapped_column(index=True, info=PLUMBING)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("round.id"), info=PLUMBING)
    newcomer_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=PLUMBING)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=PLUMBING)
    place_n: Mapped[int | None] = mapped_column(info=PLUMBING)
    approval_state: Mapped[str | None] = mapped_column(String(32), info=PLUMBING)
    backup_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True, info=PLUMBING)
    continues_id: Mapped[int | None] = mapped_column(ForeignKey("mentorship.id"), info=PLUMBING)
    state: Mapped[State] = mapped_column(codes(State, "state"), default=State.PROPOSED, info=PLUMBING)
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PLUMBING)
    answer_due_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PLUMBING)
    answer_reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)
    question_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)
    question_answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)
    hello_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)
    hello_reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)
    coordinator_told_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)
    check_in_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)
    quiet_told_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)
    began_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)
    paused_until: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)
    agreed_until: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)
    close_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)
    newcomer_shares_wiki_name: Mapped[bool] = mapped_column(default=False, info=PLUMBING)
    mentor_shares_wiki_name: Mapped[bool] = mapped_column(default=False, info=PLUMBING)

    request: Mapped[Request] = relationship(foreign_keys=[request_id, newcomer_id], overlaps="newcomer")
    newcomer: Mapped[Person] = relationship(foreign_keys=[newcomer_id], overlaps="request")
    mentor: Mapped[Person] = relationship(foreign_keys=[mentor_id])
    backup: Mapped[Person | None] = relationship(foreign_keys=[backup_id])
    events: Mapped[list[MentorshipEvent]] = relationship(
        back_populates="mentorship", order_by="MentorshipEvent.n"
    )

    @property
    def is_open(self) -> bool:
        """Whether it holds one of the mentor's places."""
        return self.state in OPEN


class MentorshipEvent(Base):
    """One change of a mentorship: append-only; ids, codes, times, never words."""

    __tablename__ = "mentorship_event"
    __table_args__ = (UniqueConstraint("mentorship_id", "n"), {"info": PLUMBING})

    id: Mapped[int] = mapped_column(primary_key=True)
    mentorship_id: Mapped[int] = mapped_column(ForeignKey("mentorship.id"))
    n: Mapped[int] = mapped_column()
    action: Mapped[Action] = mapped_column(codes(Action, "action"))
    party: Mapped[Party] = mapped_column(codes(Party, "party"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    code: Mapped[Code] = mapped_column(codes(Code, "code"), default=Code.NONE)
    state: Mapped[State] = mapped_column(codes(State, "state"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    mentorship: Mapped[Mentorship] = relationship(back_populates="events")
    note: Mapped[EventNote | None] = relationship(back_populates="event", uselist=False)


class EventNote(Base):
    """A person's words about one change; erasable, so never in the history itself."""

    __tablename__ = "event_note"

    event_id: Mapped[int] = mapped_column(ForeignKey("mentorship_event.id"), primary_key=True, info=PLUMBING)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=PLUMBING)
    words: Mapped[str] = mapped_column(
        String(2000),
        info=label("the pair, or the coordinator it is meant for", "to say more than a code", ACCOUNT),
    )
    for_coordinator: Mapped[bool] = mapped_column(default=False, info=PLUMBING)

    event: Mapped[MentorshipEvent] = relationship(back_populates="note")


class HandOver(PublicId, Base):
    """A mentor would like to hand a mentorship over: the successor and the newcomer each say yes or no.

    Open while `closed_at` is empty; both yes: carried out, and closed, in the same transaction.
    """

    __tablename__ = "hand_over"
    __table_args__ = (
        Index(
            "uq_hand_over_one_open",
            "mentorship_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        {"info": PLUMBING},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    mentorship_id: Mapped[int] = mapped_column(ForeignKey("mentorship.id"), index=True)
    successor_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer_due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    successor_agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    newcomer_agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    mentorship: Mapped[Mentorship] = relationship()
    successor: Mapped[Person] = relationship()


class KnownAlready(PublicId, Base):
    """“We already know each other”: a newcomer's word for a mentor to type in, and both their yes.

    Only a hash of the word is kept. `mentor_id` is whoever typed it in; the newcomer then says whether it
    is she.
    """

    __tablename__ = "known_already"
    __table_args__ = (
        Index(
            "uq_known_already_one_open",
            "request_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        {"info": PLUMBING},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    word_hash: Mapped[str] = mapped_column(
        String(64), unique=True, info=label("nobody", "to pair two who know each other", "two weeks")
    )
    mentor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    mentor_agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    request: Mapped[Request] = relationship()
    mentor: Mapped[Person | None] = relationship()
