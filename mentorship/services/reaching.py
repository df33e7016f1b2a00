"""How a coordinator may reach someone without e-mail: a note she left, for when something waits."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from mentorship.rules.errors import BadInput, NotFound
from mentorship.rules.marking import N_
from mentorship.services import audit
from mentorship.services.notices import NOTICES
from mentorship.services.readers import are_apart
from mentorship.store.cohorts import Cohort, CohortMember
from mentorship.store.offers import OfferCohort
from mentorship.store.outbox import Outbox
from mentorship.store.people import Address, Person, PersonStatus, ReachNote
from mentorship.store.safety import Audit

LONGEST = 300
WAITED = timedelta(hours=12)
"""A notice she has not marked as read for so long is one somebody may tell her of."""
READ, DONE = "read_reach_note", "reached_out"


def note_of(session: Session, person: Person) -> ReachNote | None:
    """What she left, if anything."""
    return session.get(ReachNote, person.id)


def keep(session: Session, person: Person, words: str, *, at: datetime) -> None:
    """Keep her note in place of any earlier one; an empty one takes it back."""
    text = words.strip()
    if len(text) > LONGEST:
        raise BadInput(N_("This is longer than %(most)s characters."), field="words", most=LONGEST)
    note = note_of(session, person)
    if note is not None and not text:
        session.delete(note)
    elif note is not None:
        note.words, note.written_at = text, at
    elif text:
        session.add(ReachNote(person_id=person.id, words=text, written_at=at))
    session.flush()


def readings(session: Session, person: Person) -> list[tuple[Person, datetime]]:
    """Who read her note and when, the latest first."""
    query = (
        select(Person, Audit.at)
        .join(Person, Person.id == Audit.actor_id)
        .where(Audit.act == READ, Audit.person_id == person.id)
        .order_by(Audit.id.desc())
    )
    return [(reader, at) for reader, at in session.execute(query)]


def waiting_in(
    session: Session, cohort: Cohort, *, viewer: Person, at: datetime
) -> list[tuple[Person, datetime]]:
    """Who has no e-mail, left a note, and has notices unread for a while since she was last reached out to.

    Each with the time of the oldest such notice. Nothing here says when she was last on the site.
    """
    last = (
        select(func.max(Audit.at))
        .where(Audit.act == DONE, Audit.person_id == Person.id)
        .correlate(Person)
        .scalar_subquery()
    )
    query = (
        _within_reach(cohort, viewer)
        .join(Outbox, Outbox.person_id == Person.id)
        .where(
            Outbox.kind.in_(NOTICES),
            Outbox.read_at.is_(None),
            Outbox.made_at <= at - WAITED,
            or_(last.is_(None), Outbox.made_at > last),
        )
        .group_by(Person.id)
        .with_only_columns(Person.id, func.min(Outbox.id))
    )
    return [
        (session.get_one(Person, person_id), session.get_one(Outbox, row_id).made_at)
        for person_id, row_id in session.execute(query).all()
    ]


def someone_within_reach(session: Session, cohort: Cohort, public_id: str, viewer: Person) -> Person:
    """Someone of the cohort without e-mail who left a note `viewer` may read.

    Not herself, nor one she is in a mentorship with (another coordinator has it), nor across a block.

    Raises
    ------
    NotFound
    """
    found = session.scalar(_within_reach(cohort, viewer).where(Person.public_id == public_id))
    if found is None:
        raise NotFound("")
    return found


def read(session: Session, person: Person, *, by: Person, at: datetime) -> str:
    """Her words; that they were read is written down, for her to see."""
    note = session.get_one(ReachNote, person.id)
    audit.record(session, READ, actor=by, at=at, kind="reach_note", subject_id=person.id, person=person)
    return note.words


def reached_out(session: Session, person: Person, *, by: Person, at: datetime) -> None:
    """A coordinator has told her that there is something new; what is new after this counts anew."""
    audit.record(session, DONE, actor=by, at=at, kind="reach_note", subject_id=person.id, person=person)


def _within_reach(cohort: Cohort, viewer: Person) -> Select[Person]:
    members = select(CohortMember.person_id).where(CohortMember.cohort_id == cohort.id)
    mentors = select(OfferCohort.mentor_id).where(OfferCohort.cohort_id == cohort.id)
    return (
        select(Person)
        .join(ReachNote, ReachNote.person_id == Person.id)
        .where(
            or_(Person.id.in_(members), Person.id.in_(mentors)),
            Person.status.in_((PersonStatus.ACTIVE, PersonStatus.HIDDEN)),
            Person.id.not_in(select(Address.person_id).where(Address.confirmed_at.is_not(None))),
            *are_apart(viewer),
        )
    )
