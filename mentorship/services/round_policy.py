"""How a round is to weigh things and choose its plan: what a coordinator sets, checked and kept as values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mentorship.rules.errors import BadInput
from mentorship.rules.marking import N_

if TYPE_CHECKING:
    from mentorship.matching import Options, Shares

Policy = Mapping[str, Any]

SHARES = {"needs": 300, "topics": 250, "language": 200, "where": 100, "when": 100, "areas": 50}
"""What counts how much, and its usual part."""

MOST_SHARE = 1_000
FAIR = (0, 2, 4)
MOST_WAITING = 200
MOST_STEADY = 1_000_000
USUAL_LIMIT_S = 1_800
MOST_LIMIT_S = 86_400

_RANGES = {
    **dict.fromkeys(SHARES, (0, MOST_SHARE)),
    "waiting": (0, MOST_WAITING),
    "steady": (0, MOST_STEADY),
    "limit_s": (0, MOST_LIMIT_S),
}


def policy_of(
    shares: Mapping[str, int] | None, options: Mapping[str, int] | None, *, before: Policy | None = None
) -> dict[str, Any]:
    """The policy of a round as it is kept; what is not given is as in `before`, or the usual.

    Parameters
    ----------
    shares
        Each 0 to 1,000, at least one of them more than 0.
    options
        `fair` (0, 2 or 4), `waiting` (points for each week), `steady` (points the round may lose so that
        pairs that were seen stay), `limit_s` (seconds it may take).

    Raises
    ------
    BadInput
        With the field that is unknown or out of its range.
    """
    known = before or {}
    chosen = {**SHARES, **known.get("shares", {}), **(shares or {})}
    others = {"fair": 0, "waiting": 0, "steady": 0, **known.get("options", {})}
    others["limit_s"] = known.get("limit_s", USUAL_LIMIT_S)
    others.update(options or {})
    for field, value in {**chosen, **others}.items():
        _check(field, value)
    if not any(chosen.values()):
        raise BadInput(N_("At least one share must be more than 0."), field="needs")
    limit = others.pop("limit_s")
    return {"shares": chosen, "options": others, "limit_s": limit}


def shares_of(policy: Policy) -> Shares:
    """The shares as the core takes them."""
    from mentorship.matching import Shares

    return Shares(**policy.get("shares", {}))


def options_of(policy: Policy, shown: frozenset[tuple[str, str]] = frozenset()) -> Options:
    """The options as the core takes them; as many pairs of `shown` stay as the loss allowed lets stay."""
    from mentorship.matching import Options, Steady

    kept = policy.get("options", {})
    steady = Steady(shown, kept.get("steady", 0)) if shown else None
    return Options(fair=kept.get("fair", 0), waiting=kept.get("waiting", 0), steady=steady)


def _check(field: str, value: object) -> None:
    if field == "fair":
        if isinstance(value, bool) or value not in FAIR:
            raise BadInput(N_("%(name)s must be 0, 2 or 4."), field=field, name=field)
        return
    least, most = _RANGES.get(field, (0, -1))
    if most < least:
        raise BadInput(N_("%(name)s is no share and no option of a round."), field=field, name=field)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise BadInput(
            N_("%(name)s must be a whole number from %(least)s to %(most)s."),
            field=field,
            name=field,
            least=least,
            most=most,
        )
