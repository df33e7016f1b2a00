"""The generations of a lineage as rows of words, for the picture and for the table alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mentorship.web.i18n import gettext, number_text

if TYPE_CHECKING:
    from mentorship.lineage import Cell, Generation
    from mentorship.services.lineage import Seen


@dataclass(frozen=True, slots=True)
class Row:
    """One generation: `step` 0 is herself, negative are helpers; `others` is 0 where it may not be said.

    `people` are (id, name), and `more` of them are named on pages of their own; a name she typed herself,
    hers alone, has no id. `steps` says which generations its shapes are of, where neighbouring ones are
    counted together.
    """

    step: int
    title: str
    people: tuple[tuple[int | None, str], ...]
    others: int = 0
    steps: str = ""
    more: int = 0


def rows_of(seen: Seen, typed: list[str]) -> list[Row]:
    """From those furthest up to those furthest down; generations with nothing to say are left out."""
    up = _rows(seen.view.up, seen.view.up_cells, seen.names, sign=-1)
    outside = tuple((None, name) for name in typed)
    if outside:
        first = up.get(-1, Row(-1, title_of(-1), ()))
        up[-1] = replace(first, people=(*first.people, *outside))
    down = _rows(seen.view.down, seen.view.cells, seen.names, sign=1)
    herself = Row(0, gettext("You"), ())
    return [*(up[step] for step in sorted(up)), herself, *(down[step] for step in sorted(down))]


def _rows(
    generations: tuple[Generation, ...], cells: tuple[Cell, ...], names: dict[int, str], *, sign: int
) -> dict[int, Row]:
    from mentorship.services.lineage import SHOWN

    shapes = {cell.first: cell for cell in cells}
    found = {}
    for number, generation in enumerate(generations, start=1):
        cell = shapes.get(number)
        if generation.named or cell:
            found[sign * number] = Row(
                sign * number,
                title_of(sign * number),
                tuple((person, names[person]) for person in generation.named if person in names),
                cell.count if cell else 0,
                _steps(cell) if cell and cell.last != cell.first else "",
                len(generation.named[SHOWN:]),
            )
    return found


def title_of(step: int) -> str:
    """What a generation is called."""
    words = {
        -1: gettext("Helped you"),
        -2: gettext("Helped those who helped you"),
        1: gettext("You helped"),
        2: gettext("Helped by those you helped"),
    }
    return words.get(step) or gettext("%(number)s steps from you", number=number_text(step))


def _steps(cell: Cell) -> str:
    return gettext(
        "in steps %(first)s to %(last)s", first=number_text(cell.first), last=number_text(cell.last)
    )
