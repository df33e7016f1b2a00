"""Refusals one by one at full size, each answered with the best plan again, as one JSON object.

    python -m benchmarks.events --newcomers 100000 --mentors 10000 --places scarce --seed 1 --json

After each refusal the plan is the best among the pairs of the sparse graph; `gap` says how far it is at most
from the best of all pairs after the last one, and `equals_from_scratch` compares with a cold solve.
"""

from __future__ import annotations

import json
import time
from dataclasses import replace
from typing import Any

import numpy as np

from benchmarks.machine import machine
from benchmarks.population import AMPLE, SCARCE, population
from benchmarks.rounds import WARM_UP, arguments, check, run
from mentorship.matching.graph import Graph, Repair
from mentorship.matching.master import solved_cold
from mentorship.matching.scan import CompiledScan

EVENTS = 400


def declined(repair: Repair, seed: int) -> tuple[list[float], list[int]]:
    """Milliseconds of each refusal, answered; and the arcs refused."""
    random = np.random.default_rng(seed)
    milliseconds: list[float] = []
    arcs: list[int] = []
    while len(arcs) < EVENTS:
        arc = int(repair.state.match[int(random.integers(len(repair.state.match)))])
        if arc >= 0:
            began = time.perf_counter()
            repair.forbid(arc)
            milliseconds.append((time.perf_counter() - began) * 1000)
            arcs.append(arc)
    return milliseconds, arcs


def answer(repair: Repair) -> tuple[int, int]:
    """Pairs and worth of a plan."""
    match = np.asarray(repair.state.match)
    used = match[match >= 0]
    return len(used), int(np.asarray(repair.state.worth)[used].sum())


def cold(repair: Repair) -> Repair:
    """What is left of the graph, solved from nothing."""
    state = repair.state
    worth = np.asarray(state.worth, dtype=np.int64)
    alive = worth >= 0
    before = np.concatenate(([0], np.cumsum(alive)))
    start = before[np.append(np.asarray(state.row_start), np.asarray(state.row_end)[-1])]
    mentor = np.asarray(state.mentor, dtype=np.int64)[alive]
    return solved_cold(Graph(np.asarray(state.capacity), start, mentor, worth[alive]), repair.big)


def measure(newcomers: int, mentors: int, places: str, seed: int) -> dict[str, Any]:
    """Everything that the command prints."""
    warm = run(population(*WARM_UP, places, seed), 1)[0].optimum.repair
    declined(warm, seed)
    columns = population(newcomers, mentors, places, seed)
    repair = run(columns, 1)[0].optimum.repair
    milliseconds, arcs = declined(repair, seed)
    refused = np.stack([np.asarray(repair.state.owner)[arcs], np.asarray(repair.state.mentor)[arcs]], axis=1)
    left = replace(columns, barred=np.unique(refused, axis=0).astype(np.int64))
    prices, values = repair.prices(), repair.gains()
    n, m, worth = CompiledScan(left).unsettled(prices, values, repair.big, 1).arcs()
    gap = int((repair.big + worth - prices[m] - values[n]).sum())
    return {
        "newcomers": newcomers,
        "mentors": mentors,
        "places": places,
        "events": EVENTS,
        "p50_ms": round(float(np.percentile(milliseconds, 50)), 3),
        "p99_ms": round(float(np.percentile(milliseconds, 99)), 3),
        "equals_from_scratch": answer(repair) == answer(cold(repair)),
        "gap": gap,
        "machine": machine(),
    }


def main() -> None:
    """The command."""
    parser = arguments("Refusals one by one, each answered with the best plan again.")
    parser.add_argument("--places", choices=[SCARCE, AMPLE], default=SCARCE)
    chosen = parser.parse_args()
    check(parser, chosen)
    print(json.dumps(measure(chosen.newcomers, chosen.mentors, chosen.places, chosen.seed)))


if __name__ == "__main__":
    main()
