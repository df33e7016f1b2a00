import pytest
from sqlalchemy import select

from mentorship.rules.lifecycle import State
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person
from tests.web.pairs import token_of

NOT_GOOD = "This word is not, or no longer, good."
WE_KNOW = "We know each other"


@pytest.fixture
def mentor(programme):
    return browser_of_mentor(programme, languages={"en": 4})


def browser_of_mentor(programme, **facts):
    public_id = programme.mentor("Rosa", **facts)
    with programme.work() as session:
        person_id = session.scalars(select(Person.id).where(Person.public_id == public_id)).one()
    return programme.browser(person_id)


def word_shown(browser):
    browser.get("/request")
    page = browser.submit(button="Show me a word")
    assert page.heading == "A word for someone you know"
    return page.root.find(".//main//code/bdi").text


def taken_up(mentor, word):
    mentor.get("/mentor")
    return mentor.submit({"The word you were given": word}, button=WE_KNOW)


def state(programme):
    with programme.work() as session:
        return session.scalars(select(Mentorship.state)).all()


def test_two_who_both_confirm_are_a_pair_without_a_round(programme, asking, mentor):
    word = word_shown(asking)

    assert taken_up(mentor, word.lower()).status == 200
    assert state(programme) == []
    assert "Rosa says that you know each other" in asking.get("/request").text
    page = asking.submit(button="Yes, we are a pair")

    assert page.heading == "You and Rosa"
    assert state(programme) == [State.ACCEPTED]


def test_two_without_a_language_in_common_are_told_so_and_the_word_stays_good(programme, asking):
    mentor = browser_of_mentor(programme, languages={"fr": 6})
    taken_up(mentor, word_shown(asking))
    asking.get("/request")

    page = asking.submit(button="Yes, we are a pair")

    assert page.status == 409
    assert "The two have no language in common to help in." in page.text
    assert state(programme) == []
    assert "Yes, we are a pair" in asking.get("/request").buttons


def test_a_no_pairs_nobody_and_ends_the_word(programme, asking, mentor):
    word = word_shown(asking)
    taken_up(mentor, word)
    asking.get("/request")

    assert asking.submit(button="No, not so").status == 200

    assert state(programme) == []
    assert "Show me a word" in asking.page.buttons
    assert NOT_GOOD in taken_up(mentor, word).text


def test_the_word_is_shown_once_and_a_new_one_ends_it(asking, mentor):
    first = word_shown(asking)
    assert first not in asking.get("/request").text
    second = word_shown(asking)

    assert taken_up(mentor, first).status == 422
    assert taken_up(mentor, second).status == 200


@pytest.mark.parametrize("word", ["Rosa", "AAAAA-AAAAA-AAAAA-AAAAA"])
def test_a_word_that_is_not_good_says_nothing_and_is_not_lost(asking, mentor, word):
    page = taken_up(mentor, word)

    assert page.status == 422
    assert page.errors["word"].startswith(NOT_GOOD)
    assert word in page.html


def test_without_a_word_taken_up_there_is_nothing_to_confirm(programme, asking):
    data = {"csrf_token": token_of(asking), "agrees": "yes"}
    assert asking.post("/request/known/answer", data).status == 404
    word_shown(asking)
    assert asking.post("/request/known/answer", data).status == 409
    assert state(programme) == []
