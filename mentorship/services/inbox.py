"""What someone was told: her notices with their sentences, the unread first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from mentorship.services.notices import NOTICES
from mentorship.services.settled import settled_among
from mentorship.store.outbox import Outbox
from mentorship.store.people import Person

MOST = 20
"""Of the unread, and of those read before, so many are shown at a time."""
LOOKED_AT = 10 * MOST
"""So many unread ones are looked at for what is still new in them."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence to be translated, and what fills it: moments in UTC, and names (None: she has left).

    `is_new` is a notice she has not read, unless what it asked was settled meanwhile.
    """

    row: Outbox
    sentence: str
    values: dict[str, str | datetime | None]
    is_new: bool = True


def notices_of(session: Session, person: Person) -> list[Notice]:
    """Her unread notices, then those she read before; the latest first. What was settled is not new."""
    hers = Outbox.person_id == person.id, Outbox.kind.in_(NOTICES)
    latest_first = Outbox.made_at.desc(), Outbox.id.desc()
    query = select(Outbox).where(*hers).order_by(*latest_first)
    unread = session.scalars(query.where(Outbox.read_at.is_(None)).limit(LOOKED_AT)).all()
    read = session.scalars(query.where(Outbox.read_at.is_not(None)).limit(MOST)).all()
    over = settled_among(session, person, unread)
    new = [row for row in unread if row.id not in over][:MOST]
    before = sorted(
        [row for row in unread if row.id in over] + list(read),
        key=lambda row: (row.made_at, row.id),
        reverse=True,
    )
    told = notices(session, [*new, *before[:MOST]])
    return [replace(one, is_new=number < len(new)) for number, one in enumerate(told)]


def notices(session: Session, rows: Iterable[Outbox]) -> list[Notice]:
    """The sentences of these rows."""
    kept = list(rows)
    ids = {value for row in kept for value in row.values.values() if isinstance(value, int)}
    people = session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    names = {person_id: name for person_id, name in people}  # noqa: C416 - rows, which mypy sees as tuples here
    return [Notice(row, NOTICES[row.kind], _filled(row, names)) for row in kept]


def mark_read(session: Session, person: Person, public_ids: Collection[str], *, at: datetime) -> None:
    """She has read these; whatever came since, or did not stand on the page, stays unread."""
    hers = Outbox.person_id == person.id, Outbox.read_at.is_(None), Outbox.public_id.in_(public_ids)
    session.execute(update(Outbox).where(*hers).values(read_at=at))


def _filled(row: Outbox, names: dict[int, str]) -> dict[str, str | datetime | None]:
    return {
        name: (names.get(value) or None) if isinstance(value, int) else datetime.fromisoformat(value)
        for name, value in row.values.items()
    }
