"""A mentor's offer: made, changed, its places kept in step with her capacity."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from mentorship.rules.errors import BadInput, NotAllowed
from mentorship.rules.marking import N_
from mentorship.services.matchmaking import free_places
from mentorship.services.places import fit_places, lock_mentor
from mentorship.store.cohorts import Cohort, CohortCoordinator, CohortMember
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Approval, ApprovalState, Offer, OfferCohort
from mentorship.store.people import Person
from mentorship.store.queries import places_taken

MOST_PLACES = 20
FIRST_TIME_PLACES = 2
"""What a mentor may offer until one mentorship of hers has begun; a coordinator may allow more."""


class Places(NamedTuple):
    """A mentor's places: how many newcomers she has now, and how many more she could take."""

    used: int
    free: int


def make_offer(
    session: Session,
    person: Person,
    *,
    capacity: int = 2,
    statement: str = "",
    backup: bool = False,
    accepts_rounds: bool = False,
    cohorts: Sequence[Cohort],
    vouched_by: str = "",
    agrees_to_conduct: bool,
    at: datetime,
    most: int | None = None,
) -> Offer:
    """Make the offer of `person`, who thereby applies to mentor; a coordinator approves her.

    Raises BadInput naming the field: no agreement to the code of conduct, no cohort, or a capacity above
    what she may offer (`most`, where a coordinator says so).
    """
    if not agrees_to_conduct:
        raise BadInput(
            N_("Please read the code of conduct; agreeing to it is needed to mentor here."),
            field="agrees_to_conduct",
        )
    offer = Offer(mentor=person, capacity=0, made_at=at)
    session.add(offer)
    session.flush()
    session.add(Approval(mentor_id=person.id, conduct_agreed_at=at, vouched_by=vouched_by))
    change_offer(
        session,
        offer,
        capacity=capacity,
        statement=statement,
        backup=backup,
        accepts_rounds=accepts_rounds,
        cohorts=cohorts,
        most=most,
    )
    session.refresh(offer, ["approval"])
    return offer


def change_offer(
    session: Session,
    offer: Offer,
    *,
    capacity: int,
    statement: str,
    backup: bool,
    accepts_rounds: bool,
    cohorts: Sequence[Cohort],
    most: int | None = None,
) -> Offer:
    """Change what she offers; it is a sign of life too. Raises as `make_offer`."""
    if not cohorts:
        raise BadInput(N_("Choose at least one group to mentor in."), field="cohorts")
    set_capacity(session, offer, capacity, most=most)
    offer.statement = statement
    offer.backup = backup
    offer.accepts_rounds = accepts_rounds
    kept = {row.cohort_id: row for row in offer.cohorts}
    offer.cohorts = [
        kept.get(cohort.id) or OfferCohort(mentor_id=offer.mentor_id, cohort_id=cohort.id)
        for cohort in cohorts
    ]
    heard_from(session, offer.mentor_id)
    session.flush()
    return offer


def apply_again(session: Session, offer: Offer, *, vouched_by: str, at: datetime) -> Approval:
    """Apply once more after an application was declined, or say who vouches while it waits."""
    approval = approval_of(session, offer.mentor_id)
    if approval is None:
        approval = Approval(mentor_id=offer.mentor_id, conduct_agreed_at=at)
        session.add(approval)
    if approval.state is ApprovalState.WITHDRAWN:
        raise NotAllowed(N_("Your approval was taken back. A coordinator can tell you how to go on."))
    if approval.state is ApprovalState.DECLINED:
        approval.state, approval.by_id, approval.at = ApprovalState.APPLIED, None, None
        approval.conduct_agreed_at = at
    approval.vouched_by = vouched_by
    session.flush()
    return approval


def set_capacity(session: Session, offer: Offer, capacity: int, *, most: int | None = None) -> None:
    """Offer `capacity` places: more are there at once, fewer as they are free.

    Free places go at once, used ones when they are freed (`fit_places`).
    """
    limit = most if most is not None else most_places(session, offer)
    if not 0 <= capacity <= MOST_PLACES:
        raise BadInput(
            N_("How many at once must be a whole number from 0 to %(most)s."),
            field="capacity",
            most=MOST_PLACES,
        )
    if capacity > limit:
        raise BadInput(
            N_("To begin with it is at most %(most)s at once; a coordinator can allow more."),
            field="capacity",
            most=limit,
        )
    lock_mentor(session, offer.mentor_id)
    offer.capacity = capacity
    fit_places(session, offer.mentor_id)


def places_of(session: Session, mentor_id: int) -> Places:
    """How many places of hers are used and free."""
    return Places(places_taken(session, mentor_id), free_places(session, [mentor_id]).get(mentor_id, 0))


def most_places(session: Session, offer: Offer) -> int:
    """The most she may offer: two until a mentorship of hers has begun, or what a coordinator allowed."""
    begun = exists().where(Mentorship.mentor_id == offer.mentor_id, Mentorship.began_at.is_not(None))
    if session.scalar(select(begun)):
        return MOST_PLACES
    return max(FIRST_TIME_PLACES, offer.capacity or 0)


def heard_from(session: Session, mentor_id: int) -> None:
    """She did something: a mentor who had fallen silent may be asked again."""
    offer = session.get(Offer, mentor_id)
    if offer is not None and offer.silent_since is not None:
        offer.silent_since = None
        session.flush()


def offer_of(session: Session, person: Person) -> Offer | None:
    """Her offer, if she has made one."""
    return session.get(Offer, person.id)


def approval_of(session: Session, mentor_id: int) -> Approval | None:
    """How her application stands."""
    return session.get(Approval, mentor_id)


def cohorts_open_to(session: Session, person: Person) -> list[Cohort]:
    """The cohorts she can mentor in: those she joined or coordinates, and those of her offer."""
    joined = select(CohortMember.cohort_id).where(CohortMember.person_id == person.id)
    coordinated = select(CohortCoordinator.cohort_id).where(CohortCoordinator.person_id == person.id)
    offered = select(OfferCohort.cohort_id).where(OfferCohort.mentor_id == person.id)
    hers = joined.union(coordinated, offered)
    return list(session.scalars(select(Cohort).where(Cohort.id.in_(hers)).order_by(Cohort.name, Cohort.id)))


def readers_of(session: Session, person: Person, cohorts: Sequence[int]) -> list[Person]:
    """The coordinators of `cohorts` who may approve `person`: never herself."""
    query = (
        select(Person)
        .join(CohortCoordinator, CohortCoordinator.person_id == Person.id)
        .where(CohortCoordinator.cohort_id.in_(cohorts), Person.id != person.id)
        .order_by(Person.id)
        .distinct()
    )
    return list(session.scalars(query))
