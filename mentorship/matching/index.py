"""An index of mentors that answers for one newcomer at a time: the few best of a hundred thousand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorship.matching import index_kernels
from mentorship.matching.columns import LEVELS, asked_of, hours_bits
from mentorship.matching.compiling import can_compile, compiled_twin
from mentorship.matching.people import MOST_LEVEL, Mentor, Newcomer, Shares
from mentorship.matching.scoring import AVERAGE_HOURS, HERE, Parts, parts_of, wish_points
from mentorship.matching.suggestions import CROWD, NEAR, chances, identity

Row = NDArray[np.int16]
NOBODY = np.iinfo(np.int16).min
COMPILED_FROM = 5_000
"""Mentors from which compiled kernels pay for being loaded."""


@dataclass(frozen=True)
class Bucket:
    """The mentors of one language with a place.

    Attributes
    ----------
    number
        Shape (B,): which mentors.
    level
        Level of the newcomer → shape (B,): what the lower of the two levels is worth.
    row_of, rows
        (kind, item) → row, and shape (things, B): how far ahead, 0 to 10.
    hours
        Shape (3, B): free hours as bits.
    unsaid
        Which of them did not say when they are free.
    crowd
        Shape (B,): what each falls back for being shown to others.
    """

    number: NDArray[np.int32]
    level: tuple[Row, ...]
    row_of: Mapping[tuple[str, ...], int]
    rows: NDArray[np.int16]
    hours: NDArray[np.uint64]
    unsaid: NDArray[np.int64]
    crowd: Row

    def places_of(self, mentors: NDArray[np.int64]) -> NDArray[np.int64]:
        """Shape (mentors,): where in the bucket they stand, −1 for who is not in it."""
        at = np.searchsorted(self.number, mentors)
        inside = at < len(self.number)
        inside[inside] = self.number[at[inside]] == mentors[inside]
        return np.where(inside, at, -1)


class MentorIndex:
    """Mentors with a place, by language, ready to be asked for one newcomer after another.

    Parameters
    ----------
    mentors
        Everyone who may be suggested; those without a place are left out.
    shares, rarity
        As for `reasons`.
    shown
        Mentor → how many newcomers were shown her, as for `suggest`.

    Notes
    -----
    `best` gives exactly what `suggest` ranks first: one multiplication and one sum of 16-bit rows for each
    thing she asked for. From `COMPILED_FROM` mentors on the sums are compiled, where numba is installed.
    """

    def __init__(
        self,
        mentors: Sequence[Mentor],
        *,
        shares: Shares | None = None,
        rarity: Mapping[str, int] | None = None,
        shown: Mapping[str, int] | None = None,
    ) -> None:
        self._shares, self._rarity = shares or Shares(), rarity or {}
        crowd = shown or {}
        self._mentors = sorted((each for each in mentors if each.places), key=lambda each: each.id)
        self._number = {mentor.id: number for number, mentor in enumerate(self._mentors)}
        self._identity = np.array([identity(mentor.id) for mentor in self._mentors], dtype=np.uint64)
        back = [CROWD * crowd.get(mentor.id, 0) // mentor.places for mentor in self._mentors]
        self._crowd = np.minimum(np.array(back, dtype=np.int64), 20_000).astype(np.int16)
        codes = sorted({code for mentor in self._mentors for code in mentor.languages})
        hours = hours_bits([mentor.when for mentor in self._mentors])
        speaking: dict[str, list[int]] = {code: [] for code in codes}
        for number, mentor in enumerate(self._mentors):
            for code in mentor.languages:
                speaking[code].append(number)
        self._buckets = {code: self._bucket(code, speaking[code], hours) for code in codes}
        self._kernels: Any = None
        if len(self._mentors) >= COMPILED_FROM and can_compile():
            self._kernels = compiled_twin(index_kernels)

    def best(
        self, newcomer: Newcomer, top: int = 3, *, barred: frozenset[str] = frozenset()
    ) -> tuple[tuple[str, int], ...]:
        """The best mentors for a newcomer, best first, with their points.

        Parameters
        ----------
        newcomer
            Whoever asks; she need not be in any round.
        top
            How many at most.
        barred
            Ids of mentors whom a rule refuses her; she herself always is.
        """
        refused = [self._number[each] for each in barred | {newcomer.id} if each in self._number]
        wishes = {
            self._number[each]: wish_points(newcomer, each)
            for each in newcomer.wishes
            if each in self._number
        }
        if self._kernels is not None:
            return self._compiled(newcomer, top, wishes, refused)
        points = self._points(newcomer)
        for m, worth in wishes.items():
            points[m] += worth if points[m] >= 0 else 0
        points[refused] = -1
        near = self._near_the_top(points, top)
        rank = points[near].astype(np.int64) - self._crowd[near]
        rank += chances(identity(newcomer.id), self._identity[near], NEAR)
        order = np.lexsort((near, -rank))[:top]
        return tuple((self._mentors[m].id, int(points[m])) for m in near[order].tolist())

    def _compiled(
        self, newcomer: Newcomer, top: int, wishes: Mapping[int, int], refused: Sequence[int]
    ) -> tuple[tuple[str, int], ...]:
        parts = parts_of(newcomer, self._shares, self._rarity)
        asked, free = asked_of(parts), hours_bits([newcomer.when])[0]
        wished, barred = np.array(list(wishes), dtype=np.int64), np.array(refused, dtype=np.int64)
        extra = np.array(list(wishes.values()), dtype=np.int16)
        best, whom = np.full(top, -1_000_000, dtype=np.int64), np.full(top, -1, dtype=np.int64)
        points, hers = np.zeros(top, dtype=np.int64), np.uint64(identity(newcomer.id))
        for code, level in newcomer.languages.items():
            bucket = self._buckets.get(code)
            if bucket is None:
                continue
            rows = [(bucket.row_of[thing], part) for thing, part in asked.items() if thing in bucket.row_of]
            which = np.array([row for row, _ in rows], dtype=np.int64)
            shares = np.array([part for _, part in rows], dtype=np.int16)
            self._kernels.best_of_bucket(
                bucket.number, bucket.level[level], np.int16(parts.language), bucket.rows, which, shares,
                bucket.hours, free, np.int16(parts.when), np.int16(AVERAGE_HOURS), bucket.crowd,
                bucket.places_of(wished), extra, bucket.places_of(barred),
                hers, self._identity, NEAR, best, whom, points,
            )  # fmt: skip
        chosen = zip(whom.tolist(), points.tolist(), strict=True)
        return tuple((self._mentors[m].id, worth) for m, worth in chosen if m >= 0)

    def _near_the_top(self, points: Row, top: int) -> NDArray[np.int64]:
        """All mentors whom chance could bring among the first."""
        rank = np.where(points >= 0, points - self._crowd, NOBODY)
        least = NOBODY
        for _ in range(top):
            best = int(rank.argmax()) if len(rank) else -1
            if best < 0 or rank[best] == NOBODY:
                return np.flatnonzero(points >= 0)
            least = int(rank[best])
            rank[best] = NOBODY
        return np.flatnonzero((points - self._crowd > least - NEAR) & (points >= 0))

    def _points(self, newcomer: Newcomer) -> Row:
        """Shape (mentors,): her points with each, wishes left out; −1 where no language is shared."""
        parts = parts_of(newcomer, self._shares, self._rarity)
        bits = hours_bits([newcomer.when])[0]
        found = np.full(len(self._mentors), -1, dtype=np.int16)
        for code, level in newcomer.languages.items():
            bucket = self._buckets.get(code)
            if bucket is not None:
                sums = _sums(bucket, level, parts, bits)
                found[bucket.number] = np.maximum(found[bucket.number], sums)
        return found

    def _bucket(self, code: str, number: list[int], hours: NDArray[np.uint64]) -> Bucket:
        row_of: dict[tuple[str, ...], int] = {}
        ahead_of = [
            (row_of.setdefault(thing, len(row_of)), at, ahead)
            for at, m in enumerate(number)
            for thing, ahead in _things(self._mentors[m])
        ]
        rows = np.zeros((len(row_of), len(number)), dtype=np.int16)
        entries = np.array(ahead_of, dtype=np.int64).reshape(-1, 3)
        rows[entries[:, 0], entries[:, 1]] = entries[:, 2]
        levels = np.array([self._mentors[m].languages[code] for m in number])
        worth = LEVELS.astype(np.int16)
        level = tuple(worth[np.minimum(levels, each)] for each in range(MOST_LEVEL + 1))
        unsaid = np.flatnonzero((hours[number] == 0).all(axis=1))
        who = np.array(number, dtype=np.int32)
        return Bucket(who, level, row_of, rows, hours[number].T.copy(), unsaid, self._crowd[who])


def _sums(bucket: Bucket, level: int, parts: Parts, bits: NDArray[np.uint64]) -> Row:
    """Shape (B,): the points of a newcomer with everyone of a bucket, wishes left out."""
    sums = bucket.level[level] * np.int16(parts.language)
    for thing, part in asked_of(parts).items():
        if thing in bucket.row_of:
            sums += bucket.rows[bucket.row_of[thing]] * np.int16(part)
    if not bits.any():
        return sums + np.int16(AVERAGE_HOURS * parts.when)
    common = np.bitwise_count(bucket.hours[0] & bits[0])
    for word in range(1, len(bits)):
        if bits[word]:
            common += np.bitwise_count(bucket.hours[word] & bits[word])
    np.minimum(common, HERE, out=common)
    common[bucket.unsaid] = AVERAGE_HOURS
    found: Row = sums + common * np.int16(parts.when)
    return found


def _things(mentor: Mentor) -> list[tuple[tuple[str, ...], int]]:
    by_kind = {"needs": mentor.needs, "topics": mentor.topics, "areas": mentor.areas}
    found: list[tuple[tuple[str, ...], int]] = [
        ((kind, item), ahead) for kind, row in by_kind.items() for item, ahead in row.items() if ahead
    ]
    return found + [(("where", *wiki), HERE) for wiki in mentor.where]
