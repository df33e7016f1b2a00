"""The plan of a round: who waits and who has places, handed to the matching core, and its answer kept.

Three steps, so that a worker need not hold the database while a large round is solved:
`gather` (reads), `solve` (the core alone), `keep` (writes).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from mentorship.rules.marking import N_
from mentorship.services import round_policy
from mentorship.services.matchmaking import people_for
from mentorship.services.round_report import report_of
from mentorship.store.people import Person
from mentorship.store.queries import requests_waiting
from mentorship.store.requests import Request, RequestState
from mentorship.store.rounds import ChoiceKind, LeftOut, Pairing, Round, RoundState

if TYPE_CHECKING:
    from mentorship.matching import Alone, Choices, Options, People, Plan, Progress, Reasons, Shares

AT_ONCE = 200_000
"""Newcomers × mentors up to which a round is computed while she waits for the page."""

STEADY_AT_ONCE = 20_000
"""The same where pairs that were seen are to stay: it is solved several times then."""

STEADY_UP_TO = 500_000
"""Newcomers × mentors up to which pairs that were seen are kept; the core holds every pair for it."""

NO_LANGUAGE = "no_language"
NO_PLACE = "no_place"
NOT_POSSIBLE = "not_possible"

BROKEN = N_("This round could not be computed. Nothing was sent; please start it again.")

_NAMED_RULES = {"no_shared_language": NO_LANGUAGE, "no_place": NO_PLACE, "forbidden": "forbidden"}


@dataclass(frozen=True)
class Problem:
    """Everything the core needs for one round."""

    people: People
    choices: Choices
    shares: Shares
    options: Options
    limit_s: int = round_policy.USUAL_LIMIT_S
    before: Plan | None = None

    @property
    def size(self) -> int:
        """Newcomers × mentors."""
        return len(self.people.newcomers) * len(self.people.mentors)


@dataclass(frozen=True)
class Solved:
    """The plan, and what is said of it."""

    plan: Plan
    report: dict[str, Any]


@dataclass(frozen=True)
class Failure:
    """The core refused, with a sentence."""

    sentence: str


def gather(session: Session, round_: Round, *, at: datetime) -> Problem:
    """Who waits in the round's cohort now, who has places, and what coordinators decided."""
    from mentorship.matching import Choices

    requests = list(session.scalars(requests_waiting(round_.cohort)))
    people = people_for(session, requests, at=at)
    here = {request.id: request.newcomer.public_id for request in requests}
    pairs = {kind: _chosen(session, round_, kind, here, people) for kind in ChoiceKind}
    before = drafted(round_)
    shown = frozenset((pair.newcomer, pair.mentor) for pair in before.pairs) if before else frozenset()
    size = len(people.newcomers) * len(people.mentors)
    return Problem(
        people=people,
        choices=Choices(pairs[ChoiceKind.LOCK], pairs[ChoiceKind.FORBID]),
        shares=round_policy.shares_of(round_.policy),
        options=round_policy.options_of(round_.policy, shown if size <= STEADY_UP_TO else frozenset()),
        limit_s=round_.policy.get("limit_s", round_policy.USUAL_LIMIT_S),
        before=before,
    )


def drafted(round_: Round) -> Plan | None:
    """The plan of the draft as it is kept; none before the round was computed."""
    from mentorship.matching import Alone, Certificate, Cost, Pair, Plan

    if not round_.certificate:
        return None
    pairs = [
        Pair(pairing.request.newcomer.public_id, pairing.mentor.public_id, pairing.points)
        for pairing in round_.pairings
    ]
    left_out = [row.request.newcomer.public_id for row in round_.left_out]
    return Plan(
        pairs=tuple(sorted(pairs)),
        alone={newcomer: Alone(newcomer, "") for newcomer in left_out},
        certificate=Certificate(**round_.certificate),
        gap=round_.report.get("gap", 0),
        input_sha256=round_.input_sha256,
        cost=Cost(0, 0, 0, 0),
    )


def is_small(problem: Problem) -> bool:
    """Whether it is solved in the time a page may take."""
    return problem.size <= (STEADY_AT_ONCE if problem.options.steady else AT_ONCE)


def solve(
    problem: Problem,
    *,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Solved | Failure:
    """The best plan; a refusal of the core becomes a `Failure`.

    Raises
    ------
    Cancelled
        When `cancelled` says yes.
    """
    from mentorship.matching import Cancelled, MatchingError, match

    try:
        plan = match(
            problem.people,
            choices=problem.choices,
            shares=problem.shares,
            options=problem.options,
            time_limit=problem.limit_s,
            progress=progress,
            cancelled=cancelled,
        )
    except Cancelled:
        raise
    except MatchingError as refusal:
        return Failure(refusal.sentence)
    return Solved(plan, report_of(problem, plan))


def keep(session: Session, round_: Round, problem: Problem, found: Solved | Failure, *, at: datetime) -> None:
    """Write what was found into a round that is still computing; it is a draft then, or has failed."""
    session.refresh(round_, with_for_update=True)
    if round_.state is not RoundState.COMPUTING:
        return
    round_.computed_at = at
    flag_modified(round_, "computed_at")  # the version goes up even when nothing else changed
    round_.pairings.clear()
    round_.left_out.clear()
    session.flush()
    if isinstance(found, Failure):
        round_.state = RoundState.FAILED
        round_.report = {"sentence": BROKEN, "detail": found.sentence}
    else:
        _write(session, round_, problem, found.plan)
        round_.report = found.report
        round_.state = RoundState.DRAFT
    session.flush()


def reasons_of(pairing: Pairing) -> Reasons:
    """Why this pair, as the core said it when the round was computed."""
    from mentorship.matching import Item, Reasons, Term

    terms = tuple(
        Term(term["name"], term["points"], tuple(Item(**item) for item in term["items"]))
        for term in pairing.terms
    )
    hours = next((term.items[0].brings for term in terms if term.name == "when" and term.items), 0)
    newcomer, mentor = pairing.request.newcomer.public_id, pairing.mentor.public_id
    return Reasons(newcomer, mentor, pairing.points, terms, tuple(range(hours)))


def _chosen(
    session: Session, round_: Round, kind: ChoiceKind, here: Mapping[int, str], people: People
) -> frozenset[tuple[str, str]]:
    """The choices of one kind whose two people are still in the round."""
    mentors = _public_ids(session, round_)
    pairs = {
        (here[choice.request_id], mentors[choice.mentor_id])
        for choice in round_.choices
        if choice.kind is kind and choice.request_id in here
    }
    return frozenset(pair for pair in pairs if pair[1] in people.mentor_by_id)


def _public_ids(session: Session, round_: Round) -> dict[int, str]:
    ids = [choice.mentor_id for choice in round_.choices]
    query = select(Person.id, Person.public_id).where(Person.id.in_(ids))
    return {row[0]: row[1] for row in session.execute(query)}


def _write(session: Session, round_: Round, problem: Problem, plan: Plan) -> None:
    from mentorship.matching import reasons

    people = problem.people
    requests = _requests(session, round_, people)
    mentors = {
        person.public_id: person
        for person in session.scalars(
            select(Person).where(Person.public_id.in_({pair.mentor for pair in plan.pairs}))
        )
    }
    for pair in plan.pairs:
        if pair.newcomer not in requests:  # closed while a large round was being solved
            continue
        why = reasons(
            people.newcomer(pair.newcomer),
            people.mentor(pair.mentor),
            problem.shares,
            rarity=people.topic_rarity,
        )
        round_.pairings.append(
            Pairing(
                request=requests[pair.newcomer],
                mentor=mentors[pair.mentor],
                points=pair.points,
                terms=[asdict(term) for term in why.terms],
            )
        )
    for newcomer, alone in plan.alone.items():
        if newcomer not in requests:
            continue
        reason, detail = _why_left_out(alone)
        round_.left_out.append(LeftOut(request=requests[newcomer], reason=reason, detail=detail))
    round_.input_sha256 = plan.input_sha256
    round_.certificate = asdict(plan.certificate)


def _requests(session: Session, round_: Round, people: People) -> dict[str, Request]:
    """The requests the plan was made for, by newcomer; only those closed since are missing."""
    query = (
        select(Request)
        .join(Person, Person.id == Request.newcomer_id)
        .where(Request.cohort_id == round_.cohort_id, Request.state == RequestState.OPEN)
    )
    return {
        request.newcomer.public_id: request
        for request in session.scalars(query)
        if request.newcomer.public_id in people.newcomer_by_id
    }


def _why_left_out(alone: Alone) -> tuple[str, dict[str, Any]]:
    """The reason as a code, and how many mentors each named rule refuses; a hidden one is never named."""
    from mentorship.matching.plan import NOBODY_FEASIBLE

    counts: Counter[str] = Counter()
    for rule, mentors in alone.rules.items():
        counts[_NAMED_RULES.get(rule, NOT_POSSIBLE)] += mentors
    if set(counts) <= {NO_LANGUAGE} and alone.reason == NOBODY_FEASIBLE:
        return NO_LANGUAGE, dict(counts)
    is_possible = alone.reason != NOBODY_FEASIBLE or NO_PLACE in counts
    return (NO_PLACE if is_possible else NOT_POSSIBLE), dict(counts)
