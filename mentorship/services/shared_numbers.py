"""The numbers of a cohort that may be passed on: on its poster, its page, in a file, by the command."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentorship.rules.helped import Rate, open_to_others
from mentorship.rules.small_cells import is_open, open_parts
from mentorship.services.numbers import Numbers, numbers
from mentorship.store.cohorts import Cohort
from mentorship.store.conversations import Conversation, Participation
from mentorship.store.requests import Outcome

FIGURES = ("requests", "paired", "fulfilled", "mentors", "conversations", "attended", "named", "named_of")
"""Their names, in the order in which they stand everywhere."""


def to_pass_on(session: Session, cohort: Cohort, *, at: datetime) -> dict[str, Any]:
    """Each of `FIGURES` as a number, or None where it could point at fewer than five people.

    ``named`` of ``named_of`` requests, at least ``days`` old, could name a person who helped.
    """
    known = numbers(session, cohort, at=at)
    held, attended = _conversations(session, cohort, at=at)
    parts = {"paired": known.paired, "fulfilled": known.outcomes[Outcome.FULFILLED]}
    rate = _rate(known)
    return {
        "requests": known.requests if is_open(known.requests) else None,
        **open_parts(known.requests, parts),
        "mentors": known.mentors if is_open(known.mentors) else None,
        "conversations": held,
        "attended": attended if is_open(attended) else None,
        "named": rate.named if rate else None,
        "named_of": rate.requests if rate else None,
        "days": rate.days if rate else None,
    }


def quarters_to_pass_on(known: Numbers) -> list[dict[str, Any]]:
    """The rate of `to_pass_on` by the quarter in which help was asked for; None where it may not be shown.

    Only quarters with requests old enough; empty where none may be shown, or the rate itself not.
    """
    rate = _rate(known)
    of_age = [
        (one.quarter, each)
        for one in known.quarters
        for whole, each in zip(known.rates, one.rates, strict=True)
        if rate is not None and whole.days == rate.days and (each is None or each.requests)
    ]
    return [
        {
            "quarter": str(quarter),
            "named": each.named if each else None,
            "named_of": each.requests if each else None,
        }
        for quarter, each in of_age
        if any(shown for _, shown in of_age)
    ]


def _rate(known: Numbers) -> Rate | None:
    """The oldest age that may be shown, where the younger requests are nobody or enough as well."""
    enough = (rate for rate in open_to_others(known.rates) if is_open(known.requests - rate.requests))
    return next(enough, None)


def _conversations(session: Session, cohort: Cohort, *, at: datetime) -> tuple[int, int]:
    """How many took place, and how many people said that they were in one of them."""
    took_place = (
        Conversation.cohort_id == cohort.id,
        Conversation.cancelled_at.is_(None),
        Conversation.starts_at <= at,
    )
    held = select(func.count()).select_from(Conversation).where(*took_place)
    came = (
        select(func.count(Participation.person_id.distinct()))
        .join(Conversation, Conversation.id == Participation.conversation_id)
        .where(*took_place, Participation.attended_at.is_not(None))
    )
    return session.scalar(held) or 0, session.scalar(came) or 0
