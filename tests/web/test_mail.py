"""Mail over a real conversation with a mail server of the tests' own."""

import asyncio
import socket
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship.app import create_app
from mentorship.config import Config
from mentorship.rules.lifecycle import State
from mentorship.services import addresses, mail_choice
from mentorship.services.mailing import MOST_TRIES
from mentorship.store.outbox import MailAbout, MailState, Outbox
from mentorship.store.people import Address, Person
from mentorship.web.mail import deliver
from tests.databases import address as url_of
from tests.factories import NOW, a_cohort, a_mentor, a_mentorship, a_person, a_request
from tests.page_checks import parse
from tests.page_checks import words_of as words_of_element

ONLY_SQLITE = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
pytestmark = ONLY_SQLITE


class Mailbox:
    """Keeps what it is given; refuses everything while `refusing`."""

    def __init__(self):
        self.messages, self.refusing = [], False

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        if self.refusing:
            return "451 not now"
        self.messages.append((envelope, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 taken"


@pytest.fixture
def mailbox():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    box.port = port
    yield box
    controller.stop()
    asyncio.set_event_loop(None)


@pytest.fixture
def post(fresh_database, mailbox, tmp_path):
    """Delivers what waits at a moment; says how many were sent."""
    config = Config(
        SECRET_KEY="a key for these tests alone, of no use elsewhere",
        INSTANCE=tmp_path,
        DATABASE_URL=url_of(fresh_database),
        BASE_URL="https://example.org",
        MAIL_HOST="127.0.0.1",
        MAIL_PORT=mailbox.port,
        MAIL_SECURITY="none",
        MAIL_FROM="notes@example.org",
    )
    app = create_app(config)
    return lambda at=NOW: deliver(app, fresh_database, config, at=at)


def asked(engine, *, confirmed=True, **facts):
    """A mentor with an address who has been asked by a newcomer without one."""
    with Session(engine) as session, session.begin():
        cohort = a_cohort(session)
        mentor = a_mentor(session, cohort, a_person(session, "Mira", **facts))
        session.add(
            Address(person_id=mentor.id, email="mira@example.org", confirmed_at=NOW if confirmed else None)
        )
        request = a_request(session, cohort, a_person(session, "Nana"))
        a_mentorship(session, request, mentor, state=State.PROPOSED)


def words_of(message, part="plain"):
    return message.get_body((part,)).get_content()


def states(engine):
    with Session(engine) as session:
        return sorted(session.scalars(select(Outbox.mail)).all())


def test_a_notice_is_mailed_to_a_confirmed_address_and_to_nobody_else(fresh_database, post, mailbox):
    asked(fresh_database)

    assert post() == 1

    envelope, message = mailbox.messages[0]
    assert envelope.rcpt_tos == ["mira@example.org"]
    assert "Nana would like your help" in words_of(message)
    assert "https://example.org/mentorships/" in words_of(message)
    assert states(fresh_database) == [MailState.ON_SITE, MailState.SENT]


def test_sender_and_subject_say_nothing_of_what_it_is_about(fresh_database, post, mailbox):
    asked(fresh_database)

    post()

    _, message = mailbox.messages[0]
    assert (message["From"], message["Subject"]) == ("notes@example.org", "A note for you")


def test_nothing_is_mailed_to_an_address_nobody_confirmed(fresh_database, post, mailbox):
    asked(fresh_database, confirmed=False)

    assert post() == 0
    assert mailbox.messages == []
    assert set(states(fresh_database)) == {MailState.ON_SITE}


def test_a_second_run_mails_nothing_twice(fresh_database, post, mailbox):
    asked(fresh_database)

    assert [post(), post()] == [1, 0]
    assert len(mailbox.messages) == 1


def test_a_mail_server_that_refuses_is_asked_again_later_and_nothing_is_lost(fresh_database, post, mailbox):
    asked(fresh_database)
    mailbox.refusing = True
    post()
    mailbox.refusing = False

    assert post(NOW + timedelta(seconds=30)) == 0
    assert post(NOW + timedelta(minutes=3)) == 1


def test_after_many_refusals_the_notice_stays_on_the_site_only(fresh_database, post, mailbox):
    asked(fresh_database)
    mailbox.refusing = True
    for day in range(MOST_TRIES + 2):
        post(NOW + timedelta(days=day))

    assert states(fresh_database) == [MailState.FAILED, MailState.ON_SITE]


def test_mail_is_written_in_her_language(fresh_database, post, mailbox):
    asked(fresh_database, locale="ar")

    post()

    _, message = mailbox.messages[0]
    assert "would like your help" not in words_of(message)
    assert "Nana" in words_of(message)


def test_the_link_that_confirms_an_address_is_mailed_to_that_address(fresh_database, post, mailbox):
    with Session(fresh_database) as session, session.begin():
        addresses.add(session, a_person(session), "new@example.org", at=NOW)

    assert post() == 1

    envelope, message = mailbox.messages[0]
    assert envelope.rcpt_tos == ["new@example.org"]
    assert "https://example.org/account/" in words_of(message)


def test_both_parts_say_the_same_in_her_language_and_direction(fresh_database, post, mailbox):
    asked(fresh_database, locale="ar")

    post()

    _, message = mailbox.messages[0]
    assert message.get_content_type() == "multipart/alternative"
    html = parse(words_of(message, "html"))[0]
    assert (html.get("dir"), html.get("lang")) == ("rtl", "ar")
    links = [link.get("href") for link in html.iter("a")]
    lines = [line for line in words_of(message).splitlines() if line]
    assert [line for line in lines if line.startswith("https://")] == links
    assert (
        " ".join(lines).split()
        == " ".join(
            f"{words_of_element(part)} {' '.join(link.get('href') for link in part.iter('a'))}"
            for part in html.iter("p")
        ).split()
    )


def test_the_html_part_fetches_nothing(fresh_database, post, mailbox):
    asked(fresh_database)

    post()

    html = words_of(mailbox.messages[0][1], "html")
    assert not {each.tag for each in parse(html)[0].iter()} & {"img", "link", "style", "script", "iframe"}
    assert "src=" not in html
    assert "url(" not in html


def test_the_date_is_in_her_own_time_zone(fresh_database, post, mailbox):
    asked(fresh_database, time_zone="Asia/Kathmandu")

    post()

    assert "5:45" in words_of(mailbox.messages[0][1])


def test_every_notice_carries_a_link_on_one_line_that_ends_such_mail(fresh_database, post, mailbox):
    asked(fresh_database)

    post()

    envelope, message = mailbox.messages[0]
    line = next(line for line in envelope.content.splitlines() if line.startswith(b"List-Unsubscribe:"))
    address = line.decode().removeprefix("List-Unsubscribe: <").removesuffix(">")
    assert address in words_of(message)
    assert address.startswith("https://example.org/note/stop/")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_what_she_ended_is_mailed_no_more_and_stands_on_her_pages(fresh_database, post, mailbox):
    asked(fresh_database)
    with Session(fresh_database) as session, session.begin():
        mira = session.scalars(select(Address)).one()
        mail_choice.stop(session, session.get(Person, mira.person_id), MailAbout.ASKS)

    assert post() == 0

    assert mailbox.messages == []
    assert set(states(fresh_database)) == {MailState.ON_SITE}


def test_she_is_still_mailed_about_the_rest(fresh_database, post, mailbox):
    asked(fresh_database)
    with Session(fresh_database) as session, session.begin():
        mira = session.scalars(select(Address)).one()
        others = set(MailAbout) - {MailAbout.ASKS}
        mail_choice.stop(session, session.get(Person, mira.person_id), *others)

    assert post() == 1


def test_an_ask_can_be_answered_by_the_links_of_its_mail(fresh_database, post, mailbox):
    asked(fresh_database)

    post()

    html = parse(words_of(mailbox.messages[0][1], "html"))[0]
    links = {words_of_element(link): link.get("href") for link in html.iter("a")}
    assert list(links)[:4] == ["Yes, I can help", "Ask a question first", "Not now", "Not the right one"]
    assert links["Not now"].startswith("https://example.org/note/ask/")
    assert links["Not now"].endswith("?answer=not_now")


def test_a_mail_that_comes_late_offers_no_answer_to_what_is_over(fresh_database, post, mailbox):
    asked(fresh_database)

    post(NOW + timedelta(days=3))

    assert "/note/ask/" not in words_of(mailbox.messages[0][1])
