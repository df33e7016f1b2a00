"""“What if these two were kept together?”: whom it would move, and at what cost, before it is decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship.rules.errors import Refusal
from mentorship.services import round_plan, rounds
from mentorship.services.round_review import Changes, steps_of
from mentorship.store.offers import Offer, OfferCohort
from mentorship.store.people import Person
from mentorship.store.requests import Request
from mentorship.store.rounds import Round


@dataclass(frozen=True)
class Look:
    """What keeping a pair would do to the draft.

    Attributes
    ----------
    refusal
        Why it cannot be kept; None where it can.
    changes
        What would change against the draft; None where it is refused, or the round too large to say at once.
    """

    refusal: Refusal | None
    changes: Changes | None


def look(
    session: Session, round_: Round, request: Request, mentor: Person, *, viewer: Person | None, at: datetime
) -> Look:
    """What it would mean to keep this pair; nothing is kept by asking.

    Raises
    ------
    NotAllowed
        The pair is the viewer's own.
    WrongState
        The round is no draft.
    """
    from mentorship.matching import why_not

    rounds.check_draft(round_)
    rounds.refuse_own(viewer, request, mentor)
    try:
        rounds.check_lock(session, round_, request, mentor, at=at)
    except Refusal as refusal:
        return Look(refusal, None)
    problem = round_plan.gather(session, round_, at=at)
    if problem.before is None or problem.size > round_plan.AT_ONCE:
        return Look(None, None)
    answer = why_not(
        problem.people,
        problem.before,
        request.newcomer.public_id,
        mentor.public_id,
        choices=problem.choices,
        shares=problem.shares,
        options=problem.options,
    )
    moves = [
        {"newcomer": move.newcomer, "before": move.before, "after": move.after} for move in answer.displaced
    ]
    steps = steps_of(session, moves, viewer)
    return Look(None, Changes(steps, len(moves) - len(steps), -answer.count, -answer.points))


def others(session: Session, round_: Round, request: Request, *, viewer: Person | None) -> list[Person]:
    """The mentors of the round's cohort one may ask about, by name; neither of the two asking."""
    query = (
        select(Person)
        .join(Offer, Offer.mentor_id == Person.id)
        .join(OfferCohort, OfferCohort.mentor_id == Offer.mentor_id)
        .where(OfferCohort.cohort_id == round_.cohort_id, Person.id != request.newcomer_id)
        .order_by(Person.name, Person.id)
    )
    return [person for person in session.scalars(query) if viewer is None or person.id != viewer.id]
