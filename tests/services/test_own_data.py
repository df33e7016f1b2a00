"""Her data, hers: the export knows every table, and holds her words."""

import json

from mentorship.rules.helped import Answer
from mentorship.services import acquaintance, addresses, avoids, inbox
from mentorship.services.helper_question import answer, ask_at_joining
from mentorship.services.outbox import tell
from mentorship.services.own_data import NOT_ONES_OWN, OWNER, own_data
from mentorship.services.safety import report
from mentorship.store import Base
from mentorship.store.base import PLUMBING, label_of
from tests.factories import NOW, a_cohort, a_mentor, a_mentorship, a_person, a_request

KEY = b"a key for these tests alone, of no use"


def test_every_table_with_a_label_says_whose_its_rows_are():
    labelled = {
        table.name
        for table in Base.metadata.sorted_tables
        if any(label_of(column) not in (None, PLUMBING) for column in table.columns)
    }

    assert labelled == set(OWNER) | set(NOT_ONES_OWN)


def test_the_export_holds_her_words_and_no_one_elses(session):
    cohort = a_cohort(session)
    request = a_request(session, cohort, words="canary-request")
    other = a_request(session, cohort, words="somebody elses")
    her = request.newcomer
    avoids.avoid(session, her, "canary-avoid", at=NOW, key=KEY)
    avoids.avoid(session, other.newcomer, "not-hers", at=NOW, key=KEY)
    addresses.add(session, her, "canary@mail.example", at=NOW)
    report(session, "canary-report", by=her, at=NOW)
    answer(
        session,
        ask_at_joining(session, her, at=NOW),
        Answer.SOMEONE_HERE,
        None,
        at=NOW,
        helper_name="canary-help",
    )

    text = json.dumps(own_data(session, her))

    for word in ("canary-request", "canary-avoid", "canary@mail.example", "canary-report", "canary-help"):
        assert word in text
    assert "somebody elses" not in text
    assert "not-hers" not in text
    assert "hash" not in text


def test_she_may_know_of_those_she_was_paired_with_and_of_her_coordinators_alone(session):
    cohort = a_cohort(session)
    request = a_request(session, cohort)
    mentor = a_mentor(session, cohort)
    stranger = a_request(session, cohort).newcomer
    a_mentorship(session, request, mentor)

    met = acquaintance.met_by(session, request.newcomer)

    assert set(met) == {mentor, cohort.coordinators[0].person}
    assert acquaintance.someone_met(session, request.newcomer, stranger.public_id) is None
    assert acquaintance.someone_met(session, mentor, request.newcomer.public_id) == request.newcomer


def test_a_name_avoided_twice_is_kept_once(session):
    person = a_person(session)

    for typed in ("Ada Lovelace", "ada_lovelace"):
        avoids.avoid(session, person, typed, at=NOW, key=KEY)

    assert [row.typed_name for row in avoids.avoids_of(session, person)] == ["Ada Lovelace"]
    avoids.forget(session, person, "Ada Lovelace")
    assert avoids.avoids_of(session, person) == []


def test_an_address_is_confirmed_by_its_own_link_only(session):
    person = a_person(session)
    first = addresses.add(session, person, "one@mail.example", at=NOW)
    token = addresses.link_token(KEY, first)

    assert addresses.address_behind(session, KEY, token) == first
    assert addresses.address_behind(session, b"another key", token) is None
    assert addresses.address_behind(session, KEY, token[:-2]) is None
    addresses.add(session, person, "two@mail.example", at=NOW)
    assert addresses.address_behind(session, KEY, token) is None


def test_notices_carry_names_and_moments_the_unread_first(session):
    person, other = a_person(session), a_person(session, "Mira")
    tell(session, person, "message", at=NOW, other=other)
    session.flush()
    inbox.mark_read(
        session, person, [each.row.public_id for each in inbox.notices_of(session, person)], at=NOW
    )
    tell(session, person, "extended", at=NOW, other=other, due=NOW)
    session.flush()

    told = inbox.notices_of(session, person)

    assert [notice.row.kind for notice in told] == ["extended", "message"]
    assert told[0].values == {"other": "Mira", "due": NOW}
