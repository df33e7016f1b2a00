"""Publishing a round: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship.rules.deadlines import deadlines_of
from mentorship.rules.errors import AlreadyOpen, MentorFull, NotPossible, Refusal, Stale, WrongState
from mentorship.rules.lifecycle import Action, Code, Party
from mentorship.rules.marking import N_
from mentorship.services import audit
from mentorship.services.mentorships import act, propose
from mentorship.services.outbox import tell
from mentorship.services.passing_on import hand_to_coordinator
from mentorship.services.request_outcomes import next_word_at
from mentorship.services.round_plan import NO_LANGUAGE
from mentorship.services.rounds import is_own
from mentorship.store.cohorts import Cohort
from mentorship.store.conflicts import CHANGED
from mentorship.store.offers import Offer
from mentorship.store.people import Person
from mentorship.store.queries import requests_waiting
from mentorship.store.requests import Request
from mentorship.store.rounds import LeftOut, Pairing, Round, RoundState


def publish(session: Session, round_: Round, *, by: Person | None, at: datetime, seen: int) -> None:
    """Propose every pairing of the draft and tell everyone; once more by the same person changes nothing.

    A pairing of her own is not hers to publish: its request goes to the other coordinators instead.

    Raises
    ------
    Stale
        Somebody changed the round since, someone in it no longer waits, or a mentor is no longer free:
        the sentence says who, and nothing has been sent.
    WrongState
        It is no draft.
    """
    session.refresh(round_, with_for_update=True)
    if round_.state is RoundState.PUBLISHED and round_.report.get("published") == _mark(by, seen):
        return
    if seen != round_.version:
        raise Stale(CHANGED)
    if round_.state is not RoundState.DRAFT:
        raise WrongState(N_("This round is no draft: it cannot be published."))
    pairings = sorted(round_.pairings, key=lambda pairing: (pairing.mentor_id, pairing.request_id))
    _check_still_waiting(session, round_.cohort, pairings)
    own = [pairing for pairing in pairings if is_own(by, pairing.request, pairing.mentor)]
    _close(session, round_, own, _mark(by, seen), at=at)
    for pairing in (pairing for pairing in pairings if pairing not in own):
        _propose(session, round_, pairing, by=by, at=at)
    for pairing in own:
        hand_to_coordinator(session, pairing.request, at=at)
    _tell_left_out(session, round_, at=at)
    audit.record(session, "round_publish", actor=by, at=at, kind="round", subject_id=round_.id)


def _close(
    session: Session, round_: Round, own: list[Pairing], mark: dict[str, int | None], *, at: datetime
) -> None:
    """Make the round a published one, first of all: what it holds cannot change from here on."""
    for pairing in own:
        round_.pairings.remove(pairing)
    session.flush()
    round_.report = {**round_.report, "published": mark, "own": len(own)}
    round_.state = RoundState.PUBLISHED
    round_.published_at = at
    _move_next_round(round_.cohort, at=at)
    session.flush()


def _mark(by: Person | None, seen: int) -> dict[str, int | None]:
    return {"by": by.id if by else None, "seen": seen}


def _check_still_waiting(session: Session, cohort: Cohort, pairings: Sequence[Pairing]) -> None:
    waiting = _waiting(session, cohort, pairings)
    for pairing in pairings:
        if pairing.request_id not in waiting:
            raise Stale(
                N_("%(newcomer)s no longer waits for a mentor. Nothing was sent: compute the round again."),
                newcomer=pairing.request.newcomer.name,
            )


def _waiting(session: Session, cohort: Cohort, rows: Sequence[Pairing | LeftOut]) -> set[int]:
    query = requests_waiting(cohort).where(Request.id.in_([row.request_id for row in rows]))
    return {request.id for request in session.scalars(query)}


def _propose(session: Session, round_: Round, pairing: Pairing, *, by: Person | None, at: datetime) -> None:
    newcomer, mentor = pairing.request.newcomer, pairing.mentor
    try:
        mentorship = propose(
            session,
            pairing.request,
            mentor,
            party=Party.COORDINATOR,
            by=by,
            code=Code.ROUND,
            at=at,
            round_=round_,
        )
    except (MentorFull, NotPossible, AlreadyOpen, WrongState) as refusal:
        raise _changed(refusal, newcomer, mentor) from refusal
    offer = session.scalar(select(Offer).where(Offer.mentor_id == mentor.id))
    if offer is not None and offer.accepts_rounds:
        act(session, mentorship, Action.ACCEPT, party=Party.MENTOR, by=mentor, at=at)


def _changed(refusal: Refusal, newcomer: Person, mentor: Person) -> Stale:
    if isinstance(refusal, MentorFull):
        return Stale(
            N_("%(mentor)s no longer has a free place. Nothing was sent: compute the round again."),
            mentor=mentor.name,
        )
    return Stale(
        N_("%(newcomer)s with %(mentor)s is no longer possible. Nothing was sent: compute the round again."),
        newcomer=newcomer.name,
        mentor=mentor.name,
    )


def _move_next_round(cohort: Cohort, *, at: datetime) -> None:
    """So that whoever is left out is told a date that lies ahead.

    A round published while its date is near is the round of that date.
    """
    deadlines, today = deadlines_of(cohort.settings), at.date()
    near = today + timedelta(days=deadlines.round_review_days)
    if cohort.next_round_on is not None and cohort.next_round_on <= near:
        last = max(cohort.next_round_on, today)
        cohort.next_round_on = last + timedelta(days=deadlines.round_every_days)


def _tell_left_out(session: Session, round_: Round, *, at: datetime) -> None:
    """Languages and places only; whatever else is against a pair stays unnamed."""
    waiting = _waiting(session, round_.cohort, round_.left_out)
    for left in round_.left_out:
        request = left.request
        if request.id not in waiting:  # she asked someone directly, or took her request back
            continue
        request.word_due_at = next_word_at(request.cohort, at=at)
        kind = "no_language_yet" if left.reason == NO_LANGUAGE else "waiting"
        tell(session, request.newcomer, kind, at=at, request=request, due=request.word_due_at)
