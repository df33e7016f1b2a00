from datetime import timedelta

import pytest

from mentorship.rules.lifecycle import State
from tests.paper import fonts_of, needs_pango, pages_of, without_pango
from tests.web.pairs import token_of

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)

NAME = "The name that shall stand on it"
CHOSEN = "Hawa <b>Ibrahim</b> حواء"


@pytest.fixture
def completed(pairs):
    return pairs.pair(State.COMPLETED, began_at=pairs.at - timedelta(days=85)).rpartition("/")[2]


def paper_of(browser, address, name=CHOSEN):
    """The PDF of a sheet, as it comes."""
    data = {"csrf_token": token_of(browser), "name": name, "as": "pdf"}
    return browser.client.post(address, data=data)


@pytest.mark.parametrize(
    ("kind", "role", "says"),
    [
        ("certificate", "newcomer", "a mentorship of 12 weeks in"),
        ("letter", "mentor", "For 12 weeks you were"),
    ],
)
def test_it_is_made_in_the_name_she_types_and_on_one_page(pairs, completed, kind, role, says):
    needs_pango()
    browser = pairs.browser(role)
    browser.get("/progress")
    page = browser.get(f"/progress/{kind}/{completed}")
    assert 'class="sheet"' not in page.html

    page = browser.submit({NAME: CHOSEN}, button="Show it here, to print")

    assert CHOSEN in page.text
    assert says in page.text
    answer = paper_of(browser, f"/progress/{kind}/{completed}")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert pages_of(answer.data) == 1
    assert "Arabic" in fonts_of(answer.data)
    assert CHOSEN not in browser.get("/progress").text


@pytest.mark.parametrize("kind", ["certificate", "letter"])
def test_the_longest_names_still_fit_on_one_page(pairs, completed, kind):
    needs_pango()
    browser = pairs.browser("newcomer" if kind == "certificate" else "mentor")

    assert pages_of(paper_of(browser, f"/progress/{kind}/{completed}", "M" * 80).data) == 1


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        ("certificate", "mentor"),
        ("certificate", "coordinator"),
        ("letter", "newcomer"),
        ("letter", "stranger"),
    ],
)
def test_it_is_made_for_the_one_it_is_about_alone(pairs, completed, kind, role):
    browser = pairs.browser(role)

    assert browser.get(f"/progress/{kind}/{completed}").status == 404
    assert paper_of(browser, f"/progress/{kind}/{completed}").status_code == 404


@pytest.mark.parametrize("name", ["", "\u200b", "n" * 81])
def test_a_name_that_cannot_be_is_named(pairs, completed, name):
    browser = pairs.browser("newcomer")
    browser.get(f"/progress/certificate/{completed}")

    page = browser.submit({NAME: name}, button="Download as PDF")

    assert page.status == 422
    assert "name" in page.errors


def test_without_pango_the_pages_say_so_and_work(pairs, completed):
    browser = pairs.browser("newcomer")
    with without_pango():
        page = browser.get(f"/progress/certificate/{completed}")
        assert "Pango is missing" in page.text
        assert "Download as PDF" not in page.text
        assert CHOSEN in browser.submit({NAME: CHOSEN}, button="Show it here, to print").text
        assert paper_of(browser, f"/progress/certificate/{completed}").mimetype == "text/html"
        assert "Pango is missing" in browser.get("/progress/story/paper").text


def test_her_story_is_a_page_and_a_sheet_of_paper(pairs, completed):
    needs_pango()
    newcomer, mentor = pairs.browser("newcomer"), pairs.browser("mentor")
    assert "begins with the first thing you try" in newcomer.get("/progress/story").text
    newcomer.get(f"/mentorships/{completed}")
    newcomer.submit({"What did you try or start together?": "An article on <b>bridges</b>"}, button="Save")

    assert "An article on <b>bridges</b>" in newcomer.get("/progress/story").text
    assert pages_of(newcomer.client.get("/progress/story/paper").data) == 1
    assert "bridges" not in mentor.get("/progress/story").text
