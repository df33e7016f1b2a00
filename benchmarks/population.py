"""Seeded made-up people as columns: languages, levels, topics, hours and places as one might meet them.

Languages follow a power law over 300 (about 1.5 a person, at most 4), topics a milder one with a part of
their own for each language; free hours go with the part of the world; where she edits is mostly the wiki
of her language. Nothing here describes a real person.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorship.matching.columns import Columns, Rows

LANGUAGES = 300
LANGUAGE_POWER = 1.4
LEARNT_POWER = 2.2
NEEDS, TOPICS, AREAS, SHARED_WIKIS = 18, 39, 3, 4
OWN_TOPICS = 0.3
PARTS = (("weekday", 7, 5), ("weekday", 12, 6), ("weekday", 18, 5), ("weekend", 7, 5), ("weekend", 12, 6),
         ("weekend", 18, 5))  # fmt: skip
ZONES = 24
SCARCE, AMPLE = "scarce", "ample"
MOST_PEOPLE = 3_000_000
Numbers = NDArray[Any]


def population(newcomers: int, mentors: int, places: str, seed: int) -> Columns:
    """People as columns, the same for the same arguments.

    Parameters
    ----------
    newcomers, mentors
        How many.
    places
        ``"scarce"``: 1 to 10 places a mentor, 0.55 a newcomer at ten newcomers a mentor; ``"ample"``: a
        quarter more places than newcomers on average.
    seed
        Of the random numbers.
    """
    random = np.random.default_rng(seed)
    tongues = [_languages(random, people) for people in (newcomers, mentors)]
    zones = random.integers(0, ZONES, LANGUAGES)
    favourites = np.argsort(random.random((LANGUAGES, TOPICS)), axis=1)[:, :6]
    first = [rows.item[rows.start[:-1]] for rows in tongues]
    most = 10 if places == SCARCE else max(1, round(2.5 * newcomers / mentors) - 1)
    parts, language_part, when_part = _asked(random, first[0], favourites)
    return Columns(
        languages=LANGUAGES,
        things=NEEDS + TOPICS + AREAS + SHARED_WIKIS + LANGUAGES,
        newcomer_languages=tongues[0],
        mentor_languages=tongues[1],
        parts=parts,
        ahead=_offered(random, first[1], favourites),
        language_part=language_part,
        when_part=when_part,
        newcomer_hours=_hours(random, zones[first[0]], 0.3),
        mentor_hours=_hours(random, zones[first[1]], 0.2),
        places=random.integers(1, most + 1, mentors).astype(np.int64),
        waited=np.zeros(newcomers, dtype=np.int64),
        wishes=np.zeros((0, 3), dtype=np.int64),
        barred=np.zeros((0, 2), dtype=np.int64),
    )


def _power_law(random: np.random.Generator, kinds: int, power: float, size: int) -> Numbers:
    weights = np.arange(1, kinds + 1) ** -power
    return np.searchsorted(np.cumsum(weights / weights.sum()), random.random(size)).clip(0, kinds - 1)


def _rows(people: int, owner: Numbers, item: Numbers, amount: Numbers) -> Rows:
    """Rows without repeated items; of equal ones the first counts."""
    order = np.lexsort((np.arange(len(owner)), item, owner))
    owner, item, amount = owner[order], item[order], amount[order]
    fresh = np.ones(len(owner), dtype=bool)
    fresh[1:] = (owner[1:] != owner[:-1]) | (item[1:] != item[:-1])
    owner, item, amount = owner[fresh], item[fresh], amount[fresh]
    start = np.searchsorted(owner, np.arange(people + 1)).astype(np.int64)
    return Rows(start, item.astype(np.int32), amount.astype(np.int16))


def _languages(random: np.random.Generator, people: int) -> Rows:
    """About 1.5 languages each; the first one is spoken best. The most spoken one comes first in a row."""
    many = 1 + (random.random((people, 3)) < (0.42, 0.14, 0.05)).sum(axis=1)
    owner = np.repeat(np.arange(people), many)
    grown, learnt = (
        _power_law(random, LANGUAGES, power, len(owner)) for power in (LANGUAGE_POWER, LEARNT_POWER)
    )
    is_first = np.diff(owner, prepend=-1) > 0
    item = np.where(is_first, grown, learnt)
    level = np.where(
        is_first, random.choice([5, 6], len(owner), p=[0.3, 0.7]),
        random.integers(2, 6, len(owner)),
    )  # fmt: skip
    return _rows(people, owner, item, level)


def _topics(random: np.random.Generator, language: Numbers, favourites: Numbers) -> Numbers:
    own = favourites[language, random.integers(0, favourites.shape[1], len(language))]
    common = _power_law(random, TOPICS, 0.8, len(language))
    return np.where(random.random(len(language)) < OWN_TOPICS, own, common)


def _asked(
    random: np.random.Generator, language: Numbers, favourites: Numbers
) -> tuple[Rows, Numbers, Numbers]:
    """Her 1,000 parts: 300 needs, 250 topics, 100 where, 50 areas, 200 language, 100 hours."""
    people = len(language)
    kinds = []
    for share, most, offset, draw in (
        (300, 3, 0, lambda who: _power_law(random, NEEDS, 0.6, len(who))),
        (250, 3, NEEDS, lambda who: _topics(random, language[who], favourites)),
        (50, 1, NEEDS + TOPICS, lambda who: random.integers(0, AREAS, len(who))),
        (100, 1, NEEDS + TOPICS + AREAS, lambda who: _wikis(random, language[who])),
    ):
        many = random.integers(1, most + 1, people)
        owner = np.repeat(np.arange(people), many)
        rows = _rows(people, owner, draw(owner) + offset, random.integers(1, 4, len(owner)))
        kinds.append(_shared_out(rows, share))
    owner = np.concatenate([rows.owner for rows in kinds])
    item = np.concatenate([rows.item for rows in kinds])
    amount = np.concatenate([rows.amount for rows in kinds])
    parts = _rows(people, owner, item, amount)
    return parts, np.full(people, 200, dtype=np.int16), np.full(people, 100, dtype=np.int16)


def _shared_out(rows: Rows, share: int) -> Rows:
    """Each row's amounts in proportion, summing exactly to the share (what is left goes to the first)."""
    owner = rows.owner
    whole = np.bincount(owner, weights=rows.amount, minlength=len(rows.start) - 1).astype(np.int64)
    parts = share * rows.amount.astype(np.int64) // whole[owner]
    left = share - np.bincount(owner, weights=parts, minlength=len(whole)).astype(np.int64)
    parts[rows.start[:-1]] += left
    return Rows(rows.start, rows.item, parts.astype(np.int16))


def _wikis(random: np.random.Generator, language: Numbers) -> Numbers:
    shared = random.integers(0, SHARED_WIKIS, len(language))
    return np.where(random.random(len(language)) < 0.75, SHARED_WIKIS + language, shared)


def _offered(random: np.random.Generator, language: Numbers, favourites: Numbers) -> Rows:
    people = len(language)
    owners, items, amounts = [], [], []
    for most, offset, draw in (
        (8, 0, lambda who: _power_law(random, NEEDS, 0.6, len(who))),
        (8, NEEDS, lambda who: _topics(random, language[who], favourites)),
        (2, NEEDS + TOPICS, lambda who: random.integers(0, AREAS, len(who))),
        (3, NEEDS + TOPICS + AREAS, lambda who: _wikis(random, language[who])),
    ):
        owner = np.repeat(np.arange(people), random.integers(1, most + 1, people))
        owners.append(owner)
        items.append(draw(owner) + offset)
        ahead = random.integers(3, 11, len(owner))
        amounts.append(np.full(len(owner), 10) if offset == NEEDS + TOPICS + AREAS else ahead)
    return _rows(people, np.concatenate(owners), np.concatenate(items), np.concatenate(amounts))


def _hours(random: np.random.Generator, zone: Numbers, unsaid: float) -> Numbers:
    """One or two parts of the week in her part of the world, as bits of UTC hours."""
    table = np.array([[_part_bits(part, zone) for part in range(len(PARTS))] for zone in range(ZONES)])
    one, two = random.integers(0, len(PARTS), (2, len(zone)))
    bits = table[zone, one] | np.where((random.random(len(zone)) < 0.5)[:, None], table[zone, two], 0)
    bits[random.random(len(zone)) < unsaid] = 0
    found: Numbers = bits.astype(np.uint64)
    return found


def _part_bits(part: int, zone: int) -> Numbers:
    kind, hour, length = PARTS[part]
    bits = np.zeros(3, dtype=np.uint64)
    for day in range(5) if kind == "weekday" else range(5, 7):
        for each in range(hour, hour + length):
            at = (day * 24 + each - zone) % 168
            bits[at // 64] |= np.uint64(1 << (at % 64))
    return bits
