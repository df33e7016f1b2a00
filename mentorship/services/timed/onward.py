"""What time does after a good closing: whoever was helped is invited to stand by others, once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from mentorship.rules.lifecycle import State
from mentorship.services import onward
from mentorship.services.timed.tick import Moment, Tick
from mentorship.store.growth import Onward, OnwardKind
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Approval, OfferCohort
from mentorship.store.people import Person
from mentorship.store.requests import Request

BACKUP_AFTER_DAYS = 3
"""After the closing: its own questions come first."""
MENTOR_AFTER_DAYS = 60
"""After she was approved as a backup."""


def _to_backup(moment: Moment) -> Select[int]:
    """Newcomers whose mentorship was completed some days ago."""
    closed = (
        exists()
        .where(
            Mentorship.newcomer_id == Person.id,
            Mentorship.request_id == Request.id,
            Request.cohort_id == moment.cohort_id,
            Mentorship.state == State.COMPLETED,
            Mentorship.ended_at <= moment.days_ago(BACKUP_AFTER_DAYS),
        )
        .correlate(Person)
    )
    query = select(Person.id).where(closed, onward.may_back_up(), ~_invited(OnwardKind.BACKUP))
    return query.order_by(Person.id)


def _to_mentor(moment: Moment) -> Select[int]:
    """Backups of the cohort who came as newcomers, some weeks after their approval."""
    approved = (
        exists()
        .where(
            Approval.mentor_id == Person.id,
            OfferCohort.mentor_id == Person.id,
            OfferCohort.cohort_id == moment.cohort_id,
            Approval.at <= moment.days_ago(MENTOR_AFTER_DAYS),
        )
        .correlate(Person)
    )
    query = select(Person.id).where(approved, onward.may_mentor(), ~_invited(OnwardKind.MENTOR))
    return query.order_by(Person.id)


def _invited(kind: OnwardKind) -> Any:
    return exists().where(Onward.person_id == Person.id, Onward.kind == kind).correlate(Person)


def _hold_person(session: Session, row_id: int) -> Person:
    return session.get_one(Person, row_id, with_for_update=True, populate_existing=True)


def _invite_as_backup(session: Session, person: Person, moment: Moment) -> None:
    onward.invite(session, person, OnwardKind.BACKUP, at=moment.at)


def _invite_as_mentor(session: Session, person: Person, moment: Moment) -> None:
    onward.invite(session, person, OnwardKind.MENTOR, at=moment.at)


TICKS = {
    "invite as backup": Tick(_to_backup, Person.id, _hold_person, _invite_as_backup),
    "invite as mentor": Tick(_to_mentor, Person.id, _hold_person, _invite_as_mentor),
}
