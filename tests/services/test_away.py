from datetime import timedelta

import pytest

from mentorship.rules.errors import BadInput, NotPossible
from mentorship.rules.lifecycle import Action, Code, Party, State
from mentorship.services import away, mentorships, offers
from mentorship.store.offers import ApprovalState, Offer
from mentorship.store.requests import RequestState
from tests.factories import NOW, a_cohort, a_mentor, a_mentorship, a_request

WEEK = timedelta(days=7)


def offer_of(session, mentor):
    return session.get(Offer, mentor.id)


def test_going_away_passes_unanswered_asks_on_and_leaves_pairs_alone(session):
    cohort = a_cohort(session)
    mentor, other = a_mentor(session, cohort), a_mentor(session, cohort)
    ask = a_mentorship(session, a_request(session, cohort), mentor, state=State.PROPOSED)
    pair = a_mentorship(session, a_request(session, cohort), mentor, state=State.ACTIVE)

    passed_on = away.go_away(session, offer_of(session, mentor), NOW + WEEK, at=NOW)

    assert passed_on == 1
    assert (ask.state, ask.events[-1].code) == (State.DECLINED, Code.NOT_NOW)
    assert ask.events[-1].note is None
    assert pair.state is State.ACTIVE
    assert mentorships.open_mentorship_of(session, ask.newcomer).mentor_id == other.id


def test_nobody_is_asked_while_away_and_may_be_once_back(session):
    cohort = a_cohort(session)
    mentor = a_mentor(session, cohort)
    request = a_request(session, cohort)
    facts = {"party": Party.NEWCOMER, "by": request.newcomer, "code": Code.ASKED, "at": NOW}
    away.go_away(session, offer_of(session, mentor), NOW + WEEK, at=NOW)
    with pytest.raises(NotPossible):
        mentorships.propose(session, request, mentor, **facts)

    away.come_back(session, offer_of(session, mentor), at=NOW)

    assert mentorships.propose(session, request, mentor, **facts).state is State.PROPOSED


@pytest.mark.parametrize("until", [NOW, NOW - WEEK, NOW + timedelta(days=367)])
def test_a_day_that_cannot_be_is_refused(session, until):
    mentor = a_mentor(session, a_cohort(session))

    with pytest.raises(BadInput) as refused:
        away.go_away(session, offer_of(session, mentor), until, at=NOW)

    assert refused.value.field == "until"
    assert offer_of(session, mentor).away_until is None


@pytest.mark.parametrize(
    "act", [lambda s, o: away.go_away(s, o, NOW + WEEK, at=NOW), lambda s, o: away.come_back(s, o, at=NOW)]
)
def test_whatever_she_does_ends_her_silence(session, act):
    mentor = a_mentor(session, a_cohort(session))
    offer_of(session, mentor).silent_since = NOW

    act(session, offer_of(session, mentor))

    assert offer_of(session, mentor).silent_since is None


def test_leaving_ends_everything_without_a_reason_and_keeps_no_offer(session):
    cohort = a_cohort(session)
    mentor = a_mentor(session, cohort)
    ask = a_mentorship(session, a_request(session, cohort), mentor, state=State.PROPOSED)
    pair = a_mentorship(session, a_request(session, cohort), mentor, state=State.ACTIVE)
    backed = a_mentorship(session, a_request(session, cohort), a_mentor(session, cohort))
    backed.backup_id = mentor.id
    session.flush()

    away.leave_as_mentor(session, offer_of(session, mentor), at=NOW)

    assert offer_of(session, mentor) is None
    assert offers.approval_of(session, mentor.id) is None
    assert (ask.state, pair.state, backed.state) == (State.DECLINED, State.ENDED, State.ACTIVE)
    assert [event.action for event in pair.events][-1] is Action.END
    assert pair.request.state is RequestState.OPEN
    assert backed.backup_id is None


def test_leaving_does_not_undo_that_an_approval_was_taken_back(session):
    mentor = a_mentor(session, a_cohort(session))
    offers.approval_of(session, mentor.id).state = ApprovalState.WITHDRAWN
    session.flush()

    away.leave_as_mentor(session, offer_of(session, mentor), at=NOW)

    assert offers.approval_of(session, mentor.id).state is ApprovalState.WITHDRAWN
    assert offers.places_of(session, mentor.id) == (0, 0)
