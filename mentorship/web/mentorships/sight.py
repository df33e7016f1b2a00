"""Who may see what of a mentorship: its two, its backup, the coordinators of its cohort; nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from mentorship.rules.lifecycle import AGREED, Party, State
from mentorship.services.mentorships import party_of
from mentorship.store.mentorships import EventNote, Mentorship
from mentorship.store.people import Person


class Viewer(StrEnum):
    """As what someone looks at a mentorship."""

    NEWCOMER = "newcomer"
    MENTOR = "mentor"
    BACKUP = "backup"
    COORDINATOR = "coordinator"


PARTY = {
    Viewer.NEWCOMER: Party.NEWCOMER,
    Viewer.MENTOR: Party.MENTOR,
    Viewer.COORDINATOR: Party.COORDINATOR,
}
"""The party a viewer acts as; a backup acts on nothing."""

PAIR = (Viewer.NEWCOMER, Viewer.MENTOR)


@dataclass(frozen=True, slots=True)
class Sight:
    """What of a mentorship is shown; the names of its two always are.

    Attributes
    ----------
    languages, card
        The languages of the other; her needs or help, topics, areas, and what she says about herself.
    words, link
        Of the request.
    wiki_names
        Where the one whose name it is switched it on for this pair.
    messages, history, closing, steps
        The thread of the pair, what happened when, what they tried or started together, their small steps.
    """

    languages: bool = False
    card: bool = False
    words: bool = False
    link: bool = False
    wiki_names: bool = False
    messages: bool = False
    history: bool = False
    closing: bool = False
    steps: bool = False


NOTHING = Sight()
ASKED = Sight(languages=True, card=True, words=True, history=True)
PARTNER = Sight(
    languages=True, card=True, words=True, link=True, wiki_names=True, messages=True, history=True, steps=True
)
COMPLETED = Sight(words=True, link=True, messages=True, history=True, closing=True, steps=True)
BACKUP = Sight(languages=True)
CALLED = Sight(languages=True, card=True, words=True)
"""Of a backup the newcomer has written to, or whose mentor is away: never earlier messages."""
COORDINATOR = Sight(languages=True, card=True, words=True, link=True, history=True)

FORMER: dict[State, Sight] = {State.PROPOSED: ASKED, State.COMPLETED: COMPLETED}


def viewer_of(session: Session, mentorship: Mentorship, person: Person) -> Viewer | None:
    """As what `person` may look at it; None for a stranger.

    Party or backup comes before coordinator: whoever is in a mentorship does not see it as its coordinator.
    """
    if person.id == mentorship.backup_id and person.id not in (mentorship.newcomer_id, mentorship.mentor_id):
        return Viewer.BACKUP if mentorship.state in AGREED else None
    party = party_of(session, mentorship, person)
    return None if party is None else Viewer(party)


def sight_of(viewer: Viewer, state: State, *, is_called: bool = False) -> Sight:
    """What `viewer` is shown of a mentorship in `state`; `is_called` matters to a backup."""
    if viewer is Viewer.BACKUP:
        return CALLED if is_called else BACKUP
    if viewer is Viewer.COORDINATOR:
        return COORDINATOR
    return PARTNER if state in AGREED else FORMER.get(state, NOTHING)


def may_read_note(note: EventNote, viewer: Viewer, person: Person) -> bool:
    """A note is read by its author and by whom it is meant for: the pair, or the coordinators."""
    if note.author_id == person.id:
        return True
    return viewer is Viewer.COORDINATOR if note.for_coordinator else viewer in PAIR
