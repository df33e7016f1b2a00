"""The named-helper rate of cohorts, and over time: of all who asked for a mentor, who can name who helped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship.rules.deadlines import HELPER_QUESTION_DAYS
from mentorship.rules.helped import Answer, Asked, Rate, named_helper_rate
from mentorship.rules.over_time import OfQuarter, by_quarter
from mentorship.store.help import HelperAnswer
from mentorship.store.people import Person, PersonStatus
from mentorship.store.requests import Request


def rates(session: Session, cohort_ids: Collection[int], *, at: datetime) -> list[Rate]:
    """The rate of these cohorts' requests at 30, 90 and 180 days; `rules.helped` says how it is counted."""
    asked = _asked(session, cohort_ids)
    return [named_helper_rate(asked, days=days, at=at) for days in HELPER_QUESTION_DAYS]


def quarters(session: Session, cohort_ids: Collection[int], *, at: datetime) -> list[OfQuarter]:
    """The same by the quarter in which help was asked for; `rules.over_time` says how."""
    return by_quarter(_asked(session, cohort_ids), ages=HELPER_QUESTION_DAYS, at=at)


def _asked(session: Session, cohort_ids: Collection[int]) -> list[Asked]:
    """Every request ever made, with all answers of its newcomer; those of the erased are gone."""
    requests = select(Request.newcomer_id, Request.opened_at).where(Request.cohort_id.in_(cohort_ids))
    newcomers = select(Request.newcomer_id).where(Request.cohort_id.in_(cohort_ids))
    answers = (
        select(HelperAnswer.person_id, HelperAnswer.asked_at, HelperAnswer.answer)
        .join(Person, Person.id == HelperAnswer.person_id)
        .where(
            Person.status != PersonStatus.ERASED,
            HelperAnswer.answer.is_not(None),
            HelperAnswer.person_id.in_(newcomers),
        )
    )
    given: dict[int, list[tuple[datetime, Answer]]] = defaultdict(list)
    for person_id, asked_at, answered in session.execute(answers):
        if answered is not None:
            given[person_id].append((asked_at, answered))
    return [
        Asked(opened_at, tuple(given[newcomer_id])) for newcomer_id, opened_at in session.execute(requests)
    ]
