"""Why somebody is alone, where places are short, and what a circle could do about it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx

from mentorship.matching.eligibility import eligible
from mentorship.matching.matchmaking import refused_by
from mentorship.matching.people import Choices, Mentor, Newcomer, People, Shares
from mentorship.matching.plan import SHORT_OF_PLACES, Plan
from mentorship.matching.scoring import points

SMALLEST_CIRCLE, LARGEST_CIRCLE = 2, 4


@dataclass(frozen=True)
class Shortage:
    """Newcomers who between them can be helped only by mentors with fewer places (P. Hall, 1935).

    Attributes
    ----------
    newcomers
        Ids; every mentor any of them could have is in `mentors`.
    mentors
        Ids; each of their places is taken by one of `newcomers`.
    languages
        Language → how many of these newcomers accept help in it, most first.
    places
        What the mentors have together.
    missing
        How many more places would clear it.
    """

    newcomers: tuple[str, ...]
    mentors: tuple[str, ...]
    languages: Mapping[str, int]
    places: int
    missing: int


@dataclass(frozen=True)
class WhyAlone:
    """Why a newcomer has no mentor: rule → mentors refused, or the shortage that she is part of."""

    newcomer: str
    reason: str
    rules: Mapping[str, int]
    shortage: Shortage | None


@dataclass(frozen=True)
class Gap:
    """One cell of the gap map: those who accept help in a language and ask for a thing.

    Attributes
    ----------
    asking, alone
        Newcomers, and those of them without a mentor in the plan.
    mentors, places
        Mentors who help with it in this language, and their places.
    """

    asking: int
    alone: int
    mentors: int
    places: int


@dataclass(frozen=True)
class Circle:
    """One mentor with a few newcomers who share a language and an interest."""

    mentor: str
    newcomers: tuple[str, ...]
    language: str
    interest: tuple[str, str]
    points: int


def shortages(people: People, plan: Plan, *, choices: Choices | None = None) -> tuple[Shortage, ...]:
    """The groups of newcomers for whom places are short, the most missing first.

    Parameters
    ----------
    people, plan, choices
        The round, its plan (which must be proved the best) and its choices.

    Notes
    -----
    From everyone alone, follow the mentors she could have to the newcomers who have them, and on: all places
    met are taken, or the plan could have one more pair. Each connected part is a Hall violator.
    """
    choices = choices or Choices()
    graph = _possible(people, choices)
    held = defaultdict(list)
    locked = {newcomer for newcomer, _ in choices.locked}
    for newcomer, mentor in plan.mentor_of.items():
        if newcomer not in locked:
            held[mentor].append(newcomer)
    reached = nx.Graph()
    waiting = sorted(n for n, why in plan.alone.items() if why.reason == SHORT_OF_PLACES)
    seen = set(waiting)
    while waiting:
        newcomer = waiting.pop()
        reached.add_node(("newcomer", newcomer))
        for mentor in graph[newcomer]:
            reached.add_edge(("newcomer", newcomer), ("mentor", mentor))
            waiting.extend(other for other in held[mentor] if other not in seen)
            seen.update(held[mentor])
    lost = Counter(mentor for _, mentor in choices.locked)
    found = [_shortage(people, part, lost) for part in nx.connected_components(reached)]
    return tuple(sorted(found, key=lambda each: (-each.missing, each.newcomers)))


def why_alone(people: People, plan: Plan, newcomer_id: str, *, choices: Choices | None = None) -> WhyAlone:
    """Why this newcomer has no mentor in the plan; no reason and no rules for who is not alone."""
    people.newcomer(newcomer_id)
    alone = plan.alone.get(newcomer_id)
    if alone is None:
        return WhyAlone(newcomer_id, "", {}, None)
    if alone.reason != SHORT_OF_PLACES:
        rules = refused_by(people, newcomer_id, choices or Choices())
        return WhyAlone(newcomer_id, alone.reason, rules, None)
    groups = shortages(people, plan, choices=choices)
    mine = next((group for group in groups if newcomer_id in group.newcomers), None)
    return WhyAlone(newcomer_id, alone.reason, {}, mine)


def gap_map(people: People, plan: Plan) -> dict[tuple[str, str, str], Gap]:
    """(language, kind, item) → who asks and who helps there; kind is needs, topics or areas."""
    asking, alone = Counter[tuple[str, str, str]](), Counter[tuple[str, str, str]]()
    mentors, places = Counter[tuple[str, str, str]](), Counter[tuple[str, str, str]]()
    for newcomer in people.newcomers:
        asking.update(_cells(newcomer))
        if newcomer.id in plan.alone:
            alone.update(_cells(newcomer))
    for mentor in people.mentors:
        cells = list(_cells(mentor))
        mentors.update(cells)
        places.update(dict.fromkeys(cells, mentor.places))
    return {cell: Gap(asking[cell], alone[cell], mentors[cell], places[cell]) for cell in sorted(asking)}


def circles(people: People, plan: Plan, *, shares: Shares | None = None) -> tuple[Circle, ...]:
    """Circles for those for whom places are short: one mentor, two to four newcomers.

    Parameters
    ----------
    people, plan, shares
        The round, its plan and its shares.

    Returns
    -------
    tuple of Circle
        Every newcomer and every mentor in at most one; the larger first. A circle is a proposal to a mentor,
        not a use of her places: those of the plan are untouched.
    """
    left = [people.newcomer(n) for n, why in sorted(plan.alone.items()) if why.reason == SHORT_OF_PLACES]
    free = [mentor for mentor in people.mentor_by_id.values() if mentor.places]
    found: list[Circle] = []
    while True:
        best = max(
            (circle for mentor in free for circle in _circles_of(people, mentor, left, shares)),
            key=lambda circle: (len(circle.newcomers), circle.points, circle.mentor, circle.interest),
            default=None,
        )
        if best is None:
            return tuple(found)
        found.append(best)
        left = [newcomer for newcomer in left if newcomer.id not in best.newcomers]
        free = [mentor for mentor in free if mentor.id != best.mentor]


def _possible(people: People, choices: Choices) -> dict[str, list[str]]:
    return {
        newcomer.id: [
            mentor.id
            for mentor in people.mentors
            if (newcomer.id, mentor.id) not in choices.forbidden
            and eligible(newcomer, mentor, people) is None
        ]
        for newcomer in people.newcomers
    }


def _shortage(people: People, part: Iterable[tuple[str, str]], lost: Counter[str]) -> Shortage:
    newcomers = sorted(person for kind, person in part if kind == "newcomer")
    mentors = sorted(person for kind, person in part if kind == "mentor")
    languages = Counter(code for each in newcomers for code in people.newcomer(each).languages)
    places = sum(people.mentor(each).places - lost[each] for each in mentors)
    by_number = dict(sorted(languages.items(), key=lambda entry: (-entry[1], entry[0])))
    return Shortage(tuple(newcomers), tuple(mentors), by_number, places, len(newcomers) - places)


def _interests(person: Newcomer | Mentor) -> set[tuple[str, str]]:
    kinds = {"needs": person.needs, "topics": person.topics, "areas": person.areas}
    return {(kind, item) for kind, row in kinds.items() for item, amount in row.items() if amount}


def _cells(person: Newcomer | Mentor) -> Iterable[tuple[str, str, str]]:
    return ((code, *interest) for code in person.languages for interest in _interests(person))


def _circles_of(
    people: People, mentor: Mentor, newcomers: Iterable[Newcomer], shares: Shares | None
) -> Iterable[Circle]:
    sharing: dict[tuple[str, tuple[str, str]], list[Newcomer]] = defaultdict(list)
    for newcomer in newcomers:
        if eligible(newcomer, mentor, people) is None:
            for interest in _interests(newcomer) & _interests(mentor):
                for language in newcomer.languages.keys() & mentor.languages.keys():
                    sharing[language, interest].append(newcomer)
    for (language, interest), group in sorted(sharing.items()):
        if len(group) >= SMALLEST_CIRCLE:
            fit = {newcomer.id: points(newcomer, mentor, people, shares) for newcomer in group}
            chosen = sorted(fit, key=lambda each: (-fit[each], each))[:LARGEST_CIRCLE]
            total = sum(fit[each] for each in chosen)
            yield Circle(mentor.id, tuple(sorted(chosen)), language, interest, total)
