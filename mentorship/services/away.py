"""A mentor goes away, comes back, or leaves for good; unanswered asks go on at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from mentorship.rules.errors import BadInput
from mentorship.rules.lifecycle import AGREED, Action, Code, Party, State
from mentorship.rules.marking import N_
from mentorship.services import handing_over, offers, second_person
from mentorship.services.mentorships import act
from mentorship.services.places import fit_places, lock_mentor
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Approval, ApprovalState, Offer

LONGEST_AWAY_DAYS = 366


def go_away(session: Session, offer: Offer, until: datetime, *, at: datetime) -> int:
    """Ask her nothing until `until`; her unanswered asks go on at once. Returns how many did.

    Her pairs are told where the day is another than before; their second persons only where she was here.
    """
    if not at < until <= at + timedelta(days=LONGEST_AWAY_DAYS):
        raise BadInput(
            N_("Please give a day after today, at most %(days)s days away."),
            field="until",
            days=LONGEST_AWAY_DAYS,
        )
    lock_mentor(session, offer.mentor_id)
    was_away, is_new = second_person.is_away(session, offer.mentor_id, at=at), offer.away_until != until
    offer.away_until = until
    offers.heard_from(session, offer.mentor_id)
    session.flush()
    if is_new:
        second_person.tell_of_absence(session, offer.mentor, at=at, until=until, was_away=was_away)
    return _step_back(session, offer, (State.PROPOSED,), at=at)


def come_back(session: Session, offer: Offer, *, at: datetime) -> None:
    """She may be asked again; her pairs and their second persons are told, where she was away."""
    lock_mentor(session, offer.mentor_id)
    if second_person.is_away(session, offer.mentor_id, at=at):
        second_person.tell_of_return(session, offer.mentor, at=at)
    offer.away_until = None
    offers.heard_from(session, offer.mentor_id)
    session.flush()


def is_here(session: Session, offer: Offer, *, at: datetime) -> None:
    """Her answer to “are you still taking part?”: a sign of life, also from where she is not signed in."""
    offer.heard_at = at
    offer.asked_if_here_at = None
    offers.heard_from(session, offer.mentor_id)
    session.flush()


def leave_as_mentor(session: Session, offer: Offer, *, at: datetime) -> None:
    """Take her offer back in one step: asks go on, pairs end without a reason, nobody's backup any more.

    Where her approval had been taken back that fact stays, so that leaving does not undo it.
    """
    lock_mentor(session, offer.mentor_id)
    offer.capacity = 0
    offer.cohorts.clear()
    session.flush()
    _step_back(session, offer, (State.PROPOSED, *AGREED), at=at)
    handing_over.give_up_asked_of(session, offer.mentor, at=at)
    session.execute(update(Mentorship).where(Mentorship.backup_id == offer.mentor_id).values(backup_id=None))
    fit_places(session, offer.mentor_id)
    approval = offers.approval_of(session, offer.mentor_id)
    if approval is not None and approval.state is ApprovalState.WITHDRAWN:
        return
    session.execute(delete(Approval).where(Approval.mentor_id == offer.mentor_id))
    session.delete(offer)
    session.flush()
    session.expire_all()


def _step_back(session: Session, offer: Offer, states: Collection[State], *, at: datetime) -> int:
    """Say “not now” to what she was asked, and end what she had agreed to, where it is in `states`."""
    query = select(Mentorship).where(Mentorship.mentor_id == offer.mentor_id, Mentorship.state.in_(states))
    found = session.scalars(query.order_by(Mentorship.id)).all()
    for mentorship in found:
        asked = mentorship.state is State.PROPOSED
        act(
            session,
            mentorship,
            Action.DECLINE if asked else Action.END,
            party=Party.MENTOR,
            by=offer.mentor,
            at=at,
            code=Code.NOT_NOW if asked else Code.NONE,
        )
    return len(found)
