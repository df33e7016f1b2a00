"""How long a wait may be: a survival estimate that counts those who are still waiting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

ENOUGH = 10
"""So many waits must have ended with a mentor before anything is said: fewer would be a guess."""


@dataclass(frozen=True, slots=True)
class Wait:
    """One request's wait.

    Attributes
    ----------
    days
        From the request to the mentor's yes; or so far, or until it was closed, without one.
    ended
        Whether it ended with a yes; False counts as “at least so long”.
    """

    days: float
    ended: bool


@dataclass(frozen=True, slots=True)
class Range:
    """An honest range: half of those who have waited as long hear a yes within it.

    Attributes
    ----------
    low, high
        Days from now within which a quarter, and three quarters, have a mentor; `high` is None where the
        past does not reach so far: “or longer”.
    """

    low: float
    high: float | None


def curve(waits: Iterable[Wait]) -> list[tuple[float, float]]:
    """The Kaplan-Meier estimate: after so many days, the share still without a mentor.

    Parameters
    ----------
    waits
        In any order. A wait that did not end counts for as long as it was seen.

    Returns
    -------
    list of (days, share)
        At the days on which a wait ended, ascending; shares fall from below 1 towards 0.

    References
    ----------
    E. L. Kaplan and P. Meier, “Nonparametric estimation from incomplete observations”, Journal of the
    American Statistical Association 53 (1958), 457-481.

    Examples
    --------
    >>> curve([Wait(2, True), Wait(3, False), Wait(4, True)])
    [(2, 0.6666666666666667), (4, 0.0)]
    """
    seen = list(waits)
    ends = Counter(wait.days for wait in seen if wait.ended)
    share, steps = 1.0, []
    for days in sorted(ends):
        at_risk = sum(1 for wait in seen if wait.days >= days)
        share *= 1 - ends[days] / at_risk
        steps.append((days, share))
    return steps


def range_of_wait(waits: Iterable[Wait], *, waited: float = 0) -> Range | None:
    """How much longer someone who has waited `waited` days may wait.

    Parameters
    ----------
    waits
        The past waits of her cohort, those still waiting among them.
    waited
        Days she has waited already.

    Returns
    -------
    Range or None
        None while fewer than `ENOUGH` waits have ended with a yes, or the past says nothing of waits as long
        as hers.

    Examples
    --------
    >>> past = [Wait(days, True) for days in range(1, 21)]
    >>> range_of_wait(past)
    Range(low=5, high=15)
    >>> range_of_wait(past, waited=10)
    Range(low=3, high=8)
    >>> range_of_wait(past[:9]) is None
    True
    """
    seen = list(waits)
    if sum(1 for wait in seen if wait.ended) < ENOUGH:
        return None
    steps = curve(seen)
    still = next((share for days, share in reversed(steps) if days <= waited), 1.0)
    low, high = (_when_below(steps, still * share) for share in (0.75, 0.25))
    if still <= 0 or low is None:
        return None
    return Range(max(0, low - waited), None if high is None else max(0, high - waited))


def _when_below(steps: list[tuple[float, float]], share: float) -> float | None:
    return next((days for days, left in steps if left <= share + 1e-12), None)
