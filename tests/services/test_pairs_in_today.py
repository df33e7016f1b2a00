"""In Today: pairs of whom one would like someone else, and pairs that may have lost touch; never her own."""

from datetime import timedelta

import pytest

from mentorship.rules.lifecycle import Action, Party
from mentorship.services import check_ins, home, mentorships, messages, safety, today
from mentorship.services.today import Kind
from mentorship.store.cohorts import CohortCoordinator
from mentorship.store.together import CheckInAnswer
from tests.factories import NOW, a_coordinator, a_mentor, a_mentorship, a_request

DAY = timedelta(days=1)


@pytest.fixture
def pair(session, cohort):
    return a_mentorship(session, a_request(session, cohort), a_mentor(session, cohort, backup=True))


def says(session, pair, person, answer, *, day):
    at = NOW + day * DAY
    check_ins.ask(session, pair, at=at)
    check_ins.answer(session, check_ins.open_for(session, pair, person), answer, by=person, at=at)
    return at


def found(session, cohort, viewer):
    items = today.today(session, cohort, viewer=viewer, at=NOW + 40 * DAY)
    return [(item.kind, item.since) for item in items if item.kind in (Kind.PARTING, Kind.QUIET)]


@pytest.mark.parametrize("who", ["newcomer", "mentor"])
def test_who_would_like_someone_else_stands_there_until_it_has_ended(session, cohort, coordinator, pair, who):
    at = says(session, pair, getattr(pair, who), CheckInAnswer.SOMEONE_ELSE, day=7)

    assert found(session, cohort, coordinator) == [(Kind.PARTING, at)]
    mentorships.act(session, pair, Action.END, party=Party.COORDINATOR, by=coordinator, at=at)
    assert found(session, cohort, coordinator) == []


def test_a_later_answer_of_hers_takes_it_away_and_one_of_the_other_does_not(
    session, cohort, coordinator, pair
):
    at = says(session, pair, pair.newcomer, CheckInAnswer.SOMEONE_ELSE, day=7)
    says(session, pair, pair.mentor, CheckInAnswer.YES, day=14)
    assert found(session, cohort, coordinator) == [(Kind.PARTING, at)]

    says(session, pair, pair.newcomer, CheckInAnswer.YES, day=30)

    assert found(session, cohort, coordinator) == []


def test_a_pair_that_may_have_lost_touch_stands_there_until_one_of_them_writes(
    session, cohort, coordinator, pair
):
    at = says(session, pair, pair.newcomer, CheckInAnswer.NOT_YET, day=7)
    assert found(session, cohort, coordinator) == [(Kind.QUIET, at)]

    messages.write_to_pair(session, pair, pair.mentor, "Hello again.", at=at + DAY)

    assert found(session, cohort, coordinator) == []


@pytest.mark.parametrize("part", ["newcomer", "mentor", "backup"])
@pytest.mark.parametrize("answer", [CheckInAnswer.SOMEONE_ELSE, CheckInAnswer.NOT_YET])
def test_whoever_is_in_it_has_it_in_no_today_of_hers(session, cohort, coordinator, pair, part, answer):
    pair.backup = pair.backup or a_mentor(session, cohort, backup=True)
    at = says(session, pair, pair.newcomer, answer, day=7)
    kind = Kind.PARTING if answer is CheckInAnswer.SOMEONE_ELSE else Kind.QUIET
    hers = getattr(pair, part)
    a_coordinator(session, cohort, hers)
    session.flush()

    assert session.get(CohortCoordinator, (cohort.id, hers.id)) is not None
    assert found(session, cohort, hers) == []
    assert found(session, cohort, coordinator) == [(kind, at)]


def test_her_first_page_counts_all_of_today(session, cohort, coordinator, pair):
    assert [row.waiting for row in home.at_home(session, coordinator, at=NOW).coordinated] == [0]

    at = says(session, pair, pair.newcomer, CheckInAnswer.SOMEONE_ELSE, day=7)
    safety.report(session, "It is wrong.", by=pair.newcomer, mentorship=pair, at=at)

    assert [row.waiting for row in home.at_home(session, coordinator, at=at).coordinated] == [2]
