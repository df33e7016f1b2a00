"""Rounds too large for all their pairs to be held: people in columns in, the best plan out."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from mentorship.matching import sample
from mentorship.matching.arcs import Arcs
from mentorship.matching.columns import Columns, Numbers, block_points
from mentorship.matching.compiling import can_compile
from mentorship.matching.fingerprint import fingerprint
from mentorship.matching.graph import Ints
from mentorship.matching.master import has_flow_solver
from mentorship.matching.pairwise import are_barred, pair_points, with_choices
from mentorship.matching.people import MOST_WEEKS, Choices, Options
from mentorship.matching.plan import NOBODY_FEASIBLE, SHORT_OF_PLACES, Alone, Certificate, Pair, Plan
from mentorship.matching.rounds import Optimum, best_of_all
from mentorship.matching.scan import BlockScan, CompiledScan, Scan
from mentorship.matching.scoring import MOST_POINTS
from mentorship.matching.watch import Watch
from mentorship.matching.worth import big_for, fair_table

LARGE = 500_000
"""Newcomers times mentors from which not all pairs are held at once."""
SLOWER = (
    "The extra `scale` is not installed: the plan is just as good, but a round of this size takes longer"
    " than it would with it."
)


@dataclass(frozen=True)
class Best:
    """The best plan of people in columns.

    Attributes
    ----------
    mentor, points
        Shape (N,): each newcomer's mentor (−1 = none) and the points of the pair; locked pairs included.
    optimum
        What was solved besides the locked pairs, with its proof.
    big
        What having a mentor counted.
    """

    mentor: Ints
    points: Ints
    optimum: Optimum
    big: int


def best_of_columns(
    columns: Columns, watch: Watch, *, choices: Choices | None = None, options: Options | None = None
) -> Best:
    """The best plan of people in columns, with its proof over all pairs.

    Parameters
    ----------
    columns
        The people.
    watch
        Time, progress, cancelling.
    choices, options
        As for `match`; `Options.steady` is not for rounds of this size.
    """
    options = options or Options()
    left, locked = with_choices(columns, choices or Choices())
    table = fair_table(options.fair, MOST_POINTS) if options.fair else None
    boost = options.waiting * np.minimum(columns.waited, MOST_WEEKS)
    big = big_for(MOST_POINTS + int(boost.max(initial=0)), columns.newcomers)
    compiled = can_compile()
    sampled = compiled and has_flow_solver() and left.newcomers >= sample.FROM
    prices = sample.first_prices(left, table, boost, big, watch) if sampled else None
    scan: Scan = CompiledScan(left, table) if compiled else BlockScan(left, table)
    wished = _wished(left, table, boost)
    optimum = best_of_all(scan, left.places, boost, wished, big, watch, prices=prices)
    mentor = optimum.mentor.copy()
    mentor[locked[:, 0]] = locked[:, 1]
    has = np.flatnonzero(mentor >= 0)
    points = np.zeros(columns.newcomers, dtype=np.int64)
    points[has] = pair_points(columns, has, mentor[has])
    return Best(mentor, points, optimum, big)


def match_large(columns: Columns, choices: Choices, options: Options, watch: Watch) -> Plan:
    """The best plan of a large round; see `match`."""
    best = best_of_columns(columns, watch, choices=choices, options=options)
    newcomers = columns.newcomer_ids or tuple(map(str, range(columns.newcomers)))
    mentors = columns.mentor_ids or tuple(map(str, range(columns.mentors)))
    chosen = zip(newcomers, best.mentor.tolist(), best.points.tolist(), strict=True)
    pairs = tuple(Pair(newcomer, mentors[m], points) for newcomer, m, points in chosen if m >= 0)
    alone = np.flatnonzero(best.mentor < 0)
    could = _could(columns, choices, alone)
    reasons = {
        newcomers[n]: Alone(newcomers[n], SHORT_OF_PLACES if some else NOBODY_FEASIBLE)
        for n, some in zip(alone.tolist(), could.tolist(), strict=True)
    }
    sha = fingerprint(columns, choices, options)
    certificate = Certificate(
        prices=dict(zip(mentors, best.optimum.prices.tolist(), strict=True)),
        values=dict(zip(newcomers, best.optimum.values.tolist(), strict=True)),
        big=best.big,
        input_sha256=sha,
    )
    notes = () if can_compile() and has_flow_solver() else (SLOWER,)
    cost = watch.cost(best.optimum.rounds)
    return Plan(pairs, reasons, certificate, best.optimum.gap, sha, cost, notes)


def _wished(columns: Columns, table: Numbers | None, boost: Ints) -> Arcs:
    """The pairs somebody wishes for, which count more than a scan says."""
    n, m = columns.wishes[:, 0], columns.wishes[:, 1]
    points = pair_points(columns, n, m)
    feasible = (points >= 0) & (columns.places[m] > 0) & ~are_barred(columns, n, m)
    n, m, points = n[feasible], m[feasible], points[feasible]
    worth = points if table is None else table[points].astype(np.int64)
    return Arcs(n, m, worth + boost[n])


def _could(columns: Columns, choices: Choices, newcomers: Ints) -> Numbers:
    """Whether each of these is feasible with anyone who has places at all."""
    forbidden = Choices(forbidden=choices.forbidden)
    left, _ = with_choices(replace(columns, places=np.ones_like(columns.places)), forbidden)
    rows, theirs = columns.newcomer_languages, columns.mentor_languages
    with_places = columns.places[theirs.owner] > 0
    helped = np.bincount(theirs.item[with_places], minlength=columns.languages) > 0
    some = np.zeros(columns.newcomers, dtype=bool)
    np.logical_or.at(some, rows.owner, helped[rows.item])
    barred = np.isin(newcomers, left.barred[:, 0])
    for n in newcomers[barred & some[newcomers]].tolist():
        points = block_points(left, slice(n, n + 1))[0]
        some[n] = bool(((points >= 0) & (columns.places > 0)).any())
    return some[newcomers]
