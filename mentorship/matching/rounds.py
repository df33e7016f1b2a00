"""The best plan of all pairs from a graph of few: candidates, a sparse solve, prices, pricing of the rest.

The plan of the sparse graph is the best of all pairs as soon as no missing pair would gain at its prices
(column generation; P. C. Gilmore and R. E. Gomory, 1961). Pairs that would are added, and it is solved again:
from nothing while many newcomers gain, by repair once few do. At every moment the sum of what newcomers could
gain at most bounds how far the plan is from the best.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mentorship.matching.graph import Graph, Ints, Repair
from mentorship.matching.master import solved_cold
from mentorship.matching.scan import Found, Scan
from mentorship.matching.watch import Watch

FIRST = 8
"""Candidates of each newcomer to begin with."""
MORE = 8
"""Pairs added for each newcomer and round, at most."""
KEPT = 5
"""Pairs of each newcomer kept when it is solved from nothing again."""
REPAIRED = 0.12
"""Share of newcomers up to which repair is cheaper than solving from nothing."""


@dataclass(frozen=True)
class Arcs:
    """Pairs with their worth, sorted by newcomer and mentor, each once."""

    newcomer: Ints
    mentor: Ints
    worth: Ints

    def graph(self, newcomers: int, capacity: Ints) -> Graph:
        """The arcs as a graph."""
        start = np.searchsorted(self.newcomer, np.arange(newcomers + 1))
        return Graph(capacity, start, self.mentor, self.worth)


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


def best_of_all(scan: Scan, capacity: Ints, boost: Ints, extra: Arcs, big: int, watch: Watch) -> Optimum:
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
    """
    newcomers = len(boost)
    watch.tell("candidates", 0, newcomers)
    arcs = united(found_arcs(scan.best(FIRST), boost), extra)
    repair = solved_cold(arcs.graph(newcomers, capacity), big)
    rounds = 0
    while True:
        rounds += 1
        prices, values = repair.prices(), repair.gains()
        found = found_arcs(scan.unsettled(prices, values - boost, big, MORE), boost)
        missing = _missing(found, prices, values, big)
        touched = np.flatnonzero(missing)
        watch.tell("pricing", newcomers - len(touched), newcomers, int(missing.sum()))
        if not len(touched) or watch.is_over():
            return _optimum(repair, prices, values + missing, int(missing.sum()), rounds)
        if len(touched) > REPAIRED * newcomers:
            arcs = united(_kept(repair, arcs, prices), found)
            repair = solved_cold(arcs.graph(newcomers, capacity), big)
        else:
            arcs, repair = _repaired(repair, arcs, found, touched, capacity)


def found_arcs(found: Found, boost: Ints) -> Arcs:
    """What a scan found, with the newcomers' own boosts."""
    n, m, worth = found.arcs()
    order = np.argsort(n * (int(found.mentor.max(initial=0)) + 1) + m)
    return Arcs(n[order], m[order], worth[order] + boost[n[order]])


def united(one: Arcs, other: Arcs) -> Arcs:
    """The arcs of both; of a pair in both the greater worth."""
    if not len(other.newcomer):
        return one
    newcomer, mentor, worth = (
        np.concatenate(columns)
        for columns in ((one.newcomer, other.newcomer), (one.mentor, other.mentor), (one.worth, other.worth))
    )
    key = newcomer * (int(mentor.max()) + 1) + mentor
    order = np.lexsort((-worth, key))
    key = key[order]
    fresh = order[np.concatenate(([True], key[1:] != key[:-1]))]
    return Arcs(newcomer[fresh], mentor[fresh], worth[fresh])


def _missing(found: Arcs, prices: Ints, values: Ints, big: int) -> Ints:
    """Shape (N,): the most that each newcomer could gain by a pair that is not in the graph."""
    missing = np.zeros(len(values), dtype=np.int64)
    gain = big + found.worth - prices[found.mentor] - values[found.newcomer]
    np.maximum.at(missing, found.newcomer, gain)
    return missing


def _kept(repair: Repair, arcs: Arcs, prices: Ints) -> Arcs:
    """For each newcomer the arcs that gain most, and those of the plan."""
    plan = np.asarray(repair.state.match, dtype=np.int64)
    gain = arcs.worth - prices[arcs.mentor]
    gain[plan[plan >= 0]] = np.iinfo(np.int64).max
    order = np.lexsort((-gain, arcs.newcomer))
    owner = arcs.newcomer[order]
    place = np.arange(len(owner)) - np.searchsorted(owner, owner)
    chosen = np.sort(order[place < KEPT])
    return Arcs(arcs.newcomer[chosen], arcs.mentor[chosen], arcs.worth[chosen])


def _repaired(repair: Repair, arcs: Arcs, found: Arcs, touched: Ints, capacity: Ints) -> tuple[Arcs, Repair]:
    """The plan made the best again with the arcs found, from the prices there are."""
    merged = united(arcs, found)
    width = int(merged.mentor.max()) + 1
    keys = merged.newcomer * width + merged.mentor
    hidden = merged.worth.copy()
    new = np.searchsorted(keys, found.newcomer * width + found.mentor)
    hidden[new] = -2 - merged.worth[new]
    old = np.searchsorted(keys, arcs.newcomer * width + arcs.mentor)
    plan = np.asarray(repair.state.match, dtype=np.int64)
    moved = np.where(plan >= 0, old[plan], -1)
    graph = Arcs(merged.newcomer, merged.mentor, hidden).graph(len(plan), capacity)
    mended = Repair(graph, repair.big, plain=repair.plain)
    mended.adopt(moved, np.asarray(repair.state.price, dtype=np.int64))
    mended.mend(touched)
    return merged, mended


def _optimum(repair: Repair, prices: Ints, values: Ints, gap: int, rounds: int) -> Optimum:
    plan = np.asarray(repair.state.match, dtype=np.int64)
    worth = np.zeros(len(plan), dtype=np.int64)
    worth[plan >= 0] = np.asarray(repair.state.worth, dtype=np.int64)[plan[plan >= 0]]
    return Optimum(repair.mentor_of(), worth, prices, values, gap, rounds, repair)
