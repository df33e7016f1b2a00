"""Numbers of a cohort, for its coordinators: who waits, who is paired, who can name a person who helped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session, joinedload

from mentorship.rules.helped import Rate
from mentorship.rules.lifecycle import State
from mentorship.rules.over_time import OpenQuarter, open_quarters
from mentorship.services import named_helpers, onward
from mentorship.services.cohorts import requests_she_is_in
from mentorship.services.matchmaking import free_places
from mentorship.store.cohorts import Cohort
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Offer
from mentorship.store.people import Person, PersonStatus
from mentorship.store.queries import offers_open_to, places_taken, requests_waiting
from mentorship.store.requests import Outcome, Request, RequestState


@dataclass(frozen=True, slots=True)
class Numbers:
    """Counts of one cohort now, and the named-helper rate at each age of requests, of all and by quarter.

    A quarter, being a breakdown, has no rate where it could point at fewer than five people.
    """

    requests: int
    waiting: int
    asked: int
    paired: int
    outcomes: dict[Outcome, int]
    mentors: int
    free_places: int
    completed: int
    help_others: int
    rates: list[Rate]
    quarters: list[OpenQuarter]

    def as_values(self) -> dict[str, Any]:
        """The same as plain values: for the command, a file, the poster."""
        counts = {name: getattr(self, name) for name in COUNTS}
        outcomes = {outcome.value: count for outcome, count in self.outcomes.items()}
        return counts | {
            "outcomes": outcomes,
            "named_helper_rate": [rate.as_values() for rate in self.rates],
            "named_helper_rate_by_quarter": [
                {
                    "quarter": str(one.quarter),
                    "asked": one.asked,
                    "rates": [
                        rate.as_values() if rate else dict.fromkeys(whole.as_values()) | {"days": whole.days}
                        for whole, rate in zip(self.rates, one.rates, strict=True)
                    ],
                }
                for one in self.quarters
            ],
        }


COUNTS = ("requests", "waiting", "asked", "paired", "mentors", "free_places", "completed", "help_others")


@dataclass(frozen=True, slots=True)
class MentorRow:
    """A mentor of the cohort with her places in use and free."""

    mentor: Person
    offer: Offer
    used: int
    free: int


def numbers(session: Session, cohort: Cohort, *, at: datetime) -> Numbers:
    """The numbers of a cohort; erased people count as they must."""
    offers = [offer.mentor_id for offer in session.scalars(offers_open_to([cohort.id], at=at))]
    by_outcome = select(Request.outcome, func.count()).where(Request.cohort_id == cohort.id)
    found = {row[0]: row[1] for row in session.execute(by_outcome.group_by(Request.outcome))}
    completed, help_others = onward.passed_on(session, cohort)
    return Numbers(
        requests=sum(found.values()),
        waiting=_count(session, requests_waiting(cohort).order_by(None)),
        asked=_count(session, _open_in(cohort, Mentorship.state == State.PROPOSED)),
        paired=_count(session, _open_in(cohort, Mentorship.state != State.PROPOSED)),
        outcomes={outcome: found.get(outcome, 0) for outcome in Outcome},
        mentors=len(offers),
        free_places=sum(free_places(session, offers).values()),
        completed=completed,
        help_others=help_others,
        rates=named_helpers.rates(session, [cohort.id], at=at),
        quarters=open_quarters(named_helpers.quarters(session, [cohort.id], at=at)),
    )


def waiting_in(session: Session, cohort: Cohort, *, viewer: Person) -> list[Request]:
    """Open requests without an open mentorship, the longest waiting first; those she may see."""
    taken = exists().where(Mentorship.newcomer_id == Request.newcomer_id, Mentorship.ended_at.is_(None))
    query = (
        select(Request)
        .join(Person, Person.id == Request.newcomer_id)
        .where(
            Request.cohort_id == cohort.id,
            Request.state == RequestState.OPEN,
            Request.newcomer_id != viewer.id,
            Request.id.not_in(requests_she_is_in(viewer)),
            Person.status.in_((PersonStatus.ACTIVE, PersonStatus.HIDDEN)),
            ~taken,
        )
        .options(joinedload(Request.newcomer))
        .order_by(Request.waiting_since, Request.id)
    )
    return list(session.scalars(query))


def pairs_in(session: Session, cohort: Cohort, *, viewer: Person) -> list[Mentorship]:
    """Open mentorships of the cohort but those she is in; never a message of theirs."""
    query = (
        select(Mentorship)
        .join(Request, Request.id == Mentorship.request_id)
        .where(
            Request.cohort_id == cohort.id,
            Mentorship.ended_at.is_(None),
            Mentorship.newcomer_id != viewer.id,
            Request.id.not_in(requests_she_is_in(viewer)),
        )
        .options(joinedload(Mentorship.newcomer), joinedload(Mentorship.mentor))
        .order_by(Mentorship.proposed_at, Mentorship.id)
    )
    return list(session.scalars(query))


def mentors_in(session: Session, cohort: Cohort, *, at: datetime) -> list[MentorRow]:
    """The approved mentors who are here now, with their places."""
    offers = list(session.scalars(offers_open_to([cohort.id], at=at).options(joinedload(Offer.mentor))))
    free = free_places(session, [offer.mentor_id for offer in offers])
    return [
        MentorRow(offer.mentor, offer, places_taken(session, offer.mentor_id), free.get(offer.mentor_id, 0))
        for offer in offers
    ]


def _open_in(cohort: Cohort, which: ColumnElement[bool]) -> Select[Mentorship]:
    return (
        select(Mentorship)
        .join(Request, Request.id == Mentorship.request_id)
        .join(Person, Person.id == Request.newcomer_id)
        .where(
            Request.cohort_id == cohort.id,
            Mentorship.ended_at.is_(None),
            Person.status != PersonStatus.ERASED,
            which,
        )
    )


def _count(session: Session, query: Select[Request] | Select[Mentorship]) -> int:
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0
