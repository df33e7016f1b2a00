"""The numbers of a lineage once more, by networkx alone: nothing here calls the code it checks."""

from __future__ import annotations

from typing import Any

import networkx as nx

LEFT, HERE = "left", "here"


def plain_graph(ties: list[tuple[int, int, bool]], standings: dict[int, str]) -> Any:
    """Every tie once, agreed where any of its lines is."""
    graph = nx.DiGraph()
    graph.add_nodes_from(standings)
    graph.add_edges_from((helper, helped) for helper, helped, _ in ties)
    agreed = {(helper, helped) for helper, helped, both in ties if both}
    nx.set_edge_attributes(graph, {edge: edge in agreed for edge in graph.edges}, "agreed")
    nx.set_node_attributes(graph, {person: standings.get(person, LEFT) for person in graph}, "standing")
    return graph


def global_counts(graph: Any) -> dict[str, int]:
    """What `mentorship.lineage.counts` says, by degrees, the condensation, and an undirected copy."""
    rings = nx.condensation(graph, scc=nx.kosaraju_strongly_connected_components(graph))
    sizes = [len(members) for _, members in rings.nodes(data="members")]
    joined = [len(group) for group in nx.connected_components(graph.to_undirected(as_view=True))]
    by, to = dict(graph.in_degree()), dict(graph.out_degree())
    return {
        "people": graph.order(),
        "ties": graph.size(),
        "agreed": len([1 for _, _, data in graph.edges(data=True) if data["agreed"]]),
        "here": len([1 for _, data in graph.nodes(data=True) if data["standing"] != LEFT]),
        "helpers": len([1 for person in graph if to[person] > 0]),
        "helped": len([1 for person in graph if by[person] > 0]),
        "helped_by_several": len([1 for person in graph if by[person] > 1]),
        "firsts": len([1 for person in graph if to[person] > 0 and by[person] == 0]),
        "circles": len([1 for size in sizes if size > 1]),
        "in_circles": sum(size for size in sizes if size > 1),
        "groups": len(joined),
        "largest": max(joined, default=0),
    }


def agreed_among_here(graph: Any) -> Any:
    """The ties both agreed to, among people who are here: what names can be reached by, once for everyone."""
    stay = [each for each, standing in graph.nodes(data="standing") if standing == HERE]
    ties = [(one, other) for one, other, both in graph.subgraph(stay).edges(data="agreed") if both]
    found = nx.DiGraph(ties)
    found.add_nodes_from(stay)
    return found


def numbers_of(graph: Any, person: int, agreed: Any = None) -> dict[str, Any]:
    """Everything one person's page counts, by shortest paths in the graph and in the graph of agreed ties.

    `agreed` is `agreed_among_here(graph)`; whoever is not in it herself looks at it all the same.
    """
    agreed = agreed_among_here(graph) if agreed is None else agreed
    down = nx.single_source_shortest_path_length(graph, person)
    up = nx.single_source_shortest_path_length(graph.reverse(copy=False), person, cutoff=2)
    helped = [other for other in graph.successors(person) if graph.edges[person, other]["agreed"]]
    helpers = [other for other in graph.predecessors(person) if graph.edges[other, person]["agreed"]]
    below = {end for one in helped if one in agreed for end in (one, *nx.descendants(agreed, one))} - {person}
    near = {one for one in helpers if one in agreed}
    above = (near | {end for one in near for end in agreed.predecessors(one)}) - {person}
    others = [each for each in down if each != person and each not in below]
    here = len([each for each in others if graph.nodes[each]["standing"] != LEFT])
    left = len(others) - here
    return {
        "down": _by_distance(down, below),
        "up": _by_distance(up, above),
        "others_here": here if here >= 5 and left >= 5 else None,
        "total": len(below) + (len(others) if len(others) >= 5 else 0),
    }


def _by_distance(distances: dict[int, int], named: set[int]) -> list[tuple[list[int], int]]:
    """Of each distance: the named, and the number of others."""
    found = []
    for distance in range(1, max(distances.values()) + 1):
        people = [each for each, far in distances.items() if far == distance]
        found.append((sorted(set(people) & named), len([each for each in people if each not in named])))
    return found
