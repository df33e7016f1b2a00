"""Pairs as sorted columns: few of all, put together and merged without ever sorting all of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentorship.matching.graph import Graph, Ints
from mentorship.matching.scan import Found


@dataclass(frozen=True)
class Arcs:
    """Pairs with their worth, sorted by newcomer and mentor, each once."""

    newcomer: Ints
    mentor: Ints
    worth: Ints

    @staticmethod
    def found(found: Found, boost: Ints) -> Arcs:
        """What a scan found, with the newcomers' own boosts."""
        n, m, worth = found.arcs()
        return Arcs(n, m, worth + boost[n])

    def __len__(self) -> int:
        return len(self.newcomer)

    def graph(self, newcomers: int, capacity: Ints) -> Graph:
        """The arcs as a graph."""
        start = np.zeros(newcomers + 1, dtype=np.int64)
        np.cumsum(np.bincount(self.newcomer, minlength=newcomers), out=start[1:])
        return Graph(capacity, start, self.mentor, self.worth)

    def taken(self, which: NDArray[np.bool_] | Ints) -> Arcs:
        """Some of the arcs, in their order."""
        return Arcs(self.newcomer[which], self.mentor[which], self.worth[which])


@dataclass(frozen=True)
class Merged:
    """Two sets of arcs as one.

    Attributes
    ----------
    arcs
        The arcs of both; of a pair in both the greater worth.
    one, other
        Where the arcs of either stand in `arcs`.
    """

    arcs: Arcs
    one: Ints
    other: Ints


def merged(one: Arcs, other: Arcs) -> Merged:
    """The arcs of both, and where they are; cheap where `other` is short."""
    width = int(max(one.mentor.max(initial=0), other.mentor.max(initial=0))) + 1
    keys, more = one.newcomer * width + one.mentor, other.newcomer * width + other.mentor
    at = np.searchsorted(keys, more)
    known = np.zeros(len(more), dtype=bool)
    inside = at < len(keys)
    known[inside] = keys[at[inside]] == more[inside]
    new = at[~known] + np.arange(len(more) - int(known.sum()))
    old = np.ones(len(keys) + len(new), dtype=bool)
    old[new] = False
    stays = np.flatnonzero(old)
    places = np.empty(len(more), dtype=np.int64)
    places[~known], places[known] = new, stays[at[known]]
    columns = [_filled(old, new, mine, hers[~known]) for mine, hers in zip(_of(one), _of(other), strict=True)]
    np.maximum.at(columns[2], places, other.worth)
    return Merged(Arcs(*columns), stays, places)


def _of(arcs: Arcs) -> tuple[Ints, Ints, Ints]:
    return arcs.newcomer, arcs.mentor, arcs.worth


def _filled(old: NDArray[np.bool_], new: Ints, mine: Ints, hers: Ints) -> Ints:
    column = np.empty(len(old), dtype=np.int64)
    column[old], column[new] = mine, hers
    return column
