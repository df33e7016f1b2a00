"""Who helped whom in the made-up community: said, asked, agreed to or not; thanks; people to invite."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship.rules.errors import BadInput
from mentorship.rules.lifecycle import State
from mentorship.services import help_consent, help_records, thanks
from mentorship.services.help_records import Facts
from mentorship.store.cohorts import Cohort, CohortMember
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person

SAY_SO, AGREE = 0.85, 0.8
LATELY = timedelta(days=5)

EARLIER = (
    ("Naledi", "Eleanor", 2011), ("Naledi", "Rania", 2012), ("Naledi", "Rehema", 2013),
    ("هالة", "سلمى", 2013), ("Eleanor", "Maryam", 2015), ("Eleanor", "Beatriz", 2014),
    ("Eleanor", "Judith", 2016), ("Rania", "Hélène", 2016), ("Rania", "Lakshmi", 2018),
    ("سلمى", "Rania", 2013), ("سلمى", "آمال", 2017), ("Beatriz", "Constanza", 2018),
    ("Maryam", "Jumai", 2019), ("Hélène", "Mariama", 2020), ("Naledi", "Aziza", 2019),
    ("Lakshmi", "Sunita", 2020),
)  # fmt: skip
"""Before there was a service: who helped whom, in which year; kept as typed names, taken up by a link."""

OUTSIDE = {
    "Naledi": ("Thandeka of the reading room", 2009),
    "هالة": ("أستاذة الأرشيف", 2010),
    "Eleanor": ("Thandeka of the reading room", 2010),
}
"""Someone who is not here; two of them would have the same person invited."""

GROUPS = {"en": "An evening at the library", "ar": "مجموعة السبت"}
"""What everybody else remembers who names no person."""

PASSED_ON_TO = ("Abla", "Ruth", "Paloma", "سارة", "Isha", "Furaha")
"""Newcomers whom one who had completed a mentorship helped, outside any match."""

WHAT = {
    "en": ("An evening with sources.", "Showed me where to ask.", "Read my first draft, twice.", ""),
    "ar": ("جلسة مع المصادر.", "قرأت مسودتي الأولى مرتين.", ""),
}
THANKS = {
    "en": "I still think of the first evening. I would not be here without it.",
    "ar": "ما زلت أذكر تلك الجلسة الأولى. شكرًا لكِ من القلب.",
}


def remember(session: Session, cohort: Cohort, chance: random.Random, *, at: datetime) -> None:
    """Let people say who helped them: before the service, in their mentorships, and elsewhere."""
    members = select(Person).join(CohortMember, CohortMember.person_id == Person.id)
    people = {one.name: one for one in session.scalars(members.where(CohortMember.cohort_id == cohort.id))}
    for helper, helped, year in EARLIER:
        _by_a_link(session, people[helper], people[helped], year, at=at - 3 * LATELY)
    _in_their_mentorships(session, people, chance, at=at)
    _elsewhere(session, people, at=at)


def _in_their_mentorships(
    session: Session, people: dict[str, Person], chance: random.Random, *, at: datetime
) -> None:
    begun = select(Mentorship).where(Mentorship.began_at.is_not(None)).order_by(Mentorship.id)
    thanked: set[int] = set()
    closed = []
    for mentorship in session.scalars(begun).all():
        if chance.random() < SAY_SO:
            _name_the_mentor(session, mentorship, chance, thanked, at=at)
        if mentorship.state is State.COMPLETED and mentorship.newcomer.name not in PASSED_ON_TO:
            closed.append(mentorship.newcomer)
    for newcomer, passed_to in zip(closed, PASSED_ON_TO, strict=False):
        _by_a_link(session, newcomer, people[passed_to], at.year, at=at - LATELY)


def _elsewhere(session: Session, people: dict[str, Person], *, at: datetime) -> None:
    for name, (helper, year) in OUTSIDE.items():
        facts = Facts(year, may_invite=True)
        help_records.add_typed(session, people[name], helper, facts, at=at - LATELY)
    for person in people.values():
        if not help_records.records_of(session, person):
            group = GROUPS[person.locale]
            help_records.add_typed(session, person, group, Facts(at.year), at=at - LATELY, is_group=True)


def _by_a_link(session: Session, helper: Person, helped: Person, year: int, *, at: datetime) -> None:
    kept = help_records.add_typed(session, helped, helper.name, Facts(year), at=at)
    help_consent.take_up(session, help_consent.invite(session, kept), helper, at=at)


def _name_the_mentor(
    session: Session, mentorship: Mentorship, chance: random.Random, thanked: set[int], *, at: datetime
) -> None:
    """She says so; most mentors agree, some have not answered yet; each is thanked by one of them."""
    newcomer, mentor = mentorship.newcomer, mentorship.mentor
    facts = Facts(at.year, newcomer.locale, chance.choice(WHAT[newcomer.locale]))
    try:
        kept = help_records.add_member(session, newcomer, mentor.public_id, facts, at=at - LATELY)
    except BadInput:  # she has kept this mentor already, or is not asked about that one
        return
    if chance.random() < AGREE:
        help_consent.answer(session, kept, agrees=True, at=at - LATELY / 2)
        if mentor.id not in thanked:
            thanks.thank(session, kept, THANKS[newcomer.locale], at=at - LATELY / 5)
            thanked.add(mentor.id)
