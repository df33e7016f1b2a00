"""Persons, how they sign in, and what they tell about themselves."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mentorship.store.base import PLUMBING, Base, PublicId, UtcDateTime, Versioned, codes, label

ACCOUNT = "until she erases her account"
HERS = label("herself", "to sign in", ACCOUNT)
MATCHING = label("people she is proposed to and her coordinators", "to find a good match", ACCOUNT)
SEALED_HOURS = label("nobody", "to compute hours in common and show her own times", ACCOUNT)


class PersonStatus(StrEnum):
    """How an account stands."""

    ACTIVE = "active"
    HIDDEN = "hidden"
    SUSPENDED = "suspended"
    ERASED = "erased"


class Person(PublicId, Versioned, Base):
    """Someone with an account; may be newcomer, mentor and coordinator at once."""

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint(
            "status <> 'erased' OR (name = '' AND about = '' AND wiki_name IS NULL)", name="erased"
        ),
    )
    __mapper_args__ = {"version_id_col": Versioned.version}

    id: Mapped[int] = mapped_column(primary_key=True, info=PLUMBING)
    name: Mapped[str] = mapped_column(
        String(80), info=label("people she is proposed to and her coordinators", "to be called by", ACCOUNT)
    )
    locale: Mapped[str] = mapped_column(
        String(20), default="en", info=label("herself", "the language of her pages", ACCOUNT)
    )
    time_zone: Mapped[str] = mapped_column(String(64), default="UTC", info=SEALED_HOURS)
    status: Mapped[PersonStatus] = mapped_column(
        codes(PersonStatus, "status"), default=PersonStatus.ACTIVE, info=PLUMBING
    )
    adult: Mapped[bool] = mapped_column(info=label("nobody", "joining is for people of 18 or over", ACCOUNT))
    about: Mapped[str] = mapped_column(String(2000), default="", info=MATCHING)
    wiki_name: Mapped[str | None] = mapped_column(
        String(255), info=label("a pair in which she switched it on", "to look at edits together", ACCOUNT)
    )
    wiki_name_hash: Mapped[str | None] = mapped_column(
        String(64), index=True, info=label("nobody", "to keep apart people who avoid each other", ACCOUNT)
    )
    prefers_writing: Mapped[bool] = mapped_column(default=False, info=MATCHING)
    hours_change: Mapped[bool] = mapped_column(default=False, info=MATCHING)
    shows_helped: Mapped[bool] = mapped_column(default=False, info=MATCHING)
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PLUMBING)
    links_from: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)
    """Links by which she answers from a mail work only if made since: when she signed out everywhere."""
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)

    languages: Mapped[list[LanguageSkill]] = relationship(
        cascade="all, delete-orphan", order_by="LanguageSkill.code"
    )
    interests: Mapped[list[Interest]] = relationship(cascade="all, delete-orphan")
    places_she_edits: Mapped[list[WhereEdits]] = relationship(cascade="all, delete-orphan")
    day_parts: Mapped[list[DayPart]] = relationship(cascade="all, delete-orphan")


class CredentialKind(StrEnum):
    """The ways to sign in."""

    PASSWORD = "password"  # noqa: S105 - the name of a kind, not a password
    RECOVERY_CODE = "recovery_code"
    PASSKEY = "passkey"
    WIKIMEDIA = "wikimedia"


class Credential(Base):
    """One way in: `subject` is the private sign-in name (or Wikimedia's id), `secret` a hash."""

    __tablename__ = "credential"
    __table_args__ = (UniqueConstraint("kind", "subject"), UniqueConstraint("person_id", "kind", "subject"))

    id: Mapped[int] = mapped_column(primary_key=True, info=PLUMBING)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=PLUMBING)
    kind: Mapped[CredentialKind] = mapped_column(codes(CredentialKind, "kind"), info=PLUMBING)
    subject: Mapped[str] = mapped_column(String(255), info=HERS)
    secret: Mapped[str] = mapped_column(String(255), info=label("nobody", "to sign in", ACCOUNT))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PLUMBING)


class Address(Base):
    """An e-mail address; mail goes only to a confirmed one."""

    __tablename__ = "address"
    __table_args__ = (UniqueConstraint("person_id", "email"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=PLUMBING)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=PLUMBING)
    email: Mapped[str] = mapped_column(String(254), info=label("herself", "to send her notices", ACCOUNT))
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime, info=PLUMBING)


class ReachNote(Base):
    """How a coordinator may reach her where she has no e-mail here, for when something waits."""

    __tablename__ = "reach_note"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, info=PLUMBING)
    words: Mapped[str] = mapped_column(
        String(300),
        info=label(
            "herself; coordinators of her cohorts, each reading written down",
            "to tell her that something is new where she has no e-mail",
            "until she takes it back",
        ),
    )
    written_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PLUMBING)


class LoginSession(Base):
    """A signed-in browser; when the row is gone a copied cookie is dead."""

    __tablename__ = "login_session"

    id: Mapped[int] = mapped_column(primary_key=True, info=PLUMBING)
    token_hash: Mapped[str] = mapped_column(
        String(64), unique=True, info=label("nobody", "to stay signed in", "its end")
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True, info=PLUMBING)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PLUMBING)
    seen_at: Mapped[datetime] = mapped_column(
        UtcDateTime,
        info=label("herself", "to list where she is signed in; at most hourly", "the session's end"),
    )
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, info=PLUMBING)
    device: Mapped[str] = mapped_column(
        String(80), default="", info=label("herself", "to tell her sessions apart", "the session's end")
    )

    person: Mapped[Person] = relationship()


class LanguageSkill(Base):
    """How well she knows a language, and whether she accepts or gives help in it."""

    __tablename__ = "language_skill"
    __table_args__ = (CheckConstraint("level BETWEEN 1 AND 6", name="level"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, info=PLUMBING)
    code: Mapped[str] = mapped_column(String(20), primary_key=True, info=MATCHING)
    level: Mapped[int] = mapped_column(info=MATCHING)
    accepts_help_in: Mapped[bool] = mapped_column(default=False, info=MATCHING)
    helps_in: Mapped[bool] = mapped_column(default=False, info=MATCHING)


class InterestKind(StrEnum):
    """The three lists one can tick."""

    NEED = "need"
    TOPIC = "topic"
    AREA = "area"


class Interest(Base):
    """A need, topic or area: what she wants to learn (0-3) and what she helps with (0-3)."""

    __tablename__ = "interest"
    __table_args__ = (
        CheckConstraint(
            "learns BETWEEN 0 AND 3 AND helps BETWEEN 0 AND 3 AND learns + helps > 0", name="range"
        ),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, info=PLUMBING)
    kind: Mapped[InterestKind] = mapped_column(codes(InterestKind, "kind"), primary_key=True, info=MATCHING)
    item: Mapped[str] = mapped_column(String(40), primary_key=True, info=MATCHING)
    learns: Mapped[int] = mapped_column(default=0, info=MATCHING)
    helps: Mapped[int] = mapped_column(default=0, info=MATCHING)


class WhereEdits(Base):
    """A wiki she edits or wants to edit; `language` is empty where the project has but one wiki."""

    __tablename__ = "where_edits"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, info=PLUMBING)
    project: Mapped[str] = mapped_column(String(40), primary_key=True, info=MATCHING)
    language: Mapped[str] = mapped_column(String(20), primary_key=True, default="", info=MATCHING)


class DayPart(Base):
    """A part of the day in which she is usually free, in her local time."""

    __tablename__ = "day_part"
    __table_args__ = (
        CheckConstraint("day IN ('weekday', 'weekend')", name="day"),
        CheckConstraint("part IN ('morning', 'afternoon', 'evening')", name="part"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, info=PLUMBING)
    day: Mapped[str] = mapped_column(String(10), primary_key=True, info=SEALED_HOURS)
    part: Mapped[str] = mapped_column(String(10), primary_key=True, info=SEALED_HOURS)
