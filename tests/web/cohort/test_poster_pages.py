from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from mentorship.services import conversations, takeaways
from mentorship.store.conversations import Conversation, Quote, Takeaway
from mentorship.web import paper
from tests.factories import a_request
from tests.paper import fonts_of, needs_pango, pages_of, without_pango

NOW = datetime.now(UTC)


@pytest.fixture
def said(site):
    """A conversation that was, with two published takeaways, two quotes, one of them with a name."""
    with site.filling() as session:
        cohort, noor, ago = site.cohort(session), site.person(session, "Noor"), NOW - timedelta(days=20)
        call = conversations.host(session, cohort, noor, starts_at=ago + timedelta(days=1), at=ago)
        for name in ("Ada", "Bea"):
            person = site.person(session, name)
            conversations.attended(session, call, person, at=NOW)
            takeaways.add(session, call, person, f"Takeaway of {name[0]}.", at=NOW)
            takeaways.let_quote(
                session, call, person, f"Quote of {name[0]}.", with_name=name == "Ada", at=NOW
            )
        takeaways.publish(session, call, noor, published=True, at=NOW)
        for _ in range(7):
            a_request(session, cohort, at=ago)


@pytest.fixture
def noor(site, said):
    browser = site.browser("Noor")
    browser.get(site.path.replace("/cohort/", "/cohorts/") + "/poster")
    return browser


def made(site, browser):
    with site.filling() as session:
        chosen = {
            "takeaways": [one.public_id for one in session.scalars(select(Takeaway))],
            "quotes": [one.public_id for one in session.scalars(select(Quote))],
        }
    browser.submit(chosen, button="Save")
    assert "with the numbers of today" in browser.page.text
    return browser.submit(button="Publish it")


def test_members_see_the_poster_once_it_is_published_and_no_longer_as_soon_as_it_is_not(site, noor, ada):
    assert ada.get(f"{site.path}/poster").status == 404
    made(site, noor)

    page = ada.get(f"{site.path}/poster")

    text = page.text
    assert text.index("Takeaway of A.") < text.index("Quote of B.") < text.index("requests for a mentor")
    assert "Ada" in text
    assert "Bea" not in text
    assert "To the poster" in ada.get(site.path).links
    noor.submit(button="Publish no longer")
    assert ada.get(f"{site.path}/poster").status == 404
    assert ada.get(f"{site.path}/poster.pdf").status == 404
    assert site.browser("A stranger").get(f"{site.path}/poster").status == 404


def test_a_quote_taken_back_is_gone_from_the_poster_at_once(site, noor, ada, bea):
    made(site, noor)
    with site.filling() as session:
        call = session.scalars(select(Conversation)).one().public_id
    bea.get(f"{site.path}/conversations/{call}")

    bea.submit(button="Take it back: the quote")

    for browser, path in ((ada, f"{site.path}/poster"), (noor, noor.page.path)):
        assert "Quote of B." not in browser.get(path).html
    assert "Quote of A." in ada.get(f"{site.path}/poster").text


def test_what_was_chosen_stays_chosen_and_more_than_a_poster_holds_is_refused_at_its_field(site, noor):
    page = made(site, noor)
    assert page.html.count("checked") == 4
    with site.filling() as session:
        call, ada = session.scalars(select(Conversation)).one(), site.person(session, "Ada")
        call.published_at = None
        for number in range(4):
            takeaways.add(session, call, ada, f"More {number}.", at=NOW)
        takeaways.add(session, call, site.person(session, "Bea"), "And more.", at=NOW)
        call.published_at = NOW
        everything = [one.public_id for one in session.scalars(select(Takeaway))]
    noor.get(noor.page.path)

    page = noor.submit({"takeaways": everything}, button="Save")

    assert page.status == 422
    assert "A poster holds six takeaways" in page.errors["takeaways"]


@pytest.mark.parametrize("size", ["A3", "A4"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_is_one_sheet_to_print_in_each_size_and_language(site, noor, ada, size, language):
    needs_pango()
    made(site, noor)

    answer = ada.client.get(f"{site.path}/poster.pdf?size={size}&uselang={language}")

    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert pages_of(answer.data) == 1
    assert ("Arabic" in fonts_of(answer.data)) == (language == "ar")


@pytest.mark.parametrize("size", ["A3", "A4"])
def test_the_fullest_poster_is_one_sheet_too(site, noor, ada, size):
    needs_pango()
    with site.filling() as session:
        call = session.scalars(select(Conversation)).one()
        call.published_at = None
        for name in ("Ada", "Bea", "Lin", "Noor"):
            person = site.person(session, name)
            conversations.attended(session, call, person, at=NOW)
            takeaways.let_quote(
                session, call, person, f"{name} " + "longer words " * 21, with_name=True, at=NOW
            )
            for number in range(1 if name in ("Ada", "Bea") else 2):
                takeaways.add(session, call, person, f"{name} {number} " + "many a word " * 22, at=NOW)
        short = [one for one in session.scalars(select(Takeaway)) if len(one.words) < 50]
        for one in short:
            session.delete(one)
        call.published_at = NOW
    noor.get(noor.page.path)
    made(site, noor)

    assert pages_of(ada.client.get(f"{site.path}/poster.pdf?size={size}").data) == 1


def test_words_run_their_own_way_whatever_the_page(site, noor, ada):
    with site.filling() as session:
        session.scalars(select(Takeaway)).first().words = "خطوة صغيرة."
    made(site, noor)

    page = ada.get(f"{site.path}/poster")

    assert '<li dir="rtl">خطوة صغيرة.</li>' in page.html
    assert '<li dir="ltr">Takeaway of B.</li>' in page.html


def test_without_pango_the_page_says_that_it_can_be_printed_itself(site, noor, ada):
    made(site, noor)
    with without_pango():
        page = ada.get(f"{site.path}/poster")
        assert paper.NO_PDF in page.text
        assert "For printing, A3 (PDF)" not in page.links

        page = ada.get(f"{site.path}/poster.pdf")

    assert page.path == f"{site.path}/poster"


def test_the_numbers_on_the_poster_stay_those_of_their_day(site, noor, ada):
    made(site, noor)
    with site.filling() as session:
        for _ in range(6):
            a_request(session, site.cohort(session), at=NOW)

    assert 'poster__number">7</p>' in ada.get(f"{site.path}/poster").html
    noor.submit(button="Save")
    assert 'poster__number">13</p>' in ada.get(f"{site.path}/poster").html
