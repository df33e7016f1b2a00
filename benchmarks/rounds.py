"""From people to a certified plan: time, memory and the proof, as one JSON object.

python -m benchmarks.rounds --newcomers 10000 --mentors 2000 --places scarce --seed 1 --json
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import sys
import time
from typing import Any

import numpy as np

from benchmarks.machine import machine
from benchmarks.population import AMPLE, MOST_PEOPLE, SCARCE, population
from mentorship.matching.arcs import Arcs
from mentorship.matching.columns import Columns, Rows
from mentorship.matching.large import Best, best_of_columns
from mentorship.matching.master import LEAST_BIG, flow_plan
from mentorship.matching.scan import CompiledScan
from mentorship.matching.scoring import MOST_POINTS
from mentorship.matching.watch import Progress, Watch

REPEATS, REPEATED_BELOW = 5, 10_000
WARM_UP = (800, 100)
MOST_LANGUAGES = 4


def run(columns: Columns, repeats: int, *, tell: bool = False) -> tuple[Best, list[float], list[float]]:
    """The best plan, with the CPU and wall seconds of each repeat."""
    cpu, wall = [], []
    for _ in range(repeats):
        watch = Watch(None, _tell if tell else None, None)
        best = best_of_columns(columns, watch)
        cost = watch.cost(best.optimum.rounds)
        cpu.append(cost.cpu_s)
        wall.append(cost.wall_s)
    return best, cpu, wall


def measure(newcomers: int, mentors: int, places: str, seed: int, *, tell: bool = False) -> dict[str, Any]:
    """Everything that the command prints."""
    began = time.process_time()
    run(population(*WARM_UP, places, seed), 1)
    compile_s = time.process_time() - began
    columns = population(newcomers, mentors, places, seed)
    repeats = REPEATS if newcomers < REPEATED_BELOW else 1
    best, cpu, wall = run(columns, repeats, tell=tell)
    return {
        "newcomers": newcomers,
        "mentors": mentors,
        "places": places,
        "seed": seed,
        "cpu_s": round(statistics.median(cpu), 4),
        "wall_s": round(statistics.median(wall), 4),
        "peak_gib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 3),
        "pairs": int((best.mentor >= 0).sum()),
        "points": int(best.points.sum()),
        "gap": best.optimum.gap,
        "rounds": best.optimum.rounds,
        "feasible_pairs": feasible_pairs(columns),
        "repeats": repeats,
        "machine": machine(),
        "compile_s": round(compile_s, 2),
    }


def flow_cpu_s(columns: Columns, candidates: int = 16) -> float:
    """CPU seconds of one OR-Tools solve of the graph of everyone's best mentors, nothing else."""
    arcs = Arcs.found(CompiledScan(columns).best(candidates), np.zeros(columns.newcomers, dtype=np.int64))
    graph = arcs.graph(columns.newcomers, columns.places)
    began = time.process_time()
    flow_plan(graph, LEAST_BIG * (MOST_POINTS + 1))
    return time.process_time() - began


def feasible_pairs(columns: Columns) -> int:
    """How many pairs share a language, each counted once (by inclusion and exclusion of shared sets)."""
    open_mentors = columns.places[columns.mentor_languages.owner] > 0
    hers = _sets(columns.newcomer_languages, np.ones(len(columns.newcomer_languages.item), dtype=bool))
    theirs = _sets(columns.mentor_languages, open_mentors)
    total = 0
    for size in range(MOST_LANGUAGES):
        one, many = np.unique(hers[size], return_counts=True)
        other, more = np.unique(theirs[size], return_counts=True)
        _, at, to = np.intersect1d(one, other, assume_unique=True, return_indices=True)
        total += (-1) ** size * int((many[at].astype(object) * more[to]).sum())
    return total


def _sets(rows: Rows, counts: Any) -> list[Any]:
    """For sizes 1 to 4: every set of so many languages of one person, as one number."""
    owner, item = rows.owner[counts], rows.item[counts].astype(np.int64) + 1
    length = np.bincount(owner, minlength=len(rows.start) - 1)
    first = np.concatenate(([0], np.cumsum(length)))
    last = first[owner + 1]
    found, ends, keys = [item], np.arange(len(item)), item
    lasts = last
    for _ in range(MOST_LANGUAGES - 1):
        left = lasts - ends - 1
        again = np.repeat(np.arange(len(keys)), left)
        step = np.arange(len(again)) - np.repeat(np.cumsum(left) - left, left) + 1
        ends, lasts = ends[again] + step, lasts[again]
        keys = keys[again] * 1024 + item[ends]
        found.append(keys)
    return found


def _tell(progress: Progress) -> None:
    print(
        f"{progress.stage}: {progress.done:,} of {progress.of:,} settled, gap {progress.gap}", file=sys.stderr
    )


def arguments(description: str) -> argparse.ArgumentParser:
    """What both benchmarks ask for."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--newcomers", type=int, required=True)
    parser.add_argument("--mentors", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="one JSON object (there is no other form)")
    return parser


def check(parser: argparse.ArgumentParser, chosen: argparse.Namespace) -> None:
    """Refuse sizes that cannot be measured, with a sentence and the exit code 2."""
    for name in ("newcomers", "mentors"):
        if not 1 <= getattr(chosen, name) <= MOST_PEOPLE:
            parser.error(f"--{name} must be from 1 to {MOST_PEOPLE:,}")
    if chosen.seed < 0:
        parser.error("--seed must be 0 or more")


def main() -> None:
    """The command."""
    parser = arguments("From people to a certified plan.")
    parser.add_argument("--places", choices=[SCARCE, AMPLE], default=SCARCE)
    parser.add_argument("--progress", action="store_true", help="tell on the error stream how far it is")
    parser.add_argument(
        "--beside", action="store_true", help="also time one OR-Tools solve of the 16 best of everyone"
    )
    chosen = parser.parse_args()
    check(parser, chosen)
    found = measure(chosen.newcomers, chosen.mentors, chosen.places, chosen.seed, tell=chosen.progress)
    if chosen.beside:
        columns = population(chosen.newcomers, chosen.mentors, chosen.places, chosen.seed)
        found["flow_cpu_s"] = round(flow_cpu_s(columns), 4)
        found["ratio"] = round(found["cpu_s"] / found["flow_cpu_s"], 2)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
