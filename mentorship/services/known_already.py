"""“We already know each other”: two who both confirm become a pair without a round.

The newcomer gets a word to give to the mentor she knows, by whatever way they know each other; the mentor
types it in; the newcomer says that it is she. So nobody learns by it who else is a member.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship.rules.deadlines import due
from mentorship.rules.errors import BadInput, NotFound, WrongState
from mentorship.rules.lifecycle import Action, Code, Party
from mentorship.rules.marking import N_
from mentorship.services import history, mentorships
from mentorship.services.barring import check_language
from mentorship.services.outbox import tell
from mentorship.store.mentorships import KnownAlready, Mentorship
from mentorship.store.people import Person
from mentorship.store.requests import Request, RequestState

GOOD_FOR_DAYS = 14

NO_SUCH_WORD = N_("This word is not, or no longer, good. Please ask for a new one.")


def begin(session: Session, request: Request, word: str, *, at: datetime) -> KnownAlready:
    """Keep a hash of `word`, a random one that is shown to the newcomer once; an earlier one ends."""
    if request.state is not RequestState.OPEN:
        raise WrongState(N_("This request is closed."))
    session.refresh(request, with_for_update=True)
    earlier = open_for(session, request)
    if earlier is not None:
        earlier.closed_at = at
        session.flush()
    made = KnownAlready(
        request=request,
        word_hash=_hash(word),
        made_at=at,
        ends_at=due(at, request.cohort.clock_paused_until, days=GOOD_FOR_DAYS),
    )
    session.add(made)
    history.flush(session)
    return made


def take_up(session: Session, mentor: Person, word: str, *, at: datetime) -> KnownAlready:
    """The mentor types the word in: she says that they know each other; the newcomer is asked if it is she.

    Raises
    ------
    BadInput
        No such word, whatever the reason: it says nothing about who is a member.
    """
    found = session.scalar(
        select(KnownAlready)
        .where(KnownAlready.word_hash == _hash(word), KnownAlready.closed_at.is_(None))
        .with_for_update()
    )
    if found is None or found.ends_at <= at or found.mentor_id not in (None, mentor.id):
        raise BadInput(NO_SUCH_WORD, field="word")
    if found.request.newcomer_id == mentor.id:
        raise BadInput(NO_SUCH_WORD, field="word")
    if found.mentor_id is None:
        found.mentor, found.mentor_agreed_at = mentor, at
        newcomer = found.request.newcomer
        tell(session, newcomer, "known_by", at=at, request=found.request, mentor=mentor, due=found.ends_at)
    session.flush()
    return found


def confirm(session: Session, known: KnownAlready, newcomer: Person, *, at: datetime) -> Mentorship:
    """The newcomer says that it is she: a pair from now on, by the same rules as any other.

    Raises
    ------
    NotFound, WrongState
        It is not hers, or nobody has typed the word in.
    AlreadyOpen, NotPossible, MentorFull
        As `mentorships.propose`.
    """
    _hers(session, known, newcomer)
    mentor = known.mentor
    if mentor is None:
        raise WrongState(N_("Nobody has typed this word in yet."))
    check_language(newcomer, mentor)
    known.closed_at = at
    mentorship = mentorships.propose(
        session, known.request, mentor, party=Party.NEWCOMER, by=newcomer, code=Code.KNOWN, at=at
    )
    return mentorships.act(
        session, mentorship, Action.ACCEPT, party=Party.MENTOR, by=mentor, at=at, code=Code.KNOWN
    )


def refuse(session: Session, known: KnownAlready, newcomer: Person, *, at: datetime) -> None:
    """It is not she, or the newcomer changed her mind; nobody is told."""
    _hers(session, known, newcomer)
    known.closed_at = at
    session.flush()


def give_up(session: Session, known: KnownAlready, *, at: datetime) -> None:
    """The word is no longer good."""
    known.closed_at = at
    session.flush()


def open_for(session: Session, request: Request) -> KnownAlready | None:
    """The word of this request that is good now."""
    return session.scalar(
        select(KnownAlready).where(KnownAlready.request_id == request.id, KnownAlready.closed_at.is_(None))
    )


def _hers(session: Session, known: KnownAlready, newcomer: Person) -> None:
    if known.request.newcomer_id != newcomer.id:
        raise NotFound("")
    session.refresh(known, with_for_update=True)
    if known.closed_at is not None:
        raise WrongState(NO_SUCH_WORD)


def _hash(word: str) -> str:
    return sha256("".join(word.split()).upper().encode()).hexdigest()
