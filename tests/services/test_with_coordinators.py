"""What a member and her coordinators write without an open request, and the promise after “nobody yet”."""

from datetime import timedelta

import pytest

from mentorship.rules.errors import NotFound, WrongState
from mentorship.rules.helped import Answer
from mentorship.rules.lifecycle import State
from mentorship.services import accounts, helper_question, messages, safety, today, with_coordinators
from mentorship.services.request_outcomes import close
from mentorship.services.today import Kind
from mentorship.store.outbox import Outbox
from mentorship.store.requests import Outcome
from tests.factories import NOW, a_cohort, a_coordinator, a_mentor, a_mentorship, a_person, a_request

DAY = timedelta(days=1)


@pytest.fixture
def jumai(session, cohort):
    person = a_person(session, "Jumai")
    accounts.join_cohort(session, person, cohort, at=NOW)
    return person


def has_nobody(session, person, *, at=NOW):
    return helper_question.answer(
        session, helper_question.due_for(session, person), Answer.NOBODY_YET, None, at=at
    )


def at_joining(session, person):
    helper_question.ask_at_joining(session, person, at=NOW)
    return has_nobody(session, person)


def found(session, cohort, viewer, *, at=NOW + DAY):
    return [
        (item.kind, item.person, item.due)
        for item in today.today(session, cohort, viewer=viewer, at=at)
        if item.kind in (Kind.ALONE, Kind.MESSAGE)
    ]


def test_nobody_yet_at_joining_is_in_today_with_its_day_until_a_coordinator_writes(
    session, cohort, coordinator, jumai
):
    by = at_joining(session, jumai)
    assert found(session, cohort, coordinator) == [(Kind.ALONE, jumai, by)]

    her = with_coordinators.someone_to_write_to(session, cohort, jumai.public_id, coordinator)
    with_coordinators.write(session, cohort, her, coordinator, "I am glad you are here.", at=NOW + DAY)

    assert found(session, cohort, coordinator) == []
    told = session.query(Outbox).filter_by(person_id=jumai.id, kind="message").all()
    assert len(told) == 1
    assert [each.words for each in with_coordinators.everything(session, jumai)] == [
        "I am glad you are here."
    ]


def test_the_promise_outlives_the_request_she_opens_later_and_is_kept_there(
    session, cohort, coordinator, jumai
):
    by = at_joining(session, jumai)
    request = a_request(session, cohort, jumai, at=NOW + DAY)

    (item,) = today.today(session, cohort, viewer=coordinator, at=NOW + DAY)
    assert (item.kind, item.due, item.request) == (Kind.ALONE, by, request)

    messages.write_about_request(session, request, coordinator, "How can I help?", at=NOW + 2 * DAY)
    assert found(session, cohort, coordinator) == []


def test_nobody_yet_at_closing_is_in_today_too(session, cohort, coordinator, jumai):
    request = a_request(session, cohort, jumai)
    close(session, request, Outcome.WITHDRAWN, at=NOW + DAY)
    helper_question.ask_at_closing(session, jumai, request, at=NOW + DAY)

    by = has_nobody(session, jumai, at=NOW + 2 * DAY)

    assert found(session, cohort, coordinator, at=NOW + 2 * DAY) == [(Kind.ALONE, jumai, by)]


def test_with_an_open_request_its_own_item_stands_and_no_second_one(session, cohort, coordinator, jumai):
    request = a_request(session, cohort, jumai, at=NOW - DAY)
    at_joining(session, jumai)

    assert request.needs_coordinator
    assert found(session, cohort, coordinator) == []


def test_the_pause_of_the_clock_moves_the_day(session, cohort, coordinator, jumai):
    cohort.clock_paused_until = NOW + 20 * DAY
    by = at_joining(session, jumai)

    assert found(session, cohort, coordinator) == [(Kind.ALONE, jumai, by)]
    assert by > NOW + 20 * DAY


def test_it_stands_in_the_cohort_she_is_in_and_not_for_who_is_blocked_or_paired(
    session, cohort, coordinator, jumai
):
    other = a_coordinator(session, cohort)
    at_joining(session, jumai)
    elsewhere = a_cohort(session, "Autumn")
    assert found(session, elsewhere, elsewhere.coordinators[0].person) == []

    safety.block(session, jumai, coordinator, at=NOW)

    assert found(session, cohort, coordinator) == []
    assert len(found(session, cohort, other)) == 1
    with pytest.raises(NotFound):
        with_coordinators.someone_to_write_to(session, cohort, jumai.public_id, coordinator)
    with pytest.raises(NotFound):
        with_coordinators.write(session, cohort, jumai, coordinator, "But I …", at=NOW)


def test_who_neither_wrote_nor_waits_cannot_be_looked_up(session, cohort, coordinator, jumai):
    with pytest.raises(NotFound):
        with_coordinators.someone_to_write_to(session, cohort, jumai.public_id, coordinator)

    with_coordinators.write(session, cohort, jumai, jumai, "Is anyone here?", at=NOW)

    assert with_coordinators.someone_to_write_to(session, cohort, jumai.public_id, coordinator) is jumai
    assert found(session, cohort, coordinator) == [(Kind.MESSAGE, jumai, None)]
    with_coordinators.write(session, cohort, jumai, coordinator, "I am.", at=NOW)
    assert found(session, cohort, coordinator) == []


def test_she_who_helps_her_reads_nothing_as_her_coordinator(session, cohort, coordinator, jumai):
    mentor = a_mentor(session, cohort)
    a_coordinator(session, cohort, mentor)
    request = a_request(session, cohort, jumai)
    a_mentorship(session, request, mentor, state=State.COMPLETED)
    with_coordinators.write(session, cohort, jumai, jumai, "About my mentor", at=NOW)

    assert found(session, cohort, mentor) == []
    assert found(session, cohort, coordinator) == [(Kind.MESSAGE, jumai, None)]


def test_without_a_coordinator_who_may_read_it_nothing_is_sent(session, cohort, coordinator, jumai):
    safety.block(session, jumai, coordinator, at=NOW)

    with pytest.raises(WrongState):
        with_coordinators.write(session, cohort, jumai, jumai, "Is anyone here?", at=NOW)


def test_a_message_nobody_answered_outlives_the_mentorship_that_is_completed(
    session, cohort, coordinator, jumai
):
    request = a_request(session, cohort, jumai)
    messages.write_about_request(session, request, jumai, "May I ask something?", at=NOW)
    a_mentorship(session, request, a_mentor(session, cohort), state=State.COMPLETED)
    close(session, request, Outcome.FULFILLED, at=NOW + DAY)

    assert found(session, cohort, coordinator, at=NOW + DAY) == [(Kind.MESSAGE, jumai, None)]
    assert [each.words for each in with_coordinators.everything(session, jumai)] == ["May I ask something?"]

    messages.write_about_request(session, request, coordinator, "Of course.", at=NOW + 2 * DAY)

    assert found(session, cohort, coordinator, at=NOW + 2 * DAY) == []
    assert len(with_coordinators.everything(session, jumai)) == 2
