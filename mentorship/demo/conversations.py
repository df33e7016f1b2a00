"""Conversations of the made-up community: one that was, with what it gave, one to come, the poster."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship.services import belonging, conversations, posters, takeaways
from mentorship.store.cohorts import Cohort, CohortMember
from mentorship.store.conversations import Conversation
from mentorship.store.people import Person

AGO, AHEAD = timedelta(days=34), timedelta(days=8)
"""More than a month apart, whatever the day: there is one conversation a month."""

CHAT = "https://chat.example.org/women-who-begin"
CALL = "https://call.example.org/women-who-begin"

HOSTS = ("Naledi", "Eleanor")
TAKEAWAYS = {
    "Naledi": "Ask early. Whoever was asked was glad to be.",
    "Beatriz": "A first meeting of four people is a meeting.",
    "سلمى": "خطوة صغيرة كل أسبوع خير من خطة كبيرة.",
    "Asha": "An edit that was undone is a question, and somebody here knows the answer.",
}
QUOTES = {
    "Meera": ("I thought everybody else knew what they were doing. They were looking things up, too.", True),
    "Grace": ("I stayed because someone wrote back the same evening.", False),
    "Salma": ("لم أعد أخاف من زر النشر.", True),
}
THERE = ("Eleanor", "Rania", "Hélène", "Valentina", "Zainab")
SEEN = ("Eleanor", "Rania", "سلمى", "Salma", "Meera", "Zainab", "Grace", "Asha")


def hold_conversations(session: Session, cohort: Cohort, *, at: datetime) -> None:
    """Let them have met last month, write down what they take away, and plan to meet again."""
    members = select(Person).join(CohortMember, CohortMember.person_id == Person.id)
    people = {one.name: one for one in session.scalars(members.where(CohortMember.cohort_id == cohort.id))}
    cohort.chat_link = CHAT
    for name in SEEN:
        belonging.be_seen(session, cohort, people[name], seen=True)
    past, coming = (_on_the_hour(day) for day in (at - AGO, at + AHEAD))
    _look_back(session, cohort, people, past)
    call = conversations.host(session, cohort, people[HOSTS[1]], starts_at=coming, link=CALL, at=at)
    for name in (*THERE[1:], "Meera", "Grace"):
        conversations.sign_up(session, call, people[name], at=at)
    chosen = [one.public_id for one in session.scalars(posters.takeaways_to_choose(cohort))]
    quotes = [one.public_id for one in session.scalars(posters.quotes_to_choose(cohort))]
    by = people[HOSTS[0]]
    posters.make(session, cohort, takeaways=chosen, quotes=quotes, by=by, at=at)
    posters.publish(session, cohort, published=True, by=by, at=at)


def _look_back(session: Session, cohort: Cohort, people: dict[str, Person], past: datetime) -> None:
    before, after = past - timedelta(days=14), past + timedelta(hours=2)
    host = people[HOSTS[0]]
    call = conversations.host(session, cohort, host, starts_at=past, link=CALL, at=before)
    for name in dict.fromkeys((*TAKEAWAYS, *QUOTES, *THERE)):
        conversations.attended(session, call, people[name], at=after)
    _write(session, call, people, after)
    takeaways.publish(session, call, host, published=True, at=after)


def _write(session: Session, call: Conversation, people: dict[str, Person], at: datetime) -> None:
    for name, words in TAKEAWAYS.items():
        takeaways.add(session, call, people[name], words, at=at)
    for name, (words, with_name) in QUOTES.items():
        takeaways.let_quote(session, call, people[name], words, with_name=with_name, at=at)


def _on_the_hour(day: datetime) -> datetime:
    """At 16:00 world time: an hour at which Bogotá is awake and Kolkata not yet asleep."""
    return day.replace(hour=16, minute=0, second=0, microsecond=0)
