"""Thanking back, years later too: a note to the member who helped, from her who was helped."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from mentorship.rules.errors import BadInput, NotFound, TooMany, WrongState
from mentorship.rules.marking import N_
from mentorship.services.asking_about import not_to_ask_about
from mentorship.services.help_records import HERE
from mentorship.services.outbox import tell
from mentorship.services.safety import lock_people
from mentorship.store.help import Help, ThankNote
from mentorship.store.people import Person

LONGEST = 2000
AGAIN_AFTER_DAYS = 30
MOST_A_DAY = 5


def thank(session: Session, record: Help, words: str, *, at: datetime) -> ThankNote:
    """Send her note to the member who helped; one who wants none, or is kept apart, is told nothing.

    Whoever writes hears the same either way.

    Raises
    ------
    BadInput, WrongState, TooMany
        Without words; to a name she typed; again within a month, or to many in a day.
    """
    if not words.strip():
        raise BadInput(N_("Please write a word of thanks."), field="words")
    if record.helper is None:
        raise WrongState(N_("This can be sent to members. For others there is a text to copy."))
    lock_people(session, record.helped, record.helper)
    _check_how_often(session, record, at=at)
    made = ThankNote(help_id=record.id, words=words.strip()[:LONGEST], at=at)
    session.add(made)
    if record.helper_declined_at is None and record.helper.status in HERE:
        tell(session, record.helper, "thanked", at=at)
    session.flush()
    return made


def thanks_to(session: Session, person: Person) -> list[ThankNote]:
    """The notes she was sent, the newest first; none from whom she did not want to be named with."""
    query = (
        select(ThankNote)
        .join(Help, Help.id == ThankNote.help_id)
        .join(Person, Person.id == Help.helped_id)
        .where(
            Help.helper_id == person.id,
            Help.helper_declined_at.is_(None),
            Help.removed_at.is_(None),
            Help.helped_id.not_in(not_to_ask_about(session, person)),
            Person.status.in_(HERE),
        )
        .options(joinedload(ThankNote.help).joinedload(Help.helped))
        .order_by(ThankNote.at.desc(), ThankNote.id.desc())
    )
    return list(session.scalars(query))


def thanked_at(session: Session, record: Help) -> datetime | None:
    """When she last thanked for this help."""
    return session.scalar(select(func.max(ThankNote.at)).where(ThankNote.help_id == record.id))


def forget(session: Session, person: Person, public_id: str) -> None:
    """Take a note away: whoever wrote it or was sent it may."""
    note = session.scalar(select(ThankNote).where(ThankNote.public_id == public_id))
    if note is None or person.id not in (note.help.helped_id, note.help.helper_id):
        raise NotFound("")
    session.delete(note)
    session.flush()


def _check_how_often(session: Session, record: Help, *, at: datetime) -> None:
    last = thanked_at(session, record)
    if last is not None and last > at - timedelta(days=AGAIN_AFTER_DAYS):
        raise WrongState(N_("You have thanked for this lately. One note a month is enough."))
    hers = select(Help.id).where(Help.helped_id == record.helped_id)
    today = select(func.count()).select_from(ThankNote).where(
        ThankNote.help_id.in_(hers), ThankNote.at > at - timedelta(days=1)
    )  # fmt: skip
    if (session.scalar(today) or 0) >= MOST_A_DAY:
        raise TooMany(N_("Five notes a day are the most. The others can wait until tomorrow."))
