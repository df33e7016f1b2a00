"""What people do when they are told something: the same services their pages call."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship.rules.helped import Answer, Still
from mentorship.rules.lifecycle import AGREED, Action, Code, Party, State
from mentorship.services import (
    away,
    check_ins,
    handing_over,
    helper_question,
    matchmaking,
    mentorships,
    messages,
    questions,
    requests,
    second_person,
)
from mentorship.simulation.world import World
from mentorship.store.help import HelperAnswer
from mentorship.store.mentorships import HandOver, Mentorship
from mentorship.store.offers import Offer
from mentorship.store.outbox import Outbox
from mentorship.store.people import Person, PersonStatus
from mentorship.store.queries import open_request_of
from mentorship.store.requests import Request, RequestState
from mentorship.store.together import CheckInAnswer


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who was told something, and acts now."""

    world: World
    session: Session
    person: Person
    row: Outbox
    at: datetime

    @property
    def chance(self) -> random.Random:
        return self.world.chance


Reaction = Callable[[Told], None]


def react(world: World, row: Outbox) -> None:
    """Let her who was told this do something about it, in her own time, if she does at all."""
    reaction = REACTIONS.get(row.kind)
    if reaction is None or row.person_id in world.coordinators:
        return
    kind = world.reacts(row.person_id)
    if kind is None:
        return

    def act(session: Session, at: datetime) -> None:
        person = session.get_one(Person, row.person_id)
        if person.status is PersonStatus.ACTIVE:
            reaction(Told(world, session, person, row, at))

    world.soon(row.kind, act, hours=kind.hours)


def _pair(session: Session, row: Outbox, *states: State) -> Mentorship | None:
    mentorship = session.get(Mentorship, row.mentorship_id) if row.mentorship_id else None
    return mentorship if mentorship is not None and mentorship.state in states else None


def _request(session: Session, row: Outbox) -> Request | None:
    request = session.get(Request, row.request_id) if row.request_id else None
    return request if request is not None and request.state is RequestState.OPEN else None


def _answers_ask(told: Told) -> None:
    mentorship = _pair(told.session, told.row, State.PROPOSED)
    if mentorship is None:
        return
    known, luck = told.world.temperaments[told.person.id][0], told.chance.random()
    if luck < 0.06 and mentorship.question_at is None:
        questions.ask_question(
            told.session, mentorship, told.person, "Which article is it about?", at=told.at
        )
    elif luck < known.says_yes:
        mentorships.act(
            told.session, mentorship, Action.ACCEPT, party=Party.MENTOR, by=told.person, at=told.at
        )
    elif luck > 0.97:
        offer = told.session.get_one(Offer, told.person.id)
        away.go_away(told.session, offer, told.at + timedelta(days=told.chance.randint(7, 40)), at=told.at)
    else:
        code = told.chance.choice((Code.NOT_NOW, Code.NOT_NOW, Code.NOT_THE_RIGHT_ONE))
        mentorships.act(
            told.session,
            mentorship,
            Action.DECLINE,
            party=Party.MENTOR,
            by=told.person,
            at=told.at,
            code=code,
        )


def _answers_question(told: Told) -> None:
    mentorship = _pair(told.session, told.row, State.PROPOSED)
    if mentorship is not None:
        questions.answer_question(
            told.session, mentorship, told.person, "It is about a well in our town.", at=told.at
        )


def _writes(told: Told) -> None:
    mentorship = _pair(told.session, told.row, *AGREED)
    if mentorship is not None and told.person.id == mentorship.backup_id:
        messages.write_aside(told.session, mentorship, told.person, "Tell me more.", at=told.at)
        return
    first = mentorship is not None and mentorship.state is State.ACCEPTED
    known = told.world.temperaments[told.person.id][0]
    if mentorship is not None and told.chance.random() < (known.writes if first else 0.35):
        messages.write_to_pair(
            told.session, mentorship, told.person, "Hello! Shall we look at it together?", at=told.at
        )


def _turns_to_her_second(told: Told) -> None:
    mentorship = _pair(told.session, told.row, *AGREED)
    if mentorship is not None and second_person.stands_by(told.session, mentorship, at=told.at) is not None:
        messages.write_aside(told.session, mentorship, told.person, "May I ask you meanwhile?", at=told.at)


CHECK_IN = {
    CheckInAnswer.YES: (2, 70),
    CheckInAnswer.ELSEWHERE: (2, 15),
    CheckInAnswer.NOT_YET: (85, 10),
    CheckInAnswer.SOMEONE_ELSE: (9, 4),
    CheckInAnswer.SOMETHING_WRONG: (2, 1),
}
"""How often each is said: before a hello, and after."""


def _checks_in(told: Told) -> None:
    mentorship = _pair(told.session, told.row, *AGREED)
    question = check_ins.open_for(told.session, mentorship, told.person) if mentorship else None
    if question is not None:
        begun = mentorship is not None and mentorship.state is not State.ACCEPTED
        given = told.chance.choices(list(CHECK_IN), [weights[begun] for weights in CHECK_IN.values()])[0]
        check_ins.answer(told.session, question, given, by=told.person, at=told.at)


def _closes(told: Told) -> None:
    mentorship = _pair(told.session, told.row, State.ACTIVE)
    if mentorship is None:
        return
    party = mentorships.party_of(told.session, mentorship, told.person)
    assert party is not None  # noqa: S101 - she was told of it as one of the two
    if told.chance.random() < 0.7:
        mentorships.act(told.session, mentorship, Action.COMPLETE, party=party, by=told.person, at=told.at)
    else:
        until = told.at + timedelta(weeks=6)
        mentorships.act(
            told.session, mentorship, Action.EXTEND, party=party, by=told.person, at=told.at, until=until
        )


def _says_whether_to_go_on(told: Told) -> None:
    request = _request(told.session, told.row)
    if request is None:
        return
    if told.chance.random() < 0.75:
        requests.confirm_again(told.session, request, at=told.at)
    else:
        requests.withdraw_request(told.session, request, at=told.at)


def looks_for_someone(told: Told) -> None:
    """She looks at who is suggested, and asks one, or wishes for them, or waits."""
    request = open_request_of(told.session, told.person)
    if request is None or requests.situation(told.session, request).now is not None or request.confirm_again:
        return
    found = matchmaking.suggestions(told.session, request, at=told.at)
    if not found:
        return
    wanted = told.chance.choice(found).mentor.public_id
    if told.chance.random() < 0.5:
        requests.ask(told.session, request, wanted, words="Would you help me begin?", at=told.at)
    else:
        requests.rank_wishes(told.session, request, {wanted: 1})


def _answers_helper_question(told: Told) -> None:
    question: HelperAnswer | None = helper_question.due_for(told.session, told.person)
    if question is not None:
        given = told.chance.choice(list(Answer))
        helper_question.answer(told.session, question, given, told.chance.choice(list(Still)), at=told.at)


def _asks_again(told: Told) -> None:
    """Weeks later, some come back."""
    was_hers = told.session.scalar(select(Request.id).where(Request.newcomer_id == told.person.id).limit(1))
    if was_hers is not None and told.chance.random() < 0.2:
        later = told.at + timedelta(days=told.chance.randint(7, 60))
        told.world.later(later, "ask again", partial(_opens_again, told.world, told.person.id))


def _opens_again(world: World, person_id: int, session: Session, at: datetime) -> None:
    person = session.get_one(Person, person_id)
    cohort = requests.cohort_to_ask_in(session, person, at=at)
    if person.status is PersonStatus.ACTIVE and cohort is not None:
        world.maker.request(session, person, cohort, at)


def _is_here(told: Told) -> None:
    away.is_here(told.session, told.session.get_one(Offer, told.person.id), at=told.at)


def _comes_back(told: Told) -> None:
    offer = told.session.get(Offer, told.person.id)
    if offer is not None:
        away.come_back(told.session, offer, at=told.at)


def _agrees(told: Told) -> None:
    for hand_over in _asked(told):
        handing_over.answer(
            told.session, hand_over, told.person, agrees=told.chance.random() < 0.85, at=told.at
        )


def _asked(told: Told) -> list[HandOver]:
    if told.row.kind == "take_over":
        return handing_over.asked_of(told.session, told.person)
    mentorship = _pair(told.session, told.row, State.ACTIVE, State.PAUSED)
    found = handing_over.open_for(told.session, mentorship) if mentorship else None
    return [] if found is None else [found]


REACTIONS: dict[str, Reaction] = {
    "ask": _answers_ask,
    "ask_reminder": _answers_ask,
    "question_answered": _answers_ask,
    "question": _answers_question,
    "say_hello": _writes,
    "hello_reminder": _writes,
    "message": _writes,
    "mentor_away": _turns_to_her_second,
    "mentor_away_until": _turns_to_her_second,
    "check_in": _checks_in,
    "agreed_end": _closes,
    "go_on": _says_whether_to_go_on,
    "look_on": _says_whether_to_go_on,
    "waiting": looks_for_someone,
    "no": looks_for_someone,
    "nothing_heard": looks_for_someone,
    "helper_question": _answers_helper_question,
    "request_closed": _asks_again,
    "completed": _asks_again,
    "still_here": _is_here,
    "set_away": _comes_back,
    "take_over": _agrees,
    "new_mentor": _agrees,
}
"""Kind of notice to what she who got it does."""
