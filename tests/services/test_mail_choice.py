"""What she is mailed about, and the signed link that ends it."""

from mentorship.services import mail_choice
from mentorship.services.erasure import erase
from mentorship.services.notices import NOTICES
from mentorship.store.outbox import MailAbout
from tests.factories import NOW, a_person

KEY = b"a key for these tests alone, of no use"


def test_every_notice_is_about_exactly_one_thing():
    placed = [kind for kinds in mail_choice.KINDS.values() for kind in kinds]

    assert sorted(placed) == sorted(NOTICES)
    assert set(mail_choice.KINDS) == set(MailAbout)


def test_a_link_names_her_and_what_it_ends_and_is_good_for_as_long_as_she_is_here(session):
    person = a_person(session)
    token = mail_choice.stop_token(KEY, person, "ask")

    assert mail_choice.behind(session, KEY, token) == (person, MailAbout.ASKS)
    assert mail_choice.behind(session, b"another key", token) is None
    assert mail_choice.behind(session, KEY, token[:-2]) is None
    erase(session, person, at=NOW, key=KEY)
    assert mail_choice.behind(session, KEY, token) is None


def test_ending_twice_is_ending_once_and_choosing_begins_it_again(session):
    person, other = a_person(session), a_person(session)
    for _ in range(2):
        mail_choice.stop(session, person, MailAbout.ASKS)
    assert mail_choice.stopped(session, person) == {MailAbout.ASKS}
    assert not mail_choice.is_wanted(session, person.id, "ask_reminder")
    assert mail_choice.is_wanted(session, person.id, "message")
    assert mail_choice.is_wanted(session, other.id, "ask")

    mail_choice.choose(session, person, {MailAbout.ASKS})

    assert mail_choice.stopped(session, person) == set(MailAbout) - {MailAbout.ASKS}


def test_her_choice_goes_with_her_account(session):
    person = a_person(session)
    mail_choice.stop(session, person, *MailAbout)

    erase(session, person, at=NOW, key=KEY)

    assert mail_choice.stopped(session, person) == set()
