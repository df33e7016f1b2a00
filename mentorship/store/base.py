"""What every table shares: naming of constraints, types, labels of private columns."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Dialect, Enum, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The models' common base; it knows nothing of Flask."""

    metadata = MetaData(naming_convention=NAMING)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware and UTC in Python, on every database; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be kept")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def codes(kind: type[StrEnum], name: str) -> Enum:
    """A column type for the values of `kind`, held by a CHECK called `name`."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )


def label(who: str, why: str, until: str) -> dict[str, Any]:
    """What a column keeps about a person: who sees it, why it is kept, until when.

    The privacy page, the export, the retention job and the canary tests are made from these.
    """
    return {"who": who, "why": why, "until": until}


PLUMBING = label("nobody", "ids, codes and times that tie rows together", "as long as the row")
"""For tables, or columns, that hold no word and no private fact of anyone."""


def label_of(column: Any) -> dict[str, Any] | None:
    """The column's own label, else its table's; None where neither has one."""
    for info in (column.info, column.table.info):
        if "who" in info:
            return dict(info)
    return None


def new_public_id() -> str:
    """A random id for addresses and exports; says nothing and cannot be guessed.

    None begins with a dash: on the command line it would be taken for an option.
    """
    while True:
        made = secrets.token_urlsafe(12)
        if not made.startswith("-"):
            return made


class PublicId:
    """Mixin: the random id under which the row is known outside."""

    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id, info=PLUMBING)


class Versioned:
    """Mixin: a version that every change raises, so that a stale writer is refused."""

    version: Mapped[int] = mapped_column(default=1, info=PLUMBING)
