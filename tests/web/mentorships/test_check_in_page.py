from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from mentorship.rules.lifecycle import State
from mentorship.services import check_ins
from mentorship.store.mentorships import Mentorship
from mentorship.store.safety import Report
from mentorship.store.together import CheckIn, CheckInAnswer
from tests.web.pairs import token_of

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)

QUESTION = "Are you in touch?"


def asked(pairs, state=State.ACCEPTED):
    """A pair that was asked on its seventh day."""
    path = pairs.pair(state)
    with pairs.filling() as session:
        mentorship = session.scalars(
            select(Mentorship).where(Mentorship.public_id == path.rpartition("/")[2])
        ).one()
        mentorship.accepted_at = datetime.now(UTC) - timedelta(days=8)
        check_ins.ask(session, mentorship, at=datetime.now(UTC))
    return path


def answers(pairs):
    with pairs.filling() as session:
        return {row.person_id: row.answer for row in session.scalars(select(CheckIn))}


def test_a_yes_on_the_pair_s_page_begins_it_and_the_question_goes(pairs):
    path = asked(pairs)
    browser = pairs.browser("newcomer")
    assert QUESTION in browser.get(path).text

    page = browser.submit(button="Yes")

    assert page.status == 200
    assert "Good that you are in touch" in page.text
    assert "Not yet" not in page.buttons
    assert pairs.of(path)[0] is State.ACTIVE
    assert answers(pairs) == {pairs.people["newcomer"]: CheckInAnswer.YES, pairs.people["mentor"]: None}


@pytest.mark.parametrize(
    ("button", "answer"),
    [
        ("We talk elsewhere", CheckInAnswer.ELSEWHERE),
        ("Not yet", CheckInAnswer.NOT_YET),
        ("I would like someone else", CheckInAnswer.SOMEONE_ELSE),
    ],
)
def test_one_click_on_the_first_page_is_enough(pairs, button, answer):
    asked(pairs, State.ACTIVE)
    browser = pairs.browser("mentor")
    page = browser.get("/home")
    assert "Are you and Hawa in touch?" in page.text
    assert page.text.index("Your number cannot be taken back") < page.text.index("We talk elsewhere")

    page = browser.submit(button=button)

    assert page.status == 200
    assert answers(pairs)[pairs.people["mentor"]] is answer
    assert "in touch?" not in browser.get("/home").root.find(".//main/section/h2").text


@pytest.mark.parametrize("words", ["I am asked for my address.", ""])
def test_something_is_wrong_reaches_a_coordinator_with_or_without_a_sentence(pairs, words):
    path = asked(pairs, State.ACTIVE)
    browser = pairs.browser("newcomer")
    browser.get(path)

    page = browser.submit({"What is wrong": words}, button="Tell a coordinator")

    assert page.status == 200
    with pairs.filling() as session:
        report = session.scalars(select(Report)).one()
        assert report.routed_to_id == pairs.people["coordinator"]
        assert words in report.words
        assert report.about_id == pairs.people["mentor"]
    assert words == "" or words not in pairs.browser("mentor").get(path).text


def test_too_long_a_sentence_comes_back_with_nothing_lost(pairs):
    path = asked(pairs, State.ACTIVE)
    browser = pairs.browser("newcomer")
    browser.get(path)

    page = browser.submit({"What is wrong": "a" * 2001}, button="Tell a coordinator")

    assert page.status == 422
    assert "a" * 2001 in page.html
    assert page.errors["wrong"].startswith("At most")
    assert answers(pairs)[pairs.people["newcomer"]] is None


def test_a_second_click_changes_nothing_and_another_answer_is_refused_kindly(pairs):
    path = asked(pairs, State.ACTIVE)
    browser = pairs.browser("newcomer")
    data = {"csrf_token": token_of(browser), "day": "7", "answer": "someone_else"}
    for _ in range(2):
        assert browser.post(f"{path}/check-in", data).status == 200

    page = browser.post(f"{path}/check-in", data | {"answer": "yes"})

    assert page.status == 409
    assert "answered already" in page.text
    assert answers(pairs)[pairs.people["newcomer"]] is CheckInAnswer.SOMEONE_ELSE


def test_only_one_of_the_two_who_was_asked_can_answer(pairs):
    path = asked(pairs, State.ACTIVE)
    for role, status in [("coordinator", 403), ("stranger", 404)]:
        browser = pairs.browser(role)
        data = {"csrf_token": token_of(browser), "day": "7", "answer": "yes"}
        assert browser.post(f"{path}/check-in", data).status == status
        assert QUESTION not in browser.get(path).text
    browser = pairs.browser("mentor")
    token = {"csrf_token": token_of(browser)}
    assert browser.post(f"{path}/check-in", {"day": "8", "answer": "yes"} | token).status == 404
    assert browser.post(f"{path}/check-in", {"day": "7", "answer": "maybe"} | token).status == 422
    assert set(answers(pairs).values()) == {None}
