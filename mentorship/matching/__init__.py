"""The matching core: people in, an optimal and certified plan out, with its reasons.

A library of its own: it needs numpy and networkx, and nothing of the web or of a database. Nothing is
imported until a name is used, so that ``import mentorship.matching`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mentorship.matching.deferred import stable_pairs
    from mentorship.matching.eligibility import eligible
    from mentorship.matching.engine import Engine
    from mentorship.matching.errors import (
        BadFile,
        BadOptions,
        BadPeople,
        Cancelled,
        ImpossibleChoice,
        MatchingError,
        NotProved,
        UnknownPerson,
    )
    from mentorship.matching.explain import (
        Difference,
        Move,
        WhyNot,
        diff,
        displaced,
        recompute,
        second_choices,
        what_if,
        why_not,
    )
    from mentorship.matching.gaps import (
        Circle,
        Gap,
        Shortage,
        WhyAlone,
        circles,
        gap_map,
        shortages,
        why_alone,
    )
    from mentorship.matching.index import MentorIndex
    from mentorship.matching.matchmaking import match
    from mentorship.matching.people import Choices, Mentor, Newcomer, Options, People, Shares, Steady
    from mentorship.matching.plan import Alone, Certificate, Cost, Pair, Plan
    from mentorship.matching.scoring import Item, Reasons, Term, points, reasons
    from mentorship.matching.suggestions import Suggestion, suggest
    from mentorship.matching.watch import Progress

_PLACES = {
    "deferred": ("stable_pairs",),
    "eligibility": ("eligible",),
    "engine": ("Engine",),
    "errors": (
        "BadFile",
        "BadOptions",
        "BadPeople",
        "Cancelled",
        "ImpossibleChoice",
        "MatchingError",
        "NotProved",
        "UnknownPerson",
    ),
    "explain": (
        "Difference",
        "Move",
        "WhyNot",
        "diff",
        "displaced",
        "recompute",
        "second_choices",
        "what_if",
        "why_not",
    ),
    "index": ("MentorIndex",),
    "matchmaking": ("match",),
    "people": ("Choices", "Mentor", "Newcomer", "Options", "People", "Shares", "Steady"),
    "plan": ("Alone", "Certificate", "Cost", "Pair", "Plan"),
    "scoring": ("Item", "Reasons", "Term", "points", "reasons"),
    "gaps": (
        "Circle",
        "Gap",
        "Shortage",
        "WhyAlone",
        "circles",
        "gap_map",
        "shortages",
        "why_alone",
    ),
    "suggestions": ("Suggestion", "suggest"),
    "watch": ("Progress",),
}
_PLACE_OF = {name: place for place, names in _PLACES.items() for name in names}

__all__ = [
    "Alone",
    "BadFile",
    "BadOptions",
    "BadPeople",
    "Cancelled",
    "Certificate",
    "Choices",
    "Circle",
    "Cost",
    "Difference",
    "Engine",
    "Gap",
    "ImpossibleChoice",
    "Item",
    "MatchingError",
    "Mentor",
    "MentorIndex",
    "Move",
    "Newcomer",
    "NotProved",
    "Options",
    "Pair",
    "People",
    "Plan",
    "Progress",
    "Reasons",
    "Shares",
    "Shortage",
    "Steady",
    "Suggestion",
    "Term",
    "UnknownPerson",
    "WhyAlone",
    "WhyNot",
    "circles",
    "diff",
    "displaced",
    "eligible",
    "gap_map",
    "match",
    "points",
    "reasons",
    "recompute",
    "second_choices",
    "shortages",
    "stable_pairs",
    "suggest",
    "what_if",
    "why_alone",
    "why_not",
]


def __getattr__(name: str) -> Any:
    if name not in _PLACE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_PLACE_OF[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
