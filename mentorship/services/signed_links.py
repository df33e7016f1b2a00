"""What all links by which a mail is answered have in common: whose they are, and how long they are good.

Each is signed, made for one person, and good for `LINK_DAYS` at most; signing out everywhere, or another
password, ends it at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship.store.people import Person, PersonStatus

LINK_DAYS = 90
HERE = (PersonStatus.ACTIVE, PersonStatus.HIDDEN)


@dataclass(frozen=True, slots=True)
class Signed:
    """What a good link says: for whom it was made, the id of the thing it is about, how far that had come."""

    person: Person
    thing: str
    mark: int


def sign(key: bytes, what: str, thing: str, person: Person, mark: int = 0, *, at: datetime) -> str:
    """A link's token; `what` keeps a link of one kind from being read as one of another."""
    return str(_signer(key, what).dumps([thing, person.public_id, mark, int(at.timestamp())]))


def read(session: Session, key: bytes, what: str, token: str, *, at: datetime) -> Signed | None:
    """What the token says, or None, whatever is the matter with it."""
    try:
        thing, whose, mark, made = _signer(key, what).loads(token)
    except (BadSignature, ValueError, TypeError):
        return None
    person = session.scalar(select(Person).where(Person.public_id == whose))
    if person is None or not _is_good(person, datetime.fromtimestamp(made, UTC), at):
        return None
    return Signed(person, thing, mark)


def _is_good(person: Person, made_at: datetime, at: datetime) -> bool:
    """Whether `person` is here, and has not ended the links of that time."""
    is_new = made_at + timedelta(days=LINK_DAYS) > at
    is_hers = person.links_from is None or made_at >= person.links_from
    return person.status in HERE and is_new and is_hers


def _signer(key: bytes, what: str) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt=f"answer by mail: {what}")
