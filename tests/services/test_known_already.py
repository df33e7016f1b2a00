from datetime import timedelta

import pytest

from mentorship.rules.errors import BadInput, NotFound, NotPossible, WrongState
from mentorship.rules.lifecycle import Code, State
from mentorship.services import known_already, safety
from tests.factories import NOW, a_cohort, a_mentor, a_request
from tests.ticking import tick, told

WORD = "KITE-RIVER-42"


@pytest.fixture
def request_(session):
    return a_request(session, a_cohort(session))


@pytest.fixture
def mentor(session, request_):
    return a_mentor(session, request_.cohort)


def test_two_who_both_confirm_become_a_pair_without_a_round(session, request_, mentor):
    known_already.begin(session, request_, WORD, at=NOW)
    known = known_already.take_up(session, mentor, " kite-river-42 ", at=NOW)
    assert told(session, request_.newcomer)[-1] == "known_by"

    mentorship = known_already.confirm(session, known, request_.newcomer, at=NOW)

    assert (mentorship.state, mentorship.events[0].code) == (State.ACCEPTED, Code.KNOWN)
    assert mentorship.mentor_id == mentor.id


def test_only_a_hash_of_the_word_is_kept(session, request_):
    assert WORD not in str(known_already.begin(session, request_, WORD, at=NOW).__dict__)


def test_a_mentors_yes_alone_pairs_nobody(session, request_, mentor):
    known_already.begin(session, request_, WORD, at=NOW)
    known = known_already.take_up(session, mentor, WORD, at=NOW)

    with pytest.raises(NotFound):
        known_already.confirm(session, known, mentor, at=NOW)


def test_a_newcomers_yes_alone_pairs_nobody(session, request_):
    known = known_already.begin(session, request_, WORD, at=NOW)

    with pytest.raises(WrongState):
        known_already.confirm(session, known, request_.newcomer, at=NOW)


@pytest.mark.parametrize("wrong", ["another", "ended", "taken", "own"])
def test_a_word_that_is_not_good_says_nothing_about_who_is_here(session, request_, mentor, wrong):
    known_already.begin(session, request_, WORD, at=NOW)
    if wrong == "taken":
        known_already.take_up(session, a_mentor(session, request_.cohort), WORD, at=NOW)
    at = NOW + timedelta(days=14) if wrong == "ended" else NOW
    who = request_.newcomer if wrong == "own" else mentor

    with pytest.raises(BadInput) as refused:
        known_already.take_up(session, who, "OTHER" if wrong == "another" else WORD, at=at)

    assert refused.value.sentence == known_already.NO_SUCH_WORD


def test_the_rules_hold_whatever_the_two_say(session, request_, mentor):
    french = a_mentor(session, request_.cohort, languages={"fr": 6})
    known_already.begin(session, request_, "THIRD", at=NOW)
    known = known_already.take_up(session, french, "THIRD", at=NOW)
    with pytest.raises(NotPossible, match="language"):
        known_already.confirm(session, known, request_.newcomer, at=NOW)

    known_already.begin(session, request_, "FOURTH", at=NOW)
    known = known_already.take_up(
        session, a_mentor(session, request_.cohort, approved=False), "FOURTH", at=NOW
    )
    with pytest.raises(NotPossible):
        known_already.confirm(session, known, request_.newcomer, at=NOW)

    known_already.begin(session, request_, "OTHER", at=NOW)
    known = known_already.take_up(session, mentor, "OTHER", at=NOW)
    safety.block(session, mentor, request_.newcomer, at=NOW)
    with pytest.raises(NotPossible):
        known_already.confirm(session, known, request_.newcomer, at=NOW)


def test_it_is_not_she(session, request_, mentor):
    known_already.begin(session, request_, WORD, at=NOW)
    known = known_already.take_up(session, mentor, WORD, at=NOW)

    known_already.refuse(session, known, request_.newcomer, at=NOW)

    with pytest.raises(WrongState):
        known_already.confirm(session, known, request_.newcomer, at=NOW)


def test_a_word_ends_after_two_weeks_by_itself(session, request_):
    known = known_already.begin(session, request_, WORD, at=NOW)

    assert "end a word of acquaintance" in tick(session, NOW + timedelta(days=14))
    assert known.closed_at is not None
