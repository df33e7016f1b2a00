"""The helper question: when it is asked, what an answer does, and the named-helper rate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from mentorship.rules.deadlines import HELPER_QUESTION_DAYS, deadlines_of, due
from mentorship.rules.errors import WrongState
from mentorship.rules.helped import PERSONS, Answer, Asked, Occasion, Rate, Still, named_helper_rate
from mentorship.rules.marking import N_
from mentorship.services.outbox import tell
from mentorship.store.cohorts import Cohort, CohortMember
from mentorship.store.help import Help, HelperAnswer
from mentorship.store.people import Person, PersonStatus
from mentorship.store.queries import coordinators_of, open_request_of
from mentorship.store.requests import Request

OCCASIONS = {days: Occasion(f"day_{days}") for days in HELPER_QUESTION_DAYS}


def ask_at_joining(session: Session, person: Person, *, at: datetime) -> HelperAnswer:
    """The question as it stands on the joining page; she may leave it unanswered."""
    row = HelperAnswer(person_id=person.id, occasion=Occasion.JOINING, asked_at=at)
    session.add(row)
    session.flush()
    return row


def ask_at_closing(session: Session, person: Person, request: Request, *, at: datetime) -> None:
    """Ask her now that this request of hers closes, unless she has named a person or was asked already."""
    if person.status is not PersonStatus.ERASED and not _has_named(session, person):
        _ask(session, request, Occasion.CLOSING, asked_at=at)


def ask_due(session: Session, *, at: datetime) -> int:
    """Ask everyone who asked for a mentor 30, 90 or 180 days ago and has not named a person yet.

    Doing it twice asks nobody twice. Where the clock stood still for long only the latest question is asked;
    it is dated on its day, so that it counts for that day. Returns how many questions were asked.
    """
    answered = exists().where(HelperAnswer.person_id == Request.newcomer_id, HelperAnswer.answer.in_(PERSONS))
    old = (
        select(Request)
        .join(Person, Person.id == Request.newcomer_id)
        .where(
            Request.opened_at <= at - timedelta(days=min(OCCASIONS)),
            Person.status.not_in((PersonStatus.ERASED, PersonStatus.SUSPENDED)),
            ~answered,
        )
        .order_by(Request.id)
    )
    asked = 0
    for request in session.scalars(old):
        days = max(days for days in OCCASIONS if request.opened_at + timedelta(days=days) <= at)
        asked += _ask(session, request, OCCASIONS[days], asked_at=request.opened_at + timedelta(days=days))
    return asked


def due_for(session: Session, person: Person) -> HelperAnswer | None:
    """The question that is open for her: the latest one, the one of joining last."""
    query = select(HelperAnswer).where(HelperAnswer.person_id == person.id, HelperAnswer.answer.is_(None))
    latest_first = (HelperAnswer.occasion == Occasion.JOINING, HelperAnswer.asked_at.desc(), HelperAnswer.id)
    return session.scalar(query.order_by(*latest_first).limit(1))


def answer(
    session: Session,
    row: HelperAnswer,
    given: Answer,
    still: Still | None,
    *,
    at: datetime,
    helper_name: str = "",
    year: int | None = None,
) -> datetime | None:
    """Keep her answer; a name she typed is hers alone.

    After “nobody yet” a coordinator is to write to her: returns by when, or None where nobody has to.
    """
    if row.answer is not None:
        raise WrongState(N_("This question has been answered already."))
    person = session.get_one(Person, row.person_id)
    row.answer, row.still, row.answered_at = given, still, at
    if given in PERSONS and helper_name:
        session.add(Help(helped_id=person.id, helper_name=helper_name, year=year, made_at=at))
    session.flush()
    return _let_a_coordinator_write(session, person, at=at) if given is Answer.NOBODY_YET else None


def rate(session: Session, cohort_ids: Collection[int], *, at: datetime, days: int) -> Rate:
    """The named-helper rate of these cohorts' requests; the silent and the erased count as not named."""
    requests = session.execute(
        select(Request.newcomer_id, Request.opened_at).where(Request.cohort_id.in_(cohort_ids))
    ).all()
    given: dict[int, list[tuple[datetime, Answer]]] = defaultdict(list)
    answers = (
        select(HelperAnswer.person_id, HelperAnswer.asked_at, HelperAnswer.answer)
        .join(Person, Person.id == HelperAnswer.person_id)
        .where(Person.status != PersonStatus.ERASED)
    )
    for person_id, asked_at, answered in session.execute(answers):
        if answered is not None:
            given[person_id].append((asked_at, answered))
    asked = (Asked(opened_at, tuple(given[newcomer_id])) for newcomer_id, opened_at in requests)
    return named_helper_rate(asked, days=days, at=at)


def _ask(session: Session, request: Request, occasion: Occasion, *, asked_at: datetime) -> bool:
    known = select(HelperAnswer.id).where(
        HelperAnswer.request_id == request.id, HelperAnswer.occasion == occasion
    )
    if session.scalar(known) is not None:
        return False
    session.add(
        HelperAnswer(
            person_id=request.newcomer_id, request_id=request.id, occasion=occasion, asked_at=asked_at
        )
    )
    session.flush()
    return True


def _has_named(session: Session, person: Person) -> bool:
    named = HelperAnswer.person_id == person.id, HelperAnswer.answer.in_(PERSONS)
    return session.scalar(select(HelperAnswer.id).where(*named).limit(1)) is not None


def _let_a_coordinator_write(session: Session, person: Person, *, at: datetime) -> datetime | None:
    request = open_request_of(session, person)
    cohort = request.cohort if request else _first_cohort_of(session, person)
    coordinators = coordinators_of(session, cohort.id, but_not=[person.id]) if cohort else []
    if cohort is None or not coordinators:
        return None
    days = deadlines_of(cohort.settings).coordinator_writes_days
    by = due(at, cohort.clock_paused_until, days=days)
    if request is not None:
        request.needs_coordinator = True
        request.word_due_at = min(request.word_due_at, by)
    for coordinator in coordinators:
        tell(session, coordinator, "nobody_yet", at=at, request=request, newcomer=person, due=by)
    tell(session, person, "coordinator_writes", at=at, request=request, coordinator=coordinators[0], due=by)
    session.flush()
    return by


def _first_cohort_of(session: Session, person: Person) -> Cohort | None:
    query = select(Cohort).join(CohortMember, CohortMember.cohort_id == Cohort.id)
    return session.scalar(
        query.where(CohortMember.person_id == person.id).order_by(CohortMember.joined_at, Cohort.id).limit(1)
    )
