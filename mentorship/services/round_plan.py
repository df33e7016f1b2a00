"""The plan of a round: who waits and who has places, handed to the matching core, and its answer kept.

Three steps, so that a worker need not hold the database while a large round is solved:
`gather` (reads), `solve` (the core alone), `keep` (writes).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from mentorship.rules.errors import BadInput
from mentorship.rules.marking import N_
from mentorship.services.matchmaking import people_for
from mentorship.store.people import Person
from mentorship.store.queries import requests_waiting
from mentorship.store.requests import Request, RequestState
from mentorship.store.rounds import ChoiceKind, LeftOut, Pairing, Round, RoundState

if TYPE_CHECKING:
    from mentorship.matching import Choices, Options, People, Plan, Reasons, Shares

AT_ONCE = 200_000
"""Newcomers × mentors up to which a round is computed while she waits for the page."""

SECOND_CHOICES_UP_TO = 20_000
"""Newcomers × mentors up to which second choices are worked out with the round."""

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


@dataclass(frozen=True)
class Failure:
    """The core refused, with a sentence."""

    sentence: str


def policy_of(shares: Mapping[str, int] | None, options: Mapping[str, int] | None) -> dict[str, Any]:
    """The policy of a round as it is kept; refuses what the core would refuse.

    Raises
    ------
    BadInput
        A share or an option that is unknown or out of its range.
    """
    from mentorship.matching import MatchingError, Options, Shares

    given: dict[str, Any] = dict(options or {})
    try:
        chosen = Options(**given)
        return {
            "shares": asdict(Shares(**(shares or {}))),
            "options": {"fair": chosen.fair, "waiting": chosen.waiting},
        }
    except (MatchingError, TypeError) as error:
        raise BadInput(
            N_("These shares or options cannot be used: each share is a whole number from 0 to 1,000."),
            field="shares",
        ) from error


def gather(session: Session, round_: Round, *, at: datetime) -> Problem:
    """Who waits in the round's cohort now, who has places, and what coordinators decided."""
    from mentorship.matching import Choices, Options, Shares

    requests = list(session.scalars(requests_waiting(round_.cohort)))
    people = people_for(session, requests, at=at)
    here = {request.id: request.newcomer.public_id for request in requests}
    pairs = {kind: _chosen(session, round_, kind, here, people) for kind in ChoiceKind}
    return Problem(
        people=people,
        choices=Choices(pairs[ChoiceKind.LOCK], pairs[ChoiceKind.FORBID]),
        shares=Shares(**round_.policy.get("shares", {})),
        options=Options(**round_.policy.get("options", {})),
    )


def is_small(problem: Problem) -> bool:
    """Whether it is solved in the time a page may take."""
    return len(problem.people.newcomers) * len(problem.people.mentors) <= AT_ONCE


def solve(problem: Problem) -> Plan | Failure:
    """The best plan; a refusal of the core becomes a `Failure`."""
    from mentorship.matching import MatchingError, match

    try:
        return match(problem.people, choices=problem.choices, shares=problem.shares, options=problem.options)
    except MatchingError as refusal:
        return Failure(refusal.sentence)


def keep(session: Session, round_: Round, problem: Problem, plan: Plan | Failure, *, at: datetime) -> None:
    """Write the plan into a round that is still computing; it is a draft then, or has failed."""
    session.refresh(round_, with_for_update=True)
    if round_.state is not RoundState.COMPUTING:
        return
    round_.computed_at = at
    flag_modified(round_, "computed_at")  # the version goes up even when nothing else changed
    round_.pairings.clear()
    round_.left_out.clear()
    session.flush()
    if isinstance(plan, Failure):
        round_.state = RoundState.FAILED
        round_.report = {"sentence": BROKEN, "detail": plan.sentence}
    else:
        _write(session, round_, problem, plan)
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
        reason, detail = _why_left_out(alone.rules)
        round_.left_out.append(LeftOut(request=requests[newcomer], reason=reason, detail=detail))
    round_.input_sha256 = plan.input_sha256
    round_.certificate = asdict(plan.certificate)
    round_.report = _report(problem, plan)


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


def _why_left_out(rules: Mapping[str, int]) -> tuple[str, dict[str, Any]]:
    """The reason as a code, and how many mentors each named rule refuses; a hidden one is never named."""
    counts: Counter[str] = Counter()
    for rule, mentors in rules.items():
        counts[_NAMED_RULES.get(rule, NOT_POSSIBLE)] += mentors
    only_language = set(counts) == {NO_LANGUAGE}
    return (NO_LANGUAGE if only_language else NO_PLACE), dict(counts)


def _report(problem: Problem, plan: Plan) -> dict[str, Any]:
    people = problem.people
    return {
        "count": plan.count,
        "points": plan.points,
        "gap": plan.gap,
        "cpu_s": round(plan.cost.cpu_s, 4),
        "newcomers": len(people.newcomers),
        "mentors": len(people.mentors),
        "places": sum(mentor.places for mentor in people.mentors),
        "notes": list(plan.notes),
        "one_more": one_more_place(people, plan) if is_small(problem) else {},
        "second": _second_choices(problem, plan),
    }


def _second_choices(problem: Problem, plan: Plan) -> dict[str, list[str]]:
    """Newcomer → the next best mentors who keep a place free in this plan."""
    from mentorship.matching import second_choices

    people = problem.people
    if len(people.newcomers) * len(people.mentors) > SECOND_CHOICES_UP_TO:
        return {}
    found = {
        pair.newcomer: second_choices(people, plan, pair.newcomer, 2, shares=problem.shares)
        for pair in plan.pairs
    }
    return {newcomer: [pair.mentor for pair in pairs] for newcomer, pairs in found.items() if pairs}


def one_more_place(people: People, plan: Plan) -> dict[str, int]:
    """Language → how many of those left out accept help in it, where one more place would pair one more.

    One more place helps when it is in the language of somebody left out, or of somebody who could move to
    it and leave her own place to one left out; the latter count with 0.
    """
    with_mentor: dict[str, list[str]] = {}
    for pair in plan.pairs:
        with_mentor.setdefault(pair.mentor, []).append(pair.newcomer)
    reached = set(plan.alone)
    new = set(reached)
    while new:
        moving = {
            other
            for newcomer in new
            for mentor, others in with_mentor.items()
            if _fits(people, newcomer, mentor)
            for other in others
        }
        new = moving - reached
        reached |= new
    counts = Counter(code for newcomer in plan.alone for code in people.newcomer(newcomer).languages)
    languages = {code for newcomer in reached for code in people.newcomer(newcomer).languages}
    return {code: counts[code] for code in sorted(languages, key=lambda code: (-counts[code], code))}


def _fits(people: People, newcomer: str, mentor: str) -> bool:
    from mentorship.matching import eligible

    return eligible(people.newcomer(newcomer), people.mentor(mentor), people) is None
