"""Reaching someone without e-mail, from her account to the coordinator's page."""

from datetime import timedelta

import pytest

from mentorship.services import accounts, reaching
from mentorship.services.outbox import tell
from mentorship.store.cohorts import Cohort
from mentorship.store.people import Person
from tests.web.pairs import Pairs

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)

LINE = "There is something new for you on the site."


@pytest.fixture
def pairs(fresh_database, tmp_path):
    pairs = Pairs(fresh_database, tmp_path)
    with pairs.filling() as session:
        person, cohort = session.get(Person, pairs.people["stranger"]), session.get(Cohort, pairs.cohort_id)
        accounts.join_cohort(session, person, cohort, at=pairs.at)
        tell(session, person, "request_closed", at=pairs.at - timedelta(days=1))
    yield pairs
    pairs.close()


def leave_a_note(pairs, words="Olga's talk page"):
    browser = pairs.browser("stranger")
    browser.get("/account/reach")
    browser.submit({"How may a coordinator reach you?": words}, button="Save")
    return browser


def test_her_note_is_read_from_today_and_she_sees_by_whom(pairs):
    hers = leave_a_note(pairs)
    assert "Nobody so far." in hers.page.text
    browser = pairs.browser("coordinator")
    browser.get("/cohorts/")
    browser.click("How to reach Olga")

    assert "Olga's talk page" in browser.page.text
    assert LINE in browser.page.text

    page = browser.submit(button="I have sent it")
    assert "All quiet" in page.text
    assert "Mira" in hers.get("/account/reach").text


def test_the_line_to_copy_says_nothing_of_what_it_is_about_and_is_in_her_language(pairs):
    leave_a_note(pairs)
    with pairs.filling() as session:
        session.get(Person, pairs.people["stranger"]).locale = "ar"
    browser = pairs.browser("coordinator")
    browser.get("/cohorts/")
    browser.click("How to reach Olga")

    line = browser.page.root.find(".//p[@dir='rtl']")

    assert line.get("lang") == "ar"
    assert LINE not in browser.page.text
    for word in ("entor", "wom", "iki", "http"):
        assert word not in LINE


def test_too_long_a_note_comes_back_and_an_empty_one_takes_it_away(pairs):
    browser = leave_a_note(pairs, "a" * 301)
    assert browser.page.status == 422
    assert "a" * 301 in browser.page.html

    leave_a_note(pairs)
    browser = leave_a_note(pairs, "")

    with pairs.filling() as session:
        assert reaching.note_of(session, session.get(Person, pairs.people["stranger"])) is None


def test_nobody_but_a_coordinator_of_her_cohort_finds_the_page(pairs):
    leave_a_note(pairs)
    browser = pairs.browser("coordinator")
    browser.get("/cohorts/")
    path = browser.page.link("How to reach Olga")

    for role in ("mentor", "stranger", "elsewhere"):
        assert pairs.browser(role).get(path).status == 404
