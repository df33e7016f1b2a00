"""Named queries that more than one act needs; each says what comes back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from mentorship.rules.lifecycle import State
from mentorship.store.cohorts import Cohort, CohortCoordinator, CohortMember
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Approval, ApprovalState, Offer, OfferCohort, Place
from mentorship.store.people import Person, PersonStatus
from mentorship.store.requests import Request, RequestState
from mentorship.store.safety import Block

FEWEST = 5
"""Counts of people are said, and the circle of those who wait is drawn, from five on."""


def open_mentorship_of(session: Session, newcomer: Person) -> Mentorship | None:
    """The one open mentorship in which she is the newcomer."""
    return session.scalar(
        select(Mentorship).where(Mentorship.newcomer_id == newcomer.id, Mentorship.ended_at.is_(None))
    )


def open_request_of(session: Session, newcomer: Person) -> Request | None:
    """Her one open request."""
    return session.scalar(
        select(Request).where(Request.newcomer_id == newcomer.id, Request.state == RequestState.OPEN)
    )


def requests_waiting(cohort: Cohort) -> Select[Request]:
    """Open requests of a cohort for which nobody is asked and nothing has to be confirmed first."""
    return (
        select(Request)
        .join(Person, Person.id == Request.newcomer_id)
        .where(Request.cohort_id == cohort.id, Person.status == PersonStatus.ACTIVE, *_is_waiting(Request))
        .order_by(Request.waiting_since, Request.id)
    )


def circle_of(person_id: int) -> Select[int]:
    """Ids of those who wait in her cohort and, as she did, went into the circle; nobody across a block.

    None while fewer than `FEWEST` wait there, or when she waits no longer herself.
    """
    hers, anyone, her, one = aliased(Request), aliased(Request), aliased(Person), aliased(Person)
    wait_there = (
        select(func.count())
        .select_from(anyone)
        .join(one, one.id == anyone.newcomer_id)
        .where(anyone.cohort_id == hers.cohort_id, one.status == PersonStatus.ACTIVE, *_is_waiting(anyone))
        .correlate(hers)
        .scalar_subquery()
    )
    return (
        select(Request.newcomer_id)
        .join(Person, Person.id == Request.newcomer_id)
        .join(hers, and_(hers.cohort_id == Request.cohort_id, hers.newcomer_id == person_id))
        .join(her, her.id == hers.newcomer_id)
        .where(
            Request.newcomer_id != person_id,
            *(each.in_circle.is_(True) for each in (Request, hers)),
            *(each.status == PersonStatus.ACTIVE for each in (Person, her)),
            *_is_waiting(Request),
            *_is_waiting(hers),
            wait_there >= FEWEST,
            ~exists().where(blocked_between(person_id, Person.id)),
        )
    )


def blocked_between(
    one: int | InstrumentedAttribute[int], other: int | InstrumentedAttribute[int]
) -> ColumnElement[bool]:
    """Whether a `Block` is between the two, whoever made it."""
    return or_(
        and_(Block.blocker_id == one, Block.blocked_id == other),
        and_(Block.blocker_id == other, Block.blocked_id == one),
    )


def _is_waiting(request: type[Request]) -> tuple[ColumnElement[bool], ...]:
    return (
        request.state == RequestState.OPEN,
        request.confirm_again.is_(False),
        ~exists().where(Mentorship.newcomer_id == request.newcomer_id, Mentorship.ended_at.is_(None)),
    )


def offers_open_to(cohorts: Iterable[int], *, at: datetime) -> Select[Offer]:
    """Offers of approved mentors of these cohorts, who are here, not away, not silent; full or not."""
    return (
        select(Offer)
        .join(Person, Person.id == Offer.mentor_id)
        .join(Approval, Approval.mentor_id == Offer.mentor_id)
        .where(
            Person.status == PersonStatus.ACTIVE,
            Approval.state == ApprovalState.LIVE,
            Approval.until > at,
            or_(Offer.away_until.is_(None), Offer.away_until <= at),
            Offer.silent_since.is_(None),
            exists().where(
                OfferCohort.mentor_id == Offer.mentor_id, OfferCohort.cohort_id.in_(list(cohorts))
            ),
        )
        .order_by(Offer.mentor_id)
    )


def place_is_taken() -> ColumnElement[bool]:
    """Whether an open mentorship holds the `Place` of the query around it."""
    return exists().where(and_(Mentorship.mentor_id == Place.mentor_id, Mentorship.place_n == Place.n))


def free_place_of(session: Session, mentor_id: int) -> int | None:
    """The lowest free place of a mentor within her capacity, or None when she is full."""
    return session.scalar(
        select(func.min(Place.n))
        .join(Offer, Offer.mentor_id == Place.mentor_id)
        .where(Place.mentor_id == mentor_id, Place.n <= Offer.capacity, ~place_is_taken())
    )


def places_taken(session: Session, mentor_id: int) -> int:
    """How many open mentorships a mentor has."""
    return session.scalar(
        select(func.count()).select_from(Mentorship).where(
            Mentorship.mentor_id == mentor_id, Mentorship.ended_at.is_(None)
        )
    ) or 0  # fmt: skip


def is_blocked(session: Session, one: int, other: int) -> bool:
    """Whether either of the two has blocked the other."""
    return bool(session.scalar(select(exists().where(blocked_between(one, other)))))


def across_a_block(
    person_id: int | InstrumentedAttribute[int], other: InstrumentedAttribute[int]
) -> ColumnElement[bool]:
    """Whether a block, either way, stands between her and the person in the column `other`."""
    return exists().where(blocked_between(person_id, other))


def members_seen_by(person_id: int, *, cohort_id: int | None = None) -> Select[int]:
    """Ids of members she sees on a cohort's page: both chose to be seen there, neither is hidden or gone.

    Of one cohort, or of any she is in; never across a block.
    """
    hers, her = aliased(CohortMember), aliased(Person)
    query = (
        select(CohortMember.person_id)
        .join(hers, hers.cohort_id == CohortMember.cohort_id)
        .join(her, her.id == hers.person_id)
        .join(Person, Person.id == CohortMember.person_id)
        .where(
            hers.person_id == person_id,
            hers.seen_by_others.is_(True),
            her.status == PersonStatus.ACTIVE,
            CohortMember.person_id != person_id,
            CohortMember.seen_by_others.is_(True),
            Person.status == PersonStatus.ACTIVE,
            ~across_a_block(person_id, CohortMember.person_id),
        )
    )
    return query if cohort_id is None else query.where(CohortMember.cohort_id == cohort_id)


def cohort_of_member(session: Session, person: Person) -> Cohort | None:
    """Whose coordinators are hers: where she asked last, else the cohort she joined last."""
    asked = select(Cohort).join(Request, Request.cohort_id == Cohort.id)
    asked = asked.where(Request.newcomer_id == person.id).order_by(
        Request.opened_at.desc(), Request.id.desc()
    )
    joined = select(Cohort).join(CohortMember, CohortMember.cohort_id == Cohort.id)
    joined = joined.where(CohortMember.person_id == person.id)
    joined = joined.order_by(CohortMember.joined_at.desc(), Cohort.id.desc())
    return session.scalar(asked.limit(1)) or session.scalar(joined.limit(1))


def coordinators_of(session: Session, cohort_id: int, *, but_not: Iterable[int] = ()) -> list[Person]:
    """The coordinators of a cohort who are here, in the order they came, without the people named."""
    return list(
        session.scalars(
            select(Person)
            .join(CohortCoordinator, CohortCoordinator.person_id == Person.id)
            .where(
                CohortCoordinator.cohort_id == cohort_id,
                Person.status == PersonStatus.ACTIVE,
                Person.id.not_in(list(but_not)),
            )
            .order_by(CohortCoordinator.since, Person.id)
        )
    )


def open_between(session: Session, one: int, other: int) -> list[Mentorship]:
    """Open mentorships between two people, whoever is the mentor."""
    return list(
        session.scalars(
            select(Mentorship).where(
                Mentorship.ended_at.is_(None),
                or_(
                    and_(Mentorship.newcomer_id == one, Mentorship.mentor_id == other),
                    and_(Mentorship.newcomer_id == other, Mentorship.mentor_id == one),
                ),
            )
        )
    )


SPENT = (State.DECLINED, State.EXPIRED, State.WITHDRAWN, State.ENDED)
"""Ends after which the machine does not propose the same pair again (a lapse is confirmed first)."""
