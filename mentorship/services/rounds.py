"""Rounds: started, computed, decided upon, published or discarded; nothing of a draft is told to anyone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from mentorship.rules.errors import AlreadyOpen, MentorFull, NotAllowed, NotPossible, Stale, WrongState
from mentorship.rules.marking import N_
from mentorship.services import audit, round_plan, round_policy
from mentorship.services.matchmaking import people_for
from mentorship.store.cohorts import Cohort
from mentorship.store.conflicts import CHANGED
from mentorship.store.people import Person
from mentorship.store.queries import requests_waiting
from mentorship.store.requests import Request
from mentorship.store.rounds import ChoiceKind, Round, RoundChoice, RoundState

OPEN = (RoundState.COMPUTING, RoundState.DRAFT)
CLAIM = timedelta(minutes=10)
"""How long a process that gives no sign keeps a round it solves; longer than any one step of a solver."""


def open_round_of(session: Session, cohort: Cohort) -> Round | None:
    """The one round of a cohort that is being computed or reviewed."""
    return session.scalar(select(Round).where(Round.cohort_id == cohort.id, Round.state.in_(OPEN)))


def start_round(
    session: Session,
    cohort: Cohort,
    *,
    by: Person | None,
    at: datetime,
    shares: Mapping[str, int] | None = None,
    options: Mapping[str, int] | None = None,
) -> Round:
    """Open a round over the cohort's waiting requests; it is yet to be computed.

    Raises
    ------
    AlreadyOpen
        A round of this cohort is open; only one can be.
    BadInput
        Shares or options the core would refuse.
    """
    policy = round_policy.policy_of(shares, options)
    if open_round_of(session, cohort) is not None:
        raise AlreadyOpen(N_("A round of this cohort is open already. Publish or discard it first."))
    round_ = Round(cohort=cohort, policy=policy, by_id=by.id if by else None, started_at=at)
    session.add(round_)
    session.flush()
    audit.record(session, "round_start", actor=by, at=at, kind="round", subject_id=round_.id)
    return round_


def compute(session: Session, round_: Round, *, at: datetime, however_large: bool = False) -> None:
    """Solve the round and keep its draft; a large one is left computing, for the worker."""
    if round_.state is not RoundState.COMPUTING:
        return
    problem = round_plan.gather(session, round_, at=at)
    if however_large or round_plan.is_small(problem):
        round_plan.keep(session, round_, problem, round_plan.solve(problem), at=at)


def compute_pending(session: Session, *, at: datetime) -> int:
    """Solve every round left computing, the oldest first; returns how many."""
    pending = session.scalars(
        select(Round).where(Round.state == RoundState.COMPUTING).order_by(Round.started_at, Round.id)
    ).all()
    for round_ in pending:
        compute(session, round_, at=at, however_large=True)
    return len(pending)


def pending(session: Session) -> list[int]:
    """The rounds left computing, the oldest first."""
    query = select(Round.id).where(Round.state == RoundState.COMPUTING)
    return list(session.scalars(query.order_by(Round.started_at, Round.id)))


def is_pending(session: Session) -> bool:
    """Whether a round is left computing."""
    return bool(pending(session))


def claim(session: Session, *, round_id: int, at: datetime) -> int:
    """Take a round left computing to solve it: 1, or 0 where another process has, and gives signs of life."""
    round_ = session.get_one(Round, round_id, with_for_update=True)
    is_taken = round_.solving_until is not None and at < round_.solving_until
    if round_.state is not RoundState.COMPUTING or is_taken:
        return 0
    return _held_while_solving(session, round_id, at)


def keep_progress(session: Session, *, round_id: int, progress: Mapping[str, Any], at: datetime) -> int:
    """Keep how far a round is that is still computing, and the claim to it."""
    round_ = session.get_one(Round, round_id, with_for_update=True)
    if round_.state is not RoundState.COMPUTING:
        return 0
    return _held_while_solving(session, round_id, at, report={**round_.report, "progress": dict(progress)})


def _held_while_solving(session: Session, round_id: int, at: datetime, **values: Any) -> int:
    """Its version stays, so that it can be cancelled meanwhile."""
    held = update(Round).where(Round.id == round_id).values(solving_until=at + CLAIM, **values)
    session.execute(held)
    return 1


def recompute(
    session: Session,
    round_: Round,
    *,
    at: datetime,
    seen: int | None = None,
    shares: Mapping[str, int] | None = None,
    options: Mapping[str, int] | None = None,
) -> None:
    """Compute the draft anew, round the choices made; shares and options not given stay as they are.

    Raises
    ------
    BadInput
        A share or an option out of its range.
    WrongState, Stale
        As `lock`.
    """
    policy = round_policy.policy_of(shares, options, before=round_.policy)
    _held_draft(session, round_, seen)
    round_.policy = policy
    _compute_again(session, round_, at=at)


def lock(
    session: Session,
    round_: Round,
    request: Request,
    mentor: Person,
    *,
    by: Person | None,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Keep this pair in the round whatever its points; the rest is computed round it.

    Raises
    ------
    NotAllowed
        The pair is her own.
    NotPossible, MentorFull
        A rule is against the pair, or more are locked to this mentor than she has places.
    WrongState, Stale
        It is no draft any more, or somebody changed it since.
    """
    _held_draft(session, round_, seen)
    refuse_own(by, request, mentor)
    check_lock(session, round_, request, mentor, at=at)
    for choice in [*round_.choices]:
        if choice.request_id == request.id and (
            choice.kind is ChoiceKind.LOCK or choice.mentor_id == mentor.id
        ):
            round_.choices.remove(choice)
    session.flush()
    _choose(round_, request, mentor, ChoiceKind.LOCK, by)
    _compute_again(session, round_, at=at)


def forbid(
    session: Session,
    round_: Round,
    request: Request,
    mentor: Person,
    *,
    by: Person | None,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Leave this pair out of the round; the rest is computed round it. Raises as `lock`."""
    _held_draft(session, round_, seen)
    refuse_own(by, request, mentor)
    _drop(session, round_, request, mentor)
    _choose(round_, request, mentor, ChoiceKind.FORBID, by)
    _compute_again(session, round_, at=at)


def undo(
    session: Session,
    round_: Round,
    request: Request,
    mentor: Person,
    *,
    by: Person | None,
    at: datetime,
    seen: int | None = None,
) -> None:
    """Take back what was decided about this pair. Raises as `lock`."""
    _held_draft(session, round_, seen)
    refuse_own(by, request, mentor)
    _drop(session, round_, request, mentor)
    _compute_again(session, round_, at=at)


def discard(
    session: Session, round_: Round, *, by: Person | None, at: datetime, seen: int | None = None
) -> None:
    """Put the round away, computed or not; nobody hears of it."""
    _hold(session, round_, seen)
    if round_.state not in OPEN:
        raise WrongState(N_("This round is closed: it cannot be discarded any more."))
    round_.state = RoundState.DISCARDED
    round_.report = {name: value for name, value in round_.report.items() if name != "progress"}
    audit.record(session, "round_discard", actor=by, at=at, kind="round", subject_id=round_.id)
    session.flush()


def is_own(person: Person | None, request: Request, mentor: Person) -> bool:
    """Whether the pair is one of `person`'s own."""
    return person is not None and person.id in (request.newcomer_id, mentor.id)


def refuse_own(person: Person | None, request: Request, mentor: Person) -> None:
    if is_own(person, request, mentor):
        raise NotAllowed(N_("This concerns yourself: another coordinator decides about it."))


def check_draft(round_: Round) -> None:
    if round_.state is not RoundState.DRAFT:
        raise WrongState(N_("This round is no draft: nothing in it can be changed."))


def _hold(session: Session, round_: Round, seen: int | None) -> None:
    """Keep others from changing the round until the transaction ends; refuse a page that is out of date."""
    session.refresh(round_, with_for_update=True)
    if seen is not None and seen != round_.version:
        raise Stale(CHANGED)


def _held_draft(session: Session, round_: Round, seen: int | None) -> None:
    _hold(session, round_, seen)
    check_draft(round_)


def _compute_again(session: Session, round_: Round, *, at: datetime) -> None:
    round_.state = RoundState.COMPUTING
    round_.solving_until = None
    session.flush()
    compute(session, round_, at=at)


def _choose(round_: Round, request: Request, mentor: Person, kind: ChoiceKind, by: Person | None) -> None:
    round_.choices.append(
        RoundChoice(request_id=request.id, mentor_id=mentor.id, kind=kind, by_id=by.id if by else None)
    )


def _drop(session: Session, round_: Round, request: Request, mentor: Person) -> None:
    for choice in [*round_.choices]:
        if (choice.request_id, choice.mentor_id) == (request.id, mentor.id):
            round_.choices.remove(choice)
    session.flush()


def check_lock(session: Session, round_: Round, request: Request, mentor: Person, *, at: datetime) -> None:
    """Refuse a lock that a rule or the mentor's places are against; raises as `lock`."""
    from mentorship.matching import eligible

    waiting = session.scalar(requests_waiting(round_.cohort).where(Request.id == request.id))
    people = people_for(session, [request], at=at)
    if waiting is None or mentor.public_id not in people.mentor_by_id:
        raise NotPossible(N_("This pair is not possible."))
    rule = eligible(people.newcomer(request.newcomer.public_id), people.mentor(mentor.public_id), people)
    places = people.mentor(mentor.public_id).places
    others = sum(
        1
        for choice in round_.choices
        if choice.kind is ChoiceKind.LOCK
        and choice.mentor_id == mentor.id
        and choice.request_id != request.id
    )
    if rule == "no_shared_language":
        raise NotPossible(N_("This pair is not possible: they have no language in common to help in."))
    if rule not in (None, "no_place"):
        raise NotPossible(N_("This pair is not possible."))
    if places <= others:
        raise MentorFull(
            N_("%(mentor)s has no free place left for one more locked pair."), mentor=mentor.name
        )
