"""What is said of a plan beside its pairs: its proof and cost, what changed, where places are short."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from mentorship.matching import Choices, Move, Options, People, Plan, Shares

SECOND_CHOICES_UP_TO = 20_000
"""Newcomers × mentors up to which second choices are worked out with the round."""

GAPS_UP_TO = 200_000
"""Newcomers × mentors up to which it is worked out where places are short."""

MOST_GAPS = 20
MOST_CIRCLES = 20
MOST_MOVES = 500
MOST_WORTH = 12_000
"""Points a pair has at most, weeks of waiting left out."""

MOST_WEEKS = 52


class Problem(Protocol):
    """What the plan was made for."""

    @property
    def people(self) -> People: ...
    @property
    def choices(self) -> Choices: ...
    @property
    def shares(self) -> Shares: ...
    @property
    def options(self) -> Options: ...
    @property
    def before(self) -> Plan | None: ...
    @property
    def size(self) -> int: ...


def report_of(problem: Problem, plan: Plan) -> dict[str, Any]:
    """The report as it is kept with the round: numbers, codes and ids, which pages turn into words."""
    people = problem.people
    return {
        "count": plan.count,
        "points": plan.points,
        "gap": plan.gap,
        "more": _more_with_a_mentor(problem, plan),
        "cpu_s": round(plan.cost.cpu_s, 4),
        "wall_s": round(plan.cost.wall_s, 4),
        "peak_gib": round(plan.cost.peak_gib, 4),
        "newcomers": len(people.newcomers),
        "mentors": len(people.mentors),
        "places": sum(mentor.places for mentor in people.mentors),
        "notes": list(plan.notes),
        "changes": _changes(problem, plan),
        "one_more": one_more_place(people, plan) if problem.size <= GAPS_UP_TO else {},
        "second": _second_choices(problem, plan),
        **_where_places_are_short(problem, plan),
    }


def move_of(move: Move) -> dict[str, str | None]:
    """A move as it is kept: ids, none for no mentor."""
    return {"newcomer": move.newcomer, "before": move.before, "after": move.after}


def _changes(problem: Problem, plan: Plan) -> dict[str, Any] | None:
    """What is different from the draft there was; none where there was none."""
    from mentorship.matching import diff

    if problem.before is None:
        return None
    found = diff(problem.before, plan)
    return {
        "added": [move_of(move) for move in found.added[:MOST_MOVES]],
        "removed": [move_of(move) for move in found.removed[:MOST_MOVES]],
        "changed": [move_of(move) for move in found.changed[:MOST_MOVES]],
        "moves": len(found.moves),
        "count": found.count,
        "points": found.points,
    }


def _more_with_a_mentor(problem: Problem, plan: Plan) -> int:
    """How many more newcomers could have a mentor in the best plan, at most; 0 where this is proved the best.

    Every pair counts `big` and its worth in the proof, so what all worths could make up for is added.
    """
    if not plan.gap:
        return 0
    worth = MOST_WORTH + problem.options.waiting * MOST_WEEKS
    bound = (plan.gap + plan.count * worth) // plan.certificate.big
    return int(min(bound, len(plan.alone)))


def _where_places_are_short(problem: Problem, plan: Plan) -> dict[str, Any]:
    from mentorship.matching import circles, gap_map, shortages

    people = problem.people
    if plan.gap or problem.size > GAPS_UP_TO:
        return {"shortages": [], "gaps": [], "circles": []}
    gaps = [
        (language, item, gap)
        for (language, kind, item), gap in gap_map(people, plan).items()
        if kind == "needs" and (gap.alone or gap.places < gap.asking)
    ]
    gaps.sort(key=lambda each: (-each[2].alone, each[2].places - each[2].asking, each[:2]))
    return {
        "shortages": [
            {
                "newcomers": len(short.newcomers),
                "languages": list(short.languages)[:3],
                "places": short.places,
                "missing": short.missing,
            }
            for short in shortages(people, plan, choices=problem.choices)
        ],
        "gaps": [
            {"language": language, "need": item, **asdict(gap)} for language, item, gap in gaps[:MOST_GAPS]
        ],
        "circles": [
            {
                "mentor": circle.mentor,
                "newcomers": list(circle.newcomers),
                "language": circle.language,
                "kind": circle.interest[0],
                "item": circle.interest[1],
            }
            for circle in circles(people, plan, shares=problem.shares)[:MOST_CIRCLES]
        ],
    }


def _second_choices(problem: Problem, plan: Plan) -> dict[str, list[str]]:
    """Newcomer → the next best mentors who keep a place free in this plan."""
    from mentorship.matching import second_choices

    if problem.size > SECOND_CHOICES_UP_TO:
        return {}
    people = problem.people
    found = {
        pair.newcomer: second_choices(people, plan, pair.newcomer, 2, shares=problem.shares)
        for pair in plan.pairs
    }
    return {newcomer: [pair.mentor for pair in pairs] for newcomer, pairs in found.items() if pairs}


def one_more_place(people: People, plan: Plan) -> dict[str, int]:
    """Language → how many of those left out accept help in it, where one more place would pair one more.

    One more place helps when it is in the language of somebody left out, or of somebody who could move to
    it and leave her own place to one left out; the latter count with 0.
    """
    with_mentor: dict[str, list[str]] = {}
    for pair in plan.pairs:
        with_mentor.setdefault(pair.mentor, []).append(pair.newcomer)
    reached = set(plan.alone)
    new = set(reached)
    while new:
        moving = {
            other
            for newcomer in new
            for mentor, others in with_mentor.items()
            if _fits(people, newcomer, mentor)
            for other in others
        }
        new = moving - reached
        reached |= new
    counts = Counter(code for newcomer in plan.alone for code in people.newcomer(newcomer).languages)
    languages = {code for newcomer in reached for code in people.newcomer(newcomer).languages}
    return {code: counts[code] for code in sorted(languages, key=lambda code: (-counts[code], code))}


def _fits(people: People, newcomer: str, mentor: str) -> bool:
    from mentorship.matching import eligible

    return eligible(people.newcomer(newcomer), people.mentor(mentor), people) is None
