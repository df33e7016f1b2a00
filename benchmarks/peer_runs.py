"""One peer on one instance, in the peer's own environment: standard library and that peer only.

    PYTHON peer_runs.py NAME INSTANCE

INSTANCE is a pickle of lists (newcomers, capacity, start, mentor, points). Prints one JSON object with the
CPU seconds of each repeat, the pairs and the points; from points to plan, without imports and warm-up.
"""

from __future__ import annotations

import json
import pickle
import resource
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

REPEATS, ENOUGH_S, MOST_S = 5, 40, 120
MOST_GIB = 10
BIG = 20_011
TICKS_S = 0.1
Plan = list[tuple[int, int]]


def mentor_match(data: dict[str, Any]) -> Plan:
    """Munkres, one pass for every place of the mentor with the most (the documented way to more than one)."""
    from matching.mentee import Mentee  # type: ignore[import-not-found]  # lives in the peer's environment
    from matching.mentor import Mentor  # type: ignore[import-not-found]  # as above
    from matching.process import process_data  # type: ignore[import-not-found]  # as above
    from matching.rules.rule import Disqualify  # type: ignore[import-not-found]  # as above

    points = pairs_of(data)

    class Points:
        def apply(self, match: Any) -> int:
            return points.get((match.mentee.number, match.mentor.number), 0)

        def evaluate(self, match: Any) -> bool:
            return match is not None

    def impossible(match: Any) -> bool:
        known = (match.mentee.number, match.mentor.number) in points
        full = len(match.mentor.mentees) >= data["capacity"][match.mentor.number]
        return not known or full or len(match.mentee.mentors) > 0

    people = []
    for kind, many in ((Mentor, len(data["capacity"])), (Mentee, data["newcomers"])):
        people.append([kind(grade=1, email=f"{kind.__name__}{number}") for number in range(many)])
        for number, person in enumerate(people[-1]):
            person.number = number
    mentors, mentees = people
    process_data(mentors, mentees, [[Points(), Disqualify(impossible)] for _ in range(max(data["capacity"]))])
    return [(mentee.number, mentee.mentors[0].number) for mentee in mentees if mentee.mentors]


def mentormatch(data: dict[str, Any]) -> Plan:
    """Deferred acceptance through its `Matcher`, with our pairs and their points as the order."""
    from mentormatch.api.applicant import Mentee, Mentor  # type: ignore[import-not-found]  # the peer's own
    from mentormatch.api.matcher.matcher import Matcher  # type: ignore[import-not-found]  # as above
    from mentormatch.api.pair.pair import Pair  # type: ignore[import-not-found]  # as above
    from mentormatch.utils import PairType  # type: ignore[import-not-found]  # as above

    class Sorter:
        def get_better_pair(self, one: Any, other: Any) -> Any:
            return one if (one.points, id(one)) >= (other.points, id(other)) else other

        def set_initializing_sort(self) -> None:
            """The same order before and while matching."""

        set_matching_sort = set_initializing_sort

    sorter = Sorter()
    said = {
        "skills": (),
        "function": "",
        "last_name": "",
        "first_name": "",
        "position_level": 0,
        "years_total": 0,
    }
    said |= {"location": "", "gender": "", "preferred_functions": (), "preferred_wwids": (), "favor": 0}
    said |= {f"preference_{kind}": () for kind in ("yes", "no", "maybe")}
    mentors = [
        Mentor({**said, "wwid": number, "max_mentee_count": places}, sorter)
        for number, places in enumerate(data["capacity"])
    ]
    mentees = [Mentee({**said, "wwid": number}, sorter) for number in range(data["newcomers"])]

    class Initializer:
        def get_potential_pairs(self, mentee: Any) -> list[Any]:
            found = []
            for arc in range(data["start"][mentee.wwid], data["start"][mentee.wwid + 1]):
                pair = Pair(mentors[data["mentor"][arc]], mentee, PairType.PREFERRED, sorter)
                pair.points = data["points"][arc]
                found.append(pair)
            return found

    Matcher([m for m in mentors if m.is_available], mentees, Initializer(), sorter).execute()
    return [(mentee.wwid, pair.mentor.wwid) for mentee in mentees for pair in mentee.yield_pairs]


def network_simplex(data: dict[str, Any]) -> Plan:
    """NetworkX's minimum-cost flow."""
    import networkx as nx

    graph = nx.DiGraph()
    graph.add_node("sink", demand=data["newcomers"])
    for n in range(data["newcomers"]):
        graph.add_node(("n", n), demand=-1)
        graph.add_edge(("n", n), "sink", capacity=1, weight=BIG)
    for m, places in enumerate(data["capacity"]):
        graph.add_edge(("m", m), "sink", capacity=places, weight=0)
    for (n, m), points in pairs_of(data).items():
        graph.add_edge(("n", n), ("m", m), capacity=1, weight=-points)
    _, flow = nx.network_simplex(graph)
    return [
        (n, m[1]) for n in range(data["newcomers"]) for m, one in flow["n", n].items() if one and m != "sink"
    ]


def max_weight_matching(data: dict[str, Any]) -> Plan:
    """NetworkX's weighted matching, with one node for every place."""
    import networkx as nx

    graph = nx.Graph()
    for (n, m), points in pairs_of(data).items():
        for place in range(data["capacity"][m]):
            graph.add_edge((0, n), (1, m, place), weight=BIG + points)
    pairs = (sorted(pair) for pair in nx.max_weight_matching(graph))
    return [(newcomer[1], place[1]) for newcomer, place in pairs]


def linear_sum_assignment(data: dict[str, Any]) -> Plan:
    """scipy's dense assignment, with one column for every place."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment as solve

    places = np.repeat(np.arange(len(data["capacity"])), data["capacity"])
    table = np.zeros((data["newcomers"], len(data["capacity"])))
    owner = np.repeat(np.arange(data["newcomers"]), np.diff(data["start"]))
    table[owner, data["mentor"]] = BIG + np.asarray(data["points"])
    rows, columns = solve(table[:, places], maximize=True)
    return [(n, m) for n, m in zip(rows.tolist(), places[columns].tolist(), strict=True) if table[n, m]]


def min_cost_flow(data: dict[str, Any]) -> Plan:
    """OR-Tools' minimum-cost flow on all pairs, its arcs given as arrays."""
    import numpy as np
    from ortools.graph.python import min_cost_flow as flow

    newcomers, mentors, arcs = data["newcomers"], len(data["capacity"]), len(data["mentor"])
    owner = np.repeat(np.arange(newcomers, dtype=np.int32), np.diff(data["start"]))
    mentor, sink = np.asarray(data["mentor"], dtype=np.int32), newcomers + mentors
    solver, everyone = flow.SimpleMinCostFlow(), np.arange(newcomers, dtype=np.int32)
    add, ones = solver.add_arcs_with_capacity_and_unit_cost, np.ones(newcomers, dtype=np.int64)
    add(
        owner,
        mentor + np.int32(newcomers),
        np.ones(arcs, dtype=np.int64),
        -np.asarray(data["points"], dtype=np.int64),
    )
    add(everyone, np.full(newcomers, sink, dtype=np.int32), ones, BIG * ones)
    to_sink = np.arange(newcomers, sink, dtype=np.int32)
    add(
        to_sink,
        np.full(mentors, sink, dtype=np.int32),
        np.asarray(data["capacity"]),
        np.zeros(mentors, dtype=np.int64),
    )
    solver.set_nodes_supplies(everyone, ones)
    solver.set_node_supply(sink, -newcomers)
    solver.solve()
    used = np.flatnonzero(solver.flows(np.arange(arcs, dtype=np.int32)))
    return list(zip(owner[used].tolist(), mentor[used].tolist(), strict=True))


PEERS: dict[str, Callable[[dict[str, Any]], Plan]] = {
    "mentor-match": mentor_match,
    "mentormatch": mentormatch,
    "networkx network_simplex": network_simplex,
    "networkx max_weight_matching": max_weight_matching,
    "scipy": linear_sum_assignment,
    "ortools": min_cost_flow,
}


def pairs_of(data: dict[str, Any]) -> dict[tuple[int, int], int]:
    """(newcomer, mentor) → points."""
    found = {}
    for n in range(data["newcomers"]):
        for arc in range(data["start"][n], data["start"][n + 1]):
            found[n, data["mentor"][arc]] = data["points"][arc]
    return found


def tiny() -> dict[str, Any]:
    """An instance to warm up with."""
    return {"newcomers": 2, "capacity": [1, 1], "start": [0, 2, 3], "mentor": [0, 1, 0], "points": [5, 4, 3]}


def timed(act: Callable[[], Any]) -> tuple[Any, float]:
    """What an act gives, and its CPU seconds; short ones many times over, since the clock ticks coarsely."""
    began, times = time.process_time(), 0
    while times == 0 or time.process_time() - began < TICKS_S:
        found = act()
        times += 1
    return found, (time.process_time() - began) / times


def run(name: str, path: Path) -> None:
    """Measure and print."""
    data = pickle.loads(path.read_bytes())  # noqa: S301  # written by benchmarks.peers a moment ago
    PEERS[name](tiny())
    seconds: list[float] = []
    while len(seconds) < REPEATS and sum(seconds) < ENOUGH_S:
        plan, cpu = timed(lambda: PEERS[name](data))
        seconds.append(cpu)
    points = pairs_of(data)
    print(json.dumps({"seconds": seconds, "pairs": len(plan), "points": sum(points[pair] for pair in plan)}))


if __name__ == "__main__":
    limit = (MOST_S + 15, MOST_S + 20)
    resource.setrlimit(resource.RLIMIT_CPU, limit)
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_GIB * 2**30, MOST_GIB * 2**30))
    threading.stack_size(512 * 2**20)
    sys.setrecursionlimit(10**6)
    worker = threading.Thread(target=run, args=(sys.argv[1], Path(sys.argv[2])))
    worker.start()
    worker.join()
