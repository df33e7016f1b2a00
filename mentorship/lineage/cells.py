"""Counts of shapes, put together until none is under five, and none can be found by subtraction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """`count` people in the generations from `first` to `last`, the first being 1."""

    first: int
    last: int
    count: int


def cells(counts: Sequence[int]) -> list[Cell]:
    """Shapes by generation, neighbouring generations together where one alone is too small.

    Parameters
    ----------
    counts
        How many shapes each generation has, from the first on.

    Returns
    -------
    list of Cell
        Together they hold everyone, each at least five; none at all when everyone together is fewer.

    Notes
    -----
    Every number that is shown is a cell or a sum of cells, so differences of shown numbers are sums of
    cells too: zero, or at least five.

    Examples
    --------
    >>> cells([2, 4, 9, 1])
    [Cell(first=1, last=2, count=6), Cell(first=3, last=4, count=10)]
    >>> cells([4])
    []
    """
    found: list[Cell] = []
    first, held = 1, 0
    for generation, count in enumerate(counts, start=1):
        held += count
        if held >= FEWEST_SHOWN:
            found.append(Cell(first, generation, held))
            first, held = generation + 1, 0
    if found and first <= len(counts):
        found[-1] = Cell(found[-1].first, len(counts), found[-1].count + held)
    return found
