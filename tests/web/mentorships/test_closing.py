import pytest

from mentorship.rules.lifecycle import State
from tests.web.pairs import token_of

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)

QUESTION = "What did you try or start together?"


def test_both_are_asked_what_they_tried_and_read_each_other_s_words(pairs):
    path = pairs.pair(State.ACTIVE)
    newcomer, mentor = pairs.browser("newcomer"), pairs.browser("mentor")
    newcomer.get(path)
    page = newcomer.submit(button="Complete")
    assert QUESTION in page.text

    page = newcomer.submit({QUESTION: "An article about <b>bridges</b>"}, button="Save")

    assert page.path.startswith("/helped")
    page = mentor.get(path)
    assert "An article about <b>bridges</b>" in page.text
    mentor.submit({QUESTION: ""}, button="Save")
    assert QUESTION not in mentor.get(path).text
    assert QUESTION not in newcomer.get(path).text
    assert "What you tried or started together" in newcomer.get(path).text


def test_the_question_waits_for_who_did_not_complete_it(pairs):
    path = pairs.pair(State.COMPLETED)

    assert QUESTION in pairs.browser("newcomer").get(path).text
    assert "One more question" in pairs.browser("newcomer").get(path).links.__str__()
    assert QUESTION not in pairs.browser("coordinator").get(path).text


@pytest.mark.parametrize(("role", "status"), [("coordinator", 403), ("backup", 404), ("stranger", 404)])
def test_closing_words_are_for_the_two(pairs, role, status):
    path = pairs.pair(State.COMPLETED)
    browser = pairs.browser(role)

    page = browser.post(f"{path}/closing-words", {"csrf_token": token_of(browser), "words": "x"})

    assert page.status == status


@pytest.mark.parametrize("state", [State.ACTIVE, State.ENDED])
def test_it_is_asked_only_of_what_was_completed(pairs, state):
    path = pairs.pair(state)
    browser = pairs.browser("mentor")

    assert QUESTION not in browser.get(path).text
    data = {"csrf_token": token_of(browser), "words": "x"}
    assert browser.post(f"{path}/closing-words", data).status == 409


def test_words_that_are_too_long_are_kept_on_the_page(pairs):
    path = pairs.pair(State.COMPLETED)
    browser = pairs.browser("mentor")
    browser.get(path)

    page = browser.submit({QUESTION: "b" * 2001}, button="Save")

    assert page.status == 422
    assert "b" * 2001 in page.html


def test_the_other_hears_of_an_ending_in_one_neutral_sentence(pairs):
    path = pairs.pair(State.ACTIVE)
    newcomer = pairs.browser("newcomer")
    newcomer.get(path)
    newcomer.submit(button="End this mentorship")

    page = pairs.browser("mentor").get(path)

    assert "This mentorship has ended. Nothing is asked of you; endings are ordinary here." in page.text


def test_after_completing_both_are_led_on_and_home_knows_what_was(pairs):
    path = pairs.pair(State.ACTIVE)
    number = path.rpartition("/")[2]
    newcomer, mentor = pairs.browser("newcomer"), pairs.browser("mentor")
    assert "What can come next" not in newcomer.get(path).text
    newcomer.submit(button="Complete")

    page = newcomer.get(path)
    assert page.links["Your certificate"].endswith(f"/certificate/{number}")
    assert page.links["A new goal: ask for a mentor again"].endswith("/request")
    assert "Be the one the next newcomer can turn to" in page.links
    page = mentor.get(path)
    assert page.links["Your thank-you letter"].endswith(f"/letter/{number}")
    assert "A new goal: ask for a mentor again" not in page.links
    page = newcomer.get("/home")
    assert "You have asked for nobody yet." not in page.text
    assert "You completed a mentorship on" in page.text
    assert page.links["Look back at it"].endswith(path)
    assert page.links["Ask for a mentor again"].endswith("/request")


def test_home_of_who_closed_her_request_does_not_say_that_she_asked_for_nobody(pairs):
    path = pairs.pair(State.PROPOSED)
    newcomer = pairs.browser("newcomer")
    newcomer.get(path)
    newcomer.submit(button="Take the ask back")
    newcomer.get("/request/close")
    newcomer.post("/request/close", {"csrf_token": token_of(newcomer)})

    page = newcomer.get("/home")

    assert "You have asked for nobody yet." not in page.text
    assert "No request of yours is open just now." in page.text
