"""One newcomer against all mentors of an index, compiled: points by language, then the few near the top.

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
int16 = np.int16


def add_bucket(
    found: Any,
    number: Any,
    level: Any,
    language_part: Any,
    rows: Any,
    which: Any,
    parts: Any,
    hours: Any,
    hers: Any,
    when_part: Any,
    average: Any,
) -> None:
    """Raise each mentor of a bucket to her points with one newcomer, wishes left out.

    Parameters
    ----------
    found
        Shape (M,): points so far, −1 for none; changed in place.
    number, level
        Shape (B,): which mentors, and what the lower of the two levels is worth.
    rows, which, parts
        Shape (things, B), and the rows she asked for with their parts.
    hours, hers, when_part, average
        Shape (3, B) and (3,): free hours as bits; her part for them; what counts where she did not say.
    """
    sums = np.empty(TILE, dtype=np.int16)
    free = np.empty(TILE, dtype=np.int16)
    silent = hers[0] == 0 and hers[1] == 0 and hers[2] == 0
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
        if silent:
            for j in range(end - begin):
                out[j] = int16(out[j] + int16(average * when_part))
        elif when_part > 0:
            common = free[: end - begin]
            hours_in_common(common, hours[0, begin:end], hours[1, begin:end], hours[2, begin:end], hers)
            plus(out, common, when_part)
        for j in range(end - begin):
            m = number[begin + j]
            found[m] = max(found[m], out[j])


def chance(hers: Any, theirs: Any, sides: Any) -> Any:
    """As `suggestions.chances`, of one pair."""
    mixed = theirs ^ hers
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.int64((mixed ^ (mixed >> np.uint64(31))) % sides)


def first_few(points: Any, crowd: Any, hers: Any, theirs: Any, near: int, whom: Any) -> None:
    """Write the mentors who come first into `whom`, best first; −1 where there are fewer.

    Parameters
    ----------
    points, crowd, theirs
        Shape (M,): points (−1 = no language in common), what each falls back for being shown, identities.
    hers
        The newcomer's identity.
    near
        Within how many points chance decides.
    """
    top = len(whom)
    best = np.full(top, -1_000_000, dtype=np.int64)
    whom[:] = -1
    ranks = np.empty(TILE, dtype=np.int16)
    for begin in range(0, len(points), TILE):
        end = min(begin + TILE, len(points))
        out = ranks[: end - begin]
        times(out, points[begin:end], int16(1))
        less(out, crowd[begin:end])
        if np.int64(greatest(out)) + near <= best[top - 1]:
            continue
        for m in range(begin, end):
            rank = np.int64(out[m - begin])
            if points[m] >= 0 and rank + near > best[top - 1]:
                rank += chance(hers, theirs[m], np.uint64(near))
                if rank > best[top - 1]:
                    at = top - 1
                    while at > 0 and best[at - 1] < rank:
                        best[at] = best[at - 1]
                        whom[at] = whom[at - 1]
                        at -= 1
                    best[at] = rank
                    whom[at] = m


KERNELS = (times, plus, plus_two, less, greatest, count_bits, hours_in_common, add_bucket, chance, first_few)
