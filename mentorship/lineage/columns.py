"""The same graph as columns of numbers: what one person's page is computed from, however many there are."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mentorship.lineage.graph import Graph, Standing, Tie, lineage_graph

Numbers = NDArray[Any]

HELPER, HELPED = 1 << 32, 2
"""A tie as one number: helper × HELPER + helped × HELPED + (1 if both agreed); ids are below 2³¹."""


@dataclass(frozen=True)
class Near:
    """Everyone's neighbours in one direction: those of person i are ``other[start[i]:start[i + 1]]``.

    People are places in `Lineage.people`; `agreed` says it of the tie to each.
    """

    start: Numbers
    other: Numbers
    agreed: Numbers

    def ties_of(self, border: Numbers) -> Numbers:
        """Where the ties of these people stand in the columns."""
        first, many = self.start[border], self.start[border + 1] - self.start[border]
        before = np.cumsum(many) - many
        places: Numbers = np.repeat(first - before, many) + np.arange(many.sum())
        return places


@dataclass(frozen=True)
class Lineage:
    """Who helped whom among `people` (ids, ascending); two columns say how each of them stands.

    Attributes
    ----------
    helped, helpers
        Those whom each has helped, and those who have helped each.
    """

    people: Numbers
    is_here: Numbers
    has_left: Numbers
    helped: Near
    helpers: Near

    def place_of(self, person: int) -> int:
        """Where `person` stands in the columns. Raises KeyError."""
        place = int(np.searchsorted(self.people, person))
        if place == len(self.people) or self.people[place] != person:
            raise KeyError(person)
        return place

    def places_of(self, people: Collection[int]) -> Numbers:
        """Where those of `people` stand who are in it at all."""
        return np.flatnonzero(np.isin(self.people, np.fromiter(people, dtype=np.int64)))

    def ties(self) -> Iterator[Tie]:
        """Every tie, by helper and helped."""
        helper = np.repeat(self.people, np.diff(self.helped.start))
        columns = helper, self.people[self.helped.other], self.helped.agreed
        return map(Tie, *(column.tolist() for column in columns))

    def graph(self) -> Graph:
        """The same as a `networkx.DiGraph`, as `lineage_graph` makes it."""
        kinds = np.where(self.has_left, 2, np.where(self.is_here, 0, 1)).tolist()
        order = (Standing.HERE, Standing.UNNAMED, Standing.LEFT)
        standings = zip(self.people.tolist(), (order[kind] for kind in kinds), strict=True)
        return lineage_graph(self.ties(), dict(standings))


def lineage(
    ties: ArrayLike, *, unnamed: ArrayLike = (), left: ArrayLike = (), of: Collection[int] = ()
) -> Lineage:
    """The columns of these ties, by the rules of `lineage_graph`.

    Parameters
    ----------
    ties
        Each as one number (see `HELPER`).
    unnamed, left
        Those who stand as `Standing.UNNAMED` and as `Standing.LEFT`; everyone else is here.
    of
        People who are in it even without a tie.

    Raises
    ------
    ValueError
        As `lineage_graph`.

    Examples
    --------
    >>> made = lineage([HELPER * 1 + HELPED * 2, HELPER * 1 + HELPED * 2 + 1], left=[2])
    >>> made.people.tolist(), made.graph().edges[1, 2]["agreed"], made.has_left.tolist()
    ([1, 2], True, [False, True])
    """
    helper, helped, agreed = _unpacked(ties)
    if (helper == helped).any():
        raise ValueError(f"person {helper[helper == helped][0]} cannot have helped herself")
    order = np.argsort(helped)
    alone = np.sort(np.fromiter(of, dtype=np.int64))
    people = _once(np.sort(np.concatenate([_once(helper), _once(helped[order]), _once(alone)])))
    down, up = np.searchsorted(people, helper), np.searchsorted(people, helped[order])
    other = np.empty_like(up)
    other[order] = up
    start_down, start_up = (np.searchsorted(ends, np.arange(len(people) + 1)) for ends in (down, up))
    has_left = np.isin(people, left)
    return Lineage(
        people,
        ~has_left & ~np.isin(people, unnamed),
        has_left,
        Near(start_down, other, agreed),
        Near(start_up, down[order], agreed[order]),
    )


def generations(near: Near, start: int, *, through: Numbers | None = None) -> Iterator[Numbers]:
    """The people one step away, then two, and so on: each once, at the shortest distance, never herself.

    Parameters
    ----------
    through
        Which ties count, as a column beside ``near.other``; all of them without it.

    Yields
    ------
    array of int
        The places of one generation, in no order; the last is not empty.
    """
    met_by = np.full(len(near.start) - 1, -1)  # of everyone met, the number of one of the ties that led there
    border = np.array([start])
    met_by[border] = 0
    while True:
        ties = near.ties_of(border)
        reached = near.other[ties if through is None else ties[through[ties]]]
        reached = reached[met_by[reached] < 0]
        if not reached.size:
            return
        numbers = np.arange(len(reached))
        met_by[reached] = numbers
        border = reached[met_by[reached] == numbers]
        yield border


def _unpacked(ties: ArrayLike) -> tuple[Numbers, Numbers, Numbers]:
    """Helper, helped, and whether both agreed, of each pair once: ascending by helper, then by helped."""
    found = np.sort(np.asarray(ties, dtype=np.int64))
    pairs = found // HELPED
    last = np.append(pairs[1:] != pairs[:-1], True)[: len(found)]  # of one pair the agreed comes last
    found = found[last]
    return found // HELPER, found % HELPER // HELPED, found % HELPED == 1


def _once(ascending: Numbers) -> Numbers:
    found: Numbers = ascending[np.diff(ascending, prepend=-1) > 0]
    return found
