"""What one person's page says: who helped her, and who traces a start through her."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice

import numpy as np

from mentorship.lineage.cells import FEWEST_SHOWN, Cell, cells
from mentorship.lineage.columns import Lineage, Near, Numbers, generations

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
    """

    up: tuple[Generation, ...]
    down: tuple[Generation, ...]
    up_cells: tuple[Cell, ...]
    cells: tuple[Cell, ...]
    others_here: int | None

    @property
    def named(self) -> int:
        """How many of those who trace their start through her are named."""
        return sum(len(generation.named) for generation in self.down)

    @property
    def total(self) -> int:
        """How many people trace their start through her, as far as it may be said: named, and in cells."""
        return self.named + sum(cell.count for cell in self.cells)


def view(lineage: Lineage, person: int, *, unnamed: Collection[int] = ()) -> View:
    """Look at the lineage as `person`.

    Parameters
    ----------
    lineage
        Everyone she reaches downwards has to be in it, and two generations upwards.
    unnamed
        People who are shapes for her alone.

    Raises
    ------
    KeyError
        She is not in it.
    """
    place = lineage.place_of(person)
    up = list(islice(generations(lineage.helpers, place), UP))
    down = list(generations(lineage.helped, place))
    named_up = _can_be_named(lineage, lineage.helpers, place, steps=UP, unnamed=unnamed)
    named_down = _can_be_named(lineage, lineage.helped, place, unnamed=unnamed)
    above = tuple(_split(lineage, layer, named_up) for layer in up)
    below = tuple(_split(lineage, layer, named_down) for layer in down)
    return View(
        above,
        below,
        tuple(cells([one.others for one in above])),
        tuple(cells([one.others for one in below])),
        _still_here(lineage, down, named_down),
    )


def ties_among(lineage: Lineage, people: Collection[int]) -> frozenset[tuple[int, int]]:
    """Pairs (helper, helped) of these people, where both agreed: what may be drawn between names."""
    shown = lineage.places_of(people)
    is_shown = np.zeros(len(lineage.people), dtype=bool)
    is_shown[shown] = True
    ties = lineage.helped.ties_of(shown)
    helpers = np.repeat(shown, lineage.helped.start[shown + 1] - lineage.helped.start[shown])
    drawn = lineage.helped.agreed[ties] & is_shown[lineage.helped.other[ties]]
    ends = (lineage.people[each[drawn]].tolist() for each in (helpers, lineage.helped.other[ties]))
    return frozenset(zip(*ends, strict=True))


def _can_be_named(
    lineage: Lineage, near: Near, place: int, *, unnamed: Collection[int], steps: int | None = None
) -> Numbers:
    """Of everyone, whether the name may stand on the page of the person at `place`.

    Every tie on some way from her to them was agreed to by both of its two, and everyone on that way is
    here: so no name shows behind a shape, and none by whom she might guess the shape.
    """
    may = lineage.is_here.copy()
    may[lineage.places_of(unnamed)] = False
    named = np.zeros(len(lineage.people), dtype=bool)
    for layer in islice(generations(near, place, through=near.agreed & may[near.other]), steps):
        named[layer] = True
    return named


def _split(lineage: Lineage, layer: Numbers, named: Numbers) -> Generation:
    seen = np.sort(lineage.people[layer[named[layer]]])
    return Generation(tuple(seen.tolist()), len(layer) - len(seen))


def _still_here(lineage: Lineage, layers: list[Numbers], named: Numbers) -> int | None:
    everyone = np.concatenate([np.zeros(0, dtype=np.int64), *layers])
    left = lineage.has_left[everyone[~named[everyone]]]
    here = int((~left).sum())
    return here if min(here, len(left) - here) >= FEWEST_SHOWN else None
