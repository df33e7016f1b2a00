"""The ladders of small steps a cohort offers: the programme's own, or what its coordinators made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from mentorship.rules.errors import BadInput, Stale
from mentorship.rules.marking import N_
from mentorship.rules.steps import LADDERS, LONGEST_STEP, MOST_RUNGS
from mentorship.services import audit
from mentorship.store.cohorts import Cohort
from mentorship.store.conflicts import CHANGED
from mentorship.store.growth import Rung
from mentorship.store.people import Person


@dataclass(frozen=True, slots=True)
class Chosen:
    """A step to choose: one of the programme's by its code, or words; without an area it is one's own."""

    area: str = ""
    code: str = ""
    words: str = ""


def ladders_of(session: Session, cohort: Cohort) -> dict[str, list[Chosen]]:
    """Every area's steps in this cohort, smallest first."""
    own: dict[str, list[Chosen]] = {}
    query = select(Rung).where(Rung.cohort_id == cohort.id)
    for rung in session.scalars(query.order_by(Rung.area, Rung.n)):
        own.setdefault(rung.area, []).append(Chosen(rung.area, rung.code, rung.words))
    return {area: own.get(area) or usual(area) for area in LADDERS}


def usual(area: str) -> list[Chosen]:
    """The programme's own ladder."""
    return [Chosen(area, code) for code in LADDERS[area]]


def change(
    session: Session,
    cohort: Cohort,
    ladders: Mapping[str, Sequence[Chosen]],
    *,
    by: Person,
    at: datetime,
    seen: int,
) -> None:
    """Put these ladders in the place of what the cohort has; those like the programme's follow it again.

    Raises
    ------
    Stale
        Another coordinator changed the cohort since she opened the page.
    BadInput
        A ladder is empty or too long, or a step of it is; `field` is the area.
    """
    session.refresh(cohort, with_for_update=True)
    if seen != cohort.version:
        raise Stale(CHANGED)
    for area, ladder in ladders.items():
        _check(area, ladder)
        _write(session, cohort, area, list(dict.fromkeys(ladder)))
    flag_modified(cohort, "settings")  # the version guards everything a coordinator sets
    audit.record(session, "cohort_change", actor=by, at=at, kind="cohort", subject_id=cohort.id)
    session.flush()


def restore(session: Session, cohort: Cohort, area: str, *, by: Person, at: datetime, seen: int) -> None:
    """Bring the programme's own ladder back. Raises as `change`."""
    change(session, cohort, {area: usual(area)}, by=by, at=at, seen=seen)


def _check(area: str, ladder: Sequence[Chosen]) -> None:
    if not ladder:
        raise BadInput(N_("Please leave at least one step, or bring back the usual ones."), field=area)
    if len(ladder) > MOST_RUNGS:
        raise BadInput(N_("At most %(most)s steps, please."), field=area, most=MOST_RUNGS)
    if any(len(rung.words) > LONGEST_STEP for rung in ladder):
        sentence = N_("At most %(most)s characters for each step, please.")
        raise BadInput(sentence, field=area, most=LONGEST_STEP)


def _write(session: Session, cohort: Cohort, area: str, ladder: list[Chosen]) -> None:
    session.execute(delete(Rung).where(Rung.cohort_id == cohort.id, Rung.area == area))
    if ladder == usual(area):
        return
    session.add_all(
        Rung(cohort_id=cohort.id, area=area, n=n, code=rung.code, words=rung.words)
        for n, rung in enumerate(ladder, 1)
    )
    session.flush()
