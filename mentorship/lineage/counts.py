"""What can be counted over everyone: for the installation as a whole, never of one person."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import networkx as nx

from mentorship.lineage.graph import Graph, Standing


@dataclass(frozen=True, slots=True)
class Counts:
    """The whole graph in numbers.

    Attributes
    ----------
    people, ties, agreed
        Everyone, every pair of helper and helped, and the ties with which both agreed.
    here
        People who still take part, named or not.
    helpers, helped, helped_by_several
        People who helped someone, whom someone helped, whom more than one person helped.
    firsts
        People who helped, and whom nobody is known to have helped.
    circles, in_circles
        Groups whose members all trace their start through each other, and the people in them.
    groups, largest
        Sets of people connected at all, ties read both ways, and the size of the largest.
    """

    people: int
    ties: int
    agreed: int
    here: int
    helpers: int
    helped: int
    helped_by_several: int
    firsts: int
    circles: int
    in_circles: int
    groups: int
    largest: int

    def as_values(self) -> dict[str, int]:
        """The same as a dict."""
        return asdict(self)


def counts(graph: Graph) -> Counts:
    """Count the graph of `lineage_graph`, in one pass over people, one over ties, and two searches."""
    standings = [standing for _, standing in graph.nodes(data="standing")]
    helped = [len(graph.pred[person]) for person in graph]
    helpers = [len(graph.succ[person]) > 0 for person in graph]
    circles = [len(group) for group in nx.strongly_connected_components(graph) if len(group) > 1]
    groups = [len(group) for group in nx.weakly_connected_components(graph)]
    return Counts(
        people=len(standings),
        ties=graph.number_of_edges(),
        agreed=sum(1 for _, _, agreed in graph.edges(data="agreed") if agreed),
        here=sum(1 for standing in standings if standing is not Standing.LEFT),
        helpers=sum(helpers),
        helped=sum(1 for by in helped if by),
        helped_by_several=sum(1 for by in helped if by > 1),
        firsts=sum(1 for by, helps in zip(helped, helpers, strict=True) if helps and not by),
        circles=len(circles),
        in_circles=sum(circles),
        groups=len(groups),
        largest=max(groups, default=0),
    )
