"""INSTANCE.json: a matching problem in its plainest shape, read with every fault named."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mentorship.matching.errors import BadFile
from mentorship.matching.people import Pairing
from mentorship.matching.scoring import MOST_POINTS

MOST_PLACES = 10**6
MOST_BYTES = 2 * 10**9


@dataclass(frozen=True)
class Instance:
    """A matching problem: who could be with whom, for how many points.

    Attributes
    ----------
    mentees
        Ids of the newcomers, sorted.
    capacity
        Mentor → places, sorted by id.
    points
        (mentee, mentor) → 0 to 12,000; pairs that are missing are not feasible.
    locked, forbidden
        Pairs that must, or must not, be in the plan.
    weeks_waited
        Mentee → weeks; for the option `waiting`.
    """

    mentees: tuple[str, ...]
    capacity: Mapping[str, int]
    points: Mapping[Pairing, int]
    locked: frozenset[Pairing] = frozenset()
    forbidden: frozenset[Pairing] = frozenset()
    weeks_waited: Mapping[str, int] = field(default_factory=dict)

    def sha256(self) -> str:
        """The fingerprint of the problem, the same for every order of the file."""
        parts = {
            "capacity": sorted(self.capacity.items()),
            "edges": sorted((n, m, x) for (n, m), x in self.points.items()),
            "forbidden": sorted(self.forbidden),
            "locked": sorted(self.locked),
            "mentees": sorted(self.mentees),
            "weeks_waited": sorted(self.weeks_waited.items()),
        }
        return hashlib.sha256(json.dumps(parts, separators=(",", ":")).encode("ascii")).hexdigest()


def read_instance(path: Path, *, ranks: bool = False) -> Instance:
    """Read INSTANCE.json.

    Parameters
    ----------
    path
        A JSON object with `mentees`, `mentor_capacity` and `edges`; may hold `locked`, `forbidden` and
        `weeks_waited`; other keys are ignored.
    ranks
        The third field of an edge is a rank, 1 the best, worth ``max_rank + 1 − rank`` points.

    Raises
    ------
    BadFile
        With one sentence naming the place.
    """
    return parse_instance(read_json(path), str(path), ranks=ranks)


def parse_instance(data: Any, name: str, *, ranks: bool = False) -> Instance:
    """The instance that a decoded JSON value holds; see `read_instance`."""
    if not isinstance(data, dict):
        raise BadFile(f"{name}: an instance is a JSON object, this is not one")
    mentees = _ids(data, "mentees", name)
    capacity = _capacities(data, name)
    points = _edges(data, name, frozenset(mentees), capacity, ranks=ranks)
    choices = {
        key: _pairings(data.get(key, []), f"{name}: {key}", frozenset(mentees), capacity)
        for key in ("locked", "forbidden")
    }
    return Instance(
        mentees=mentees,
        capacity=capacity,
        points=points,
        locked=choices["locked"],
        forbidden=choices["forbidden"],
        weeks_waited=_weeks(data.get("weeks_waited", {}), name, frozenset(mentees)),
    )


def read_json(path: Path) -> Any:
    """Decode a JSON file; NaN, infinities and keys given twice are refused."""
    text = _text(path)
    try:
        return json.loads(text, parse_constant=_no_constant, object_pairs_hook=_no_key_twice)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise BadFile(f"{path}: is not JSON ({place}: {error.msg})") from None
    except RecursionError:
        raise BadFile(f"{path}: is nested too deeply") from None
    except ValueError as error:
        raise BadFile(f"{path}: {error}") from None


def whole(value: object, least: int, most: int) -> bool:
    """Whether a decoded value is a whole number in a range (true and false are not numbers)."""
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadFile(f"{path}: larger than {MOST_BYTES:,} bytes, too much to be matched at once")
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadFile(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        raise BadFile(f"{path}: is not UTF-8 text (byte {error.start})") from None
    except ValueError as error:
        raise BadFile(f"{str(path)!a}: cannot be read ({error})") from None
    if not text.strip():
        raise BadFile(f"{path}: the file is empty")
    return text


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a number that can be matched with")


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]  # add returns None on purpose
        raise ValueError(f"the key {shown(twice)} stands there twice")
    return found


def shown(value: object) -> str:
    """A value as it can stand in a sentence: short, on one line."""
    text = ascii(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _ids(data: dict[str, Any], key: str, name: str) -> tuple[str, ...]:
    values = data.get(key)
    if not isinstance(values, list):
        raise BadFile(f"{name}: {key} must be a list of ids")
    for at, value in enumerate(values):
        if not isinstance(value, str) or not value:
            raise BadFile(f"{name}: {key}[{at}] must be a text that is not empty, not {shown(value)}")
    found = tuple(sorted(set(values)))
    if len(found) < len(values):
        seen: set[str] = set()
        twice = next(value for value in values if value in seen or seen.add(value))  # type: ignore[func-returns-value]  # as above
        raise BadFile(f"{name}: {key} has {shown(twice)} twice")
    return found


def _capacities(data: dict[str, Any], name: str) -> dict[str, int]:
    values = data.get("mentor_capacity")
    if not isinstance(values, dict):
        raise BadFile(f"{name}: mentor_capacity must be an object of mentor and places")
    for mentor, places in values.items():
        if not mentor or not whole(places, 0, MOST_PLACES):
            raise BadFile(
                f"{name}: mentor_capacity of {shown(mentor)} must be a whole number of places"
                f" from 0 to {MOST_PLACES:,}, not {shown(places)}"
            )
    return dict(sorted(values.items()))


def _edges(
    data: dict[str, Any], name: str, mentees: frozenset[str], capacity: Mapping[str, int], *, ranks: bool
) -> dict[Pairing, int]:
    edges = data.get("edges")
    if not isinstance(edges, list):
        raise BadFile(f"{name}: edges must be a list of [mentee, mentor, x]")
    least = 1 if ranks else 0
    found: dict[Pairing, int] = {}
    for at, edge in enumerate(edges):
        place = f"{name}: edges[{at}]"
        if not isinstance(edge, list) or len(edge) != 3:
            raise BadFile(f"{place} must be [mentee, mentor, x], not {shown(edge)}")
        pairing = _pairing(edge[:2], place, mentees, capacity)
        if not whole(edge[2], least, MOST_POINTS):
            raise BadFile(
                f"{place}: x must be a whole number from {least} to {MOST_POINTS:,}, not {shown(edge[2])}"
            )
        if pairing in found:
            raise BadFile(f"{place}: the pair {shown(edge[:2])} stands there twice")
        found[pairing] = edge[2]
    if not ranks:
        return found
    top = max(found.values(), default=0) + 1
    return {pairing: top - rank for pairing, rank in found.items()}


def _pairings(
    values: Any, place: str, mentees: frozenset[str], capacity: Mapping[str, int]
) -> frozenset[Pairing]:
    if not isinstance(values, list):
        raise BadFile(f"{place} must be a list of [mentee, mentor]")
    return frozenset(_pairing(value, f"{place}[{at}]", mentees, capacity) for at, value in enumerate(values))


def _pairing(value: Any, place: str, mentees: frozenset[str], capacity: Mapping[str, int]) -> Pairing:
    if not isinstance(value, list) or len(value) != 2 or not all(isinstance(part, str) for part in value):
        raise BadFile(f"{place} must be [mentee, mentor], not {shown(value)}")
    mentee, mentor = value
    if mentee not in mentees:
        raise BadFile(f"{place}: no mentee {shown(mentee)} is in the file")
    if mentor not in capacity:
        raise BadFile(f"{place}: no mentor {shown(mentor)} is in the file")
    return mentee, mentor


def _weeks(values: Any, name: str, mentees: frozenset[str]) -> dict[str, int]:
    if not isinstance(values, dict):
        raise BadFile(f"{name}: weeks_waited must be an object of mentee and weeks")
    for mentee, weeks in values.items():
        if mentee not in mentees or not whole(weeks, 0, 10**6):
            raise BadFile(f"{name}: weeks_waited of {shown(mentee)}: not a mentee, or not whole weeks")
    return dict(sorted(values.items()))
