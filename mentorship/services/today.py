"""Today: only what needs a coordinator, oldest first; what she is herself party to goes to another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from mentorship.rules.deadlines import deadlines_of, due
from mentorship.rules.errors import NotFound
from mentorship.rules.lifecycle import AGREED, State
from mentorship.services import reaching, with_coordinators
from mentorship.services.approvals import offers_in
from mentorship.services.cohorts import requests_she_is_in
from mentorship.services.rounds import open_round_of
from mentorship.store.cohorts import Cohort, CohortCoordinator
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import ApprovalState, Offer
from mentorship.store.people import Person, PersonStatus
from mentorship.store.requests import Request, RequestState
from mentorship.store.rounds import Round, RoundState
from mentorship.store.safety import Report, ReportState
from mentorship.store.together import CheckIn, CheckInAnswer, Message


class Kind(StrEnum):
    """What can need a coordinator."""

    MESSAGE = "message"
    LOOK = "look"
    ALONE = "alone"
    APPLICATION = "application"
    DRAFT = "draft"
    REPORT = "report"
    HELLO = "hello"
    PARTING = "parting"
    QUIET = "quiet"
    REACH = "reach"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that needs her, since when, and what it is about."""

    kind: Kind
    since: datetime
    request: Request | None = None
    offer: Offer | None = None
    round: Round | None = None
    report: Report | None = None
    mentorship: Mentorship | None = None
    person: Person | None = None
    due: datetime | None = None


def today(session: Session, cohort: Cohort, *, viewer: Person, at: datetime) -> list[Item]:
    """Everything of `cohort` that needs `viewer`, oldest first."""
    items = [
        *_messages(session, cohort, viewer),
        *_to_look_for(session, cohort, viewer),
        *_alone(session, cohort, viewer),
        *_applications(session, cohort, viewer),
        *_drafts(session, cohort),
        *_reports(session, cohort, viewer),
        *_hellos(session, cohort, viewer, at),
        *_partings(session, cohort, viewer),
        *_quiet_pairs(session, cohort, viewer),
        *_to_reach(session, cohort, viewer, at),
    ]
    return sorted(items, key=lambda item: item.since)


def report_of(session: Session, cohort: Cohort, public_id: str, *, viewer: Person) -> Report:
    """A report routed to `viewer`, to be read at `cohort`.

    Raises
    ------
    NotFound
    """
    found = session.scalar(select(Report).where(Report.public_id == public_id, *_reads_here(cohort, viewer)))
    if found is None:
        raise NotFound("")
    return found


def concerns(session: Session, report: Report) -> tuple[Person | None, Mentorship | None]:
    """Whom a report is about, if the one who told said so, and from which pair it came."""
    about = session.get(Person, report.about_id) if report.about_id else None
    pair = session.get(Mentorship, report.mentorship_id) if report.mentorship_id else None
    return about if about and about.name else None, pair


def answer_report(session: Session, report: Report, *, closed: bool, at: datetime) -> None:
    """Mark a report as read, or closed; the reporter sees which."""
    report.state = ReportState.CLOSED if closed else ReportState.READ
    report.closed_at = at if closed else None
    session.flush()


def overdue_hellos(cohort: Cohort, viewer: Person, *, at: datetime) -> Select[Mentorship]:
    """Agreed mentorships without a first hello for longer than the cohort allows; never her own."""
    days = deadlines_of(cohort.settings).hello_told_days
    return (
        select(Mentorship)
        .join(Request, Request.id == Mentorship.request_id)
        .where(
            Request.cohort_id == cohort.id,
            Mentorship.state == State.ACCEPTED,
            Mentorship.accepted_at <= at - timedelta(days=days),
            *_not_in_it(viewer),
        )
        .order_by(Mentorship.accepted_at)
    )


def _not_in_it(viewer: Person) -> tuple[ColumnElement[bool], ...]:
    """What she is herself party or backup to goes to another coordinator."""
    return (
        Mentorship.newcomer_id != viewer.id,
        Mentorship.mentor_id != viewer.id,
        or_(Mentorship.backup_id.is_(None), Mentorship.backup_id != viewer.id),
    )


def _requests(cohort: Cohort, viewer: Person) -> Select[Request]:
    return (
        select(Request)
        .join(Person, Person.id == Request.newcomer_id)
        .where(
            Request.cohort_id == cohort.id,
            Request.newcomer_id != viewer.id,
            Request.id.not_in(requests_she_is_in(viewer)),
            Person.status.in_((PersonStatus.ACTIVE, PersonStatus.HIDDEN)),
        )
    )


def _messages(session: Session, cohort: Cohort, viewer: Person) -> Iterator[Item]:
    """Threads whose last message is the newcomer's, since the first she wrote after the last answer.

    Of requests that are closed too: what she asked is not answered by a mentorship that is completed.
    """
    answered = aliased(Message)
    last_answer = (
        select(func.max(answered.id))
        .where(answered.request_id == Request.id, answered.author_id != Request.newcomer_id)
        .correlate(Request)
        .scalar_subquery()
    )
    query = (
        _requests(cohort, viewer)
        .join(Message, Message.request_id == Request.id)
        .where(Message.author_id == Request.newcomer_id, Message.id > func.coalesce(last_answer, 0))
        .group_by(Request.id)
        .with_only_columns(Request.id, func.min(Message.id))
    )
    for request_id, message_id in session.execute(query).all():
        since = session.get_one(Message, message_id).at
        request = session.get_one(Request, request_id)
        yield Item(kind=Kind.MESSAGE, since=since, request=request, person=request.newcomer)
    for person, since in with_coordinators.unanswered(session, cohort, viewer=viewer):
        yield Item(kind=Kind.MESSAGE, since=since, person=person)


def _alone(session: Session, cohort: Cohort, viewer: Person) -> Iterator[Item]:
    """To whom a coordinator was promised to write; her request, if she has one by now, is where to."""
    for promised in with_coordinators.promised(session, cohort, viewer=viewer):
        request = session.scalar(
            _requests(cohort, viewer).where(
                Request.newcomer_id == promised.person.id, Request.state == RequestState.OPEN
            )
        )
        yield Item(
            kind=Kind.ALONE, since=promised.since, due=promised.due, person=promised.person, request=request
        )


def _to_look_for(session: Session, cohort: Cohort, viewer: Person) -> Iterator[Item]:
    query = _requests(cohort, viewer).where(
        Request.state == RequestState.OPEN, Request.needs_coordinator.is_(True)
    )
    for request in session.scalars(query):
        yield Item(kind=Kind.LOOK, since=request.waiting_since, request=request)


def _applications(session: Session, cohort: Cohort, viewer: Person) -> Iterator[Item]:
    for offer, approval in offers_in(session, cohort, viewer=viewer):
        if approval.state is ApprovalState.APPLIED:
            yield Item(kind=Kind.APPLICATION, since=approval.conduct_agreed_at, offer=offer)


def _drafts(session: Session, cohort: Cohort) -> Iterator[Item]:
    round_ = open_round_of(session, cohort)
    if round_ is not None and round_.state is RoundState.DRAFT:
        yield Item(kind=Kind.DRAFT, since=round_.started_at, round=round_)


def _reports(session: Session, cohort: Cohort, viewer: Person) -> Iterator[Item]:
    query = select(Report).where(*_reads_here(cohort, viewer), Report.state != ReportState.CLOSED)
    for report in session.scalars(query):
        yield Item(kind=Kind.REPORT, since=report.made_at, report=report)


def _reads_here(cohort: Cohort, viewer: Person) -> tuple[ColumnElement[bool], ...]:
    """Her reports of this cohort; those of no cohort, or of one she does not coordinate, at each of hers."""
    hers = select(CohortCoordinator.cohort_id).where(CohortCoordinator.person_id == viewer.id)
    here = or_(Report.cohort_id == cohort.id, Report.cohort_id.is_(None), Report.cohort_id.not_in(hers))
    return Report.routed_to_id == viewer.id, here


def _hellos(session: Session, cohort: Cohort, viewer: Person, at: datetime) -> Iterator[Item]:
    days = deadlines_of(cohort.settings).hello_told_days
    for mentorship in session.scalars(overdue_hellos(cohort, viewer, at=at)):
        assert mentorship.accepted_at is not None  # noqa: S101 - the schema holds it for an accepted one
        told_at = due(mentorship.accepted_at, cohort.clock_paused_until, days=days)
        if told_at <= at:
            yield Item(kind=Kind.HELLO, since=told_at, mentorship=mentorship)


def _partings(session: Session, cohort: Cohort, viewer: Person) -> Iterator[Item]:
    """Whoever said last that she would like someone else, while the pair lasts."""
    later = aliased(CheckIn)
    said_since = exists().where(
        later.mentorship_id == CheckIn.mentorship_id,
        later.person_id == CheckIn.person_id,
        later.day > CheckIn.day,
        later.answer.is_not(None),
    )
    query = (
        select(Mentorship, CheckIn)
        .join(CheckIn, CheckIn.mentorship_id == Mentorship.id)
        .join(Request, Request.id == Mentorship.request_id)
        .where(
            Request.cohort_id == cohort.id,
            Mentorship.state.in_(AGREED),
            CheckIn.answer == CheckInAnswer.SOMEONE_ELSE,
            ~said_since,
            *_not_in_it(viewer),
        )
        .order_by(CheckIn.id)
    )
    for mentorship, said in session.execute(query).all():
        person = session.get_one(Person, said.person_id)
        since = said.answered_at or said.asked_at
        yield Item(kind=Kind.PARTING, since=since, mentorship=mentorship, person=person)


def _quiet_pairs(session: Session, cohort: Cohort, viewer: Person) -> Iterator[Item]:
    """Pairs that may have lost touch: since she was told, nobody wrote, nor said that they talk."""
    since = Mentorship.quiet_told_at
    wrote = exists().where(Message.mentorship_id == Mentorship.id, Message.at >= since)
    said = exists().where(
        CheckIn.mentorship_id == Mentorship.id,
        CheckIn.answer.in_((CheckInAnswer.YES, CheckInAnswer.ELSEWHERE)),
        CheckIn.answered_at >= since,
    )
    query = (
        select(Mentorship)
        .join(Request, Request.id == Mentorship.request_id)
        .where(
            Request.cohort_id == cohort.id,
            Mentorship.state == State.ACTIVE,
            since.is_not(None),
            ~wrote,
            ~said,
            *_not_in_it(viewer),
        )
        .order_by(Mentorship.id)
    )
    for mentorship in session.scalars(query):
        assert mentorship.quiet_told_at is not None  # noqa: S101 - the query asks for it
        yield Item(kind=Kind.QUIET, since=mentorship.quiet_told_at, mentorship=mentorship)


def _to_reach(session: Session, cohort: Cohort, viewer: Person, at: datetime) -> Iterator[Item]:
    for person, since in reaching.waiting_in(session, cohort, viewer=viewer, at=at):
        yield Item(kind=Kind.REACH, since=since, person=person)
