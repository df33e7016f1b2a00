"""What a mentor notes to herself about a pair: hers alone, and gone when she empties it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from mentorship.rules.errors import BadInput, Stale
from mentorship.rules.marking import N_
from mentorship.store.conflicts import CHANGED
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person
from mentorship.store.together import PairNote

LONGEST = 4000


def note_of(session: Session, mentorship: Mentorship, author: Person) -> PairNote | None:
    """Her note about this pair, if she keeps one."""
    return session.get(PairNote, (mentorship.id, author.id), populate_existing=True)


def mark(note: PairNote | None) -> str:
    """What tells one state of her note from another."""
    return note.at.isoformat() if note is not None else ""


def keep_note(
    session: Session, mentorship: Mentorship, author: Person, words: str, *, seen: str, at: datetime
) -> None:
    """Keep her note in place of the one she saw; an empty one goes.

    Parameters
    ----------
    seen
        The `mark` of what her page showed, so that another tab of hers is not overwritten unseen.

    Raises
    ------
    BadInput, Stale
    """
    if len(words) > LONGEST:
        raise BadInput(N_("At most %(most)s characters, please."), field="words", most=LONGEST)
    session.refresh(mentorship, with_for_update=True)
    note = note_of(session, mentorship, author)
    if words.strip() == (note.words if note is not None else ""):
        return
    if mark(note) != seen:
        raise Stale(CHANGED)
    if note is not None:
        session.delete(note)
        session.flush()
    if words.strip():
        session.add(PairNote(mentorship_id=mentorship.id, author_id=author.id, words=words.strip(), at=at))
    session.flush()
