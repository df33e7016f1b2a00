"""Cold starts: the best plan of a sparse graph from nothing, by OR-Tools where it is installed."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np

from mentorship.matching.graph import Graph, Ints, Repair

LEAST_BIG = 4


def has_flow_solver() -> bool:
    """Whether OR-Tools is installed."""
    return find_spec("ortools") is not None


def solved_cold(graph: Graph, big: int) -> Repair:
    """A graph with its best plan and the lowest prices that prove it.

    Parameters
    ----------
    graph
        The arcs.
    big
        What having a mentor counts.

    Notes
    -----
    The flow solver gets a smaller number for `big`, which costs it less time. Whether its plan is the best
    with the true one is then seen from the prices: if none prove it, the number is raised.
    """
    if has_flow_solver():
        small = LEAST_BIG * (int(graph.worth.max(initial=0)) + 1)
        while True:
            repair = Repair(graph, big, plain=False)
            repair.adopt(flow_plan(graph, small))
            if repair.lowest_prices():
                return repair
            if small >= big:
                break
            small = min(small * 64, big)
    repair = Repair(graph, big)
    repair.place_all(np.flatnonzero(np.diff(graph.start)))
    repair.lowest_prices()
    return repair


def flow_plan(graph: Graph, big: int) -> Ints:
    """Shape (N,): each newcomer's arc in a plan of least cost, −1 for none (minimum-cost flow).

    References: A. V. Goldberg (1997), "An efficient implementation of a scaling minimum-cost flow
    algorithm"; OR-Tools' ``SimpleMinCostFlow``.
    """
    from ortools.graph.python import min_cost_flow

    newcomers, mentors, arcs = graph.newcomers, len(graph.capacity), len(graph.mentor)
    plan = np.full(newcomers, -1, dtype=np.int64)
    if not arcs:
        return plan
    sink = newcomers + mentors
    everyone = np.arange(newcomers, dtype=np.int32)
    some = everyone[np.diff(graph.start) > 0]
    most = int(graph.worth.max())
    solver = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(
        graph.owner.astype(np.int32),
        (graph.mentor + newcomers).astype(np.int32),
        np.ones(arcs, dtype=np.int64),
        (most - graph.worth).astype(np.int64),
    )
    solver.add_arcs_with_capacity_and_unit_cost(
        some,
        np.full(len(some), sink, dtype=np.int32),
        np.ones(len(some), dtype=np.int64),
        np.full(len(some), most + big, dtype=np.int64),
    )
    solver.add_arcs_with_capacity_and_unit_cost(
        np.arange(newcomers, sink, dtype=np.int32),
        np.full(mentors, sink, dtype=np.int32),
        np.minimum(graph.capacity, newcomers).astype(np.int64),
        np.zeros(mentors, dtype=np.int64),
    )
    solver.set_nodes_supplies(some, np.ones(len(some), dtype=np.int64))
    solver.set_node_supply(sink, -len(some))
    if solver.solve() != solver.OPTIMAL:
        raise RuntimeError("the flow solver found no plan, though everyone may stay alone")
    used = np.flatnonzero(solver.flows(np.arange(arcs, dtype=np.int32)))
    plan[graph.owner[used]] = used
    return plan
