"""What someone who waits is told: why, until when, what would help, and that she is not the only one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from mentorship.rules.survival import Range, Wait, range_of_wait
from mentorship.services.matchmaking import people_for
from mentorship.services.request_outcomes import round_at
from mentorship.store.cohorts import Cohort, CohortMember
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Offer
from mentorship.store.people import LanguageSkill, Person
from mentorship.store.queries import offers_open_to, requests_waiting
from mentorship.store.requests import Request
from mentorship.store.safety import Block

FEWEST = 5
"""Counts of people are said from five on."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How things stand for one who waits; languages and places only, whatever else is against a pair.

    Attributes
    ----------
    without_mentor
        Codes of her languages in which no mentor of the cohort helps now.
    all_taken
        Codes of her languages in which mentors help, all of whose places are taken or not free for her.
    next_round_at
        None where the cohort has no date.
    wait
        Days from now, or None until enough is known.
    helpful_languages
        Codes of languages she knows but does not accept help in, in which a mentor has a free place.
    others
        How many wait in the cohort, from five on; None below.
    circle
        Those who wait and chose to be seen by the others, by name; empty below five who wait.
    """

    without_mentor: tuple[str, ...]
    all_taken: tuple[str, ...]
    next_round_at: datetime | None
    wait: Range | None
    helpful_languages: tuple[str, ...]
    others: int | None
    circle: tuple[Person, ...]


def waiting(session: Session, request: Request, *, at: datetime) -> Waiting:
    """How things stand for the newcomer of `request`, who waits."""
    cohort = request.cohort
    accepted = [skill.code for skill in request.newcomer.languages if skill.accepts_help_in]
    helped_in = _languages_helped_in(session, cohort, at=at)
    everyone = list(session.scalars(requests_waiting(cohort)))
    return Waiting(
        without_mentor=tuple(code for code in accepted if code not in helped_in),
        all_taken=tuple(code for code in accepted if code in helped_in),
        next_round_at=None if cohort.next_round_on is None else round_at(cohort, after=at),
        wait=wait_in(session, cohort, at=at, waited=(at - request.waiting_since).total_seconds() / 86400),
        helpful_languages=_helpful(session, request, at=at),
        others=len(everyone) if len(everyone) >= FEWEST else None,
        circle=_circle(session, request, everyone),
    )


def wait_in(session: Session, cohort: Cohort, *, at: datetime, waited: float = 0) -> Range | None:
    """The range of the wait in this cohort; who still waits, and who stopped waiting, count too."""
    first_yes = (
        select(func.min(Mentorship.accepted_at)).where(Mentorship.request_id == Request.id).scalar_subquery()
    )
    rows = session.execute(
        select(Request.opened_at, Request.closed_at, first_yes).where(Request.cohort_id == cohort.id)
    ).all()
    return range_of_wait([_wait(*row, at=at) for row in rows], waited=waited)


def _wait(opened: datetime, closed: datetime | None, yes: datetime | None, *, at: datetime) -> Wait:
    until = yes or closed or at
    return Wait((until - opened).total_seconds() / 86400, yes is not None)


def _languages_helped_in(session: Session, cohort: Cohort, *, at: datetime) -> set[str]:
    here = offers_open_to([cohort.id], at=at).with_only_columns(Offer.mentor_id).order_by(None)
    query = select(LanguageSkill.code).where(
        LanguageSkill.helps_in.is_(True), LanguageSkill.person_id.in_(here)
    )
    return set(session.scalars(query.distinct()))


def _helpful(session: Session, request: Request, *, at: datetime) -> tuple[str, ...]:
    """Her second language, where it would help: a mentor with a free place helps in it."""
    others = [skill.code for skill in request.newcomer.languages if not skill.accepts_help_in]
    people = people_for(session, [request], at=at) if others else None
    free = {code for mentor in people.mentors if mentor.places for code in mentor.languages} if people else ()
    return tuple(code for code in others if code in free)


def _circle(session: Session, request: Request, everyone: Sequence[Request]) -> tuple[Person, ...]:
    if len(everyone) < FEWEST:
        return ()
    ids = [other.newcomer_id for other in everyone if other.newcomer_id != request.newcomer_id]
    seen = (
        select(Person)
        .join(CohortMember, CohortMember.person_id == Person.id)
        .where(
            CohortMember.cohort_id == request.cohort_id,
            CohortMember.seen_by_others.is_(True),
            Person.id.in_(ids),
            ~_blocked(request.newcomer_id),
        )
        .order_by(Person.name, Person.id)
    )
    return tuple(session.scalars(seen))


def _blocked(person_id: int) -> ColumnElement[bool]:
    """Whether she and the `Person` of the query around it are apart."""
    return exists().where(
        or_(
            (Block.blocker_id == person_id) & (Block.blocked_id == Person.id),
            (Block.blocked_id == person_id) & (Block.blocker_id == Person.id),
        )
    )
