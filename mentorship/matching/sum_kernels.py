"""Sums of rows of 16-bit numbers, compiled: small functions, so that they become vector instructions.

Every row is contiguous, and the inner loops close over nothing: else the compiler goes number by number.
"""

from __future__ import annotations

from typing import Any

import numpy as np

int16 = np.int16


def times(out: Any, row: Any, part: Any) -> None:
    """Begin a sum: parts times a row."""
    for j in range(len(out)):
        out[j] = int16(part * row[j])


def plus(out: Any, row: Any, part: Any) -> None:
    """Add parts times a row."""
    for j in range(len(out)):
        out[j] = int16(out[j] + int16(part * row[j]))


def plus_two(out: Any, row: Any, part: Any, other: Any, more: Any) -> None:
    """Add parts times a row, twice."""
    for j in range(len(out)):
        out[j] = int16(out[j] + int16(int16(part * row[j]) + int16(more * other[j])))


def look_up(out: Any, table: Any) -> None:
    """Replace each sum by what it counts."""
    for j in range(len(out)):
        out[j] = table[out[j]]


def less(out: Any, row: Any) -> None:
    """Take a row away."""
    for j in range(len(out)):
        out[j] = int16(out[j] - row[j])


def greatest(out: Any) -> Any:
    """The largest of a row."""
    most = out[0]
    for j in range(len(out)):
        most = max(most, out[j])
    return most


def hours_in_common(out: Any, one: Any, two: Any, three: Any, hers: Any) -> None:
    """The worth of free hours in common: bits counted, at most 10; 5 where a mentor did not say."""
    a, b, c = hers[0], hers[1], hers[2]
    for j in range(len(out)):
        bits = count_bits(one[j] & a) + count_bits(two[j] & b) + count_bits(three[j] & c)
        unsaid = (one[j] | two[j] | three[j]) == np.uint64(0)
        out[j] = int16(5) if unsaid else int16(min(bits, np.uint64(10)))


def count_bits(x: Any) -> Any:
    """How many bits of a 64-bit number are set (H. S. Warren, Hacker's Delight, 5-1)."""
    x = x - ((x >> np.uint64(1)) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return (x * np.uint64(0x0101010101010101)) >> np.uint64(56)
