"""Conversations: a monthly call of a cohort, what is taken away from it, and the cohort's poster."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentorship.store.base import PLUMBING, Base, PublicId, UtcDateTime, Versioned, label
from mentorship.store.cohorts import Cohort
from mentorship.store.people import ACCOUNT, Person

OF_THE_COHORT = label("members of the cohort", "to meet once a month", "as long as the cohort")


class Conversation(PublicId, Versioned, Base):
    """A call; it exists only because someone said she will host it. One a month in each cohort."""

    __tablename__ = "conversation"
    __table_args__ = (
        CheckConstraint("area IN ('programs', 'leadership', 'technical-spaces')", name="area"),
        Index(
            "uq_conversation_one_a_month",
            "cohort_id",
            "month",
            unique=True,
            sqlite_where=text("cancelled_at IS NULL"),
            postgresql_where=text("cancelled_at IS NULL"),
        ),
    )
    __mapper_args__ = {"version_id_col": Versioned.version}

    id: Mapped[int] = mapped_column(primary_key=True, info=PLUMBING)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True, info=PLUMBING)
    host_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=PLUMBING)
    area: Mapped[str] = mapped_column(String(40), info=OF_THE_COHORT)
    month: Mapped[date] = mapped_column(info=PLUMBING)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime, info=OF_THE_COHORT)
    link: Mapped[str] = mapped_column(
        String(500),
        default="",
        info=label(
            "the host, coordinators and those who signed up", "to meet once a month", "as long as the cohort"
        ),
    )
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PLUMBING)

    host: Mapped[Person] = relationship()
    cohort: Mapped[Cohort] = relationship()


class Participation(Base):
    """She signed up for a conversation, and perhaps said afterwards that she was there."""

    __tablename__ = "participation"
    __table_args__ = (
        UniqueConstraint("conversation_id", "person_id"),
        {"info": label("herself; others see counts only", "to meet once a month", ACCOUNT)},
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLUMBING)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), info=PLUMBING)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=PLUMBING)
    signed_up_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)
    attended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship()
    conversation: Mapped[Conversation] = relationship()


class Takeaway(PublicId, Base):
    """What somebody takes away from a conversation; shown without a name once a coordinator publishes it."""

    __tablename__ = "takeaway"

    id: Mapped[int] = mapped_column(primary_key=True, info=PLUMBING)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), index=True, info=PLUMBING)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=PLUMBING)
    words: Mapped[str] = mapped_column(
        String(280),
        info=label(
            "herself, the host and coordinators; once published, members of the cohort",
            "to keep what a conversation gave",
            ACCOUNT,
        ),
    )
    on_poster: Mapped[bool] = mapped_column(default=False, info=PLUMBING)
    at: Mapped[datetime] = mapped_column(UtcDateTime, info=PLUMBING)

    conversation: Mapped[Conversation] = relationship()


class Quote(PublicId, Base):
    """Her own sentence, given by herself: the row is her consent, and goes when she takes it back."""

    __tablename__ = "quote"
    __table_args__ = (UniqueConstraint("conversation_id", "author_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=PLUMBING)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id"), info=PLUMBING)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=PLUMBING)
    words: Mapped[str] = mapped_column(
        String(280),
        info=label(
            "herself and coordinators; on a published poster, members of the cohort",
            "to show others what a cohort is like",
            "until she takes it back",
        ),
    )
    with_name: Mapped[bool] = mapped_column(default=False, info=PLUMBING)
    on_poster: Mapped[bool] = mapped_column(default=False, info=PLUMBING)
    consented_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PLUMBING)

    author: Mapped[Person] = relationship()
    conversation: Mapped[Conversation] = relationship()


class Poster(Base):
    """The poster of a cohort: its numbers as of the day it was made, and whether members see it."""

    __tablename__ = "poster"
    __table_args__ = {"info": PLUMBING}

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    numbers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
