"""Acts on a mentorship: the rule, the change, one row of history, and what follows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from mentorship.rules.errors import NotAllowed, Stale
from mentorship.rules.lifecycle import Action, Code, Party, next_state
from mentorship.rules.marking import N_
from mentorship.services import history
from mentorship.services.effects import Change, carry_out
from mentorship.services.places import fit_places, lock_mentor
from mentorship.services.proposals import propose
from mentorship.store.conflicts import CHANGED
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Offer
from mentorship.store.people import Person
from mentorship.store.queries import coordinators_of, open_mentorship_of

__all__ = ["act", "hold", "open_mentorship_of", "party_of", "propose", "release"]

ELSEWHERE = (Action.PROPOSE, Action.QUESTION, Action.ANSWER, Action.HAND_OVER)
"""Acts that need more than a button; each has a service of its own."""


def party_of(session: Session, mentorship: Mentorship, person: Person) -> Party | None:
    """What `person` is to this mentorship; its own two before the cohort's coordinators; None for a stranger.

    A backup is no party: she sees less, and acts only when she is asked to.
    """
    if person.id == mentorship.newcomer_id:
        return Party.NEWCOMER
    if person.id == mentorship.mentor_id:
        return Party.MENTOR
    if person.id == mentorship.backup_id:
        return None
    mine = person.id in {other.id for other in coordinators_of(session, mentorship.request.cohort_id)}
    return Party.COORDINATOR if mine else None


def act(
    session: Session,
    mentorship: Mentorship,
    action: Action,
    *,
    party: Party,
    by: Person | None,
    at: datetime,
    seen: int | None = None,
    note: str = "",
    code: Code = Code.NONE,
    until: datetime | None = None,
) -> Mentorship:
    """Carry out `action` and add it to the history.

    `seen` is the version the page showed; `until` is the date a pause, an extension or “not now” names.

    Raises
    ------
    NotAllowed, WrongState, Stale, MentorFull, NotPossible, BadInput
        Nothing has changed then, once the transaction is rolled back.
    """
    offer = hold(session, mentorship)
    if action in ELSEWHERE:
        raise NotAllowed(N_("This step is not yours to take here."))
    state = next_state(mentorship.state, action, party)
    if seen is not None and seen != mentorship.version:
        raise Stale(CHANGED)
    change = Change(session, mentorship, action, party=party, by=by, at=at, code=code, until=until)
    with session.no_autoflush:  # the state and its times reach the database together
        mentorship.state = state
        follow = carry_out(change)
        if not mentorship.is_open:
            release(mentorship, at)
    if party is Party.MENTOR and offer is not None:  # a sign of life
        offer.silent_since = offer.asked_if_here_at = None
    history.add(session, mentorship, action, party=party, by=by, at=at, code=code, note=note)
    if not mentorship.is_open:
        fit_places(session, mentorship.mentor_id)
    follow()
    return mentorship


def hold(session: Session, mentorship: Mentorship) -> Offer | None:
    """Keep the mentor's places, then the mentorship, from changing until the end of the transaction."""
    offer = lock_mentor(session, mentorship.mentor_id)
    session.refresh(mentorship, with_for_update=True)
    return offer


def release(mentorship: Mentorship, at: datetime) -> None:
    """Give back the mentor's place and her approval: a closed row holds neither."""
    mentorship.place_n = None
    mentorship.approval_state = None
    mentorship.ended_at = at
    mentorship.paused_until = None
