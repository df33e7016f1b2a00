"""PLAN.json: a plan with its proof, written and read."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mentorship.matching.errors import BadFile
from mentorship.matching.instance import read_json
from mentorship.matching.market import Keep
from mentorship.matching.people import Options, Steady
from mentorship.matching.plan import Plan

KEYS: Mapping[str, type] = {
    "options": dict,
    "pairs": list,
    "alone": dict,
    "count": int,
    "points": int,
    "certificate": dict,
}
CERTIFICATE_KEYS: Mapping[str, type] = {"prices": dict, "values": dict, "big": int, "input_sha256": str}
OPTION_KEYS = frozenset({"ranks", "fair", "fair_top", "waiting", "scale", "keep", "shown"})


@dataclass(frozen=True)
class PlanOptions:
    """How the plan of a file was chosen.

    Attributes
    ----------
    ranks
        The third field of the instance's edges was read as a rank.
    fair, fair_top
        As ``fair_table(fair, fair_top)``.
    waiting
        Points for a week waited.
    scale, keep, shown
        All worths count `scale` times, and each pair of `shown` that is kept `keep` more (a steady plan).
    """

    ranks: bool = False
    fair: int = 0
    fair_top: int = 0
    waiting: int = 0
    scale: int = 1
    keep: int = 0
    shown: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Only what differs from a plain plan."""
        found: dict[str, Any] = {"ranks": self.ranks}
        if self.fair:
            found |= {"fair": self.fair, "fair_top": self.fair_top}
        if self.waiting:
            found |= {"waiting": self.waiting}
        if self.keep:
            found |= {"scale": self.scale, "keep": self.keep, "shown": [list(pair) for pair in self.shown]}
        return found


def plan_json(plan: Plan, options: PlanOptions) -> dict[str, Any]:
    """The plan as the value that PLAN.json holds."""
    certificate = plan.certificate
    return {
        "options": options.as_json(),
        "pairs": [[pair.newcomer, pair.mentor, pair.points] for pair in plan.pairs],
        "alone": {newcomer: alone.reason for newcomer, alone in sorted(plan.alone.items())},
        "count": plan.count,
        "points": plan.points,
        "gap": plan.gap,
        "certificate": {
            "prices": dict(certificate.prices),
            "values": dict(certificate.values),
            "big": certificate.big,
            "input_sha256": certificate.input_sha256,
        },
    }


def write_plan(path: Path, plan: Plan, options: PlanOptions) -> None:
    """Write PLAN.json whole or not at all.

    Raises
    ------
    BadFile
        If it cannot be written; what stood there before still does.
    """
    text = json.dumps(plan_json(plan, options), indent=1) + "\n"
    try:
        with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="ascii") as draft:
            draft.write(text)
        os.replace(draft.name, path)  # noqa: PTH105  # the name, not the path, is what tempfile gives
    except OSError as error:
        raise BadFile(f"{path}: cannot be written ({error.strerror})") from None


def read_plan(path: Path) -> dict[str, Any]:
    """Read PLAN.json and check its shape, not its truth (that is `verify`'s).

    Raises
    ------
    BadFile
        With one sentence naming what is missing or of the wrong kind.
    """
    data = read_json(path)
    if not isinstance(data, dict):
        raise BadFile(f"{path}: a plan is a JSON object, this is not one")
    _check_shape(data, KEYS, str(path))
    _check_shape(data["certificate"], CERTIFICATE_KEYS, f"{path}: certificate")
    unknown = sorted(set(data["options"]) - OPTION_KEYS)
    if unknown:
        raise BadFile(f"{path}: nobody knows the option {unknown[0]!r}")
    return data


def options_of(options: Options, *, ranks: bool, fair_top: int, keep: Keep) -> PlanOptions:
    """The options of a plan as its file says them."""
    steady = options.steady or Steady(frozenset(), 0)
    return PlanOptions(
        ranks=ranks,
        fair=options.fair,
        fair_top=fair_top if options.fair else 0,
        waiting=options.waiting,
        scale=keep.scale,
        keep=keep.bonus,
        shown=tuple(sorted(steady.shown)) if keep.bonus else (),
    )


def _check_shape(data: Any, keys: Mapping[str, type], place: str) -> None:
    for key, kind in keys.items():
        if key not in data:
            raise BadFile(f"{place}: {key} is missing")
        if not isinstance(data[key], kind) or isinstance(data[key], bool):
            raise BadFile(f"{place}: {key} is not of the right kind")
