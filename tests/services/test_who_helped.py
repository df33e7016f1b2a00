"""Who helped her: what she keeps, consent, invitations, thanks; and what a no, a block, a report do."""

import pytest
from sqlalchemy import func, select

from mentorship.rules.errors import BadInput, NotFound, WrongState
from mentorship.rules.helped import Occasion
from mentorship.rules.lifecycle import State
from mentorship.services import accounts, belonging, help_consent, help_records, safety, thanks
from mentorship.services.asking_about import not_to_ask_about
from mentorship.services.erasure import erase
from mentorship.services.help_records import Facts
from mentorship.services.request_outcomes import close
from mentorship.store.help import Help, HelperAnswer, ThankNote
from mentorship.store.outbox import Outbox
from mentorship.store.requests import Outcome, Shown
from mentorship.store.together import CheckIn, CheckInAnswer
from tests.factories import NOW, a_mentor, a_mentorship, a_person, a_request

KEY = b"a key for these tests alone, of no use"


@pytest.fixture
def pair(session, cohort):
    """A completed mentorship of Amina with Ada."""
    request = a_request(session, cohort, a_person(session, "Amina"))
    return a_mentorship(
        session, request, a_mentor(session, cohort, a_person(session, "Ada")), state=State.COMPLETED
    )


def named(session, pair, **facts):
    return help_records.add_member(session, pair.newcomer, pair.mentor.public_id, Facts(**facts), at=NOW)


def count(session, table, *which):
    return session.scalar(select(func.count()).select_from(table).where(*which))


def told(session, person):
    return list(session.scalars(select(Outbox.kind).where(Outbox.person_id == person.id)))


def block(session, pair):
    safety.block(session, pair.newcomer, pair.mentor, at=NOW)


def block_by_the_mentor(session, pair):
    safety.block(session, pair.mentor, pair.newcomer, at=NOW)


def report(session, pair):
    safety.report(session, "It was not good.", by=pair.newcomer, about=pair.mentor, at=NOW)


def report_of_the_pair(session, pair):
    safety.report(session, "It was not good.", by=pair.mentor, mentorship=pair, at=NOW)


def something_wrong(session, pair):
    row = CheckIn(mentorship_id=pair.id, person_id=pair.newcomer_id, day=7, asked_at=NOW)
    row.answer, row.answered_at = CheckInAnswer.SOMETHING_WRONG, NOW
    session.add(row)
    session.flush()


TROUBLES = [block, block_by_the_mentor, report, report_of_the_pair, something_wrong]


@pytest.mark.parametrize("trouble", TROUBLES)
def test_nobody_is_asked_about_a_mentor_after_a_block_a_report_or_something_wrong(session, pair, trouble):
    coordinator = pair.request.cohort.coordinators[0].person
    assert help_records.people_to_name(session, pair.newcomer) == [pair.mentor, coordinator]

    trouble(session, pair)

    assert help_records.people_to_name(session, pair.newcomer) == [coordinator]
    assert pair.newcomer not in help_records.people_to_name(session, pair.mentor)
    with pytest.raises(BadInput):
        named(session, pair)


@pytest.mark.parametrize("trouble", TROUBLES)
def test_closing_asks_nothing_after_a_block_a_report_or_something_wrong(session, cohort, trouble):
    mentor = a_mentor(session, cohort)
    calm, troubled = (
        a_mentorship(session, a_request(session, cohort), mentor, state=State.ACTIVE) for _ in range(2)
    )
    trouble(session, troubled)

    for pair in (calm, troubled):
        close(session, pair.request, Outcome.WITHDRAWN, at=NOW)

    asked = session.scalars(
        select(HelperAnswer.person_id).where(HelperAnswer.occasion == Occasion.CLOSING)
    ).all()
    assert asked == [calm.newcomer_id]


@pytest.mark.parametrize("trouble", TROUBLES)
def test_what_was_asked_before_is_asked_no_more_after_it(session, pair, trouble):
    record = named(session, pair)
    thanks.thank(session, record, "Thank you.", at=NOW)
    assert help_consent.asked_of(session, pair.mentor) == [record]

    trouble(session, pair)

    assert help_consent.asked_of(session, pair.mentor) == []
    assert thanks.thanks_to(session, pair.mentor) == []
    assert pair.mentor_id in not_to_ask_about(session, pair.newcomer)


def test_a_block_takes_the_help_and_its_thanks_away_at_once(session, pair):
    thanks.thank(session, named(session, pair), "Thank you.", at=NOW)

    block_by_the_mentor(session, pair)

    assert (count(session, Help), count(session, ThankNote)) == (0, 0)


def test_only_whom_she_was_shown_or_paired_with_can_be_picked(session, cohort, pair):
    stranger = a_mentor(session, cohort)
    with pytest.raises(BadInput):
        help_records.add_member(session, pair.newcomer, stranger.public_id, Facts(), at=NOW)
    session.add(Shown(request_id=pair.request_id, mentor_id=stranger.id, at=NOW))
    session.flush()

    help_records.add_member(session, pair.newcomer, stranger.public_id, Facts(), at=NOW)

    coordinator = cohort.coordinators[0].person
    assert help_records.people_to_name(session, pair.newcomer) == [pair.mentor, coordinator]


def test_who_reads_her_and_whom_she_sees_in_a_cohort_can_be_picked_too(session, cohort, pair):
    member, unseen = a_person(session, "Bea"), a_person(session, "Cleo")
    for person in (member, unseen):
        accounts.join_cohort(session, person, cohort, at=NOW)
    for person in (pair.newcomer, member):
        belonging.be_seen(session, cohort, person, seen=True)

    found = help_records.people_to_name(session, pair.newcomer)

    assert set(found) == {pair.mentor, cohort.coordinators[0].person, member}
    assert help_records.people_to_name(session, unseen) == [cohort.coordinators[0].person]
    assert unseen not in help_records.people_to_name(session, cohort.coordinators[0].person)


def test_a_member_named_is_asked_and_the_asker_learns_nothing_of_a_no(session, pair):
    record = named(session, pair, year=2024)
    assert "named_as_helper" in told(session, pair.mentor)
    before = told(session, pair.newcomer)

    help_consent.answer(session, record, agrees=False, at=NOW)

    assert told(session, pair.newcomer) == before
    assert record.helper_agreed_at is None
    assert help_records.records_of(session, pair.newcomer) == [record]


def test_naming_again_whoever_said_no_asks_nothing_again(session, pair):
    record = named(session, pair, what="A long evening with sources.")
    help_consent.answer(session, record, agrees=False, at=NOW)
    help_records.remove(session, record, at=NOW)
    assert (record.what, help_records.records_of(session, pair.newcomer)) == ("", [])

    again = named(session, pair)

    assert again is record
    assert again.helper_declined_at is not None
    assert told(session, pair.mentor).count("named_as_helper") == 1


def test_each_of_the_two_takes_consent_back_at_once(session, pair):
    record = named(session, pair)
    help_consent.answer(session, record, agrees=True, at=NOW)
    assert help_consent.how_many_say_so(session, pair.mentor) == 1

    help_consent.let_be_named(session, record, agrees=False, at=NOW)
    assert help_consent.how_many_say_so(session, pair.mentor) == 0
    assert help_consent.asked_of(session, pair.mentor) == []

    help_consent.let_be_named(session, record, agrees=True, at=NOW)
    help_consent.answer(session, record, agrees=False, at=NOW)
    assert help_consent.how_many_say_so(session, pair.mentor) == 0


def test_erasing_takes_away_what_she_kept_and_leaves_no_consent_of_hers(session, cohort, pair):
    kept = named(session, pair)
    help_consent.answer(session, kept, agrees=True, at=NOW)
    thanks.thank(session, kept, "Thank you.", at=NOW)
    erase(session, pair.mentor, at=NOW, key=KEY)
    session.refresh(kept)
    assert (kept.helped_agreed_at, kept.helper_agreed_at, count(session, ThankNote)) == (None, None, 0)

    erase(session, pair.newcomer, at=NOW, key=KEY)

    assert count(session, Help) == 0


def test_a_typed_name_is_kept_the_same_whether_a_member_has_it_or_not(session, pair):
    for name in (pair.mentor.name, "Zoé"):
        record = help_records.add_typed(session, pair.newcomer, name, Facts(2019, "fr", "x"), at=NOW)
        assert (record.helper_name, record.helper_id, record.year, record.language) == (
            name,
            None,
            2019,
            "fr",
        )

    assert "named_as_helper" not in told(session, pair.mentor)


def test_a_typed_name_becomes_a_member_only_by_a_link_that_is_taken_up(session, pair):
    zoe, other = a_person(session, "Zoé M."), a_person(session)
    record = help_records.add_typed(session, pair.newcomer, "Zoé", Facts(), at=NOW)
    word = help_consent.invite(session, record)

    for person, given in ((pair.newcomer, word), (zoe, "another"), (zoe, "")):
        with pytest.raises(NotFound):
            help_consent.invitation(session, given, person)
    help_consent.take_up(session, word, zoe, at=NOW)

    assert (record.helper_id, record.helper_name) == (zoe.id, None)
    assert help_consent.how_many_say_so(session, zoe) == 1
    with pytest.raises(NotFound):
        help_consent.take_up(session, word, other, at=NOW)


def test_a_link_leads_nowhere_for_whom_she_blocked_and_after_another_name_was_typed(session, pair):
    zoe = a_person(session)
    record = help_records.add_typed(session, pair.newcomer, "Zoé", Facts(), at=NOW)
    word = help_consent.invite(session, record)
    safety.block(session, pair.newcomer, zoe, at=NOW)
    with pytest.raises(NotFound):
        help_consent.take_up(session, word, zoe, at=NOW)

    help_records.rename(session, record, "Zoë")

    with pytest.raises(NotFound):
        help_consent.invitation(session, word, a_person(session))


def test_a_group_has_no_link_and_no_room_is_without_end(session, pair):
    group = help_records.add_typed(session, pair.newcomer, "A club", Facts(), at=NOW, is_group=True)
    with pytest.raises(WrongState):
        help_consent.invite(session, group)
    for number in range(help_records.MOST - 1):
        help_records.add_typed(session, pair.newcomer, f"Name {number}", Facts(), at=NOW)

    with pytest.raises(WrongState):
        help_records.add_typed(session, pair.newcomer, "One more", Facts(), at=NOW)


def test_a_record_of_another_is_like_none(session, pair):
    record = named(session, pair)

    with pytest.raises(NotFound):
        help_records.record_of(session, pair.mentor, record.public_id)
    with pytest.raises(NotFound):
        help_consent.asked_one(session, pair.newcomer, record.public_id)
