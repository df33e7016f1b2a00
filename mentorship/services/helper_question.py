"""The helper question: when it is asked, and what an answer does."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from mentorship.rules.deadlines import HELPER_QUESTION_DAYS, deadlines_of, due
from mentorship.rules.errors import WrongState
from mentorship.rules.helped import HELPED, PERSONS, Answer, Occasion, Still
from mentorship.rules.marking import N_
from mentorship.services.asking_about import not_to_ask_about
from mentorship.services.outbox import tell
from mentorship.store.help import Help, HelperAnswer
from mentorship.store.mentorships import Mentorship
from mentorship.store.outbox import Outbox
from mentorship.store.people import Person, PersonStatus
from mentorship.store.queries import cohort_of_member, coordinators_of, open_request_of
from mentorship.store.requests import Request
from mentorship.store.together import CheckIn

OCCASIONS = {days: Occasion(f"day_{days}") for days in HELPER_QUESTION_DAYS}

MERGED_WITHIN_DAYS = 3
"""A check-in asked so lately stands on the same page: no second notice is sent."""


def ask_at_joining(session: Session, person: Person, *, at: datetime) -> HelperAnswer:
    """The question as it stands on the joining page; she may leave it unanswered."""
    row = HelperAnswer(person_id=person.id, occasion=Occasion.JOINING, asked_at=at)
    session.add(row)
    session.flush()
    return row


def ask_at_closing(session: Session, person: Person, request: Request, *, at: datetime) -> None:
    """Ask her now that this request of hers closes, unless she has named a person or was asked already.

    Not after a mentor of this request was blocked or reported, or something was wrong: closing is about her.
    """
    if person.status is PersonStatus.ERASED or _has_named(session, person):
        return
    if not _mentors_of(session, request) & not_to_ask_about(session, person):
        _ask(session, request, Occasion.CLOSING, asked_at=at)


def ask_due(session: Session, *, at: datetime) -> int:
    """Ask everyone who asked for a mentor 30, 90 or 180 days ago and has not named a person yet.

    Doing it twice asks nobody twice. Returns how many questions were asked.
    """
    due_now = select(Request).where(Request.id.in_(requests_to_ask(at))).order_by(Request.id)
    requests = session.scalars(due_now).all()
    for request in requests:
        ask_now(session, request, at=at)
    return len(requests)


def requests_to_ask(at: datetime) -> Select[int]:
    """Ids of the requests whose newcomer is to be asked: of the days that have come, the latest counts."""
    named = exists().where(HelperAnswer.person_id == Request.newcomer_id, HelperAnswer.answer.in_(PERSONS))
    days = sorted(OCCASIONS, reverse=True)
    come = [
        and_(
            Request.opened_at <= at - timedelta(days=day),
            *([Request.opened_at > at - timedelta(days=later)] if later else []),
            ~exists().where(HelperAnswer.request_id == Request.id, HelperAnswer.occasion == OCCASIONS[day]),
        )
        for day, later in zip(days, [0, *days], strict=False)
    ]
    return (
        select(Request.id)
        .join(Person, Person.id == Request.newcomer_id)
        .where(Person.status.not_in((PersonStatus.ERASED, PersonStatus.SUSPENDED)), ~named, or_(*come))
        .order_by(Request.id)
    )


def ask_now(session: Session, request: Request, *, at: datetime) -> None:
    """Ask her the latest question whose day has come, dated on its day, so that it counts for that day.

    It goes with that day's check-in, when there is one; otherwise she is told of it.
    """
    days = max(days for days in OCCASIONS if request.opened_at + timedelta(days=days) <= at)
    asked_at = request.opened_at + timedelta(days=days)
    if not _ask(session, request, OCCASIONS[days], asked_at=asked_at):
        return
    checked_in = exists().where(
        CheckIn.person_id == request.newcomer_id, CheckIn.asked_at > at - timedelta(days=MERGED_WITHIN_DAYS)
    )
    if not session.scalar(select(checked_in)):
        tell(session, request.newcomer, "helper_question", at=at, request=request)


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
    session.refresh(row, with_for_update=True)  # of two clicks at once one is the answer
    if row.answer is not None:
        raise WrongState(N_("This question has been answered already."))
    person = session.get_one(Person, row.person_id)
    row.answer, row.still, row.answered_at = given, still, at
    if given in HELPED and helper_name:
        is_group = given is Answer.GROUP_OR_EVENT
        row_of_help = Help(
            helped_id=person.id, helper_name=helper_name, is_group=is_group, year=year, made_at=at
        )
        session.add(row_of_help)
    session.flush()
    return _let_a_coordinator_write(session, person, at=at) if given is Answer.NOBODY_YET else None


def coordinator_writes_by(session: Session, row: HelperAnswer) -> datetime | None:
    """By when she was told, with this answer, that a coordinator writes to her; None where nobody has to."""
    if row.answer is not Answer.NOBODY_YET:
        return None
    told = Outbox.person_id == row.person_id, Outbox.kind == "coordinator_writes"
    notice = session.scalar(
        select(Outbox).where(*told, Outbox.made_at == row.answered_at).order_by(Outbox.id.desc()).limit(1)
    )
    return None if notice is None else datetime.fromisoformat(notice.values["due"])


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


def _mentors_of(session: Session, request: Request) -> set[int]:
    return set(session.scalars(select(Mentorship.mentor_id).where(Mentorship.request_id == request.id)))


def _let_a_coordinator_write(session: Session, person: Person, *, at: datetime) -> datetime | None:
    request = open_request_of(session, person)
    cohort = request.cohort if request else cohort_of_member(session, person)
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
