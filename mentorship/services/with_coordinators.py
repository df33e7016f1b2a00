"""What someone and the coordinators of her cohort write to each other while she has no open request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from mentorship.rules.deadlines import deadlines_of, due
from mentorship.rules.errors import NotFound, WrongState
from mentorship.rules.helped import Answer
from mentorship.rules.marking import N_
from mentorship.services import messages
from mentorship.services.outbox import tell
from mentorship.services.readers import are_apart
from mentorship.store.cohorts import Cohort, CohortMember
from mentorship.store.help import HelperAnswer
from mentorship.store.offers import OfferCohort
from mentorship.store.people import Person, PersonStatus
from mentorship.store.queries import cohort_of_member, coordinators_of
from mentorship.store.requests import Request
from mentorship.store.safety import Report
from mentorship.store.together import Message


@dataclass(frozen=True, slots=True)
class Promised:
    """Who said that nobody helps her yet, when, and by when she was told a coordinator writes."""

    person: Person
    since: datetime
    due: datetime


def cohort_to_write_to(session: Session, person: Person) -> Cohort | None:
    """Where what she writes goes: where she was written to last without a request, else her own cohort."""
    there = select(Cohort).join(Message, Message.cohort_id == Cohort.id).where(Message.member_id == person.id)
    last = session.scalar(there.order_by(Message.id.desc()).limit(1))
    return last or cohort_of_member(session, person)


def readers_for(session: Session, person: Person, cohort: Cohort) -> list[Person]:
    """The coordinators of the cohort who may read what she writes without a request."""
    known = coordinators_of(session, cohort.id, but_not=[person.id])
    apart = [select(Person.id).where(Person.id == person.id, *are_apart(each)) for each in known]
    return [each for each, her in zip(known, apart, strict=True) if session.scalar(her) is not None]


def write(
    session: Session, cohort: Cohort, person: Person, author: Person, words: str, *, at: datetime
) -> Message:
    """Send a message of hers to the coordinators of `cohort`, or one of theirs to her.

    Raises
    ------
    NotFound, WrongState, BadInput, TooMany
        `author` is neither; nobody would read it; nothing was written, or she wrote many within an hour.
    """
    coordinators = readers_for(session, person, cohort)
    if author.id != person.id and author.id not in {each.id for each in coordinators}:
        raise NotFound("")
    if not coordinators:
        raise WrongState(N_("No coordinator is here just now. “Something is wrong” always reaches someone."))
    text = messages.checked(words)
    messages.check_pace(session, author, at=at)
    message = Message(member_id=person.id, cohort_id=cohort.id, author=author, words=text, at=at)
    session.add(message)
    if author.id == person.id:
        for coordinator in coordinators:
            tell(session, coordinator, "newcomer_writes", at=at)
    else:
        tell(session, person, "message", at=at, other=author)
    session.flush()
    return message


def thread(session: Session, cohort: Cohort, person: Person) -> list[Message]:
    """What she and the coordinators of `cohort` wrote without a request, oldest first."""
    return _oldest_first(session, Message.member_id == person.id, Message.cohort_id == cohort.id)


def everything(session: Session, person: Person) -> list[Message]:
    """All she and coordinators ever wrote to each other, with and without a request: hers alone to read."""
    requests = select(Request.id).where(Request.newcomer_id == person.id)
    return _oldest_first(session, or_(Message.member_id == person.id, Message.request_id.in_(requests)))


def promised(session: Session, cohort: Cohort, *, viewer: Person) -> Iterator[Promised]:
    """Who answered “nobody yet” without an open request, and to whom no coordinator has written since."""
    query = (
        _within_reading(viewer)
        .join(HelperAnswer, HelperAnswer.person_id == Person.id)
        .where(*_said_nobody_yet(), Person.id.in_(_in_cohort(cohort)))
        .group_by(Person.id)
        .with_only_columns(Person.id, func.min(HelperAnswer.answered_at))
    )
    days = deadlines_of(cohort.settings).coordinator_writes_days
    for person_id, since in session.execute(query).all():
        person = session.get_one(Person, person_id)
        hers = cohort_of_member(session, person)
        if hers is not None and hers.id == cohort.id and since is not None:
            yield Promised(person, since, due(since, cohort.clock_paused_until, days=days))


def unanswered(session: Session, cohort: Cohort, *, viewer: Person) -> list[tuple[Person, datetime]]:
    """Who wrote last, with the time of the first message since the last answer."""
    answered = aliased(Message)
    last_answer = (
        select(func.max(answered.id))
        .where(
            answered.member_id == Person.id,
            answered.cohort_id == cohort.id,
            answered.author_id != Person.id,
        )
        .correlate(Person)
        .scalar_subquery()
    )
    query = (
        _within_reading(viewer)
        .join(Message, Message.member_id == Person.id)
        .where(
            Message.cohort_id == cohort.id,
            Message.author_id == Person.id,
            Message.id > func.coalesce(last_answer, 0),
        )
        .group_by(Person.id)
        .with_only_columns(Person.id, func.min(Message.id))
    )
    rows = session.execute(query).all()
    return [(session.get_one(Person, person), session.get_one(Message, first).at) for person, first in rows]


def someone_to_write_to(session: Session, cohort: Cohort, public_id: str, viewer: Person) -> Person:
    """Someone a coordinator may write to without a request: who waits for a word, wrote, or told `viewer`.

    Raises
    ------
    NotFound
        Anyone else: this is no way to look people up.
    """
    wrote = exists().where(Message.member_id == Person.id, Message.cohort_id == cohort.id)
    nobody_yet = exists().where(HelperAnswer.person_id == Person.id, HelperAnswer.answer == Answer.NOBODY_YET)
    told = exists().where(Report.by_id == Person.id, Report.routed_to_id == viewer.id)
    found = session.scalar(
        _within_reading(viewer).where(
            Person.public_id == public_id,
            or_(
                wrote,
                Person.id.in_(_in_cohort(cohort)) & nobody_yet,
                or_(Person.id.in_(_mentors_of(cohort)), Person.id.in_(_in_cohort(cohort))) & told,
            ),
        )
    )
    if found is None:
        raise NotFound("")
    return found


def _said_nobody_yet() -> tuple[ColumnElement[bool], ...]:
    """Answered while no request was open (an open one carries the promise itself), not written to since."""
    open_then = exists().where(
        Request.newcomer_id == Person.id,
        Request.opened_at <= HelperAnswer.answered_at,
        or_(Request.closed_at.is_(None), Request.closed_at > HelperAnswer.answered_at),
    )
    requests = select(Request.id).where(Request.newcomer_id == Person.id).correlate(Person)
    written = exists().where(
        or_(Message.member_id == Person.id, Message.request_id.in_(requests)),
        Message.author_id != Person.id,
        Message.at >= HelperAnswer.answered_at,
    )
    return HelperAnswer.answer == Answer.NOBODY_YET, ~open_then, ~written


def _in_cohort(cohort: Cohort) -> Select[int]:
    return select(CohortMember.person_id).where(CohortMember.cohort_id == cohort.id)


def _mentors_of(cohort: Cohort) -> Select[int]:
    return select(OfferCohort.mentor_id).where(OfferCohort.cohort_id == cohort.id)


def _within_reading(viewer: Person) -> Select[Person]:
    here = Person.status.in_((PersonStatus.ACTIVE, PersonStatus.HIDDEN))
    return select(Person).where(here, *are_apart(viewer))


def _oldest_first(session: Session, *whose: ColumnElement[bool]) -> list[Message]:
    query = select(Message).where(*whose).options(joinedload(Message.author))
    return list(session.scalars(query.order_by(Message.at, Message.id)))
