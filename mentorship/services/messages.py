"""Messages of a pair, of its newcomer and her second person, and of a newcomer and her coordinators."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from mentorship.rules.errors import BadInput, NotAllowed, NotFound, TooMany, WrongState
from mentorship.rules.lifecycle import AGREED, Action, Party, State
from mentorship.rules.marking import N_
from mentorship.services import second_person
from mentorship.services.mentorships import act, party_of
from mentorship.services.outbox import tell
from mentorship.services.readers import readers_of_request
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person, PersonStatus
from mentorship.store.requests import Request
from mentorship.store.together import Aside, Message

LONGEST = 10_000
"""Characters of one message."""

MOST_AN_HOUR = 30
"""Messages one person may write within an hour, to whomever; ending, blocking and telling are no messages."""


def write_to_pair(
    session: Session, mentorship: Mentorship, author: Person, words: str, *, at: datetime
) -> Message:
    """Send a message to the other of the pair; the first one after a yes is the hello and begins it.

    Raises
    ------
    NotFound, NotAllowed, WrongState, BadInput, TooMany
        She is no party, it is not hers, the mentorship is not (or no longer) agreed, nothing was written, or
        she wrote many within an hour.
    """
    party = party_of(session, mentorship, author)
    if party is None:
        raise NotFound("")
    if party is Party.COORDINATOR:
        raise NotAllowed(N_("Messages of a pair are for the two of them alone."))
    session.refresh(mentorship, with_for_update=True)
    if mentorship.state not in AGREED:
        raise WrongState(N_("Messages can be written here once the mentor has said yes, and until it ends."))
    text = checked(words)
    check_pace(session, author, at=at)
    message = Message(mentorship_id=mentorship.id, author=author, words=text, at=at)
    session.add(message)
    other = mentorship.mentor if party is Party.NEWCOMER else mentorship.newcomer
    tell(session, other, "message", at=at, mentorship=mentorship, other=author)
    if mentorship.state is State.ACCEPTED:
        act(session, mentorship, Action.BEGIN, party=party, by=author, at=at)
    session.flush()
    return message


def write_aside(
    session: Session, mentorship: Mentorship, author: Person, words: str, *, at: datetime
) -> Message:
    """Send a message between the newcomer of a pair and its backup, who answers once she is called.

    Raises
    ------
    NotFound, NotAllowed, WrongState, BadInput, TooMany
        She is neither; the backup has not been written to and the mentor is not away; it has ended, or the
        backup is away; nothing was written, or she wrote many within an hour.
    """
    session.refresh(mentorship, with_for_update=True)
    other = _who_reads_aside(session, mentorship, author, at=at)
    text = checked(words)
    check_pace(session, author, at=at)
    aside = _aside(session, mentorship) or Aside(
        mentorship_id=mentorship.id, backup_id=mentorship.backup_id, opened_at=at
    )
    session.add(aside)
    session.flush()
    message = Message(aside_id=aside.id, author=author, words=text, at=at)
    session.add(message)
    tell(session, other, "message", at=at, mentorship=mentorship, other=author)
    session.flush()
    return message


def write_about_request(
    session: Session, request: Request, author: Person, words: str, *, at: datetime
) -> Message:
    """Send a message between the newcomer of `request` and the coordinators of its cohort.

    Also once it is closed: a question of hers does not lapse because a mentorship was completed.

    Raises
    ------
    NotFound, WrongState, BadInput, TooMany
        She is neither, the newcomer has left, nothing was written, or she wrote many within an hour.
    """
    coordinators = readers_of_request(session, request)
    if author.id != request.newcomer_id and author.id not in {person.id for person in coordinators}:
        raise NotFound("")
    if request.newcomer.status is PersonStatus.ERASED:
        raise WrongState(N_("Whoever asked here has left."))
    text = checked(words)
    check_pace(session, author, at=at)
    message = Message(request_id=request.id, author=author, words=text, at=at)
    session.add(message)
    if author.id == request.newcomer_id:
        for coordinator in coordinators:
            tell(session, coordinator, "newcomer_writes", at=at, request=request)
    else:
        tell(session, request.newcomer, "message", at=at, request=request, other=author)
    session.flush()
    return message


def thread_of_pair(session: Session, mentorship: Mentorship) -> list[Message]:
    """The messages of a pair, oldest first."""
    return _thread(session, Message.mentorship_id == mentorship.id)


def thread_aside(session: Session, mentorship: Mentorship) -> list[Message]:
    """The messages between the newcomer and the backup of now, oldest first; none an earlier one read."""
    aside = _aside(session, mentorship)
    return [] if aside is None else _thread(session, Message.aside_id == aside.id)


def threads_aside(session: Session, mentorship: Mentorship) -> list[tuple[Person, list[Message]]]:
    """What the newcomer and each second person the pair has had wrote to each other: hers alone to read."""
    asides = session.execute(
        select(Person, Aside.id)
        .join(Aside, Aside.backup_id == Person.id)
        .where(Aside.mentorship_id == mentorship.id)
        .order_by(Aside.id)
    )
    return [(person, _thread(session, Message.aside_id == found)) for person, found in asides.all()]


def thread_of_request(session: Session, request: Request) -> list[Message]:
    """The messages between a newcomer and her coordinators, oldest first."""
    return _thread(session, Message.request_id == request.id)


def _who_reads_aside(session: Session, mentorship: Mentorship, author: Person, *, at: datetime) -> Person:
    """The other of the two; the rules for either of them."""
    backup = mentorship.backup
    if mentorship.state not in AGREED or backup is None:
        raise WrongState(N_("There is no second person to write to here any more."))
    if author.id == mentorship.newcomer_id:
        if second_person.stands_by(session, mentorship, at=at) is None:
            raise WrongState(N_("The second person is away just now. A coordinator is there for you."))
        return backup
    if author.id != backup.id:
        raise NotFound("")
    if not second_person.is_called(session, mentorship, at=at):
        raise NotAllowed(
            N_("You can write here once the newcomer has written to you, or the mentor is away.")
        )
    return mentorship.newcomer


def _aside(session: Session, mentorship: Mentorship) -> Aside | None:
    of_now = Aside.mentorship_id == mentorship.id, Aside.backup_id == mentorship.backup_id
    return session.scalar(select(Aside).where(*of_now))


def _thread(session: Session, whose: object) -> list[Message]:
    query = select(Message).where(whose).options(joinedload(Message.author))  # type: ignore[arg-type]
    return list(session.scalars(query.order_by(Message.at, Message.id)))


def check_pace(session: Session, author: Person, *, at: datetime) -> None:
    """Refuse another message of hers within an hour of many."""
    within = select(Message.at).where(Message.author_id == author.id, Message.at > at - timedelta(hours=1))
    latest = session.scalars(within.order_by(Message.at.desc()).limit(MOST_AN_HOUR)).all()
    if len(latest) < MOST_AN_HOUR:
        return
    minutes = -((at - latest[-1] - timedelta(hours=1)) // timedelta(minutes=1))
    raise TooMany(
        N_(
            "You wrote %(most)s messages within an hour. This one is not sent yet and stays here: send it"
            " again in %(minutes)s minutes. Blocking, ending and telling someone always work."
        ),
        most=MOST_AN_HOUR,
        minutes=minutes,
    )


def checked(words: str) -> str:
    """Her words as they are sent; nothing, or too much, is refused."""
    text = words.strip()
    if not text:
        raise BadInput(N_("Nothing is written yet."), field="words")
    if len(text) > LONGEST:
        raise BadInput(N_("This is longer than %(most)s characters."), field="words", most=LONGEST)
    return text
