"""The helper question, and the rate made of its answers."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from mentorship.rules.errors import WrongState
from mentorship.rules.helped import Answer, Occasion, Still
from mentorship.services import helper_question, named_helpers
from mentorship.services.erasure import erase
from mentorship.services.request_outcomes import close
from mentorship.store.help import Help, HelperAnswer
from mentorship.store.outbox import Outbox
from mentorship.store.requests import Outcome
from tests.factories import NOW, a_cohort, a_person, a_request

KEY = b"a key for these tests alone, of no use"


def after(days):
    return NOW + timedelta(days=days)


def questions(session):
    return session.scalar(select(func.count()).select_from(HelperAnswer))


def test_the_question_comes_on_its_days_and_nobody_is_asked_twice(session):
    request = a_request(session, a_cohort(session))

    asked = [helper_question.ask_due(session, at=after(days)) for days in (29, 30, 30, 60, 90, 91, 180, 400)]

    assert asked == [0, 1, 0, 0, 1, 0, 1, 0]
    assert helper_question.due_for(session, request.newcomer).occasion is Occasion.DAY_180


def test_a_clock_that_stood_still_asks_only_the_latest_question(session):
    request = a_request(session, a_cohort(session))

    assert helper_question.ask_due(session, at=after(100)) == 1

    row = helper_question.due_for(session, request.newcomer)
    assert (row.occasion, row.asked_at) == (Occasion.DAY_90, after(90))


def test_she_whose_request_is_closed_is_asked_and_she_who_erased_herself_is_not(session):
    cohort = a_cohort(session)
    stopped, gone = a_request(session, cohort), a_request(session, cohort)
    close(session, stopped, Outcome.WITHDRAWN, at=after(1))
    erase(session, gone.newcomer, at=after(2), key=KEY)

    assert helper_question.ask_due(session, at=after(30)) == 1
    assert helper_question.due_for(session, stopped.newcomer) is not None


def test_she_who_named_a_person_is_not_asked_again(session):
    request = a_request(session, a_cohort(session))
    row = helper_question.ask_at_joining(session, request.newcomer, at=NOW)
    helper_question.answer(session, row, Answer.SOMEONE_ELSEWHERE, None, at=NOW, helper_name="Zoé", year=2019)

    helper_question.ask_at_closing(session, request.newcomer, request, at=after(3))

    assert helper_question.ask_due(session, at=after(200)) == 0
    assert questions(session) == 1
    kept = session.scalars(select(Help)).one()
    assert (kept.helped_id, kept.helper_name, kept.year) == (request.newcomer_id, "Zoé", 2019)


def test_closing_asks_once(session):
    request = a_request(session, a_cohort(session))

    for _ in range(2):
        helper_question.ask_at_closing(session, request.newcomer, request, at=after(3))

    assert questions(session) == 1


def test_after_nobody_yet_a_coordinator_is_told_to_write_by_a_day_she_is_told_too(session):
    cohort = a_cohort(session)
    request = a_request(session, cohort)
    helper_question.ask_due(session, at=after(30))
    row = helper_question.due_for(session, request.newcomer)

    by = helper_question.answer(session, row, Answer.NOBODY_YET, Still.A_LITTLE, at=after(31))

    assert by == after(38)
    assert request.needs_coordinator
    assert request.word_due_at <= by
    told = {(row.person_id, row.kind) for row in session.scalars(select(Outbox))}
    assert (cohort.coordinators[0].person_id, "nobody_yet") in told
    assert (request.newcomer_id, "coordinator_writes") in told


def test_a_question_is_answered_once(session):
    person = a_person(session)
    row = helper_question.ask_at_joining(session, person, at=NOW)
    helper_question.answer(session, row, Answer.RATHER_NOT_SAY, None, at=NOW)

    with pytest.raises(WrongState):
        helper_question.answer(session, row, Answer.SOMEONE_HERE, None, at=NOW)


def test_the_rate_counts_the_silent_and_the_erased_as_not_named(session):
    cohort = a_cohort(session)
    named, nobody, gone, silent, young = (a_request(session, cohort) for _ in range(5))
    young.opened_at = after(20)
    elsewhere = a_request(session, a_cohort(session, "Autumn"))
    for request, given in (
        (named, Answer.SOMEONE_HERE),
        (nobody, Answer.NOBODY_YET),
        (gone, Answer.SOMEONE_HERE),
        (elsewhere, Answer.SOMEONE_HERE),
    ):
        row = helper_question.ask_at_joining(session, request.newcomer, at=NOW)
        helper_question.answer(session, row, given, None, at=NOW)
    erase(session, gone.newcomer, at=after(5), key=KEY)

    rate = named_helpers.rates(session, [cohort.id], at=after(31))[0]

    assert (rate.days, rate.named, rate.requests, rate.answered, rate.missing) == (30, 1, 4, 2, 2)
    assert silent.newcomer_id != young.newcomer_id
