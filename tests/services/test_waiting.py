from datetime import UTC, datetime, timedelta

import pytest

from mentorship.rules.errors import NotFound, WrongState
from mentorship.rules.lifecycle import State
from mentorship.services import acquaintance, safety
from mentorship.services import requests as requests_service
from mentorship.services.erasure import erase
from mentorship.services.waiting import accept_help_in, go_into_circle, leave_circle, waiting
from mentorship.store.people import LanguageSkill
from mentorship.store.queries import FEWEST
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


def waiting_in(session, cohort, number):
    return [a_request(session, cohort, languages={"ff": 6}) for _ in range(number)]


def circle(session, request):
    return {person.id for person in waiting(session, request, at=NOW).circle}


def test_how_many_wait_is_said_from_five_on(session, cohort):
    requests = waiting_in(session, cohort, FEWEST - 1)
    assert waiting(session, requests[0], at=NOW).others is None

    requests += waiting_in(session, cohort, 1)

    assert waiting(session, requests[0], at=NOW).others == FEWEST - 1


def test_only_who_went_into_the_circle_sees_it_and_is_seen_there(session, cohort):
    inside, also, *_outside = requests = waiting_in(session, cohort, FEWEST)
    for request in (inside, also):
        go_into_circle(session, request)

    assert [circle(session, request) for request in requests] == [
        {also.newcomer_id}, {inside.newcomer_id}, set(), set(), set(),
    ]  # fmt: skip
    leave_circle(session, also)
    assert circle(session, inside) == circle(session, also) == set()


def test_below_five_who_wait_the_circle_is_empty(session, cohort):
    one, other, *_ = requests = waiting_in(session, cohort, FEWEST)
    for request in requests:
        go_into_circle(session, request)
    assert len(circle(session, one)) == FEWEST - 1

    requests_service.withdraw_request(session, other, at=NOW)

    assert circle(session, one) == set()
    assert other.in_circle is False


def test_a_block_cuts_both_ways_in_the_circle_and_the_other_number_stays(session, cohort):
    one, other, third, *_ = requests = waiting_in(session, cohort, FEWEST + 1)
    for request in requests[:3]:
        go_into_circle(session, request)
    safety.block(session, one.newcomer, other.newcomer, at=NOW)

    assert circle(session, one) == circle(session, other) == {third.newcomer_id}
    assert {waiting(session, request, at=NOW).others for request in requests} == {FEWEST}
    assert one.newcomer not in acquaintance.met_by(session, other.newcomer)


def test_whom_she_sees_in_the_circle_she_can_block_and_nobody_else_who_waits(session, cohort):
    one, other, outside, *_ = waiting_in(session, cohort, FEWEST)
    for request in (one, other):
        go_into_circle(session, request)

    met = acquaintance.met_by(session, one.newcomer)

    assert other.newcomer in met
    assert outside.newcomer not in met


def test_who_is_hidden_asked_erased_or_in_another_cohort_is_not_in_the_circle(session, cohort):
    one, *others = waiting_in(session, cohort, FEWEST + 4)
    others.append(a_request(session, a_cohort(session, "Autumn"), languages={"ff": 6}))
    for request in (one, *others):
        go_into_circle(session, request)
    safety.hide(session, others[0].newcomer, hidden=True)
    mentor = a_mentor(session, cohort, languages={"ff": 6})
    a_mentorship(session, others[1], mentor, state=State.PROPOSED)
    erase(session, others[2].newcomer, at=NOW, key=b"key")

    gone = {request.newcomer_id for request in (*others[:3], others[-1])}

    assert not circle(session, one) & gone
    assert len(circle(session, one)) == len(others) - len(gone)
    assert others[2].in_circle is False
    assert circle(session, others[0]) == circle(session, others[1]) == set()


def test_who_waits_no_longer_cannot_go_into_the_circle(session, cohort):
    request = a_request(session, cohort)
    a_mentorship(session, request, a_mentor(session, cohort))

    with pytest.raises(WrongState):
        go_into_circle(session, request)


def test_a_mentor_who_is_barred_makes_no_language_helpful(session, cohort):
    mentor = a_mentor(session, cohort, languages={"fr": 6})
    request = a_request(session, cohort, languages={"ff": 6})
    request.newcomer.languages.append(LanguageSkill(code="fr", level=3))
    session.flush()
    assert waiting(session, request, at=NOW).helpful_languages == ("fr",)

    safety.block(session, mentor, request.newcomer, at=NOW)

    assert waiting(session, request, at=NOW).helpful_languages == ()


def test_she_accepts_help_only_in_a_language_she_has_named(session, cohort):
    request = a_request(session, cohort, languages={"ff": 6})
    request.newcomer.languages.append(LanguageSkill(code="fr", level=3))
    session.flush()

    accept_help_in(session, request, "fr")

    assert all(skill.accepts_help_in for skill in request.newcomer.languages)
    for not_hers in ("es", "\x00"):
        with pytest.raises(NotFound):
            accept_help_in(session, request, not_hers)


def test_who_mentors_herself_is_no_mentor_for_her(session, cohort):
    request = a_request(session, cohort, languages={"ff": 6})
    a_mentor(session, cohort, request.newcomer, languages={"ha": 6}, needs=("sources",))
    request.newcomer.languages[0].helps_in = True
    session.flush()

    assert waiting(session, request, at=NOW).without_mentor == ("ff",)


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
