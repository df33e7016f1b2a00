"""Independent ways to the best plan: brute force, NetworkX, scipy. Each gives (pairs, worth)."""

from itertools import product

import networkx as nx
import numpy as np
from scipy.optimize import linear_sum_assignment

BIG = 10**6
"""Enough for the handfuls of people here: 12,000 points times 80 newcomers."""


def brute_force(newcomers, capacity, worth):
    best = (0, 0)
    options = [[None, *(m for m in capacity if (n, m) in worth)] for n in newcomers]
    for plan in product(*options):
        if all(plan.count(m) <= places for m, places in capacity.items()):
            pairs = [(n, m) for n, m in zip(newcomers, plan, strict=True) if m is not None]
            best = max(best, (len(pairs), sum(worth[pair] for pair in pairs)))
    return best


def network_simplex(newcomers, capacity, worth):
    graph = nx.DiGraph()
    graph.add_node("from", demand=-len(newcomers))
    graph.add_node("to", demand=len(newcomers))
    for n in newcomers:
        graph.add_edge("from", ("n", n), capacity=1, weight=0)
        graph.add_edge(("n", n), "to", capacity=1, weight=0)
    for m, places in capacity.items():
        graph.add_edge(("m", m), "to", capacity=places, weight=0)
    for (n, m), value in worth.items():
        graph.add_edge(("n", n), ("m", m), capacity=1, weight=-(BIG + value))
    cost, _ = nx.network_simplex(graph)
    return -cost // BIG, -cost % BIG


def max_weight_matching(newcomers, capacity, worth):
    graph = nx.Graph()
    for (n, m), value in worth.items():
        for place in range(capacity[m]):
            graph.add_edge(("n", n), ("m", m, place), weight=BIG + value)
    pairs = nx.max_weight_matching(graph)
    total = sum(graph.edges[pair]["weight"] for pair in pairs)
    return total // BIG, total % BIG


def scipy_assignment(newcomers, capacity, worth):
    places = [m for m, many in capacity.items() for _ in range(many)]
    table = np.zeros((len(newcomers), len(places)), dtype=np.int64)
    for row, n in enumerate(newcomers):
        for column, m in enumerate(places):
            table[row, column] = BIG + worth[n, m] if (n, m) in worth else 0
    rows, columns = linear_sum_assignment(table, maximize=True)
    total = int(table[rows, columns].sum())
    return total // BIG, total % BIG
