"""Rounds: one run of the matcher over a cohort's waiting requests."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentorship.store.base import PLUMBING, Base, PublicId, UtcDateTime, Versioned, codes, label
from mentorship.store.cohorts import Cohort
from mentorship.store.people import Person
from mentorship.store.requests import Request

REVIEW = label(
    "coordinators of the cohort", "to review a round before anyone is told", "as long as the round"
)


class RoundState(StrEnum):
    """How far a round has come."""

    COMPUTING = "computing"
    DRAFT = "draft"
    PUBLISHED = "published"
    DISCARDED = "discarded"
    FAILED = "failed"


class Round(PublicId, Versioned, Base):
    """A draft is the coordinators' alone; a published round's content never changes."""

    __tablename__ = "round"
    __table_args__ = (
        CheckConstraint("(state = 'published') = (published_at IS NOT NULL)", name="published"),
        Index(
            "uq_round_one_open",
            "cohort_id",
            unique=True,
            sqlite_where=text("state IN ('computing', 'draft')"),
            postgresql_where=text("state IN ('computing', 'draft')"),
        ),
    )
    __mapper_args__ = {"version_id_col": Versioned.version}

    id: Mapped[int] = mapped_column(primary_key=True, info=PLUMBING)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), info=PLUMBING)
    state: Mapped[RoundState] = mapped_column(
        codes(RoundState, "state"), default=RoundState.COMPUTING, info=PLUMBING
    )
    policy: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, info=PLUMBING)
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, info=PLUMBING)
    certificate: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, info=PLUMBING)
    input_sha256: Mapped[str] = mapped_column(String(64), default="", info=PLUMBING)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=PLUMBING)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PLUMBING)
    solving_until: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)
    computed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)

    cohort: Mapped[Cohort] = relationship()
    pairings: Mapped[list[Pairing]] = relationship(
        back_populates="round", cascade="all, delete-orphan", order_by="Pairing.request_id"
    )
    left_out: Mapped[list[LeftOut]] = relationship(
        cascade="all, delete-orphan", order_by="LeftOut.request_id"
    )
    choices: Mapped[list[RoundChoice]] = relationship(
        cascade="all, delete-orphan", order_by="RoundChoice.request_id"
    )


class ChoiceKind(StrEnum):
    """What a coordinator may decide about a pair in a draft."""

    LOCK = "lock"
    FORBID = "forbid"


class RoundChoice(Base):
    """A coordinator's own decision in a draft, round which the rest is computed.

    `by_id` is empty for a decision from the command line.
    """

    __tablename__ = "round_choice"
    __table_args__ = {"info": REVIEW}

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), primary_key=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    kind: Mapped[ChoiceKind] = mapped_column(codes(ChoiceKind, "kind"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Pairing(Base):
    """One newcomer with one mentor, proposed inside a round."""

    __tablename__ = "pairing"
    __table_args__ = (
        UniqueConstraint("round_id", "request_id"),
        CheckConstraint("points >= 0", name="points"),
        {"info": REVIEW},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), index=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    points: Mapped[int] = mapped_column()
    terms: Mapped[list[Any]] = mapped_column(JSON, default=list)

    round: Mapped[Round] = relationship(back_populates="pairings")
    request: Mapped[Request] = relationship()
    mentor: Mapped[Person] = relationship()


class LeftOut(Base):
    """A waiting request the round found no mentor for, and why, as codes."""

    __tablename__ = "left_out"
    __table_args__ = {"info": REVIEW}

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(32))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    request: Mapped[Request] = relationship()
