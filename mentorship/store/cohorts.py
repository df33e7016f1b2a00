"""Cohorts: the unit a coordinator runs."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentorship.store.base import PLUMBING, Base, PublicId, UtcDateTime, Versioned, label
from mentorship.store.people import Person

PROGRAMME = label("anyone with the joining link", "to say what the cohort is", "as long as the cohort")


class Cohort(PublicId, Versioned, Base):
    """A programme's run: dates or open-ended, a joining link, deadlines of its own."""

    __tablename__ = "cohort"
    __table_args__ = (CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates"),)
    __mapper_args__ = {"version_id_col": Versioned.version}

    id: Mapped[int] = mapped_column(primary_key=True, info=PLUMBING)
    name: Mapped[str] = mapped_column(String(120), info=PROGRAMME)
    welcome: Mapped[str] = mapped_column(String(2000), default="", info=PROGRAMME)
    starts_on: Mapped[date] = mapped_column(info=PLUMBING)
    ends_on: Mapped[date | None] = mapped_column(info=PLUMBING)
    languages: Mapped[list[str]] = mapped_column(JSON, default=list, info=PLUMBING)
    joining_token: Mapped[str] = mapped_column(
        String(64),
        unique=True,
        default=lambda: secrets.token_urlsafe(16),
        info=label("whoever a coordinator gives it to", "to join by link", "until a coordinator renews it"),
    )
    chat_link: Mapped[str] = mapped_column(
        String(500),
        default="",
        info=label("members of the cohort", "to meet elsewhere", "as long as the cohort"),
    )
    direct_asking: Mapped[bool] = mapped_column(default=True, info=PLUMBING)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, info=PLUMBING)
    next_round_on: Mapped[date | None] = mapped_column(info=PLUMBING)
    clock_paused_until: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)

    coordinators: Mapped[list[CohortCoordinator]] = relationship(
        back_populates="cohort", cascade="all, delete-orphan", order_by="CohortCoordinator.person_id"
    )


class CohortCoordinator(Base):
    """She coordinates this cohort; `safeguarding` marks who handles reports."""

    __tablename__ = "cohort_coordinator"
    __table_args__ = {"info": PLUMBING}

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    safeguarding: Mapped[bool] = mapped_column(default=False)
    since: Mapped[datetime] = mapped_column(UtcDateTime)

    cohort: Mapped[Cohort] = relationship(back_populates="coordinators")
    person: Mapped[Person] = relationship()


class CohortMember(Base):
    """She joined this cohort; `seen_by_others` only where she chose so."""

    __tablename__ = "cohort_member"
    __table_args__ = {
        "info": label("coordinators of the cohort", "to know who takes part", "until she erases her account")
    }

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    seen_by_others: Mapped[bool] = mapped_column(
        default=False,
        info=label("members of the cohort who chose it too", "to know each other", "until she takes it back"),
    )
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)
