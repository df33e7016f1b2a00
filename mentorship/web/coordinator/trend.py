"""The picture of the named-helper rate over time: where everything stands; the template only draws it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from babel.dates import format_date

from mentorship.rules.helped import Rate
from mentorship.rules.over_time import OpenQuarter, Quarter
from mentorship.web.i18n import number_text, speech

WIDTH, TOP, PLOT, BOTTOM, SIDE = 320, 12, 150, 20, 34
MOST_QUARTERS = 8
APART = 8
LINES = (0, 25, 50, 75, 100)


@dataclass(frozen=True, slots=True)
class Mark:
    """A rate: its share at `y`, its likely range from `low` to `high`; `kind` numbers the ages from 0."""

    x: int
    y: int
    low: int
    high: int
    kind: int


@dataclass(slots=True)
class Trend:
    """Everything to be drawn; `start` and `end` are where the plot begins and ends."""

    start: int
    end: int
    mirrored: bool
    width: int = WIDTH
    height: int = TOP + PLOT + BOTTOM
    lines: list[tuple[int, str]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    names: list[tuple[int, str]] = field(default_factory=list)


def draw(quarters: Sequence[OpenQuarter], *, mirrored: bool) -> Trend:
    """The latest quarters side by side, the earliest first; `mirrored` for writing from the right."""
    trend = Trend(*((0, WIDTH - SIDE) if mirrored else (SIDE, WIDTH)), mirrored)
    trend.lines = [(_height_of(share / 100), number_text(share)) for share in LINES]
    shown = quarters[-MOST_QUARTERS:]
    for place, one in enumerate(shown):
        middle = (WIDTH - SIDE) * (2 * place + 1) // (2 * len(shown))
        x = trend.end - middle if mirrored else trend.start + middle
        trend.names.append((x, _short(one.quarter)))
        trend.marks += [_mark(rate, kind, x, mirrored=mirrored) for kind, rate in enumerate(one.rates)
                        if rate and rate.requests]  # fmt: skip
    return trend


def name_of(quarter: Quarter) -> str:
    """A quarter in words, as the table says it."""
    return format_date(quarter.first_day, "QQQQ y", locale=speech().locale)


def _short(quarter: Quarter) -> str:
    return format_date(quarter.first_day, "Q/yy", locale=speech().locale)


def _mark(rate: Rate, kind: int, middle: int, *, mirrored: bool) -> Mark:
    aside = (kind - 1) * APART
    share, low, high = (_height_of(each) for each in (rate.named / rate.requests, rate.low, rate.high))
    return Mark(middle - aside if mirrored else middle + aside, share, low, high, kind)


def _height_of(share: float) -> int:
    return TOP + round(PLOT * (1 - share))
