"""Who is to be matched, as plain values: people, barred pairs, choices, shares, options."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property

from mentorship.matching.errors import BadOptions, BadPeople, UnknownPerson

Pairing = tuple[str, str]
"""A newcomer's id and a mentor's id."""

HOURS = 168
MOST_WEIGHT = 3
MOST_AHEAD = 10
MOST_LEVEL = 6
MOST_WEEKS = 52
MOST_ITEMS = 400
"""More of one kind (needs, topics …) cannot share out 1,000 whole parts sensibly."""


@dataclass(frozen=True)
class Newcomer:
    """A newcomer with an open request.

    Parameters
    ----------
    id
        Any text, unique among the newcomers.
    languages
        Code → level, 1 (a few words) to 6 (first language), of the languages she accepts help in.
    needs, topics, areas
        Item → weight, 1 to 3; needs, topics and areas are kept apart.
    where
        (project, language) where she edits or wants to.
    when
        Hours of a UTC week, 0 (Monday 00:00) to 167, when she is usually free; empty means that she
        did not say, and counts as average.
    wishes
        Ids of the mentors she wishes for, dearest first.
    weeks_waited
        Whole weeks since she asked; counts only with ``Options(waiting=…)``.

    Examples
    --------
    >>> Newcomer("n1", {"ha": 6}, {"edit-undone": 3}).languages
    {'ha': 6}
    """

    id: str
    languages: Mapping[str, int]
    needs: Mapping[str, int] = field(default_factory=dict)
    topics: Mapping[str, int] = field(default_factory=dict)
    areas: Mapping[str, int] = field(default_factory=dict)
    where: frozenset[tuple[str, str]] = frozenset()
    when: frozenset[int] = frozenset()
    wishes: tuple[str, ...] = ()
    weeks_waited: int = 0

    def __post_init__(self) -> None:
        _check_person("newcomer", self.id, self.languages, self.when)
        for kind in ("needs", "topics", "areas"):
            _check_levels(f"newcomer {self.id!r}, {kind}", getattr(self, kind), 1, MOST_WEIGHT)
        if not _whole(self.weeks_waited, 0, 10**6):
            raise BadPeople(f"newcomer {self.id!r}: weeks waited must be a whole number from 0 on")


@dataclass(frozen=True)
class Mentor:
    """A mentor with her places.

    Parameters
    ----------
    id
        Any text, unique among the mentors.
    languages
        Code → level, 1 to 6, of the languages she helps in.
    needs, topics, areas
        Item → 0 to 10, how far ahead she is.
    where, when
        As for `Newcomer`.
    places
        How many newcomers she can take on now; 0 means away or full.

    Examples
    --------
    >>> Mentor("m1", {"ha": 6}, {"edit-undone": 10}, places=2).places
    2
    """

    id: str
    languages: Mapping[str, int]
    needs: Mapping[str, int] = field(default_factory=dict)
    topics: Mapping[str, int] = field(default_factory=dict)
    areas: Mapping[str, int] = field(default_factory=dict)
    where: frozenset[tuple[str, str]] = frozenset()
    when: frozenset[int] = frozenset()
    places: int = 0

    def __post_init__(self) -> None:
        _check_person("mentor", self.id, self.languages, self.when)
        for kind in ("needs", "topics", "areas"):
            _check_levels(f"mentor {self.id!r}, {kind}", getattr(self, kind), 0, MOST_AHEAD)
        if not _whole(self.places, 0, 10**9):
            raise BadPeople(f"mentor {self.id!r}: places must be a whole number from 0 on")


@dataclass(frozen=True)
class People:
    """Everyone of one round.

    Parameters
    ----------
    newcomers, mentors
        In any order; the order never matters.
    barred
        (newcomer, mentor) → the name of the rule that refuses the pair, such as ``"block"``.
        Ids that are not in the round are ignored: a rule outlives a person.
    """

    newcomers: tuple[Newcomer, ...]
    mentors: tuple[Mentor, ...]
    barred: Mapping[Pairing, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _check_unique("newcomer", (person.id for person in self.newcomers))
        _check_unique("mentor", (person.id for person in self.mentors))

    @cached_property
    def newcomer_by_id(self) -> dict[str, Newcomer]:
        """Newcomers by id, in the order of their ids."""
        return {person.id: person for person in sorted(self.newcomers, key=lambda person: person.id)}

    @cached_property
    def mentor_by_id(self) -> dict[str, Mentor]:
        """Mentors by id, in the order of their ids."""
        return {person.id: person for person in sorted(self.mentors, key=lambda person: person.id)}

    @cached_property
    def topic_rarity(self) -> dict[str, int]:
        """Topic → 0 (common), 1 or 2 (rare), by the share of mentors who help in it.

        It weighs a rare topic by at most a quarter more. Rarity did not raise measured quality; it
        serves the reader of the reasons, and is kept mild.
        """
        helped = Counter(topic for mentor in self.mentors for topic, ahead in mentor.topics.items() if ahead)
        asked = {topic for newcomer in self.newcomers for topic in newcomer.topics}
        return {topic: _rarity(helped[topic], len(self.mentors)) for topic in sorted(asked)}

    def newcomer(self, newcomer_id: str) -> Newcomer:
        """The newcomer of that id; raises `UnknownPerson`."""
        try:
            return self.newcomer_by_id[newcomer_id]
        except KeyError:
            raise UnknownPerson(f"no newcomer {newcomer_id!r} is in this round") from None

    def mentor(self, mentor_id: str) -> Mentor:
        """The mentor of that id; raises `UnknownPerson`."""
        try:
            return self.mentor_by_id[mentor_id]
        except KeyError:
            raise UnknownPerson(f"no mentor {mentor_id!r} is in this round") from None


@dataclass(frozen=True)
class Choices:
    """What coordinators decided: pairs locked in, and pairs forbidden.

    A lock overrides points, never a rule.
    """

    locked: frozenset[Pairing] = frozenset()
    forbidden: frozenset[Pairing] = frozenset()


@dataclass(frozen=True)
class Shares:
    """How much each kind of thing weighs, in parts of their sum.

    What a newcomer left empty is shared out over the rest, so that nobody is worth less for saying less.

    Examples
    --------
    >>> Shares(needs=500, topics=0).needs
    500
    """

    needs: int = 300
    topics: int = 250
    language: int = 200
    where: int = 100
    when: int = 100
    areas: int = 50

    def __post_init__(self) -> None:
        parts = {each.name: getattr(self, each.name) for each in fields(self)}
        for name, part in parts.items():
            if not _whole(part, 0, 1000):
                raise BadOptions(f"the share of {name} must be a whole number from 0 to 1,000")
        if not any(parts.values()):
            raise BadOptions("at least one share must be more than 0")


@dataclass(frozen=True)
class Steady:
    """Keep pairs that a coordinator has seen, within a loss of points that she states.

    Parameters
    ----------
    shown
        The pairs she saw.
    loss
        How many points the new plan may lose, at most, to keep more of them.
    """

    shown: frozenset[Pairing]
    loss: int

    def __post_init__(self) -> None:
        if not _whole(self.loss, 0, 10**12):
            raise BadOptions("the loss allowed for a steady plan must be a whole number from 0 on")


@dataclass(frozen=True)
class Options:
    """How a plan is chosen; the number of newcomers with a mentor always comes first.

    Parameters
    ----------
    fair
        0 (the most points), 2 or 4: the power of the regret that is kept small; lifts the worst off.
    steady
        Keep shown pairs within a stated loss; None for a plan from nothing.
    waiting
        Points for every week waited, at most 52 weeks; 0 to 200.
    """

    fair: int = 0
    steady: Steady | None = None
    waiting: int = 0

    def __post_init__(self) -> None:
        if isinstance(self.fair, bool) or self.fair not in (0, 2, 4):
            raise BadOptions("fair must be 0, 2 or 4")
        if not _whole(self.waiting, 0, 200):
            raise BadOptions("waiting must be a whole number of points a week from 0 to 200")


def _whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _check_person(kind: str, person_id: object, languages: Mapping[str, int], when: frozenset[int]) -> None:
    if not isinstance(person_id, str) or not person_id:
        raise BadPeople(f"the id of a {kind} must be a text that is not empty, not {person_id!r}")
    _check_levels(f"{kind} {person_id!r}, languages", languages, 1, MOST_LEVEL)
    for hour in when:
        if not _whole(hour, 0, HOURS - 1):
            raise BadPeople(f"{kind} {person_id!r}: {hour!r} is not an hour of the week (0 to {HOURS - 1})")


def _check_levels(place: str, levels: Mapping[str, int], least: int, most: int) -> None:
    if len(levels) > MOST_ITEMS:
        raise BadPeople(f"{place}: more than {MOST_ITEMS} entries")
    for item, level in levels.items():
        if not isinstance(item, str) or not item:
            raise BadPeople(f"{place}: {item!r} is not a text")
        if not _whole(level, least, most):
            raise BadPeople(f"{place}: {item!r} must be a whole number from {least} to {most}, not {level!r}")


def _check_unique(kind: str, ids: Iterable[str]) -> None:
    again = [person_id for person_id, times in Counter(ids).items() if times > 1]
    if again:
        raise BadPeople(f"two {kind}s have the id {min(again)!r}")


def _rarity(helping: int, mentors: int) -> int:
    if helping * 20 < mentors:
        return 2
    return 1 if helping * 5 < mentors else 0
