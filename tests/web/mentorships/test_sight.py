from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship.rules.lifecycle import AGREED, Action, State
from mentorship.services import erasure, messages, safety
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Offer
from mentorship.store.people import Person
from mentorship.store.safety import Audit
from mentorship.web.mentorships import sentences
from tests.web.pairs import LINK, WORDS, token_of

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)

SAID = "we meet under the old bridge"
FOUND = {
    "card": "Would like help with",
    "about": "I like rivers.",
    "words": WORDS,
    "link": LINK,
    "wiki": "Hawa writes",
    "messages": SAID,
    "history": "What happened so far",
}
BEFORE = {"card", "about", "words", "history"}
PARTNER = {"card", "about", "words", "link", "wiki", "messages", "history"}
COMPLETED = {"words", "link", "messages", "history"}
COORDINATOR = {"card", "about", "words", "link", "history"}
MENTOR = {State.PROPOSED: BEFORE, **dict.fromkeys(AGREED, PARTNER), State.COMPLETED: COMPLETED}


def spoken(pairs, path, words=SAID):
    """Put a message into the thread, as if it had been written while they were in touch."""
    from mentorship.store.together import Message

    with pairs.filling() as session:
        mentorship = session.scalar(select(Mentorship).where(Mentorship.public_id == path.rpartition("/")[2]))
        session.add(
            Message(mentorship_id=mentorship.id, author_id=mentorship.newcomer_id, words=words, at=pairs.at)
        )


def seen_by(browser, path):
    page = browser.get(path)
    assert page.status == 200
    return {what for what, words in FOUND.items() if words in page.text}


@pytest.mark.parametrize("state", State)
def test_each_sees_what_is_hers_of_the_newcomer_and_nothing_else(pairs, state):
    path = pairs.pair(state, newcomer_shares_wiki_name=True)
    spoken(pairs, path)

    assert seen_by(pairs.browser("mentor"), path) == MENTOR.get(state, set())
    assert seen_by(pairs.browser("coordinator"), path) == COORDINATOR
    if state in AGREED:
        assert seen_by(pairs.browser("backup"), path) == set()
        assert "Hawa" in pairs.browser("backup").get(path).text
    else:
        assert pairs.browser("backup").get(path).status == 404


@pytest.mark.parametrize("state", State)
def test_the_newcomer_sees_her_mentor_while_they_have_to_do_with_each_other(pairs, state):
    path = pairs.pair(state)

    page = pairs.browser("newcomer").get(path)

    assert ("I write about bridges." in page.text) == (state in (State.PROPOSED, *AGREED))
    assert "Rosa" in page.text
    assert "Rosa writes" not in page.text


@pytest.mark.parametrize("role", ["mentor", "newcomer"])
def test_a_wiki_name_is_shown_in_a_pair_only_once_it_is_switched_on_there(pairs, role):
    path = pairs.pair(State.ACTIVE)
    mine, other = pairs.browser(role), pairs.browser({"mentor": "newcomer"}.get(role, "mentor"))
    name = {"mentor": "Rosa writes", "newcomer": "Hawa writes"}[role]
    assert name not in other.get(path).text
    mine.get(path)

    mine.submit(button="Show it to the other")

    assert name in other.get(path).text
    mine.submit(button="Show it no longer")
    assert name not in other.get(path).text


def test_a_name_is_switched_on_only_while_they_are_a_pair(pairs):
    path = pairs.pair(State.COMPLETED)
    browser = pairs.browser("newcomer")

    page = browser.post(f"{path}/wiki-name", {"csrf_token": token_of(browser), "share": "yes"})

    assert page.status == 409


def test_a_note_to_the_coordinator_is_hers_alone(pairs):
    path = pairs.pair(State.PROPOSED)
    mentor = pairs.browser("mentor")
    mentor.get(path)

    mentor.submit({"A word for the coordinator alone": "Ask Nadia instead"}, button="Not the right one")

    assert "Ask Nadia instead" in pairs.browser("coordinator").get(path).text
    assert "someone else would fit better" in pairs.browser("coordinator").get(path).text
    newcomer = pairs.browser("newcomer").get(path).text
    assert "Ask Nadia instead" not in newcomer
    assert "Rosa cannot take this on now." in newcomer
    assert "fit better" not in newcomer


@pytest.mark.parametrize("how", ["end", "block", "close"])
def test_whoever_ended_it_and_how_is_told_by_no_page(pairs, how):
    texts = {}
    for which in ("end", how):
        path = pairs.pair(State.ACTIVE)
        with pairs.filling() as session:
            mentorship = session.scalar(
                select(Mentorship).where(Mentorship.public_id == path.rpartition("/")[2])
            )
            _end(session, mentorship, which, pairs.at)
        texts[which] = {role: pairs.browser(role).get(path).text for role in ("mentor", "coordinator")}

    assert texts[how] == texts["end"]
    assert "This mentorship has ended. Nothing is asked of you" in texts[how]["mentor"]


@pytest.mark.parametrize("action", [*Action])
def test_whatever_can_happen_has_its_words(databases, action):
    assert sentences._HAPPENED[action]


def _end(session: Session, mentorship, how, at):
    from mentorship.rules.lifecycle import Party
    from mentorship.services.mentorships import act

    if how == "block":
        safety.block(session, mentorship.newcomer, mentorship.mentor, at=at)
    elif how == "close":
        act(session, mentorship, Action.CLOSE, party=Party.CLOCK, by=None, at=at)
    else:
        act(session, mentorship, Action.END, party=Party.NEWCOMER, by=mentorship.newcomer, at=at)


def test_a_coordinator_s_reading_is_written_down_for_both(pairs):
    path = pairs.pair(State.ACTIVE)

    pairs.browser("coordinator").get(path)
    pairs.browser("mentor").get(path)

    with pairs.filling() as session:
        rows = session.scalars(select(Audit).where(Audit.act == "read")).all()
        assert {row.person_id for row in rows} == {pairs.people["newcomer"], pairs.people["mentor"]}
        assert {row.actor_id for row in rows} == {pairs.people["coordinator"]}


def test_a_coordinator_who_mentors_sees_her_pair_as_its_mentor(pairs):
    from mentorship.store.cohorts import CohortCoordinator

    path = pairs.pair(State.PROPOSED)
    with pairs.filling() as session:
        session.add(
            CohortCoordinator(cohort_id=pairs.cohort_id, person_id=pairs.people["mentor"], since=pairs.at)
        )

    page = pairs.browser("mentor").get(path)

    assert LINK not in page.text
    assert "Yes" in page.buttons


def test_someone_who_has_left_has_no_name_any_more(pairs):
    path = pairs.pair(State.COMPLETED)
    with pairs.filling() as session:
        erasure.erase(session, session.get(Person, pairs.people["newcomer"]), at=pairs.at, key=b"k" * 32)

    page = pairs.browser("mentor").get(path)

    assert page.heading == "You and someone who has left"


def test_her_pair_hears_that_the_mentor_is_away_and_who_is_there(pairs):
    path = pairs.pair(State.ACTIVE)
    with pairs.filling() as session:
        session.get(Offer, pairs.people["mentor"]).away_until = pairs.at + timedelta(days=9)

    page = pairs.browser("newcomer").get(path)

    assert "Rosa is away until" in page.text
    assert "Your second person Nadia" in " ".join(page.text.replace("person", "person ").split())


def test_without_a_backup_the_coordinator_is_the_second_person(pairs):
    path = pairs.pair(State.ACTIVE, backup_id=None)

    assert "The coordinator, Mira" in pairs.browser("newcomer").get(path).text


def test_every_page_of_a_pair_has_the_way_out(pairs):
    for state in State:
        path = pairs.pair(state)
        for role in ("newcomer", "mentor"):
            page = pairs.browser(role).get(path)
            other = {"newcomer": "mentor"}.get(role, "newcomer")

            assert "Something is wrong" in page.links
            assert "Block" in page.buttons
            with pairs.filling() as session:
                public_id = session.get(Person, pairs.people[other]).public_id
            assert f'action="/account/block/{public_id}"' in page.html


def test_a_block_from_the_page_ends_it_at_once(pairs):
    path = pairs.pair(State.ACTIVE)
    browser = pairs.browser("newcomer")
    browser.get(path)

    browser.submit(button="Block Rosa")

    assert pairs.of(path)[0] is State.ENDED


def test_messages_are_read_by_the_two_alone(pairs):
    path = pairs.pair(State.ACTIVE)
    with pairs.filling() as session:
        mentorship = session.scalar(select(Mentorship).where(Mentorship.public_id == path.rpartition("/")[2]))
        messages.write_to_pair(session, mentorship, mentorship.mentor, SAID, at=pairs.at)

    assert SAID in pairs.browser("newcomer").get(path).text
    assert SAID not in pairs.browser("coordinator").get(path).text
    assert SAID not in pairs.browser("backup").get(path).text
