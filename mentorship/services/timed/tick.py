"""One kind of act that time brings: what finds the rows it is due for, what holds one, what is done to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from mentorship.rules.deadlines import Deadlines
from mentorship.rules.lifecycle import State
from mentorship.services.places import lock_mentor
from mentorship.store.cohorts import Cohort
from mentorship.store.mentorships import HandOver, KnownAlready, Mentorship
from mentorship.store.offers import Approval, ApprovalState, Offer, OfferCohort
from mentorship.store.people import Person, PersonStatus
from mentorship.store.requests import Request, RequestState


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, in a cohort: the moment itself, the cohort's deadlines, and which cohort."""

    at: datetime
    deadlines: Deadlines
    cohort_id: int

    def days_ago(self, days: int) -> datetime:
        return self.at - timedelta(days=days)

    def in_days(self, days: int) -> datetime:
        return self.at + timedelta(days=days)


Find = Callable[[Moment], Select[int]]
Do = Callable[[Session, Any, Moment], None]


@dataclass(frozen=True, slots=True)
class Tick:
    """`find` selects ids; the same query, narrowed to one id, is asked again once the row is held."""

    find: Find
    key: InstrumentedAttribute[int]
    hold: Callable[[Session, int], Any]
    do: Do


def on_mentorships(find: Callable[[Moment], list[ColumnElement[bool]]], do: Do) -> Tick:
    """A tick over mentorships; `find` gives the conditions."""

    def query(moment: Moment) -> Select[int]:
        return (
            select(Mentorship.id)
            .join(Request, Request.id == Mentorship.request_id)
            .where(Request.cohort_id == moment.cohort_id, Mentorship.ended_at.is_(None), *find(moment))
            .order_by(Mentorship.id)
        )

    return Tick(query, Mentorship.id, _hold_mentorship, do)


def on_requests(find: Callable[[Moment], list[ColumnElement[bool]]], do: Do) -> Tick:
    """A tick over open requests of people who are here."""

    def query(moment: Moment) -> Select[int]:
        return (
            select(Request.id)
            .join(Person, Person.id == Request.newcomer_id)
            .where(
                Request.cohort_id == moment.cohort_id,
                Request.state == RequestState.OPEN,
                Person.status.not_in((PersonStatus.ERASED, PersonStatus.SUSPENDED)),
                *find(moment),
            )
            .order_by(Request.id)
        )

    return Tick(query, Request.id, hold_request, do)


def on_offers(find: Callable[[Moment], list[ColumnElement[bool]]], do: Do) -> Tick:
    """A tick over the offers of mentors with a live approval who serve the cohort."""

    def query(moment: Moment) -> Select[int]:
        return (
            select(Offer.mentor_id)
            .join(OfferCohort, OfferCohort.mentor_id == Offer.mentor_id)
            .join(Approval, Approval.mentor_id == Offer.mentor_id)
            .join(Person, Person.id == Offer.mentor_id)
            .where(
                OfferCohort.cohort_id == moment.cohort_id,
                Approval.state == ApprovalState.LIVE,
                Person.status.not_in((PersonStatus.ERASED, PersonStatus.SUSPENDED)),
                *find(moment),
            )
            .order_by(Offer.mentor_id)
        )

    return Tick(query, Offer.mentor_id, lock_mentor, do)


def is_in(*states: State) -> ColumnElement[bool]:
    return Mentorship.state.in_(states)


def hold_request(session: Session, row_id: int) -> Request:
    return session.get_one(Request, row_id, with_for_update=True, populate_existing=True)


def hold_cohort(session: Session, row_id: int) -> Cohort:
    return session.get_one(Cohort, row_id, with_for_update=True, populate_existing=True)


def hold_hand_over(session: Session, row_id: int) -> HandOver:
    return session.get_one(HandOver, row_id, with_for_update=True, populate_existing=True)


def hold_known(session: Session, row_id: int) -> KnownAlready:
    return session.get_one(KnownAlready, row_id, with_for_update=True, populate_existing=True)


def _hold_mentorship(session: Session, row_id: int) -> Mentorship:
    """The mentor's places first, then the row: the order in which every act holds them."""
    mentor_id = session.scalars(select(Mentorship.mentor_id).where(Mentorship.id == row_id)).one()
    lock_mentor(session, mentor_id)
    return session.get_one(Mentorship, row_id, with_for_update=True, populate_existing=True)
