"""What a conversation gave: takeaways of those who were there, and sentences they let be quoted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from mentorship.rules.errors import BadInput, NotAllowed, NotFound, WrongState
from mentorship.rules.marking import N_
from mentorship.services import audit, belonging
from mentorship.services.calls import participation_of, runs
from mentorship.services.conversations import check_over
from mentorship.services.history import flush
from mentorship.store.conversations import Conversation, Quote, Takeaway
from mentorship.store.people import Person

LONGEST = 280
MOST_EACH = 5
EMPTY = N_("Please write a sentence.")
NOT_THERE = N_("Only who was there can write this. One click says that you were.")
PUBLISHED = N_("The takeaways of this conversation are published and do not change any more.")
COORDINATORS_ONLY = N_("Only a coordinator of the cohort publishes.")


def was_there(session: Session, conversation: Conversation, person: Person) -> bool:
    """Whether she said that she was there; the host of a conversation that took place was."""
    row = participation_of(session, conversation, person)
    return conversation.host_id == person.id or (row is not None and row.attended_at is not None)


def add(
    session: Session, conversation: Conversation, person: Person, words: str, *, at: datetime
) -> Takeaway:
    """Add a takeaway of hers.

    Raises
    ------
    WrongState
        The conversation has not begun, was cancelled, or its takeaways are published.
    NotAllowed
        She was not there.
    BadInput
        No words, or more takeaways than one person has room for.
    """
    _check_may_write(session, conversation, person, at=at)
    session.refresh(conversation, with_for_update=True)
    if conversation.published_at is not None:
        raise WrongState(PUBLISHED)
    hers = select(func.count()).where(
        Takeaway.conversation_id == conversation.id, Takeaway.author_id == person.id
    )
    if (session.scalar(hers) or 0) >= MOST_EACH:
        raise BadInput(N_("Five takeaways are room enough for one. You can change those."), field="words")
    made = Takeaway(conversation=conversation, author_id=person.id, words=_checked(words), at=at)
    session.add(made)
    flush(session)
    return made


def change(session: Session, takeaway: Takeaway, person: Person, words: str) -> None:
    """Her other words for it, until it is published. Raises NotFound, WrongState, BadInput."""
    if takeaway.author_id != person.id:
        raise NotFound("")
    session.refresh(takeaway.conversation, with_for_update=True)
    if takeaway.conversation.published_at is not None:
        raise WrongState(PUBLISHED)
    takeaway.words = _checked(words)
    flush(session)


def remove(session: Session, takeaway: Takeaway, person: Person, *, at: datetime) -> None:
    """Hers to take back at any time, from the poster too; a coordinator may leave one out.

    Raises
    ------
    NotFound
        It is neither hers, nor of a cohort she coordinates.
    """
    cohort = takeaway.conversation.cohort
    if takeaway.author_id != person.id:
        if not belonging.coordinates(session, cohort, person):
            raise NotFound("")
        audit.record(session, "takeaway_remove", actor=person, at=at, kind="cohort", subject_id=cohort.id)
    session.delete(takeaway)
    session.flush()


def takeaways_of(session: Session, conversation: Conversation, person: Person) -> list[Takeaway]:
    """Those she may read: all once they are published, or as host or coordinator; else her own."""
    query = select(Takeaway).where(Takeaway.conversation_id == conversation.id)
    if conversation.published_at is None and not runs(session, conversation, person):
        query = query.where(Takeaway.author_id == person.id)
    return list(session.scalars(query.order_by(Takeaway.at, Takeaway.id)))


def takeaway_of(
    session: Session, conversation: Conversation, public_id: str, person: Person, *, hers: bool = False
) -> Takeaway:
    """One of those she may read, or has written herself. Raises NotFound."""
    for takeaway in takeaways_of(session, conversation, person):
        if takeaway.public_id == public_id and (takeaway.author_id == person.id or not hers):
            return takeaway
    raise NotFound("")


def publish(
    session: Session, conversation: Conversation, person: Person, *, published: bool, at: datetime
) -> None:
    """Show the takeaways to the members, or no longer; then they can be changed again.

    Raises
    ------
    NotAllowed
        She is no coordinator of the cohort.
    WrongState
        It has not begun, or was cancelled.
    """
    if not belonging.coordinates(session, conversation.cohort, person):
        raise NotAllowed(COORDINATORS_ONLY)
    check_over(conversation, at=at)
    conversation.published_at = (conversation.published_at or at) if published else None
    if not published:  # they may become other words than those that were chosen
        hers = Takeaway.conversation_id == conversation.id
        session.execute(update(Takeaway).where(hers).values(on_poster=False))
    flush(session)


def quote_of(session: Session, conversation: Conversation, person: Person) -> Quote | None:
    """The sentence of hers from this conversation that may be quoted."""
    return session.scalar(
        select(Quote).where(Quote.conversation_id == conversation.id, Quote.author_id == person.id)
    )


def let_quote(
    session: Session, conversation: Conversation, person: Person, words: str, *, with_name: bool, at: datetime
) -> None:
    """She lets this sentence of hers be quoted, with her name if she wishes; it takes an earlier one's place.

    A coordinator chooses anew whether it stands on the poster: what she chose were other words.

    Raises
    ------
    NotAllowed, WrongState, BadInput
    """
    _check_may_write(session, conversation, person, at=at)
    said = _checked(words)
    take_back_quote(session, conversation, person)
    session.add(
        Quote(
            conversation_id=conversation.id,
            author_id=person.id,
            words=said,
            with_name=with_name,
            consented_at=at,
        )
    )
    flush(session)


def take_back_quote(session: Session, conversation: Conversation, person: Person) -> None:
    """Her consent ends and the words are gone, from the poster too; twice changes nothing."""
    quote = quote_of(session, conversation, person)
    if quote is not None:
        session.delete(quote)
        session.flush()


def _check_may_write(session: Session, conversation: Conversation, person: Person, *, at: datetime) -> None:
    check_over(conversation, at=at)
    if not was_there(session, conversation, person):
        raise NotAllowed(NOT_THERE)


def _checked(words: str) -> str:
    if not words.strip():
        raise BadInput(EMPTY, field="words")
    return words.strip()[:LONGEST]
