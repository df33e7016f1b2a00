"""Thanking back, years later too; and whom several would have invited to mentor."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from mentorship.rules.errors import NotFound, TooMany, WrongState
from mentorship.rules.lifecycle import State
from mentorship.services import help_consent, help_records, thanks
from mentorship.services.help_records import Facts
from mentorship.services.to_invite import people_to_invite
from mentorship.store.help import ThankNote
from mentorship.store.outbox import Outbox
from mentorship.store.requests import Shown
from tests.factories import NOW, a_mentor, a_mentorship, a_person, a_request


@pytest.fixture
def pair(session, cohort):
    """A completed mentorship of Amina with Ada."""
    request = a_request(session, cohort, a_person(session, "Amina"))
    mentor = a_mentor(session, cohort, a_person(session, "Ada"))
    return a_mentorship(session, request, mentor, state=State.COMPLETED)


def named(session, pair):
    return help_records.add_member(session, pair.newcomer, pair.mentor.public_id, Facts(), at=NOW)


def count(session, table):
    return session.scalar(select(func.count()).select_from(table))


def told(session, person):
    return list(session.scalars(select(Outbox.kind).where(Outbox.person_id == person.id)))


def test_thanks_reach_the_helper_once_a_month_and_not_after_a_no(session, pair):
    record = named(session, pair)
    thanks.thank(session, record, "Years later: thank you.", at=NOW)
    assert [note.words for note in thanks.thanks_to(session, pair.mentor)] == ["Years later: thank you."]
    with pytest.raises(WrongState):
        thanks.thank(session, record, "Again.", at=NOW + timedelta(days=29))

    help_consent.answer(session, record, agrees=False, at=NOW)
    thanks.thank(session, record, "Again.", at=NOW + timedelta(days=31))

    assert thanks.thanks_to(session, pair.mentor) == []
    assert told(session, pair.mentor).count("thanked") == 1


def test_thanks_are_for_members_and_five_a_day(session, cohort, pair):
    typed = help_records.add_typed(session, pair.newcomer, "Zoé", Facts(), at=NOW)
    with pytest.raises(WrongState):
        thanks.thank(session, typed, "Thank you.", at=NOW)
    records = []
    for _ in range(6):
        shown = a_mentor(session, cohort)
        session.add(Shown(request_id=pair.request_id, mentor_id=shown.id, at=NOW))
        session.flush()
        records.append(help_records.add_member(session, pair.newcomer, shown.public_id, Facts(), at=NOW))
    for record in records[:5]:
        thanks.thank(session, record, "Thank you.", at=NOW)

    with pytest.raises(TooMany):
        thanks.thank(session, records[5], "Thank you.", at=NOW)


def test_a_note_goes_when_one_of_the_two_takes_it_away(session, pair):
    note = thanks.thank(session, named(session, pair), "Thank you.", at=NOW)
    with pytest.raises(NotFound):
        thanks.forget(session, a_person(session), note.public_id)

    thanks.forget(session, pair.mentor, note.public_id)

    assert count(session, ThankNote) == 0


def test_whoever_several_name_is_shown_to_coordinators_where_they_allow_it(session, cohort, coordinator):
    for name, allowed in (("Zoé", True), ("zoé ", True), ("Ines", True), ("Lena", True), ("Lena", False)):
        person = a_request(session, cohort).newcomer
        help_records.add_typed(session, person, name, Facts(may_invite=allowed), at=NOW)

    assert people_to_invite(session, cohort, viewer=coordinator) == ["Zoé"]


def test_a_member_several_name_is_shown_only_after_a_yes_and_not_as_a_mentor(
    session, cohort, coordinator, pair
):
    joy = a_request(session, cohort, a_person(session, "Joy")).newcomer
    records = []
    for _ in range(2):
        request = a_request(session, cohort)
        for helper in (joy, pair.mentor):
            session.add(Shown(request_id=request.id, mentor_id=helper.id, at=NOW))
            session.flush()
            given = Facts(may_invite=True)
            records.append(
                help_records.add_member(session, request.newcomer, helper.public_id, given, at=NOW)
            )
    assert people_to_invite(session, cohort, viewer=coordinator) == []

    for record in records:
        help_consent.answer(session, record, agrees=True, at=NOW)

    assert people_to_invite(session, cohort, viewer=coordinator) == ["Joy"]
