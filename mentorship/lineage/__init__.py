"""Who helped whom, as a graph: pure functions over networkx; no web, no database, nobody's name."""

from mentorship.lineage.cells import Cell, cells
from mentorship.lineage.counts import Counts, counts
from mentorship.lineage.graph import Standing, Tie, lineage_graph
from mentorship.lineage.view import Generation, View, view

__all__ = [
    "Cell",
    "Counts",
    "Generation",
    "Standing",
    "Tie",
    "View",
    "cells",
    "counts",
    "lineage_graph",
    "view",
]
