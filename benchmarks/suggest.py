"""One newcomer after another among many mentors: milliseconds for the three best, as one JSON object.

python -m benchmarks.suggest --newcomers 1000 --mentors 100000 --seed 1 --json
"""

from __future__ import annotations

import json
import time
from typing import Any

import numpy as np

from benchmarks.machine import machine
from benchmarks.population import SCARCE, population
from benchmarks.rounds import arguments, check
from mentorship.matching import Mentor, MentorIndex, Newcomer
from mentorship.matching.columns import Columns, Rows

TIMES = 5
"""How often each newcomer asks; her median counts, so that p99 speaks of newcomers, not of the machine."""


def hours_of(bits: Any) -> frozenset[int]:
    """The hours of the week that are set."""
    words = [int(word) for word in bits]
    return frozenset(hour for hour in range(168) if words[hour // 64] >> (hour % 64) & 1)


def row_of(rows: Rows, number: int) -> dict[str, int]:
    """One row with the numbers of the things as their names."""
    cut = slice(int(rows.start[number]), int(rows.start[number + 1]))
    return {str(item): int(amount) for item, amount in zip(rows.item[cut], rows.amount[cut], strict=True)}


def newcomer_of(columns: Columns, number: int) -> Newcomer:
    """A newcomer of the columns as a value; what she asks for counts as topics of weight 1 to 3."""
    asked = {item: 1 + part % 3 for item, part in row_of(columns.parts, number).items()}
    languages = row_of(columns.newcomer_languages, number)
    hours = hours_of(columns.newcomer_hours[number])
    return Newcomer(f"n{number}", languages, topics=asked, when=hours)


def mentor_of(columns: Columns, number: int) -> Mentor:
    """A mentor of the columns as a value; what she helps with counts as topics."""
    languages, ahead = row_of(columns.mentor_languages, number), row_of(columns.ahead, number)
    hours, places = hours_of(columns.mentor_hours[number]), int(columns.places[number])
    return Mentor(f"m{number}", languages, topics=ahead, when=hours, places=places)


def timed(index: MentorIndex, newcomer: Newcomer) -> tuple[float, float]:
    """Milliseconds of one answer: on the clock, and of this thread's CPU."""
    began, spent = time.perf_counter(), time.thread_time()
    index.best(newcomer)
    return (time.perf_counter() - began) * 1000, (time.thread_time() - spent) * 1000


def measure(newcomers: int, mentors: int, seed: int) -> dict[str, Any]:
    """Everything that the command prints."""
    columns = population(newcomers, mentors, SCARCE, seed)
    everyone = [mentor_of(columns, number) for number in range(mentors)]
    began = time.perf_counter()
    index = MentorIndex(everyone)
    built = time.perf_counter() - began
    asking = [newcomer_of(columns, number) for number in range(newcomers)]
    index.best(asking[0])  # kernels are loaded, or compiled, once
    wall, cpu = np.median([[timed(index, newcomer) for newcomer in asking] for _ in range(TIMES)], axis=0).T
    return {
        "newcomers": newcomers,
        "mentors": mentors,
        "times": TIMES,
        "p50_ms": round(float(np.percentile(wall, 50)), 3),
        "p99_ms": round(float(np.percentile(wall, 99)), 3),
        "cpu_p50_ms": round(float(np.percentile(cpu, 50)), 3),
        "cpu_p99_ms": round(float(np.percentile(cpu, 99)), 3),
        "index_s": round(built, 2),
        "machine": machine(),
    }


def main() -> None:
    """The command."""
    parser = arguments("The three best mentors for one newcomer after another.")
    chosen = parser.parse_args()
    check(parser, chosen)
    print(json.dumps(measure(chosen.newcomers, chosen.mentors, chosen.seed)))


if __name__ == "__main__":
    main()
