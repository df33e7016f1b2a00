"""A mentor's offer: her capacity as places, her cohorts, her approval."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentorship.store.base import PLUMBING, Base, UtcDateTime, Versioned, codes, label
from mentorship.store.people import ACCOUNT, Person

NUMBERS = label("coordinators of her cohorts", "to know how many newcomers she has time for", ACCOUNT)
VETTING = label("coordinators of her cohorts", "to approve mentors", ACCOUNT)


class Offer(Versioned, Base):
    """What a mentor offers; what she helps with stands in her interests and languages.

    `silent_since` is set when an ask ran out unanswered: she is asked nothing more until she does something.
    `asked_if_here_at` is when she was last asked whether she still takes part, `heard_at` when she said so.
    """

    __tablename__ = "offer"
    __table_args__ = (CheckConstraint("capacity BETWEEN 0 AND 20", name="capacity"),)
    __mapper_args__ = {"version_id_col": Versioned.version}

    mentor_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, info=PLUMBING)
    capacity: Mapped[int] = mapped_column(default=2, info=NUMBERS)
    away_until: Mapped[datetime | None] = mapped_column(UtcDateTime, info=NUMBERS)
    silent_since: Mapped[datetime | None] = mapped_column(UtcDateTime, info=NUMBERS)
    heard_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=NUMBERS)
    asked_if_here_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=NUMBERS)
    backup: Mapped[bool] = mapped_column(default=False, info=NUMBERS)
    accepts_rounds: Mapped[bool] = mapped_column(default=False, info=NUMBERS)
    statement: Mapped[str] = mapped_column(
        String(1000), default="", info=label("newcomers she is suggested to", "to say how she helps", ACCOUNT)
    )
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PLUMBING)

    mentor: Mapped[Person] = relationship()
    cohorts: Mapped[list[OfferCohort]] = relationship(cascade="all, delete-orphan")
    places: Mapped[list[Place]] = relationship(cascade="all, delete-orphan", order_by="Place.n")
    approval: Mapped[Approval | None] = relationship(
        primaryjoin="foreign(Approval.mentor_id) == Offer.mentor_id", uselist=False, viewonly=True
    )


class OfferCohort(Base):
    """The mentor serves this cohort."""

    __tablename__ = "offer_cohort"
    __table_args__ = {"info": NUMBERS}

    mentor_id: Mapped[int] = mapped_column(ForeignKey("offer.mentor_id"), primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), primary_key=True, index=True)


class Place(Base):
    """One place of a mentor: her capacity is counted in these rows, and one in use cannot go."""

    __tablename__ = "place"
    __table_args__ = (CheckConstraint("n BETWEEN 1 AND 20", name="n"), {"info": NUMBERS})

    mentor_id: Mapped[int] = mapped_column(ForeignKey("offer.mentor_id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class ApprovalState(StrEnum):
    """How an application to mentor stands; an approval lapses by its date, live pairs finish."""

    APPLIED = "applied"
    LIVE = "live"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Approval(Base):
    """A coordinator's approval of a mentor; nobody approves herself.

    `end_told_for` is the `until` about whose coming both have been told.
    """

    __tablename__ = "approval"
    __table_args__ = (
        UniqueConstraint("mentor_id", "state"),
        CheckConstraint("by_id IS NULL OR by_id <> mentor_id", name="not_by_herself"),
        CheckConstraint(
            "state <> 'live' OR (by_id IS NOT NULL AND at IS NOT NULL AND until IS NOT NULL)", name="live"
        ),
    )

    mentor_id: Mapped[int] = mapped_column(ForeignKey("offer.mentor_id"), primary_key=True, info=PLUMBING)
    state: Mapped[ApprovalState] = mapped_column(
        codes(ApprovalState, "state"), default=ApprovalState.APPLIED, info=VETTING
    )
    conduct_agreed_at: Mapped[datetime] = mapped_column(UtcDateTime, info=VETTING)
    vouched_by: Mapped[str] = mapped_column(String(255), default="", info=VETTING)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=PLUMBING)
    at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime, info=VETTING)
    end_told_for: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)
