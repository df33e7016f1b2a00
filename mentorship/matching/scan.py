"""Scanning all feasible pairs: the best mentors of everyone, and the pairs that prices leave unsettled."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from mentorship.matching import scan_kernels
from mentorship.matching.columns import LEVELS, Columns, Rows, block_points
from mentorship.matching.compiling import compiled_twin
from mentorship.matching.graph import Ints
from mentorship.matching.scan_kernels import LEVEL_ROWS, NOTHING, WIDTH

BLOCK = 4096
LOWEST, HIGHEST = -12_000, 18_000
"""Prices of 16 bits: what lies outside is cut, and every hit is checked exactly."""
Numbers = NDArray[Any]


@dataclass(frozen=True)
class Found:
    """What a scan found, k for each newcomer at most.

    Attributes
    ----------
    mentor, worth
        Shape (N, k): −1 where there are fewer than k.
    """

    mentor: Numbers
    worth: Numbers

    def arcs(self) -> tuple[Ints, Ints, Ints]:
        """Newcomer, mentor and worth of each pair found, by newcomer and mentor."""
        order = np.argsort(self.mentor, axis=1)
        mentor = np.take_along_axis(self.mentor, order, axis=1)
        some = mentor >= 0
        worth = np.take_along_axis(self.worth, order, axis=1)[some]
        return np.nonzero(some)[0], mentor[some].astype(np.int64), worth.astype(np.int64)


class Scan(Protocol):
    """A way to look at all feasible pairs."""

    def best(self, k: int) -> Found:
        """The k pairs that count most for every newcomer; wishes are left out."""
        ...

    def unsettled(self, price: Ints, value: Ints, big: int, k: int) -> Found:
        """For every newcomer the k pairs that most exceed ``big + worth − price ≤ value``."""
        ...


class CompiledScan:
    """All pairs in buckets of a language, by compiled kernels on all cores.

    Parameters
    ----------
    columns
        The people.
    table
        Points → worth, shape (12001,); None where points count as they are.
    """

    def __init__(self, columns: Columns, table: Numbers | None = None) -> None:
        self._columns = columns
        self._kernels = compiled_twin(scan_kernels)
        self._table = np.zeros(0, dtype=np.int16) if table is None else table
        self._barred = _starts(columns.barred, columns.newcomers)
        self._silent = (columns.newcomer_hours == 0).all(axis=1)
        self._index()
        self._blocks()

    def best(self, k: int) -> Found:
        """See `Scan`."""
        nothing = np.zeros((1, len(self._mentor)), dtype=np.int16)
        kind = np.zeros(self._columns.newcomers, dtype=np.int8)
        floor = np.full(self._columns.newcomers, -1, dtype=np.int16)
        unused = np.zeros(1, dtype=np.int64)
        return self._run(k, nothing, kind, floor, unused, unused, 0, exact=False)

    def unsettled(self, price: Ints, value: Ints, big: int, k: int) -> Found:
        """See `Scan`.

        Notes
        -----
        Prices and values lie near 0 or near `big`. Near 0 a newcomer compares with prices as they are, near
        `big` with what they exceed `big` by (a place that costs less than that is always worth it). What does
        not fit into 16 bits is cut so that nothing is missed, and every hit is checked exactly.
        """
        kind = (value < big // 2).astype(np.int8)
        in_order = price[self._mentor]
        cheap = -20_000 + np.clip(in_order, 0, 8_000)
        dear = np.where(in_order < big // 2, cheap, _cut(in_order - big)).astype(np.int16)
        rows = np.stack([_cut(in_order), dear])
        level = np.where(kind == 1, value, value - big)
        floor = np.clip(level, NOTHING, -LOWEST - 1).astype(np.int16)
        return self._run(k, rows, kind, floor, price, value, big, exact=True)

    def _run(
        self,
        k: int,
        rows: Numbers,
        kind: Numbers,
        floor: Numbers,
        price: Ints,
        value: Ints,
        big: int,
        *,
        exact: bool,
    ) -> Found:
        newcomers = self._columns.newcomers
        best = np.repeat(floor[:, None], k, axis=1)
        whom = np.full((newcomers, k), -1, dtype=np.int32)
        worth = np.zeros((newcomers, k), dtype=np.int32)
        before, after = self._fixed

        def block(number: int) -> None:
            cut = slice(self._block_start[number], self._block_start[number + 1])
            entries = [column[cut] for column in self._entries]
            self._kernels.scan_block(
                *entries, *before, self._table, rows, kind, floor, price, value, big, exact, *after,
                best, whom, worth,
            )  # fmt: skip

        with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
            list(pool.map(block, range(len(self._block_start) - 1)))
        return Found(whom, worth)

    def _index(self) -> None:
        columns = self._columns
        rows = columns.mentor_languages
        owner = rows.owner
        has = columns.places[owner] > 0
        order = np.flatnonzero(has)[np.argsort(rows.item[has], kind="stable")]
        bucket = rows.item[order].astype(np.int64)
        self._mentor = owner[order].astype(np.int32)
        sizes = np.bincount(bucket, minlength=columns.languages)
        row_of, heights = _local_rows(columns.ahead, bucket, self._mentor, columns)
        tile_start, tile_first, tile_cells, total = _tiles(sizes, heights)
        cells = np.zeros(total, dtype=np.int16)
        self._kernels.fill_tiles(
            bucket, np.arange(len(bucket)), self._mentor, rows.amount[order].astype(np.int64),
            LEVELS.astype(np.int16), columns.ahead.start, columns.ahead.item, columns.ahead.amount,
            row_of, tile_start, tile_first, tile_cells, cells,
        )  # fmt: skip
        hours = columns.mentor_hours[self._mentor].T.copy()
        asked = (columns.parts.start, columns.parts.item, columns.parts.amount)
        hers = (columns.language_part, columns.when_part, columns.newcomer_hours, self._silent)
        tiles = (row_of, tile_start, tile_first, tile_cells, cells, self._mentor, *hours)
        self._fixed = ((*asked, *hers, *tiles), self._barred)

    def _blocks(self) -> None:
        """Newcomers in blocks of like language and hours; each block's entries by language and hours."""
        columns = self._columns
        rows = columns.newcomer_languages
        hours = columns.newcomer_hours
        first = np.zeros(columns.newcomers, dtype=np.int64)
        some = np.diff(rows.start) > 0
        first[some] = rows.item[rows.start[:-1][some]]
        order = np.lexsort((hours[:, 2], hours[:, 1], hours[:, 0], first))
        place = np.empty(len(order), dtype=np.int64)
        place[order] = np.arange(len(order))
        owner = rows.owner
        block = place[owner] // BLOCK
        by_block = np.lexsort((place[owner], rows.item, block))
        n = owner[by_block].astype(np.int32)
        turn = (n.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(40)).astype(np.int64)
        self._entries = (
            n,
            rows.item[by_block].astype(np.int64),
            rows.amount[by_block].astype(np.int64),
            turn,
        )
        blocks = -(-columns.newcomers // BLOCK)
        self._block_start = np.searchsorted(block[by_block], np.arange(blocks + 1))


class BlockScan:
    """All pairs by numpy, block after block of newcomers: slower, and needs nothing else."""

    def __init__(self, columns: Columns, table: Numbers | None = None, rows: int = 256) -> None:
        self._columns = columns
        self._table = table
        self._rows = rows
        self._plain = _without_wishes(columns)

    def best(self, k: int) -> Found:
        """See `Scan`."""
        return self._run(k, None, None, 0)

    def unsettled(self, price: Ints, value: Ints, big: int, k: int) -> Found:
        """See `Scan`."""
        return self._run(k, price, value, big)

    def _run(self, k: int, price: Ints | None, value: Ints | None, big: int) -> Found:
        columns = self._columns
        k = min(k, columns.mentors)
        whom = np.full((columns.newcomers, k), -1, dtype=np.int32)
        worth = np.zeros((columns.newcomers, k), dtype=np.int32)
        for first in range(0, columns.newcomers if k else 0, self._rows):
            rows = slice(first, min(first + self._rows, columns.newcomers))
            points = block_points(self._plain, rows)
            counts = points if self._table is None else self._table[points].astype(np.int32)
            gain = counts.astype(np.int64)
            if price is not None and value is not None:
                gain = big + gain - price - value[rows, None] - 1
            gain[(points < 0) | (columns.places <= 0)] = -1
            top = np.argpartition(gain, -k, axis=1)[:, -k:]
            good = np.take_along_axis(gain, top, axis=1) >= 0
            whom[rows] = np.where(good, top, -1)
            worth[rows] = np.take_along_axis(counts, top, axis=1)
        return Found(whom, worth)


def _cut(prices: Ints) -> Numbers:
    return np.clip(prices, LOWEST, HIGHEST).astype(np.int16)


def _starts(barred: Numbers, newcomers: int) -> tuple[Numbers, Numbers]:
    start = np.searchsorted(barred[:, 0], np.arange(newcomers + 1))
    return start, barred[:, 1].astype(np.int32)


def _local_rows(ahead: Rows, bucket: Ints, mentor: Numbers, columns: Columns) -> tuple[Numbers, Ints]:
    """Shape (L, D): each language's row of a thing (−1 = nobody there), and the number of rows."""
    used = np.zeros((columns.languages, max(columns.things, 1)), dtype=bool)
    lengths = np.diff(ahead.start)[mentor]
    entry = np.repeat(ahead.start[:-1][mentor], lengths)
    entry += np.arange(len(entry)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    used[np.repeat(bucket, lengths), ahead.item[entry]] = True
    row_of = np.where(used, LEVEL_ROWS - 1 + np.cumsum(used, axis=1), -1).astype(np.int16)
    return row_of, LEVEL_ROWS + used.sum(axis=1)


def _tiles(sizes: Ints, heights: Ints) -> tuple[Ints, Ints, Ints, int]:
    """Tiles of equal width in each bucket: where they start among tiles, entries and cells."""
    numbers = -(-sizes // WIDTH)
    tile_start = np.concatenate(([0], np.cumsum(numbers)))
    widths = [
        np.diff(np.linspace(0, size, number + 1).astype(np.int64))
        for size, number in zip(sizes.tolist(), numbers.tolist(), strict=True)
        if number
    ]
    width = np.concatenate(widths) if widths else np.zeros(0, dtype=np.int64)
    cells = np.concatenate(([0], np.cumsum(width * np.repeat(heights, numbers))))
    return tile_start, np.concatenate(([0], np.cumsum(width))), cells[:-1], int(cells[-1])


def _without_wishes(columns: Columns) -> Columns:
    return replace(columns, wishes=np.zeros((0, 3), dtype=np.int64))
