"""A first talk, as it is drawn: times that suit both, or what was proposed; and as a calendar's entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from icalendar import Calendar, Event
from sqlalchemy.orm import Session

from mentorship.rules.first_talk import LENGTH
from mentorship.services import talks
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person
from mentorship.store.together import Talk
from mentorship.web.mentorships.sight import PAIR, Viewer


@dataclass(frozen=True, slots=True)
class Talking:
    """What stands on the pair's page; `talk` is what was proposed or agreed and is still to come."""

    talk: Talk | None
    is_mine: bool
    proposals: list[datetime]


def talking_on(
    session: Session, mentorship: Mentorship, viewer: Viewer, person: Person, *, at: datetime
) -> Talking | None:
    """For the two alone, while they are on their way, until they have talked."""
    if viewer not in PAIR or mentorship.state not in talks.MAY_TALK:
        return None
    talk = talks.talk_of(session, mentorship)
    if talk is not None and talks.is_over(talk, at=at):
        if talk.agreed_at is not None:
            return None
        talk = None
    found = talks.proposals(mentorship, at=at)
    others = [start for start in found if talk is None or start != talk.starts_at]
    return Talking(talk, talk is not None and talk.by_id == person.id, others)


def entry_of(talk: Talk) -> bytes:
    """The agreed talk for a calendar: called “Call”, in UTC, without a name, a place or an address.

    A calendar may be shared with others, and they are told nothing by it.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Call//EN")
    calendar.add("version", "2.0")
    event = Event()
    event.add("uid", talk.public_id)
    event.add("dtstamp", talk.agreed_at)
    event.add("dtstart", talk.starts_at)
    event.add("dtend", talk.starts_at + LENGTH)
    event.add("summary", "Call")
    event.add("class", "PRIVATE")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
