from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from mentorship.rules.errors import BadInput, NotAllowed, NotFound, Stale, WrongState
from mentorship.rules.helped import Answer, Occasion
from mentorship.rules.lifecycle import State
from mentorship.services import approvals, by_hand, cohorts, messages, numbers
from mentorship.services.today import Kind, today
from mentorship.store.cohorts import CohortCoordinator
from mentorship.store.help import HelperAnswer
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Approval, ApprovalState
from tests.factories import NOW, a_cohort, a_coordinator, a_mentor, a_mentorship, a_person, a_request


def kinds(session, cohort, viewer, at=NOW):
    return [item.kind for item in today(session, cohort, viewer=viewer, at=at)]


def settings(cohort, **changed):
    usual = {"name": cohort.name, "starts_on": cohort.starts_on, "deadlines": {}}
    return cohorts.Settings(**(usual | changed))


def answered(session, request, days, answer, *, at):
    session.add(
        HelperAnswer(
            person_id=request.newcomer_id,
            request_id=request.id,
            occasion=Occasion(f"day_{days}"),
            asked_at=request.opened_at + timedelta(days=days),
            answer=answer,
            answered_at=at if answer else None,
        )
    )
    session.flush()


def test_an_approval_is_live_for_as_long_as_the_cohort_says(session, cohort, coordinator):
    cohort.settings = {"approval_days": 30}
    mentor = a_mentor(session, cohort, approved=False)
    approval = approvals.approval_in(session, cohort, mentor.public_id)

    approvals.approve(session, approval, cohort, by=coordinator, at=NOW)

    assert approval.state is ApprovalState.LIVE
    assert approval.until == NOW + timedelta(days=30)


def test_nobody_approves_declines_or_takes_back_her_own(session, cohort, coordinator):
    a_mentor(session, cohort, coordinator, approved=False)
    approval = session.get(Approval, coordinator.id)

    with pytest.raises(NotAllowed):
        approvals.approve(session, approval, cohort, by=coordinator, at=NOW)
    with pytest.raises(NotAllowed):
        approvals.decline(session, approval, by=coordinator, at=NOW)
    with pytest.raises(NotAllowed):
        approvals.withdraw(session, approval, by=coordinator, at=NOW)


def test_the_database_refuses_an_approval_of_her_own(session, cohort, coordinator):
    a_mentor(session, cohort, coordinator, approved=False)
    approval = session.get(Approval, coordinator.id)
    approval.state, approval.by_id = ApprovalState.LIVE, coordinator.id
    approval.at = approval.until = NOW

    with pytest.raises(IntegrityError, match="not_by_herself"):
        session.flush()


def test_an_approval_taken_back_cuts_what_is_open(session, cohort, coordinator):
    mentor = a_mentor(session, cohort)
    pair = a_mentorship(session, a_request(session, cohort), mentor)
    approval = session.get(Approval, mentor.id)

    approvals.withdraw(session, approval, by=coordinator, at=NOW)

    assert pair.state is State.ENDED
    assert approval.state is ApprovalState.WITHDRAWN
    with pytest.raises(WrongState):
        approvals.withdraw(session, approval, by=coordinator, at=NOW)


def test_an_application_to_another_cohort_is_not_found(session, cohort):
    mentor = a_mentor(session, a_cohort(session, "Autumn"), approved=False)

    with pytest.raises(NotFound):
        approvals.approval_in(session, cohort, mentor.public_id)


def test_today_holds_what_needs_her_oldest_first(session, cohort, coordinator):
    look = a_request(session, cohort, at=NOW - timedelta(days=9))
    look.needs_coordinator = True
    a_mentor(session, cohort, approved=False)  # applied at NOW
    writes = a_request(session, cohort)
    messages.write_about_request(session, writes, writes.newcomer, "First", at=NOW - timedelta(days=2))
    messages.write_about_request(session, writes, writes.newcomer, "Second", at=NOW + timedelta(days=2))

    assert kinds(session, cohort, coordinator) == [Kind.LOOK, Kind.MESSAGE, Kind.APPLICATION]


def test_what_was_answered_or_settled_is_no_longer_in_today(session, cohort, coordinator):
    request = a_request(session, cohort)
    request.needs_coordinator = True
    messages.write_about_request(session, request, request.newcomer, "Hello?", at=NOW)
    assert set(kinds(session, cohort, coordinator)) == {Kind.LOOK, Kind.MESSAGE}

    messages.write_about_request(session, request, coordinator, "Hello.", at=NOW)
    by_hand.settle(session, request)

    assert kinds(session, cohort, coordinator) == []


def test_a_hello_is_overdue_after_the_days_of_the_cohort_and_its_pause(session, cohort, coordinator):
    a_mentorship(session, a_request(session, cohort), a_mentor(session, cohort), state=State.ACCEPTED)

    assert kinds(session, cohort, coordinator, at=NOW + timedelta(days=9)) == []
    assert kinds(session, cohort, coordinator, at=NOW + timedelta(days=10)) == [Kind.HELLO]
    cohort.clock_paused_until = NOW + timedelta(days=5)
    assert kinds(session, cohort, coordinator, at=NOW + timedelta(days=10)) == []


def test_what_concerns_her_own_pair_or_request_is_not_in_her_today(session, cohort, coordinator):
    other = a_coordinator(session, cohort)
    mentor = a_mentor(session, cohort, a_person(session))
    a_coordinator(session, cohort, mentor)
    request = a_request(session, cohort)
    a_mentorship(session, request, mentor, state=State.ACCEPTED)
    messages.write_about_request(session, request, request.newcomer, "About my mentor", at=NOW)
    later = NOW + timedelta(days=10)

    assert kinds(session, cohort, mentor, at=later) == []
    assert set(kinds(session, cohort, other, at=later)) == {Kind.MESSAGE, Kind.HELLO}


def test_by_hand_offers_mentors_with_a_free_place_best_fit_first(session, cohort, coordinator):
    request = a_request(session, cohort, needs=("sources",))
    fits = a_mentor(session, cohort, a_person(session, "Fits"), needs=("sources",))
    other = a_mentor(session, cohort, a_person(session, "Other"), needs=("photos",))
    full = a_mentor(session, cohort, a_person(session, "Full"), capacity=1)
    a_mentorship(session, a_request(session, cohort), full)
    a_mentor(session, cohort, a_person(session, "Speaks another language"), languages={"ha": 6})

    found = by_hand.candidates(session, request, viewer=coordinator, at=NOW)

    assert [each.mentor for each in found] == [fits, other]


def test_a_mentor_who_said_not_now_can_be_asked_again_by_hand(session, cohort, coordinator):
    request = a_request(session, cohort)
    mentor = a_mentor(session, cohort, a_person(session, "Ada"))
    a_mentorship(session, request, mentor, state=State.DECLINED)
    assert not session.scalars(select(Mentorship).where(Mentorship.ended_at.is_(None))).all()

    (found,) = by_hand.candidates(session, request, viewer=coordinator, at=NOW)
    assert found.asked_before
    by_hand.propose_by_hand(session, request, mentor.public_id, by=coordinator, at=NOW)


def test_the_rate_equals_a_count_by_hand(session, cohort):
    early = NOW - timedelta(days=100)
    requests = [a_request(session, cohort, at=early) for _ in range(5)]
    answered(session, requests[0], 30, Answer.SOMEONE_HERE, at=NOW)
    answered(session, requests[1], 30, Answer.NOBODY_YET, at=NOW)
    answered(session, requests[1], 90, Answer.SOMEONE_ELSEWHERE, at=NOW)
    answered(session, requests[2], 30, Answer.RATHER_NOT_SAY, at=NOW)
    answered(session, requests[3], 90, None, at=NOW)
    a_request(session, cohort, at=NOW - timedelta(days=40))
    a_request(session, a_cohort(session, "Autumn"), at=early)

    found = {rate.days: rate for rate in numbers.numbers(session, cohort, at=NOW).rates}

    assert [(days, rate.named, rate.requests, rate.answered) for days, rate in found.items()] == [
        (30, 1, 6, 2),
        (90, 2, 5, 2),
        (180, 0, 0, 0),
    ]
    # Wilson, 2 of 5 at 95 %, worked out on paper: 0.1176 to 0.7693
    assert (round(found[90].low, 4), round(found[90].high, 4)) == (0.1176, 0.7693)


def test_the_counts_of_now_are_those_of_this_cohort(session, cohort):
    mentor = a_mentor(session, cohort, capacity=3)
    a_mentorship(session, a_request(session, cohort), mentor, state=State.PROPOSED)
    a_mentorship(session, a_request(session, cohort), mentor, state=State.ACTIVE)
    a_mentorship(session, a_request(session, cohort), mentor, state=State.COMPLETED)
    a_request(session, cohort)
    a_request(session, a_cohort(session, "Autumn"))

    found = numbers.numbers(session, cohort, at=NOW)

    assert (found.requests, found.waiting, found.asked, found.paired) == (4, 1, 1, 1)
    assert (found.mentors, found.free_places, found.outcomes["fulfilled"]) == (1, 1, 1)


def test_only_a_coordinator_of_the_cohort_finds_it(session, cohort, coordinator):
    other = a_cohort(session, "Autumn", coordinator=a_person(session))

    assert cohorts.cohort_of(session, cohort.public_id, coordinator) is cohort
    with pytest.raises(NotFound):
        cohorts.cohort_of(session, other.public_id, coordinator)


def test_settings_are_refused_where_they_cannot_be(session, cohort, coordinator):
    def change(**changed):
        cohorts.change(
            session, cohort, settings(cohort, **changed), by=coordinator, at=NOW, seen=cohort.version
        )

    with pytest.raises(BadInput, match="length_weeks"):
        change(deadlines={"length_weeks": 3})
    with pytest.raises(BadInput, match="last day"):
        change(ends_on=cohort.starts_on - timedelta(days=1))
    seen = cohort.version
    change(name="Sahel", deadlines={"length_weeks": 8, "word_days": 30})
    assert cohort.settings == {"length_weeks": 8}
    with pytest.raises(Stale):
        cohorts.change(session, cohort, settings(cohort), by=coordinator, at=NOW, seen=seen)


def test_the_first_coordinator_handles_reports(session):
    cohort = cohorts.create(session, cohorts.Settings(name="Sahel", starts_on=NOW.date(), deadlines={}))
    first, second = a_person(session), a_person(session)

    assert cohorts.add_coordinator(session, cohort, first, at=NOW)
    assert cohorts.add_coordinator(session, cohort, second, at=NOW)
    assert not cohorts.add_coordinator(session, cohort, second, at=NOW)

    rows = session.scalars(select(CohortCoordinator).where(CohortCoordinator.cohort_id == cohort.id))
    assert {row.person_id: row.safeguarding for row in rows} == {first.id: True, second.id: False}
