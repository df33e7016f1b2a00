"""Questions about a plan: second choices, why not her, who would be displaced, what if, what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from mentorship.matching.eligibility import eligible
from mentorship.matching.large import LARGE
from mentorship.matching.matchmaking import match
from mentorship.matching.people import Choices, Options, People, Shares, Steady
from mentorship.matching.plan import Pair, Plan
from mentorship.matching.scoring import points


@dataclass(frozen=True)
class Move:
    """A newcomer whose mentor changes between two plans; None means alone.

    Attributes
    ----------
    points_before, points_after
        Of her pair; 0 where she is alone.
    """

    newcomer: str
    before: str | None
    after: str | None
    points_before: int
    points_after: int


@dataclass(frozen=True)
class Difference:
    """What changes from one plan to another.

    Attributes
    ----------
    added, removed, changed
        Moves of newcomers who were alone, are alone, and have another mentor.
    count, points
        How many more pairs and points the second plan has (negative: fewer).
    """

    added: tuple[Move, ...]
    removed: tuple[Move, ...]
    changed: tuple[Move, ...]
    count: int
    points: int

    @property
    def moves(self) -> tuple[Move, ...]:
        """All moves, in the order of the newcomers' ids."""
        return tuple(sorted((*self.added, *self.removed, *self.changed), key=lambda move: move.newcomer))


@dataclass(frozen=True)
class WhyNot:
    """Why a newcomer does not have this mentor.

    Attributes
    ----------
    rule
        The rule that refuses the pair, or None.
    count, points
        What the best plan that holds the pair has less than the plan: newcomers with a mentor, points.
    displaced
        Who would have another mentor, or none, if the pair were fixed; she herself comes first.
    """

    rule: str | None
    count: int
    points: int
    displaced: tuple[Move, ...]


def second_choices(
    people: People, plan: Plan, newcomer_id: str, top: int = 3, *, shares: Shares | None = None
) -> tuple[Pair, ...]:
    """The next best mentors for a newcomer who have a place left in the plan, best first."""
    newcomer = people.newcomer(newcomer_id)
    taken = Counter(plan.mentor_of.values())
    hers = plan.mentor_of.get(newcomer_id)
    found = [
        Pair(newcomer_id, mentor.id, points(newcomer, mentor, people, shares))
        for mentor in people.mentors
        if mentor.id != hers
        and taken[mentor.id] < mentor.places
        and eligible(newcomer, mentor, people) is None
    ]
    return tuple(sorted(found, key=lambda pair: (-pair.points, pair.mentor))[:top])


def why_not(
    people: People,
    plan: Plan,
    newcomer_id: str,
    mentor_id: str,
    *,
    choices: Choices | None = None,
    shares: Shares | None = None,
    options: Options | None = None,
) -> WhyNot:
    """What it would cost to fix this pair, exactly, and whom it would displace.

    Parameters
    ----------
    people, plan, choices, shares, options
        The round and its plan.
    newcomer_id, mentor_id
        The pair that is asked about.

    Raises
    ------
    ImpossibleChoice
        If the round's own locks leave no place with this mentor.
    """
    rule = eligible(people.newcomer(newcomer_id), people.mentor(mentor_id), people)
    if rule is not None:
        return WhyNot(rule, 0, 0, ())
    choices = choices or Choices()
    free = frozenset(lock for lock in choices.locked if lock[0] != newcomer_id)
    wanted = Choices(free | {(newcomer_id, mentor_id)}, choices.forbidden - {(newcomer_id, mentor_id)})
    forced = match(people, choices=wanted, shares=shares, options=_near(people, options, plan))
    changes = diff(plan, forced)
    moves = sorted(changes.moves, key=lambda move: (move.newcomer != newcomer_id, move.newcomer))
    return WhyNot(None, -changes.count, -changes.points, tuple(moves))


def displaced(
    people: People,
    plan: Plan,
    newcomer_id: str,
    mentor_id: str,
    *,
    choices: Choices | None = None,
    shares: Shares | None = None,
    options: Options | None = None,
) -> tuple[Move, ...]:
    """Who would move if this pair were fixed, she herself left out; see `why_not`."""
    asked = why_not(people, plan, newcomer_id, mentor_id, choices=choices, shares=shares, options=options)
    return tuple(move for move in asked.displaced if move.newcomer != newcomer_id)


def diff(before: Plan, after: Plan) -> Difference:
    """What changes from one plan to another."""
    old = {pair.newcomer: pair for pair in before.pairs}
    new = {pair.newcomer: pair for pair in after.pairs}
    moves = [
        _move(newcomer, old.get(newcomer), new.get(newcomer))
        for newcomer in sorted(old.keys() | new.keys())
        if newcomer not in old or newcomer not in new or old[newcomer].mentor != new[newcomer].mentor
    ]
    return Difference(
        added=tuple(move for move in moves if move.before is None),
        removed=tuple(move for move in moves if move.after is None),
        changed=tuple(move for move in moves if move.before is not None and move.after is not None),
        count=after.count - before.count,
        points=after.points - before.points,
    )


def what_if(
    people: People,
    plan: Plan,
    *,
    choices: Choices | None = None,
    places: Mapping[str, int] | None = None,
    shares: Shares | None = None,
    options: Options | None = None,
) -> tuple[Plan, Difference]:
    """The plan under other choices, places or shares, and what it would change; nothing is kept.

    Parameters
    ----------
    people, plan
        The round and its plan.
    choices, shares, options
        What would hold instead.
    places
        Mentor → how many places she would have.

    Returns
    -------
    plan, difference
        Of all best plans under the new conditions one that keeps the most pairs of `plan`.
    """
    changed = dict(places or {})
    for mentor_id in changed:
        people.mentor(mentor_id)
    mentors = tuple(
        replace(mentor, places=changed.get(mentor.id, mentor.places)) for mentor in people.mentors
    )
    imagined = replace(people, mentors=mentors)
    other = match(imagined, choices=choices, shares=shares, options=_near(people, options, plan))
    return other, diff(plan, other)


def recompute(
    people: People,
    plan: Plan,
    choices: Choices,
    *,
    shares: Shares | None = None,
    options: Options | None = None,
) -> tuple[Plan, Difference]:
    """The best plan around a coordinator's choices that keeps the most of what she has seen."""
    after = match(people, choices=choices, shares=shares, options=_near(people, options, plan))
    return after, diff(plan, after)


def _near(people: People, options: Options | None, plan: Plan) -> Options:
    """The same options, keeping the plan's pairs wherever nothing is lost by it (not in large rounds)."""
    options = options or Options()
    if options.steady is not None or len(people.newcomers) * len(people.mentors) > LARGE:
        return options
    return replace(options, steady=Steady(frozenset((pair.newcomer, pair.mentor) for pair in plan.pairs), 0))


def _move(newcomer: str, old: Pair | None, new: Pair | None) -> Move:
    return Move(
        newcomer=newcomer,
        before=old.mentor if old else None,
        after=new.mentor if new else None,
        points_before=old.points if old else 0,
        points_after=new.points if new else 0,
    )
