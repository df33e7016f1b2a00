"""The past of the made-up community: day by day, through the services, with a clock of its own."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from mentorship.demo.growing import A_STEP_A_DAY, leave_something_ahead, take_a_step, thank_each_other
from mentorship.demo.helping import remember
from mentorship.matching import match
from mentorship.rules.helped import Answer, Still
from mentorship.rules.lifecycle import Action, Code, Party, State
from mentorship.services import away, clock, helper_question, matchmaking, mentorships, messages, rounds
from mentorship.store.cohorts import Cohort
from mentorship.store.help import HelperAnswer
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Offer
from mentorship.store.outbox import MailState, Outbox
from mentorship.store.people import Person
from mentorship.store.queries import requests_waiting

ROUND_EVERY_DAYS = 28
QUIET_DAYS = 9
"""So many days before today nothing was proposed any more: there is something left for a round to do."""

WRITE_A_DAY = 0.2
"""How likely one of a pair writes on a day; a mentor nobody hears of would be set away."""

RECENT = timedelta(days=14)
"""Lived day by day; what is longer ago every other day, which loads in half the time."""

BACK_A_DAY = 0.1
"""How likely a mentor who is away, or did not answer, comes back on a day."""

GROWTH = 98
"""The steps have chances of their own, so that nothing else is different for them."""

SHE_ASKS = "How did it go this week? We can look at it together whenever you like."
SHE_TELLS = "I tried what we talked about. One thing worked, one I would like to show you."


class Asks(Protocol):
    """Makes a newcomer with her request."""

    def __call__(self, name: str, languages: str, *, at: datetime) -> Person: ...


def live_through(
    session: Session,
    cohort: Cohort,
    newcomers: Iterable[tuple[datetime, str, str]],
    ask: Asks,
    chance: random.Random,
    *,
    at: datetime,
) -> None:
    """Let everyone ask, be matched, begin, answer and finish, up to `at`."""
    coming, growth = list(newcomers), random.Random(GROWTH)  # noqa: S311 - the same every time
    day, last_round = coming[0][0], coming[0][0]
    while day < at:
        while coming and coming[0][0] <= day:
            _, name, languages = coming.pop(0)
            ask(name, languages, at=day)
        for act in clock.due(session, at=day):
            clock.carry_out(session, act, at=day)
        rounds.compute_pending(session, at=day)
        if day - last_round >= timedelta(days=ROUND_EVERY_DAYS) and day < at - timedelta(days=QUIET_DAYS):
            _propose_all(session, cohort, at=day)
            last_round = day
        _people_act(session, chance, at=day)
        _people_grow(session, growth, at=day)
        day += timedelta(days=1 if at - day < RECENT else 2)
    leave_an_ask_open(session, cohort, at=at)
    leave_something_ahead(session, cohort, growth, at=at)
    remember(session, cohort, growth, at=at)
    older = Outbox.made_at < at - RECENT
    session.execute(update(Outbox).where(older).values(read_at=at - RECENT, mail=MailState.ON_SITE))


def leave_an_ask_open(session: Session, cohort: Cohort, *, at: datetime) -> None:
    """Let one who waits be asked for today, so that a mentor has something to answer."""
    for request in session.scalars(requests_waiting(cohort)).all():
        if request.newcomer.name == "Ladi":
            mentor = matchmaking.planned_mentor(session, request, [request], at=at)
            if mentor is not None:
                mentorships.propose(
                    session,
                    request,
                    mentor,
                    party=Party.NEWCOMER,
                    by=request.newcomer,
                    code=Code.ASKED,
                    at=at,
                )


def _propose_all(session: Session, cohort: Cohort, *, at: datetime) -> None:
    waiting = list(session.scalars(requests_waiting(cohort)))
    people = {request.newcomer.public_id: request for request in waiting}
    for pair in match(matchmaking.people_for(session, waiting, at=at)).pairs:
        mentor = session.scalars(select(Person).where(Person.public_id == pair.mentor)).one()
        mentorships.propose(
            session,
            people[pair.newcomer],
            mentor,
            party=Party.COORDINATOR,
            by=cohort.coordinators[0].person,
            code=Code.ROUND,
            at=at,
        )


def _people_act(session: Session, chance: random.Random, *, at: datetime) -> None:
    is_open = select(Mentorship).where(Mentorship.ended_at.is_(None)).order_by(Mentorship.id)
    for mentorship in session.scalars(is_open).all():
        _pair_acts(session, mentorship, chance, at=at)
    gone = select(Offer).where(or_(Offer.away_until.is_not(None), Offer.silent_since.is_not(None)))
    for offer in session.scalars(gone.order_by(Offer.mentor_id)).all():
        if chance.random() < BACK_A_DAY:
            away.come_back(session, offer, at=at)
    unanswered = select(HelperAnswer).where(HelperAnswer.answer.is_(None)).order_by(HelperAnswer.id)
    for question in session.scalars(unanswered).all():
        if chance.random() < 0.25:
            person = session.get_one(Person, question.person_id)
            given = _answer(session, person, chance)
            helper_question.answer(session, question, given, Still.YES, at=at)


def _people_grow(session: Session, chance: random.Random, *, at: datetime) -> None:
    """Some of those on their way choose a small step, or try the one they chose; at the end they thank."""
    on_the_way = select(Mentorship).where(Mentorship.state == State.ACTIVE).order_by(Mentorship.id)
    for mentorship in session.scalars(on_the_way).all():
        if chance.random() < A_STEP_A_DAY:
            take_a_step(session, mentorship, chance, at=at)
    closed = select(Mentorship).where(Mentorship.state == State.COMPLETED, Mentorship.ended_at == at)
    for mentorship in session.scalars(closed.order_by(Mentorship.id)).all():
        thank_each_other(session, mentorship, at=at)


def _pair_acts(session: Session, mentorship: Mentorship, chance: random.Random, *, at: datetime) -> None:
    mentor = {"party": Party.MENTOR, "by": mentorship.mentor, "at": at}
    if mentorship.state is State.PROPOSED and chance.random() < 0.85:
        if chance.random() < 0.85:
            mentorships.act(session, mentorship, Action.ACCEPT, **mentor)  # type: ignore[arg-type]
        else:
            mentorships.act(session, mentorship, Action.DECLINE, code=Code.NOT_NOW, **mentor)  # type: ignore[arg-type]
    elif mentorship.state is State.ACCEPTED and chance.random() < 0.6:
        words = "Hello! I am glad we meet. Shall we look at it together on Sunday?"
        messages.write_to_pair(session, mentorship, mentorship.mentor, words, at=at)
    elif mentorship.state is State.ACTIVE and mentorship.agreed_until and mentorship.agreed_until <= at:
        mentorships.act(session, mentorship, Action.COMPLETE, **mentor)  # type: ignore[arg-type]
    elif mentorship.state is State.ACTIVE and chance.random() < WRITE_A_DAY:
        author, words = chance.choice(((mentorship.mentor, SHE_ASKS), (mentorship.newcomer, SHE_TELLS)))
        messages.write_to_pair(session, mentorship, author, words, at=at)


def _answer(session: Session, person: Person, chance: random.Random) -> Answer:
    begun = select(Mentorship.id).where(Mentorship.newcomer_id == person.id, Mentorship.began_at.is_not(None))
    if session.scalar(begun.limit(1)) is not None:
        return chance.choice((Answer.SOMEONE_HERE, Answer.SOMEONE_HERE, Answer.GROUP_OR_EVENT))
    return chance.choice((Answer.NOBODY_YET, Answer.SOMEONE_ELSEWHERE, Answer.RATHER_NOT_SAY))
