"""Conversations: a monthly call of a cohort, its area in rotation."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from mentorship.store.base import PLUMBING, Base, PublicId, UtcDateTime, label


class Conversation(PublicId, Base):
    """A call; it exists only because someone said she will host it."""

    __tablename__ = "conversation"
    __table_args__ = (
        CheckConstraint("area IN ('programs', 'leadership', 'technical-spaces')", name="area"),
        {"info": label("members of the cohort", "to meet once a month", "as long as the cohort")},
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=PLUMBING)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True, info=PLUMBING)
    host_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=PLUMBING)
    area: Mapped[str] = mapped_column(String(40))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    link: Mapped[str] = mapped_column(String(500), default="")
