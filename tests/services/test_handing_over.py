from datetime import timedelta

import pytest
from sqlalchemy import select

from mentorship.rules.errors import AlreadyOpen, MentorFull, NotFound, NotPossible, WrongState
from mentorship.rules.lifecycle import Action, Code, State
from mentorship.services import approvals, away, erasure, handing_over, leaving, messages, safety, steps
from mentorship.services.doctor import findings
from mentorship.services.ladders import Chosen
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Approval, Offer
from tests.factories import NOW, a_cohort, a_mentor, a_mentorship, a_person, a_request
from tests.ticking import tick, told

DAY = timedelta(days=1)


@pytest.fixture
def pair(session):
    cohort = a_cohort(session)
    return a_mentorship(session, a_request(session, cohort), a_mentor(session, cohort))


@pytest.fixture
def successor(session, pair):
    return a_mentor(session, pair.request.cohort, capacity=1)


def asked(session, pair, successor):
    return handing_over.propose_successor(session, pair, pair.mentor, successor, at=NOW)


def test_nothing_changes_before_both_have_agreed(session, pair, successor):
    hand_over = asked(session, pair, successor)
    assert told(session, successor)[-1] == "take_over"
    assert told(session, pair.newcomer)[-1] == "new_mentor"

    assert handing_over.answer(session, hand_over, successor, agrees=True, at=NOW) is None

    assert pair.state is State.ACTIVE


@pytest.mark.parametrize("first", ["successor", "newcomer"])
def test_with_both_consents_the_old_ends_and_the_new_continues_it(session, pair, successor, first):
    steps.choose(session, pair, pair.newcomer, Chosen(words="Host a small meeting"), at=NOW)
    hand_over = asked(session, pair, successor)
    people = [successor, pair.newcomer] if first == "successor" else [pair.newcomer, successor]

    handing_over.answer(session, hand_over, people[0], agrees=True, at=NOW)
    new = handing_over.answer(session, hand_over, people[1], agrees=True, at=NOW)

    assert (pair.state, pair.events[-1].action, pair.events[-1].code) == (
        State.ENDED,
        Action.HAND_OVER,
        Code.HANDED_OVER,
    )
    assert (new.state, new.continues_id, new.mentor_id) == (State.ACCEPTED, pair.id, successor.id)
    assert [event.action for event in new.events] == [Action.PROPOSE, Action.ACCEPT]
    assert [step.title for step in steps.steps_of(session, new)] == ["Host a small meeting"]
    assert told(session, pair.newcomer)[-1] == "accepted"
    assert findings(session) == {}


def test_the_old_mentors_way_to_the_messages_ends_at_once_and_the_new_one_sees_none_of_them(
    session, pair, successor
):
    messages.write_to_pair(session, pair, pair.newcomer, "Between the two of us.", at=NOW)
    hand_over = asked(session, pair, successor)
    handing_over.answer(session, hand_over, successor, agrees=True, at=NOW)
    new = handing_over.answer(session, hand_over, pair.newcomer, agrees=True, at=NOW)

    with pytest.raises(WrongState):
        messages.write_to_pair(session, pair, pair.mentor, "One more thing", at=NOW)
    with pytest.raises(NotFound):
        messages.write_to_pair(session, pair, successor, "Hello", at=NOW)
    assert messages.thread_of_pair(session, new) == []


@pytest.mark.parametrize("who", ["successor", "newcomer"])
def test_a_no_leaves_everything_as_it_is_and_names_nobody(session, pair, successor, who):
    hand_over = asked(session, pair, successor)
    person = successor if who == "successor" else pair.newcomer

    assert handing_over.answer(session, hand_over, person, agrees=False, at=NOW) is None

    assert pair.state is State.ACTIVE
    assert told(session, pair.mentor)[-1] == "not_handed_over"
    assert told(session, pair.mentor, "not_handed_over")[0].values == {}
    with pytest.raises(WrongState):
        handing_over.answer(session, hand_over, successor, agrees=True, at=NOW)


def test_without_an_answer_it_is_given_up_after_a_week(session, pair, successor):
    hand_over = asked(session, pair, successor)

    assert "give up a hand-over" not in tick(session, NOW + 6 * DAY)
    assert "give up a hand-over" in tick(session, NOW + 7 * DAY)

    assert hand_over.closed_at == NOW + 7 * DAY
    assert pair.state is State.ACTIVE


def test_only_who_is_asked_may_answer_and_one_is_asked_at_a_time(session, pair, successor):
    hand_over = asked(session, pair, successor)

    with pytest.raises(NotFound):
        handing_over.answer(session, hand_over, a_person(session), agrees=True, at=NOW)
    with pytest.raises(AlreadyOpen):
        asked(session, pair, a_mentor(session, pair.request.cohort))


def test_the_rules_hold_for_a_successor_too(session, pair, successor):
    safety.block(session, pair.newcomer, successor, at=NOW)
    full = a_mentor(session, pair.request.cohort, capacity=1)
    a_mentorship(session, a_request(session, pair.request.cohort), full)

    with pytest.raises(NotPossible):
        asked(session, pair, successor)
    with pytest.raises(MentorFull):
        asked(session, pair, full)
    with pytest.raises(NotPossible):
        asked(session, pair, a_mentor(session, pair.request.cohort, approved=False))
    with pytest.raises(NotPossible, match="language"):
        asked(session, pair, a_mentor(session, pair.request.cohort, languages={"fr": 6}))


def test_a_block_after_her_yes_still_stops_it(session, pair, successor):
    hand_over = asked(session, pair, successor)
    handing_over.answer(session, hand_over, successor, agrees=True, at=NOW)
    safety.block(session, successor, pair.newcomer, at=NOW)

    with pytest.raises(WrongState):
        handing_over.answer(session, hand_over, pair.newcomer, agrees=True, at=NOW)

    open_ones = session.scalars(select(Mentorship).where(Mentorship.ended_at.is_(None))).all()
    assert open_ones == [pair]


BLOCKS = {
    "the newcomer blocks the successor": ("newcomer", "successor"),
    "the successor blocks the newcomer": ("successor", "newcomer"),
    "the successor blocks the mentor": ("successor", "mentor"),
    "the mentor blocks the newcomer": ("mentor", "newcomer"),
}


@pytest.mark.parametrize("which", BLOCKS)
def test_a_block_between_two_of_the_three_closes_it_at_once(session, pair, successor, which):
    hand_over = asked(session, pair, successor)
    people = {"newcomer": pair.newcomer, "mentor": pair.mentor, "successor": successor}
    one, other = (people[each] for each in BLOCKS[which])

    safety.block(session, one, other, at=NOW)

    assert hand_over.closed_at == NOW
    assert handing_over.asked_of(session, successor) == []
    assert told(session, pair.newcomer)[-1] != "new_mentor"


def test_a_block_of_somebody_else_leaves_it_open(session, pair, successor):
    hand_over = asked(session, pair, successor)

    safety.block(session, pair.newcomer, a_mentor(session, pair.request.cohort), at=NOW)
    safety.block(session, successor, a_person(session), at=NOW)

    assert hand_over.closed_at is None


GONE = {
    "leaves the group": lambda session, pair, her: leaving.leave(session, her, pair.request.cohort, at=NOW),
    "mentors no longer": lambda session, _, her: away.leave_as_mentor(
        session, session.get_one(Offer, her.id), at=NOW
    ),
    "is erased": lambda session, _, her: erasure.erase(session, her, at=NOW, key=b"k"),
    "is no longer approved": lambda session, pair, her: approvals.withdraw(
        session, session.get_one(Approval, her.id), by=pair.request.cohort.coordinators[0].person, at=NOW
    ),
}


@pytest.mark.parametrize("how", GONE)
def test_a_successor_who_goes_is_asked_no_longer_and_the_two_go_on(session, pair, successor, how):
    hand_over = asked(session, pair, successor)

    GONE[how](session, pair, successor)

    assert hand_over.closed_at == NOW
    assert told(session, pair.mentor)[-1] == "not_handed_over"
    assert pair.state is State.ACTIVE


def test_who_leaves_another_group_is_asked_still(session, pair, successor):
    hand_over = asked(session, pair, successor)

    leaving.leave(session, successor, a_cohort(session, "Another"), at=NOW)

    assert hand_over.closed_at is None
