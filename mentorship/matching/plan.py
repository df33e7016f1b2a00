"""A plan: who with whom, who stays alone and why, and the proof that no plan is better."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

NOBODY_FEASIBLE = "nobody_feasible"
SHORT_OF_PLACES = "short_of_places"


@dataclass(frozen=True, order=True)
class Pair:
    """A newcomer, her mentor and the points of the pair."""

    newcomer: str
    mentor: str
    points: int


@dataclass(frozen=True)
class Alone:
    """Why a newcomer has no mentor in this plan.

    Attributes
    ----------
    reason
        ``"nobody_feasible"``: some rule refuses every mentor; ``"short_of_places"``: those she could
        have are needed by others (see `shortages`).
    rules
        Name of the rule → how many mentors it refuses her; only for ``"nobody_feasible"``.
    """

    newcomer: str
    reason: str
    rules: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Certificate:
    """Prices and values that prove a plan the best (linear programming duality, in whole numbers).

    Attributes
    ----------
    prices
        Mentor → price of one place, 0 or more; 0 wherever a place is free.
    values
        Newcomer → what her part of the plan is worth, 0 or more.
    big
        What having a mentor counts, more than all points of a plan together.
    input_sha256
        Of the canonical input.
    """

    prices: Mapping[str, int]
    values: Mapping[str, int]
    big: int
    input_sha256: str


@dataclass(frozen=True)
class Cost:
    """What the plan cost: CPU and wall seconds, peak memory of the process in GiB, rounds of pricing."""

    cpu_s: float
    wall_s: float
    peak_gib: float
    rounds: int


@dataclass(frozen=True)
class Plan:
    """The best plan found.

    Attributes
    ----------
    pairs
        In the order of the newcomers' ids.
    alone
        Newcomer → why she has no mentor.
    certificate
        The proof.
    gap
        How far the plan can be from the best at most, in points (in `certificate.big` per pair that may
        be missing); 0 means that it is proved the best.
    input_sha256
        Of the canonical input, the options included.
    cost
        CPU, memory and rounds used.
    notes
        Sentences for whoever runs it ("the extra `scale` is not installed …").
    """

    pairs: tuple[Pair, ...]
    alone: Mapping[str, Alone]
    certificate: Certificate
    gap: int
    input_sha256: str
    cost: Cost
    notes: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many newcomers have a mentor."""
        return len(self.pairs)

    @property
    def points(self) -> int:
        """The points of all pairs together."""
        return sum(pair.points for pair in self.pairs)

    @property
    def mentor_of(self) -> dict[str, str]:
        """Newcomer → mentor."""
        return {pair.newcomer: pair.mentor for pair in self.pairs}
