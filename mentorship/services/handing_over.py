"""Handing a mentorship over: a successor and the newcomer consent, then all of it in one transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, literal, select
from sqlalchemy.orm import Session

from mentorship.rules.deadlines import deadlines_of, due, next_check_in_day
from mentorship.rules.errors import AlreadyOpen, MentorFull, NotFound, NotPossible, WrongState
from mentorship.rules.lifecycle import Action, Code, Party, State, next_state
from mentorship.rules.marking import N_
from mentorship.services import history
from mentorship.services.backups import choose_backup
from mentorship.services.barring import check_language, rule_against
from mentorship.services.mentorships import hold, party_of, release
from mentorship.services.outbox import tell
from mentorship.services.places import fit_places, lock_mentor
from mentorship.store.cohorts import Cohort
from mentorship.store.conflicts import FULL, NOT_POSSIBLE
from mentorship.store.mentorships import HandOver, Mentorship
from mentorship.store.offers import Offer
from mentorship.store.people import Person
from mentorship.store.queries import free_place_of, offers_open_to
from mentorship.store.requests import Request


def propose_successor(
    session: Session, mentorship: Mentorship, mentor: Person, successor: Person, *, at: datetime
) -> HandOver:
    """Ask `successor` and the newcomer whether they agree; nothing changes until both do.

    Raises
    ------
    NotFound, NotAllowed, WrongState
        She is no party, it is not hers, or the mentorship is not on its way.
    AlreadyOpen
        A hand-over is asked about already.
    NotPossible, MentorFull
        A rule is against the pair (which one is never said), or the successor has no free place.
    """
    hold(session, mentorship)
    _check_party(session, mentorship, mentor)
    if open_for(session, mentorship) is not None:
        raise AlreadyOpen(N_("You have proposed someone already; the two are still asked."))
    _check_successor(session, mentorship, successor, at=at)
    cohort = mentorship.request.cohort
    days = deadlines_of(cohort.settings).hand_over_days
    hand_over = HandOver(
        mentorship=mentorship,
        successor=successor,
        proposed_at=at,
        answer_due_at=due(at, cohort.clock_paused_until, days=days),
    )
    session.add(hand_over)
    history.flush(session)
    by = hand_over.answer_due_at
    newcomer = mentorship.newcomer
    tell(session, successor, "take_over", at=at, mentor=mentor, newcomer=newcomer, due=by)
    tell(
        session, newcomer, "new_mentor", at=at, mentorship=mentorship, mentor=mentor, other=successor, due=by
    )
    return hand_over


def answer(
    session: Session, hand_over: HandOver, person: Person, *, agrees: bool, at: datetime
) -> Mentorship | None:
    """Keep her yes, or close it with her no; with both yeses the new mentorship is returned.

    Raises
    ------
    NotFound, WrongState
        She is not asked, or it is closed.
    NotPossible, MentorFull
        It was possible when it was proposed, and no longer is.
    """
    mentorship = hand_over.mentorship
    _hold_both(session, mentorship, hand_over.successor_id)
    session.refresh(hand_over, with_for_update=True)
    if person.id not in (hand_over.successor_id, mentorship.newcomer_id):
        raise NotFound("")
    if hand_over.closed_at is not None:
        raise WrongState(N_("This has been settled already."))
    if not agrees:
        give_up(session, hand_over, at=at)
        return None
    if person.id == hand_over.successor_id:
        hand_over.successor_agreed_at = hand_over.successor_agreed_at or at
    else:
        hand_over.newcomer_agreed_at = hand_over.newcomer_agreed_at or at
    session.flush()
    if hand_over.successor_agreed_at is None or hand_over.newcomer_agreed_at is None:
        return None
    return _carry_out(session, hand_over, at=at)


def give_up(session: Session, hand_over: HandOver, *, at: datetime) -> None:
    """Close it without a change; who said no is not told to anyone."""
    hand_over.closed_at = at
    mentorship = hand_over.mentorship
    if not mentorship.is_open:
        return
    for person in (mentorship.mentor, mentorship.newcomer):
        tell(session, person, "not_handed_over", at=at, mentorship=mentorship)


def give_up_between(session: Session, one: Person, other: Person, *, at: datetime) -> None:
    """Close what asks about these two, as newcomer, mentor or successor: it names each to the other."""
    asked = HandOver.successor_id, Mentorship.newcomer_id, Mentorship.mentor_id
    _give_up_where(session, literal(one.id).in_(asked), literal(other.id).in_(asked), at=at)


def give_up_asked_of(
    session: Session, successor: Person, *, at: datetime, cohort: Cohort | None = None
) -> None:
    """Close what asks her to take over, in `cohort` or anywhere: she is there no longer."""
    here = [] if cohort is None else [Request.cohort_id == cohort.id]
    _give_up_where(session, HandOver.successor_id == successor.id, *here, at=at)


def _give_up_where(session: Session, *conditions: ColumnElement[bool], at: datetime) -> None:
    found = session.scalars(
        select(HandOver)
        .join(Mentorship, Mentorship.id == HandOver.mentorship_id)
        .join(Request, Request.id == Mentorship.request_id)
        .where(HandOver.closed_at.is_(None), *conditions)
        .order_by(HandOver.id)
        .with_for_update(of=HandOver)
        .execution_options(populate_existing=True)
    )
    for hand_over in found.all():
        give_up(session, hand_over, at=at)
    session.flush()


def open_for(session: Session, mentorship: Mentorship) -> HandOver | None:
    """The hand-over of this mentorship that is asked about now."""
    return session.scalar(
        select(HandOver).where(HandOver.mentorship_id == mentorship.id, HandOver.closed_at.is_(None))
    )


def asked_of(session: Session, person: Person) -> list[HandOver]:
    """The hand-overs in which she is asked to be the successor, and has not answered."""
    query = select(HandOver).where(
        HandOver.successor_id == person.id,
        HandOver.closed_at.is_(None),
        HandOver.successor_agreed_at.is_(None),
    )
    return list(session.scalars(query.order_by(HandOver.proposed_at, HandOver.id)))


def _check_party(session: Session, mentorship: Mentorship, mentor: Person) -> None:
    party = party_of(session, mentorship, mentor)
    if party is None:
        raise NotFound("")
    next_state(mentorship.state, Action.HAND_OVER, party)


def _check_successor(session: Session, mentorship: Mentorship, successor: Person, *, at: datetime) -> None:
    request = mentorship.request
    here = offers_open_to([request.cohort_id], at=at).where(Offer.mentor_id == successor.id)
    barred = rule_against(session, request, successor, machine=True)
    if session.scalar(here) is None or barred or successor.id == mentorship.mentor_id:
        raise NotPossible(NOT_POSSIBLE)
    check_language(mentorship.newcomer, successor)
    if free_place_of(session, successor.id) is None:
        raise MentorFull(FULL)


def _hold_both(session: Session, mentorship: Mentorship, successor_id: int) -> None:
    """Both mentors' places, in the order of their ids, then the mentorship."""
    for mentor_id in sorted((mentorship.mentor_id, successor_id)):
        lock_mentor(session, mentor_id)
    session.refresh(mentorship, with_for_update=True)


def _carry_out(session: Session, hand_over: HandOver, *, at: datetime) -> Mentorship:
    old, successor = hand_over.mentorship, hand_over.successor
    before = old.mentor
    next_state(old.state, Action.HAND_OVER, Party.MENTOR)
    _check_successor(session, old, successor, at=at)
    hand_over.closed_at = at
    with session.no_autoflush:
        old.state = State.ENDED
        release(old, at)
    code = Code.HANDED_OVER
    history.add(session, old, Action.HAND_OVER, party=Party.MENTOR, by=before, at=at, code=code)
    fit_places(session, before.id)
    new = _succeed(session, old, successor, at=at)
    _tell_all(session, old, new, at=at)
    return new


def _succeed(session: Session, old: Mentorship, successor: Person, *, at: datetime) -> Mentorship:
    """The new one is accepted at once, by the same three people's word; it has its own history."""
    request = old.request
    deadlines, paused = deadlines_of(request.cohort.settings), request.cohort.clock_paused_until
    new = Mentorship(
        request=request,
        newcomer=old.newcomer,
        mentor=successor,
        continues_id=old.id,
        place_n=free_place_of(session, successor.id),
        approval_state="live",
        proposed_at=at,
        answer_due_at=at,
    )
    session.add(new)
    facts = {"by": old.mentor, "at": at, "code": Code.HANDED_OVER}
    history.add(session, new, Action.PROPOSE, party=Party.MENTOR, **facts)  # type: ignore[arg-type]
    with session.no_autoflush:
        new.state = State.ACCEPTED
        new.accepted_at = at
        new.hello_due_at = due(at, paused, days=deadlines.hello_due_days)
        new.check_in_due_at = due(at, paused, days=next_check_in_day(0, deadlines))
        backup = choose_backup(session, new, at=at)
        new.backup = None if backup is not None and backup.id == old.mentor_id else backup
    history.add(session, new, Action.ACCEPT, party=Party.MENTOR, by=successor, at=at, code=Code.HANDED_OVER)
    request.word_due_at = new.hello_due_at
    return new


def _tell_all(session: Session, old: Mentorship, new: Mentorship, *, at: datetime) -> None:
    cohort = new.request.cohort
    deadlines = deadlines_of(cohort.settings)
    hello_by = due(at, cohort.clock_paused_until, days=deadlines.hello_reminder_days)
    told_by = due(at, cohort.clock_paused_until, days=deadlines.hello_told_days)
    successor, newcomer = new.mentor, new.newcomer
    tell(session, old.mentor, "handed_over", at=at, mentorship=old, other=successor)
    tell(session, successor, "say_hello", at=at, mentorship=new, newcomer=newcomer, due=hello_by)
    tell(session, newcomer, "accepted", at=at, mentorship=new, mentor=successor, due=told_by)
