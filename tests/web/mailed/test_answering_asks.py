"""A mentor answers an ask straight from the mail: looking changes nothing, her click does, once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from mentorship.rules.lifecycle import State
from mentorship.services import mailed_links, questions, sessions
from mentorship.store.base import Base
from mentorship.store.mentorships import EventNote, Mentorship
from mentorship.store.offers import Offer
from mentorship.store.people import Person, PersonStatus
from tests.browser import Browser
from tests.web.pairs import WORDS

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)

KIND = "Nothing is lost: all of it stands on your pages."


def mentorship_of(session, path):
    return session.scalars(select(Mentorship).where(Mentorship.public_id == path.rpartition("/")[2])).one()


def link_to(pairs, path, *, at=None):
    with pairs.filling() as session:
        key, made_at = pairs.app.secret_key.encode(), at or datetime.now(UTC)
        return f"/note/ask/{mailed_links.ask_token(key, mentorship_of(session, path), at=made_at)}"


@pytest.fixture
def ask(pairs):
    """An ask, and the link in its mail."""
    path = pairs.pair(State.PROPOSED)
    return path, link_to(pairs, path)


def dump(pairs):
    """The whole database in words."""
    with pairs.engine.connect() as connection:
        return {
            table.name: sorted(str(row) for row in connection.execute(select(table)))
            for table in Base.metadata.sorted_tables
        }


def test_a_look_shows_a_name_and_a_date_and_changes_nothing_in_the_database(pairs, ask):
    before = dump(pairs)

    for answer in ("", "?answer=yes", "?answer=not_now", "?answer=nonsense"):
        page = Browser(pairs.app).get(ask[1] + answer)
        assert page.status == 200
        assert "Hawa would like your help." in page.text

    assert WORDS not in page.text
    assert "I like rivers" not in page.text
    assert dump(pairs) == before


def test_the_answer_she_chose_in_the_mail_comes_first(pairs, ask):
    page = Browser(pairs.app).get(f"{ask[1]}?answer=not_now")

    answers = [each for each in page.buttons if each in {"Yes, I can help", "Not now", "Not the right one"}]
    assert answers == ["Not now", "Yes, I can help", "Not the right one"]


def test_a_yes_is_given_without_signing_in_and_said_twice_is_said_once(pairs, ask):
    browser = Browser(pairs.app)
    browser.get(f"{ask[1]}?answer=yes")
    data = browser.page.form("Yes, I can help").filled({}, "Yes, I can help")

    pages = [browser.post(ask[1], data) for _ in range(2)]

    for page in pages:
        assert (page.status, page.heading) == (200, "Thank you")
        assert "Please say hello first" in page.text
    state, _, events = pairs.of(ask[0])
    assert (state, events) == (State.ACCEPTED, 2)
    assert browser.get("/home").path.startswith("/sign-in")


def test_not_now_and_away_until_a_day_where_she_lives(pairs, ask):
    with pairs.filling() as session:
        session.get(Person, pairs.people["mentor"]).time_zone = "Asia/Kathmandu"
    back = date.today() + timedelta(days=20)  # noqa: DTZ011 - a day as she types it
    browser = Browser(pairs.app)
    browser.get(ask[1])

    page = browser.submit({"Away until": back.isoformat()}, button="Not now")

    assert "hears of it kindly" in page.text
    assert pairs.of(ask[0])[0] is State.DECLINED
    with pairs.filling() as session:
        until = session.get(Offer, pairs.people["mentor"]).away_until
    assert until == datetime(back.year, back.month, back.day, 18, 14, tzinfo=UTC)


def test_a_day_that_is_over_comes_back_and_nothing_has_happened(pairs, ask):
    browser = Browser(pairs.app)
    browser.get(ask[1])

    page = browser.submit({"Away until": "2020-01-01"}, button="Not now")

    assert page.status == 422
    assert page.errors["away"].startswith("Please give a day after today")
    assert "2020-01-01" in page.html
    assert pairs.of(ask[0])[0] is State.PROPOSED


def test_not_the_right_one_with_a_word_for_the_coordinator(pairs, ask):
    browser = Browser(pairs.app)
    browser.get(ask[1])

    browser.submit({"A word for the coordinator alone": "Ask Nadia."}, button="Not the right one")

    assert pairs.of(ask[0])[0] is State.DECLINED
    with pairs.filling() as session:
        note = session.scalars(select(EventNote)).one()
        assert (note.words, note.for_coordinator) == ("Ask Nadia.", True)


def test_a_question_moves_the_date_and_ends_the_link_until_it_is_answered(pairs, ask):
    browser = Browser(pairs.app)
    browser.get(f"{ask[1]}?answer=question")
    empty = browser.submit(button="Ask the question")
    assert (empty.status, empty.errors) == (422, {"question": "Nothing is written yet."})

    page = browser.submit({"Your question": "Which article?"}, button="Ask the question")
    assert "You hear as soon as it is answered" in page.text
    assert Browser(pairs.app).get(ask[1]).status == 410

    with pairs.filling() as session:
        mentorship = mentorship_of(session, ask[0])
        questions.answer_question(session, mentorship, mentorship.newcomer, "Bridges.", at=datetime.now(UTC))
    page = browser.get(link_to(pairs, ask[0]))
    assert "Ask the question" not in page.buttons
    assert "Bridges" not in page.text
    browser.submit(button="Yes, I can help")
    assert pairs.of(ask[0])[0] is State.ACCEPTED


def spent(pairs, path):
    browser = pairs.browser("mentor")
    browser.get(path)
    browser.submit(button="Yes")


def overdue(pairs, path):
    with pairs.filling() as session:
        mentorship_of(session, path).answer_due_at = datetime.now(UTC) - timedelta(minutes=1)


def signed_out_everywhere(pairs, path):
    with pairs.filling() as session:
        mentor = session.get(Person, pairs.people["mentor"])
        sessions.end_all(session, mentor, at=datetime.now(UTC) + timedelta(seconds=1))


def suspended(pairs, path):
    with pairs.filling() as session:
        session.get(Person, pairs.people["mentor"]).status = PersonStatus.SUSPENDED


@pytest.mark.parametrize("happens", [spent, overdue, signed_out_everywhere, suspended])
def test_a_link_that_is_over_gives_one_kind_sentence_and_does_nothing(pairs, ask, happens):
    browser = Browser(pairs.app)
    browser.get(ask[1])
    data = browser.page.form("Not now").filled({}, "Not now")
    happens(pairs, ask[0])
    before = dump(pairs)

    for page in (Browser(pairs.app).get(ask[1]), browser.post(ask[1], data)):
        assert (page.status, page.heading) == (410, "This link is over")
        assert KIND in page.text
        assert page.link("Sign in")
        assert "Hawa" not in page.text
    assert dump(pairs) == before


def test_a_link_ends_after_ninety_days_whatever_its_date(pairs, ask):
    with pairs.filling() as session:
        mentorship_of(session, ask[0]).answer_due_at = datetime.now(UTC) + timedelta(days=400)
    old = link_to(pairs, ask[0], at=datetime.now(UTC) - timedelta(days=91))

    assert Browser(pairs.app).get(old).status == 410
    assert Browser(pairs.app).get(link_to(pairs, ask[0])).status == 200


def test_a_link_of_another_installation_or_of_another_question_opens_nothing(pairs, ask):
    with pairs.filling() as session:
        foreign = mailed_links.ask_token(b"another key", mentorship_of(session, ask[0]), at=datetime.now(UTC))
    for path in (f"/note/ask/{foreign}", ask[1][:-2], ask[1].replace("/ask/", "/check-in/")):
        assert Browser(pairs.app).get(path).status == 410


def test_the_page_is_in_her_language_and_her_time(pairs, ask):
    with pairs.filling() as session:
        mentor = session.get(Person, pairs.people["mentor"])
        mentor.locale, mentor.time_zone = "ar", "Asia/Kathmandu"

    page = Browser(pairs.app).get(ask[1])

    assert page.root.get("dir") == "rtl"
    assert "Hawa" in page.text
    assert Browser(pairs.app).get(f"{ask[1]}?uselang=en").root.get("dir") == "ltr"
