"""After a no or silence: the plan is solved anew, and only this request's pair is proposed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from mentorship.rules.deadlines import deadlines_of, due
from mentorship.rules.errors import MentorFull, NotPossible
from mentorship.rules.lifecycle import Code, Party
from mentorship.services import matchmaking, proposals
from mentorship.services.outbox import tell
from mentorship.services.request_outcomes import wait_for_word
from mentorship.store.offers import Offer
from mentorship.store.people import Person
from mentorship.store.queries import coordinators_of, requests_waiting
from mentorship.store.requests import Request, RequestState

PASSES_BY_MACHINE = 2
"""After so many asks that came to nothing a coordinator looks for a mentor together with her."""


def go_on(session: Session, request: Request, *, at: datetime, after: Person, silent: bool = False) -> None:
    """Find the next mentor for `request` after `after` said no or was silent, and tell the newcomer.

    No machine moves a pair someone was told of: the plan is over waiting requests and free places only.
    """
    if request.state is not RequestState.OPEN:
        return
    request.passes += 1
    if silent and (offer := session.get(Offer, after.id)) is not None:
        offer.silent_since = at
    session.flush()
    if request.passes < PASSES_BY_MACHINE:
        _propose_next(session, request, at=at)
    else:
        hand_to_coordinator(session, request, at=at)
    kind = "nothing_heard" if silent else "no"
    tell(session, request.newcomer, kind, at=at, request=request, mentor=after, due=request.word_due_at)


def _propose_next(session: Session, request: Request, *, at: datetime) -> None:
    waiting = list(session.scalars(requests_waiting(request.cohort)))
    mentor = matchmaking.planned_mentor(session, request, waiting, at=at)
    if mentor is not None:
        try:
            proposals.propose(
                session, request, mentor, party=Party.CLOCK, by=None, code=Code.PASSED_ON, at=at
            )
        except (MentorFull, NotPossible):  # she changed her mind a moment ago: the request waits instead
            mentor = None
    if mentor is None:
        wait_for_word(session, request, at=at, told=False)


def hand_to_coordinator(session: Session, request: Request, *, at: datetime) -> None:
    """Put the request on its coordinators' list of today, with a date the newcomer is told."""
    request.needs_coordinator = True
    days = deadlines_of(request.cohort.settings).by_hand_days
    request.word_due_at = due(at, request.cohort.clock_paused_until, days=days)
    coordinators = coordinators_of(session, request.cohort_id, but_not=[request.newcomer_id])
    for coordinator in coordinators:
        tell(session, coordinator, "look_for_mentor", at=at, request=request)
    for coordinator in coordinators[:1]:
        tell(
            session,
            request.newcomer,
            "chosen_by_hand",
            at=at,
            request=request,
            coordinator=coordinator,
            due=request.word_due_at,
        )
