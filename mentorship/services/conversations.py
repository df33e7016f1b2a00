"""Conversations: somebody hosts one, others sign up, it may move or be cancelled, who was there says so."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from mentorship.rules.conversations import REMINDED_BEFORE, check_time, month_of, next_area
from mentorship.rules.errors import BadInput, NotAllowed, Stale, WrongState
from mentorship.rules.marking import N_
from mentorship.services.calls import participation_of, runs
from mentorship.services.history import flush
from mentorship.services.outbox import tell
from mentorship.store.cohorts import Cohort
from mentorship.store.conflicts import CHANGED
from mentorship.store.conversations import Conversation, Participation, Quote, Takeaway
from mentorship.store.people import Person

MONTH_TAKEN = N_("No conversation can be added to this month. Please choose another month.")
"""The same whether she sees the one there is or not: a block has to stay unnoticed."""

OVER = N_("This conversation has begun already.")
NOT_YET = N_("This conversation has not begun yet.")
NOT_HERS = N_("Only the host and coordinators can do this.")


def host(
    session: Session, cohort: Cohort, person: Person, *, starts_at: datetime, link: str = "", at: datetime
) -> Conversation:
    """Make a conversation that `person` hosts; its area is the one that is up. She is signed up herself.

    Raises
    ------
    BadInput
        For ``starts_at``: over, too far ahead, or in a month that has a conversation.
    """
    check_time(starts_at, at=at)
    _check_month(session, cohort.id, starts_at)
    conversation = Conversation(
        cohort_id=cohort.id,
        host=person,
        area=area_for(session, cohort, starts_at),
        month=month_of(starts_at),
        starts_at=starts_at,
        link=link,
        made_at=at,
    )
    session.add(conversation)
    flush(session)
    sign_up(session, conversation, person, at=at)
    return conversation


def area_for(session: Session, cohort: Cohort, starts_at: datetime) -> str:
    """The area that is up after the last conversation before that month."""
    query = select(Conversation.area).where(
        Conversation.cohort_id == cohort.id,
        Conversation.cancelled_at.is_(None),
        Conversation.month < month_of(starts_at),
    )
    return next_area(session.scalar(query.order_by(Conversation.month.desc()).limit(1)))


def sign_up(session: Session, conversation: Conversation, person: Person, *, at: datetime) -> None:
    """She means to come; twice changes nothing. Raises WrongState once it has begun or is cancelled."""
    _hold(session, conversation)
    _check_coming(conversation, at=at)
    if participation_of(session, conversation, person) is None:
        soon = conversation.starts_at - REMINDED_BEFORE <= at
        session.add(
            Participation(
                conversation_id=conversation.id,
                person_id=person.id,
                signed_up_at=at,
                reminded_at=at if soon else None,
            )
        )
    flush(session)


def take_back(session: Session, conversation: Conversation, person: Person) -> None:
    """She does not come, or was not there; needs no reason, and whoever hosts is not told who it was.

    Raises
    ------
    NotAllowed
        The host herself cancels instead.
    """
    if conversation.host_id == person.id:
        raise NotAllowed(N_("You host this conversation: cancel it, and all who signed up are told."))
    session.execute(
        delete(Participation).where(
            Participation.conversation_id == conversation.id, Participation.person_id == person.id
        )
    )


def attended(session: Session, conversation: Conversation, person: Person, *, at: datetime) -> None:
    """She was there, signed up before or not. Raises WrongState before it begins, or when cancelled."""
    check_over(conversation, at=at)
    row = participation_of(session, conversation, person)
    if row is None:
        row = Participation(conversation_id=conversation.id, person_id=person.id, signed_up_at=at)
        row.reminded_at = at
        session.add(row)
    row.attended_at = row.attended_at or at
    flush(session)


def check_over(conversation: Conversation, *, at: datetime) -> None:
    """Refuse what can be done only once the conversation has begun."""
    if conversation.cancelled_at is not None or conversation.starts_at > at:
        raise WrongState(NOT_YET)


def change(
    session: Session,
    conversation: Conversation,
    person: Person,
    *,
    starts_at: datetime,
    link: str,
    seen: int,
    at: datetime,
) -> None:
    """Another time or link; who signed up is told of another time.

    Raises
    ------
    NotAllowed, WrongState, Stale, BadInput
    """
    _hold(session, conversation)
    if not runs(session, conversation, person):
        raise NotAllowed(NOT_HERS)
    _check_coming(conversation, at=at)
    if seen != conversation.version:
        raise Stale(CHANGED)
    conversation.link = link
    if starts_at != conversation.starts_at:
        _move(session, conversation, starts_at, at=at)
    flush(session)


def cancel(session: Session, conversation: Conversation, person: Person, *, at: datetime) -> None:
    """Cancel it, as its host or a coordinator; all who signed up are told. Twice changes nothing."""
    _hold(session, conversation)
    if not runs(session, conversation, person):
        raise NotAllowed(NOT_HERS)
    if conversation.cancelled_at is None:
        _check_coming(conversation, at=at)
        _call_off(session, conversation, but_not=person, at=at)


def part(session: Session, one: int, other: int, *, at: datetime) -> None:
    """After a block: neither is signed up any more for what the other hosts."""
    for host_id, guest_id in ((one, other), (other, one)):
        hosted = select(Conversation.id).where(Conversation.host_id == host_id, Conversation.starts_at > at)
        session.execute(
            delete(Participation).where(
                Participation.person_id == guest_id, Participation.conversation_id.in_(hosted)
            )
        )


def withdraw_from(session: Session, person: Person, *, at: datetime, cohort: Cohort | None = None) -> None:
    """She leaves (a cohort, or altogether): what she was to host is cancelled, her words and sign-ups go."""
    here = [] if cohort is None else [Conversation.cohort_id == cohort.id]
    hosted = select(Conversation).where(
        Conversation.host_id == person.id,
        Conversation.cancelled_at.is_(None),
        Conversation.starts_at > at,
        *here,
    )
    for conversation in session.scalars(hosted.order_by(Conversation.id)).all():
        _call_off(session, conversation, but_not=person, at=at)
    session.execute(update(Conversation).where(Conversation.host_id == person.id, *here).values(link=""))
    ids = select(Conversation.id).where(*here)
    for words in (Participation.person_id, Takeaway.author_id, Quote.author_id):
        table = words.class_
        session.execute(delete(table).where(words == person.id, table.conversation_id.in_(ids)))


def _hold(session: Session, conversation: Conversation) -> None:
    session.refresh(conversation, with_for_update=True)


def _check_coming(conversation: Conversation, *, at: datetime) -> None:
    if conversation.cancelled_at is not None:
        raise WrongState(N_("This conversation is cancelled."))
    if conversation.starts_at <= at:
        raise WrongState(OVER)


def _check_month(session: Session, cohort_id: int, starts_at: datetime, *, but: int = 0) -> None:
    taken = select(Conversation.id).where(
        Conversation.cohort_id == cohort_id,
        Conversation.month == month_of(starts_at),
        Conversation.cancelled_at.is_(None),
        Conversation.id != but,
    )
    if session.scalar(taken.limit(1)) is not None:
        raise BadInput(MONTH_TAKEN, field="starts_at")


def _move(session: Session, conversation: Conversation, starts_at: datetime, *, at: datetime) -> None:
    check_time(starts_at, at=at)
    _check_month(session, conversation.cohort_id, starts_at, but=conversation.id)
    conversation.starts_at, conversation.month = starts_at, month_of(starts_at)
    soon = starts_at - REMINDED_BEFORE <= at
    for row in _signed_up(session, conversation):
        row.reminded_at = at if soon else None
        tell(session, row.person, "call_moved", at=at, due=starts_at)


def _call_off(session: Session, conversation: Conversation, *, but_not: Person, at: datetime) -> None:
    conversation.cancelled_at = at
    for row in _signed_up(session, conversation):
        if row.person_id != but_not.id:
            tell(session, row.person, "call_cancelled", at=at, due=conversation.starts_at)
    session.flush()


def _signed_up(session: Session, conversation: Conversation) -> list[Participation]:
    query = select(Participation).where(Participation.conversation_id == conversation.id)
    return list(session.scalars(query.order_by(Participation.id)))
