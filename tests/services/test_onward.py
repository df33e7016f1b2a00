from datetime import timedelta

import pytest

from mentorship.rules.lifecycle import State
from mentorship.services import erasure, numbers, onward, safety
from mentorship.store.growth import OnwardKind
from mentorship.store.help import Help
from mentorship.store.offers import Approval
from tests.factories import NOW, a_mentor, a_mentorship, a_person, a_request
from tests.ticking import tick, told

BACKUP, MENTOR = "invited_as_backup", "invited_as_mentor"


def days(number):
    return NOW + timedelta(days=number)


def an_offer(session, cohort, person, **facts):
    """An offer of someone who asked before, in what she did not ask for."""
    return a_mentor(session, cohort, person, languages={"fr": 6}, needs=("sources",), **facts)


@pytest.fixture
def completed(session, cohort):
    """A newcomer whose mentorship is completed; its request is closed with it."""
    pair = a_mentorship(session, a_request(session, cohort), a_mentor(session, cohort), state=State.COMPLETED)
    return pair.newcomer


def test_after_a_good_closing_she_is_invited_once_as_a_backup(session, completed):
    tick(session, days(2))
    assert BACKUP not in told(session, completed)

    tick(session, days(4))
    tick(session, days(40))

    assert told(session, completed).count(BACKUP) == 1
    assert onward.invitation_for(session, completed) is OnwardKind.BACKUP


@pytest.mark.parametrize("state", [State.ENDED, State.LAPSED, State.ACTIVE])
def test_nobody_else_is_invited(session, cohort, state):
    pair = a_mentorship(session, a_request(session, cohort), a_mentor(session, cohort), state=state)

    tick(session, days(4))

    assert BACKUP not in told(session, pair.newcomer)
    assert onward.invitation_for(session, pair.newcomer) is None


@pytest.mark.parametrize("reason", ["asks again", "told of something wrong", "offers already", "hides"])
def test_she_is_not_invited_where_it_would_not_fit(session, cohort, completed, reason):
    if reason == "asks again":
        a_request(session, cohort, completed)
    elif reason == "told of something wrong":
        safety.report(session, "It was not good.", by=completed, at=NOW)
    elif reason == "offers already":
        an_offer(session, cohort, completed, approved=False)
    else:
        safety.hide(session, completed, hidden=True)

    tick(session, days(4))

    assert BACKUP not in told(session, completed)


def test_a_no_is_for_good(session, cohort, completed):
    tick(session, days(4))
    onward.say_no(session, completed, at=days(5))
    assert onward.invitation_for(session, completed) is None

    an_offer(session, cohort, completed, capacity=0, backup=True)
    tick(session, days(100))

    assert MENTOR not in told(session, completed)
    assert onward.invitation_for(session, completed) is None


def test_a_backup_who_came_as_a_newcomer_is_invited_to_mentor(session, cohort, completed):
    tick(session, days(4))
    an_offer(session, cohort, completed, capacity=0, backup=True)
    assert onward.invitation_for(session, completed) is None
    never_helped = a_mentor(session, cohort, capacity=0, backup=True)

    tick(session, days(50))
    assert MENTOR not in told(session, completed)
    tick(session, days(61))

    assert told(session, completed).count(MENTOR) == 1
    assert MENTOR not in told(session, never_helped)
    assert onward.invitation_for(session, completed) is OnwardKind.MENTOR


def test_an_invitation_goes_with_her_account(session, completed):
    tick(session, days(4))

    erasure.erase(session, completed, at=days(5), key=b"only for tests")

    assert onward.invitation_for(session, completed) is None


@pytest.mark.parametrize("way", ["approved", "applied only", "named", "taken away", "not at all"])
def test_the_number_counts_who_helps_others_since(session, cohort, completed, way):
    if way in ("approved", "applied only"):
        an_offer(session, cohort, completed, approved=way == "approved")
    elif way in ("named", "taken away"):
        removed_at = NOW if way == "taken away" else None
        row = Help(helped_id=a_person(session).id, helper_id=completed.id, made_at=NOW, removed_at=removed_at)
        session.add(row)
        session.flush()

    found = numbers.numbers(session, cohort, at=days(9))

    assert (found.completed, found.help_others) == (1, 1 if way in ("approved", "named") else 0)
    assert found.as_values()["help_others"] == found.help_others


def test_a_mentor_who_never_asked_for_one_is_not_among_those_counted(session, cohort, completed):
    assert session.query(Approval).count() == 1

    found = numbers.numbers(session, cohort, at=NOW)

    assert (found.completed, found.help_others) == (1, 0)
