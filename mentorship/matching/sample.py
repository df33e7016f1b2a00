"""First prices for a very large round, from a sample of its newcomers.

What the places of each mentor are worth is learned from an eighth of the newcomers and as much of the places,
in an eighth of the time. The candidates of the whole round are then chosen by points less price, so that
nearly all pairs that matter are among them at once. The sample decides where to look first and nothing else.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mentorship.matching.arcs import Arcs
from mentorship.matching.columns import Columns, Numbers
from mentorship.matching.graph import Ints
from mentorship.matching.rounds import best_of_all
from mentorship.matching.scan import CompiledScan
from mentorship.matching.suggestions import chances
from mentorship.matching.watch import Watch

FROM = 4_000
"""Newcomers from which a sample pays."""
SHARE = 0.12
FINE = 1_000_000
ENOUGH = 0.1
"""Share of the sample that may still gain when its prices are taken."""


def first_prices(columns: Columns, table: Numbers | None, boost: Ints, big: int, watch: Watch) -> Ints:
    """Shape (M,): what a place with each mentor is worth, about.

    Parameters
    ----------
    columns
        Everyone of the round.
    table
        Points → worth, as for `CompiledScan`.
    boost
        Shape (N,): what every pair of a newcomer counts besides.
    big
        What having a mentor counts in the whole round.
    watch
        Time and cancelling.
    """
    newcomers = np.flatnonzero(_spread(columns.newcomers, 7) < SHARE)
    capacity = np.floor(columns.places * SHARE + _spread(columns.mentors, 11)).astype(np.int64)
    sample = replace(
        columns,
        newcomer_languages=columns.newcomer_languages.taken(newcomers),
        parts=columns.parts.taken(newcomers),
        language_part=columns.language_part[newcomers],
        when_part=columns.when_part[newcomers],
        newcomer_hours=columns.newcomer_hours[newcomers],
        waited=columns.waited[newcomers],
        wishes=columns.wishes[:0],
        barred=columns.barred[:0],
        newcomer_ids=None,
    )
    nothing = np.zeros(0, dtype=np.int64)
    scan = CompiledScan(sample, table)
    extra = Arcs(nothing, nothing, nothing)
    found = best_of_all(scan, capacity, boost[newcomers], extra, big, watch.quiet(), enough=ENOUGH)
    found.repair.lowest_prices()
    prices = np.asarray(found.repair.state.price, dtype=np.int64)
    return np.where(columns.places > 0, prices, 0)


def _spread(count: int, salt: int) -> Numbers:
    """Shape (count,): numbers from 0 to 1 that look like chance and are always the same."""
    return chances(salt, np.arange(count, dtype=np.uint64), FINE) / FINE
