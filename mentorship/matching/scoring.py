"""Points of a pair: whole numbers, additive, each term with the things behind it.

``points = 10 × parts`` at most: each newcomer shares out 1,000 parts over what she asked for, each mentor
has 0 to 10 of each thing. Wishes add up to 2,000 on top. Sums are exact, so optimality is an equality.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from mentorship.matching.people import Mentor, Newcomer, People, Shares

Key = TypeVar("Key", str, tuple[str, str])

PARTS = 1000
MOST_POINTS = 12_000
LEVEL_WORTH = (0, 2, 4, 6, 8, 9, 10)
"""What the lower of two levels of a language is worth, out of 10."""
AVERAGE_HOURS = 5
"""What counts as free hours in common, out of 10, where one of the two did not say."""
HERE = 10
WISH_POINTS = (2000, 1500, 1000, 500)
"""For her first, second, third and every later wish."""
RARITY_BASE = 8


@dataclass(frozen=True)
class Item:
    """One thing behind a term: what it is, what it adds, what she asked and what the mentor brings.

    Attributes
    ----------
    name
        A language code, need, topic or area; ``project:language`` for where.
    points
        What it adds to the pair.
    asked
        Her weight (1-3), level (language) or number of free hours (when; 0 = not said).
    brings
        How far ahead (0-10), the mentor's level (language), or the hours in common (when).
    """

    name: str
    points: int
    asked: int
    brings: int


@dataclass(frozen=True)
class Term:
    """One part of the sum: `name` is needs, topics, areas, language, where, when or wish."""

    name: str
    points: int
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Reasons:
    """Why a pair fits: its terms, which sum exactly to its points."""

    newcomer: str
    mentor: str
    points: int
    terms: tuple[Term, ...]
    shared_hours: tuple[int, ...]
    """Hours of the UTC week when both are usually free."""

    def term(self, name: str) -> Term:
        """The term of that name, of 0 points where nothing came together."""
        return next((term for term in self.terms if term.name == name), Term(name, 0, ()))


@dataclass(frozen=True)
class Parts:
    """How one newcomer shares out her 1,000 parts; language and when are one part each."""

    needs: Mapping[str, int]
    topics: Mapping[str, int]
    areas: Mapping[str, int]
    where: Mapping[tuple[str, str], int]
    language: int
    when: int


def parts_of(newcomer: Newcomer, shares: Shares, rarity: Mapping[str, int]) -> Parts:
    """How a newcomer's 1,000 parts fall on what she asked for.

    Parameters
    ----------
    newcomer
        Whose parts.
    shares
        The coordinator's shares; those of kinds she left empty go to the others in proportion.
    rarity
        Topic → 0, 1 or 2, as `People.topic_rarity`; missing topics count as 0.

    Returns
    -------
    Parts
        Whole numbers that sum to exactly 1,000 (0 if all she asked for has a share of 0).

    Examples
    --------
    >>> parts_of(Newcomer("n", {"ha": 6}, {"sources": 2, "wikidata": 1}), Shares(), {})
    Parts(needs={'sources': 333, 'wikidata': 167}, topics={}, areas={}, where={}, language=333, when=167)
    """
    asked = {
        "needs": shares.needs if newcomer.needs else 0,
        "topics": shares.topics if newcomer.topics else 0,
        "language": shares.language,
        "where": shares.where if newcomer.where else 0,
        "when": shares.when,
        "areas": shares.areas if newcomer.areas else 0,
    }
    by_kind = share_out(PARTS, asked)
    topics = {
        topic: weight * (RARITY_BASE + rarity.get(topic, 0)) for topic, weight in newcomer.topics.items()
    }
    return Parts(
        needs=share_out(by_kind["needs"], newcomer.needs),
        topics=share_out(by_kind["topics"], topics),
        areas=share_out(by_kind["areas"], newcomer.areas),
        where=share_out(by_kind["where"], dict.fromkeys(newcomer.where, 1)),
        language=by_kind["language"],
        when=by_kind["when"],
    )


def share_out(total: int, weights: Mapping[Key, int]) -> dict[Key, int]:
    """Divide a whole number in proportion to weights, exactly (largest remainders; ties by key).

    Examples
    --------
    >>> share_out(10, {"a": 1, "b": 1, "c": 1})
    {'a': 4, 'b': 3, 'c': 3}
    >>> share_out(10, {"a": 0})
    {'a': 0}
    """
    whole = sum(weights.values())
    if not whole:
        return dict.fromkeys(sorted(weights), 0)
    parts = {key: total * weights[key] // whole for key in sorted(weights)}
    missing = total - sum(parts.values())
    by_remainder = sorted(parts, key=lambda key: (-(total * weights[key] % whole), key))
    for key in by_remainder[:missing]:
        parts[key] += 1
    return parts


def wish_points(newcomer: Newcomer, mentor_id: str) -> int:
    """What her wish for this mentor adds: 0 if she did not wish for her."""
    if mentor_id not in newcomer.wishes:
        return 0
    return WISH_POINTS[min(newcomer.wishes.index(mentor_id), len(WISH_POINTS) - 1)]


def hours_worth(hers: frozenset[int], theirs: frozenset[int]) -> int:
    """Free hours in common, out of 10; average where one of the two did not say."""
    if not hers or not theirs:
        return AVERAGE_HOURS
    return min(HERE, len(hers & theirs))


def reasons(
    newcomer: Newcomer,
    mentor: Mentor,
    shares: Shares | None = None,
    *,
    rarity: Mapping[str, int] | None = None,
) -> Reasons:
    """Why this pair: the terms of its points and the things behind each.

    Parameters
    ----------
    newcomer, mentor
        The pair; whether any rule refuses it is not asked here (see `eligible`).
    shares
        The shares of the round; the default ones if left out.
    rarity
        `People.topic_rarity` of the round; without it all topics count as common.

    Returns
    -------
    Reasons
        The sum of ``term.points`` is ``points``, and that of ``item.points`` each ``term.points``.

    Examples
    --------
    >>> she = Newcomer("n", {"ha": 6, "en": 3}, {"sources": 3})
    >>> her = Mentor("m", {"en": 5}, {"sources": 8}, places=1)
    >>> why = reasons(she, her)
    >>> why.points, [(term.name, term.points) for term in why.terms]
    (6833, [('language', 1998), ('needs', 4000), ('when', 835)])
    """
    parts = parts_of(newcomer, shares or Shares(), rarity or {})
    shared_hours = tuple(sorted(newcomer.when & mentor.when))
    terms = (
        _language(newcomer, mentor, parts.language),
        _covered("needs", parts.needs, newcomer.needs, mentor.needs),
        _covered("topics", parts.topics, newcomer.topics, mentor.topics),
        _covered("areas", parts.areas, newcomer.areas, mentor.areas),
        _where(parts.where, mentor),
        _when(newcomer, mentor, parts.when, len(shared_hours)),
        _wish(newcomer, mentor),
    )
    counting = tuple(term for term in terms if term.points)
    return Reasons(newcomer.id, mentor.id, sum(term.points for term in counting), counting, shared_hours)


def points(newcomer: Newcomer, mentor: Mentor, people: People, shares: Shares | None = None) -> int:
    """The points of a pair in this round, 0 to 12,000."""
    return reasons(newcomer, mentor, shares, rarity=people.topic_rarity).points


def _term(name: str, items: Iterable[Item]) -> Term:
    counting = sorted((item for item in items if item.points), key=lambda item: (-item.points, item.name))
    return Term(name, sum(item.points for item in counting), tuple(counting))


def _language(newcomer: Newcomer, mentor: Mentor, part: int) -> Term:
    shared = [
        Item(code, part * LEVEL_WORTH[min(level, mentor.languages[code])], level, mentor.languages[code])
        for code, level in newcomer.languages.items()
        if code in mentor.languages
    ]
    best = sorted(shared, key=lambda item: (-item.points, -item.asked, item.name))[:1]
    return _term("language", best)


def _covered(
    name: str, parts: Mapping[str, int], asked: Mapping[str, int], brings: Mapping[str, int]
) -> Term:
    items = (Item(it, part * brings.get(it, 0), asked[it], brings.get(it, 0)) for it, part in parts.items())
    return _term(name, items)


def _where(parts: Mapping[tuple[str, str], int], mentor: Mentor) -> Term:
    return _term(
        "where",
        (Item(":".join(wiki), part * HERE, 1, HERE) for wiki, part in parts.items() if wiki in mentor.where),
    )


def _when(newcomer: Newcomer, mentor: Mentor, part: int, in_common: int) -> Term:
    worth = part * hours_worth(newcomer.when, mentor.when)
    return _term("when", [Item("hours", worth, len(newcomer.when), in_common)])


def _wish(newcomer: Newcomer, mentor: Mentor) -> Term:
    rank = newcomer.wishes.index(mentor.id) + 1 if mentor.id in newcomer.wishes else 0
    return _term("wish", [Item("wish", wish_points(newcomer, mentor.id), rank, 0)])
