"""Blocks, reports and the audit chain."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from mentorship.store.base import PLUMBING, Base, PublicId, UtcDateTime, codes, label


class Block(Base):
    """Cuts every tie at once and prevents new ones, both ways.

    A keyed hash of the other's sign-in name outlives the erasure of her account.
    """

    __tablename__ = "block"
    __table_args__ = (
        CheckConstraint("blocker_id <> blocked_id", name="two_people"),
        UniqueConstraint("blocker_id", "blocked_id"),
        {"info": label("the one who blocked", "to keep the two apart", "until she takes it back")},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    blocker_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    blocked_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class BlockMark(Base):
    """What is left of a block when the blocked account is erased: enough to know her if she returns."""

    __tablename__ = "block_mark"
    __table_args__ = (
        UniqueConstraint("blocker_id", "subject_hash"),
        {
            "info": label(
                "nobody", "to keep the two apart if she joins again", "until the blocker's account is erased"
            )
        },
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    blocker_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    subject_hash: Mapped[str] = mapped_column(String(64), index=True)


class ReportState(StrEnum):
    """How far a report has come, as the reporter sees it."""

    OPEN = "open"
    READ = "read"
    CLOSED = "closed"


class Report(PublicId, Base):
    """Something is wrong: told in private to a safeguarding contact it is not about."""

    __tablename__ = "report"
    __table_args__ = (
        CheckConstraint(
            "routed_to_id IS NULL OR about_id IS NULL OR routed_to_id <> about_id", name="not_to_her"
        ),
        Index(
            "ix_report_open",
            "state",
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLUMBING)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True, info=PLUMBING)
    about_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True, info=PLUMBING)
    mentorship_id: Mapped[int | None] = mapped_column(ForeignKey("mentorship.id"), info=PLUMBING)
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id"), info=PLUMBING)
    routed_to_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), info=PLUMBING)
    words: Mapped[str] = mapped_column(
        String(4000),
        info=label(
            "the safeguarding contact it is routed to", "to act on what is wrong", "1 year after it is closed"
        ),
    )
    state: Mapped[ReportState] = mapped_column(
        codes(ReportState, "state"), default=ReportState.OPEN, info=PLUMBING
    )
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PLUMBING)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)


class ReportMessage(Base):
    """A message one of a pair attached to her report, by reference: erased words are gone here too."""

    __tablename__ = "report_message"
    __table_args__ = {
        "info": label(
            "the safeguarding contact it is routed to", "to act on what is wrong", "1 year after it is closed"
        )
    }

    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), primary_key=True, index=True)


class Audit(Base):
    """Who did or read what, as codes; append-only, each row chained to the one before."""

    __tablename__ = "audit"
    __table_args__ = {"info": PLUMBING}

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    act: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(40), default="")
    subject_id: Mapped[int | None] = mapped_column()
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    chain: Mapped[str] = mapped_column(String(64))
