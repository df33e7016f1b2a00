"""How a coordinator may reach someone without e-mail."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mentorship.rules.errors import BadInput, NotFound
from mentorship.services import accounts, inbox, reaching, today
from mentorship.services.erasure import erase
from mentorship.services.outbox import tell
from mentorship.services.safety import block
from mentorship.store.people import Address, ReachNote
from mentorship.store.safety import Audit
from tests.factories import NOW, a_cohort, a_coordinator, a_mentor, a_mentorship, a_person, a_request

LATER = NOW + timedelta(days=1)


@pytest.fixture
def cohort(session):
    return a_cohort(session)


@pytest.fixture
def coordinator(cohort):
    return cohort.coordinators[0].person


@pytest.fixture
def her(session, cohort):
    """A member without e-mail, who left a note and was told something."""
    person = a_person(session, "Hawa")
    accounts.join_cohort(session, person, cohort, at=NOW)
    reaching.keep(session, person, "My sister's phone, ask for H.", at=NOW)
    tell(session, person, "request_closed", at=NOW)
    session.flush()
    return person


def waiting(session, cohort, viewer, at=LATER):
    return [person.name for person, _ in reaching.waiting_in(session, cohort, viewer=viewer, at=at)]


def test_a_notice_that_waits_a_while_stands_in_today_and_a_fresh_one_does_not(
    session, cohort, coordinator, her
):
    assert waiting(session, cohort, coordinator, at=NOW + timedelta(hours=1)) == []
    assert waiting(session, cohort, coordinator) == ["Hawa"]
    items = today.today(session, cohort, viewer=coordinator, at=LATER)
    assert [(item.kind, item.person, item.since) for item in items] == [("reach", her, NOW)]


def test_it_goes_once_she_has_read_it_or_was_reached_and_comes_back_with_something_new(
    session, cohort, coordinator, her
):
    reaching.reached_out(session, her, by=coordinator, at=LATER)
    assert waiting(session, cohort, coordinator) == []

    tell(session, her, "request_closed", at=LATER + timedelta(hours=1))
    session.flush()
    assert waiting(session, cohort, coordinator, at=LATER + timedelta(days=1)) == ["Hawa"]

    seen = {notice.row.public_id for notice in inbox.notices_of(session, her)}
    inbox.mark_read(session, her, seen, at=LATER + timedelta(days=1))
    assert waiting(session, cohort, coordinator, at=LATER + timedelta(days=2)) == []


def test_who_can_be_mailed_or_left_no_note_is_nobody_to_reach(session, cohort, coordinator, her):
    session.add(Address(person_id=her.id, email="h@mail.example"))
    session.flush()
    assert waiting(session, cohort, coordinator) == ["Hawa"]  # not confirmed: nothing is mailed there

    session.scalars(select(Address)).one().confirmed_at = NOW
    session.flush()
    assert waiting(session, cohort, coordinator) == []
    with pytest.raises(NotFound):
        reaching.someone_within_reach(session, cohort, her.public_id, coordinator)

    session.delete(session.scalars(select(Address)).one())
    reaching.keep(session, her, "  ", at=NOW)
    assert waiting(session, cohort, coordinator) == []


def test_each_reading_is_written_down_for_her_to_see(session, cohort, coordinator, her):
    assert reaching.readings(session, her) == []

    words = reaching.read(session, her, by=coordinator, at=LATER)

    assert words == "My sister's phone, ask for H."
    assert reaching.readings(session, her) == [(coordinator, LATER)]
    row = session.scalars(select(Audit).where(Audit.person_id == her.id)).one()
    assert (row.act, row.actor_id) == ("read_reach_note", coordinator.id)


def test_a_coordinator_of_another_cohort_or_a_stranger_finds_nobody(session, cohort, her):
    elsewhere = a_cohort(session, "Autumn")

    with pytest.raises(NotFound):
        reaching.someone_within_reach(session, elsewhere, her.public_id, elsewhere.coordinators[0].person)
    with pytest.raises(NotFound):
        reaching.someone_within_reach(session, cohort, "an-id-nobody-had", her)


def test_neither_the_one_she_blocked_nor_her_own_mentor_reads_it(session, cohort, her):
    mentor = a_mentor(session, cohort, a_coordinator(session, cohort))
    blocked, other = a_coordinator(session, cohort), a_coordinator(session, cohort)
    a_mentorship(session, a_request(session, cohort, her), mentor)
    block(session, her, blocked, at=NOW)

    for viewer in (mentor, blocked, her):
        assert "Hawa" not in waiting(session, cohort, viewer)
        with pytest.raises(NotFound):
            reaching.someone_within_reach(session, cohort, her.public_id, viewer)
    assert reaching.someone_within_reach(session, cohort, her.public_id, other) == her


def test_a_mentor_without_e_mail_can_be_reached_too(session, cohort, coordinator):
    mentor = a_mentor(session, cohort, a_person(session, "Ada"))
    reaching.keep(session, mentor, "My user page.", at=NOW)
    tell(session, mentor, "still_here", at=NOW)
    session.flush()

    assert waiting(session, cohort, coordinator) == ["Ada"]


def test_too_long_a_note_is_refused_and_it_goes_with_her_account(session, her):
    with pytest.raises(BadInput):
        reaching.keep(session, her, "a" * 301, at=NOW)

    erase(session, her, at=NOW, key=b"a key for these tests alone, of no use")

    assert session.query(ReachNote).count() == 0
