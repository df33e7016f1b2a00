"""What the loops of the repair engine work on: a graph of arcs, a plan and its prices."""

from __future__ import annotations

from typing import Any, NamedTuple


class State(NamedTuple):
    """The arrays (or lists) of one problem; N newcomers, M mentors, A arcs.

    Attributes
    ----------
    row_start, row_end
        N: each newcomer's arcs, ``row_start ≤ arc < row_end``.
    mentor, worth, owner, later
        A: the arc's mentor, its worth (−1 = forbidden), its newcomer, the mentor's next arc (−1 = last).
    earliest
        M: each mentor's first arc in the list that `later` goes on with.
    capacity, used, price
        M: places, places taken, price of a place.
    match, present
        N: her arc in the plan (−1 = alone); 0 for who is not in the problem.
    first, after, before
        M, N, N: the newcomers of a mentor as a doubly linked list.
    distance, reached, via
        M: scratch of a search; valid where `reached` is the number of this search.
    """

    row_start: Any
    row_end: Any
    mentor: Any
    worth: Any
    owner: Any
    later: Any
    earliest: Any
    capacity: Any
    used: Any
    price: Any
    match: Any
    present: Any
    first: Any
    after: Any
    before: Any
    distance: Any
    reached: Any
    via: Any
