"""The graph: an edge from whoever helped to whoever was helped; people are numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any, NamedTuple

import networkx as nx

Graph = Any
"""A `networkx.DiGraph` made by `lineage_graph` (networkx has no types of its own)."""


class Standing(Enum):
    """How a person of the graph stands.

    HERE may be named where both agreed; UNNAMED still takes part, but stands only as a shape; LEFT has
    erased the account, was suspended, or says that she takes part no more.
    """

    HERE = "here"
    UNNAMED = "unnamed"
    LEFT = "left"


class Tie(NamedTuple):
    """`helper` helped `helped`; `agreed` when both let their names stand."""

    helper: int
    helped: int
    agreed: bool = False


def lineage_graph(ties: Iterable[Tie], standings: Mapping[int, Standing]) -> Graph:
    """The graph of these ties.

    Parameters
    ----------
    ties
        In any order; one pair may come twice (help, and a mentorship), and is agreed if one of the two is.
        Circles are fine. A tie of someone with herself is refused.
    standings
        How each person stands; whoever is missing has left.

    Returns
    -------
    networkx.DiGraph
        Edges carry `agreed`, nodes carry `standing`; people of `standings` without a tie are in it too.

    Raises
    ------
    ValueError
        Somebody is said to have helped herself.

    Examples
    --------
    >>> graph = lineage_graph([Tie(1, 2), Tie(1, 2, agreed=True)], {1: Standing.HERE})
    >>> graph.edges[1, 2]["agreed"], graph.nodes[2]["standing"]
    (True, <Standing.LEFT: 'left'>)
    """
    agreed: dict[tuple[int, int], bool] = {}
    for helper, helped, both in ties:
        if helper == helped:
            raise ValueError(f"person {helper} cannot have helped herself")
        agreed[helper, helped] = both or agreed.get((helper, helped), False)
    graph = nx.DiGraph()
    graph.add_nodes_from((person, {"standing": standing}) for person, standing in standings.items())
    graph.add_edges_from((*pair, {"agreed": both}) for pair, both in agreed.items())
    for _, facts in graph.nodes(data=True):
        facts.setdefault("standing", Standing.LEFT)
    return graph
