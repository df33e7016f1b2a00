"""“Look at it together”: offered after a yes where an edit was undone, to nobody else."""

import pytest
from sqlalchemy import select

from mentorship.rules.lifecycle import State
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import InterestKind

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)

OFFER = "A first step: look at it together"


def with_another_need(pairs, path):
    with pairs.filling() as session:
        query = select(Mentorship).where(Mentorship.public_id == path.rpartition("/")[2])
        newcomer = session.scalars(query).one().newcomer
        for each in newcomer.interests:
            if each.kind is InterestKind.NEED:
                each.item = "sources"


@pytest.mark.parametrize("role", ["newcomer", "mentor"])
def test_after_a_yes_both_are_offered_to_look_at_it_together(pairs, role):
    path = pairs.pair(State.ACCEPTED)
    browser = pairs.browser(role)

    page = browser.get(path)
    assert OFFER in page.text
    page = browser.click("Suggest it")

    other = {"newcomer": "Rosa", "mentor": "Hawa"}[role]
    button = "Say hello"
    words = page.form(button).filled({})["words"][0]
    assert f"Hello {other}, shall we look at the undone edit together?" in words
    assert "Sent." in browser.submit({"Your message": words.strip()}, button=button).text


def test_it_is_offered_until_both_have_written(pairs):
    path = pairs.pair(State.ACCEPTED)
    for role in ("mentor", "newcomer"):
        browser = pairs.browser(role)
        assert OFFER in browser.get(path).text
        browser.submit({"Your message": "Hello."}, button="Say hello" if role == "mentor" else "Send")

    assert OFFER not in pairs.browser("mentor").get(path).text


@pytest.mark.parametrize("state", [State.PROPOSED, State.PAUSED, State.ENDED, State.COMPLETED])
def test_before_a_yes_in_a_pause_and_after_the_end_it_is_not_offered(pairs, state):
    path = pairs.pair(state)

    assert OFFER not in pairs.browser("newcomer").get(path).text


def test_with_another_need_it_is_not_offered_and_the_hello_asks_where_to_begin(pairs):
    path = pairs.pair(State.ACCEPTED)
    with_another_need(pairs, path)

    page = pairs.browser("mentor").get(path)

    assert OFFER not in page.text
    assert "Where would you like to begin?" in page.text
    assert "shall we look" not in pairs.browser("newcomer").get(f"{path}?first=look").text


@pytest.mark.parametrize("role", ["backup", "coordinator"])
def test_nobody_else_is_offered_it(pairs, role):
    path = pairs.pair(State.ACCEPTED)

    assert OFFER not in pairs.browser(role).get(f"{path}?first=look").text
