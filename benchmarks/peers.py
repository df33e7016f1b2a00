"""The same people through other packages, side by side, as one JSON object.

    python -m benchmarks.peers --newcomers 1000 --mentors 200 --seed 1 --json

Every peer runs in an environment of its own, made on first use under ``build/peers``.
"""

from __future__ import annotations

import json
import pickle
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.machine import machine
from benchmarks.peer_runs import MOST_GIB, MOST_S, PEERS, timed
from benchmarks.population import SCARCE, population
from benchmarks.rounds import REPEATS, arguments, check
from mentorship.matching.columns import Columns
from mentorship.matching.compiling import can_compile
from mentorship.matching.graph import Graph, Repair
from mentorship.matching.large import LARGE, best_of_columns
from mentorship.matching.market import Market, market_of_columns
from mentorship.matching.scoring import MOST_POINTS
from mentorship.matching.watch import Watch
from mentorship.matching.worth import big_for

FOLDER = Path(__file__).parents[1] / "build" / "peers"
SCRIPT = Path(__file__).with_name("peer_runs.py")
MOST_PAIRS = 30_000_000
WALL = 10


def environment(name: str) -> Path:
    """The Python of a peer's own environment, made where it is missing."""
    package = name.split()[0]
    place = FOLDER / package
    python = place / "bin" / "python"
    if not (place / "ready").exists():
        shutil.rmtree(place, ignore_errors=True)
        venv.create(place, with_pip=True)
        extra = ["numpy"] if package in ("scipy", "ortools") else []
        install = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check", package, *extra]
        subprocess.run(install, check=True, stdout=sys.stderr)
        (place / "ready").touch()
    return python


def peer(name: str, instance: Path) -> dict[str, Any]:
    """A peer's CPU seconds, pairs and points; or why it stopped."""
    try:
        python = environment(name)
        done = subprocess.run(
            [python, SCRIPT, name, instance],
            capture_output=True,
            text=True,
            timeout=WALL * MOST_S,
            check=False,
        )
    except (subprocess.SubprocessError, OSError) as error:
        return {"stopped": f"{type(error).__name__}: {error}"[:200]}
    if done.returncode < 0:
        return {"stopped": f"more than {MOST_S} CPU seconds, or out of memory (signal {-done.returncode})"}
    if "MemoryError" in done.stderr:
        return {"stopped": f"more than {MOST_GIB} GiB of memory"}
    if done.returncode or not done.stdout.strip():
        return {"stopped": (done.stderr.strip().splitlines() or ["no answer"])[-1][:200]}
    found = json.loads(done.stdout)
    cpu = statistics.median(found["seconds"])
    if cpu > MOST_S:
        return {"stopped": f"more than {MOST_S} CPU seconds"}
    return {
        "cpu_s": cpu,
        "pairs": found["pairs"],
        "points": found["points"],
        "repeats": len(found["seconds"]),
    }


def ours(columns: Columns, market: Market) -> dict[str, Any]:
    """Our own median CPU seconds: from points where all pairs are held, else from people, scored anew."""
    small = columns.newcomers * columns.mentors <= LARGE
    act = partial(_small, market) if small else partial(_large, columns)
    act()
    runs = [timed(act) for _ in range(REPEATS)]
    cpu = statistics.median(seconds for _, seconds in runs)
    found: dict[str, Any] = runs[0][0]
    return {"ours_cpu_s": cpu, "ours_from": "points" if small else "people", **found}


def _small(market: Market) -> dict[str, int]:
    graph = Graph(market.capacity, market.start, market.mentor, market.points)
    repair = Repair(graph, big_for(MOST_POINTS, graph.newcomers), plain=not can_compile())
    repair.place_all(np.flatnonzero(np.diff(graph.start)))
    repair.lowest_prices()
    arc = np.asarray(repair.state.match, dtype=np.int64)
    pairs, points = len(arc[arc >= 0]), int(graph.worth[arc[arc >= 0]].sum())
    bound = int(repair.gains().sum()) + int((repair.prices() * graph.capacity).sum())
    return {"ours_pairs": pairs, "ours_points": points, "ours_gap": bound - pairs * repair.big - points}


def _large(columns: Columns) -> dict[str, int]:
    best = best_of_columns(columns, Watch(None, None, None))
    pairs, points = int((best.mentor >= 0).sum()), int(best.points.sum())
    return {"ours_pairs": pairs, "ours_points": points, "ours_gap": best.optimum.gap}


def compare(newcomers: int, mentors: int, seed: int, names: Iterable[str]) -> dict[str, Any]:
    """Everything that the command prints."""
    columns = population(newcomers, mentors, SCARCE, seed)
    market = market_of_columns(columns, fair_top=MOST_POINTS)
    found = ours(columns, market)
    data = {
        "newcomers": newcomers,
        "capacity": market.capacity.tolist(),
        "start": market.start.tolist(),
        "mentor": market.mentor.tolist(),
        "points": market.points.tolist(),
    }
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder) / "instance.pickle"
        instance.write_bytes(pickle.dumps(data))
        peers = {}
        for name in names:
            print(f"{name} …", file=sys.stderr)
            peers[name] = peer(name, instance)
    floor = max(found["ours_cpu_s"], 1e-6)
    ratios = {name: round(each["cpu_s"] / floor, 1) for name, each in peers.items() if "cpu_s" in each}
    size = {"newcomers": newcomers, "mentors": mentors, "seed": seed, "feasible_pairs": len(market.points)}
    return size | found | {"peers": peers, "ratios": ratios, "machine": machine()}


def main() -> None:
    """The command."""
    parser = arguments("The same people through other packages, side by side.")
    parser.add_argument("--only", action="append", choices=list(PEERS), help="this peer (may be repeated)")
    chosen = parser.parse_args()
    check(parser, chosen)
    if chosen.newcomers * chosen.mentors > MOST_PAIRS:
        parser.error(f"the peers hold all pairs: --newcomers times --mentors must be at most {MOST_PAIRS:,}")
    print(json.dumps(compare(chosen.newcomers, chosen.mentors, chosen.seed, chosen.only or PEERS)))


if __name__ == "__main__":
    main()
