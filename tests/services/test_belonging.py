import pytest

from mentorship.rules.errors import NotFound
from mentorship.services import accounts, acquaintance, belonging, leaving, safety
from mentorship.store.people import PersonStatus
from tests.factories import NOW, a_cohort, a_person

KEY = b"a key for tests, long enough to be one"


def a_member(session, cohort, name, *, seen=True):
    person = a_person(session, name)
    accounts.join_cohort(session, person, cohort, at=NOW)
    belonging.be_seen(session, cohort, person, seen=seen)
    return person


@pytest.fixture
def amina(session, cohort):
    return a_member(session, cohort, "Amina")


@pytest.fixture
def noor(session, cohort):
    return a_member(session, cohort, "Noor")


def test_nobody_is_seen_before_she_chooses_it(session, cohort, amina):
    joined = a_person(session, "Lin")
    accounts.join_cohort(session, joined, cohort, at=NOW)

    assert belonging.is_seen(session, cohort, joined) is False
    assert belonging.seen_by(session, cohort, amina) == []


def test_who_is_not_seen_sees_nobody(session, cohort, amina, noor):
    quiet = a_member(session, cohort, "Lin", seen=False)

    assert belonging.seen_by(session, cohort, quiet) == []
    assert belonging.seen_by(session, cohort, amina) == [noor]


def test_one_click_out_holds_at_once_both_ways(session, cohort, amina, noor):
    belonging.be_seen(session, cohort, noor, seen=False)

    assert belonging.seen_by(session, cohort, amina) == []
    assert belonging.seen_by(session, cohort, noor) == []


@pytest.mark.parametrize("turned", [False, True])
def test_a_block_hides_the_two_from_each_other_and_from_nobody_else(session, cohort, amina, noor, turned):
    third = a_member(session, cohort, "Lin")
    safety.block(session, *((noor, amina) if turned else (amina, noor)), at=NOW)

    assert belonging.seen_by(session, cohort, amina) == [third]
    assert belonging.seen_by(session, cohort, noor) == [third]
    assert belonging.seen_by(session, cohort, third) == [amina, noor]


@pytest.mark.parametrize("status", [PersonStatus.HIDDEN, PersonStatus.SUSPENDED])
def test_who_is_hidden_or_suspended_is_not_seen_and_sees_nobody(session, cohort, amina, noor, status):
    noor.status = status
    session.flush()

    assert belonging.seen_by(session, cohort, amina) == []
    assert belonging.seen_by(session, cohort, noor) == []


def test_members_of_another_cohort_are_not_seen(session, cohort, amina):
    autumn = a_cohort(session, "Autumn")
    a_member(session, autumn, "Lin")

    assert belonging.seen_by(session, cohort, amina) == []


def test_who_leaves_is_seen_no_longer(session, cohort, amina, noor):
    leaving.leave(session, noor, cohort, at=NOW)

    assert belonging.seen_by(session, cohort, amina) == []
    with pytest.raises(NotFound):
        belonging.cohort_of(session, cohort.public_id, noor)


def test_those_who_see_each_other_can_block_each_other_and_no_one_else_can(session, cohort, amina, noor):
    quiet = a_member(session, cohort, "Lin", seen=False)

    assert acquaintance.someone_met(session, amina, noor.public_id) == noor
    assert acquaintance.someone_met(session, amina, quiet.public_id) is None
    assert acquaintance.someone_met(session, quiet, amina.public_id) is None


def test_a_stranger_finds_no_cohort_and_a_coordinator_finds_hers(session, cohort, coordinator):
    with pytest.raises(NotFound):
        belonging.cohort_of(session, cohort.public_id, a_person(session))

    assert belonging.cohort_of(session, cohort.public_id, coordinator) == cohort
    assert belonging.is_seen(session, cohort, coordinator) is None
    with pytest.raises(NotFound):
        belonging.be_seen(session, cohort, coordinator, seen=True)
