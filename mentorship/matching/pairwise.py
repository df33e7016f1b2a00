"""The points of chosen pairs of people in columns, and what choices make of the columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from mentorship.matching.columns import LEVELS, Columns, Numbers, Rows, hours_worth_of
from mentorship.matching.errors import ImpossibleChoice
from mentorship.matching.graph import Ints
from mentorship.matching.people import Choices, Pairing

CHUNK = 4096


def pair_points(columns: Columns, newcomers: Ints, mentors: Ints) -> Ints:
    """The points of pairs, wishes included; −1 where they share no language (barred pairs are not asked).

    Parameters
    ----------
    newcomers, mentors
        Shape (pairs,): row numbers.
    """
    found = np.zeros(len(newcomers), dtype=np.int64)
    for first in range(0, len(newcomers), CHUNK):
        part = slice(first, first + CHUNK)
        found[part] = _chunk_points(columns, newcomers[part], mentors[part])
    wished = wish_worth(columns, newcomers, mentors)
    return np.where(found >= 0, found + wished, -1)


def wish_worth(columns: Columns, newcomers: Ints, mentors: Ints) -> Ints:
    """What wishes add to pairs: 0 for those she did not wish for."""
    keys = columns.wishes[:, 0] * columns.mentors + columns.wishes[:, 1]
    return _looked_up(keys, columns.wishes[:, 2], newcomers * columns.mentors + mentors, 0)


def are_barred(columns: Columns, newcomers: Ints, mentors: Ints) -> Numbers:
    """Whether a rule bars each pair."""
    keys = columns.barred[:, 0] * columns.mentors + columns.barred[:, 1]
    return _looked_up(keys, np.ones(len(keys), dtype=np.int64), newcomers * columns.mentors + mentors, 0) > 0


def numbered(columns: Columns, pairings: Iterable[Pairing]) -> Ints:
    """Pairs by ids as rows of (newcomer, mentor), sorted; those of people who are not there are left out."""
    row = {person: n for n, person in enumerate(columns.newcomer_ids or map(str, range(columns.newcomers)))}
    column = {person: m for m, person in enumerate(columns.mentor_ids or map(str, range(columns.mentors)))}
    found = sorted((row[n], column[m]) for n, m in pairings if n in row and m in column)
    return np.array(found, dtype=np.int64).reshape(-1, 2)


def with_choices(columns: Columns, choices: Choices) -> tuple[Columns, Ints]:
    """The columns with forbidden pairs barred and locked pairs taken out; and the locked pairs.

    Raises
    ------
    ImpossibleChoice
        A lock against a rule, a forbidden pair, another lock, or beyond the mentor's places.
    """
    if not choices.locked and not choices.forbidden:
        return columns, np.zeros((0, 2), dtype=np.int64)
    locked, forbidden = numbered(columns, choices.locked), numbered(columns, choices.forbidden)
    _refuse_impossible(columns, choices, locked)
    places = columns.places - np.bincount(locked[:, 1], minlength=columns.mentors)
    languages = _without_rows(columns.newcomer_languages, locked[:, 0])
    barred = np.unique(np.concatenate((columns.barred, forbidden)), axis=0)
    return replace(columns, places=places, newcomer_languages=languages, barred=barred), locked


def _chunk_points(columns: Columns, newcomers: Ints, mentors: Ints) -> Ints:
    hers = columns.newcomer_languages.table(newcomers, columns.languages)
    theirs = columns.mentor_languages.table(mentors, columns.languages)
    language = LEVELS[np.minimum(hers, theirs)].max(axis=1, initial=0)
    asked = columns.parts.table(newcomers, columns.things)
    points = (asked * columns.ahead.table(mentors, columns.things)).sum(axis=1, dtype=np.int64)
    points += columns.language_part[newcomers].astype(np.int64) * language
    hours = hours_worth_of(columns.newcomer_hours[newcomers], columns.mentor_hours[mentors])
    points += columns.when_part[newcomers].astype(np.int64) * hours
    return np.where(language > 0, points, -1)


def _looked_up(keys: Ints, values: Ints, wanted: Ints, missing: int) -> Ints:
    if not len(keys):
        return np.full(len(wanted), missing, dtype=np.int64)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, values[at], missing)


def _refuse_impossible(columns: Columns, choices: Choices, locked: Ints) -> None:
    both = sorted(choices.locked & choices.forbidden)
    if both:
        raise ImpossibleChoice(f"{both[0][0]!r} with {both[0][1]!r} is locked and forbidden at once")
    points = pair_points(columns, locked[:, 0], locked[:, 1])
    against = (points < 0) | are_barred(columns, locked[:, 0], locked[:, 1])
    against |= columns.places[locked[:, 1]] <= 0
    pairings = sorted(choices.locked)
    if against.any():
        newcomer, mentor = pairings[int(np.flatnonzero(against)[0])]
        raise ImpossibleChoice(f"{newcomer!r} cannot be locked with {mentor!r}, a rule is against it")
    twice = np.flatnonzero(np.diff(locked[:, 0]) == 0)
    if len(twice):
        raise ImpossibleChoice(f"{pairings[int(twice[0])][0]!r} is locked with two mentors")
    over = np.flatnonzero(np.bincount(locked[:, 1], minlength=columns.mentors) > columns.places)
    if len(over):
        mentor = columns.mentor_ids[int(over[0])] if columns.mentor_ids else str(over[0])
        raise ImpossibleChoice(f"more newcomers are locked with {mentor!r} than she has places")


def _without_rows(rows: Rows, gone: Ints) -> Rows:
    stays = np.ones(len(rows.start) - 1, dtype=bool)
    stays[gone] = False
    entries = stays[rows.owner]
    lengths = np.where(stays, np.diff(rows.start), 0)
    start = np.concatenate(([0], np.cumsum(lengths)))
    return Rows(start, rows.item[entries], rows.amount[entries])
