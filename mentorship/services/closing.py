"""Closing together: what both tried or started, each in her own words or in none."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from mentorship.rules.errors import WrongState
from mentorship.rules.lifecycle import State
from mentorship.rules.marking import N_
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person
from mentorship.store.together import ClosingWords


def keep_words(
    session: Session, mentorship: Mentorship, author: Person, words: str, *, at: datetime
) -> ClosingWords:
    """Keep her words about a completed mentorship, one for each of the two; she may change them."""
    session.refresh(mentorship, with_for_update=True)
    if mentorship.state is not State.COMPLETED:
        raise WrongState(N_("This is asked once a mentorship is completed."))
    row = session.get(ClosingWords, (mentorship.id, author.id))
    if row is None:
        row = ClosingWords(mentorship_id=mentorship.id, author_id=author.id, words=words.strip(), at=at)
        session.add(row)
    else:
        row.words, row.at = words.strip(), at
    session.flush()
    return row
