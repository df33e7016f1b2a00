"""Requests as services: what opens, what is refused, what the database has the last word on."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mentorship.rules.errors import AlreadyOpen, BadInput, NotAllowed, NotFound, WrongState
from mentorship.rules.lifecycle import State
from mentorship.services import history, requests
from mentorship.services.accounts import join_cohort
from mentorship.services.requests import Standing
from mentorship.store.mentorships import EventNote
from mentorship.store.requests import Outcome, Request, RequestState, Shown
from tests.factories import NOW, a_cohort, a_mentor, a_mentorship, a_person, a_request


def opened(session, cohort, newcomer, **facts):
    return requests.open_request(
        session, newcomer, cohort, **{"words": "Please.", "happened_link": "", "at": NOW, **facts}
    )


def shown(session, request, mentor):
    session.add(Shown(request_id=request.id, mentor_id=mentor.id, at=NOW))
    session.flush()


def test_she_hears_by_the_next_round_or_within_a_month(session):
    soon = a_cohort(session, "Soon", next_round_on=NOW.date() + timedelta(days=5))
    never = a_cohort(session, "Never")
    one, other = a_person(session), a_person(session)
    join_cohort(session, one, soon, at=NOW)
    join_cohort(session, other, never, at=NOW)

    assert opened(session, soon, one).word_due_at.date() == NOW.date() + timedelta(days=5)
    assert opened(session, never, other).word_due_at == NOW + timedelta(days=30)


def test_a_second_open_request_is_refused_by_the_rule_and_by_the_database(session):
    cohort = a_cohort(session)
    first = a_request(session, cohort)
    newcomer = first.newcomer

    with pytest.raises(AlreadyOpen):
        opened(session, cohort, newcomer)

    times = {"opened_at": NOW, "waiting_since": NOW, "word_due_at": NOW}
    savepoint = session.begin_nested()
    session.add(Request(cohort=cohort, newcomer=newcomer, **times))
    with pytest.raises(AlreadyOpen):  # what the second of two at once meets
        history.flush(session)
    savepoint.rollback()
    assert len(session.scalars(select(Request)).all()) == 1


def test_who_is_no_member_cannot_ask_there(session):
    cohort = a_cohort(session)

    with pytest.raises(NotFound):
        opened(session, cohort, a_person(session))


def test_a_request_that_says_nothing_is_refused(session):
    cohort = a_cohort(session)
    newcomer = a_person(session)
    join_cohort(session, newcomer, cohort, at=NOW)

    with pytest.raises(BadInput) as refusal:
        opened(session, cohort, newcomer, words="")

    assert refusal.value.field == "needs"


@pytest.mark.parametrize(
    ("link", "is_one"),
    [
        ("https://ha.wikipedia.org/wiki/Special:Diff/1", True),
        ("http://commons.wikimedia.org/", True),
        ("https://ar.wikipedia.org/wiki/مكتبة", True),
        ("javascript:alert(1)", False),
        ("JAVASCRIPT:alert(1)", False),
        ("data:text/html,x", False),
        ("//evil.example/", False),
        ("https://", False),
        ("https:///x", False),
        ("https://[::1", False),
        ("https://ha.wikipedia.org@evil.example/", False),
        ("https://ha.wikipedia.org/\u202e", False),
        ("https://ha.wikipedia.org/ x", False),
        ("https://a/" + "9" * 1000, False),
    ],
)
def test_only_an_address_of_a_page_is_a_link(link, is_one):
    assert requests.is_link(link) is is_one


def test_only_a_shown_mentor_can_be_asked_and_her_words_go_with_it(session):
    cohort = a_cohort(session)
    request = a_request(session, cohort)
    mentor = a_mentor(session, cohort)
    with pytest.raises(NotFound):
        requests.ask(session, request, mentor.public_id, words="Please.", at=NOW)
    shown(session, request, mentor)

    mentorship = requests.ask(session, request, mentor.public_id, words="Please.", at=NOW)

    assert mentorship.state is State.PROPOSED
    assert session.scalars(select(EventNote.words)).one() == "Please."
    assert requests.situation(session, request).standing is Standing.ASKED


def test_where_coordinators_choose_no_newcomer_asks(session):
    cohort = a_cohort(session, direct_asking=False)
    request = a_request(session, cohort)
    mentor = a_mentor(session, cohort)
    shown(session, request, mentor)

    with pytest.raises(NotAllowed):
        requests.ask(session, request, mentor.public_id, words="", at=NOW)


def test_a_request_with_a_mentor_is_not_closed_behind_the_mentors_back(session):
    cohort = a_cohort(session)
    request = a_request(session, cohort)
    a_mentorship(session, request, a_mentor(session, cohort), state=State.ACTIVE)

    with pytest.raises(WrongState):
        requests.withdraw_request(session, request, at=NOW)

    assert request.state is RequestState.OPEN


@pytest.mark.parametrize("state", [State.PROPOSED, State.ACCEPTED])
def test_closing_takes_the_ask_back_in_the_same_step(session, state):
    cohort = a_cohort(session)
    request = a_request(session, cohort)
    mentorship = a_mentorship(session, request, a_mentor(session, cohort), state=state)

    requests.withdraw_request(session, request, at=NOW)
    requests.withdraw_request(session, request, at=NOW)

    assert (request.state, request.outcome) == (RequestState.CLOSED, Outcome.WITHDRAWN)
    assert (mentorship.state, mentorship.place_n) == (State.WITHDRAWN, None)


def test_after_a_lapse_she_waits_again_once_she_says_so(session):
    cohort = a_cohort(session)
    request = a_request(session, cohort)
    a_mentorship(session, request, a_mentor(session, cohort), state=State.LAPSED)
    assert requests.situation(session, request).standing is Standing.CONFIRM

    requests.confirm_again(session, request, at=NOW)

    assert requests.situation(session, request).standing is Standing.WAITING
    assert request.waiting_since == NOW
