"""Who helped whom at size: the graph in memory, one person's page out of a database, and the oracle.

python -m benchmarks.lineage --people 100000 --helps 300000 --seed 1 --json
Pages are read from SQLite, or from the empty database of ``--database postgresql+psycopg://…``.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import insert
from sqlalchemy.orm import Session

from benchmarks.lineage_oracle import agreed_among_here, global_counts, numbers_of, plain_graph
from benchmarks.machine import machine
from mentorship.lineage import (
    HELPED,
    HELPER,
    Lineage,
    Standing,
    Tie,
    View,
    counts,
    lineage,
    lineage_graph,
    view,
)
from mentorship.services.lineage import lineage_of
from mentorship.store.base import new_public_id
from mentorship.store.engine import open_engine
from mentorship.store.help import Help
from mentorship.store.migrate import upgrade
from mentorship.store.people import Person, PersonStatus

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LOOKED_AT = 200
MOST_PEOPLE, MOST_HELPS = 1_000_000, 3_000_000
HERE, LEFT = 0.85, 0.07
AGREED = 0.4
CIRCLES = 0.01
AT_ONCE = 20_000

Row = tuple[int, int, bool]


def community(people: int, helps: int, seed: int) -> tuple[list[Row], dict[int, Standing]]:
    """Made-up help: mostly from who came earlier and has helped before, a hundredth back up (circles).

    Most people have several helpers, some none; of all people some have erased their accounts. Nobody
    helped herself, and no pair comes twice.
    """
    chance = np.random.default_rng(seed)
    helped = chance.integers(2, people + 1, size=2 * helps)
    share = chance.beta(0.6, 2.0, size=2 * helps)  # few help many: those of the first days
    helper = 1 + np.floor(share * (helped - 1)).astype(np.int64)
    back = chance.random(2 * helps) < CIRCLES
    helper, helped = np.where(back, helped, helper), np.where(back, helper, helped)
    _, first = np.unique(helper * (people + 1) + helped, return_index=True)
    kept = np.sort(first)[:helps]
    agreed = chance.random(len(kept)) < AGREED
    ties = list(zip(helper[kept].tolist(), helped[kept].tolist(), agreed.tolist(), strict=True))
    draws = chance.random(people)
    kinds = np.where(draws < HERE, 0, np.where(draws < HERE + LEFT, 1, 2)).tolist()
    order = (Standing.HERE, Standing.LEFT, Standing.UNNAMED)
    return ties, {person: order[kind] for person, kind in enumerate(kinds, start=1)}


def measure(people: int, helps: int, seed: int, database: str = "") -> dict[str, Any]:
    """Everything that the command prints."""
    ties, standings = community(people, helps, seed)
    graph, build_s = timed(lambda: lineage_graph(map(Tie._make, ties), standings))
    whole, count_s = timed(lambda: counts(graph))
    peak_gib = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 3)
    looked_at = np.random.default_rng(seed + 1).choice(people, min(LOOKED_AT, people), replace=False) + 1
    persons = [1, *sorted({int(each) for each in looked_at} - {1})][:LOOKED_AT]
    columns, columns_s = timed(lambda: in_columns(ties, standings))
    in_memory = [timed(lambda person=person: view(columns, person))[1] for person in persons]
    with tempfile.TemporaryDirectory() as folder:
        url = database or f"sqlite:///{Path(folder) / 'lineage.sqlite'}"
        pages = from_a_database(url, columns, ties, standings, persons)
    plain, oracle_s = timed(
        lambda: plain_graph(ties, {each: standing.value for each, standing in standings.items()})
    )
    agreed = agreed_among_here(plain)
    agrees = pages["same"] and whole.as_values() == global_counts(plain)
    agrees = agrees and all(
        seen_by(view(columns, person)) == numbers_of(plain, person, agreed) for person in persons
    )
    return {
        "people": people,
        "helps": len(ties),
        "seed": seed,
        "build_s": build_s,
        "counts_s": count_s,
        "columns_s": columns_s,
        "one_person_in_memory_ms": spread(in_memory),
        "one_page_from_database_ms": spread(pages["seconds"]),
        "one_page_from_database_cpu_ms": spread(pages["cpu"]),
        "largest_page_people": pages["largest"],
        "largest_page_mib": pages["mib"],
        "peak_gib": peak_gib,
        "counts": whole.as_values(),
        "people_checked": len(persons),
        "agrees_with_oracle": agrees,
        "oracle_graph_s": oracle_s,
        "machine": machine(),
    }


def in_columns(ties: list[Row], standings: dict[int, Standing]) -> Lineage:
    """The same community as the service reads it."""
    packed = [helper * HELPER + helped * HELPED + agreed for helper, helped, agreed in ties]
    kinds = (Standing.UNNAMED, Standing.LEFT)
    unnamed, left = ([each for each, how in standings.items() if how is kind] for kind in kinds)
    return lineage(packed, unnamed=unnamed, left=left, of=standings)


def seen_by(seen: View) -> dict[str, Any]:
    """The numbers of a person's page, in the form in which the oracle says them."""
    return {
        "down": [(list(each.named), each.others) for each in seen.down],
        "up": [(list(each.named), each.others) for each in seen.up],
        "others_here": seen.others_here,
        "total": seen.total,
    }


def from_a_database(
    url: str, columns: Lineage, ties: list[Row], standings: dict[int, Standing], persons: list[int]
) -> dict[str, Any]:
    """Seconds of each page as the service makes it, whether all are as in memory, the size of the largest."""
    engine = open_engine(url)
    upgrade(engine)
    seconds, cpu, sizes, same = [], [], {}, True
    with Session(engine) as session:
        fill(session, ties, standings)
        for number in persons:
            person = session.get_one(Person, number)
            before = time.process_time()
            page, took = timed(lambda person=person: lineage_of(session, person))
            cpu.append(time.process_time() - before)
            seconds.append(took)
            seen = view(columns, number)
            sizes[number] = sum(len(each.named) + each.others for each in (*seen.up, *seen.down))
            same = same and page.view == seen
        largest = max(sizes, key=sizes.__getitem__)
        mib = memory_of(lambda: lineage_of(session, session.get_one(Person, largest)))
    engine.dispose()
    return {"seconds": seconds, "cpu": cpu, "largest": sizes[largest], "same": same, "mib": mib}


def memory_of(work: Callable[[], Any]) -> float:
    """The most memory it holds at once, in MiB; slower than without looking."""
    tracemalloc.start()
    work()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return round(most / 2**20, 1)


def fill(session: Session, ties: list[Row], standings: dict[int, Standing]) -> None:
    """People and help as rows."""
    status = {
        Standing.HERE: PersonStatus.ACTIVE,
        Standing.UNNAMED: PersonStatus.HIDDEN,
        Standing.LEFT: PersonStatus.ERASED,
    }
    people = [
        {"id": each, "public_id": new_public_id(), "name": "", "status": status[standing], "adult": True}
        | {"joined_at": NOW, "version": 1}
        for each, standing in standings.items()
    ]
    rows = [
        {"helper_id": helper, "helped_id": helped, "public_id": new_public_id(), "made_at": NOW}
        | {"helped_agreed_at": NOW if agreed else None, "helper_agreed_at": NOW if agreed else None}
        for helper, helped, agreed in ties
    ]
    for table, values in ((Person, people), (Help, rows)):
        for start in range(0, len(values), AT_ONCE):
            session.execute(insert(table), values[start : start + AT_ONCE])
    session.commit()


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What it gives, and the seconds it took."""
    began = time.perf_counter()
    found = work()
    return found, round(time.perf_counter() - began, 4)


def spread(seconds: list[float]) -> dict[str, float]:
    """The middle, the ninety-fifth of a hundred, and the slowest, in milliseconds."""
    ordered = sorted(seconds)
    late = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return {
        "p50": round(statistics.median(ordered) * 1000, 2),
        "p95": round(late * 1000, 2),
        "worst": round(ordered[-1] * 1000, 2),
    }


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Who helped whom, at size.")
    parser.add_argument("--people", type=int, required=True)
    parser.add_argument("--helps", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true", help="one JSON object (there is no other form)")
    parser.add_argument(
        "--database", default="", help="an empty database to read pages from (default: SQLite)"
    )
    chosen = parser.parse_args()
    if not 3 <= chosen.people <= MOST_PEOPLE:
        parser.error(f"--people must be from 3 to {MOST_PEOPLE:,}")
    if not 1 <= chosen.helps <= min(MOST_HELPS, chosen.people * (chosen.people - 1) // 8 or 1):
        parser.error(f"--helps must be from 1 to {MOST_HELPS:,}, and few enough for so many people")
    if chosen.seed < 0:
        parser.error("--seed must be 0 or more")
    print(json.dumps(measure(chosen.people, chosen.helps, chosen.seed, chosen.database)))


if __name__ == "__main__":
    main()
