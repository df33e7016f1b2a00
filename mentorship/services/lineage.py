"""Who helped whom, as one person may see it: only what she reaches is read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from mentorship.lineage import Standing, Tie, View, lineage_graph, view
from mentorship.lineage.graph import Graph
from mentorship.lineage.view import UP
from mentorship.rules.helped import Still
from mentorship.services.asking_about import not_to_ask_about
from mentorship.store.help import Help, HelperAnswer
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person, PersonStatus
from mentorship.store.safety import Block

MANY = 2_000
"""From so many people on, reading every row is cheaper than asking for theirs."""

Ids = Collection[int] | None
"""Whose rows are read; None for everyone's."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Her lineage, with the names of those who may be named."""

    view: View
    names: dict[int, str]


def lineage_of(session: Session, person: Person) -> Seen:
    """What the page of `person` may say."""
    graph = graph_around(session, person.id)
    seen = view(graph, person.id, unnamed=not_to_ask_about(session, person))
    named = [each for one in (*seen.up, *seen.down) for each in one.named]
    return Seen(seen, _names(session, named))


def graph_around(session: Session, person_id: int) -> Graph:
    """Everyone whose start is traced through her, and two generations of helpers above."""
    ties = [*_ties(session, person_id), *_ties(session, person_id, generations=UP)]
    people = {person_id, *(tie.helper for tie in ties), *(tie.helped for tie in ties)}
    return lineage_graph(ties, _standings(session, people))


def _ties(session: Session, person_id: int, *, generations: int | None = None) -> list[Tie]:
    """Ties met going down from her to the end, or up through so many generations."""
    upwards = generations is not None
    found: list[Tie] = []
    seen, border, step = {person_id}, {person_id}, 0
    while border and step != generations:
        if len(border) >= MANY:  # the graph is cut to what she reaches by whoever looks at it
            return list(_ties_of(session, None, upwards=upwards))
        ties = list(_ties_of(session, border, upwards=upwards))
        found += ties
        border = {tie.helper if upwards else tie.helped for tie in ties} - seen
        seen |= border
        step += 1
    return found


def _ties_of(session: Session, ids: Ids, *, upwards: bool) -> Iterator[Tie]:
    """Help nobody has said no to or taken away, and mentorships that became active, but across no block."""
    help_of = (Help.helper_id, Help.helped_id)
    pair_of = (Mentorship.mentor_id, Mentorship.newcomer_id)
    agreed = and_(Help.helped_agreed_at.is_not(None), Help.helper_agreed_at.is_not(None))
    helps = select(*help_of, agreed).where(
        _is_one_of(help_of[upwards], ids),
        Help.helper_id.is_not(None),
        Help.removed_at.is_(None),
        Help.helper_declined_at.is_(None),
    )
    pairs = select(*pair_of).where(
        _is_one_of(pair_of[upwards], ids), Mentorship.began_at.is_not(None), ~_is_blocked(*pair_of)
    )
    for helper, helped, both in session.connection().execute(helps):
        if helper is not None:
            yield Tie(helper, helped, bool(both))
    for mentor, newcomer in session.connection().execute(pairs):
        yield Tie(mentor, newcomer)


def _is_blocked(one: InstrumentedAttribute[int], other: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    either = or_(
        and_(Block.blocker_id == one, Block.blocked_id == other),
        and_(Block.blocker_id == other, Block.blocked_id == one),
    )
    return select(Block.id).where(either).exists()


def _is_one_of(column: ColumnElement[int] | InstrumentedAttribute[Any], ids: Ids) -> ColumnElement[bool]:
    return true() if ids is None else column.in_(sorted(ids))


def _standings(session: Session, people: Collection[int]) -> dict[int, Standing]:
    of_status = {PersonStatus.ACTIVE: Standing.HERE, PersonStatus.HIDDEN: Standing.UNNAMED}
    ids = people if len(people) < MANY else None
    stopped = _who_stopped(session, ids)
    rows = session.connection().execute(select(Person.id, Person.status).where(_is_one_of(Person.id, ids)))
    return {
        person: Standing.LEFT if person in stopped else of_status.get(status, Standing.LEFT)
        for person, status in rows
        if person in people
    }


def _who_stopped(session: Session, ids: Ids) -> set[int]:
    """Those whose latest answer to “still taking part?” is “not now”."""
    said = (
        select(HelperAnswer.person_id, HelperAnswer.still)
        .where(_is_one_of(HelperAnswer.person_id, ids), HelperAnswer.still.is_not(None))
        .order_by(HelperAnswer.answered_at, HelperAnswer.id)
    )
    latest = {person: still for person, still in session.execute(said)}  # noqa: C416 - rows, tuples to mypy
    return {person for person, still in latest.items() if still is Still.NOT_NOW}


def _names(session: Session, ids: Collection[int]) -> dict[int, str]:
    wanted = set(ids)
    few = wanted if len(wanted) < MANY else None
    rows = session.execute(select(Person.id, Person.name).where(_is_one_of(Person.id, few)))
    return {person: name for person, name in rows if person in wanted}
