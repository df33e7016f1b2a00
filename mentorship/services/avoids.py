"""Whom she never wants to meet here: any Wikimedia user name, answered the same whether a member or not."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from mentorship.rules.errors import BadInput
from mentorship.rules.marking import N_
from mentorship.services.keyed import hash_name, plain_name
from mentorship.store.people import Person
from mentorship.store.requests import Avoid

MOST = 200


def avoids_of(session: Session, person: Person) -> list[Avoid]:
    """The names she typed, in the order she typed them."""
    return list(session.scalars(select(Avoid).where(Avoid.person_id == person.id).order_by(Avoid.id)))


def avoid(session: Session, person: Person, typed_name: str, *, at: datetime, key: bytes) -> None:
    """Keep the two apart; a name she has typed before changes nothing."""
    if not plain_name(typed_name):
        raise BadInput(N_("Please type a user name."), field="typed_name")
    name_hash = hash_name(key, typed_name)
    mine = Avoid.person_id == person.id
    if session.scalar(select(Avoid.id).where(mine, Avoid.name_hash == name_hash)) is not None:
        return
    if (session.scalar(select(func.count()).select_from(Avoid).where(mine)) or 0) >= MOST:
        raise BadInput(N_("The list is full. Remove a name to add another."), field="typed_name")
    session.add(Avoid(person_id=person.id, typed_name=typed_name, name_hash=name_hash, made_at=at))
    session.flush()


def forget(session: Session, person: Person, typed_name: str) -> None:
    """Take a name off her list."""
    session.execute(delete(Avoid).where(Avoid.person_id == person.id, Avoid.typed_name == typed_name))
