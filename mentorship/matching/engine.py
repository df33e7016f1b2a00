"""A best plan kept best through every change: arrivals, departures, refusals, locks, places."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import numpy as np

from mentorship.matching.columns import encode
from mentorship.matching.eligibility import NO_PLACE, eligible
from mentorship.matching.errors import BadOptions, BadPeople, ImpossibleChoice, UnknownPerson
from mentorship.matching.fingerprint import fingerprint
from mentorship.matching.graph import Graph, Repair
from mentorship.matching.market import market_of_columns
from mentorship.matching.matchmaking import refused_by
from mentorship.matching.people import Choices, Newcomer, Options, Pairing, People, Shares
from mentorship.matching.plan import NOBODY_FEASIBLE, SHORT_OF_PLACES, Alone, Certificate, Pair, Plan
from mentorship.matching.scoring import MOST_POINTS, points
from mentorship.matching.watch import Watch
from mentorship.matching.worth import big_for, fair_table, waiting_worth

ROOM = 2
"""How many times the newcomers there can be before `big` is worked out anew."""


class Engine:
    """A best plan as a value that answers to changes, each time exactly the best again.

    Parameters
    ----------
    people, choices, shares, options
        As for `match`; `Options.steady` is refused here, since every change is answered with the fewest
        moves along one cheapest chain anyway.

    Notes
    -----
    Each change costs one shortest path on reduced costs (two for a departure). No process keeps an engine
    between requests: it is a value for drafts of rounds, simulations and questions of "what if".

    Examples
    --------
    >>> from mentorship.matching import Mentor
    >>> mentors = (Mentor("m", {"ha": 6}, places=1), Mentor("o", {"ha": 3}, places=1))
    >>> engine = Engine(People((Newcomer("a", {"ha": 6}),), mentors))
    >>> engine.plan().mentor_of
    {'a': 'm'}
    >>> engine.decline("a", "m")
    >>> engine.plan().mentor_of
    {'a': 'o'}
    """

    def __init__(
        self,
        people: People,
        *,
        choices: Choices | None = None,
        shares: Shares | None = None,
        options: Options | None = None,
    ) -> None:
        self._watch = Watch(None, None, None)
        self.people = people
        self.shares, self.options = shares or Shares(), options or Options()
        if self.options.steady is not None:
            raise BadOptions("an engine moves as little as it can by itself; leave steady out")
        self._table = fair_table(self.options.fair, MOST_POINTS)
        self._forbidden: set[Pairing] = set()
        self._locked: dict[str, str] = {}
        self._places = {mentor.id: mentor.places for mentor in people.mentors}
        self._build()
        for pairing in sorted((choices or Choices()).forbidden):
            self.forbid(*pairing)
        for pairing in sorted((choices or Choices()).locked):
            self.lock(*pairing)

    @property
    def locks(self) -> dict[str, str]:
        """Locked newcomer → her mentor."""
        return dict(self._locked)

    @property
    def forbidden_pairs(self) -> frozenset[Pairing]:
        """The pairs that coordinators forbade."""
        return frozenset(self._forbidden)

    def copy(self) -> Engine:
        """One that changes apart from this one."""
        twin = copy.copy(self)
        twin._repair = self._repair.copy()
        twin._arcs = [dict(row) for row in self._arcs]
        for name in ("_number", "_locked", "_places", "_forbidden"):
            setattr(twin, name, copy.copy(getattr(self, name)))
        return twin

    def arrive(self, newcomer: Newcomer) -> None:
        """A newcomer joins; raises `BadPeople` if somebody has her id."""
        if newcomer.id in self._number:
            raise BadPeople(f"two newcomers have the id {newcomer.id!r}")
        self.people = replace(self.people, newcomers=(*self.people.newcomers, newcomer))
        if len(self.people.newcomers) > self._room:
            self._rebuild()
            return
        row = {
            m: self._worth(newcomer, points(newcomer, mentor, self.people, self.shares))
            for m, mentor in enumerate(self._mentors)
            if eligible(newcomer, mentor, self.people) in (None, NO_PLACE)
        }
        n = self._repair.add_newcomer(list(row), list(row.values()))
        first = int(self._repair.state.row_start[n])
        self._number[newcomer.id] = n
        self._arcs.append({m: first + at for at, m in enumerate(row)})
        self._repair.place(n)

    def leave(self, newcomer_id: str) -> None:
        """A newcomer goes; her lock, if any, goes with her."""
        self.unlock(newcomer_id)
        self._repair.remove(self._n(newcomer_id))
        del self._number[newcomer_id]
        self._forbidden = {pair for pair in self._forbidden if pair[0] != newcomer_id}
        left = tuple(person for person in self.people.newcomers if person.id != newcomer_id)
        self.people = replace(self.people, newcomers=left)

    def forbid(self, newcomer_id: str, mentor_id: str) -> None:
        """A coordinator forbids a pair; a pair that is not feasible stays so."""
        if self._locked.get(newcomer_id) == mentor_id:
            raise ImpossibleChoice(f"{newcomer_id!r} with {mentor_id!r} is locked and forbidden at once")
        n, m = self._n(newcomer_id), self._m(mentor_id)
        self._forbidden.add((newcomer_id, mentor_id))
        arc = self._arcs[n].get(m)
        if arc is not None:
            self._repair.forbid(arc)

    def decline(self, newcomer_id: str, mentor_id: str, rule: str = "tried") -> None:
        """A mentor said no, or they parted: the pair is barred by a rule from now on."""
        self.unlock(newcomer_id)
        self.forbid(newcomer_id, mentor_id)
        self._forbidden.discard((newcomer_id, mentor_id))
        barred = {**self.people.barred, (newcomer_id, mentor_id): rule}
        self.people = replace(self.people, barred=barred)

    def lock(self, newcomer_id: str, mentor_id: str) -> None:
        """A coordinator fixes a pair.

        Raises
        ------
        ImpossibleChoice
            Against a rule, a forbidden pair, another lock, or beyond the mentor's places.
        """
        n, m = self._n(newcomer_id), self._m(mentor_id)
        self._refuse_lock(newcomer_id, mentor_id, n, m)
        self._locked[newcomer_id] = mentor_id
        self._repair.remove(n)
        self._repair.set_capacity(m, self._open_places(mentor_id))

    def unlock(self, newcomer_id: str) -> None:
        """A locked pair is open again; nothing happens where there is no lock."""
        mentor_id = self._locked.pop(newcomer_id, None)
        if mentor_id is not None:
            self._repair.set_capacity(self._m(mentor_id), self._open_places(mentor_id))
            self._repair.place(self._n(newcomer_id))

    def capacity(self, mentor_id: str, places: int) -> None:
        """A mentor has more or fewer places; raises `ImpossibleChoice` if fewer than are locked."""
        m = self._m(mentor_id)
        locks = sum(locked == mentor_id for locked in self._locked.values())
        if locks > places:
            raise ImpossibleChoice(
                f"{locks} newcomers are locked with {mentor_id!r}, who has {places} places"
            )
        mentors = tuple(
            replace(mentor, places=places) if mentor.id == mentor_id else mentor
            for mentor in self.people.mentors
        )
        self.people = replace(self.people, mentors=mentors)
        self._places[mentor_id] = places
        self._repair.set_capacity(m, places - locks)

    def plan(self) -> Plan:
        """The best plan now, with its proof."""
        self._repair.lowest_prices()
        mentor_of = self._mentor_of()
        pairs = tuple(
            Pair(n, m, points(self.people.newcomer(n), self.people.mentor(m), self.people, self.shares))
            for n, m in sorted(mentor_of.items())
        )
        alone = {n: self._alone(n) for n in sorted(self._number.keys() - mentor_of.keys())}
        choices = Choices(frozenset(self._locked.items()), frozenset(self._forbidden))
        sha = fingerprint(encode(self.people, self.shares), choices, self.options)
        certificate = self._certificate(sha)
        return Plan(pairs, alone, certificate, 0, sha, self._watch.cost(1))

    def _build(self) -> None:
        columns = encode(self.people, self.shares)
        market = market_of_columns(columns, fair_top=MOST_POINTS, with_full=True)
        worth = self._table.astype(np.int64)[market.points]
        worth += self.options.waiting * np.minimum(market.waited, 52)[market.owner]
        self._mentors = list(self.people.mentor_by_id.values())
        self._mentor_number = {mentor.id: m for m, mentor in enumerate(self._mentors)}
        self._number = {newcomer: n for n, newcomer in enumerate(market.newcomers)}
        start = market.start.tolist()
        self._arcs = [
            dict(zip(market.mentor[first:last].tolist(), range(first, last), strict=True))
            for first, last in pairwise(start)
        ]
        self._room = ROOM * max(len(market.newcomers), 100)
        most = MOST_POINTS + waiting_worth(10**6, self.options)
        graph = Graph(market.capacity, market.start, market.mentor, worth)
        self._repair = Repair(graph, big_for(most, self._room))
        self._repair.place_all(np.arange(len(market.newcomers)))

    def _rebuild(self) -> None:
        choices = Choices(frozenset(self._locked.items()), frozenset(self._forbidden))
        fresh = Engine(self.people, choices=choices, shares=self.shares, options=self.options)
        self.__dict__.update(fresh.__dict__)

    def _worth(self, newcomer: Newcomer, pair_points: int) -> int:
        return int(self._table[pair_points]) + waiting_worth(newcomer.weeks_waited, self.options)

    def _open_places(self, mentor_id: str) -> int:
        return self._places[mentor_id] - sum(locked == mentor_id for locked in self._locked.values())

    def _refuse_lock(self, newcomer_id: str, mentor_id: str, n: int, m: int) -> None:
        arc = self._arcs[n].get(m)
        if (newcomer_id, mentor_id) in self._forbidden:
            raise ImpossibleChoice(f"{newcomer_id!r} with {mentor_id!r} is locked and forbidden at once")
        if arc is None or self._repair.state.worth[arc] < 0:
            raise ImpossibleChoice(
                f"{newcomer_id!r} cannot be locked with {mentor_id!r}, a rule is against it"
            )
        if newcomer_id in self._locked:
            raise ImpossibleChoice(f"{newcomer_id!r} is locked with two mentors")
        if self._open_places(mentor_id) < 1:
            raise ImpossibleChoice(f"every place of {mentor_id!r} is locked already, or she has none")

    def _mentor_of(self) -> dict[str, str]:
        found = self._repair.mentor_of()
        free = {n: self._mentors[int(found[row])].id for n, row in self._number.items() if found[row] >= 0}
        return free | self._locked

    def _alone(self, newcomer_id: str) -> Alone:
        state = self._repair.state
        for m, arc in self._arcs[self._n(newcomer_id)].items():
            if state.worth[arc] >= 0 and self._places[self._mentors[m].id] > 0:
                return Alone(newcomer_id, SHORT_OF_PLACES)
        choices = Choices(frozenset(), frozenset(self._forbidden))
        return Alone(newcomer_id, NOBODY_FEASIBLE, refused_by(self.people, newcomer_id, choices))

    def _certificate(self, sha: str) -> Certificate:
        prices, values = self._repair.prices(), self._repair.gains()
        by_newcomer: Mapping[str, int] = {n: int(values[row]) for n, row in sorted(self._number.items())}
        by_mentor = {mentor.id: int(prices[m]) for m, mentor in enumerate(self._mentors)}
        return Certificate(by_mentor, by_newcomer, self._repair.big, sha)

    def _n(self, newcomer_id: str) -> int:
        if newcomer_id not in self._number:
            raise UnknownPerson(f"no newcomer {newcomer_id!r} is in this round")
        return self._number[newcomer_id]

    def _m(self, mentor_id: str) -> int:
        if mentor_id not in self._mentor_number:
            raise UnknownPerson(f"no mentor {mentor_id!r} is in this round")
        return self._mentor_number[mentor_id]
