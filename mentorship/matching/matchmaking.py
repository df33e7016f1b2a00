"""`match`: people in, the best plan out, with its proof."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from mentorship.matching.columns import encode
from mentorship.matching.eligibility import eligible
from mentorship.matching.errors import ImpossibleChoice
from mentorship.matching.fingerprint import fingerprint
from mentorship.matching.large import LARGE, match_large
from mentorship.matching.market import market_of_columns
from mentorship.matching.people import Choices, Options, People, Shares
from mentorship.matching.plan import NOBODY_FEASIBLE, Plan
from mentorship.matching.scoring import MOST_POINTS
from mentorship.matching.solve import plan_of, solve_steadily
from mentorship.matching.watch import Ask, Tell, Watch

FORBIDDEN = "forbidden"


def match(
    people: People,
    *,
    choices: Choices | None = None,
    shares: Shares | None = None,
    options: Options | None = None,
    time_limit: float | None = None,
    progress: Tell | None = None,
    cancelled: Ask | None = None,
) -> Plan:
    """Match as many newcomers as possible, then as well as possible, and prove it.

    Parameters
    ----------
    people
        Newcomers, mentors and barred pairs; their order never matters.
    choices
        Locked and forbidden pairs; a forbidden pair may name people who are not there any more.
    shares, options
        What weighs how much, and how the plan is chosen.
    time_limit
        Wall seconds after which the best plan so far is given with its proven bound (`Plan.gap`).
    progress
        Called now and then with a `Progress`.
    cancelled
        Asked now and then; when it says yes, `Cancelled` is raised and nothing is left behind.

    Returns
    -------
    Plan
        With ``gap == 0`` where it is proved the best.

    Raises
    ------
    ImpossibleChoice
        A lock against a rule, a forbidden pair or beyond the places, or of somebody unknown.
    Cancelled
        See `cancelled`.

    Examples
    --------
    >>> from mentorship.matching import Mentor, Newcomer, People
    >>> ada, bea = Newcomer("ada", {"ha": 6}, {"sources": 3}), Newcomer("bea", {"ha": 4, "fr": 6})
    >>> mira = Mentor("mira", {"ha": 6}, {"sources": 9}, places=1)
    >>> nora = Mentor("nora", {"fr": 5}, places=3)
    >>> plan = match(People((ada, bea), (mira, nora)))
    >>> plan.mentor_of, plan.gap
    ({'ada': 'mira', 'bea': 'nora'}, 0)
    """
    watch = Watch(time_limit, progress, cancelled)
    choices, options = choices or Choices(), options or Options()
    columns = encode(people, shares or Shares())
    _refuse_unknown(people, choices)
    if columns.newcomers * columns.mentors > LARGE and options.steady is None:
        return with_rules(match_large(columns, choices, options, watch), people, choices)
    market = market_of_columns(columns, fair_top=MOST_POINTS)
    task, solution, _ = solve_steadily(market, choices, options, watch)
    return with_rules(
        plan_of(market, task, solution, fingerprint(columns, choices, options), watch), people, choices
    )


def with_rules(plan: Plan, people: People, choices: Choices) -> Plan:
    """The plan, with the rules that refuse everyone said for those whom nobody is feasible for."""
    alone = {
        newcomer: replace(why, rules=refused_by(people, newcomer, choices))
        if why.reason == NOBODY_FEASIBLE
        else why
        for newcomer, why in plan.alone.items()
    }
    return replace(plan, alone=alone)


def refused_by(people: People, newcomer_id: str, choices: Choices) -> dict[str, int]:
    """Rule → how many mentors it refuses this newcomer (``"forbidden"``: a coordinator's choice)."""
    newcomer = people.newcomer(newcomer_id)
    refused = Counter(
        eligible(newcomer, mentor, people)
        or (FORBIDDEN if (newcomer_id, mentor.id) in choices.forbidden else "")
        for mentor in people.mentors
    )
    return {rule: times for rule, times in sorted(refused.items()) if rule}


def _refuse_unknown(people: People, choices: Choices) -> None:
    """A lock of somebody who is not there is a mistake; what was forbidden may outlive a person."""
    for newcomer, mentor in sorted(choices.locked):
        if newcomer not in people.newcomer_by_id or mentor not in people.mentor_by_id:
            raise ImpossibleChoice(f"{newcomer!r} with {mentor!r} is locked, and not in this round")
