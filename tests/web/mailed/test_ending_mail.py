"""The link that ends mail of a kind, and the choice on her account page."""

import pytest

from mentorship.services import mail_choice
from mentorship.store.outbox import MailAbout, NoMail
from mentorship.store.people import Address, Person
from tests.browser import Browser
from tests.web.pairs import token_of

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)


HERS = set(MailAbout) - {MailAbout.COHORT, MailAbout.SAFETY}
"""What is offered to someone who coordinates nothing."""


def link(pairs, role="mentor", kind="ask"):
    with pairs.filling() as session:
        person = session.get(Person, pairs.people[role])
        return f"/note/stop/{mail_choice.stop_token(pairs.app.secret_key.encode(), person, kind)}"


def ended(pairs):
    with pairs.filling() as session:
        return {(row.person_id, row.about) for row in session.query(NoMail)}


def test_looking_at_the_link_ends_nothing_and_says_what_would_be_lost(pairs):
    page = Browser(pairs.app).get(link(pairs))

    assert page.status == 200
    assert "An ask that is not answered by its date goes on to someone else." in page.text
    assert ended(pairs) == set()


def test_the_button_ends_mail_of_that_kind_without_signing_in(pairs):
    browser = Browser(pairs.app)
    browser.get(link(pairs))

    page = browser.submit(button="End mail of this kind")

    assert "Done." in page.text
    assert "No mail tells you that someone asks for your help" in page.text
    assert ended(pairs) == {(pairs.people["mentor"], MailAbout.ASKS)}


def test_a_mail_program_ends_it_in_one_step_with_the_signed_link_alone(pairs):
    client = pairs.app.test_client()

    answers = [client.post(link(pairs), data={"List-Unsubscribe": "One-Click"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert ended(pairs) == {(pairs.people["mentor"], MailAbout.ASKS)}


def test_one_button_ends_all_of_it(pairs):
    browser = Browser(pairs.app)
    browser.get(link(pairs))

    page = browser.submit(button="End all mail")

    assert "No more notices are mailed to you." in page.text
    assert ended(pairs) == {(pairs.people["mentor"], about) for about in MailAbout}


@pytest.mark.parametrize("spoilt", ["x", ".", "/"])
def test_a_link_that_was_changed_gives_one_kind_sentence_and_ends_nothing(pairs, spoilt):
    client = pairs.app.test_client()
    for method in (client.get, client.post):
        answer = method(link(pairs) + spoilt)
        assert answer.status_code in {404, 410}

    page = Browser(pairs.app).get(link(pairs)[:-3])

    assert page.status == 410
    assert "Nothing is lost" in page.text
    assert "Sign in" in page.links
    assert ended(pairs) == set()


def test_she_chooses_on_her_account_page_and_is_told_there_what_she_will_not_hear_by_mail(pairs):
    with pairs.filling() as session:
        session.add(Address(person_id=pairs.people["mentor"], email="m@mail.example", confirmed_at=pairs.at))
    browser = pairs.browser("mentor")
    browser.get("/account")

    page = browser.submit({"Mail me when it is about": ["messages", "pairs"]}, button="Save what is mailed")

    mentor = pairs.people["mentor"]
    left = HERS - {MailAbout.MESSAGES, MailAbout.PAIRS}
    assert ended(pairs) == {(mentor, about) for about in left}
    assert "without a word by then a request is closed" in page.text
    assert "Something is wrong and you are the one to read it" not in page.text


def test_a_coordinator_chooses_about_her_cohort_too(pairs):
    with pairs.filling() as session:
        session.add(Address(person_id=pairs.people["coordinator"], email="c@mail.example"))
    browser = pairs.browser("coordinator")
    browser.get("/account")

    page = browser.submit({"Mail me when it is about": list(set(MailAbout) - {"safety"})},
                          button="Save what is mailed")  # fmt: skip

    assert ended(pairs) == {(pairs.people["coordinator"], MailAbout.SAFETY)}
    assert "look at your pages every day" in page.text


def test_what_is_not_offered_to_her_stays_as_it_is(pairs):
    with pairs.filling() as session:
        mail_choice.stop(session, session.get(Person, pairs.people["mentor"]), MailAbout.SAFETY)
    browser = pairs.browser("mentor")

    token = {"csrf_token": token_of(browser), "wanted": sorted(HERS)}
    browser.post("/account/mail", token)
    refused = browser.post("/account/mail", token | {"wanted": ["nonsense"]})

    assert refused.status == 422
    assert ended(pairs) == {(pairs.people["mentor"], MailAbout.SAFETY)}
