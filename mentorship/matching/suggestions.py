"""Up to three mentors for one newcomer, spread so that one popular mentor is not shown to everybody."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentorship.matching.eligibility import eligible
from mentorship.matching.people import Mentor, People, Shares
from mentorship.matching.scoring import Reasons, reasons

CROWD = 600
"""Points that a mentor falls back for each time she is shown to others per place of hers."""
NEAR = 300
"""Points within which two mentors suit her alike, and chance decides (the same chance every time)."""


@dataclass(frozen=True)
class Suggestion:
    """A mentor to show, and why."""

    mentor: str
    points: int
    reasons: Reasons


def suggest(
    people: People,
    newcomer_id: str,
    top: int = 3,
    *,
    shown: Mapping[str, int] | None = None,
    shares: Shares | None = None,
) -> tuple[Suggestion, ...]:
    """The mentors with a place who suit a newcomer best, never padded.

    Parameters
    ----------
    people
        The round; mentors without a place are not suggested.
    newcomer_id
        Whom to suggest to.
    top
        How many at most.
    shown
        Mentor → how many other newcomers with an open request were shown her; the more, the less she is.
    shares
        The shares of the cohort.

    Returns
    -------
    tuple of Suggestion
        Best first, by points less what `shown` takes away; mentors who suit alike come in an order that
        differs from newcomer to newcomer and never changes for one.
    """
    newcomer = people.newcomer(newcomer_id)
    crowd = shown or {}
    ranked = []
    for mentor in people.mentor_by_id.values():
        if eligible(newcomer, mentor, people) is None:
            why = reasons(newcomer, mentor, shares, rarity=people.topic_rarity)
            ranked.append((_rank(why.points, newcomer_id, mentor, crowd.get(mentor.id, 0)), why))
    ranked.sort(key=lambda entry: (-entry[0], entry[1].mentor))
    return tuple(Suggestion(why.mentor, why.points, why) for _, why in ranked[:top])


def _rank(points: int, newcomer_id: str, mentor: Mentor, times: int) -> int:
    back = min(CROWD * times // mentor.places, 20_000)
    found = chances(identity(newcomer_id), np.array([identity(mentor.id)], dtype=np.uint64), NEAR)
    return points - back + int(found[0])


def identity(person_id: str) -> int:
    """A number of 64 bits that stands for a person."""
    words = person_id.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(words, digest_size=8).digest(), "big")


def chances(hers: int, theirs: NDArray[np.uint64], sides: int) -> NDArray[np.int64]:
    """Numbers from 0 to ``sides - 1``, always the same for the same two people (splitmix64)."""
    mixed = theirs ^ np.uint64(hers)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((mixed ^ (mixed >> np.uint64(31))) % np.uint64(sides)).astype(np.int64)
