"""Growing into more: a cohort's own ladders of small steps, and the invitation to help others."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from mentorship.store.base import PLUMBING, Base, UtcDateTime, codes, label


class Rung(Base):
    """A step of a cohort's own ladder; an area without any has the programme's ladder.

    `code` names a step of the programme's, `words` are the coordinators' own: exactly one of the two.
    """

    __tablename__ = "rung"
    __table_args__ = (
        CheckConstraint("(code = '') <> (words = '')", name="one_text"),
        CheckConstraint("n > 0", name="n"),
    )

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), primary_key=True, info=PLUMBING)
    area: Mapped[str] = mapped_column(String(40), primary_key=True, info=PLUMBING)
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=PLUMBING)
    code: Mapped[str] = mapped_column(String(40), default="", info=PLUMBING)
    words: Mapped[str] = mapped_column(
        String(200),
        default="",
        info=label("members of the cohort", "to choose small steps from", "as long as the cohort"),
    )


class OnwardKind(StrEnum):
    """What someone who was helped may be invited to."""

    BACKUP = "backup"
    MENTOR = "mentor"


class Onward(Base):
    """That she was invited to help others, so that it is done once; `closed_at` when she said no or yes."""

    __tablename__ = "onward"
    __table_args__ = {"info": PLUMBING}

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    kind: Mapped[OnwardKind] = mapped_column(codes(OnwardKind, "kind"), primary_key=True)
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
