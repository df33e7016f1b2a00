"""Check a plan against its instance, with nothing taken from the solver.

The argument is linear programming duality in whole numbers: let a pair count ``big + worth``. If prices and
values are 0 or more, if no pair counts more than its mentor's price and its newcomer's value together, and
if all values and prices of places sum to exactly what the plan counts, then no plan counts more. And because
`big` is more than all worths of a plan together, no plan has more pairs. `big` is checked, never believed.

Reference: H. W. Kuhn, "The Hungarian method for the assignment problem" (1955).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from mentorship.matching.errors import NotProved
from mentorship.matching.instance import Instance, shown, whole
from mentorship.matching.people import Pairing

LEAST_TOP = 12_000
MOST_WEEKS = 52


def verify(instance: Instance, plan: Mapping[str, Any]) -> None:
    """Refuse any plan that is not valid and proved the best.

    Parameters
    ----------
    instance
        The problem, read anew.
    plan
        What `read_plan` gives.

    Raises
    ------
    NotProved
        With the first thing found that does not hold.
    """
    pairs = _pairs(instance, plan)
    _check_places(instance, pairs)
    _check_choices(instance, pairs)
    _check_alone(instance, plan, pairs)
    _check_sums(plan, pairs)
    _check_certificate(instance, plan, pairs)


def _pairs(instance: Instance, plan: Mapping[str, Any]) -> dict[Pairing, int]:
    found: dict[Pairing, int] = {}
    mentees: set[str] = set()
    for at, entry in enumerate(plan["pairs"]):
        if not isinstance(entry, list) or len(entry) != 3 or not all(isinstance(it, str) for it in entry[:2]):
            raise NotProved(f"pairs[{at}] is not [mentee, mentor, points]")
        pairing = (entry[0], entry[1])
        if pairing not in instance.points:
            raise NotProved(f"pairs[{at}]: {shown(entry[:2])} is not a feasible pair")
        if not whole(entry[2], 0, LEAST_TOP) or entry[2] != instance.points[pairing]:
            raise NotProved(
                f"pairs[{at}]: the pair has {instance.points[pairing]} points, not {shown(entry[2])}"
            )
        if pairing[0] in mentees:
            raise NotProved(f"pairs[{at}]: {shown(pairing[0])} has two mentors")
        mentees.add(pairing[0])
        found[pairing] = entry[2]
    return found


def _check_places(instance: Instance, pairs: Mapping[Pairing, int]) -> None:
    for mentor, taken in Counter(mentor for _, mentor in pairs).items():
        if taken > instance.capacity[mentor]:
            raise NotProved(f"{shown(mentor)} has {instance.capacity[mentor]} places and {taken} newcomers")


def _check_choices(instance: Instance, pairs: Mapping[Pairing, int]) -> None:
    for pairing in sorted(instance.locked):
        if pairing not in pairs:
            raise NotProved(f"the locked pair {shown(list(pairing))} is not in the plan")
    for pairing in sorted(instance.forbidden):
        if pairing in pairs:
            raise NotProved(f"the forbidden pair {shown(list(pairing))} is in the plan")


def _check_alone(instance: Instance, plan: Mapping[str, Any], pairs: Mapping[Pairing, int]) -> None:
    left = set(instance.mentees) - {mentee for mentee, _ in pairs}
    wrong = sorted(left ^ set(plan["alone"]))
    if wrong:
        said = "said to be alone, and is not" if wrong[0] not in left else "alone, and not said to be"
        raise NotProved(f"{shown(wrong[0])} is {said}")
    could = {n for n, m in instance.points.keys() - instance.forbidden if instance.capacity[m]}
    for mentee in sorted(left):
        truth = "short_of_places" if mentee in could else "nobody_feasible"
        if plan["alone"][mentee] != truth:
            raise NotProved(f"{shown(mentee)} is alone for another reason: {truth}")


def _check_sums(plan: Mapping[str, Any], pairs: Mapping[Pairing, int]) -> None:
    if plan["count"] != len(pairs):
        raise NotProved(f"the plan has {len(pairs)} pairs, not {shown(plan['count'])}")
    if plan["points"] != sum(pairs.values()):
        raise NotProved(f"the pairs have {sum(pairs.values())} points together, not {shown(plan['points'])}")


def _check_certificate(instance: Instance, plan: Mapping[str, Any], pairs: Mapping[Pairing, int]) -> None:
    certificate = plan["certificate"]
    if certificate["input_sha256"] != instance.sha256():
        raise NotProved("the certificate was made for another instance")
    worth = _worths(instance, plan["options"])
    big = certificate["big"]
    if big <= max(LEAST_TOP, max(worth.values(), default=0)) * len(instance.mentees):
        raise NotProved(f"big is {shown(big)}, too small to prove that as many as possible have a mentor")
    locked = {mentee for mentee, _ in instance.locked}
    places = _places_left(instance)
    prices = _duals(certificate["prices"], instance.capacity, "price")
    values = _duals(certificate["values"], dict.fromkeys(instance.mentees), "value")
    _check_zero(prices, {mentor for mentor, left in places.items() if not left}, "price")
    _check_zero(values, locked, "value")
    for pairing in _open_pairs(instance):
        if big + worth[pairing] > prices[pairing[1]] + values[pairing[0]]:
            raise NotProved(f"the pair {shown(list(pairing))} counts more than the certificate allows")
    bound = sum(values.values()) + sum(places[mentor] * price for mentor, price in prices.items())
    counts = sum(big + worth[pairing] for pairing in pairs if pairing[0] not in locked)
    if bound != counts:
        raise NotProved(f"the certificate allows {bound}, the plan counts {counts}: not proved the best")


def _places_left(instance: Instance) -> dict[str, int]:
    taken = Counter(mentor for _, mentor in instance.locked)
    return {mentor: places - taken[mentor] for mentor, places in instance.capacity.items()}


def _open_pairs(instance: Instance) -> list[Pairing]:
    """The pairs that were to be chosen among: not forbidden, nobody locked, a place left."""
    locked = {mentee for mentee, _ in instance.locked}
    places = _places_left(instance)
    return [
        pairing
        for pairing in instance.points
        if pairing not in instance.forbidden and pairing[0] not in locked and places[pairing[1]] > 0
    ]


def _duals(given: Mapping[str, Any], wanted: Mapping[str, Any], kind: str) -> dict[str, int]:
    wrong = sorted(set(given) ^ set(wanted))
    if wrong:
        raise NotProved(f"the certificate's {kind}s do not fit the instance: {shown(wrong[0])}")
    for person, number in given.items():
        if not isinstance(number, int) or isinstance(number, bool) or number < 0:
            raise NotProved(f"the {kind} of {shown(person)} must be a whole number from 0 on")
    return dict(given)


def _check_zero(numbers: Mapping[str, int], people: set[str], kind: str) -> None:
    for person in sorted(people):
        if numbers[person]:
            raise NotProved(f"the {kind} of {shown(person)} must be 0: nothing of hers is to be given away")


def _worths(instance: Instance, options: Mapping[str, Any]) -> dict[Pairing, int]:
    """What each pair counts, by the options that the plan states."""
    power, top = _option(options, "fair", 4), _option(options, "fair_top", LEAST_TOP)
    waiting, keep = _option(options, "waiting", 200), _option(options, "keep", 10**12)
    scale = _option(options, "scale", 10**9) if "scale" in options else 1
    if (power and not top) or not scale:
        raise NotProved("the options fair_top and scale must be more than 0")
    kept = _shown_pairs(options)
    found = {}
    for pairing, points in instance.points.items():
        worth = points
        if power:
            regret = max(0, top - points)
            worth = LEAST_TOP * (top**power - regret**power) // top**power
        worth += waiting * min(instance.weeks_waited.get(pairing[0], 0), MOST_WEEKS)
        found[pairing] = scale * worth + (keep if pairing in kept else 0)
    return found


def _shown_pairs(options: Mapping[str, Any]) -> set[Pairing]:
    given = options.get("shown", [])
    if not isinstance(given, list):
        raise NotProved("the option shown must be a list of [mentee, mentor]")
    for pair in given:
        if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(it, str) for it in pair):
            raise NotProved(f"the option shown must hold [mentee, mentor], not {shown(pair)}")
    return {(pair[0], pair[1]) for pair in given}


def _option(options: Mapping[str, Any], name: str, most: int) -> int:
    value = options.get(name, 0)
    if not whole(value, 0, most):
        raise NotProved(f"the option {name} must be a whole number from 0 to {most}")
    return int(value)
