from datetime import timedelta

import pytest
from sqlalchemy import select

from mentorship.rules.errors import NotFound, WrongState
from mentorship.rules.lifecycle import Action, Party, State
from mentorship.services import check_ins, clock, mentorships, messages
from mentorship.store.requests import Outcome, RequestState
from mentorship.store.safety import Report
from mentorship.store.together import CheckIn, CheckInAnswer
from tests.factories import NOW, a_cohort, a_coordinator, a_mentor, a_mentorship, a_person, a_request
from tests.ticking import tick, told

DAY = timedelta(days=1)


@pytest.fixture
def cohort(session):
    return a_cohort(session, next_round_on=(NOW + 300 * DAY).date())


@pytest.fixture
def pair(session, cohort):
    """Two of whom the mentor has said yes."""
    return a_mentorship(session, a_request(session, cohort), a_mentor(session, cohort), state=State.ACCEPTED)


def begin(session, pair, at=NOW):
    messages.write_to_pair(session, pair, pair.mentor, "Hello!", at=at)
    return pair


def test_hello_is_reminded_of_then_told_to_a_coordinator_then_lapses(session, cohort, pair):
    coordinator = cohort.coordinators[0].person
    seen = [(day, name) for day in range(30) for name in tick(session, NOW + day * DAY)]

    assert (2, "remind of the hello") in seen
    assert (10, "tell a coordinator of no hello") in seen
    assert (21, "lapse") in seen
    assert [name for _, name in seen].count("lapse") == 1
    assert "no_hello" in told(session, coordinator)
    assert told(session, pair.mentor).count("hello_reminder") == 1
    assert pair.state is State.LAPSED
    assert pair.request.confirm_again
    assert told(session, pair.newcomer)[-1] == "go_on"


def test_after_days_off_nothing_lapses_before_a_coordinator_has_had_her_time(session, cohort, pair):
    assert not clock.carry_out(session, clock.Due("lapse", pair.id, cohort.id), at=NOW + 60 * DAY)

    assert "lapse" not in tick(session, NOW + 60 * DAY)
    assert pair.hello_due_at == NOW + 71 * DAY

    assert "lapse" not in tick(session, NOW + 70 * DAY)
    assert "lapse" in tick(session, NOW + 71 * DAY)


def test_a_coordinator_who_is_herself_the_mentor_is_not_the_one_who_is_told(session):
    mentor = a_person(session)
    cohort = a_cohort(session, coordinator=mentor)
    other = a_coordinator(session, cohort)
    approver = cohort.coordinators[0].person_id
    a_mentor(session, cohort, mentor, approved=False)
    from mentorship.store.offers import Approval, ApprovalState

    approval = session.get(Approval, mentor.id)
    approval.state, approval.by_id, approval.at = ApprovalState.LIVE, other.id, NOW
    approval.until = NOW + 365 * DAY
    assert approver == mentor.id
    pair = a_mentorship(session, a_request(session, cohort), mentor, state=State.PROPOSED)
    mentorships.act(session, pair, Action.ACCEPT, party=Party.MENTOR, by=mentor, at=NOW)

    tick(session, NOW + 10 * DAY)

    assert "no_hello" in told(session, other)
    assert "no_hello" not in told(session, mentor)


def test_thirty_silent_days_after_a_lapse_close_the_request_and_she_is_told(session, pair):
    for day in range(60):
        tick(session, NOW + day * DAY)

    assert (pair.request.state, pair.request.outcome) == (RequestState.CLOSED, Outcome.NO_ANSWER)
    assert told(session, pair.newcomer)[-1] == "request_closed"


def test_both_are_asked_on_days_seven_fourteen_thirty_then_monthly(session, pair):
    begin(session, pair)
    for day in range(100):
        tick(session, NOW + day * DAY)

    days = session.execute(select(CheckIn.person_id, CheckIn.day).order_by(CheckIn.day)).all()

    assert [day for person, day in days if person == pair.mentor_id] == [7, 14, 30, 60, 90]
    assert [day for person, day in days if person == pair.newcomer_id] == [7, 14, 30, 60, 90]
    assert told(session, pair.newcomer).count("check_in") == 5


def test_after_days_off_only_the_latest_question_is_asked(session, pair):
    begin(session, pair)

    tick(session, NOW + 70 * DAY)

    assert session.scalars(select(CheckIn.day).where(CheckIn.person_id == pair.mentor_id)).all() == [60]


@pytest.mark.parametrize("given", [CheckInAnswer.YES, CheckInAnswer.ELSEWHERE])
def test_in_touch_begins_a_mentorship_without_a_hello(session, pair, given):
    tick(session, NOW + 7 * DAY)

    question = check_ins.open_for(session, pair, pair.newcomer)
    check_ins.answer(session, question, given, by=pair.newcomer, at=NOW + 8 * DAY)

    assert pair.state is State.ACTIVE
    assert "lapse" not in tick(session, NOW + 40 * DAY)


def test_an_answer_is_hers_and_given_once(session, pair):
    tick(session, NOW + 7 * DAY)
    question = check_ins.open_for(session, pair, pair.newcomer)

    with pytest.raises(NotFound):
        check_ins.answer(session, question, CheckInAnswer.YES, by=pair.mentor, at=NOW)
    for _ in range(2):
        check_ins.answer(session, question, CheckInAnswer.NOT_YET, by=pair.newcomer, at=NOW + 8 * DAY)
    with pytest.raises(WrongState):
        check_ins.answer(session, question, CheckInAnswer.YES, by=pair.newcomer, at=NOW + 9 * DAY)


def test_not_yet_alarms_a_coordinator_once_and_elsewhere_stops_the_alarm(session, cohort, pair):
    coordinator = cohort.coordinators[0].person
    begin(session, pair)
    tick(session, NOW + 7 * DAY)
    for person, given in ((pair.newcomer, CheckInAnswer.NOT_YET), (pair.mentor, CheckInAnswer.ELSEWHERE)):
        check_ins.answer(session, check_ins.open_for(session, pair, person), given, by=person, at=NOW)
    assert told(session, coordinator).count("no_contact") == 1

    tick(session, NOW + 14 * DAY)
    question = check_ins.open_for(session, pair, pair.newcomer)
    check_ins.answer(session, question, CheckInAnswer.NOT_YET, by=pair.newcomer, at=NOW + 15 * DAY)

    assert told(session, coordinator).count("no_contact") == 1


def test_someone_else_and_something_wrong_reach_a_coordinator_who_is_not_party_and_nobody_else(session):
    cohort = a_cohort(session)
    coordinator = cohort.coordinators[0].person
    pair = a_mentorship(session, a_request(session, cohort), a_mentor(session, cohort))
    tick(session, NOW + 7 * DAY)
    before = told(session, pair.mentor)

    question = check_ins.open_for(session, pair, pair.newcomer)
    check_ins.answer(session, question, CheckInAnswer.SOMEONE_ELSE, by=pair.newcomer, at=NOW + 8 * DAY)
    tick(session, NOW + 14 * DAY)
    question = check_ins.open_for(session, pair, pair.newcomer)
    check_ins.answer(
        session, question, CheckInAnswer.SOMETHING_WRONG, by=pair.newcomer, at=NOW + 15 * DAY, words="Help"
    )

    report = session.scalars(select(Report)).one()
    assert (report.routed_to_id, report.about_id, report.words) == (coordinator.id, pair.mentor_id, "Help")
    assert {"wants_someone_else", "something_wrong"} <= set(told(session, coordinator))
    assert set(told(session, pair.mentor)[len(before) :]) <= {"check_in", "still_here"}


def test_a_pause_ends_by_itself(session, pair):
    begin(session, pair)
    until = NOW + 20 * DAY
    mentorships.act(session, pair, Action.PAUSE, party=Party.MENTOR, by=pair.mentor, at=NOW, until=until)

    assert "check in" not in tick(session, until - DAY)
    assert "resume" in tick(session, until)

    assert pair.state is State.ACTIVE
    assert told(session, pair.newcomer, "resumed")[0].values["due"] == pair.agreed_until.isoformat()


def test_at_the_agreed_end_both_are_asked_and_four_weeks_later_it_closes(session, pair):
    begin(session, pair)
    end = pair.agreed_until
    tick(session, end)

    tick(session, end + 27 * DAY)
    assert pair.state is State.ACTIVE
    assert (
        told(session, pair.newcomer).count("agreed_end")
        == told(session, pair.mentor).count("agreed_end")
        == 1
    )
    tick(session, end + 28 * DAY)

    assert pair.state is State.ENDED
    assert pair.request.confirm_again
    assert pair.request.state is RequestState.OPEN


def test_who_goes_on_after_the_agreed_end_is_asked_again_at_the_new_one(session, pair):
    begin(session, pair)
    end = pair.agreed_until
    tick(session, end)
    later = end + 40 * DAY
    mentorships.act(session, pair, Action.EXTEND, party=Party.NEWCOMER, by=pair.newcomer, at=end, until=later)

    tick(session, end + 39 * DAY)
    assert pair.state is State.ACTIVE
    tick(session, later)

    assert told(session, pair.mentor).count("agreed_end") == 2
    assert pair.close_due_at == later + 28 * DAY
