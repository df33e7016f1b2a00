"""The open pages, home, something is wrong, and the helper question."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from mentorship.rules.helped import Answer
from mentorship.services import helper_question
from mentorship.services.outbox import tell
from mentorship.store.cohorts import Cohort
from mentorship.store.help import HelperAnswer
from mentorship.store.people import Person
from mentorship.store.safety import Report
from mentorship.web.pages.kept import labelled
from mentorship.web.pages.kept_words import SECTIONS, UNTIL, WHAT, WHO, WHY
from tests.factories import NOW, a_mentor, a_mentorship, a_request

SQLITE = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)


def her(session):
    return session.scalars(select(Person).where(Person.name == "River")).one()


def with_a_mentor(site):
    """River, with a request and a mentor called Mira in the site's cohort."""
    with site.filling() as session:
        cohort = session.get(Cohort, site.cohort_id)
        request = a_request(session, cohort, her(session))
        mentor = a_mentor(session, cohort)
        mentor.name = "Mira"
        a_mentorship(session, request, mentor)
        return mentor.public_id


@SQLITE
def test_a_page_is_answered_without_starting_a_thread(site, monkeypatch):
    """An event loop in a thread of its own at the end of each request took a third of a page's time."""
    started, start = [], threading.Thread.start
    monkeypatch.setattr(threading.Thread, "start", lambda thread: (started.append(thread), start(thread)))

    page = site.visitor().get("/sign-in")

    assert page.status == 200
    assert started == []


@SQLITE
def test_the_landing_page_names_nobody_and_offers_joining_only_where_it_is_open(site):
    page = site.visitor().get("/")

    assert page.status == 200
    assert "Coordinator" not in page.text
    assert "Spring" not in page.text
    assert "Join" not in page.links
    assert "Sign in" in page.links


@SQLITE
def test_whoever_is_signed_in_is_led_to_her_own_pages(site):
    browser = site.joined()

    assert browser.get("/").path == "/home"


@SQLITE
def test_home_tells_what_is_new_until_she_has_read_it(site):
    browser = site.joined()
    with site.filling() as session:
        cohort = session.get(Cohort, site.cohort_id)
        tell(session, her(session), "coordinator_writes", at=NOW, due=NOW,
             coordinator=cohort.coordinators[0].person)  # fmt: skip

    assert "Coordinator will write to you by" in browser.get("/home").text
    browser.submit(button="I have read these")

    assert "I have read these" not in browser.page.buttons


@SQLITE
def test_what_came_while_she_read_or_did_not_fit_stays_unread_and_the_read_is_folded(site):
    browser = site.joined()
    with site.filling() as session:
        for number in range(25):
            tell(session, her(session), "waiting", at=NOW + timedelta(days=number), due=NOW)
    browser.get("/home")
    with site.filling() as session:
        tell(session, her(session), "request_closed", at=NOW + timedelta(days=60))

    browser.submit(button="I have read these")

    new, before = browser.page.root.findall(".//ul[@class='notices']")
    assert (len(new), len(before)) == (6, 20)
    assert "Your request is closed." in "".join(new.itertext())
    assert before in list(browser.page.root.find(".//details").iter())
    browser.submit(button="I have read these")
    assert "Nothing new." in browser.page.text


def test_what_can_be_no_id_is_passed_over_among_what_she_has_read(site):
    browser = site.joined()
    with site.filling() as session:
        tell(session, her(session), "waiting", at=NOW, due=NOW)
    browser.get("/home")
    data = browser.page.form("I have read these").filled({}, "I have read these")

    assert browser.post("/home/read", data | {"seen": "\x00"}).status == 200
    assert "I have read these" in browser.page.buttons
    browser.post("/home/read", data | {"seen": f"\x00 <b> {data['seen'][0]} {'a' * 10_000}"})
    assert "Nothing new." in browser.page.text


@SQLITE
def test_a_page_of_hers_is_shown_to_nobody_else(site):
    assert site.visitor().get("/home").path == "/sign-in?next=/home"


@SQLITE
def test_every_label_has_its_words_and_stands_on_the_privacy_page(site):
    sections = {name for names in SECTIONS.values() for name in names}
    for table, column, label in labelled():
        assert table in sections
        assert f"{table}.{column}" in WHAT or table in WHAT, f"{table}.{column}"
        assert label["who"] in WHO
        assert label["why"] in WHY
        assert label["until"] in UNTIL

    page = site.visitor().get("/privacy")

    assert "The name you are called by" in page.text
    assert "Until you erase your account" in page.text


def test_something_is_wrong_can_be_told_without_an_account(site):
    browser = site.visitor()
    browser.get("/help")

    page = browser.submit({"What is wrong?": "Someone writes to me at night."}, button="Tell in private")

    assert "Thank you for telling." in page.text
    assert "at night" not in page.html
    with site.filling() as session:
        made = session.scalars(select(Report)).one()
        assert made.words == "Someone writes to me at night."
        assert made.by_id is None
        assert made.routed_to_id == session.get(Cohort, site.cohort_id).coordinators[0].person_id


@SQLITE
def test_a_report_about_the_only_contact_goes_to_no_one_here(site):
    browser = site.joined()
    browser.get("/help")

    browser.submit({"What is wrong?": "It is she.", "Is it about someone here?": "Coordinator"},
                   button="Tell in private")  # fmt: skip

    with site.filling() as session:
        made = session.scalars(select(Report)).one()
        assert made.about_id is not None
        assert made.routed_to_id is None


@SQLITE
def test_only_people_she_has_met_can_be_named_in_a_report(site):
    browser = site.joined()
    mentor = with_a_mentor(site)
    other = site.joined("pebble")
    other.get("/help")

    assert "Mira" in browser.get("/help").text
    assert "Mira" not in other.page.text
    data = other.page.form("Tell in private").filled({"What is wrong?": "x"}) | {"about": [mentor]}
    assert other.post("/help", data).status == 422


@SQLITE
@pytest.mark.parametrize("path", ["/help/nothing", "/help/%00", "/help/a%20b"])
def test_a_report_nobody_made_is_not_there(site, path):
    assert site.visitor().get(path).status == 404


@SQLITE
def test_telling_is_never_limited(site):
    browser = site.visitor()
    for _ in range(30):
        browser.get("/help")
        assert browser.submit({"What is wrong?": "again"}, button="Tell in private").status == 200


@SQLITE
@pytest.mark.parametrize("odd", ["\x00", "\u200b\u202e", "9" * 5000, "<b>%s", ""], ids=range(5))
def test_odd_words_give_a_sentence(site, odd):
    browser = site.visitor()
    browser.get("/help")
    data = browser.page.form("Tell in private").filled({}) | {"words": [odd]}

    assert browser.post("/help", data).status in {200, 422}


def test_nobody_yet_is_thanked_and_a_coordinator_is_to_write(site):
    browser = site.joined()
    with_a_mentor(site)
    with site.filling() as session:
        helper_question.ask_due(session, at=NOW.replace(year=NOW.year, month=4, day=15))
    page = browser.get("/home")
    assert "Has anyone helped you with Wikimedia so far?" in page.text

    empty = browser.submit({"Are you still taking part?": "A little"}, button="Answer")
    assert empty.status == 422
    assert set(empty.errors) == {"helped"}
    page = browser.submit({"Has anyone helped you with Wikimedia so far?": "Nobody yet"}, button="Answer")

    assert "A coordinator will write to you by" in page.text
    with site.filling() as session:
        given = session.scalars(select(HelperAnswer).where(HelperAnswer.answer.is_not(None))).one()
        assert (given.answer, given.still) == (Answer.NOBODY_YET, "a_little")


@SQLITE
def test_the_question_of_joining_waits_on_its_page(site):
    browser = site.joined()
    assert "Has anyone helped you" not in browser.get("/home").text

    browser.get("/helped")
    odd = {"Has anyone helped you with Wikimedia so far?": "Someone here", "In which year": "9" * 6000}
    assert set(browser.submit(odd, button="Answer").errors) == {"year"}
    browser.submit({"In which year": "2015"}, button="Answer")

    assert "You have answered. Thank you." in browser.get("/helped").text
