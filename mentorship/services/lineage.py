"""Who helped whom, as one person may see it: read anew for each page, so that a yes taken back is gone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    and_,
    case,
    cast,
    exists,
    func,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from mentorship.lineage import (
    HELPED,
    HELPER,
    UP,
    Generation,
    Lineage,
    View,
    lineage,
    ties_among,
    view,
)
from mentorship.lineage.columns import Numbers
from mentorship.rules.helped import Still
from mentorship.services.asking_about import not_to_ask_about
from mentorship.store.help import Help, HelperAnswer
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person, PersonStatus
from mentorship.store.queries import across_a_block

MANY = 400
"""When she reaches so many, every tie is read at once: cheaper than asking for theirs step by step."""

SHOWN = 30
"""So many names of one generation stand on her page; the others on pages of their own."""

UNNAMED, GONE = (PersonStatus.HIDDEN,), (PersonStatus.SUSPENDED, PersonStatus.ERASED)

Ids = Collection[int] | None
"""Whose rows are read; None for everyone's."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Her lineage, with the names of those who are shown, and the ties between them (helper, helped)."""

    view: View
    names: dict[int, str]
    ties: frozenset[tuple[int, int]]


def lineage_of(session: Session, person: Person) -> Seen:
    """What the page of `person` may say."""
    around, seen = _look(session, person)
    shown = [each for one in (*seen.up, *seen.down) for each in one.named[:SHOWN]]
    return Seen(seen, _names(session, shown), ties_among(around, [person.id, *shown]))


def names_at(session: Session, person: Person, step: int, *, first: int, most: int) -> tuple[list[str], int]:
    """Names of one generation, `most` of them from the one numbered `first` on; and how many there are.

    `step` is counted as on her page: downwards from 1 on, upwards from -1.
    """
    _, seen = _look(session, person)
    of = seen.down if step > 0 else seen.up
    generation = of[abs(step) - 1] if 0 < abs(step) <= len(of) else Generation((), 0)
    shown = generation.named[first : first + most]
    names = _names(session, shown)
    return [names[each] for each in shown if each in names], len(generation.named)


def lineage_around(session: Session, person_id: int) -> Lineage:
    """Everyone whose start is traced through her, and two generations of helpers above."""
    found = _ties_around(session, person_id)
    ids: Ids = None
    if found is None:
        found = _ties_of(session, None)
    else:
        ids = {person_id, *(found // HELPER).tolist(), *(found % HELPER // HELPED).tolist()}
    unnamed, gone = (_numbers_of(session, _who_are(ids, *kinds)) for kinds in (UNNAMED, GONE))
    left = np.concatenate([gone, _numbers_of(session, _who_stopped(ids))])
    return lineage(found, unnamed=unnamed, left=left, of=[person_id])


def _look(session: Session, person: Person) -> tuple[Lineage, View]:
    around = lineage_around(session, person.id)
    return around, view(around, person.id, unnamed=not_to_ask_about(session, person))


def _ties_around(session: Session, person_id: int) -> Numbers | None:
    """Ties met going down from her to the end, and up through two generations; None if there are many."""
    found = [np.zeros(0, dtype=np.int64)]
    for upwards, steps in ((False, MANY), (True, UP)):
        seen, border = {person_id}, {person_id}
        for _ in range(steps):
            if not border:
                break
            ties = _ties_of(session, border, upwards=upwards)
            ends = ties // HELPER if upwards else ties % HELPER // HELPED
            border = set(ends.tolist()) - seen
            seen |= border
            if len(seen) >= MANY:
                return None
            found.append(ties)
    return np.concatenate(found)


def _ties_of(session: Session, ids: Ids, *, upwards: bool = False) -> Numbers:
    """Help nobody has said no to or taken away, and mentorships that became active, but across no block."""
    end = (Help.helped_id, Mentorship.newcomer_id) if upwards else (Help.helper_id, Mentorship.mentor_id)
    both = and_(Help.helped_agreed_at.is_not(None), Help.helper_agreed_at.is_not(None))
    helps = select(_number(Help.helper_id, Help.helped_id) + case((both, 1), else_=0)).where(
        _is_one_of(end[0], ids),
        Help.helper_id.is_not(None),
        Help.removed_at.is_(None),
        Help.helper_declined_at.is_(None),
    )
    pairs = select(_number(Mentorship.mentor_id, Mentorship.newcomer_id)).where(
        _is_one_of(end[1], ids),
        Mentorship.began_at.is_not(None),
        ~across_a_block(Mentorship.mentor_id, Mentorship.newcomer_id),
    )
    return _numbers_of(session, union_all(helps, pairs))


def _numbers_of(session: Session, query: Select[int] | CompoundSelect[int]) -> Numbers:
    """The numbers of a query, handed over as one text: as rows of their own they take six times as long."""
    told = session.scalar(select(func.aggregate_strings(cast(query.subquery().columns[0], String), ",")))
    return np.fromstring(told or "", dtype=np.int64, sep=",")


def _number(helper: InstrumentedAttribute[Any], helped: InstrumentedAttribute[int]) -> ColumnElement[int]:
    """A tie as `mentorship.lineage` writes it, not agreed to."""
    return cast(helper, BigInteger) * HELPER + cast(helped, BigInteger) * HELPED


def _is_one_of(column: InstrumentedAttribute[Any], ids: Ids) -> ColumnElement[bool]:
    return true() if ids is None else column.in_(sorted(ids))


def _who_are(ids: Ids, *kinds: PersonStatus) -> Select[int]:
    return select(Person.id).where(_is_one_of(Person.id, ids), Person.status.in_(kinds))


def _who_stopped(ids: Ids) -> Select[int]:
    """Those whose latest answer to “still taking part?” is “not now”."""
    later = aliased(HelperAnswer)
    after = or_(
        later.answered_at > HelperAnswer.answered_at,
        and_(later.answered_at == HelperAnswer.answered_at, later.id > HelperAnswer.id),
    )
    same = later.person_id == HelperAnswer.person_id, later.still.is_not(None)
    return select(HelperAnswer.person_id).where(
        _is_one_of(HelperAnswer.person_id, ids),
        HelperAnswer.still == Still.NOT_NOW,
        ~exists().where(*same, after),
    )


def _names(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Their names, but of those who are here at this moment."""
    rows = select(Person.id, Person.name).where(Person.id.in_(ids), Person.status == PersonStatus.ACTIVE)
    return {person: name for person, name in session.execute(rows)}  # noqa: C416 - rows, tuples to mypy
