"""Where everything of the picture stands, in the units of its drawing; the template only draws it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from statistics import mean

from mentorship.web.lineage.rows import Row

WIDTH = 320
MARGIN = 12
IN_A_LINE = 3
MOST_NAMED = 6
MOST_ROWS = 8
MOST_DOTS = 12
TITLE, LINE, DOTS, GAP = 22, 56, 40, 14
LETTERS = 14

Someone = tuple[int | None, str]
Places = dict[tuple[int, int], tuple[int, int]]
"""Generation and person to where she stands."""


@dataclass(frozen=True, slots=True)
class Node:
    """A person with a name; `kind` is you, member or typed."""

    x: int
    y: int
    name: str
    short: str
    kind: str


@dataclass(frozen=True, slots=True)
class Text:
    """Words of a row: its title, or how many more there are."""

    x: int
    y: int
    words: str = ""
    others: int = 0
    steps: str = ""
    more: int = 0


@dataclass(slots=True)
class Picture:
    """Everything to be drawn, back to front."""

    height: int = MARGIN
    width: int = WIDTH
    ties: list[tuple[int, int, int, int]] = field(default_factory=list)
    dots: list[tuple[int, int]] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    titles: list[Text] = field(default_factory=list)
    counts: list[Text] = field(default_factory=list)


def draw(rows: list[Row], ties: Collection[tuple[int, int]], *, me: int, mirrored: bool) -> Picture:
    """Rows from top to bottom, herself between; `mirrored` for scripts that run from right to left."""
    picture = Picture()
    places: Places = {}
    for row in rows[:MOST_ROWS]:  # what is further down stands in the table
        shown = _beside_their_helpers(row.people[:MOST_NAMED], places, ties, mirrored=mirrored)
        places |= _row(picture, row, ((me, row.title),) if row.step == 0 else shown, mirrored=mirrored)
    picture.height += MARGIN
    picture.ties = [
        (*places[one], *places[other])
        for one in places
        for other in places
        if one[0] < other[0] and ((one[1], other[1]) in ties or (one[1] < 0 and other == (0, me)))
    ]
    return picture


def _beside_their_helpers(
    people: Sequence[Someone], places: Places, ties: Collection[tuple[int, int]], *, mirrored: bool
) -> list[Someone]:
    """In an order in which few lines cross: first whoever was helped by someone furthest left."""

    def middle(one: Someone) -> float:
        helpers = [x for (_, person), (x, _) in places.items() if (person, one[0]) in ties]
        return mean(helpers) if helpers else WIDTH / 2

    return sorted(people, key=middle, reverse=mirrored)


def _row(picture: Picture, row: Row, shown: Sequence[Someone], *, mirrored: bool) -> Places:
    """Draw one row under what is there; returns where each of it stands (typed names by numbers below 0)."""
    if row.step != 0:
        picture.titles.append(Text(WIDTH // 2, picture.height + TITLE - 8, row.title))
        picture.height += TITLE
    places: Places = {}
    for number, (person, name) in enumerate(shown):
        x, y = _spot(number, len(shown), picture.height, mirrored=mirrored)
        kind = "you" if row.step == 0 else "typed" if person is None else "member"
        picture.nodes.append(Node(x, y, name, _short(name), kind))
        places[row.step, -number - 1 if person is None else person] = (x, y)
    picture.height += -(-len(shown) // IN_A_LINE) * LINE
    if row.step != 0:
        _counted(picture, row, len(row.people) + row.more - len(shown), mirrored=mirrored)
    picture.height += GAP
    return places


def _counted(picture: Picture, row: Row, more: int, *, mirrored: bool) -> None:
    if row.others:
        _dots(picture, min(row.others, MOST_DOTS), mirrored=mirrored)
        picture.counts.append(Text(WIDTH // 2, picture.height + 32, others=row.others, steps=row.steps))
        picture.height += DOTS
    if more:
        picture.counts.append(Text(WIDTH // 2, picture.height + 12, more=more))
        picture.height += TITLE


def _spot(number: int, of: int, top: int, *, mirrored: bool) -> tuple[int, int]:
    line, place = divmod(number, IN_A_LINE)
    in_line = min(IN_A_LINE, of - line * IN_A_LINE)
    x = WIDTH * (2 * place + 1) // (2 * in_line)
    return (WIDTH - x if mirrored else x), top + line * LINE + 16


def _dots(picture: Picture, count: int, *, mirrored: bool) -> None:
    first = WIDTH // 2 - (count - 1) * 10
    for number in range(count):
        x = first + number * 20
        picture.dots.append((WIDTH - x if mirrored else x, picture.height + 10))


def _short(name: str) -> str:
    return name if len(name) <= LETTERS else name[: LETTERS - 1].rstrip() + "…"
