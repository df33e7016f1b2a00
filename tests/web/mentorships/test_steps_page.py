import pytest

from mentorship.rules.lifecycle import State
from tests.web.pairs import token_of

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)

OWN = "Or one of your own"
FIRST = "Come to one conversation or event, and only listen"


def test_the_two_choose_try_and_say_what_they_learned(pairs):
    path = pairs.pair(State.ACTIVE)
    newcomer, mentor = pairs.browser("newcomer"), pairs.browser("mentor")
    mentor.get(path)
    page = mentor.submit({"A small step": FIRST}, button="Choose this step")
    assert "Chosen. Try it when you like" in page.text

    newcomer.get(path)
    page = newcomer.submit({"What did you learn?": "That they <b>laugh</b>"}, button="Tried")

    assert "that counts" in page.text
    assert "That they <b>laugh</b>" in mentor.get(path).text
    assert "Take this step back" not in mentor.get(path).html
    page = newcomer.get("/progress")
    assert FIRST in page.text
    assert "That they <b>laugh</b>" in page.text


def test_a_step_of_ones_own_is_typed_and_taken_back(pairs):
    path = pairs.pair(State.ACTIVE)
    newcomer = pairs.browser("newcomer")
    newcomer.get(path)
    page = newcomer.submit({OWN: "Read 100% of one page"}, button="Choose this step")
    assert "Read 100% of one page" in page.text
    assert "still ahead" in newcomer.get("/progress").text

    newcomer.get(path)
    page = newcomer.submit(button="Take this step back")

    assert "Taken back." in page.text
    assert "Read 100" not in page.text


def test_nothing_chosen_is_said_at_the_field_and_nothing_typed_is_lost(pairs):
    path = pairs.pair(State.ACTIVE)
    newcomer = pairs.browser("newcomer")
    newcomer.get(path)
    page = newcomer.submit(button="Choose this step")
    assert (page.status, page.errors) == (422, {"own": "Choose a step, or write one of your own."})

    page = newcomer.submit({OWN: "b" * 201}, button="Choose this step")

    assert page.status == 422
    assert "b" * 201 in page.html


def test_words_about_a_step_that_are_too_long_stay_on_the_page(pairs):
    path = pairs.pair(State.ACTIVE)
    newcomer = pairs.browser("newcomer")
    newcomer.get(path)
    newcomer.submit({OWN: "Read a page"}, button="Choose this step")

    page = newcomer.submit({"What did you learn?": "c" * 2001}, button="Done")

    assert page.status == 422
    assert "c" * 2001 in page.html


@pytest.mark.parametrize("role", ["coordinator", "backup"])
def test_steps_are_for_the_two(pairs, role):
    path = pairs.pair(State.ACTIVE)
    newcomer, other = pairs.browser("newcomer"), pairs.browser(role)
    newcomer.get(path)
    newcomer.submit({OWN: "Read a page"}, button="Choose this step")

    assert "Read a page" not in other.get(path).text
    assert "Read a page" not in other.get("/progress").text
    assert other.post(f"{path}/steps", {"csrf_token": token_of(other), "own": "x"}).status in (403, 404)


@pytest.mark.parametrize(("state", "seen"), [(State.COMPLETED, True), (State.ENDED, False)])
def test_after_the_end_her_steps_are_on_her_own_page(pairs, state, seen):
    path = pairs.pair(State.ACTIVE)
    newcomer, mentor = pairs.browser("newcomer"), pairs.browser("mentor")
    newcomer.get(path)
    newcomer.submit({OWN: "Read a page"}, button="Choose this step")
    newcomer.submit(button="Tried")
    newcomer.submit(button="Complete" if state is State.COMPLETED else "End this mentorship")

    assert "Read a page" in newcomer.get("/progress").text
    assert ("Read a page" in mentor.get(path).text) is seen
    late = newcomer.post(f"{path}/steps", {"csrf_token": token_of(newcomer), "own": "x"})
    assert late.status == 409
    assert "while you are on your way" in late.text


def test_her_page_is_kind_when_it_is_empty(pairs):
    page = pairs.browser("stranger").get("/progress")

    assert "nothing has to" in page.text
    assert not any(letter.isdigit() for letter in "".join(page.root.find(".//main").itertext()))
