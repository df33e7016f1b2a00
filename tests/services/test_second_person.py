"""The second person of a pair: called by the newcomer's first word or the mentor's absence alone."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mentorship.rules.errors import BadInput, NotAllowed, NotFound, TooMany, WrongState
from mentorship.rules.lifecycle import Action, Party, State
from mentorship.services import approvals, away, leaving, mentorships, messages, safety, second_person
from mentorship.services.erasure import erase
from mentorship.services.own_data import own_data
from mentorship.store.offers import Approval, Offer
from mentorship.store.safety import ReportMessage
from mentorship.store.together import Message
from tests.factories import NOW, a_cohort, a_mentor, a_mentorship, a_person, a_request
from tests.ticking import told

SAID = "May I ask you something else?"


@pytest.fixture
def pair(session):
    cohort = a_cohort(session)
    mentor = a_mentor(session, cohort, a_person(session, "Rosa"))
    a_mentor(session, cohort, a_person(session, "Nadia"), backup=True)
    return a_mentorship(session, a_request(session, cohort), mentor)


def writes(session, pair, author, words=SAID, at=NOW):
    return messages.write_aside(session, pair, author, words, at=at)


def is_called(session, pair, at=NOW):
    return second_person.is_called(session, pair, at=at)


def test_she_is_called_by_the_newcomer_s_first_word_and_answers(session, pair):
    assert not is_called(session, pair)
    with pytest.raises(NotAllowed):
        writes(session, pair, pair.backup)

    writes(session, pair, pair.newcomer)

    assert is_called(session, pair)
    assert told(session, pair.backup)[-1] == "message"
    writes(session, pair, pair.backup, "Yes, of course.")
    assert told(session, pair.newcomer)[-1] == "message"
    assert [each.words for each in messages.thread_aside(session, pair)] == [SAID, "Yes, of course."]


def test_neither_the_pair_s_thread_nor_the_mentor_has_any_of_it(session, pair):
    before = told(session, pair.mentor)

    writes(session, pair, pair.newcomer)

    assert messages.thread_of_pair(session, pair) == []
    assert messages.thread_of_request(session, pair.request) == []
    assert told(session, pair.mentor) == before
    with pytest.raises(NotFound):
        writes(session, pair, pair.mentor)


def test_while_the_mentor_is_away_she_may_write_first_and_all_are_told(session, pair):
    back = NOW + timedelta(days=9)

    away.go_away(session, session.get_one(Offer, pair.mentor_id), back, at=NOW)

    assert told(session, pair.newcomer)[-1] == "mentor_away_until"
    assert told(session, pair.backup)[-1] == "stand_by"
    writes(session, pair, pair.backup, "I am here.")
    assert is_called(session, pair)


def test_what_she_wrote_herself_in_the_absence_does_not_call_her_afterwards(session, pair):
    back = NOW + timedelta(days=9)
    away.go_away(session, session.get_one(Offer, pair.mentor_id), back, at=NOW)
    writes(session, pair, pair.backup, "I am here.")
    later = back + timedelta(days=1)

    assert not is_called(session, pair, at=later)
    with pytest.raises(NotAllowed):
        writes(session, pair, pair.backup, "Still here.", at=later)
    assert [each.words for each in messages.thread_aside(session, pair)] == ["I am here."]
    writes(session, pair, pair.newcomer, at=later)
    assert is_called(session, pair, at=later)


def test_she_who_leaves_the_cohort_is_no_one_s_second_person_there_and_stays_it_elsewhere(session, pair):
    backup, cohort = pair.backup, pair.request.cohort
    other = a_cohort(session, "Autumn")
    elsewhere = a_mentorship(session, a_request(session, other), a_mentor(session, other))
    elsewhere.backup = backup
    session.flush()

    leaving.leave(session, backup, cohort, at=NOW)

    assert (pair.backup, pair.state, elsewhere.backup) == (None, State.ACTIVE, backup)
    with pytest.raises(WrongState):
        writes(session, pair, pair.newcomer)


def test_once_the_mentor_is_back_she_sees_no_more_than_before(session, pair):
    offer = session.get_one(Offer, pair.mentor_id)
    away.go_away(session, offer, NOW + timedelta(days=9), at=NOW)
    assert is_called(session, pair)

    away.come_back(session, offer, at=NOW)

    assert told(session, pair.newcomer)[-1] == "mentor_back"
    assert told(session, pair.backup)[-1] == "stood_by"
    assert not is_called(session, pair)
    away.come_back(session, offer, at=NOW)
    assert told(session, pair.newcomer).count("mentor_back") == 1
    assert told(session, pair.backup).count("stood_by") == 1


def test_an_absence_said_twice_is_told_once_and_a_longer_one_to_the_newcomer_alone(session, pair):
    offer = session.get_one(Offer, pair.mentor_id)
    back = NOW + timedelta(days=9)
    for _ in range(2):
        away.go_away(session, offer, back, at=NOW)
    assert told(session, pair.newcomer).count("mentor_away_until") == 1

    away.go_away(session, offer, back + timedelta(days=9), at=NOW + timedelta(days=1))

    heard = [row.values["due"] for row in told(session, pair.newcomer, "mentor_away_until")]
    assert len(set(heard)) == 2
    assert told(session, pair.backup).count("stand_by") == 1
    away.go_away(session, offer, back + timedelta(days=40), at=back + timedelta(days=20))
    assert told(session, pair.backup).count("stand_by") == 2  # she had been back


def test_a_backup_who_is_away_herself_does_not_stand_by(session, pair):
    offer = session.get_one(Offer, pair.backup_id)
    away.go_away(session, offer, NOW + timedelta(days=3), at=NOW)

    assert second_person.stands_by(session, pair, at=NOW) is None
    with pytest.raises(WrongState):
        writes(session, pair, pair.newcomer)
    assert second_person.stands_by(session, pair, at=NOW + timedelta(days=4)) is pair.backup
    coordinators = [row.person for row in pair.request.cohort.coordinators]
    assert second_person.stands_in(session, pair) == coordinators


def test_where_nobody_stands_by_the_newcomer_hears_of_a_coordinator(session):
    cohort = a_cohort(session)
    mentor = a_mentor(session, cohort)
    pair = a_mentorship(session, a_request(session, cohort), mentor)
    assert pair.backup is None

    away.go_away(session, session.get_one(Offer, mentor.id), NOW + timedelta(days=9), at=NOW)

    last = told(session, pair.newcomer, "mentor_away_until")[-1]
    assert last.values["other"] == cohort.coordinators[0].person_id
    with pytest.raises(WrongState):
        writes(session, pair, pair.newcomer)


@pytest.mark.parametrize("turned", [False, True])
def test_a_block_between_the_two_ends_it_at_once_and_leaves_the_pair(session, pair, turned):
    backup = pair.backup
    writes(session, pair, pair.newcomer)
    two = (pair.newcomer, backup)

    safety.block(session, *(reversed(two) if turned else two), at=NOW)

    assert (pair.state, pair.backup) == (State.ACTIVE, None)
    assert messages.thread_aside(session, pair) == []
    for author in two:
        with pytest.raises(WrongState):
            writes(session, pair, author)


def test_the_next_backup_reads_nothing_written_to_the_one_before(session, pair):
    writes(session, pair, pair.newcomer)
    first = pair.backup

    pair.backup = a_mentor(session, pair.request.cohort, backup=True)
    session.flush()

    assert messages.thread_aside(session, pair) == []
    assert not is_called(session, pair)
    with pytest.raises(NotFound):
        writes(session, pair, first)


def test_it_stops_with_the_pair_and_with_her_approval(session, pair):
    writes(session, pair, pair.newcomer)
    backup = pair.backup

    by = pair.request.cohort.coordinators[0].person
    approvals.withdraw(session, session.get_one(Approval, backup.id), by=by, at=NOW)
    session.refresh(pair)
    assert pair.backup is None
    with pytest.raises(WrongState):
        writes(session, pair, backup)

    pair.backup = a_mentor(session, pair.request.cohort, backup=True)
    mentorships.act(session, pair, Action.END, party=Party.MENTOR, by=pair.mentor, at=NOW)
    with pytest.raises(WrongState):
        writes(session, pair, pair.newcomer)


@pytest.mark.parametrize("words", ["", "  ", "x" * 10_001])
def test_words_that_cannot_be_sent_are_refused_and_call_nobody(session, pair, words):
    with pytest.raises(BadInput):
        writes(session, pair, pair.newcomer, words)

    assert not is_called(session, pair)


def test_her_words_count_among_those_of_an_hour(session, pair):
    for number in range(messages.MOST_AN_HOUR):
        author = messages.write_aside if number % 2 else messages.write_to_pair
        author(session, pair, pair.newcomer, f"Word {number}", at=NOW)

    with pytest.raises(TooMany):
        writes(session, pair, pair.newcomer)


@pytest.mark.parametrize("whose", ["newcomer", "backup"])
def test_one_s_words_are_in_one_s_data_and_gone_with_one_s_account(session, pair, whose):
    writes(session, pair, pair.newcomer)
    writes(session, pair, pair.backup, "Yes.")
    person = getattr(pair, whose)
    words = {"newcomer": SAID, "backup": "Yes."}[whose]

    assert [row["words"] for row in own_data(session, person)["message"]] == [words]
    erase(session, person, at=NOW, key=b"k" * 32)

    kept = session.scalars(select(Message.words).order_by(Message.id)).all()
    assert words not in kept
    assert len(kept) == 2


def test_either_can_attach_what_the_other_wrote_there_and_the_mentor_cannot(session, pair):
    written = writes(session, pair, pair.newcomer)
    made = safety.report(
        session, "Look.", by=pair.backup, about=pair.newcomer, mentorship=pair, attached=[written], at=NOW
    )
    assert session.scalars(select(ReportMessage.report_id)).all() == [made.id]
    assert made.routed_to_id not in (pair.mentor_id, pair.newcomer_id, pair.backup_id)
    hello = messages.write_to_pair(session, pair, pair.mentor, "Hello.", at=NOW)

    for by, message in ((pair.mentor, written), (pair.backup, hello)):
        with pytest.raises(NotFound):
            safety.report(session, "Look.", by=by, mentorship=pair, attached=[message], at=NOW)
