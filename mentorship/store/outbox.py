"""Notices to people, written in the transaction of their cause; the worker mails them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentorship.store.base import PLUMBING, Base, PublicId, UtcDateTime, codes, label
from mentorship.store.people import ACCOUNT, Person

NOTICE = label("herself", "to tell her what changed", "90 days after it was read, a year after it was made")


class MailState(StrEnum):
    """How far the mail of a notice has come; `on_site` means there was no confirmed address."""

    WAITING = "waiting"
    SENT = "sent"
    ON_SITE = "on_site"
    FAILED = "failed"


class Outbox(PublicId, Base):
    """One thing one person is told: shown on her pages, and mailed if she has a confirmed address.

    `values` holds ids and times for the sentence of `kind`, never anyone's words.
    """

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_mail", "mail", "try_at"), {"info": NOTICE})

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    mentorship_id: Mapped[int | None] = mapped_column(ForeignKey("mentorship.id"), index=True)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("request.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    mail: Mapped[MailState] = mapped_column(codes(MailState, "mail"), default=MailState.WAITING)
    tries: Mapped[int] = mapped_column(default=0)
    try_at: Mapped[datetime] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship()


class MailAbout(StrEnum):
    """What a mail can be about: few enough to choose among on one page."""

    MESSAGES = "messages"
    ASKS = "asks"
    REQUEST = "request"
    PAIRS = "pairs"
    CALLS = "calls"
    COHORT = "cohort"
    SAFETY = "safety"


class NoMail(Base):
    """What one person does not want to be mailed about; it stands on her pages all the same."""

    __tablename__ = "no_mail"
    __table_args__ = ({"info": label("herself", "to mail her only what she wants", ACCOUNT)},)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    about: Mapped[MailAbout] = mapped_column(codes(MailAbout, "about"), primary_key=True)


class Setting(Base):
    """A setting of the site that coordinators may change while it runs."""

    __tablename__ = "setting"
    __table_args__ = {"info": PLUMBING}

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


class ImportBatch(PublicId, Base):
    """One sheet of sign-ups read in, so that it can be told apart and taken back."""

    __tablename__ = "import_batch"
    __table_args__ = {"info": PLUMBING}

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    rows: Mapped[int] = mapped_column()
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
