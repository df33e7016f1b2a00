"""People as columns of numbers: what the scans read, and the points of whole blocks of pairs at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mentorship.matching.people import Mentor, Newcomer, People, Shares
from mentorship.matching.scoring import (
    AVERAGE_HOURS,
    HERE,
    LEVEL_WORTH,
    WISH_POINTS,
    Parts,
    parts_of,
)

Numbers = NDArray[Any]
LEVELS = np.array(LEVEL_WORTH, dtype=np.int32)


@dataclass(frozen=True)
class Rows:
    """Rows of different lengths: row i is ``item[start[i]:start[i + 1]]`` with its amounts.

    Attributes
    ----------
    start
        Shape (rows + 1,).
    item, amount
        Shape (entries,): a number of a language or thing, and its level, part or how far ahead.
    """

    start: Numbers
    item: Numbers
    amount: Numbers

    @staticmethod
    def of(rows: Sequence[Mapping[int, int]]) -> Rows:
        """Rows of item → amount, each sorted by item."""
        start = np.zeros(len(rows) + 1, dtype=np.int64)
        np.cumsum([len(row) for row in rows], out=start[1:])
        pairs = [entry for row in rows for entry in sorted(row.items())]
        table = np.array(pairs, dtype=np.int32).reshape(-1, 2)
        return Rows(start, table[:, 0].copy(), table[:, 1].astype(np.int16))

    @property
    def owner(self) -> Numbers:
        """Shape (entries,): the row of each entry."""
        return np.repeat(np.arange(len(self.start) - 1, dtype=np.int32), np.diff(self.start))

    def taken(self, rows: Numbers) -> Rows:
        """Some rows, in their order."""
        lengths = np.diff(self.start)[rows]
        start = np.append(0, lengths.cumsum())
        entry = np.repeat(self.start[:-1][rows] - start[:-1], lengths) + np.arange(start[-1])
        return Rows(start, self.item[entry], self.amount[entry])

    def table(self, rows: Numbers, width: int) -> Numbers:
        """Some rows as a table of shape (rows, width), int32."""
        table, some = np.zeros((len(rows), width), dtype=np.int32), self.taken(rows)
        table[some.owner, some.item] = some.amount
        return table

    def dense(self, rows: slice, width: int, dtype: Any) -> Numbers:
        """Some rows as a table of shape (rows, width)."""
        start = self.start[rows.start : rows.stop + 1]
        table = np.zeros((len(start) - 1, width), dtype=dtype)
        owner = np.repeat(np.arange(len(start) - 1), np.diff(start))
        entries = slice(int(start[0]), int(start[-1]))
        table[owner, self.item[entries]] = self.amount[entries]
        return table


@dataclass(frozen=True)
class Columns:
    """Newcomers and mentors as numbers; N newcomers, M mentors, L languages, D things.

    Attributes
    ----------
    languages, things
        L and D.
    newcomer_languages, mentor_languages
        Rows of language → level.
    parts, ahead
        Rows of thing → parts of 1,000 (newcomers) and thing → 0 to 10 (mentors).
    language_part, when_part
        Shape (N,): her parts for language and for free hours.
    newcomer_hours, mentor_hours
        Shapes (N, 3) and (M, 3), uint64: the 168 hours of the week as bits.
    places
        Shape (M,).
    waited
        Shape (N,): weeks.
    wishes
        Shape (wishes, 3): newcomer, mentor, points; sorted.
    barred
        Shape (pairs, 2): newcomer, mentor; sorted.
    newcomer_ids, mentor_ids
        Their ids in the order of the rows; None where the row number is the id.
    """

    languages: int
    things: int
    newcomer_languages: Rows
    mentor_languages: Rows
    parts: Rows
    ahead: Rows
    language_part: Numbers
    when_part: Numbers
    newcomer_hours: Numbers
    mentor_hours: Numbers
    places: Numbers
    waited: Numbers
    wishes: Numbers
    barred: Numbers
    newcomer_ids: tuple[str, ...] | None = None
    mentor_ids: tuple[str, ...] | None = None

    @property
    def newcomers(self) -> int:
        """N."""
        return len(self.language_part)

    @property
    def mentors(self) -> int:
        """M."""
        return len(self.places)

    def sha256(self) -> str:
        """The fingerprint of everything that counts."""
        digest = hashlib.sha256()
        for each in fields(self):
            value = getattr(self, each.name)
            for part in (value.start, value.item, value.amount) if isinstance(value, Rows) else (value,):
                digest.update(each.name.encode())
                if isinstance(part, np.ndarray):
                    digest.update(np.ascontiguousarray(part.astype(np.int64)).data)
                else:
                    digest.update(repr(part).encode())
        return digest.hexdigest()


def encode(people: People, shares: Shares) -> Columns:
    """People as columns, in the order of their ids.

    Parameters
    ----------
    people
        Everyone of the round.
    shares
        How the newcomers' parts are shared out.
    """
    newcomers = list(people.newcomer_by_id.values())
    mentors = list(people.mentor_by_id.values())
    parts = [parts_of(newcomer, shares, people.topic_rarity) for newcomer in newcomers]
    newcomer_languages = [person.languages for person in newcomers]
    mentor_languages = [person.languages for person in mentors]
    languages = _numbered(code for row in (*newcomer_languages, *mentor_languages) for code in row)
    asked = [asked_of(part) for part in parts]
    offered = [_offered(mentor) for mentor in mentors]
    things = _numbered(thing for row in asked for thing in row)
    return Columns(
        languages=len(languages),
        things=len(things),
        newcomer_languages=_rows(newcomer_languages, languages),
        mentor_languages=_rows(mentor_languages, languages),
        parts=_rows(asked, things),
        ahead=_rows(offered, things),
        language_part=np.array([part.language for part in parts], dtype=np.int16),
        when_part=np.array([part.when for part in parts], dtype=np.int16),
        newcomer_hours=hours_bits([person.when for person in newcomers]),
        mentor_hours=hours_bits([person.when for person in mentors]),
        places=np.array([mentor.places for mentor in mentors], dtype=np.int64),
        waited=np.array([person.weeks_waited for person in newcomers], dtype=np.int64),
        wishes=_wishes(newcomers, mentors),
        barred=_barred(people, newcomers, mentors),
        newcomer_ids=tuple(person.id for person in newcomers),
        mentor_ids=tuple(person.id for person in mentors),
    )


def hours_bits(whens: Sequence[Iterable[int]]) -> Numbers:
    """Hours of the week as bits, shape (people, 3), uint64."""
    word = (1 << 64) - 1
    whole = [sum(1 << hour for hour in set(when)) for when in whens]
    bits = [(each & word, each >> 64 & word, each >> 128) for each in whole]
    return np.array(bits, dtype=np.uint64).reshape(-1, 3)


def block_points(columns: Columns, rows: slice) -> Numbers:
    """The points of some newcomers with every mentor, wishes and barred pairs included.

    Parameters
    ----------
    columns
        The people.
    rows
        Which newcomers (start and stop given).

    Returns
    -------
    array of shape (rows, M), int32
        0 to 12,000; −1 where the pair is not feasible (a mentor without a place is not asked here).

    Notes
    -----
    Sums stay below 2^24, so the matrix product in float32 is exact.
    """
    language = _language_worth(columns, rows)
    asked = columns.parts.dense(rows, columns.things, np.float32)
    ahead = columns.ahead.dense(slice(0, columns.mentors), columns.things, np.float32)
    found = (asked @ ahead.T).astype(np.int32)
    found += columns.language_part[rows, None].astype(np.int32) * language
    hours = hours_worth_of(columns.newcomer_hours[rows, None], columns.mentor_hours[None])
    found += columns.when_part[rows, None].astype(np.int32) * hours
    for n, m, worth in _of_rows(columns.wishes, rows):
        found[n - rows.start, m] += worth
    found[language == 0] = -1
    for n, m in _of_rows(columns.barred, rows):
        found[n - rows.start, m] = -1
    return found


def _of_rows(table: Numbers, rows: slice) -> Any:
    first, last = np.searchsorted(table[:, 0], (rows.start, rows.stop))
    return table[first:last].tolist()


def _language_worth(columns: Columns, rows: slice) -> Numbers:
    """Shape (rows, M): the worth (0-10) of the best shared language; 0 = none."""
    hers = columns.newcomer_languages.dense(rows, columns.languages, np.int8)
    theirs = columns.mentor_languages.dense(slice(0, columns.mentors), columns.languages, np.int8)
    best = np.zeros((len(hers), columns.mentors), dtype=np.int8)
    worth = LEVELS.astype(np.int8)
    for language in np.flatnonzero(hers.any(axis=0) & theirs.any(axis=0)):
        who, whom = np.flatnonzero(hers[:, language]), np.flatnonzero(theirs[:, language])
        lower = np.minimum(hers[who, language][:, None], theirs[whom, language][None, :])
        cells = np.ix_(who, whom)
        best[cells] = np.maximum(best[cells], worth[lower])
    return best


def hours_worth_of(hers: Numbers, theirs: Numbers) -> Numbers:
    """The worth (0-10) of free hours in common; shapes (…, 3) that numpy can broadcast."""
    common = np.bitwise_count(hers & theirs).sum(axis=-1, dtype=np.int32)
    unsaid = (hers == 0).all(axis=-1) | (theirs == 0).all(axis=-1)
    return np.where(unsaid, AVERAGE_HOURS, np.minimum(common, HERE))


def _numbered(items: Iterable[Any]) -> dict[Any, int]:
    return {item: number for number, item in enumerate(sorted(set(items)))}


def _rows(levels: Iterable[Mapping[Any, int]], numbers: Mapping[Any, int]) -> Rows:
    return Rows.of(
        [{numbers[item]: level for item, level in row.items() if level and item in numbers} for row in levels]
    )


def asked_of(parts: Parts) -> dict[tuple[str, ...], int]:
    """(kind, item) or ("where", project, language) → her parts."""
    by_kind = {"needs": parts.needs, "topics": parts.topics, "areas": parts.areas}
    found: dict[tuple[str, ...], int] = {
        (kind, item): part for kind, row in by_kind.items() for item, part in row.items()
    }
    return found | {("where", *wiki): part for wiki, part in parts.where.items()}


def _offered(mentor: Mentor) -> dict[tuple[str, ...], int]:
    by_kind = {"needs": mentor.needs, "topics": mentor.topics, "areas": mentor.areas}
    found: dict[tuple[str, ...], int] = {
        (kind, item): ahead for kind, row in by_kind.items() for item, ahead in row.items()
    }
    return found | {("where", *wiki): HERE for wiki in mentor.where}


def _wishes(newcomers: Sequence[Newcomer], mentors: Sequence[Mentor]) -> Numbers:
    number = {mentor.id: m for m, mentor in enumerate(mentors)}
    found = {
        (n, number[wish]): WISH_POINTS[min(rank, len(WISH_POINTS) - 1)]
        for n, newcomer in enumerate(newcomers)
        for rank, wish in reversed(list(enumerate(newcomer.wishes)))
        if wish in number
    }
    return np.array(sorted((*pair, worth) for pair, worth in found.items()), dtype=np.int64).reshape(-1, 3)


def _barred(people: People, newcomers: Sequence[Newcomer], mentors: Sequence[Mentor]) -> Numbers:
    row = {newcomer.id: n for n, newcomer in enumerate(newcomers)}
    column = {mentor.id: m for m, mentor in enumerate(mentors)}
    pairs = {(row[n], column[m]) for n, m in people.barred if n in row and m in column}
    same = {(row[person], column[person]) for person in row.keys() & column.keys()}
    return np.array(sorted(pairs | same), dtype=np.int64).reshape(-1, 2)
