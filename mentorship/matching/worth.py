"""What a pair counts in the objective: its points, bent by the options, always a whole number."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from mentorship.matching.people import MOST_WEEKS, Options
from mentorship.matching.scoring import MOST_POINTS


@cache
def fair_table(power: int, top: int) -> NDArray[np.int16]:
    """Points → what they count when the regret (what is missing to `top`) is kept small.

    Parameters
    ----------
    power
        0 (points count as they are), 2 or 4.
    top
        Points from which nothing is missing.

    Returns
    -------
    array of shape (12001,)
        Rising whole numbers from 0 to 12,000, concave in the points.

    Examples
    --------
    >>> fair_table(2, 12_000)[[0, 3_000, 6_000, 12_000]].tolist()
    [0, 5250, 9000, 12000]
    """
    if not power:
        return np.arange(MOST_POINTS + 1, dtype=np.int16)
    missing = [max(0, top - points) for points in range(MOST_POINTS + 1)]
    counts = [MOST_POINTS * (top**power - regret**power) // top**power for regret in missing]
    return np.array(counts, dtype=np.int16)


def waiting_worth(weeks: int, options: Options) -> int:
    """What the weeks a newcomer has waited add to every pair of hers."""
    return options.waiting * min(weeks, MOST_WEEKS)


def big_for(most_worth: int, newcomers: int) -> int:
    """What having a mentor counts, so that one more pair beats all points: the count comes first."""
    return max(most_worth, MOST_POINTS) * newcomers + 1
