"""The scan of all pairs of a language, compiled: points in 16-bit numbers, tile by tile.

A bucket holds the mentors of one language in tiles of at most `WIDTH`; a tile's rows are contiguous, so that
the compiler turns the sums (`sum_kernels`) into vector instructions. Newcomers come in blocks that fit a tile
into the cache between them.

Every function here is handed numpy arrays and is compiled by `compiling.compiled_twin`; nothing here runs
plain but in tests of tiny problems.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from mentorship.matching.sum_kernels import (
    count_bits,
    greatest,
    hours_in_common,
    less,
    look_up,
    plus,
    plus_two,
    times,
)

WIDTH = 1024
SPAN = 64
"""Mentors looked at together: their greatest first, one by one only where it counts."""
LEVEL_ROWS = 6
NOTHING = -32000
"""Below every sum less its price."""
int16 = np.int16


def keep(best: Any, whom: Any, worth: Any, gain: int, m: int, points: int) -> Any:
    """Put a mentor among the best of a newcomer; returns the gain one must exceed from now on."""
    k = len(best)
    lowest = 0
    for i in range(k):
        if whom[i] == m:
            if gain > best[i]:
                best[i] = gain
                worth[i] = points
            lowest = -1
            break
        if best[i] < best[lowest]:
            lowest = i
    if lowest >= 0:
        best[lowest] = gain
        whom[lowest] = m
        worth[lowest] = points
    limit = best[0]
    for i in range(1, k):
        limit = min(limit, best[i])
    return limit


def is_barred(barred: Any, first: int, last: int, m: int) -> bool:
    """Whether a mentor is among a newcomer's barred ones."""
    found = False
    for at in range(first, last):
        found = found or barred[at] == m
    return found


def scan_block(
    entries: Any,
    language: Any,
    level: Any,
    turn: Any,
    part_start: Any,
    part_thing: Any,
    part: Any,
    language_part: Any,
    when_part: Any,
    hours: Any,
    silent: Any,
    row_of: Any,
    tile_start: Any,
    tile_first: Any,
    tile_cells: Any,
    cells: Any,
    mentor: Any,
    one: Any,
    two: Any,
    three: Any,
    table: Any,
    price_rows: Any,
    price_kind: Any,
    floor: Any,
    price: Any,
    value: Any,
    big: int,
    exact: bool,
    barred_start: Any,
    barred: Any,
    best: Any,
    whom: Any,
    worth: Any,
) -> None:
    """Find the best mentors of a block of newcomers among all they share a language with.

    Parameters
    ----------
    entries, language, level, turn
        One entry for each newcomer and language of hers, by language and then by free hours: the newcomer,
        the language, her level, and a number by which equal mentors come in another order for each.
    part_start … silent
        The newcomers' columns; `silent` are those who did not say when they are free.
    row_of … three
        The index: rows of things per language, tiles, and the mentors' free hours in bucket order.
    table
        What points count, or an empty array where they count as they are.
    price_rows, price_kind
        Shapes (kinds, bucket entries) and (N,): 16-bit prices in bucket order, and the kind one sees.
    floor
        Shape (N,): the 16-bit gain to exceed.
    price, value, big, exact
        Exact prices and values: with `exact`, only pairs with ``big + worth − price > value`` are kept.
    best, whom, worth
        Shape (N, k): gains, mentors (−1 = none) and worths found; changed in place.
    """
    gains = np.empty(WIDTH, dtype=np.int16)
    free = np.empty(WIDTH, dtype=np.int16)
    first = 0
    while first < len(entries):
        bucket = language[first]
        last = first
        while last < len(entries) and language[last] == bucket:
            last += 1
        tiles = tile_start[bucket + 1] - tile_start[bucket]
        for step in range(tiles):
            tile = tile_start[bucket] + (step + first) % tiles
            begin = tile_first[tile]
            width = tile_first[tile + 1] - begin
            base = tile_cells[tile]
            out = gains[:width]
            hours_row = free[:width]
            before = -1
            for at in range(first, last):
                n = entries[at]
                row = base + (level[at] - 1) * width
                times(out, cells[row : row + width], language_part[n])
                if silent[n]:
                    for j in range(width):
                        out[j] = int16(out[j] + int16(5) * when_part[n])
                elif when_part[n] > 0:
                    if (
                        before < 0
                        or hours[before, 0] != hours[n, 0]
                        or hours[before, 1] != hours[n, 1]
                        or hours[before, 2] != hours[n, 2]
                    ):
                        hours_in_common(
                            hours_row,
                            one[begin : begin + width],
                            two[begin : begin + width],
                            three[begin : begin + width],
                            hours[n],
                        )
                        before = n
                    plus(out, hours_row, when_part[n])
                waiting = -1
                waiting_part = int16(0)
                for p in range(part_start[n], part_start[n + 1]):
                    local = row_of[bucket, part_thing[p]]
                    if local >= 0:
                        if waiting < 0:
                            waiting = base + local * width
                            waiting_part = part[p]
                        else:
                            row = base + local * width
                            plus_two(
                                out,
                                cells[row : row + width],
                                part[p],
                                cells[waiting : waiting + width],
                                waiting_part,
                            )
                            waiting = -1
                if waiting >= 0:
                    plus(out, cells[waiting : waiting + width], waiting_part)
                if len(table):
                    look_up(out, table)
                prices = price_rows[price_kind[n]][begin : begin + width]
                if exact:
                    less(out, prices)
                limit = floor[n]
                if greatest(out) > limit:
                    spans = (width + SPAN - 1) // SPAN
                    for each in range(spans):
                        start = (each + turn[at]) % spans * SPAN
                        size = min(SPAN, width - start)
                        if greatest(out[start : start + size]) <= limit:
                            continue
                        shift = turn[at] % size
                        for lane in range(size):
                            j = start + (lane + shift if lane + shift < size else lane + shift - size)
                            if out[j] <= limit:
                                continue
                            m = mentor[begin + j]
                            gain = int(out[j])
                            counts = gain
                            if exact:
                                counts = gain + prices[j]
                                if big + counts - price[m] <= value[n]:
                                    continue
                            if not is_barred(barred, barred_start[n], barred_start[n + 1], m):
                                limit = max(limit, keep(best[n], whom[n], worth[n], gain, m, counts))
                    floor[n] = limit
        first = last


def fill_tiles(
    bucket: Any,
    place: Any,
    mentor: Any,
    level: Any,
    level_worth: Any,
    start: Any,
    thing: Any,
    ahead: Any,
    row_of: Any,
    tile_start: Any,
    tile_first: Any,
    tile_cells: Any,
    cells: Any,
) -> None:
    """Write the mentors of all buckets into their tiles; entries are in bucket order."""
    for e in range(len(bucket)):
        tile = tile_start[bucket[e]]
        while tile_first[tile + 1] <= place[e]:
            tile += 1
        width = tile_first[tile + 1] - tile_first[tile]
        base = tile_cells[tile] + place[e] - tile_first[tile]
        for step in range(1, LEVEL_ROWS + 1):
            cells[base + (step - 1) * width] = level_worth[min(step, level[e])]
        m = mentor[e]
        for at in range(start[m], start[m + 1]):
            local = row_of[bucket[e], thing[at]]
            if local >= 0:
                cells[base + local * width] = ahead[at]


KERNELS = (
    times,
    plus,
    plus_two,
    look_up,
    less,
    greatest,
    count_bits,
    hours_in_common,
    keep,
    is_barred,
    scan_block,
    fill_tiles,
)
