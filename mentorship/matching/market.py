"""All feasible pairs of a round with their points, and what choices and options make of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mentorship.matching.columns import Columns, block_points
from mentorship.matching.errors import ImpossibleChoice
from mentorship.matching.graph import Graph, Ints
from mentorship.matching.instance import Instance
from mentorship.matching.people import Choices, Options, Pairing
from mentorship.matching.worth import big_for, fair_table

BLOCK = 512


@dataclass(frozen=True)
class Market:
    """Who could be with whom, for how many points.

    Attributes
    ----------
    newcomers, mentors
        Ids, sorted.
    capacity, start, mentor, points
        As `Graph`, with points instead of worths.
    waited
        Shape (N,): weeks.
    fair_top
        Points from which nothing is missing to a newcomer, for the option `fair`.
    """

    newcomers: tuple[str, ...]
    mentors: tuple[str, ...]
    capacity: Ints
    start: Ints
    mentor: Ints
    points: Ints
    waited: Ints
    fair_top: int

    @property
    def owner(self) -> Ints:
        """Shape (A,): each pair's newcomer."""
        return np.repeat(np.arange(len(self.newcomers)), np.diff(self.start))

    def pair_number(self, pairing: Pairing) -> int:
        """Where a pair stands among the arcs; −1 if it is not feasible."""
        numbers = self._numbers
        if pairing[0] not in numbers[0] or pairing[1] not in numbers[1]:
            return -1
        n, m = numbers[0][pairing[0]], numbers[1][pairing[1]]
        first, last = int(self.start[n]), int(self.start[n + 1])
        at = first + int(np.searchsorted(self.mentor[first:last], m))
        return at if at < last and self.mentor[at] == m else -1

    @cached_property
    def _numbers(self) -> tuple[dict[str, int], dict[str, int]]:
        return _numbers(self.newcomers), _numbers(self.mentors)


class Keep(NamedTuple):
    """What a kept pair counts more: `bonus` of `scale` parts of a point."""

    scale: int
    bonus: int


NO_KEEP = Keep(1, 0)


@dataclass(frozen=True)
class Task:
    """What is left to solve of a market once the choices are made.

    Attributes
    ----------
    graph
        Worths instead of points; locked newcomers have no arcs, locked places are gone.
    arcs
        Shape (A,): the market's number of each arc.
    locked
        Shape (N,): the market's number of each locked pair, −1 for none.
    could
        Shape (N,): whether a newcomer who is not locked is feasible with anyone who has places at all.
    big
        What having a mentor counts.
    """

    graph: Graph
    arcs: Ints
    locked: Ints
    could: NDArray[np.bool_]
    big: int


def market_of_instance(instance: Instance) -> Market:
    """The market that an instance file holds."""
    mentors = tuple(instance.capacity)
    row, column = _numbers(instance.mentees), _numbers(mentors)
    arcs = ((row[n], column[m], points) for (n, m), points in instance.points.items())
    capacity = np.array([instance.capacity[mentor] for mentor in mentors], dtype=np.int64)
    graph = Graph.of_arcs(len(row), capacity, arcs)
    waited = [instance.weeks_waited.get(mentee, 0) for mentee in instance.mentees]
    return Market(
        newcomers=instance.mentees,
        mentors=mentors,
        capacity=capacity,
        start=graph.start,
        mentor=graph.mentor,
        points=graph.worth,
        waited=np.array(waited, dtype=np.int64),
        fair_top=max(instance.points.values(), default=1) or 1,
    )


def market_of_columns(columns: Columns, *, fair_top: int, with_full: bool = False) -> Market:
    """The market of people, all their feasible pairs scored; `with_full`: mentors without places too."""
    mentors: list[Ints] = [np.zeros(0, dtype=np.int64)]
    points: list[Ints] = [np.zeros(0, dtype=np.int64)]
    lengths: list[Ints] = [np.zeros(1, dtype=np.int64)]
    for first in range(0, columns.newcomers, BLOCK):
        rows = slice(first, min(first + BLOCK, columns.newcomers))
        block = block_points(columns, rows)
        row, column = np.nonzero((block >= 0) & (with_full | (columns.places > 0)))
        mentors.append(column.astype(np.int64))
        points.append(block[row, column].astype(np.int64))
        lengths.append(np.bincount(row, minlength=len(block)).astype(np.int64))
    return Market(
        newcomers=columns.newcomer_ids or tuple(map(str, range(columns.newcomers))),
        mentors=columns.mentor_ids or tuple(map(str, range(columns.mentors))),
        capacity=columns.places,
        start=np.cumsum(np.concatenate(lengths)),
        mentor=np.concatenate(mentors),
        points=np.concatenate(points),
        waited=columns.waited,
        fair_top=fair_top,
    )


def task_of(market: Market, choices: Choices, options: Options, keep: Keep = NO_KEEP) -> Task:
    """The market with choices and options applied.

    Parameters
    ----------
    keep
        What every pair of ``options.steady.shown`` counts more, if it is kept.

    Raises
    ------
    ImpossibleChoice
        If a lock goes against a rule, a forbidden pair, another lock, or beyond the places.
    """
    locked = _locked(market, choices)
    capacity = market.capacity.copy()
    np.subtract.at(capacity, market.mentor[locked[locked >= 0]], 1)
    _refuse_too_many_locks(market, capacity)
    worth = fair_table(options.fair, market.fair_top).astype(np.int64)[market.points]
    worth += options.waiting * np.minimum(market.waited, 52)[market.owner]
    worth *= keep.scale
    if keep.bonus and options.steady:
        worth[_numbers_of(market, options.steady.shown)] += keep.bonus
    stays = np.ones(len(worth), dtype=bool)
    stays[_numbers_of(market, choices.forbidden)] = False
    stays[np.repeat(locked >= 0, np.diff(market.start))] = False
    stays &= market.capacity[market.mentor] > 0
    could = np.bincount(market.owner[stays], minlength=len(locked)) > 0
    stays &= capacity[market.mentor] > 0
    start = np.concatenate(([0], np.cumsum(stays)))[market.start]
    graph = Graph(capacity, start, market.mentor[stays], worth[stays])
    most = int(worth.max(initial=0))
    return Task(graph, np.flatnonzero(stays), locked, could, big_for(most, len(market.newcomers)))


def _numbers(ids: Iterable[str]) -> dict[str, int]:
    return {person: number for number, person in enumerate(ids)}


def _numbers_of(market: Market, pairings: Iterable[Pairing]) -> Ints:
    found = [market.pair_number(pairing) for pairing in sorted(pairings)]
    return np.array([number for number in found if number >= 0], dtype=np.int64)


def _locked(market: Market, choices: Choices) -> Ints:
    locked = np.full(len(market.newcomers), -1, dtype=np.int64)
    owner = market.owner
    for pairing in sorted(choices.locked):
        pair = market.pair_number(pairing)
        if pair < 0:
            raise ImpossibleChoice(
                f"{pairing[0]!r} cannot be locked with {pairing[1]!r}, a rule is against it"
            )
        if pairing in choices.forbidden:
            raise ImpossibleChoice(f"{pairing[0]!r} with {pairing[1]!r} is locked and forbidden at once")
        if locked[owner[pair]] >= 0:
            raise ImpossibleChoice(f"{pairing[0]!r} is locked with two mentors")
        locked[owner[pair]] = pair
    return locked


def _refuse_too_many_locks(market: Market, left: Ints) -> None:
    over = np.flatnonzero(left < 0)
    if len(over):
        mentor, places = market.mentors[over[0]], int(market.capacity[over[0]])
        locks = places - int(left[over[0]])
        raise ImpossibleChoice(f"{locks} newcomers are locked with {mentor!r}, who has {places} places")
