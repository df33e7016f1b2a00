from datetime import UTC, datetime, timedelta

import pytest

from mentorship.rules.lifecycle import State
from mentorship.services import safety
from mentorship.services.waiting import FEWEST, waiting
from mentorship.store.cohorts import CohortMember
from mentorship.store.people import LanguageSkill
from tests.factories import NOW, a_cohort, a_mentor, a_mentorship, a_request
from tests.ticking import tick

DAY = timedelta(days=1)


@pytest.fixture
def cohort(session):
    return a_cohort(session, next_round_on=(NOW + 12 * DAY).date())


def test_why_she_waits_speaks_of_languages_and_places_only(session, cohort):
    mentor = a_mentor(session, cohort, capacity=1)
    a_mentorship(session, a_request(session, cohort), mentor)
    request = a_request(session, cohort, languages={"en": 4, "ff": 6})
    blocked = a_mentor(session, cohort)
    safety.block(session, blocked, request.newcomer, at=NOW)

    found = waiting(session, request, at=NOW)

    assert (found.without_mentor, found.all_taken) == (("ff",), ("en",))
    assert found.next_round_at == datetime(2026, 3, 14, 18, tzinfo=UTC)
    assert (found.wait, found.others, found.circle) == (None, None, ())


def test_a_second_language_is_named_where_it_would_help(session, cohort):
    a_mentor(session, cohort, languages={"fr": 6})
    request = a_request(session, cohort, languages={"ff": 6})
    for code in ("fr", "es"):
        request.newcomer.languages.append(LanguageSkill(code=code, level=3))
    session.flush()

    assert waiting(session, request, at=NOW).helpful_languages == ("fr",)


def test_the_circle_of_those_who_wait_is_shown_from_five_on_and_only_those_who_wish_it(session, cohort):
    requests = [a_request(session, cohort, languages={"ff": 6}) for _ in range(FEWEST - 1)]
    assert waiting(session, requests[0], at=NOW).others is None

    requests.append(a_request(session, cohort, languages={"ff": 6}))
    for request in requests[1:4]:
        session.get(CohortMember, (cohort.id, request.newcomer_id)).seen_by_others = True
    safety.block(session, requests[3].newcomer, requests[0].newcomer, at=NOW)

    found = waiting(session, requests[0], at=NOW)

    assert found.others == FEWEST
    assert set(found.circle) == {requests[1].newcomer, requests[2].newcomer}


def test_a_range_of_the_wait_is_given_once_ten_have_found_someone(session, cohort):
    mentor = a_mentor(session, cohort, capacity=20)
    for days in range(10):
        request = a_request(session, cohort, at=NOW - 20 * DAY)
        a_mentorship(session, request, mentor, state=State.ACCEPTED, at=NOW - (20 - days - 1) * DAY)
    request = a_request(session, cohort)

    found = waiting(session, request, at=NOW).wait

    assert (round(found.low), round(found.high)) == (3, 8)


@pytest.mark.parametrize(
    "began", [datetime(2026, 3, 28, 20, tzinfo=UTC), datetime(2026, 10, 24, 20, tzinfo=UTC)]
)
def test_two_days_are_forty_eight_hours_even_when_the_clocks_are_changed(session, cohort, began):
    asked = a_mentorship(
        session, a_request(session, cohort), a_mentor(session, cohort), state=State.PROPOSED, at=began
    )
    asked.mentor.time_zone = "Europe/London"

    tick(session, began + timedelta(hours=47, minutes=59))
    assert asked.state is State.PROPOSED
    tick(session, began + timedelta(hours=48))

    assert asked.state is State.EXPIRED


def test_a_clock_that_goes_back_an_hour_does_nothing_twice(session, cohort):
    for state in (State.PROPOSED, State.ACCEPTED, State.ACTIVE):
        a_mentorship(session, a_request(session, cohort), a_mentor(session, cohort), state=state)
    for hours in (24, 23, 24, 25, 24):
        tick(session, NOW + 10 * DAY + timedelta(hours=hours))

    assert tick(session, NOW + 10 * DAY + timedelta(hours=24)) == []
