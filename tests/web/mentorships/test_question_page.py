import pytest
from sqlalchemy import select

from mentorship.rules.lifecycle import State
from mentorship.store.mentorships import Mentorship
from tests.web.pairs import token_of

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)

QUESTION = "Which article is it?"
REPLY = "The one about the river."
ASK = "Ask"


def due_of(pairs, path):
    with pairs.filling() as session:
        query = select(Mentorship.answer_due_at).where(Mentorship.public_id == path.rpartition("/")[2])
        return session.scalars(query).one()


def test_a_question_is_asked_on_her_own_pages_and_answered_on_the_request_page(pairs):
    path = pairs.pair(State.PROPOSED)
    before = due_of(pairs, path)
    mentor, newcomer = pairs.browser("mentor"), pairs.browser("newcomer")
    mentor.get("/mentor")

    asked = mentor.submit({"Your question": QUESTION}, button=ASK)
    waits = mentor.get("/mentor")
    assert "Yes" not in waits.buttons
    assert "The page of this ask" in waits.links
    read = newcomer.get("/request")
    heard = newcomer.submit({"Your answer": REPLY}, button="Send the answer")

    assert asked.status == 200
    assert QUESTION in asked.text
    assert "Hawa can answer until" in asked.text
    assert ASK not in asked.buttons
    assert QUESTION in read.text
    assert "nobody is to blame" in read.text
    assert heard.path == "/request"
    assert "Rosa says yes or no by" in heard.text
    assert due_of(pairs, path) > before
    page = mentor.get("/mentor")
    assert REPLY in page.text
    assert ASK not in page.buttons
    assert mentor.submit(button="Yes").status == 200
    assert pairs.of(path)[0] is State.ACCEPTED


@pytest.mark.parametrize("words", ["", "a" * 2001])
def test_an_empty_or_endless_question_comes_back_to_its_field(pairs, words):
    path = pairs.pair(State.PROPOSED)
    mentor = pairs.browser("mentor")
    mentor.get(path)

    page = mentor.submit({"Your question": words}, button=ASK)

    assert page.status == 422
    assert "question" in page.errors
    assert words in page.html


@pytest.mark.parametrize("words", ["", "a" * 2001])
def test_an_empty_or_endless_answer_comes_back_to_its_field(pairs, words):
    path = pairs.pair(State.PROPOSED)
    mentor, newcomer = pairs.browser("mentor"), pairs.browser("newcomer")
    mentor.get(path)
    mentor.submit({"Your question": QUESTION}, button=ASK)
    newcomer.get(path)

    page = newcomer.submit({"Your answer": words}, button="Send the answer")

    assert page.status == 422
    assert "reply" in page.errors
    assert words in page.html


def test_a_second_question_or_answer_is_refused_with_how_it_stands(pairs):
    path = pairs.pair(State.PROPOSED)
    mentor, newcomer = pairs.browser("mentor"), pairs.browser("newcomer")
    hers, theirs = {"csrf_token": token_of(mentor)}, {"csrf_token": token_of(newcomer)}
    early = newcomer.post(f"{path}/question/answer", theirs | {"reply": REPLY})
    mentor.post(f"{path}/question", hers | {"question": QUESTION})

    again = mentor.post(f"{path}/question", hers | {"question": "And when?"})

    assert (early.status, again.status) == (409, 409)
    assert "one is all there is room for" in again.text
    assert QUESTION in again.text


def test_the_question_is_the_mentor_s_to_ask_and_the_newcomer_s_to_answer(pairs):
    path = pairs.pair(State.PROPOSED)
    for role, refused in [("newcomer", 403), ("coordinator", 403), ("stranger", 404)]:
        browser = pairs.browser(role)
        data = {"csrf_token": token_of(browser), "question": QUESTION}
        assert browser.post(f"{path}/question", data).status == refused
    mentor = pairs.browser("mentor")
    data = {"csrf_token": token_of(mentor), "reply": REPLY}
    assert mentor.post(f"{path}/question/answer", data).status == 403
    assert pairs.of(path)[2] == 1
