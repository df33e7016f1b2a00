"""A newcomer's request: opened, changed, wishes and asks, taken back, closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from mentorship.rules.errors import AlreadyOpen, BadInput, NotAllowed, NotFound, TooMany, WrongState
from mentorship.rules.lifecycle import Action, Code, Party, State
from mentorship.rules.marking import N_
from mentorship.services import history, mentorships
from mentorship.services.request_outcomes import close, next_word_at, wait_for_word
from mentorship.store.cohorts import Cohort, CohortMember
from mentorship.store.conflicts import ONE_REQUEST
from mentorship.store.mentorships import EventNote, Mentorship, MentorshipEvent
from mentorship.store.people import InterestKind, Person
from mentorship.store.queries import open_mentorship_of, open_request_of
from mentorship.store.requests import Outcome, Request, RequestState, Shown

LONGEST_WORDS = 2000
LONGEST_LINK = 1000
ASKS_A_DAY = 3
DAY = timedelta(days=1)
LAST_RANK = 6


class Standing(StrEnum):
    """Where an open request stands, as its newcomer sees it."""

    WAITING = "waiting"
    BY_HAND = "by_hand"
    ASKED = "asked"
    PAIRED = "paired"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class Situation:
    """How a request stands: the mentorship that is open now, and the last one that came to an end."""

    standing: Standing
    now: Mentorship | None
    last: Mentorship | None


def cohort_to_ask_in(session: Session, person: Person, *, at: datetime) -> Cohort | None:
    """The cohort she joined last, of those that are not over."""
    return session.scalar(
        select(Cohort)
        .join(CohortMember, CohortMember.cohort_id == Cohort.id)
        .where(
            CohortMember.person_id == person.id, or_(Cohort.ends_on.is_(None), Cohort.ends_on >= at.date())
        )
        .order_by(CohortMember.joined_at.desc(), Cohort.id.desc())
        .limit(1)
    )


def open_request(
    session: Session, newcomer: Person, cohort: Cohort, *, words: str, happened_link: str, at: datetime
) -> Request:
    """Open her request in `cohort`, with the date by which she hears.

    Raises
    ------
    NotFound
        She is no member of the cohort.
    AlreadyOpen
        She has an open request or an open mentorship; of two at once, one gets this.
    BadInput
        Naming the field.
    """
    if session.get(CohortMember, (cohort.id, newcomer.id)) is None:
        raise NotFound("")
    if open_request_of(session, newcomer) or open_mentorship_of(session, newcomer):
        raise AlreadyOpen(ONE_REQUEST)
    check_words(newcomer, words, happened_link)
    request = Request(
        cohort=cohort,
        newcomer=newcomer,
        words=words,
        happened_link=happened_link,
        opened_at=at,
        waiting_since=at,
        word_due_at=next_word_at(cohort, at=at),
    )
    session.add(request)
    history.flush(session)
    return request


def change_request(session: Session, request: Request, *, words: str, happened_link: str) -> None:
    """Change what she wrote; her turn is kept."""
    _check_open(request)
    check_words(request.newcomer, words, happened_link)
    request.words = words
    request.happened_link = happened_link
    session.flush()


def check_words(newcomer: Person, words: str, happened_link: str) -> None:
    """Refuse a request that says nothing at all, what is too long, and links that are none."""
    asked = any(each.kind is InterestKind.NEED and each.learns for each in newcomer.interests)
    if not asked and not words:
        raise BadInput(N_("Please choose one thing, or write a sentence below."), field="needs")
    if len(words) > LONGEST_WORDS:
        raise BadInput(N_("Please keep this under %(most)s characters."), field="words", most=LONGEST_WORDS)
    if happened_link and not is_link(happened_link):
        raise BadInput(
            N_("A link begins with https:// or http://. You may leave this empty."), field="happened_link"
        )


def is_link(text: str) -> bool:
    """Whether this is the address of a page: http or https, with a host, and nothing hidden in it."""
    if len(text) > LONGEST_LINK or any(letter.isspace() or not letter.isprintable() for letter in text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


def situation(session: Session, request: Request) -> Situation:
    """How `request` stands now; waiting, asked and paired derive from its open mentorship."""
    past = list(
        session.scalars(
            select(Mentorship).where(Mentorship.request_id == request.id).order_by(Mentorship.id.desc())
        )
    )
    now = next((each for each in past if each.is_open), None)
    last = next((each for each in past if not each.is_open), None)
    return Situation(_standing(request, now), now, last)


def rank_wishes(session: Session, request: Request, wishes: Mapping[str, int | None]) -> None:
    """Mark whom she wishes for: a mentor's public id to a rank (1 the dearest) or None.

    Raises
    ------
    NotFound
        One of them was never shown for this request.
    """
    _check_open(request)
    for public_id, rank in wishes.items():
        shown = shown_mentor(session, request, public_id)
        if rank is not None and not 1 <= rank <= LAST_RANK:
            raise BadInput(N_("Something sent here is not one of the choices. Please choose again."))
        shown.wish_rank = rank
    session.flush()


def shown_mentor(session: Session, request: Request, public_id: str) -> Shown:
    """The row that says this mentor was suggested to this request; NotFound where she was not."""
    shown = session.scalar(
        select(Shown)
        .join(Person, Person.id == Shown.mentor_id)
        .where(Shown.request_id == request.id, Person.public_id == public_id)
    )
    if shown is None:
        raise NotFound("")
    return shown


def ask(session: Session, request: Request, public_id: str, *, words: str, at: datetime) -> Mentorship:
    """Ask a mentor she was shown; her words to that mentor are a note beside the history.

    Raises
    ------
    NotFound, NotAllowed
        The mentor was never shown, or the cohort's coordinators choose.
    TooMany
        She asked three within a day.
    AlreadyOpen, NotPossible, MentorFull, WrongState, BadInput
        As `mentorships.propose`; or her words are too long.
    """
    mentor = shown_mentor(session, request, public_id).mentor
    if not request.cohort.direct_asking:
        raise NotAllowed(N_("In this cohort a coordinator finds the mentor. Your wishes count there."))
    if len(words) > LONGEST_WORDS:
        raise BadInput(N_("Please keep this under %(most)s characters."), field="words", most=LONGEST_WORDS)
    if request.confirm_again:
        raise WrongState(N_("Please say first that you want to go on."))
    newcomer = request.newcomer
    if _asks_since(session, newcomer, at - DAY) >= ASKS_A_DAY:
        raise TooMany(
            N_("You asked three mentors within a day. Wait a day before you ask again; your turn is kept.")
        )
    mentorship = mentorships.propose(
        session, request, mentor, party=Party.NEWCOMER, by=newcomer, code=Code.ASKED, at=at
    )
    if words:
        _note(session, mentorship, newcomer, words)
    return mentorship


def take_back(session: Session, request: Request, *, seen: int | None, at: datetime) -> None:
    """Take the open ask back; the request stays open. Doing it twice changes nothing."""
    now = situation(session, request).now
    if now is None:
        return
    mentorships.act(
        session, now, Action.WITHDRAW, party=Party.NEWCOMER, by=request.newcomer, at=at, seen=seen
    )


def withdraw_request(session: Session, request: Request, *, at: datetime) -> None:
    """Close her request; an ask that is open is taken back. Doing it twice changes nothing.

    Raises
    ------
    WrongState
        She has a mentor: ending that is the pair's, and closes or keeps the request by its own rule.
    """
    if request.state is not RequestState.OPEN:
        return
    now = situation(session, request).now
    if now is not None and now.state in (State.ACTIVE, State.PAUSED):
        raise WrongState(
            N_("You have a mentor now. You can end the mentorship on the page of the two of you.")
        )
    close(session, request, Outcome.WITHDRAWN, at=at)
    session.flush()
    if now is not None:
        mentorships.act(session, now, Action.WITHDRAW, party=Party.NEWCOMER, by=request.newcomer, at=at)


def confirm_again(session: Session, request: Request, *, at: datetime) -> None:
    """She wants to go on after a lapse or an ending of hers; doing it twice changes nothing."""
    _check_open(request)
    if request.confirm_again:
        request.confirm_again = False
        wait_for_word(session, request, at=at, told=False)
        session.flush()


def _check_open(request: Request) -> None:
    if request.state is not RequestState.OPEN:
        raise WrongState(N_("This request is closed."))


def _standing(request: Request, now: Mentorship | None) -> Standing:
    if now is not None:
        return Standing.ASKED if now.state is State.PROPOSED else Standing.PAIRED
    if request.confirm_again:
        return Standing.CONFIRM
    return Standing.BY_HAND if request.needs_coordinator else Standing.WAITING


def _asks_since(session: Session, newcomer: Person, since: datetime) -> int:
    return session.scalar(
        select(func.count())
        .select_from(MentorshipEvent)
        .join(Mentorship)
        .where(
            Mentorship.newcomer_id == newcomer.id,
            MentorshipEvent.code == Code.ASKED,
            MentorshipEvent.at > since,
        )
    ) or 0  # fmt: skip


def _note(session: Session, mentorship: Mentorship, author: Person, words: str) -> None:
    event = session.scalars(
        select(MentorshipEvent).where(
            MentorshipEvent.mentorship_id == mentorship.id, MentorshipEvent.action == Action.PROPOSE
        )
    ).one()
    session.add(EventNote(event=event, author_id=author.id, words=words))
    session.flush()
