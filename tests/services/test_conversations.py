from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from mentorship.rules.errors import BadInput, NotAllowed, NotFound, Stale, WrongState
from mentorship.services import accounts, calls, conversations, erasure, leaving, safety
from mentorship.store.conversations import Participation
from tests.factories import NOW, a_cohort, a_person
from tests.ticking import tick, told

KEY = b"a key for tests, long enough to be one"
STARTS = NOW + timedelta(days=10)
AFTER = STARTS + timedelta(hours=2)


@pytest.fixture
def member(session, cohort):
    def make(name=None):
        person = a_person(session, name)
        accounts.join_cohort(session, person, cohort, at=NOW)
        return person

    return make


@pytest.fixture
def ada(member):
    return member("Ada")


@pytest.fixture
def call(session, cohort, ada):
    return conversations.host(session, cohort, ada, starts_at=STARTS, link="https://call.example/1", at=NOW)


def test_a_conversation_is_there_because_someone_hosts_it_and_she_is_signed_up(session, cohort, call, ada):
    assert calls.coming(session, cohort, ada, at=NOW) == [call]
    assert calls.participation_of(session, call, ada) is not None
    assert call.month == date(2026, 3, 1)


def test_the_area_goes_round_month_by_month(session, cohort, ada, call):
    months = [NOW + timedelta(days=31 * n) for n in (1, 2, 3)]
    made = [conversations.host(session, cohort, ada, starts_at=month, at=NOW) for month in months]

    assert [one.area for one in (call, *made)] == ["programs", "leadership", "technical-spaces", "programs"]


def test_a_cancelled_conversation_takes_no_turn_and_no_month(session, cohort, ada, call):
    conversations.cancel(session, call, ada, at=NOW)

    again = conversations.host(session, cohort, ada, starts_at=STARTS, at=NOW)

    assert again.area == "programs"
    assert calls.coming(session, cohort, ada, at=NOW) == [again]


def test_there_is_one_conversation_a_month_in_a_cohort(session, cohort, ada, call):
    with pytest.raises(BadInput) as refused:
        conversations.host(session, cohort, ada, starts_at=STARTS + timedelta(days=3), at=NOW)

    assert refused.value.field == "starts_at"
    other = a_cohort(session, "Autumn")
    assert conversations.host(session, other, ada, starts_at=STARTS, at=NOW).area == "programs"


def test_the_database_too_holds_one_a_month(session, cohort, call, ada, monkeypatch):
    monkeypatch.setattr(conversations, "_check_month", lambda *_, **__: None)

    with pytest.raises(Stale):
        conversations.host(session, cohort, ada, starts_at=STARTS, at=NOW)


@pytest.mark.parametrize("when", [NOW, NOW - timedelta(days=1), NOW + timedelta(days=200)])
def test_a_beginning_is_to_come_and_near_enough_to_be_a_promise(session, cohort, ada, when):
    with pytest.raises(BadInput):
        conversations.host(session, cohort, ada, starts_at=when, at=NOW)


def test_signing_up_twice_is_once_and_taking_it_back_needs_no_word(session, cohort, call, member):
    noor = member()
    for _ in range(2):
        conversations.sign_up(session, call, noor, at=NOW)
    assert calls.count(session, call) == 2

    for _ in range(2):
        conversations.take_back(session, call, noor)

    assert calls.count(session, call) == 1
    assert told(session, call.host) == []


def test_the_host_cancels_instead_of_taking_back(session, call, ada):
    with pytest.raises(NotAllowed):
        conversations.take_back(session, call, ada)


def test_nobody_signs_up_once_it_has_begun_or_is_cancelled(session, cohort, call, ada, member):
    with pytest.raises(WrongState):
        conversations.sign_up(session, call, member(), at=STARTS)
    conversations.cancel(session, call, ada, at=NOW)
    with pytest.raises(WrongState):
        conversations.sign_up(session, call, member(), at=NOW)


def test_those_who_signed_up_are_reminded_once_a_day_before(session, cohort, call, ada, member):
    noor, late, away = member(), member(), member()
    conversations.sign_up(session, call, noor, at=NOW)
    conversations.sign_up(session, call, away, at=NOW)
    conversations.take_back(session, call, away)
    assert "remind of a conversation" not in tick(session, STARTS - timedelta(hours=25))

    tick(session, STARTS - timedelta(hours=24))
    conversations.sign_up(session, call, late, at=STARTS - timedelta(hours=3))
    tick(session, STARTS - timedelta(hours=2))

    assert [told(session, one, "call_tomorrow") != [] for one in (ada, noor, late, away)] == [
        True, True, False, False,
    ]  # fmt: skip
    assert len(told(session, noor)) == 1


def test_nobody_is_reminded_of_what_is_cancelled_or_has_begun(session, cohort, call, ada):
    tick(session, STARTS)
    assert told(session, ada) == []
    conversations.cancel(session, call, ada, at=NOW)

    tick(session, STARTS - timedelta(hours=1))

    assert told(session, ada) == []


def test_all_who_signed_up_are_told_when_it_is_cancelled(session, cohort, call, ada, coordinator, member):
    noor, other = member(), member()
    conversations.sign_up(session, call, noor, at=NOW)

    for _ in range(2):
        conversations.cancel(session, call, coordinator, at=NOW)

    assert told(session, noor) == told(session, ada) == ["call_cancelled"]
    assert told(session, other) == []
    assert calls.coming(session, cohort, noor, at=NOW) == []


def test_another_time_is_told_and_reminds_anew(session, cohort, call, ada, member):
    noor, moved = member(), STARTS + timedelta(days=30)
    conversations.sign_up(session, call, noor, at=NOW)
    tick(session, STARTS - timedelta(hours=1))

    conversations.change(
        session, call, ada, starts_at=moved, link="", seen=call.version, at=STARTS - timedelta(minutes=30)
    )
    tick(session, moved - timedelta(hours=1))

    assert told(session, noor) == ["call_tomorrow", "call_moved", "call_tomorrow"]
    assert call.month == date(2026, 4, 1)


def test_another_link_alone_is_no_news(session, call, ada, member):
    noor = member()
    conversations.sign_up(session, call, noor, at=NOW)

    conversations.change(
        session, call, ada, starts_at=STARTS, link="https://call.example/2", seen=call.version, at=NOW
    )

    assert (call.link, told(session, noor)) == ("https://call.example/2", [])


def test_only_the_host_or_a_coordinator_changes_or_cancels(session, call, member):
    noor = member()

    with pytest.raises(NotAllowed):
        conversations.cancel(session, call, noor, at=NOW)
    with pytest.raises(NotAllowed):
        conversations.change(session, call, noor, starts_at=STARTS, link="", seen=call.version, at=NOW)


def test_a_page_that_is_old_changes_nothing(session, call, ada):
    with pytest.raises(Stale):
        conversations.change(session, call, ada, starts_at=STARTS, link="", seen=call.version + 1, at=NOW)


def test_who_was_there_says_so_afterwards_signed_up_or_not(session, call, member):
    noor, lin = member(), member()
    conversations.sign_up(session, call, noor, at=NOW)
    with pytest.raises(WrongState):
        conversations.attended(session, call, noor, at=NOW)

    for person in (noor, lin, lin):
        conversations.attended(session, call, person, at=AFTER)

    assert calls.count(session, call, attended=True) == 2
    conversations.take_back(session, call, lin)
    assert calls.count(session, call, attended=True) == 1


@pytest.mark.parametrize("turned", [False, True])
def test_a_block_hides_what_the_other_hosts_and_takes_her_sign_up_away(
    session, cohort, call, ada, member, turned
):
    noor, lin = member(), member()
    for person in (noor, lin):
        conversations.sign_up(session, call, person, at=NOW)

    safety.block(session, *((ada, noor) if turned else (noor, ada)), at=NOW)

    assert calls.coming(session, cohort, noor, at=NOW) == []
    assert calls.coming(session, cohort, lin, at=NOW) == [call]
    assert calls.participation_of(session, call, noor) is None
    assert calls.participation_of(session, call, lin) is not None
    with pytest.raises(NotFound):
        calls.conversation_of(session, cohort, call.public_id, noor)


def test_a_month_taken_across_a_block_is_refused_in_the_words_of_any_other(
    session, cohort, call, ada, member
):
    noor, lin = member(), member()
    safety.block(session, ada, noor, at=NOW)

    said = []
    for person in (noor, lin):
        with pytest.raises(BadInput) as refused:
            conversations.host(session, cohort, person, starts_at=STARTS, at=NOW)
        said.append(str(refused.value))

    assert said[0] == said[1]


def test_who_erases_herself_leaves_no_sign_up_and_what_she_was_to_host_is_cancelled(
    session, cohort, call, ada, member
):
    noor = member()
    conversations.sign_up(session, call, noor, at=NOW)

    erasure.erase(session, ada, at=NOW, key=KEY)

    assert told(session, noor) == ["call_cancelled"]
    assert call.link == ""
    assert session.scalars(select(Participation).where(Participation.person_id == ada.id)).all() == []


def test_who_leaves_the_cohort_cancels_what_she_hosts_there_and_nothing_elsewhere(session, cohort, call, ada):
    autumn = a_cohort(session, "Autumn")
    accounts.join_cohort(session, ada, autumn, at=NOW)
    elsewhere = conversations.host(session, autumn, ada, starts_at=STARTS, at=NOW)

    leaving.leave(session, ada, cohort, at=NOW)

    assert (call.cancelled_at, elsewhere.cancelled_at) == (NOW, None)
    assert calls.participation_of(session, elsewhere, ada) is not None
    assert calls.participation_of(session, call, ada) is None


def test_the_month_is_that_of_the_world_time(session, cohort, ada):
    made = conversations.host(
        session, cohort, ada, starts_at=datetime(2026, 4, 30, 23, 30, tzinfo=UTC), at=NOW
    )

    assert made.month == date(2026, 4, 1)
