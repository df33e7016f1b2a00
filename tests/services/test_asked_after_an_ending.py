"""Ended by her, she is asked whether to go on; ended otherwise, her request goes on by itself."""

from datetime import timedelta

import pytest

from mentorship.rules.lifecycle import Action, Party, State
from mentorship.services import leaving, matchmaking, mentorships, requests, safety
from mentorship.store.queries import requests_waiting
from mentorship.store.requests import Outcome, RequestState
from tests.factories import NOW, a_cohort, a_mentor, a_mentorship, a_request
from tests.ticking import tick, told


def a_pair(session, state=State.ACTIVE):
    cohort = a_cohort(session)
    return a_mentorship(session, a_request(session, cohort), a_mentor(session, cohort), state=state)


def waits(session, request):
    return request in session.scalars(requests_waiting(request.cohort)).all()


def ends(session, pair, by):
    party = Party.NEWCOMER if by is pair.newcomer else Party.MENTOR
    mentorships.act(session, pair, Action.END, party=party, by=by, at=NOW)


def blocks(session, pair, by):
    other = pair.mentor if by is pair.newcomer else pair.newcomer
    safety.block(session, by, other, at=NOW)


@pytest.mark.parametrize("parts", [ends, blocks])
def test_ended_or_blocked_by_the_newcomer_she_is_asked_first(session, parts):
    pair = a_pair(session)
    request = pair.request
    other = a_mentor(session, request.cohort)

    parts(session, pair, pair.newcomer)

    assert requests.situation(session, request).standing is requests.Standing.CONFIRM
    assert told(session, pair.newcomer)[-1] == "look_on"
    assert request.word_due_at == NOW + timedelta(days=30)
    assert not waits(session, request)
    requests.confirm_again(session, request, at=NOW)
    assert waits(session, request)
    suggested = [each.mentor for each in matchmaking.suggestions(session, request, at=NOW)]
    assert suggested == [other]


@pytest.mark.parametrize("parts", [ends, blocks])
def test_ended_or_blocked_by_the_mentor_her_request_goes_on(session, parts):
    pair = a_pair(session)

    parts(session, pair, pair.mentor)

    assert requests.situation(session, pair.request).standing is requests.Standing.WAITING
    assert told(session, pair.newcomer)[-2:] == ["ended", "waiting_again"]
    assert waits(session, pair.request)


def test_without_a_word_after_her_block_the_request_closes_told(session):
    pair = a_pair(session)
    request, late = pair.request, NOW + timedelta(days=30, minutes=1)
    safety.block(session, pair.newcomer, pair.mentor, at=NOW)

    tick(session, late)

    assert (request.state, request.outcome) == (RequestState.CLOSED, Outcome.NO_ANSWER)
    assert "request_closed" in told(session, pair.newcomer)


def test_leaving_a_cohort_asks_nothing_about_going_on(session):
    pair = a_pair(session)

    leaving.leave(session, pair.newcomer, pair.request.cohort, at=NOW)

    assert pair.state is State.ENDED
    assert not {"go_on", "look_on"} & set(told(session, pair.newcomer))
    assert told(session, pair.newcomer).count("request_closed") == 1
