"""The second person changes between the page and the words written on it: they reach no one else."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mentorship.rules.lifecycle import State
from mentorship.services import away
from mentorship.store.cohorts import Cohort
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Offer
from mentorship.store.together import Message
from tests.factories import a_mentor, a_person

SAID = "May I tell you something about my mentor?"
ELSEWHERE = "would reach someone else now"


@pytest.fixture
def path(pairs):
    return pairs.pair(State.ACTIVE)


def pair_at(session, path):
    return session.scalars(select(Mentorship).where(Mentorship.public_id == path[13:])).one()


def goes_away(pairs, path):
    with pairs.filling() as session:
        offer = session.get(Offer, pairs.people["backup"])
        away.go_away(session, offer, pairs.at + timedelta(days=9), at=pairs.at)


def another_stands_by(pairs, path):
    with pairs.filling() as session:
        cohort = session.get(Cohort, pairs.cohort_id)
        pair_at(session, path).backup = a_mentor(session, cohort, a_person(session, "Zofia"), backup=True)


def kept(pairs):
    with pairs.filling() as session:
        found = session.scalars(select(Message).order_by(Message.id))
        return [(each.aside_id is not None, each.request_id is not None, each.words) for each in found]


def typed(page, name="second-words"):
    return page.root.find(f".//*[@name='{name}']").text.strip()


@pytest.mark.parametrize(("changes", "button"), [(goes_away, "Mira"), (another_stands_by, "Zofia")])
def test_words_for_one_go_to_no_other_until_she_has_seen_who_it_is(pairs, path, changes, button):
    newcomer = pairs.browser("newcomer")
    newcomer.get(path)
    changes(pairs, path)

    page = newcomer.submit({"second-words": SAID}, button="Send to Nadia")

    assert (page.status, kept(pairs)) == (409, [])
    assert ELSEWHERE in page.text
    assert typed(page) == SAID
    newcomer.submit(button=f"Send to {button}")
    assert kept(pairs) == [(button == "Zofia", button == "Mira", SAID)]


def test_words_for_the_coordinator_wait_too_once_a_second_person_is_there(pairs):
    path = pairs.pair(State.ACTIVE, backup_id=None)
    newcomer = pairs.browser("newcomer")
    newcomer.get(path)
    another_stands_by(pairs, path)

    page = newcomer.submit({"second-words": SAID}, button="Send to Mira")

    assert (page.status, kept(pairs), typed(page)) == (409, [], SAID)


@pytest.mark.parametrize("words", [SAID, "Call me: 0803 555 0101"])
def test_what_was_sent_already_is_not_called_unsent_when_she_has_gone_since(pairs, path, words):
    newcomer, again = pairs.browser("newcomer"), pairs.browser("newcomer")
    for each in (newcomer, again):
        each.get(path)
        if words != SAID:
            each.submit({"second-words": words}, button="Send to Nadia")
    button = "Send to Nadia" if words == SAID else "Send it so"
    newcomer.submit({"second-words": words}, button=button)
    goes_away(pairs, path)

    page = again.submit({"second-words": words}, button=button)

    assert page.status == 200
    assert ELSEWHERE not in page.text
    assert kept(pairs) == [(True, False, words)]


def test_the_same_words_may_go_to_the_next_one_too(pairs, path):
    newcomer = pairs.browser("newcomer")
    newcomer.get(path)
    newcomer.submit({"second-words": SAID}, button="Send to Nadia")
    another_stands_by(pairs, path)
    newcomer.get(path)

    newcomer.submit({"second-words": SAID}, button="Send to Zofia")

    assert kept(pairs) == [(True, False, SAID), (True, False, SAID)]


def test_where_nobody_is_there_any_more_her_words_stand_on_the_page(pairs, path):
    newcomer = pairs.browser("newcomer")
    newcomer.get(path)
    with pairs.filling() as session:
        cohort = session.get(Cohort, pairs.cohort_id)
        pair_at(session, path).backup = None
        session.flush()
        session.delete(cohort.coordinators[0])

    page = newcomer.submit({"second-words": SAID}, button="Send to Nadia")

    assert (page.status, kept(pairs)) == (409, [])
    assert SAID in page.text


def test_a_page_that_names_nobody_sends_to_nobody(pairs, path):
    newcomer = pairs.browser("newcomer")
    token = newcomer.get(path).root.find(".//main//form//input[@name='csrf_token']").get("value")

    page = newcomer.post(f"{path}/second", {"csrf_token": token, "second-words": SAID})

    assert (page.status, kept(pairs), typed(page)) == (409, [], SAID)
