"""What someone who waits is told: why, until when, what would help, and that she is not the only one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentorship.rules.errors import NotFound, WrongState
from mentorship.rules.marking import N_
from mentorship.rules.survival import Range, Wait, range_of_wait
from mentorship.services.matchmaking import people_for
from mentorship.services.request_outcomes import round_at
from mentorship.store.cohorts import Cohort
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Offer
from mentorship.store.people import LanguageSkill, Person
from mentorship.store.queries import FEWEST, circle_of, offers_open_to, open_mentorship_of, requests_waiting
from mentorship.store.requests import Request, RequestState


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
        How many wait in the cohort besides her, where at least five wait; None below.
    circle
        Those who wait and chose to be seen by the others, by name; empty below five who wait, and for who
        has not gone in herself.
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
    helped_in = _languages_helped_in(session, request, at=at)
    waiting_here = session.scalar(select(func.count()).select_from(requests_waiting(cohort).subquery())) or 0
    return Waiting(
        without_mentor=tuple(code for code in accepted if code not in helped_in),
        all_taken=tuple(code for code in accepted if code in helped_in),
        next_round_at=None if cohort.next_round_on is None else round_at(cohort, after=at),
        wait=wait_in(session, cohort, at=at, waited=(at - request.waiting_since).total_seconds() / 86400),
        helpful_languages=_helpful(session, request, at=at),
        others=waiting_here - 1 if waiting_here >= FEWEST else None,
        circle=_circle(session, request),
    )


def accept_help_in(session: Session, request: Request, code: str) -> None:
    """Let her accept help in a language she has named already; doing it twice changes nothing.

    Raises
    ------
    NotFound
        She has not named it.
    """
    skill = next((each for each in request.newcomer.languages if each.code == code), None)
    if skill is None:
        raise NotFound("")
    skill.accepts_help_in = True
    session.flush()


def go_into_circle(session: Session, request: Request) -> None:
    """Show her name to the others of the circle, and theirs to her, while she waits.

    Raises
    ------
    WrongState
        Her request is closed, or she does not wait any more.
    """
    if request.state is not RequestState.OPEN or open_mentorship_of(session, request.newcomer):
        raise WrongState(N_("The circle is for those who wait; you are not waiting now."))
    request.in_circle = True
    session.flush()


def leave_circle(session: Session, request: Request) -> None:
    """Take her name out of the circle at once; doing it twice changes nothing."""
    request.in_circle = False
    session.flush()


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


def _languages_helped_in(session: Session, request: Request, *, at: datetime) -> set[str]:
    """Languages in which someone else of the cohort helps."""
    offers = offers_open_to([request.cohort_id], at=at).where(Offer.mentor_id != request.newcomer_id)
    query = select(LanguageSkill.code).where(
        LanguageSkill.helps_in.is_(True),
        LanguageSkill.person_id.in_(offers.with_only_columns(Offer.mentor_id).order_by(None)),
    )
    return set(session.scalars(query.distinct()))


def _helpful(session: Session, request: Request, *, at: datetime) -> tuple[str, ...]:
    """Her second language, where it would help: a mentor with a place free for her helps in it."""
    others = [skill.code for skill in request.newcomer.languages if not skill.accepts_help_in]
    if not others:
        return ()
    people, her = people_for(session, [request], at=at), request.newcomer.public_id
    free = [mentor for mentor in people.mentors if mentor.places and (her, mentor.id) not in people.barred]
    return tuple(code for code in others if any(code in mentor.languages for mentor in free))


def _circle(session: Session, request: Request) -> tuple[Person, ...]:
    hers = circle_of(request.newcomer_id)
    query = select(Person).where(Person.id.in_(hers)).order_by(Person.name, Person.id)
    return tuple(session.scalars(query))
