"""Who helped whom, as a graph: pure functions over networkx and numpy; no web, no database, nobody's name."""

from mentorship.lineage.cells import Cell, cells
from mentorship.lineage.columns import HELPED, HELPER, Lineage, lineage
from mentorship.lineage.counts import Counts, counts
from mentorship.lineage.graph import Standing, Tie, lineage_graph
from mentorship.lineage.view import UP, Generation, View, ties_among, view

__all__ = [
    "HELPED",
    "HELPER",
    "UP",
    "Cell",
    "Counts",
    "Generation",
    "Lineage",
    "Standing",
    "Tie",
    "View",
    "cells",
    "counts",
    "lineage",
    "lineage_graph",
    "ties_among",
    "view",
]
