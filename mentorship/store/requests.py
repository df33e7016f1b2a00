"""Requests: a newcomer's wish for a mentor, whom she wishes for, whom she avoids."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentorship.store.base import PLUMBING, Base, PublicId, UtcDateTime, Versioned, codes, label
from mentorship.store.cohorts import Cohort
from mentorship.store.people import ACCOUNT, Person

CIRCLE = label("others who wait and are in the circle too", "not to wait alone", "until she leaves it")
HER_WORDS = label(
    "the mentor asked, her mentor, her second person once called, her coordinators",
    "so that a mentor can answer",
    ACCOUNT,
)


class RequestState(StrEnum):
    """Open or closed; waiting, asked and paired derive from the open mentorship."""

    OPEN = "open"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How a closed request came out."""

    FULFILLED = "fulfilled"
    WITHDRAWN = "withdrawn"
    NO_ANSWER = "no_answer"
    ERASED = "erased"


class Request(PublicId, Versioned, Base):
    """A newcomer's wish for a mentor, in one cohort.

    `word_due_at` is the date she was told she will hear by; `passes` counts asks that ended in a no or
    in silence; `needs_coordinator` puts the request on her coordinators' list of today; `in_circle` shows her
    name to the others of the circle of those who wait, and theirs to her.
    """

    __tablename__ = "request"
    __table_args__ = (
        UniqueConstraint("id", "newcomer_id"),
        CheckConstraint(
            "(state = 'open') = (outcome IS NULL) AND (state = 'open') = (closed_at IS NULL)", name="closed"
        ),
        CheckConstraint("passes >= 0", name="passes"),
        Index(
            "uq_request_one_open",
            "newcomer_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )
    __mapper_args__ = {"version_id_col": Versioned.version}

    id: Mapped[int] = mapped_column(primary_key=True, info=PLUMBING)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True, info=PLUMBING)
    newcomer_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=PLUMBING)
    words: Mapped[str] = mapped_column(String(2000), default="", info=HER_WORDS)
    happened_link: Mapped[str] = mapped_column(
        String(1000),
        default="",
        info=label("her mentor after a yes, her coordinators", "to look at what happened together", ACCOUNT),
    )
    state: Mapped[RequestState] = mapped_column(
        codes(RequestState, "state"), default=RequestState.OPEN, info=PLUMBING
    )
    outcome: Mapped[Outcome | None] = mapped_column(codes(Outcome, "outcome"), info=PLUMBING)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PLUMBING)
    waiting_since: Mapped[datetime] = mapped_column(UtcDateTime, info=PLUMBING)
    word_due_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PLUMBING)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)
    passes: Mapped[int] = mapped_column(default=0, info=PLUMBING)
    needs_coordinator: Mapped[bool] = mapped_column(default=False, info=PLUMBING)
    confirm_again: Mapped[bool] = mapped_column(default=False, info=PLUMBING)
    in_circle: Mapped[bool] = mapped_column(default=False, info=CIRCLE)

    cohort: Mapped[Cohort] = relationship()
    newcomer: Mapped[Person] = relationship()
    shown: Mapped[list[Shown]] = relationship(
        cascade="all, delete-orphan", order_by="Shown.at, Shown.mentor_id"
    )


class Shown(Base):
    """A mentor who was suggested to this request; only these can be wished for or asked."""

    __tablename__ = "shown"
    __table_args__ = (
        CheckConstraint("wish_rank IS NULL OR wish_rank BETWEEN 1 AND 6", name="wish_rank"),
        {"info": label("herself", "to suggest at most six mentors, and to know her wishes", ACCOUNT)},
    )

    request_id: Mapped[int] = mapped_column(ForeignKey("request.id"), primary_key=True)
    mentor_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    wish_rank: Mapped[int | None] = mapped_column()

    mentor: Mapped[Person] = relationship()


class Avoid(Base):
    """Someone she never wants to meet here: any Wikimedia user name, member or not."""

    __tablename__ = "avoid"
    __table_args__ = (UniqueConstraint("person_id", "name_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=PLUMBING)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=PLUMBING)
    typed_name: Mapped[str] = mapped_column(
        String(255), info=label("herself", "to keep the two apart", ACCOUNT)
    )
    name_hash: Mapped[str] = mapped_column(
        String(64), index=True, info=label("nobody", "to keep the two apart", ACCOUNT)
    )
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PLUMBING)
