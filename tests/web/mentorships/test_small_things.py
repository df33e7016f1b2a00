"""What a pair's page does not ask, offer or call twice."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mentorship.rules.lifecycle import State
from mentorship.services import messages
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person
from mentorship.store.together import CheckIn
from tests.chromium import PHONE, is_scrolled_sideways, served, watched_page

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)

TELL = "Tell someone about this message"


def of(session, path):
    return session.scalars(select(Mentorship).where(Mentorship.public_id == path.rpartition("/")[2])).one()


def written(pairs, path, role, words):
    with pairs.filling() as session:
        messages.write_to_pair(
            session, of(session, path), session.get(Person, pairs.people[role]), words, at=pairs.at
        )


@pytest.mark.parametrize(("state", "is_asked"), [(State.ACTIVE, True), (State.PAUSED, False)])
def test_a_paused_pair_is_not_asked_whether_they_are_in_touch(pairs, state, is_asked):
    pause = {"paused_until": pairs.at + timedelta(days=9)} if state is State.PAUSED else {}
    path = pairs.pair(state, **pause)
    with pairs.filling() as session:
        pair = of(session, path)
        session.add(CheckIn(mentorship_id=pair.id, person_id=pair.newcomer_id, day=7, asked_at=pairs.at))
    browser = pairs.browser("newcomer")

    assert ("in touch?" in browser.get(path).text) is is_asked
    assert ("in touch?" in browser.get("/home").text) is is_asked


def test_the_second_person_has_one_name_for_both_of_the_pair(pairs):
    path = pairs.pair(State.ACTIVE, backup_id=pairs.people["backup"])

    for role in ("newcomer", "mentor"):
        assert "Your second person" in pairs.browser(role).get(path).text
    for role in ("mentor", "coordinator"):
        assert "Backup" not in pairs.browser(role).get(path).text


def test_after_a_block_the_page_says_so_and_offers_no_other(pairs):
    path = pairs.pair(State.ACTIVE)
    newcomer = pairs.browser("newcomer")
    newcomer.get(path)
    assert "Block" in newcomer.page.buttons

    newcomer.submit(button="Block Rosa")

    page = newcomer.get(path)
    assert "You have blocked Rosa." in page.text
    assert "Block" not in page.buttons
    assert "You have blocked" not in pairs.browser("mentor").get(path).text


def test_one_long_word_does_not_widen_the_page_on_which_it_is_told(pairs, chromium):
    path = pairs.pair(State.ACTIVE)
    written(pairs, path, "mentor", "a" * 400)
    browser = pairs.browser("newcomer")
    browser.get(path)
    cookie = browser.client.get_cookie("session").value
    with served(pairs.app) as address, watched_page(chromium, viewport=PHONE) as page:
        page.context.add_cookies([{"name": "session", "value": cookie, "url": address}])
        page.goto(address + browser.page.link(TELL))

        assert not is_scrolled_sideways(page)
