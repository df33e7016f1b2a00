"""Proposing a mentor for a request: from a round, directly, by hand, or after a no."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from mentorship.rules.deadlines import deadlines_of, due
from mentorship.rules.errors import AlreadyOpen, MentorFull, NotPossible, WrongState
from mentorship.rules.lifecycle import Action, Code, Party
from mentorship.rules.marking import N_
from mentorship.services import history
from mentorship.services.barring import rule_against
from mentorship.services.outbox import tell
from mentorship.services.places import lock_mentor
from mentorship.store.conflicts import FULL, NOT_POSSIBLE, ONE_OPEN
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Offer
from mentorship.store.people import Person, PersonStatus
from mentorship.store.queries import free_place_of, offers_open_to, open_mentorship_of
from mentorship.store.requests import Request, RequestState
from mentorship.store.rounds import Pairing, Round, RoundState


def propose(
    session: Session,
    request: Request,
    mentor: Person,
    *,
    party: Party,
    by: Person | None,
    code: Code,
    at: datetime,
    round_: Round | None = None,
) -> Mentorship:
    """Ask `mentor` to help the newcomer of `request`, on one of her places, and tell both.

    Raises
    ------
    WrongState, AlreadyOpen
        The request is closed, or somebody is asked or helping already.
    NotPossible
        A rule is against the pair; which one is never said.
    MentorFull
        She has no free place.
    """
    offer = lock_mentor(session, mentor.id)
    session.refresh(request, with_for_update=True)
    _check_request(session, request)
    by_hand = party is Party.COORDINATOR and code is Code.BY_HAND
    _check_mentor(session, request, mentor, offer, machine=not by_hand, at=at)
    place = free_place_of(session, mentor.id)
    if place is None:
        raise MentorFull(FULL)
    deadlines = deadlines_of(request.cohort.settings)
    mentorship = Mentorship(
        request=request,
        newcomer=request.newcomer,
        mentor=mentor,
        round_id=round_.id if round_ else None,
        place_n=place,
        approval_state="live",
        proposed_at=at,
        answer_due_at=due(at, request.cohort.clock_paused_until, hours=deadlines.ask_due_hours),
    )
    session.add(mentorship)
    history.flush(session)
    request.word_due_at = mentorship.answer_due_at
    request.needs_coordinator = False
    _take_out_of_drafts(session, request)
    history.add(session, mentorship, Action.PROPOSE, party=party, by=by, at=at, code=code)
    due_at = mentorship.answer_due_at
    tell(session, mentor, "ask", at=at, mentorship=mentorship, newcomer=request.newcomer, due=due_at)
    tell(session, request.newcomer, "asked", at=at, mentorship=mentorship, mentor=mentor, due=due_at)
    return mentorship


def _check_request(session: Session, request: Request) -> None:
    if request.state is not RequestState.OPEN or request.newcomer.status is not PersonStatus.ACTIVE:
        raise WrongState(N_("This request is closed."))
    if open_mentorship_of(session, request.newcomer) is not None:
        raise AlreadyOpen(ONE_OPEN)


def _check_mentor(
    session: Session, request: Request, mentor: Person, offer: Offer | None, *, machine: bool, at: datetime
) -> None:
    is_open = session.scalar(offers_open_to([request.cohort_id], at=at).where(Offer.mentor_id == mentor.id))
    if offer is None or is_open is None or rule_against(session, request, mentor, machine=machine):
        raise NotPossible(NOT_POSSIBLE)


def _take_out_of_drafts(session: Session, request: Request) -> None:
    """She is no longer waiting: a draft that has her must not, and whoever looks at it is told so."""
    drafted = (
        select(Pairing)
        .join(Round, Round.id == Pairing.round_id)
        .where(Pairing.request_id == request.id, Round.state == RoundState.DRAFT)
    )
    for pairing in session.scalars(drafted).all():
        session.delete(pairing)
        flag_modified(pairing.round, "state")  # raises its version: the page someone has open is out of date
