"""Whom one can look as: chosen by how things stand after the past, so that each shows what it promises."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from mentorship.rules.lifecycle import State
from mentorship.services import matchmaking
from mentorship.store.cohorts import Cohort, CohortCoordinator
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import LanguageSkill, Person
from mentorship.store.queries import requests_waiting

PERSONAS = (
    "a coordinator",
    "another coordinator (Arabic)",
    "a mentor who has been asked",
    "a mentor of someone (Arabic)",
    "a newcomer who waits",
    "a newcomer whose language nobody helps in",
    "a newcomer with a mentor",
    "a newcomer with a mentor (Arabic)",
)


def personas(session: Session, *, at: datetime) -> dict[str, Person]:
    """Persona to person; a persona nobody fits is left out."""
    coordinators = select(Person).join(CohortCoordinator).order_by(Person.id)
    found = (
        session.scalar(coordinators.where(Person.locale == "en")),
        session.scalar(coordinators.where(Person.locale == "ar")),
        session.scalar(_mentors(State.PROPOSED)),
        session.scalar(_mentors(State.ACTIVE).where(Person.locale == "ar")),
        _who_waits(session, at),
        session.scalar(_whose_language_nobody_helps_in()),
        session.scalar(_newcomers().where(Person.locale == "en")),
        session.scalar(_newcomers().where(Person.locale == "ar")),
    )
    return {persona: person for persona, person in zip(PERSONAS, found, strict=True) if person is not None}


def _mentors(state: State) -> Select[Person]:
    joined = select(Person).join(Mentorship, Mentorship.mentor_id == Person.id)
    return joined.where(Mentorship.state == state).order_by(Mentorship.id.desc()).limit(1)


def _newcomers() -> Select[Person]:
    joined = select(Person).join(Mentorship, Mentorship.newcomer_id == Person.id)
    return joined.where(Mentorship.state == State.ACTIVE).order_by(Mentorship.id.desc()).limit(1)


def _who_waits(session: Session, at: datetime) -> Person | None:
    """Someone who would be suggested a mentor now."""
    cohort = session.scalars(select(Cohort)).one()
    for request in session.scalars(requests_waiting(cohort)).all():
        if request.newcomer.locale == "en" and matchmaking.planned_mentor(session, request, [request], at=at):
            return request.newcomer
    return None


def _whose_language_nobody_helps_in() -> Select[Person]:
    helped = select(LanguageSkill.code).where(LanguageSkill.helps_in)
    understood = select(LanguageSkill.person_id).where(LanguageSkill.code.in_(helped))
    asks = select(LanguageSkill.person_id).where(LanguageSkill.accepts_help_in)
    return (
        select(Person).where(Person.id.in_(asks), Person.id.not_in(understood)).order_by(Person.id).limit(1)
    )
