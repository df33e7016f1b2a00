from datetime import timedelta

import pytest

from mentorship.rules.errors import BadInput, NotAllowed, NotFound, WrongState
from mentorship.rules.lifecycle import Action, Party, State
from mentorship.services import mentorships, questions
from mentorship.store.offers import Offer
from tests.factories import NOW, a_cohort, a_mentor, a_mentorship, a_person, a_request
from tests.ticking import tick, told

HOUR = timedelta(hours=1)


@pytest.fixture
def asked(session):
    cohort = a_cohort(session)
    return a_mentorship(session, a_request(session, cohort), a_mentor(session, cohort), state=State.PROPOSED)


def test_a_mentor_is_reminded_once_after_a_day(session, asked):
    tick(session, NOW + 23 * HOUR)
    assert "ask_reminder" not in told(session, asked.mentor)

    for hours in (24, 25, 47):
        tick(session, NOW + hours * HOUR)

    assert told(session, asked.mentor).count("ask_reminder") == 1


def test_who_is_asked_for_the_first_time_after_the_date_is_not_reminded_of_it(session, asked):
    tick(session, NOW + 72 * HOUR)

    assert "ask_reminder" not in told(session, asked.mentor)


def test_an_unanswered_ask_passes_on_at_its_date_and_both_are_told(session, asked):
    tick(session, NOW + 48 * HOUR - timedelta(seconds=1))
    assert asked.state is State.PROPOSED

    tick(session, NOW + 48 * HOUR)

    assert asked.state is State.EXPIRED
    assert told(session, asked.mentor)[-1] == "turn_passed"
    assert told(session, asked.newcomer)[-1] == "nothing_heard"
    assert told(session, asked.newcomer, "nothing_heard")[0].values["due"] > (NOW + 48 * HOUR).isoformat()


def test_a_mentor_who_was_silent_is_asked_nothing_more_until_she_does_something(session):
    cohort = a_cohort(session)
    mentor, request = a_mentor(session, cohort), a_request(session, cohort)
    pair = a_mentorship(session, a_request(session, cohort), mentor)
    asked = a_mentorship(session, request, mentor, state=State.PROPOSED)
    tick(session, NOW + 48 * HOUR)
    offer = session.get(Offer, mentor.id)
    assert asked.state is State.EXPIRED
    assert offer.silent_since is not None

    mentorships.act(session, pair, Action.END, party=Party.MENTOR, by=mentor, at=NOW + 49 * HOUR)

    assert offer.silent_since is None


def test_a_question_moves_the_date_and_its_answer_moves_it_again(session, asked):
    at = NOW + 40 * HOUR
    questions.ask_question(session, asked, asked.mentor, "Which article?", at=at)
    assert asked.answer_due_at == at + 72 * HOUR == asked.request.word_due_at
    assert told(session, asked.newcomer)[-1] == "question"

    tick(session, NOW + 60 * HOUR)
    assert asked.state is State.PROPOSED

    questions.answer_question(session, asked, asked.newcomer, "About a well.", at=NOW + 60 * HOUR)

    assert asked.answer_due_at == NOW + 108 * HOUR
    assert told(session, asked.mentor)[-1] == "question_answered"
    assert questions.question_of(asked).words == "Which article?"
    assert questions.answer_of(asked).words == "About a well."
    assert [event.action for event in asked.events] == [Action.PROPOSE, Action.QUESTION, Action.ANSWER]


def test_an_unanswered_question_takes_the_ask_back_and_both_are_told(session, asked):
    questions.ask_question(session, asked, asked.mentor, "Which article?", at=NOW)

    tick(session, NOW + 71 * HOUR)
    assert asked.state is State.PROPOSED
    tick(session, NOW + 72 * HOUR)

    assert asked.state is State.WITHDRAWN
    assert told(session, asked.mentor)[-1] == "question_unanswered"
    assert told(session, asked.newcomer)[-1] == "question_withdrawn"
    assert asked.request.word_due_at > NOW + 72 * HOUR
    assert session.get(Offer, asked.mentor_id).silent_since is None


def test_a_mentor_asks_one_question_only(session, asked):
    questions.ask_question(session, asked, asked.mentor, "Which article?", at=NOW)

    with pytest.raises(WrongState):
        questions.ask_question(session, asked, asked.mentor, "And why?", at=NOW)


def test_nobody_else_asks_or_answers(session, asked):
    with pytest.raises(NotFound):
        questions.ask_question(session, asked, a_person(session), "Who are you?", at=NOW)
    with pytest.raises(NotAllowed):
        questions.ask_question(session, asked, asked.newcomer, "Who are you?", at=NOW)
    with pytest.raises(WrongState):
        questions.answer_question(session, asked, asked.newcomer, "Nobody asked.", at=NOW)
    with pytest.raises(BadInput):
        questions.ask_question(session, asked, asked.mentor, "  ", at=NOW)


def test_a_mentor_may_say_yes_while_her_question_is_open(session, asked):
    questions.ask_question(session, asked, asked.mentor, "Which article?", at=NOW)

    mentorships.act(session, asked, Action.ACCEPT, party=Party.MENTOR, by=asked.mentor, at=NOW)

    assert asked.state is State.ACCEPTED


def test_a_cohort_sets_its_own_hours(session):
    cohort = a_cohort(session, settings={"ask_due_hours": 96, "ask_reminder_hours": 72})
    asked = a_mentorship(session, a_request(session, cohort), a_mentor(session, cohort), state=State.PROPOSED)

    assert "remind of an ask" not in tick(session, NOW + 71 * HOUR)
    assert "remind of an ask" in tick(session, NOW + 72 * HOUR)
    assert "expire" in tick(session, NOW + 96 * HOUR)
    assert asked.state is State.EXPIRED
