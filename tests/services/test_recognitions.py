import pytest
from sqlalchemy import select

from mentorship.rules.errors import BadInput, NotFound
from mentorship.rules.lifecycle import State
from mentorship.services import accounts, erasure, recognitions, safety
from mentorship.store.together import Recognition
from tests.factories import NOW, a_cohort, a_mentor, a_mentorship, a_person, a_request
from tests.ticking import told

KEY = b"only for tests"
WORDS = "You went on after they had undone it."


@pytest.fixture
def pair(session, cohort):
    return a_mentorship(session, a_request(session, cohort), a_mentor(session, cohort))


def test_the_two_of_a_pair_recognise_each_other(session, pair):
    for giver, receiver in ((pair.mentor, pair.newcomer), (pair.newcomer, pair.mentor)):
        recognitions.give(session, giver, receiver, WORDS, at=NOW)

        assert [one.words for one in recognitions.received_by(session, receiver)] == [WORDS]
        assert told(session, receiver).count("recognised") == 1


def test_the_same_words_sent_twice_are_told_once(session, pair):
    for _ in range(2):
        recognitions.give(session, pair.mentor, pair.newcomer, f" {WORDS} ", at=NOW)

    assert len(recognitions.received_by(session, pair.newcomer)) == 1
    assert told(session, pair.newcomer).count("recognised") == 1


def test_a_coordinator_recognises_people_of_her_own_cohort_only(session, cohort, coordinator, pair):
    recognitions.give(session, coordinator, pair.newcomer, WORDS, at=NOW)
    elsewhere = a_person(session)
    accounts.join_cohort(session, elsewhere, a_cohort(session, "Elsewhere"), at=NOW)

    assert pair.newcomer in recognitions.members_to_thank(session, coordinator, cohort.id)
    with pytest.raises(NotFound):
        recognitions.give(session, coordinator, elsewhere, WORDS, at=NOW)


@pytest.mark.parametrize("state", [State.PROPOSED, State.DECLINED, State.ENDED, State.LAPSED])
def test_only_partners_may_be_addressed(session, cohort, state):
    pair = a_mentorship(session, a_request(session, cohort), a_mentor(session, cohort), state=state)

    for giver, receiver in (
        (pair.mentor, pair.newcomer),
        (pair.newcomer, pair.mentor),
        (a_person(session), pair.newcomer),
        (pair.newcomer, pair.newcomer),
    ):
        with pytest.raises(NotFound):
            recognitions.give(session, giver, receiver, WORDS, at=NOW)


@pytest.mark.parametrize("words", ["", " \n ", "x" * 2001])
def test_recognition_needs_words_and_not_too_many(session, pair, words):
    with pytest.raises(BadInput):
        recognitions.give(session, pair.mentor, pair.newcomer, words, at=NOW)


@pytest.mark.parametrize("blocker", ["giver", "receiver"])
def test_a_block_stops_it_both_ways_and_takes_away_what_was_said(session, coordinator, pair, blocker):
    recognitions.give(session, coordinator, pair.newcomer, WORDS, at=NOW)
    two = (coordinator, pair.newcomer)
    safety.block(session, *(two if blocker == "giver" else reversed(two)), at=NOW)

    assert recognitions.received_by(session, pair.newcomer) == []
    for giver, receiver in (two, two[::-1]):
        with pytest.raises(NotFound):
            recognitions.give(session, giver, receiver, WORDS, at=NOW)
    assert pair.newcomer not in recognitions.members_to_thank(session, coordinator, pair.request.cohort_id)


def test_it_is_hers_to_hide_bring_back_and_remove(session, pair):
    given = recognitions.give(session, pair.mentor, pair.newcomer, WORDS, at=NOW)
    with pytest.raises(NotFound):
        recognitions.one_of(session, pair.mentor, given.public_id)

    recognitions.hide(session, given, hidden=True)
    assert recognitions.received_by(session, pair.newcomer) == []
    assert recognitions.received_by(session, pair.newcomer, hidden=True) == [given]
    recognitions.hide(session, given, hidden=False)
    assert recognitions.received_by(session, pair.newcomer) == [given]
    recognitions.remove(session, given)

    assert session.scalars(select(Recognition)).all() == []


@pytest.mark.parametrize("leaves", ["mentor", "newcomer"])
def test_the_words_go_with_whichever_of_the_two_leaves(session, pair, leaves):
    recognitions.give(session, pair.mentor, pair.newcomer, WORDS, at=NOW)

    erasure.erase(session, getattr(pair, leaves), at=NOW, key=KEY)

    assert session.scalars(select(Recognition)).all() == []
