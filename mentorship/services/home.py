"""What needs someone and what is happening, for each of the three persons she may be."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from mentorship.rules.lifecycle import State
from mentorship.services.keepsakes import Facts, completed_by
from mentorship.services.second_person import pairs_backed_by
from mentorship.services.today import today
from mentorship.store.cohorts import Cohort, CohortCoordinator
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Approval, ApprovalState, Offer
from mentorship.store.people import Person
from mentorship.store.queries import open_mentorship_of, open_request_of
from mentorship.store.requests import Request


@dataclass(frozen=True, slots=True)
class Coordinated:
    """A cohort she coordinates, with how many things of its Today wait for her."""

    cohort: Cohort
    waiting: int


@dataclass(frozen=True, slots=True)
class AtHome:
    """Everything her first page names.

    Attributes
    ----------
    request, mentorship
        As a newcomer: her open request, and whoever is asked or helps her.
    completed, has_asked
        As a newcomer without either: the mentorship she completed last, and whether she ever asked.
    offer, approval, asks, pairs, backed
        As a mentor: her offer and how it stands, who asks her, whom she helps, whose second person she is.
    coordinated
        As a coordinator: her cohorts.
    """

    request: Request | None
    mentorship: Mentorship | None
    offer: Offer | None
    approval: ApprovalState | None
    completed: Facts | None = None
    has_asked: bool = False
    asks: list[Mentorship] = field(default_factory=list)
    pairs: list[Mentorship] = field(default_factory=list)
    backed: list[Mentorship] = field(default_factory=list)
    coordinated: list[Coordinated] = field(default_factory=list)


def at_home(session: Session, person: Person, *, at: datetime) -> AtHome:
    """What `person` finds on her first page."""
    offer = session.get(Offer, person.id)
    approval = session.get(Approval, person.id)
    mine = select(Mentorship).where(Mentorship.mentor_id == person.id, Mentorship.ended_at.is_(None))
    names = mine.options(joinedload(Mentorship.newcomer), joinedload(Mentorship.mentor))
    helped = session.scalars(names.order_by(Mentorship.answer_due_at, Mentorship.id)).all()
    return AtHome(
        request=open_request_of(session, person),
        mentorship=open_mentorship_of(session, person),
        offer=offer,
        approval=approval.state if approval else None,
        completed=next(reversed(completed_by(session, person)), None),
        has_asked=_has_asked(session, person),
        asks=[mentorship for mentorship in helped if mentorship.state is State.PROPOSED],
        pairs=[mentorship for mentorship in helped if mentorship.state is not State.PROPOSED],
        backed=pairs_backed_by(session, person),
        coordinated=_coordinated(session, person, at=at),
    )


def _has_asked(session: Session, person: Person) -> bool:
    asked = select(Request.id).where(Request.newcomer_id == person.id).limit(1)
    return session.scalar(asked) is not None


def _coordinated(session: Session, person: Person, *, at: datetime) -> list[Coordinated]:
    cohorts = select(Cohort).join(CohortCoordinator).where(CohortCoordinator.person_id == person.id)
    return [
        Coordinated(cohort, len(today(session, cohort, viewer=person, at=at)))
        for cohort in session.scalars(cohorts.order_by(Cohort.name, Cohort.id))
    ]
