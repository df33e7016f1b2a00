"""One newcomer against all mentors of an index, compiled: language by language, the few best kept on the way.

Written for numba, like `scan_kernels`; the sums are those of `sum_kernels`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from mentorship.matching.sum_kernels import (
    count_bits,
    greatest,
    hours_in_common,
    less,
    plus,
    plus_two,
    times,
)

TILE = 1024
SPAN = 64
BARRED = -32_000
MOST_HOURS = 10
int16 = np.int16


def chance(hers: Any, theirs: Any, sides: Any) -> Any:
    """As `suggestions.chances`, of one pair."""
    mixed = theirs ^ hers
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.int64((mixed ^ (mixed >> np.uint64(31))) % sides)


def enter(best: Any, whom: Any, points: Any, m: int, rank: int, worth: int) -> None:
    """Put a mentor among the first few, once, by rank and then by number."""
    at = len(best) - 1
    for i in range(len(best)):
        if whom[i] == m:
            at = i
    if rank < best[at] or (rank == best[at] and m >= whom[at]):
        return
    while at > 0 and (best[at - 1] < rank or (best[at - 1] == rank and whom[at - 1] > m)):
        best[at] = best[at - 1]
        whom[at] = whom[at - 1]
        points[at] = points[at - 1]
        at -= 1
    best[at] = rank
    whom[at] = m
    points[at] = worth


def best_of_bucket(
    number: Any,
    level: Any,
    language_part: Any,
    rows: Any,
    which: Any,
    parts: Any,
    hours: Any,
    free: Any,
    when_part: Any,
    average: Any,
    crowd: Any,
    wished: Any,
    wish_points: Any,
    barred: Any,
    hers: Any,
    theirs: Any,
    near: int,
    best: Any,
    whom: Any,
    points: Any,
) -> None:
    """Put the best mentors of one language among the first few of a newcomer.

    Parameters
    ----------
    number, level
        Shape (B,): which mentors, and what the lower of the two levels is worth.
    rows, which, parts
        Shape (things, B), and the rows she asked for with their parts.
    hours, free, when_part, average
        Shape (3, B) and (3,): free hours as bits; her part for them; what counts where she did not say.
    crowd
        Shape (B,): what each falls back for being shown to others.
    wished, wish_points, barred
        Places in the bucket whom she wishes for, what that adds, and who is refused to her.
    hers, theirs, near
        The identities of the newcomer and of all mentors; within how many points chance decides.
    best, whom, points
        Ranks, mentors (−1 = none) and points of the first few, best first; changed in place.
    """
    sums = np.empty(TILE, dtype=np.int16)
    together = np.empty(TILE, dtype=np.int16)
    last = len(best) - 1
    silent = free[0] == 0 and free[1] == 0 and free[2] == 0
    for begin in range(0, len(number), TILE):
        end = min(begin + TILE, len(number))
        out = sums[: end - begin]
        times(out, level[begin:end], language_part)
        pair = len(which) // 2
        for at in range(pair):
            plus_two(
                out,
                rows[which[2 * at], begin:end],
                parts[2 * at],
                rows[which[2 * at + 1], begin:end],
                parts[2 * at + 1],
            )
        if 2 * pair < len(which):
            plus(out, rows[which[2 * pair], begin:end], parts[2 * pair])
        less(out, crowd[begin:end])
        for at in range(len(wished)):
            if begin <= wished[at] < end:
                out[wished[at] - begin] += wish_points[at]
        if silent:
            for j in range(end - begin):
                out[j] = int16(out[j] + int16(average * when_part))
        elif when_part > 0:
            if np.int64(greatest(out)) + MOST_HOURS * np.int64(when_part) + near <= best[last]:
                continue
            common = together[: end - begin]
            hours_in_common(common, hours[0, begin:end], hours[1, begin:end], hours[2, begin:end], free)
            plus(out, common, when_part)
        for at in range(len(barred)):
            if begin <= barred[at] < end:
                out[barred[at] - begin] = BARRED
        for start in range(0, end - begin, SPAN):
            stop = min(start + SPAN, end - begin)
            if np.int64(greatest(out[start:stop])) + near <= best[last]:
                continue
            for j in range(start, stop):
                rank = np.int64(out[j])
                if rank + near > best[last] and rank != BARRED:
                    m = number[begin + j]
                    worth = rank + crowd[begin + j]
                    rank += chance(hers, theirs[m], np.uint64(near))
                    enter(best, whom, points, m, rank, worth)


KERNELS = (
    times,
    plus,
    plus_two,
    less,
    greatest,
    count_bits,
    hours_in_common,
    chance,
    enter,
    best_of_bucket,
)
