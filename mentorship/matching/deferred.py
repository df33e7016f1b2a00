"""Deferred acceptance: a plan nobody would rather leave in pairs, offered only to compare with the best.

It leaves more people alone than need be, since it never moves a pair for the sake of a third person.

Reference: D. Gale and L. S. Shapley (1962), "College admissions and the stability of marriage".
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping
from heapq import heappushpop

from mentorship.matching.eligibility import eligible
from mentorship.matching.people import Pairing, People, Shares
from mentorship.matching.plan import Pair
from mentorship.matching.scoring import points

Held = dict[str, list[tuple[int, str]]]


def stable_pairs(
    people: People, *, mentors_prefer: Mapping[Pairing, int] | None = None, shares: Shares | None = None
) -> tuple[Pair, ...]:
    """The stable plan that is best for the newcomers.

    Parameters
    ----------
    people
        The round.
    mentors_prefer
        (newcomer, mentor) → how gladly the mentor would take her, the more the better; pairs left out count
        by their points, and so do all pairs if nothing is given.
    shares
        What weighs how much.

    Returns
    -------
    tuple of Pair
        No newcomer and mentor would both rather have each other: she by points, the mentor by preference
        (ties by id). Compare ``len`` and the sum of the points with `Plan.count` and `Plan.points`.
    """
    wanted = mentors_prefer or {}
    fit = {
        (newcomer.id, mentor.id): points(newcomer, mentor, people, shares)
        for newcomer in people.newcomers
        for mentor in people.mentors
        if eligible(newcomer, mentor, people) is None
    }
    lists = defaultdict(list)
    for newcomer, mentor in fit:
        lists[newcomer].append(mentor)
    turns = {n: deque(m for _, m in sorted((-fit[n, m], m) for m in row)) for n, row in lists.items()}
    held = _proposed(people, turns, {pair: wanted.get(pair, worth) for pair, worth in fit.items()})
    pairs = ((newcomer, mentor) for mentor, row in held.items() for _, newcomer in row)
    return tuple(Pair(*pair, fit[pair]) for pair in sorted(pairs))


def _proposed(people: People, turns: dict[str, deque[str]], gladly: Mapping[Pairing, int]) -> Held:
    """Who holds whom once everybody refused has asked everyone on her list."""
    held: Held = defaultdict(list)
    asking = deque(sorted(turns))
    while asking:
        newcomer = asking.popleft()
        if not turns[newcomer]:
            continue
        mentor = turns[newcomer].popleft()
        offer = (gladly[newcomer, mentor], newcomer)
        if len(held[mentor]) < people.mentor(mentor).places:
            held[mentor].append(offer)
            held[mentor].sort()
        else:
            asking.append(heappushpop(held[mentor], offer)[1])
    return held
