"""A matching problem as arrays: arcs from newcomers to mentors, and how the repair engine holds it."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorship.matching import repair_kernels
from mentorship.matching.compiling import can_compile, compiled_twin
from mentorship.matching.repair_state import State

Ints = NDArray[np.int64]
COMPILE_FROM = 60_000
"""Arcs from which compiled kernels pay for being loaded."""


@dataclass(frozen=True)
class Graph:
    """Arcs in the order of their newcomers.

    Attributes
    ----------
    capacity
        Shape (M,): places of each mentor.
    start
        Shape (N + 1,): the arcs of newcomer n are ``start[n]`` to ``start[n + 1]``.
    mentor, worth
        Shape (A,): each arc's mentor and worth, 0 or more.
    """

    capacity: Ints
    start: Ints
    mentor: Ints
    worth: Ints

    @property
    def newcomers(self) -> int:
        """How many newcomers there are."""
        return len(self.start) - 1

    @property
    def owner(self) -> Ints:
        """Shape (A,): each arc's newcomer."""
        return np.repeat(np.arange(self.newcomers), np.diff(self.start))

    @staticmethod
    def of_arcs(newcomers: int, capacity: Ints, arcs: Iterable[tuple[int, int, int]]) -> Graph:
        """A graph of (newcomer, mentor, worth) triples, sorted by newcomer and mentor."""
        table = np.array(sorted(arcs), dtype=np.int64).reshape(-1, 3)
        start = np.searchsorted(table[:, 0], np.arange(newcomers + 1)).astype(np.int64)
        return Graph(capacity, start, table[:, 1].copy(), table[:, 2].copy())


class Repair:
    """A graph with a best plan and the prices that prove it, kept so through every change.

    Parameters
    ----------
    graph
        The arcs.
    big
        What having a mentor counts; more than the worth of any whole plan.
    plain
        Run the kernels uncompiled; by default where the graph is small or numba is missing.
    """

    def __init__(self, graph: Graph, big: int, *, plain: bool | None = None) -> None:
        if plain is None:
            plain = len(graph.mentor) < COMPILE_FROM or not can_compile()
        self.big = big
        self.plain = plain
        self.kernels: Any = repair_kernels if plain else compiled_twin(repair_kernels)
        self.state = _state(graph, self.held)
        self.search = 0

    def held(self, values: NDArray[Any]) -> Any:
        """The numbers as a list where the kernels run plain, else as an array of 64-bit numbers."""
        return values.tolist() if self.plain else np.ascontiguousarray(values, dtype=np.int64)

    def place_all(self, order: Sequence[int] | Ints) -> None:
        """Bring in newcomers who are not in the plan yet, one by one."""
        ordered = np.asarray(order, dtype=np.int64)
        for n in ordered.tolist():
            self.state.present[n] = 1
        self.search = int(self.kernels.place_all(self.state, self.held(ordered), self.big, self.search))

    def place(self, n: int) -> None:
        """Bring in one newcomer."""
        self.search += 1
        self.state.present[n] = 1
        self.kernels.place(self.state, n, self.big, self.search)

    def remove(self, n: int) -> None:
        """Take a newcomer out of the problem and use her place."""
        arc = int(self.state.match[n])
        self.state.present[n] = 0
        if arc >= 0:
            self.kernels.detach(self.state, n)
            self.refill(int(self.state.mentor[arc]))

    def refill(self, m: int) -> None:
        """Use what places of a mentor are free, as long as one has a price."""
        state = self.state
        while state.used[m] < state.capacity[m] and state.price[m] > 0:
            self.search += 1
            self.kernels.refill(state, m, self.big, self.search)

    def forbid(self, arc: int) -> None:
        """Take an arc out of the graph."""
        n = int(self.state.owner[arc])
        matched = int(self.state.match[n]) == arc
        if matched:
            self.remove(n)
        self.state.worth[arc] = -1
        if matched:
            self.place(n)

    def set_capacity(self, m: int, places: int) -> None:
        """Change a mentor's places; whoever has no place any more finds the best one left."""
        state = self.state
        state.capacity[m] = places
        evicted = []
        while state.used[m] > places:
            n = int(state.first[m])
            self.kernels.detach(state, n)
            state.present[n] = 0
            evicted.append(n)
        for n in evicted:
            self.place(n)
        self.refill(m)

    def adopt(self, arcs: Ints, prices: Ints | None = None) -> None:
        """Take over a plan (shape (N,): each newcomer's arc, −1 for none), and its prices if given."""
        self.state.present[:] = self.held(np.ones(len(arcs), dtype=np.int64))
        self.kernels.attach_all(self.state, self.held(arcs))
        if prices is not None:
            self.state.price[:] = self.held(prices)

    def mend(self, newcomers: Ints) -> None:
        """Show the hidden arcs (worth −2 − worth) of some newcomers, and make the plan the best again."""
        self.search = int(self.kernels.mend(self.state, self.held(newcomers), self.big, self.search))

    def lowest_prices(self) -> bool:
        """Replace the prices by the lowest that prove the plan; False if the plan is not the best."""
        return bool(self.kernels.lowest_prices(self.state, self.big))

    def add_newcomer(self, mentors: Sequence[int], worths: Sequence[int]) -> int:
        """Add a newcomer with her arcs, not in the plan yet; returns her number."""
        state = self.state
        n, first = len(state.row_start), len(state.mentor)
        later = []
        for at, m in enumerate(mentors):
            later.append(int(state.earliest[m]))
            state.earliest[m] = first + at
        rows = {"row_start": [first], "row_end": [first + len(mentors)], "match": [-1], "present": [0]}
        arcs = {"mentor": mentors, "worth": worths, "owner": [n] * len(mentors), "later": later}
        added = rows | arcs | {"after": [-1], "before": [-1]}
        self.state = state._replace(**{name: self._longer(name, values) for name, values in added.items()})
        return n

    def copy(self) -> Repair:
        """One that changes apart from this one."""
        twin = copy.copy(self)
        twin.state = State(*(column.copy() for column in self.state))
        return twin

    def _longer(self, name: str, values: Sequence[int]) -> Any:
        column = getattr(self.state, name)
        if self.plain:
            column.extend(values)
            return column
        return np.concatenate((column, np.asarray(values, dtype=np.int64)))

    def mentor_of(self) -> Ints:
        """Shape (N,): each newcomer's mentor, −1 for none."""
        match = np.asarray(self.state.match, dtype=np.int64)
        mentor = np.asarray(self.state.mentor, dtype=np.int64)
        found = np.full(len(match), -1, dtype=np.int64)
        found[match >= 0] = mentor[match[match >= 0]]
        return found

    def prices(self) -> Ints:
        """Shape (M,): the price of a place; 0 where a mentor has none."""
        prices = np.asarray(self.state.price, dtype=np.int64)
        return np.where(np.asarray(self.state.capacity, dtype=np.int64) > 0, prices, 0)

    def gains(self) -> Ints:
        """Shape (N,): what each newcomer gains by the plan, 0 for who is alone."""
        match = np.asarray(self.state.match, dtype=np.int64)
        values = np.zeros(len(match), dtype=np.int64)
        arcs = match[match >= 0]
        mentor = np.asarray(self.state.mentor, dtype=np.int64)[arcs]
        worth = np.asarray(self.state.worth, dtype=np.int64)[arcs]
        values[match >= 0] = self.big + worth - np.asarray(self.state.price, dtype=np.int64)[mentor]
        return values


def _state(graph: Graph, held: Any) -> State:
    mentors, newcomers = len(graph.capacity), graph.newcomers
    owner = graph.owner
    earliest, later = _by_mentor(graph.mentor, mentors)
    none_of_mentors, none_of_newcomers = np.full(mentors, -1), np.full(newcomers, -1)
    return State(
        row_start=held(graph.start[:-1]),
        row_end=held(graph.start[1:]),
        mentor=held(graph.mentor),
        worth=held(graph.worth),
        owner=held(owner),
        later=held(later),
        earliest=held(earliest),
        capacity=held(np.minimum(graph.capacity, max(newcomers, 1) + 10**6)),
        used=held(np.zeros(mentors, dtype=np.int64)),
        price=held(np.zeros(mentors, dtype=np.int64)),
        match=held(none_of_newcomers),
        present=held(np.zeros(newcomers, dtype=np.int64)),
        first=held(none_of_mentors.copy()),
        after=held(none_of_newcomers.copy()),
        before=held(none_of_newcomers.copy()),
        distance=held(np.zeros(mentors, dtype=np.int64)),
        reached=held(np.zeros(mentors, dtype=np.int64)),
        via=held(none_of_mentors.copy()),
    )


def _by_mentor(mentor: Ints, mentors: int) -> tuple[Ints, Ints]:
    """Each mentor's first arc, and each arc's next of the same mentor (−1 = none)."""
    order = _stable_order(mentor)
    later = np.full(len(mentor), -1, dtype=np.int64)
    same = mentor[order[1:]] == mentor[order[:-1]]
    later[order[:-1][same]] = order[1:][same]
    earliest = np.full(mentors, -1, dtype=np.int64)
    firsts = np.concatenate(([True], ~same)) if len(order) else np.zeros(0, dtype=bool)
    earliest[mentor[order[firsts]]] = order[firsts]
    return earliest, later


def _stable_order(numbers: Ints) -> Ints:
    """As a stable argsort of numbers from 0 to 2^32: digits of 16 bits, which numpy sorts by radix."""
    order = np.argsort((numbers & 0xFFFF).astype(np.uint16), kind="stable")
    high = (numbers >> 16).astype(np.uint16)
    return order[np.argsort(high[order], kind="stable")] if high.any() else order
