"""Someone helped me start: the helper question and the named-helper rate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import sqrt


class Answer(StrEnum):
    """What can be answered to “Has anyone helped you with Wikimedia so far?”."""

    SOMEONE_HERE = "someone_here"
    SOMEONE_ELSEWHERE = "someone_elsewhere"
    GROUP_OR_EVENT = "group_or_event"
    NOBODY_YET = "nobody_yet"
    RATHER_NOT_SAY = "rather_not_say"


class Occasion(StrEnum):
    """When the helper question is asked."""

    JOINING = "joining"
    CLOSING = "closing"
    DAY_30 = "day_30"
    DAY_90 = "day_90"
    DAY_180 = "day_180"


class Still(StrEnum):
    """“Still taking part?”"""

    YES = "yes"
    A_LITTLE = "a_little"
    NOT_NOW = "not_now"


PERSONS = frozenset({Answer.SOMEONE_HERE, Answer.SOMEONE_ELSEWHERE})
"""The answers that name a person; a group or an event is help, but no one to turn to."""


HELPED = PERSONS | {Answer.GROUP_OR_EVENT}
"""The answers after which she may say who or what it was."""

FEWEST_SHOWN = 5
"""Fewer people than this are never counted before others."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for a mentor, as the rate sees it: when it was made, and every answer she gave.

    Attributes
    ----------
    opened_at
        When the request was made; aware, UTC.
    answers
        Pairs of (asked at, answer); empty for the silent and the erased.
    """

    opened_at: datetime
    answers: tuple[tuple[datetime, Answer], ...] = ()


@dataclass(frozen=True, slots=True)
class Rate:
    """The named-helper rate at one age of requests.

    Attributes
    ----------
    named, requests
        How many could name a person, of all requests at least that old.
    answered
        How many of them answered anything but “rather not say”.
    low, high
        The Wilson interval (95 %), as shares from 0 to 1.
    """

    days: int
    named: int
    requests: int
    answered: int
    low: float
    high: float

    @property
    def missing(self) -> int:
        """How many did not answer, or would rather not say."""
        return self.requests - self.answered

    @property
    def parts(self) -> tuple[int, int, int]:
        """Those who named a person, those who answered otherwise, those who did not: they add up to all."""
        return self.named, self.answered - self.named, self.missing

    def as_values(self) -> dict[str, float | int | None]:
        """Everything that is said of it, as plain values; shares are None where nothing is known."""
        return {
            "days": self.days,
            "named": self.named,
            "requests": self.requests,
            "answered": self.answered,
            "missing": self.missing,
            "share": _share(self.named, self.requests),
            "low": round(self.low, 4) if self.requests else None,
            "high": round(self.high, 4) if self.requests else None,
            "share_of_answers": _share(self.named, self.answered),
        }


def _share(count: int, total: int) -> float | None:
    return round(count / total, 4) if total else None


def wilson(count: int, total: int, z: float = 1.959963984540054) -> tuple[float, float]:
    """The Wilson score interval of a share.

    Parameters
    ----------
    count, total
        Successes and trials, ``0 <= count <= total``.
    z
        The normal quantile; the default gives 95 %.

    Returns
    -------
    tuple of float
        Lower and upper end, within 0 and 1; (0, 1) when `total` is 0: nothing is known.

    References
    ----------
    E. B. Wilson, “Probable inference, the law of succession, and statistical inference”,
    Journal of the American Statistical Association 22 (1927), 209-212.

    Examples
    --------
    >>> [round(end, 3) for end in wilson(9, 12)]
    [0.468, 0.911]
    """
    if total == 0:
        return 0.0, 1.0
    share, square = count / total, z * z / total
    centre = (share + square / 2) / (1 + square)
    half = z * sqrt(share * (1 - share) / total + square / (4 * total)) / (1 + square)
    return max(0.0, centre - half), min(1.0, centre + half)


def named_helper_rate(requests: Iterable[Asked], *, days: int, at: datetime) -> Rate:
    """Of all requests at least `days` old, the share who can name a person who helped them.

    Everyone who asked counts: the matched, the unmatched, those who stopped and those erased.
    Silence and “rather not say” count as not named; the share among answers stands beside it.
    An answer counts for an age when its question was asked at that age or before.

    Parameters
    ----------
    requests
        One value per request ever made.
    days
        The age looked at: 30, 90 or 180.
    at
        Now; aware, UTC.

    Returns
    -------
    Rate

    Examples
    --------
    >>> from datetime import UTC
    >>> start = datetime(2026, 1, 1, tzinfo=UTC)
    >>> yes = Asked(start, ((start + timedelta(days=30), Answer.SOMEONE_HERE),))
    >>> rate = named_helper_rate([yes, Asked(start)], days=30, at=start + timedelta(days=31))
    >>> rate.named, rate.requests, rate.answered
    (1, 2, 1)
    """
    age = timedelta(days=days)
    old = [request for request in requests if request.opened_at + age <= at]
    given = [
        {answer for when, answer in request.answers if when <= request.opened_at + age} for request in old
    ]
    named = sum(1 for answers in given if answers & PERSONS)
    answered = sum(1 for answers in given if answers - {Answer.RATHER_NOT_SAY})
    low, high = wilson(named, len(old))
    return Rate(days, named, len(old), answered, low, high)


def open_to_others(rates: Iterable[Rate]) -> list[Rate]:
    """Those of the rates of one group that may be shown beyond its coordinators, the oldest age first.

    No part of one points at fewer than five, and neither does the difference of two: who is in the
    older is in the younger too.

    Examples
    --------
    >>> big, near = Rate(90, 10, 20, 15, 0, 1), Rate(30, 11, 22, 16, 0, 1)
    >>> [rate.days for rate in open_to_others([near, big])], open_to_others([Rate(30, 4, 20, 15, 0, 1)])
    ([90], [])
    """
    found: list[Rate] = []
    for rate in sorted(rates, key=lambda each: -each.days):
        others = [(0, 0, 0), *(each.parts for each in found)]
        steps = [abs(one - other) for parts in others for one, other in zip(rate.parts, parts, strict=True)]
        if rate.requests and all(step == 0 or step >= FEWEST_SHOWN for step in steps):
            found.append(rate)
    return found
