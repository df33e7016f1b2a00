from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from mentorship.rules.errors import Stale, WrongState
from mentorship.rules.lifecycle import Code, Party, State
from mentorship.services import mentorships, rounds, safety
from mentorship.services.publishing import publish
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Offer
from mentorship.store.outbox import Outbox
from mentorship.store.rounds import Pairing, Round, RoundState
from tests.factories import NOW, a_cohort, a_coordinator, a_mentor, a_person, a_request


def a_draft(session, cohort, by=None):
    round_ = rounds.start_round(session, cohort, by=by, at=NOW)
    rounds.compute(session, round_, at=NOW)
    return round_


def kinds_told(session, person):
    query = select(Outbox.kind).where(Outbox.person_id == person.id).order_by(Outbox.id)
    return list(session.scalars(query))


def rows(session, table):
    return session.scalar(select(func.count()).select_from(table))


@pytest.fixture
def cohort(session):
    return a_cohort(session)


@pytest.fixture
def coordinator(cohort):
    return cohort.coordinators[0].person


def test_publishing_asks_every_mentor_and_tells_every_newcomer(session, cohort, coordinator):
    mentor = a_mentor(session, cohort, capacity=2)
    requests = [a_request(session, cohort) for _ in range(2)]
    round_ = a_draft(session, cohort, coordinator)

    publish(session, round_, by=coordinator, at=NOW, seen=round_.version)

    made = session.scalars(select(Mentorship).order_by(Mentorship.request_id)).all()
    assert [(each.request_id, each.mentor_id, each.state) for each in made] == [
        (request.id, mentor.id, State.PROPOSED) for request in requests
    ]
    assert {each.round_id for each in made} == {round_.id}
    assert {(each.events[0].party, each.events[0].code) for each in made} == {(Party.COORDINATOR, Code.ROUND)}
    assert kinds_told(session, mentor) == ["ask", "ask"]
    assert [kinds_told(session, request.newcomer) for request in requests] == [["asked"], ["asked"]]
    assert round_.state is RoundState.PUBLISHED
    assert len(round_.pairings) == 2


def test_a_mentor_who_accepts_what_a_round_gives_her_has_said_yes(session, cohort, coordinator):
    mentor = a_mentor(session, cohort)
    session.get(Offer, mentor.id).accepts_rounds = True
    request = a_request(session, cohort)
    round_ = a_draft(session, cohort)

    publish(session, round_, by=coordinator, at=NOW, seen=round_.version)

    made = session.scalars(select(Mentorship)).one()
    assert made.state is State.ACCEPTED
    assert made.events[-1].person_id == mentor.id
    assert kinds_told(session, request.newcomer) == ["asked", "accepted"]


def test_who_is_left_out_hears_of_languages_or_places_and_the_next_date(session, cohort, coordinator):
    cohort.next_round_on = NOW.date()
    a_mentor(session, cohort, capacity=1)
    a_request(session, cohort)
    second = a_request(session, cohort, at=NOW)
    third = a_request(session, cohort, languages={"ff": 6})
    round_ = a_draft(session, cohort)
    alone = {row.request for row in round_.left_out}
    assert third in alone
    assert len(alone) == 2

    publish(session, round_, by=coordinator, at=NOW, seen=round_.version)

    assert cohort.next_round_on == date(2026, 3, 30)
    assert kinds_told(session, third.newcomer) == ["no_language_yet"]
    other = (alone - {third}).pop()
    assert kinds_told(session, other.newcomer) == ["waiting"]
    assert third.word_due_at.date() == date(2026, 3, 30)
    assert second.word_due_at > NOW


def test_a_round_with_one_pairing_that_is_no_longer_possible_sends_nothing(fresh_database):
    with Session(fresh_database) as session:
        cohort = a_cohort(session)
        coordinator = cohort.coordinators[0].person
        for _ in range(3):
            a_mentor(session, cohort, capacity=1)
            a_request(session, cohort)
        round_ = a_draft(session, cohort)
        last = max(round_.pairings, key=lambda pairing: pairing.mentor_id)
        session.get(Offer, last.mentor_id).away_until = NOW + timedelta(days=5)
        session.commit()

        with pytest.raises(Stale, match="no longer possible"):
            publish(session, round_, by=coordinator, at=NOW, seen=round_.version)
        session.rollback()

    with Session(fresh_database) as session:
        assert rows(session, Mentorship) == 0
        assert rows(session, Outbox) == 0
        assert session.scalars(select(Round)).one().state is RoundState.DRAFT
        assert rows(session, Pairing) == 3


def test_a_mentor_who_filled_up_meanwhile_is_named(session, cohort, coordinator):
    mentor = a_mentor(session, cohort, a_person(session, "Ada"), capacity=1)
    request = a_request(session, cohort)
    round_ = a_draft(session, cohort)
    other = a_request(session, cohort, at=NOW)
    mentorships.propose(
        session, other, mentor, party=Party.NEWCOMER, by=other.newcomer, code=Code.ASKED, at=NOW
    )

    with pytest.raises(Stale, match="Ada"):
        publish(session, round_, by=coordinator, at=NOW, seen=round_.version)
    assert request.state == "open"


def test_a_block_made_since_takes_the_pair_out_of_the_draft(session, cohort, coordinator):
    mentor = a_mentor(session, cohort)
    request = a_request(session, cohort)
    round_ = a_draft(session, cohort)
    safety.block(session, request.newcomer, mentor, at=NOW)

    publish(session, round_, by=coordinator, at=NOW, seen=round_.version)

    assert rows(session, Mentorship) == 0


def test_a_newcomer_who_took_her_request_back_stops_the_publishing(session, cohort, coordinator):
    a_mentor(session, cohort)
    request = a_request(session, cohort, a_person(session, "Amina"))
    round_ = a_draft(session, cohort)
    request.confirm_again = True

    with pytest.raises(Stale, match="Amina no longer waits"):
        publish(session, round_, by=coordinator, at=NOW, seen=round_.version)


def test_one_who_asked_directly_is_out_of_the_draft_and_the_rest_is_published(session, cohort, coordinator):
    mentor = a_mentor(session, cohort, capacity=3)
    first, second = a_request(session, cohort), a_request(session, cohort)
    round_ = a_draft(session, cohort)
    mentorships.propose(
        session, first, mentor, party=Party.NEWCOMER, by=first.newcomer, code=Code.ASKED, at=NOW
    )
    session.expire(round_, ["pairings"])

    publish(session, round_, by=coordinator, at=NOW, seen=round_.version)

    assert [pairing.request for pairing in round_.pairings] == [second]
    assert kinds_told(session, first.newcomer) == ["asked"]


def test_publishing_twice_does_one_thing(session, cohort, coordinator):
    a_mentor(session, cohort)
    a_request(session, cohort)
    round_ = a_draft(session, cohort)
    seen = round_.version
    publish(session, round_, by=coordinator, at=NOW, seen=seen)
    made, told = rows(session, Mentorship), rows(session, Outbox)

    publish(session, round_, by=coordinator, at=NOW, seen=seen)

    assert (rows(session, Mentorship), rows(session, Outbox)) == (made, told)


def test_of_two_coordinators_the_second_is_told_that_it_was_published(session, cohort, coordinator):
    other = a_coordinator(session, cohort)
    a_mentor(session, cohort)
    a_request(session, cohort)
    round_ = a_draft(session, cohort)
    seen = round_.version
    publish(session, round_, by=coordinator, at=NOW, seen=seen)

    with pytest.raises(Stale):
        publish(session, round_, by=other, at=NOW, seen=seen)


def test_a_discarded_round_cannot_be_published(session, cohort, coordinator):
    round_ = a_draft(session, cohort)
    rounds.discard(session, round_, by=coordinator, at=NOW)

    with pytest.raises(WrongState):
        publish(session, round_, by=coordinator, at=NOW, seen=round_.version)


def test_a_pairing_of_her_own_is_not_published_but_handed_to_the_others(session, cohort, coordinator):
    herself = a_mentor(session, cohort, a_person(session, "Ada"), capacity=1)
    a_coordinator(session, cohort, herself)
    mine, other = a_request(session, cohort), a_request(session, cohort)
    a_mentor(session, cohort, capacity=1)
    round_ = a_draft(session, cohort)
    own = next(pairing.request for pairing in round_.pairings if pairing.mentor_id == herself.id)
    rest = mine if own is other else other

    publish(session, round_, by=herself, at=NOW, seen=round_.version)

    assert [each.request_id for each in session.scalars(select(Mentorship))] == [rest.id]
    assert own.needs_coordinator
    assert kinds_told(session, own.newcomer) == ["chosen_by_hand"]
    assert "look_for_mentor" in kinds_told(session, coordinator)


def test_the_database_refuses_to_change_what_a_published_round_holds(session, cohort, coordinator):
    a_mentor(session, cohort)
    a_request(session, cohort)
    round_ = a_draft(session, cohort)
    publish(session, round_, by=coordinator, at=NOW, seen=round_.version)
    session.flush()
    session.delete(round_.pairings[0])

    with pytest.raises(DBAPIError, match="published round"):
        session.flush()
