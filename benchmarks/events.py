"""Refusals one by one at full size, each answered with the best plan again, as one JSON object.

    python -m benchmarks.events --newcomers 100000 --mentors 10000 --places scarce --seed 1 --json

After each refusal the plan is the best among the pairs of the sparse graph. After the last one it is compared
with a cold solve of that graph (`equals_from_scratch`); `gap` says how far it is at most from the best of all
pairs; then it is settled over all pairs (`settle_cpu_s`) and compared with all pairs solved anew from people
(`equals_all_pairs`).
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
from mentorship.matching.arcs import Arcs
from mentorship.matching.columns import Columns
from mentorship.matching.graph import Repair
from mentorship.matching.master import solved_cold
from mentorship.matching.rounds import Optimum, settled
from mentorship.matching.scan import CompiledScan
from mentorship.matching.watch import Watch

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


def arcs_left(repair: Repair) -> tuple[Arcs, Any]:
    """The pairs that nobody refused, and where each stood among all (−1 = refused)."""
    owner, mentor, worth = (
        np.asarray(column, dtype=np.int64)
        for column in (repair.state.owner, repair.state.mentor, repair.state.worth)
    )
    alive = worth >= 0
    place = np.where(alive, np.cumsum(alive) - 1, -1)
    return Arcs(owner, mentor, worth).taken(alive), place


def everything_settled(scan: CompiledScan, repair: Repair, columns: Columns) -> Optimum:
    """The plan after the refusals, made the best of all pairs."""
    arcs, place = arcs_left(repair)
    match = np.asarray(repair.state.match, dtype=np.int64)
    going_on = Repair(arcs.graph(columns.newcomers, columns.places), repair.big)
    going_on.adopt(np.where(match >= 0, place[match], -1), np.asarray(repair.state.price, dtype=np.int64))
    boost = np.zeros(columns.newcomers, dtype=np.int64)
    return settled(scan, arcs, going_on, columns.places, boost, Watch(None, None, None))


def gap_to_all_pairs(scan: CompiledScan, repair: Repair) -> int:
    """How many points the plan is at most below the best of all pairs."""
    prices, values = repair.prices(), repair.gains()
    n, m, worth = scan.unsettled(prices, values, repair.big, 1).arcs()
    return int((repair.big + worth - prices[m] - values[n]).sum())


def without(columns: Columns, repair: Repair, arcs: list[int]) -> Columns:
    """The people, with the refused pairs barred."""
    refused = np.stack([np.asarray(repair.state.owner)[arcs], np.asarray(repair.state.mentor)[arcs]], axis=1)
    return replace(columns, barred=np.unique(refused, axis=0).astype(np.int64))


def measure(newcomers: int, mentors: int, places: str, seed: int) -> dict[str, Any]:
    """Everything that the command prints."""
    warm = run(population(*WARM_UP, places, seed), 1)[0].optimum.repair
    declined(warm, seed)
    columns = population(newcomers, mentors, places, seed)
    repair = run(columns, 1)[0].optimum.repair
    milliseconds, arcs = declined(repair, seed)
    left = without(columns, repair, arcs)
    scan = CompiledScan(left)
    cold = solved_cold(arcs_left(repair)[0].graph(newcomers, left.places), repair.big)
    gap = gap_to_all_pairs(scan, repair)
    began = time.process_time()
    ours = everything_settled(scan, repair, left)
    settle = time.process_time() - began
    fresh = run(left, 1)[0].optimum
    return {
        "newcomers": newcomers,
        "mentors": mentors,
        "places": places,
        "events": EVENTS,
        "p50_ms": round(float(np.percentile(milliseconds, 50)), 3),
        "p99_ms": round(float(np.percentile(milliseconds, 99)), 3),
        "equals_from_scratch": answer(repair) == answer(cold),
        "gap": gap,
        "settle_cpu_s": round(settle, 3),
        "equals_all_pairs": ours.gap == fresh.gap == 0 and answer(ours.repair) == answer(fresh.repair),
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
