"""A coordinator looks for a mentor together with a newcomer, outside of any round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship.rules.errors import NotFound
from mentorship.rules.lifecycle import Code, Party
from mentorship.services.matchmaking import people_for
from mentorship.services.mentorships import propose
from mentorship.services.rounds import refuse_own
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person
from mentorship.store.requests import Request

if TYPE_CHECKING:
    from mentorship.matching import Reasons

MOST = 10
"""Mentors offered at once: a choice, not a catalogue."""


@dataclass(frozen=True)
class Candidate:
    """A mentor with a free place, why, and whether she was proposed to this newcomer before."""

    mentor: Person
    reasons: Reasons
    asked_before: bool


def candidates(session: Session, request: Request, *, viewer: Person, at: datetime) -> list[Candidate]:
    """Mentors who could be asked by hand, the best fit first; never the coordinator herself."""
    from mentorship import matching

    people = people_for(session, [request], at=at)
    newcomer = people.newcomer(request.newcomer.public_id)
    possible = {
        mentor.id: rule
        for mentor in people.mentors
        if mentor.places and mentor.id != viewer.public_id
        if (rule := matching.eligible(newcomer, mentor, people)) in (None, "tried")
        and not newcomer.languages.keys().isdisjoint(mentor.languages)
    }
    why = [
        matching.reasons(newcomer, people.mentor(mentor), rarity=people.topic_rarity) for mentor in possible
    ]
    best = sorted(why, key=lambda each: (-each.points, each.mentor))[:MOST]
    rows = {
        person.public_id: person
        for person in session.scalars(
            select(Person).where(Person.public_id.in_([each.mentor for each in best]))
        )
    }
    return [Candidate(rows[each.mentor], each, possible[each.mentor] == "tried") for each in best]


def propose_by_hand(
    session: Session, request: Request, mentor_public_id: str, *, by: Person, at: datetime
) -> Mentorship:
    """Ask this mentor for the newcomer of `request`; both are told.

    Raises
    ------
    NotFound
        Nobody is called that.
    NotAllowed
        She would ask herself.
    NotPossible, MentorFull, AlreadyOpen, WrongState
        As `services.mentorships.propose`.
    """
    mentor = session.scalar(select(Person).where(Person.public_id == mentor_public_id))
    if mentor is None:
        raise NotFound("")
    refuse_own(by, request, mentor)
    return propose(session, request, mentor, party=Party.COORDINATOR, by=by, code=Code.BY_HAND, at=at)


def settle(session: Session, request: Request) -> None:
    """Nothing more is needed of a coordinator for now."""
    request.needs_coordinator = False
    session.flush()
