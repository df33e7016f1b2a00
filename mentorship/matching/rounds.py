"""The best plan of all pairs from a graph of few: candidates, a sparse solve, prices, pricing of the rest.

The plan of the sparse graph is the best of all pairs as soon as no missing pair would gain at its prices
(column generation; P. C. Gilmore and R. E. Gomory, 1961). Pairs that would are added, and it is solved again:
from nothing while places are badly used, by repair of those who gain most once few are. At every moment the
sum of what newcomers could gain at most bounds how far the plan is from the best.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mentorship.matching.arcs import Arcs, merged
from mentorship.matching.graph import Ints, Repair
from mentorship.matching.master import solved_cold
from mentorship.matching.scan import Scan
from mentorship.matching.watch import Watch

FIRST = 8
"""Candidates of each newcomer to begin with."""
MORE = 8
"""Pairs added for each newcomer and round, at most."""
KEPT = 5
"""Pairs of each newcomer kept when it is solved from nothing again."""
DELETING = 8
"""Rounds after which no pair is dropped any more, so that the same pairs cannot come and go."""
REPAIRED = 0.12
"""Share of newcomers up to which all who gain are repaired at once."""
SLICE = 0.03
"""Share of newcomers, those who gain most, who are repaired before prices are looked at again.

One free place in a graph that links nearly everybody lowers all prices, so that nearly everybody seems to
gain by it; once it is taken, few do. So a small slice of them is enough.
"""
FEW_FREE = 0.003
"""Free places that are wanted, as a share of newcomers, up to which a slice is repaired."""
LOWEST_VALUE = -(10**15)


@dataclass(frozen=True)
class Optimum:
    """What the rounds came to.

    Attributes
    ----------
    mentor, worth
        Shape (N,): each newcomer's mentor (−1 = none) and the worth of the pair.
    prices, values
        Shapes (M,) and (N,): dual values, feasible for all pairs.
    gap
        How far from the best at most; 0 = the best of all pairs.
    rounds
        How often all pairs were priced.
    repair
        The sparse graph with the plan, ready for changes; exact among its own pairs.
    """

    mentor: Ints
    worth: Ints
    prices: Ints
    values: Ints
    gap: int
    rounds: int
    repair: Repair


def best_of_all(
    scan: Scan,
    capacity: Ints,
    boost: Ints,
    extra: Arcs,
    big: int,
    watch: Watch,
    *,
    prices: Ints | None = None,
    enough: float = 0.0,
) -> Optimum:
    """The best plan of all pairs.

    Parameters
    ----------
    scan
        A way to look at all pairs.
    capacity
        Shape (M,): places.
    boost
        Shape (N,): what every pair of a newcomer counts besides what the scan says.
    extra
        Pairs that count more than the scan says (wishes, shown pairs), with their full worth.
    big
        What having a mentor counts.
    watch
        Time, progress, cancelling.
    prices
        Shape (M,): a guess of the prices, which says where to look first; nothing rests on it.
    enough
        Share of newcomers that may still gain at the end.
    """
    watch.tell("candidates", 0, len(boost))
    arcs = merged(_first(scan, boost, prices, big), extra).arcs
    repair = solved_cold(arcs.graph(len(boost), capacity), big)
    return settled(scan, arcs, repair, capacity, boost, watch, enough=enough)


def settled(
    scan: Scan, arcs: Arcs, repair: Repair, capacity: Ints, boost: Ints, watch: Watch, *, enough: float = 0.0
) -> Optimum:
    """The best plan of all pairs, from the best plan of some of them.

    Parameters
    ----------
    scan, capacity, boost, watch, enough
        As for `best_of_all`.
    arcs, repair
        Some pairs, and their best plan with its prices.
    """
    newcomers = len(boost)
    rounds = 0
    while True:  # ends: each turn adds pairs, and after DELETING none are dropped
        rounds += 1
        priced = _priced(scan, repair, boost)
        watch.tell("pricing", newcomers - len(priced.touched), newcomers, priced.gap)
        if len(priced.touched) <= enough * newcomers or watch.is_over():
            return _optimum(repair, priced, rounds)
        if len(priced.touched) <= REPAIRED * newcomers:
            arcs, repair = _repaired(repair, arcs, priced.found, priced.touched, capacity)
        elif priced.wanted <= FEW_FREE * newcomers:
            found, touched = priced.slice(max(1, int(SLICE * newcomers)))
            arcs, repair = _repaired(repair, arcs, found, touched, capacity)
        else:
            kept = arcs if rounds > DELETING else _kept(repair, arcs, priced.prices)
            arcs = merged(kept, priced.found).arcs
            repair = solved_cold(arcs.graph(newcomers, capacity), repair.big)


@dataclass(frozen=True)
class _Priced:
    """All pairs at the prices of a sparse graph."""

    prices: Ints
    values: Ints
    found: Arcs
    missing: Ints
    wanted: int

    @property
    def touched(self) -> Ints:
        return np.flatnonzero(self.missing)

    @property
    def gap(self) -> int:
        return int(self.missing.sum())

    def slice(self, size: int) -> tuple[Arcs, Ints]:
        """The pairs found of those who gain most, and who they are."""
        most = np.argsort(-self.missing, kind="stable")[:size]
        among = np.zeros(len(self.missing), dtype=bool)
        among[most] = True
        return self.found.taken(among[self.found.newcomer]), most


def _first(scan: Scan, boost: Ints, prices: Ints | None, big: int) -> Arcs:
    if prices is None:
        return Arcs.found(scan.best(FIRST), boost)
    return Arcs.found(scan.unsettled(prices, np.full(len(boost), LOWEST_VALUE), big, FIRST), boost)


def _priced(scan: Scan, repair: Repair, boost: Ints) -> _Priced:
    prices, values = np.array(repair.state.price, dtype=np.int64), repair.gains()
    found = Arcs.found(scan.unsettled(prices, values - boost, repair.big, MORE), boost)
    gain = repair.big + found.worth - prices[found.mentor] - values[found.newcomer]
    missing = np.zeros(len(values), dtype=np.int64)
    np.maximum.at(missing, found.newcomer, gain)
    free = np.asarray(repair.state.capacity, dtype=np.int64) - np.asarray(repair.state.used, dtype=np.int64)
    wanted = np.unique(found.mentor[gain > repair.big // 2])
    return _Priced(prices, values, found, missing, int(free[wanted].sum()))


def _kept(repair: Repair, arcs: Arcs, prices: Ints) -> Arcs:
    """For each newcomer the arcs that gain most, and those of the plan."""
    plan = np.asarray(repair.state.match, dtype=np.int64)
    gain = arcs.worth - prices[arcs.mentor]
    gain[plan[plan >= 0]] = np.iinfo(np.int64).max
    order = np.lexsort((-gain, arcs.newcomer))
    owner = arcs.newcomer[order]
    place = np.arange(len(owner)) - np.searchsorted(owner, owner)
    return arcs.taken(np.sort(order[place < KEPT]))


def _repaired(repair: Repair, arcs: Arcs, found: Arcs, touched: Ints, capacity: Ints) -> tuple[Arcs, Repair]:
    """The plan made the best again with the arcs found, from the prices there are."""
    both = merged(arcs, found)
    hidden = both.arcs.worth.copy()
    hidden[both.other] = -2 - hidden[both.other]
    plan = np.asarray(repair.state.match, dtype=np.int64)
    moved = np.where(plan >= 0, both.one[plan], -1)
    graph = Arcs(both.arcs.newcomer, both.arcs.mentor, hidden).graph(len(plan), capacity)
    mended = Repair(graph, repair.big, plain=repair.plain)
    mended.adopt(moved, np.asarray(repair.state.price, dtype=np.int64))
    mended.mend(touched)
    return both.arcs, mended


def _optimum(repair: Repair, priced: _Priced, rounds: int) -> Optimum:
    plan = np.asarray(repair.state.match, dtype=np.int64)
    worth = np.zeros(len(plan), dtype=np.int64)
    worth[plan >= 0] = np.asarray(repair.state.worth, dtype=np.int64)[plan[plan >= 0]]
    values = priced.values + priced.missing
    return Optimum(repair.mentor_of(), worth, priced.prices, values, priced.gap, rounds, repair)
