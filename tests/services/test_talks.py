"""The first talk of a pair: proposed by one, agreed by the other."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mentorship.rules.errors import BadInput, NotFound, Stale, WrongState
from mentorship.rules.lifecycle import Action, Party, State
from mentorship.services import talks
from mentorship.services.erasure import erase
from mentorship.services.mentorships import act
from mentorship.store.outbox import Outbox
from mentorship.store.people import DayPart
from mentorship.store.together import Talk
from tests.factories import NOW, a_cohort, a_mentor, a_mentorship, a_person, a_request


def free(person, zone="UTC", *, days=("weekday", "weekend"), parts=("morning", "afternoon", "evening")):
    person.time_zone = zone
    person.day_parts.extend(DayPart(day=day, part=part) for day in days for part in parts)


@pytest.fixture
def pair(session, cohort):
    made = a_mentorship(session, a_request(session, cohort), a_mentor(session, cohort), state=State.ACCEPTED)
    free(made.newcomer)
    free(made.mentor, "Africa/Lagos")
    session.flush()
    return made


@pytest.fixture
def cohort(session):
    return a_cohort(session)


def told(session, person):
    query = select(Outbox.kind).where(Outbox.person_id == person.id, Outbox.kind.like("talk%"))
    return list(session.scalars(query.order_by(Outbox.id)))


def test_one_proposes_the_other_agrees_and_both_are_told_once(session, pair):
    start = talks.proposals(pair, at=NOW)[0]

    for _ in range(2):
        talks.propose(session, pair, pair.mentor, start, at=NOW)
    assert (told(session, pair.newcomer), told(session, pair.mentor)) == (["talk_proposed"], [])
    for _ in range(2):
        talks.agree(session, pair, pair.newcomer, start, at=NOW)

    assert told(session, pair.mentor) == ["talk_agreed"]
    assert talks.talk_of(session, pair).agreed_at == NOW
    assert pair.state is State.ACTIVE  # a sign of contact, as a hello is


def test_what_both_propose_is_agreed(session, pair):
    start = talks.proposals(pair, at=NOW)[1]
    talks.propose(session, pair, pair.mentor, start, at=NOW)

    talks.propose(session, pair, pair.newcomer, start, at=NOW)

    assert talks.talk_of(session, pair).agreed_at == NOW


def test_nobody_agrees_to_her_own_proposal_nor_to_one_that_was_changed(session, pair):
    first, second = talks.proposals(pair, at=NOW)[:2]
    talks.propose(session, pair, pair.mentor, first, at=NOW)
    with pytest.raises(WrongState):
        talks.agree(session, pair, pair.mentor, first, at=NOW)

    talks.propose(session, pair, pair.mentor, second, at=NOW)
    with pytest.raises(Stale):
        talks.agree(session, pair, pair.newcomer, first, at=NOW)
    with pytest.raises(Stale):
        talks.agree(session, pair, pair.newcomer, second, at=second)

    assert talks.talk_of(session, pair).agreed_at is None


def test_another_time_after_an_agreed_one_has_to_be_agreed_anew(session, pair):
    first, second = talks.proposals(pair, at=NOW)[:2]
    talks.propose(session, pair, pair.mentor, first, at=NOW)
    talks.agree(session, pair, pair.newcomer, first, at=NOW)

    talks.propose(session, pair, pair.newcomer, second, at=NOW)

    assert talks.talk_of(session, pair).agreed_at is None
    assert session.query(Talk).count() == 1


@pytest.mark.parametrize("hours", [1, 30 * 24, 24 * 3 + 2])
def test_a_time_that_does_not_suit_both_is_refused(session, pair, hours):
    """In the past, too far ahead, or at night."""
    start = NOW + timedelta(hours=hours) if hours != 1 else NOW - timedelta(hours=1)
    if hours == 24 * 3 + 2:
        start = (NOW + timedelta(days=3)).replace(hour=2)

    with pytest.raises(BadInput):
        talks.propose(session, pair, pair.mentor, start, at=NOW)


def test_who_prefers_writing_or_ticked_nothing_is_proposed_no_time(session, pair):
    assert talks.proposals(pair, at=NOW)
    pair.newcomer.prefers_writing = True
    assert talks.proposals(pair, at=NOW) == []
    pair.newcomer.prefers_writing = False
    pair.mentor.day_parts.clear()
    assert talks.proposals(pair, at=NOW) == []


def test_a_proposal_or_an_agreed_talk_can_be_taken_back_and_the_other_hears_it(session, pair):
    start = talks.proposals(pair, at=NOW)[0]
    talks.propose(session, pair, pair.mentor, start, at=NOW)

    for _ in range(2):
        talks.call_off(session, pair, pair.newcomer, at=NOW)

    assert talks.talk_of(session, pair) is None
    assert told(session, pair.mentor) == ["talk_called_off"]


def test_a_stranger_finds_nothing_and_an_ended_pair_finds_no_time(session, pair):
    start = talks.proposals(pair, at=NOW)[0]
    for who in (a_person(session), pair.request.cohort.coordinators[0].person):
        with pytest.raises(NotFound):
            talks.propose(session, pair, who, start, at=NOW)
    act(session, pair, Action.END, party=Party.MENTOR, by=pair.mentor, at=NOW)
    with pytest.raises(WrongState):
        talks.propose(session, pair, pair.mentor, start, at=NOW)


def test_erasing_takes_her_talks_along(session, pair):
    start = talks.proposals(pair, at=NOW)[0]
    talks.propose(session, pair, pair.mentor, start, at=NOW)

    erase(session, pair.newcomer, at=NOW, key=b"a key for these tests alone, of no use")

    assert session.query(Talk).count() == 0
