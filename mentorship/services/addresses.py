"""Her e-mail addresses: one is used only after she confirmed it by a link that was mailed to it."""

from __future__ import annotations

from datetime import datetime

from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mentorship.store.outbox import Outbox
from mentorship.store.people import Address, Person

CONFIRM = "confirm_address"
"""The kind of the outbox row that asks for the mail with the link; its ``values`` name the address."""

LINK_DAYS = 7


def addresses_of(session: Session, person: Person) -> list[Address]:
    """Her addresses, in the order she gave them."""
    return list(session.scalars(select(Address).where(Address.person_id == person.id).order_by(Address.id)))


def add(session: Session, person: Person, email: str, *, at: datetime) -> Address:
    """Keep an address of hers in place of any other, and ask for the mail by which she confirms it."""
    known = session.scalar(select(Address).where(Address.person_id == person.id, Address.email == email))
    for other in addresses_of(session, person):
        if other is not known:
            remove(session, person, other.email)
    address = known or Address(person_id=person.id, email=email)
    session.add(address)
    session.flush()
    if address.confirmed_at is None:
        _forget_mails(session, person)
        session.add(
            Outbox(person_id=person.id, kind=CONFIRM, values={"address": address.id}, made_at=at, try_at=at)
        )
    session.flush()
    return address


def remove(session: Session, person: Person, email: str) -> None:
    """Forget an address of hers."""
    session.execute(delete(Address).where(Address.person_id == person.id, Address.email == email))
    _forget_mails(session, person)


def link_token(key: bytes, address: Address) -> str:
    """What stands in the mailed link: the address it belongs to, signed."""
    return _signer(key).dumps([address.id, address.email])


def address_behind(session: Session, key: bytes, token: str) -> Address | None:
    """The address a link was made for, if it still is hers and the link is not too old."""
    try:
        number, email = _signer(key).loads(token, max_age=LINK_DAYS * 86_400)
    except (BadSignature, ValueError, TypeError):
        return None
    return session.scalar(select(Address).where(Address.id == number, Address.email == email))


def confirm(address: Address, *, at: datetime) -> None:
    """From now on her notices are mailed there."""
    address.confirmed_at = address.confirmed_at or at


def _signer(key: bytes) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt="address")


def _forget_mails(session: Session, person: Person) -> None:
    session.execute(delete(Outbox).where(Outbox.person_id == person.id, Outbox.kind == CONFIRM))
