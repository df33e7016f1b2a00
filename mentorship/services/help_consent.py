"""Whether two names may stand together in “Who helped whom”: both say so, each can take it back at once."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased, joinedload

from mentorship.rules.errors import NotFound, WrongState
from mentorship.rules.marking import N_
from mentorship.services.asking_about import not_to_ask_about
from mentorship.services.help_records import HERE
from mentorship.services.safety import lock_people
from mentorship.store.help import Help
from mentorship.store.people import Person


def asked_of(session: Session, person: Person) -> list[Help]:
    """Who says that she helped, each having agreed to be named to her: answered or not."""
    query = _asked_of(session, person).options(joinedload(Help.helped))
    return list(session.scalars(query.order_by(Help.made_at.desc(), Help.id)))


def asked_one(session: Session, person: Person, public_id: str) -> Help:
    """One of them."""
    found = session.scalar(_asked_of(session, person).where(Help.public_id == public_id))
    if found is None:
        raise NotFound("")
    return found


def answer(session: Session, record: Help, *, agrees: bool, at: datetime) -> None:
    """The helper says yes or no, or changes her mind; nobody is told of a no."""
    lock_people(session, record.helped, record.helper or record.helped)
    if session.scalar(select(Help.id).where(Help.id == record.id)) is None:  # a block came first
        raise NotFound("")
    record.helper_agreed_at = (record.helper_agreed_at or at) if agrees else None
    record.helper_declined_at = None if agrees else (record.helper_declined_at or at)
    session.flush()


def let_be_named(session: Session, record: Help, *, agrees: bool, at: datetime) -> None:
    """The helped takes her own consent back, or gives it again."""
    if record.helper_id is None:
        raise WrongState(N_("A name you typed stands nowhere but with you."))
    record.helped_agreed_at = (record.helped_agreed_at or at) if agrees else None
    session.flush()


def how_many_say_so(session: Session, person: Person) -> int:
    """How many say that she helped them start, each of them, and she, having agreed."""
    helped = aliased(Person)
    return session.scalar(
        select(func.count())
        .select_from(Help)
        .join(helped, helped.id == Help.helped_id)
        .where(
            Help.helper_id == person.id,
            Help.helped_agreed_at.is_not(None),
            Help.helper_agreed_at.is_not(None),
            helped.status.in_(HERE),
        )
    ) or 0  # fmt: skip


def shown_beside(session: Session, person: Person) -> int:
    """The same, as far as she lets it stand beside her name: 0 where she does not."""
    return how_many_say_so(session, person) if person.shows_helped else 0


def show_how_many(session: Session, person: Person, *, shown: bool) -> None:
    """Let those she may be paired with read how many say so, or no longer."""
    person.shows_helped = shown
    session.flush()


def invite(session: Session, record: Help) -> str:
    """The word of a link she can give to whoever she typed in: good once, for whoever takes it up."""
    if record.helper_id is not None or record.is_group:
        raise WrongState(N_("A link can be made for a person you typed in."))
    if record.invitation is None:
        record.invitation = secrets.token_urlsafe(24)
    session.flush()
    return record.invitation


def invitation(session: Session, word: str, person: Person) -> Help:
    """What the link is about, for `person`: one who can take it up.

    Raises
    ------
    NotFound
        Unknown, used, her own, or of someone with whom she is not brought together: all the same.
    """
    found = session.scalar(select(Help).where(Help.invitation == word).options(joinedload(Help.helped)))
    if found is None or found.helped_id in {person.id, *not_to_ask_about(session, person)}:
        raise NotFound("")
    if found.helped.status not in HERE or _knows_already(session, found, person):
        raise NotFound("")
    return found


def take_up(session: Session, word: str, person: Person, *, at: datetime) -> Help:
    """She says that it was she: the typed name gives way to her, and both names may stand."""
    lock_people(session, person, invitation(session, word, person).helped)
    session.expire_all()
    record = invitation(session, word, person)
    record.helper_id, record.helper_name, record.invitation = person.id, None, None
    record.helper_agreed_at = record.helped_agreed_at = at
    session.flush()
    return record


def _knows_already(session: Session, record: Help, person: Person) -> bool:
    same = Help.helped_id == record.helped_id, Help.helper_id == person.id
    return session.scalar(select(Help.id).where(*same)) is not None


def _asked_of(session: Session, person: Person) -> Select[Help]:
    return (
        select(Help)
        .join(Person, Person.id == Help.helped_id)
        .where(
            Help.helper_id == person.id,
            Help.helped_agreed_at.is_not(None),
            Help.removed_at.is_(None),
            Person.status.in_(HERE),
            Help.helped_id.not_in(not_to_ask_about(session, person)),
        )
    )
