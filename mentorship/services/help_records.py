"""“This person helped me”: what she keeps about who helped her, and whom she can name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from mentorship.rules.errors import BadInput, NotFound, WrongState
from mentorship.rules.marking import N_
from mentorship.services.asking_about import not_to_ask_about
from mentorship.services.outbox import tell
from mentorship.services.safety import lock_people
from mentorship.store.cohorts import CohortCoordinator, CohortMember
from mentorship.store.help import Help, ThankNote
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person, PersonStatus
from mentorship.store.queries import members_seen_by
from mentorship.store.requests import Request, Shown

MOST = 50
HERE = (PersonStatus.ACTIVE, PersonStatus.HIDDEN)


@dataclass(frozen=True, slots=True)
class Facts:
    """What she says about a help besides who it was."""

    year: int | None = None
    language: str = ""
    what: str = ""
    may_invite: bool = False


def records_of(session: Session, person: Person) -> list[Help]:
    """What she keeps, the newest first."""
    query = select(Help).where(Help.helped_id == person.id, Help.removed_at.is_(None))
    return list(
        session.scalars(query.options(joinedload(Help.helper)).order_by(Help.made_at.desc(), Help.id))
    )


def record_of(session: Session, person: Person, public_id: str) -> Help:
    """One of them, of hers alone."""
    mine = Help.helped_id == person.id, Help.removed_at.is_(None), Help.public_id == public_id
    found = session.scalar(select(Help).where(*mine).with_for_update())
    if found is None:
        raise NotFound("")
    return found


def people_to_name(session: Session, person: Person) -> list[Person]:
    """Members she can pick: whom she was shown, paired with, is read by, or sees in a cohort.

    Nobody after a block, a report or “something is wrong”.
    """
    shown = select(Shown.mentor_id).join(Request, Request.id == Shown.request_id)
    others: tuple[Select[Any], ...] = (
        shown.where(Request.newcomer_id == person.id),
        select(Mentorship.mentor_id).where(Mentorship.newcomer_id == person.id),
        select(Mentorship.newcomer_id).where(Mentorship.mentor_id == person.id),
        select(Mentorship.backup_id).where(
            Mentorship.newcomer_id == person.id, Mentorship.backup_id.is_not(None)
        ),
    )
    coordinators = select(CohortCoordinator.person_id).join(
        CohortMember, CohortMember.cohort_id == CohortCoordinator.cohort_id
    )
    others += coordinators.where(CohortMember.person_id == person.id), members_seen_by(person.id)
    kept = select(Help.helper_id).where(
        Help.helped_id == person.id, Help.helper_id.is_not(None), Help.removed_at.is_(None)
    )
    query = select(Person).where(
        or_(*(Person.id.in_(each) for each in others)),
        Person.id.not_in([person.id, *not_to_ask_about(session, person)]),
        Person.id.not_in(kept),
        Person.status.in_(HERE),
    )
    return list(session.scalars(query.order_by(Person.name, Person.id)))


def add_typed(
    session: Session,
    person: Person,
    name: str,
    facts: Facts,
    *,
    at: datetime,
    is_group: bool = False,
) -> Help:
    """Keep a name she typed: hers alone, and never compared with anyone's, member or not."""
    _check_room(session, person)
    made = Help(helped_id=person.id, helper_name=name, is_group=is_group, made_at=at)
    session.add(made)
    change(session, made, facts)
    return made


def add_member(session: Session, person: Person, public_id: str, facts: Facts, *, at: datetime) -> Help:
    """Keep that a member helped her, and ask that member, once, whether both names may stand.

    Raises
    ------
    BadInput
        It is nobody she can pick.
    """
    helper = next((each for each in people_to_name(session, person) if each.public_id == public_id), None)
    if helper is None:
        raise BadInput(N_("Please choose one of these."), field="member")
    lock_people(session, person, helper)
    if helper.id in not_to_ask_about(session, person):
        raise BadInput(N_("Please choose one of these."), field="member")
    made = session.scalar(select(Help).where(Help.helped_id == person.id, Help.helper_id == helper.id))
    if made is None:
        _check_room(session, person)
        made = Help(helped_id=person.id, helper_id=helper.id, mentorship_id=None, made_at=at)
        session.add(made)
        tell(session, helper, "named_as_helper", at=at)
    made.removed_at, made.helped_agreed_at = None, at
    change(session, made, facts)
    return made


def change(session: Session, record: Help, facts: Facts) -> None:
    """Say something else about the help, not who it was."""
    record.year, record.language, record.what = facts.year, facts.language, facts.what
    record.may_invite = facts.may_invite
    session.flush()


def rename(session: Session, record: Help, name: str) -> None:
    """Type another name; a link given before leads nowhere then."""
    if record.helper_id is not None:
        raise WrongState(N_("This is about a member now; the name is not yours to change."))
    if name != record.helper_name:
        record.invitation = None
    record.helper_name = name
    session.flush()


def remove(session: Session, record: Help, *, at: datetime) -> None:
    """Take it away; about a member an empty row stays, so that nobody is asked again for having said no."""
    thanks = session.scalars(select(ThankNote).where(ThankNote.help_id == record.id)).all()
    _delete(session, thanks)
    session.flush()
    if record.helper_id is None:
        session.delete(record)
    else:
        record.removed_at, record.helped_agreed_at, record.helper_agreed_at = at, None, None
        record.year, record.language, record.what, record.may_invite = None, "", "", False
    session.flush()


def _delete(session: Session, rows: Iterable[ThankNote]) -> None:
    for row in rows:
        session.delete(row)


def _check_room(session: Session, person: Person) -> None:
    kept = session.scalar(select(func.count()).select_from(Help).where(Help.helped_id == person.id)) or 0
    if kept >= MOST:
        raise WrongState(N_("There is room for fifty. Take one away first."))
