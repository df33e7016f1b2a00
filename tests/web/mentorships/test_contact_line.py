"""Before a number leaves, one line; thirty messages an hour; and nothing of what was written is lost."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from mentorship.rules.lifecycle import State
from mentorship.services.messages import MOST_AN_HOUR
from mentorship.store.mentorships import Mentorship
from mentorship.store.together import Message

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)

LINE = "Your number cannot be taken back; a block here does not work there."
WORDS = "Call me:\n0803 555 0101"


def count(pairs):
    with pairs.filling() as session:
        return session.scalar(select(func.count()).select_from(Message))


def fill_the_hour(pairs, path, role, *, minutes=40):
    """She has written as many as are allowed, the first of them so many minutes ago."""
    with pairs.filling() as session:
        pair = session.scalars(
            select(Mentorship).where(Mentorship.public_id == path.rpartition("/")[2])
        ).one()
        at = datetime.now(UTC) - timedelta(minutes=minutes)
        session.add_all(
            Message(mentorship_id=pair.id, author_id=pairs.people[role], words="So.", at=at)
            for _ in range(MOST_AN_HOUR)
        )


def test_a_number_comes_back_with_the_line_and_nothing_is_sent_or_lost(pairs):
    path = pairs.pair(State.ACTIVE)
    browser = pairs.browser("newcomer")
    browser.get(path)

    page = browser.submit({"Your message": WORDS}, button="Send")

    assert LINE in page.text
    assert "Your message is not sent yet." in page.text
    assert page.form("Send it so").filled({})["words"][0].strip() == WORDS
    assert count(pairs) == 0


def test_send_it_so_sends_it_once_and_as_it_was(pairs):
    path = pairs.pair(State.ACTIVE)
    browser = pairs.browser("newcomer")
    browser.get(path)
    browser.submit({"Your message": WORDS}, button="Send")
    form = browser.page.form("Send it so")
    data = form.filled({"words": WORDS}, "Send it so")

    for _ in range(2):
        page = browser.post(form.address("Send it so"), data)

    assert page.status == 200
    assert "Send it so" not in page.buttons
    with pairs.filling() as session:
        assert session.scalars(select(Message.words)).all() == [WORDS]


def test_words_without_a_number_are_sent_at_once(pairs):
    path = pairs.pair(State.ACTIVE)
    browser = pairs.browser("newcomer")
    browser.get(path)

    page = browser.submit({"Your message": "Shall we begin on Sunday?"}, button="Send")

    assert "Sent." in page.text
    assert count(pairs) == 1


def test_after_thirty_messages_within_an_hour_the_next_waits_on_the_page(pairs):
    path = pairs.pair(State.ACTIVE)
    fill_the_hour(pairs, path, "newcomer")
    browser = pairs.browser("newcomer")
    browser.get(path)

    page = browser.submit({"Your message": "One more thing"}, button="Send")

    assert page.status == 429
    assert "send it again in 20 minutes" in page.errors["words"]
    assert "One more thing" in page.html
    assert count(pairs) == MOST_AN_HOUR
    assert "Sent." in post_as_mentor(pairs, path).text


def post_as_mentor(pairs, path):
    browser = pairs.browser("mentor")
    browser.get(path)
    return browser.submit({"Your message": "I am here."}, button="Send")


def test_when_the_hour_is_over_she_writes_again(pairs):
    path = pairs.pair(State.ACTIVE)
    fill_the_hour(pairs, path, "newcomer", minutes=61)
    browser = pairs.browser("newcomer")
    browser.get(path)

    assert "Sent." in browser.submit({"Your message": "One more thing"}, button="Send").text


def test_ending_telling_and_blocking_work_after_thirty_messages(pairs):
    path = pairs.pair(State.ACTIVE)
    fill_the_hour(pairs, path, "newcomer")
    browser = pairs.browser("newcomer")
    browser.get(path)
    browser.click("Tell someone about this message")
    told = browser.submit({"words": "Too much."}, button="Tell in private")
    browser.get(path)
    blocked = browser.submit(button="Block Rosa")

    assert (told.status, blocked.status) == (200, 200)
    assert pairs.of(path)[0] is State.ENDED
