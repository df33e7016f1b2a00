"""The first talk of a pair: times that suit both, one written to the other, who agrees or calls it off."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from mentorship.rules import first_talk
from mentorship.rules.errors import BadInput, NotFound, Stale, WrongState
from mentorship.rules.first_talk import LENGTH
from mentorship.rules.lifecycle import Action, Party, State
from mentorship.rules.marking import N_
from mentorship.services.mentorships import act, hold, party_of
from mentorship.services.outbox import tell
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person
from mentorship.store.together import Talk

MAY_TALK = (State.ACCEPTED, State.ACTIVE)
NOT_NOW = N_("A time can be found while you two are on your way together.")
NO_LONGER = N_("This time does not suit both of you any more. Please choose another.")
CHANGED = N_("Another time has been proposed meanwhile. Please look again.")


def proposals(mentorship: Mentorship, *, at: datetime) -> list[datetime]:
    """Up to three times, computed anew from the hours of both.

    None where one of them ticked no hours, or prefers writing: they write to each other about it.
    """
    one, other = mentorship.newcomer, mentorship.mentor
    if one.prefers_writing or other.prefers_writing:
        return []
    return first_talk.proposals(_parts(one), one.time_zone, _parts(other), other.time_zone, at=at)


def talk_of(session: Session, mentorship: Mentorship) -> Talk | None:
    """What was last proposed or agreed; None where nothing was."""
    return session.get(Talk, mentorship.id)


def is_over(talk: Talk, *, at: datetime) -> bool:
    """Whether the time of it has passed."""
    return talk.starts_at + LENGTH <= at


def propose(
    session: Session, mentorship: Mentorship, person: Person, starts_at: datetime, *, at: datetime
) -> Talk:
    """Write a time to the other, in place of any earlier one; what the other proposed too is agreed.

    Raises
    ------
    NotFound, WrongState, BadInput
        She is not one of the two, they are not on their way, or the time does not suit both.
    """
    party, other = _the_two(session, mentorship, person)
    talk = talk_of(session, mentorship)
    if talk is not None and talk.starts_at == starts_at:
        if talk.by_id != person.id:
            agree(session, mentorship, person, starts_at, at=at)
        return talk
    _suits(mentorship, starts_at, at)
    if talk is not None:
        session.delete(talk)
        session.flush()
    made = Talk(mentorship_id=mentorship.id, by_id=person.id, starts_at=starts_at, proposed_at=at)
    session.add(made)
    session.flush()
    tell(session, other, "talk_proposed", at=at, mentorship=mentorship, other=person, due=starts_at)
    _begin(session, mentorship, party, person, at)
    return made


def agree(
    session: Session, mentorship: Mentorship, person: Person, starts_at: datetime, *, at: datetime
) -> Talk:
    """Say yes to the time the other proposed, which her page showed as `starts_at`; twice is once.

    Raises
    ------
    NotFound, WrongState, Stale
        She is not one of the two, proposed it herself, or it is another time by now.
    """
    party, other = _the_two(session, mentorship, person)
    talk = talk_of(session, mentorship)
    if talk is None or talk.starts_at != starts_at or talk.starts_at <= at:
        raise Stale(CHANGED)
    if talk.by_id == person.id:
        raise WrongState(N_("You proposed this time; the other of you agrees to it."))
    if talk.agreed_at is None:
        talk.agreed_at = at
        session.flush()
        tell(session, other, "talk_agreed", at=at, mentorship=mentorship, other=person, due=starts_at)
        _begin(session, mentorship, party, person, at)
    return talk


def call_off(session: Session, mentorship: Mentorship, person: Person, *, at: datetime) -> None:
    """Take back what was proposed or agreed; nobody owes a reason."""
    _, other = _the_two(session, mentorship, person)
    talk = talk_of(session, mentorship)
    if talk is None:
        return
    session.delete(talk)
    session.flush()
    if talk.starts_at > at:
        tell(
            session, other, "talk_called_off", at=at, mentorship=mentorship, other=person, due=talk.starts_at
        )


def _the_two(session: Session, mentorship: Mentorship, person: Person) -> tuple[Party, Person]:
    """As what she is here, and who the other is."""
    hold(session, mentorship)
    party = party_of(session, mentorship, person)
    if party not in (Party.NEWCOMER, Party.MENTOR):
        raise NotFound("")
    if mentorship.state not in MAY_TALK:
        raise WrongState(NOT_NOW)
    return party, mentorship.mentor if party is Party.NEWCOMER else mentorship.newcomer


def _suits(mentorship: Mentorship, starts_at: datetime, at: datetime) -> None:
    one, other = mentorship.newcomer, mentorship.mentor
    both = (_parts(one), one.time_zone, _parts(other), other.time_zone)
    if not first_talk.is_possible(starts_at, *both, at=at):
        raise BadInput(NO_LONGER, field="starts_at")


def _begin(session: Session, mentorship: Mentorship, party: Party, person: Person, at: datetime) -> None:
    """A time proposed or agreed is a sign of contact, as a first message is."""
    if mentorship.state is State.ACCEPTED:
        act(session, mentorship, Action.BEGIN, party=party, by=person, at=at)


def _parts(person: Person) -> list[tuple[str, str]]:
    return [(row.day, row.part) for row in person.day_parts]
