"""Before a number leaves in her words, one line; and two tabs do not overwrite each other unseen."""

import pytest
from sqlalchemy import select

from mentorship.services import questions
from mentorship.store.mentorships import EventNote, Mentorship
from mentorship.store.people import Person
from tests.browser import Browser
from tests.page_checks import words_of

LINE = "Your number cannot be taken back; a block here does not work there."
NUMBER = "Call me: 0803 555 0101"
SAVE = "Save and ask for a mentor"


@pytest.mark.parametrize("field", ["words", "about"])
def test_a_request_with_a_number_comes_back_once_before_it_is_opened(programme, newcomer, field):
    newcomer.get("/request")
    filled = {"languages-0-name": "English", "needs": ["My edit was undone"], field: NUMBER}

    page = newcomer.submit(filled, button=SAVE)

    assert page.status == 200
    assert LINE in page.text
    assert page.form("Send it so").filled({})[field] == [NUMBER]
    assert programme.request() is None
    newcomer.submit(button="Send it so")
    assert programme.request() is not None


def test_words_she_let_go_before_are_not_asked_about_again(programme, asking):
    asking.click("Change it")
    asking.submit({"words": NUMBER}, button="Save")
    assert LINE in asking.page.text
    asking.submit(button="Send it so")
    assert programme.request().words == NUMBER
    asking.click("Change it")

    page = asking.submit({"happened_link": "https://example.org/diff"}, button="Save")

    assert LINE not in page.text
    assert programme.request().happened_link == "https://example.org/diff"


def test_an_ask_with_a_handle_comes_back_once_before_anyone_is_asked(programme, asking):
    programme.mentor("Ada")
    asking.get("/request")
    asking.click("Ask this mentor")

    page = asking.submit({"words": "I am @river.writes"}, button="Ask")

    assert LINE in page.text
    assert page.form("Send it so").filled({})["words"] == ["I am @river.writes"]
    with programme.work() as session:
        assert session.scalars(select(Mentorship)).all() == []
    asking.submit(button="Send it so")
    with programme.work() as session:
        assert session.scalars(select(EventNote.words)).all() == ["I am @river.writes"]


def test_a_number_in_the_mentor_s_question_and_in_the_answer_is_asked_about(programme, asking):
    programme.mentor("Ada")
    asking.get("/request")
    asking.click("Ask this mentor")
    asking.submit(button="Ask")
    with programme.work() as session:
        pair = session.scalars(select(Mentorship)).one()
        mentor_id, path = pair.mentor_id, f"/mentorships/{pair.public_id}"
    ada = programme.browser(mentor_id)
    ada.get(path)
    assert LINE in ada.submit({"question": NUMBER}, button="Ask").text
    ada.submit(button="Send it so")
    asking.get("/request")

    page = asking.submit({"reply": "Mine is 0803 555 0102"}, button="Send the answer")

    assert LINE in page.text
    with programme.work() as session:
        pair = session.scalars(select(Mentorship)).one()
        assert questions.question_of(pair).words == NUMBER
        assert pair.question_answered_at is None
    asking.submit(button="Send it so")
    with programme.work() as session:
        assert questions.answer_of(session.scalars(select(Mentorship)).one()).words == "Mine is 0803 555 0102"


def another_tab(programme, browser):
    other = Browser(programme.app)
    other.client.set_cookie("session", browser.client.get_cookie("session").value)
    return other


def test_of_two_tabs_the_second_sees_what_the_first_saved_and_loses_nothing(programme, asking):
    second = another_tab(programme, asking)
    for tab in (asking, second):
        tab.get("/request/change")
    asking.submit({"words": "From the first tab.", "needs": ["Wikidata"]}, button="Save")

    page = second.submit({"words": "From the second tab."}, button="Save")

    assert page.status == 409
    assert "This was changed meanwhile, perhaps in another tab." in page.text
    assert "From the first tab." in page.text
    assert "Wikidata" in "".join(page.root.find(".//dl").itertext())
    assert page.form("Save").filled({})["words"] == ["From the second tab."]
    assert programme.request().words == "From the first tab."
    second.submit(button="Save")
    assert programme.request().words == "From the second tab."


def test_what_another_tab_changed_in_the_profile_counts_too(programme, asking):
    second = another_tab(programme, asking)
    for tab in (asking, second):
        tab.get("/request/change")
    asking.submit({"about": "I like rivers."}, button="Save")

    page = second.submit({"words": "Mine."}, button="Save")

    assert (page.status, "I like rivers." in page.text) == (409, True)
    with programme.work() as session:
        assert session.get_one(Person, programme.newcomer_id).about == "I like rivers."


LEVEL, ACCEPTS = "languages-0-level", "languages-0-for_help"
SECOND = {"languages-1-name": "Hausa", "languages-1-level": "4", "languages-1-for_help": True}
ENGLISH = "English (I write with ease and I accept help in it)"


@pytest.mark.parametrize(
    ("first", "label", "stands"),
    [
        (
            {LEVEL: "2"},
            "Your languages",
            "English (I understand simple messages and I accept help in it) and Hausa"
            " (I write with ease and I accept help in it)",
        ),
        (
            {"languages-1-for_help": False},
            "Your languages",
            f"{ENGLISH} and Hausa (I write with ease)",
        ),
        (
            {"wikis-0-project": "wikivoyage", "wikis-0-name": "English"},
            "Where you edit, or would like to",
            "Wikivoyage (English)",
        ),
        ({"wikis-0-project": "", "wikis-0-name": ""}, "Where you edit, or would like to", "nothing"),
        ({"It changes": True}, "It changes", "Yes"),
        ({"I prefer writing": False}, "I prefer writing", "No"),
        (
            {"areas": ["Technical spaces", "Leadership"]},
            "Areas",
            "Leadership and Technical spaces",
        ),
    ],
)
def test_whatever_another_tab_changed_is_listed_in_words(programme, asking, first, label, stands):
    asking.get("/request/change")
    asking.submit(button="Add another language")
    wiki = {"wikis-0-project": "wikipedia", "wikis-0-name": "English"}
    asking.submit(SECOND | wiki | {"I prefer writing": True}, button="Save")
    second = another_tab(programme, asking)
    for tab in (asking, second):
        tab.get("/request/change")
    assert asking.submit(first, button="Save").status == 200

    page = second.submit({"words": "Mine."}, button="Save")

    assert page.status == 409
    listed = {row.findtext("dt"): words_of(row.find("dd")) for row in page.root.iterfind(".//dl/div")}
    assert listed.pop("In your own words") == "nothing"
    assert listed == {label: stands}


def test_a_second_click_is_no_quarrel_with_the_first(programme, asking):
    asking.get("/request/change")
    data = asking.page.form("Save").filled({"words": "Only once."}, "Save")

    pages = [asking.post("/request/change", data) for _ in range(2)]

    assert [page.status for page in pages] == [200, 200]
    assert programme.request().words == "Only once."
