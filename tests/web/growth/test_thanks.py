import pytest

from mentorship.rules.lifecycle import State
from mentorship.store.outbox import Outbox
from tests.web.pairs import token_of

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)

WORDS = "You <i>stayed</i> with it."


def test_a_mentor_recognises_a_step_and_the_newcomer_finds_the_words_on_her_page(pairs):
    path = pairs.pair(State.ACTIVE)
    newcomer, mentor = pairs.browser("newcomer"), pairs.browser("mentor")
    newcomer.get(path)
    newcomer.submit({"Or one of your own": "Read a page"}, button="Choose this step")
    newcomer.submit(button="Tried")
    mentor.get(path)
    mentor.click("Recognise this")
    page = mentor.submit({"What did you see?": WORDS}, button="Send")
    assert "is told so" in page.text

    assert "has thanked you for something you did" in newcomer.get("/home").text
    page = newcomer.get("/progress")
    assert WORDS in page.text
    assert "Rosa" in page.text
    page = newcomer.submit(button="Hide it")
    assert "What you were thanked for" not in page.text
    page = newcomer.submit(button="Bring it back")
    assert WORDS in page.text
    assert WORDS not in newcomer.submit(button="Remove it").text
    with pairs.filling() as session:
        assert not any("stayed" in str(row.values) for row in session.query(Outbox))


def test_a_coordinator_finds_whom_she_may_thank(pairs):
    pairs.pair(State.ACTIVE)
    coordinator = pairs.browser("coordinator")
    coordinator.get("/home")
    links = [link.get("href") for link in coordinator.page.root.findall(".//main//a")]
    coordinator.get(next(link for link in links if link.startswith("/cohorts/")))
    coordinator.click("People and pairs")

    page = coordinator.click("Hawa")

    assert page.status == 200


@pytest.mark.parametrize("role", ["stranger", "backup", "elsewhere"])
def test_nobody_else_may_address_her(pairs, role):
    pairs.pair(State.ACTIVE)
    mentor, other = pairs.browser("mentor"), pairs.browser(role)
    mentor.get("/home")
    mentor.click("Hawa")
    link = mentor.page.link("Recognise what Hawa did")
    assert other.get(link).status == 404
    assert other.post(link, {"csrf_token": token_of(other), "words": "x"}).status == 404


def test_without_words_nothing_is_sent_and_too_many_are_kept(pairs):
    path = pairs.pair(State.ACTIVE)
    mentor = pairs.browser("mentor")
    mentor.get(path)
    mentor.click("Recognise what Hawa did")

    assert mentor.submit({"What did you see?": " "}, button="Send").status == 422
    page = mentor.submit({"What did you see?": "d" * 2001}, button="Send")

    assert page.status == 422
    assert "d" * 2001 in page.html
