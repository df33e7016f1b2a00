"""The named-helper rate over time: by the quarter in which help was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from mentorship.rules.helped import Asked, Rate, named_helper_rate
from mentorship.rules.small_cells import is_open


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a year, `n` from 1 to 4, in UTC."""

    year: int
    n: int

    @classmethod
    def of(cls, at: datetime) -> Quarter:
        """The quarter of a moment (aware)."""
        day = at.astimezone(UTC)
        return cls(day.year, (day.month + 2) // 3)

    def next(self) -> Quarter:
        """The one after it."""
        return Quarter(self.year, self.n + 1) if self.n < 4 else Quarter(self.year + 1, 1)

    @property
    def first_day(self) -> date:
        return date(self.year, 3 * self.n - 2, 1)

    def __str__(self) -> str:
        return f"{self.year}-Q{self.n}"


@dataclass(frozen=True, slots=True)
class OfQuarter:
    """The rates of the requests made in one quarter, one for each age.

    Attributes
    ----------
    asked
        How many requests were made in it, old enough or not.
    rates
        Each counts those old enough only: of a late quarter not all may be.
    """

    quarter: Quarter
    asked: int
    rates: tuple[Rate, ...]


@dataclass(frozen=True, slots=True)
class OpenQuarter:
    """A quarter as it may be shown: in place of a rate that may not, None."""

    quarter: Quarter
    asked: int
    rates: tuple[Rate | None, ...]


def by_quarter(requests: Iterable[Asked], *, ages: Sequence[int], at: datetime) -> list[OfQuarter]:
    """The named-helper rate of each quarter's requests, from the first request to the last one old enough.

    The same count as `named_helper_rate`, which says who counts and how, for the requests made in each
    quarter: every request is in one quarter, so at each age the counts of all quarters add up to those of the
    whole.

    Parameters
    ----------
    requests
        One value per request ever made.
    ages
        Days after asking.
    at
        Now; aware, UTC.

    Returns
    -------
    list of OfQuarter
        The earliest first; a quarter in which nobody asked stands between others with nothing in it.

    Examples
    --------
    >>> from mentorship.rules.helped import Answer
    >>> winter, spring, now = (datetime(2026, month, 3, tzinfo=UTC) for month in (2, 5, 7))
    >>> named = Asked(winter, ((winter, Answer.SOMEONE_HERE),))
    >>> found = by_quarter([named, Asked(winter), Asked(spring)], ages=[30], at=now)
    >>> [(str(one.quarter), one.rates[0].named, one.rates[0].requests) for one in found]
    [('2026-Q1', 1, 2), ('2026-Q2', 0, 1)]
    """
    of: dict[Quarter, list[Asked]] = {}
    for request in requests:
        of.setdefault(Quarter.of(request.opened_at), []).append(request)
    youngest = at - timedelta(days=min(ages))
    old_enough = [quarter for quarter, made in of.items() if any(one.opened_at <= youngest for one in made)]
    found: list[OfQuarter] = []
    quarter = min(of, default=None)
    while quarter is not None and old_enough and quarter <= max(old_enough):
        made = of.get(quarter, [])
        rates = tuple(named_helper_rate(made, days=days, at=at) for days in ages)
        found.append(OfQuarter(quarter, len(made), rates))
        quarter = quarter.next()
    return found


def open_quarters(quarters: Sequence[OfQuarter]) -> list[OpenQuarter]:
    """The quarters as even their coordinator may see them: at each age, what `open_series` leaves."""
    ages = [open_series(of_age) for of_age in zip(*(one.rates for one in quarters), strict=True)]
    return [
        OpenQuarter(one.quarter, one.asked, rates)
        for one, rates in zip(quarters, zip(*ages, strict=True), strict=True)
    ]


def open_series(rates: Sequence[Rate]) -> list[Rate | None]:
    """Those of the rates of quarters that may be shown beside the rate of all of them; None for the others.

    No part of one that is shown points at fewer than five, and neither does what the shown ones leave of the
    whole: where it would, the smallest of them is closed too.

    Examples
    --------
    >>> big, small = Rate(90, 10, 20, 15, 0, 1), Rate(90, 2, 9, 7, 0, 1)
    >>> open_series([big, small, big]) == [None, None, big], open_series([big, small]) == [None, None]
    (True, True)
    """
    shown = [rate if all(map(is_open, rate.parts)) else None for rate in rates]
    while any(shown) and not all(map(is_open, _left_over(rates, shown))):
        counted = [rate for rate in shown if rate is not None and rate.requests]
        if not counted:
            return [None if rate.requests else rate for rate in rates]
        shown[shown.index(min(counted, key=lambda rate: rate.requests))] = None
    return shown


def _left_over(rates: Sequence[Rate], shown: Sequence[Rate | None]) -> list[int]:
    """The parts of all that are not shown, together."""
    closed = [rate.parts for rate, one in zip(rates, shown, strict=True) if one is None]
    return [sum(parts) for parts in zip(*closed, strict=True)]
