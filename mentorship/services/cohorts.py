"""Cohorts: made, their settings changed, their coordinators named."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mentorship.rules.deadlines import Deadlines, deadlines_of
from mentorship.rules.errors import BadInput, NotFound, Stale
from mentorship.rules.marking import N_
from mentorship.services import audit
from mentorship.services.clock_pause import pause_clock
from mentorship.store.cohorts import Cohort, CohortCoordinator
from mentorship.store.conflicts import CHANGED
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person
from mentorship.store.requests import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a coordinator may set of her cohort; `deadlines` holds only those unlike the defaults."""

    name: str
    welcome: str = ""
    languages: tuple[str, ...] = ()
    starts_on: date
    ends_on: date | None = None
    chat_link: str = ""
    direct_asking: bool = True
    next_round_on: date | None = None
    clock_paused_until: datetime | None = None
    deadlines: Mapping[str, int]


def cohorts_of(session: Session, person: Person) -> list[Cohort]:
    """The cohorts she coordinates, by name."""
    return list(
        session.scalars(
            select(Cohort)
            .join(CohortCoordinator, CohortCoordinator.cohort_id == Cohort.id)
            .where(CohortCoordinator.person_id == person.id)
            .order_by(Cohort.name, Cohort.id)
        )
    )


def cohort_of(session: Session, public_id: str, person: Person) -> Cohort:
    """The cohort of that id, which she coordinates; anyone else learns not even that it exists.

    Raises
    ------
    NotFound
    """
    found = session.scalar(
        select(Cohort)
        .join(CohortCoordinator, CohortCoordinator.cohort_id == Cohort.id)
        .where(Cohort.public_id == public_id, CohortCoordinator.person_id == person.id)
    )
    if found is None:
        raise NotFound("")
    return found


def request_of(session: Session, cohort: Cohort, public_id: str, person: Person) -> Request:
    """A request of the cohort that `person` may see as its coordinator.

    Her own is not one, nor one in which she mentors or backs up: another coordinator has it.

    Raises
    ------
    NotFound
    """
    found = session.scalar(
        select(Request).where(
            Request.public_id == public_id,
            Request.cohort_id == cohort.id,
            Request.newcomer_id != person.id,
            Request.id.not_in(requests_she_is_in(person)),
        )
    )
    if found is None:
        raise NotFound("")
    return found


def requests_she_is_in(person: Person) -> Any:
    """A query of the ids of requests in which she is, or was with a yes, the mentor or the backup."""
    return select(Mentorship.request_id).where(
        or_(Mentorship.mentor_id == person.id, Mentorship.backup_id == person.id),
        or_(Mentorship.ended_at.is_(None), Mentorship.accepted_at.is_not(None)),
    )


def create(session: Session, settings: Settings) -> Cohort:
    """Make a cohort; it needs a coordinator next. Raises as `change`."""
    cohort = Cohort(name=settings.name, starts_on=settings.starts_on)
    session.add(cohort)
    _apply(cohort, settings)
    cohort.clock_paused_until = settings.clock_paused_until
    session.flush()
    return cohort


def change(
    session: Session, cohort: Cohort, settings: Settings, *, by: Person, at: datetime, seen: int
) -> None:
    """Set what a coordinator may set.

    Raises
    ------
    Stale
        Another coordinator changed it since she opened the page.
    BadInput
        A deadline out of its range, or an end before the start.
    """
    session.refresh(cohort, with_for_update=True)
    if seen != cohort.version:
        raise Stale(CHANGED)
    _apply(cohort, settings)
    if settings.clock_paused_until != cohort.clock_paused_until:
        pause_clock(session, cohort, settings.clock_paused_until, at=at)
    audit.record(session, "cohort_change", actor=by, at=at, kind="cohort", subject_id=cohort.id)
    session.flush()


def renew_link(session: Session, cohort: Cohort, *, by: Person, at: datetime) -> None:
    """Make another joining link: the old one leads nowhere from now on."""
    cohort.joining_token = secrets.token_urlsafe(16)
    audit.record(session, "joining_link", actor=by, at=at, kind="cohort", subject_id=cohort.id)
    session.flush()


def add_coordinator(session: Session, cohort: Cohort, person: Person, *, at: datetime) -> bool:
    """Let her coordinate the cohort; the first one handles reports. False when she does already."""
    if session.get(CohortCoordinator, (cohort.id, person.id)) is not None:
        return False
    first = not session.scalars(
        select(CohortCoordinator.person_id).where(CohortCoordinator.cohort_id == cohort.id)
    ).all()
    session.add(CohortCoordinator(cohort_id=cohort.id, person_id=person.id, safeguarding=first, since=at))
    session.flush()
    session.expire(cohort, ["coordinators"])
    audit.record(
        session, "coordinator_add", actor=None, at=at, kind="cohort", subject_id=cohort.id, person=person
    )
    return True


def _apply(cohort: Cohort, settings: Settings) -> None:
    if settings.ends_on is not None and settings.ends_on < settings.starts_on:
        raise BadInput(N_("The last day cannot be before the first."), field="ends_on")
    deadlines_of(settings.deadlines)  # refuses what is out of range, naming it
    cohort.name = settings.name
    cohort.welcome = settings.welcome
    cohort.languages = list(settings.languages)
    cohort.starts_on = settings.starts_on
    cohort.ends_on = settings.ends_on
    cohort.chat_link = settings.chat_link
    cohort.direct_asking = settings.direct_asking
    cohort.next_round_on = settings.next_round_on
    usual = Deadlines()
    cohort.settings = {
        name: value for name, value in settings.deadlines.items() if value != getattr(usual, name)
    }
