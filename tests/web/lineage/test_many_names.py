"""A page of who helped whom with more names than it has room for."""

import pytest

from mentorship.store.help import Help
from mentorship.store.people import PersonStatus
from tests.factories import NOW, a_person

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)


def test_names_that_are_too_many_for_the_page_stand_on_pages_of_their_own(chain):
    with chain.site.filling() as session:
        for number in range(33):
            person = a_person(session, f"Person {number}")
            row = Help(helped_id=person.id, helper_id=chain.ids["Bea"], made_at=NOW)
            row.helped_agreed_at = row.helper_agreed_at = NOW
            session.add(row)
    browser = chain.browser("Bea")

    page = browser.get("/lineage")
    assert "33 people who agreed to be named trace their start through you." in page.text
    around = page.text.partition("What you answered")[0]
    assert ("Person 29" in around, "Person 30" in around) == (True, False)
    assert "and 27 more" in page.text  # the picture draws six
    browser.click("and 3 more")

    assert all(f"Person {number}" in browser.page.text for number in range(33))
    for odd in ("?step=9", "?step=-1", "?step=x&page=y", "?page=-4", f"?step={'9' * 5000}"):
        assert chain.browser("Bea").get(f"/lineage/names{odd}").status == 200
    assert "Person" not in chain.browser("Amina").get("/lineage/names").text


def test_two_sentences_have_a_blank_between_them(chain):
    with chain.site.filling() as session:
        for left in (False, True):
            for _ in range(5):
                person = a_person(session)
                person.status = PersonStatus.SUSPENDED if left else PersonStatus.ACTIVE
                session.add(Help(helped_id=person.id, helper_id=chain.ids["Bea"], made_at=NOW))

    said = "10 people trace their start through you. Of those without a name here, 5 still take part."
    assert said in chain.browser("Bea").get("/lineage").text
