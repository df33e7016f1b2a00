from datetime import timedelta

import pytest

from mentorship.rules.errors import NotFound
from mentorship.rules.lifecycle import Action, Party, State
from mentorship.services import closing, erasure, keepsakes, mentorships, recognitions, safety
from mentorship.store.help import Help
from tests.factories import NOW, a_mentor, a_mentorship, a_person, a_request


@pytest.fixture
def pair(session, cohort):
    return a_mentorship(session, a_request(session, cohort), a_mentor(session, cohort))


def complete(session, pair, *, days):
    mentorships.act(
        session, pair, Action.COMPLETE, party=Party.NEWCOMER, by=pair.newcomer, at=NOW + timedelta(days=days)
    )


@pytest.mark.parametrize(("days", "weeks"), [(0, 0), (6, 0), (7, 1), (90, 12)])
def test_a_certificate_says_whole_weeks_and_where(session, cohort, pair, days, weeks):
    complete(session, pair, days=days)

    (facts,) = keepsakes.completed_by(session, pair.newcomer)

    assert (facts.weeks, facts.programme) == (weeks, cohort.name)
    assert keepsakes.mentored_by(session, pair.mentor) == [facts]


@pytest.mark.parametrize("state", [State.ACTIVE, State.ENDED, State.LAPSED])
def test_nothing_is_certified_that_was_not_completed(session, cohort, state):
    pair = a_mentorship(session, a_request(session, cohort), a_mentor(session, cohort), state=state)

    assert keepsakes.completed_by(session, pair.newcomer) == []
    assert keepsakes.mentored_by(session, pair.mentor) == []


def test_a_certificate_is_the_newcomers_and_a_letter_the_mentors(session, pair):
    complete(session, pair, days=30)

    for found in (
        keepsakes.completed_by(session, pair.mentor),
        keepsakes.mentored_by(session, pair.newcomer),
        keepsakes.completed_by(session, a_person(session)),
    ):
        with pytest.raises(NotFound):
            keepsakes.the_one(found, pair.public_id)


def test_a_story_holds_her_own_words_and_what_she_did_not_hide(session, pair):
    complete(session, pair, days=30)
    closing.keep_words(session, pair, pair.newcomer, "We wrote about bridges.", at=NOW)
    closing.keep_words(session, pair, pair.mentor, "We laughed.", at=NOW)
    kept = recognitions.give(session, pair.mentor, pair.newcomer, "You stayed.", at=NOW)
    hidden = recognitions.give(session, pair.mentor, pair.newcomer, "You went.", at=NOW)
    recognitions.hide(session, hidden, hidden=True)

    story = keepsakes.story_of(session, pair.newcomer)

    assert (story.words, story.thanks) == (["We wrote about bridges."], [kept])
    assert keepsakes.story_of(session, a_person(session)).is_empty


@pytest.mark.parametrize("change", ["nothing", "no consent", "taken back", "erased", "blocked", "blocking"])
def test_a_helper_is_named_with_consent_only(session, pair, change):
    helper, newcomer = pair.mentor, pair.newcomer
    agreed = None if change == "no consent" else NOW
    own = None if change == "taken back" else NOW
    both = {"helped_agreed_at": own, "helper_agreed_at": agreed}
    session.add(Help(helped_id=newcomer.id, helper_id=helper.id, year=2020, made_at=NOW, **both))
    session.add(Help(helped_id=newcomer.id, helper_name="Typed by her", made_at=NOW))
    session.flush()
    name = helper.name
    if change == "erased":
        erasure.erase(session, helper, at=NOW, key=b"only for tests")
    elif change.startswith("block"):
        two = (newcomer, helper) if change == "blocking" else (helper, newcomer)
        safety.block(session, *two, at=NOW)

    names = {one.name for one in keepsakes.story_of(session, newcomer).helpers}

    assert "Typed by her" not in names
    assert (name in names) is (change == "nothing")
