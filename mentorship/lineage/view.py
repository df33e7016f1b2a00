"""What one person's page says: who helped her, and who traces a start through her."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice

from mentorship.lineage.cells import FEWEST_SHOWN, Cell, cells
from mentorship.lineage.graph import Graph, Standing, can_be_named, generations

UP = 2
"""Generations of helpers that are looked at: who helped her, and whom they had been helped by."""


@dataclass(frozen=True, slots=True)
class Generation:
    """The people at one distance: those who may be named, and how many others there are.

    `others` is the whole truth, and not for any page: `View.cells` holds what may be shown of it.
    """

    named: tuple[int, ...]
    others: int


@dataclass(frozen=True, slots=True)
class View:
    """The lineage of one person as she may see it.

    Attributes
    ----------
    up, down
        Generations of helpers (at most two), and of those who were helped, directly and through others.
    up_cells, cells
        The shapes that may be shown of each.
    others_here
        How many of the shapes downwards still take part; None where that would single anyone out.
    ties
        Pairs (helper, helped) of her and the named, where both agreed.
    """

    up: tuple[Generation, ...]
    down: tuple[Generation, ...]
    up_cells: tuple[Cell, ...]
    cells: tuple[Cell, ...]
    others_here: int | None
    ties: frozenset[tuple[int, int]]

    @property
    def named(self) -> int:
        """How many of those who trace their start through her are named."""
        return sum(len(generation.named) for generation in self.down)

    @property
    def total(self) -> int:
        """How many people trace their start through her, as far as it may be said: named, and in cells."""
        return self.named + sum(cell.count for cell in self.cells)


def view(graph: Graph, person: int, *, unnamed: Collection[int] = ()) -> View:
    """Look at the graph as `person`.

    Parameters
    ----------
    graph
        From `lineage_graph`; everyone she reaches downwards has to be in it, and two generations upwards.
    unnamed
        People who are shapes for her alone.

    Raises
    ------
    KeyError
        She is not in the graph.
    """
    up_named = can_be_named(graph, person, upwards=True, steps=UP, unnamed=unnamed)
    down_named = can_be_named(graph, person, unnamed=unnamed)
    up = [_split(people, up_named) for people in islice(generations(graph, person, upwards=True), UP)]
    layers = list(generations(graph, person))
    down = [_split(people, down_named) for people in layers]
    others = {each for layer in layers for each in layer} - down_named
    shown = {
        person,
        *(each for one in up for each in one.named),
        *(each for one in down for each in one.named),
    }
    return View(
        tuple(up),
        tuple(down),
        tuple(cells([one.others for one in up])),
        tuple(cells([one.others for one in down])),
        _still_here(graph, others),
        frozenset(
            (one, other)
            for one in shown
            for other, tie in graph.succ[one].items()
            if other in shown and tie["agreed"]
        ),
    )


def _split(people: list[int], named: set[int]) -> Generation:
    seen = tuple(each for each in people if each in named)
    return Generation(seen, len(people) - len(seen))


def _still_here(graph: Graph, others: set[int]) -> int | None:
    here = sum(1 for each in others if graph.nodes[each]["standing"] is not Standing.LEFT)
    return here if min(here, len(others) - here) >= FEWEST_SHOWN else None
