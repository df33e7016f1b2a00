"""From a market to the best plan: the exact engine, from nothing, with the plan's proof."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mentorship.matching.graph import Graph, Ints, Repair
from mentorship.matching.instance import Instance
from mentorship.matching.market import NO_KEEP, Keep, Market, Task, market_of_instance, task_of
from mentorship.matching.people import Choices, Options
from mentorship.matching.plan import NOBODY_FEASIBLE, SHORT_OF_PLACES, Alone, Certificate, Pair, Plan
from mentorship.matching.planfile import PlanOptions, options_of
from mentorship.matching.watch import Watch

STEP = 256
MOST_KEEP = 60_000
"""Points; more for a kept pair change nothing but in contrived chains."""
MOST_FINE = 20_000
"""Newcomers up to whom a kept pair can count less than a point (sums stay below 2^63)."""


@dataclass(frozen=True)
class Solution:
    """A solved task.

    Attributes
    ----------
    arc
        Shape (N,): each newcomer's arc of the task's graph, −1 for none.
    prices, values
        Shapes (M,) and (N,): dual values, feasible whether or not the plan is the best.
    gap
        What is missing to the proof, in points; 0 = the best.
    """

    arc: Ints
    prices: Ints
    values: Ints
    gap: int


def solve(task: Task, watch: Watch) -> Solution:
    """The best plan of a task, or the best found in time with its proven bound."""
    repair = Repair(task.graph, task.big)
    order = np.flatnonzero(np.diff(task.graph.start))
    for first in range(0, len(order), STEP):
        if watch.is_over():
            break
        repair.place_all(order[first : first + STEP])
        watch.tell("solve", min(first + STEP, len(order)), len(order))
    else:
        repair.lowest_prices()
    return proved(task, np.asarray(repair.state.match, dtype=np.int64), repair.prices())


def proved(task: Task, arc: Ints, prices: Ints) -> Solution:
    """A plan with prices, and how far at most it is from the best (linear programming duality)."""
    graph = task.graph
    values = values_of(graph, prices, task.big)
    bound = int(values.sum()) + int((prices * graph.capacity).sum())
    return Solution(arc, prices, values, bound - _worth(task, arc))


def values_of(graph: Graph, prices: Ints, big: int) -> Ints:
    """Shape (N,): the most that any arc of a newcomer gains at these prices, at least 0."""
    gains = big + graph.worth - prices[graph.mentor]
    values = np.zeros(graph.newcomers, dtype=np.int64)
    some = np.flatnonzero(np.diff(graph.start))
    if len(some):
        values[some] = np.maximum(np.maximum.reduceat(gains, graph.start[some]), 0)
    return values


def match_instance(
    instance: Instance, options: Options, *, ranks: bool, watch: Watch
) -> tuple[Plan, PlanOptions]:
    """The best plan of an instance file, and its options as the plan file says them."""
    market = market_of_instance(instance)
    choices = Choices(instance.locked, instance.forbidden)
    task, solution, keep = solve_steadily(market, choices, options, watch)
    fingerprint = instance.sha256()
    plan = plan_of(market, task, solution, fingerprint, watch)
    return plan, options_of(options, ranks=ranks, fair_top=market.fair_top, keep=keep)


def solve_steadily(
    market: Market, choices: Choices, options: Options, watch: Watch
) -> tuple[Task, Solution, Keep]:
    """Solve; for a steady plan, with the most that a kept pair can count within the stated loss.

    Returns
    -------
    task, solution, keep
        What was solved, and what each kept pair counts more.

    Notes
    -----
    A kept pair counts at least 1 / (N + 1) of a point: of all best plans, one that keeps the most pairs is
    found even where nothing may be lost. The more a kept pair counts, the more pairs are kept and the more
    points are lost (Lagrange), so halving finds the largest bonus. Plans that keep more within the same loss
    can exist between two bonuses; the certificate is for the bonus found.
    """
    task = task_of(market, choices, options)
    best = solve(task, watch)
    if options.steady is None or not options.steady.shown:
        return task, best, NO_KEEP
    floor = _worth(task, best.arc) - options.steady.loss
    scale = len(market.newcomers) + 1 if len(market.newcomers) <= MOST_FINE else 1
    found = (task, best, NO_KEEP)
    least, most = 0, MOST_KEEP * scale
    while least < most and not watch.is_over():
        bonus = (least + most + 1) // 2 if least else 1
        kept_task = task_of(market, choices, options, Keep(scale, bonus))
        kept = solve(kept_task, watch)
        if kept.gap == 0 and _worth(task, kept.arc) >= floor:
            found, least = (kept_task, kept, Keep(scale, bonus)), bonus
        else:
            most = bonus - 1
    return found


def plan_of(market: Market, task: Task, solution: Solution, fingerprint: str, watch: Watch) -> Plan:
    """A solved task as a plan, the locked pairs back in."""
    pair = task.locked.copy()
    solved = solution.arc >= 0
    pair[solved] = task.arcs[solution.arc[solved]]
    pairs = [
        Pair(market.newcomers[n], market.mentors[int(market.mentor[at])], int(market.points[at]))
        for n, at in enumerate(pair.tolist())
        if at >= 0
    ]
    alone = {
        market.newcomers[n]: Alone(market.newcomers[n], SHORT_OF_PLACES if task.could[n] else NOBODY_FEASIBLE)
        for n in np.flatnonzero(pair < 0).tolist()
    }
    certificate = Certificate(
        prices=_by_id(market.mentors, solution.prices),
        values=_by_id(market.newcomers, solution.values),
        big=task.big,
        input_sha256=fingerprint,
    )
    return Plan(tuple(pairs), alone, certificate, solution.gap, fingerprint, watch.cost(1))


def _by_id(ids: tuple[str, ...], numbers: Ints) -> dict[str, int]:
    return dict(zip(ids, numbers.tolist(), strict=True))


def _worth(task: Task, arc: Ints) -> int:
    matched = arc[arc >= 0]
    return len(matched) * task.big + int(task.graph.worth[matched].sum())
