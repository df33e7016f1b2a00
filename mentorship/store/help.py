"""Someone helped me start: the answers to the helper question, and the edges of who helped whom."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentorship.rules.helped import Answer, Occasion, Still
from mentorship.store.base import PLUMBING, Base, PublicId, UtcDateTime, codes, label
from mentorship.store.people import ACCOUNT, Person

LEARN = label("herself; others see counts only", "to learn whether anyone asked was helped", ACCOUNT)


class HelperAnswer(Base):
    """The helper question, asked once an occasion of a request; unanswered while `answer` is empty."""

    __tablename__ = "helper_answer"
    __table_args__ = (
        UniqueConstraint("person_id", "request_id", "occasion"),
        Index(
            "uq_helper_answer_one_joining",
            "person_id",
            unique=True,
            sqlite_where=text("occasion = 'joining'"),
            postgresql_where=text("occasion = 'joining'"),
        ),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered"),
        CheckConstraint("(occasion = 'joining') = (request_id IS NULL)", name="joining"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLUMBING)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=PLUMBING)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"), index=True, info=PLUMBING)
    occasion: Mapped[Occasion] = mapped_column(codes(Occasion, "occasion"), info=PLUMBING)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PLUMBING)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)
    answer: Mapped[Answer | None] = mapped_column(codes(Answer, "answer"), info=LEARN)
    still: Mapped[Still | None] = mapped_column(codes(Still, "still"), info=LEARN)


class Help(PublicId, Base):
    """“This person helped me”: an edge from helper to helped.

    The helper is a member or a typed name, never both; a typed name is the asker's alone.
    A member is named to others only when both have agreed. What she takes away about a member stays as an
    empty row with `removed_at`, so that nobody is asked twice about the same person.
    """

    __tablename__ = "help"
    __table_args__ = (
        CheckConstraint("(helper_id IS NULL) <> (helper_name IS NULL)", name="one_helper"),
        CheckConstraint("helper_id IS NULL OR helper_id <> helped_id", name="two_people"),
        CheckConstraint("year IS NULL OR year BETWEEN 2001 AND 2200", name="year"),
        CheckConstraint("helper_agreed_at IS NULL OR helper_declined_at IS NULL", name="one_answer"),
        CheckConstraint("NOT is_group OR helper_id IS NULL", name="group"),
        UniqueConstraint("helped_id", "helper_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLUMBING)
    helped_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=PLUMBING)
    helper_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True, info=PLUMBING)
    helper_name: Mapped[str | None] = mapped_column(
        String(255), info=label("herself", "to remember who helped her", ACCOUNT)
    )
    year: Mapped[int | None] = mapped_column(info=LEARN)
    language: Mapped[str] = mapped_column(String(20), default="", info=LEARN)
    what: Mapped[str] = mapped_column(
        String(1000), default="", info=label("herself", "to remember the help", ACCOUNT)
    )
    mentorship_id: Mapped[int | None] = mapped_column(ForeignKey("mentorship.id"), info=PLUMBING)
    helped_agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)
    helper_agreed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)
    helper_declined_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)
    is_group: Mapped[bool] = mapped_column(default=False, info=PLUMBING)
    may_invite: Mapped[bool] = mapped_column(default=False, info=PLUMBING)
    invitation: Mapped[str | None] = mapped_column(
        String(43), unique=True, info=label("herself", "to invite who helped her", ACCOUNT)
    )
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PLUMBING)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)

    helped: Mapped[Person] = relationship(foreign_keys=[helped_id])
    helper: Mapped[Person | None] = relationship(foreign_keys=[helper_id])


class ThankNote(PublicId, Base):
    """A word of thanks to the member who helped, perhaps years later; it goes when the help goes."""

    __tablename__ = "thank_note"

    id: Mapped[int] = mapped_column(primary_key=True, info=PLUMBING)
    help_id: Mapped[int] = mapped_column(ForeignKey("help.id"), index=True, info=PLUMBING)
    words: Mapped[str] = mapped_column(String(2000), info=label("giver and receiver", "to thank", ACCOUNT))
    at: Mapped[datetime] = mapped_column(UtcDateTime, info=PLUMBING)

    help: Mapped[Help] = relationship()
