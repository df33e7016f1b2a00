from datetime import timedelta

import pytest
from sqlalchemy import select

from mentorship.rules.lifecycle import State
from mentorship.services import away, clock_pause, publishing, rounds
from mentorship.services.doctor import findings
from mentorship.store.help import HelperAnswer
from mentorship.store.offers import Approval, Offer
from mentorship.store.rounds import Round, RoundState
from tests.factories import NOW, a_cohort, a_mentor, a_mentorship, a_request
from tests.ticking import tick, told

DAY = timedelta(days=1)


def test_a_mentor_nobody_waits_for_is_left_in_peace(session):
    cohort = a_cohort(session)
    mentor = a_mentor(session, cohort)

    for day in range(60):
        tick(session, NOW + day * DAY)

    assert told(session, mentor) == []


def test_a_silent_mentor_is_asked_after_ten_days_and_set_away_after_thirty(session):
    cohort = a_cohort(session)
    mentor = a_mentor(session, cohort)
    pair = a_mentorship(session, a_request(session, cohort), mentor)
    for day in range(10, 30):
        tick(session, NOW + day * DAY)
    offer = session.get(Offer, mentor.id)
    assert told(session, mentor).count("still_here") == 1
    assert offer.away_until is None
    asked = a_mentorship(session, a_request(session, cohort), mentor, state=State.PROPOSED, at=NOW + 29 * DAY)

    tick(session, NOW + 30 * DAY)

    assert offer.away_until > NOW + 300 * DAY
    assert asked.state is State.EXPIRED
    assert pair.state is State.ACTIVE
    assert "mentor_away" in told(session, pair.newcomer)


def test_a_mentor_who_says_she_is_here_stays(session):
    cohort = a_cohort(session)
    mentor = a_mentor(session, cohort)
    pair = a_mentorship(session, a_request(session, cohort), mentor)
    tick(session, NOW + 10 * DAY)
    away.is_here(session, session.get(Offer, mentor.id), at=NOW + 12 * DAY)

    for day in range(13, 40):
        tick(session, NOW + day * DAY)

    assert session.get(Offer, mentor.id).away_until is None
    assert pair.state is State.ACTIVE
    assert told(session, mentor).count("still_here") == 2


def test_the_end_of_an_approval_is_told_once_beforehand_and_again_for_the_next(session):
    cohort = a_cohort(session)
    mentor = a_mentor(session, cohort)
    approval = session.get(Approval, mentor.id)
    coordinator = cohort.coordinators[0].person

    for day in (300, 336, 340, 360):
        tick(session, NOW + day * DAY)
    assert told(session, mentor) == ["approval_ends"]
    assert told(session, coordinator).count("approval_of_ends") == 1

    approval.until = NOW + 700 * DAY
    session.flush()
    tick(session, NOW + 680 * DAY)

    assert told(session, mentor) == ["approval_ends", "approval_ends"]


def test_who_waits_is_told_every_month_with_the_next_date(session):
    cohort = a_cohort(session, next_round_on=(NOW + 400 * DAY).date())
    request = a_request(session, cohort, languages={"ff": 6})

    for day in range(95):
        tick(session, NOW + day * DAY)

    words = told(session, request.newcomer, "waiting")
    assert len(words) == 3
    assert all(row.values["due"] > row.made_at.isoformat() for row in words)


def test_a_round_is_drafted_a_week_before_its_date_while_nobody_has_a_draft(session):
    cohort = a_cohort(session, next_round_on=(NOW + 20 * DAY).date())
    a_request(session, cohort)
    for day in range(13):
        tick(session, NOW + day * DAY)
    assert session.scalars(select(Round)).all() == []

    for day in range(13, 60):
        tick(session, NOW + day * DAY)

    made = session.scalars(select(Round)).one()
    assert (made.state, made.by_id) == (RoundState.COMPUTING, None)
    assert told(session, cohort.coordinators[0].person).count("round_drafted") == 1


def test_after_a_round_is_published_the_next_is_drafted_a_month_later(session):
    cohort = a_cohort(session, next_round_on=(NOW + 7 * DAY).date())
    a_request(session, cohort, languages={"ff": 6})
    days = []
    for day in range(60):
        at = NOW + day * DAY
        if "draft a round" in tick(session, at):
            days.append(day)
            rounds.compute_pending(session, at=at)
            draft = rounds.open_round_of(session, cohort)
            by = cohort.coordinators[0].person
            publishing.publish(session, draft, by=by, at=at, seen=draft.version)

    assert days == [0, 28, 56]


def test_nobody_waits_no_round(session):
    cohort = a_cohort(session, next_round_on=(NOW + 7 * DAY).date())

    for day in range(60):
        tick(session, NOW + day * DAY)

    assert session.scalars(select(Round)).all() == []
    assert cohort.next_round_on >= (NOW + 59 * DAY).date()


def test_the_helper_question_of_a_day_goes_with_its_check_in(session):
    cohort = a_cohort(session)
    pair = a_mentorship(session, a_request(session, cohort), a_mentor(session, cohort))
    alone = a_request(session, a_cohort(session, "Other"), languages={"ff": 6})

    for day in range(35):
        tick(session, NOW + day * DAY)

    asked = session.scalars(select(HelperAnswer.request_id).order_by(HelperAnswer.request_id)).all()
    assert asked == [pair.request_id, alone.id]
    assert "helper_question" not in told(session, pair.newcomer)
    assert told(session, alone.newcomer).count("helper_question") == 1


def test_a_paused_clock_stands_still_and_what_was_due_moves_on(session):
    cohort = a_cohort(session)
    asked = a_mentorship(session, a_request(session, cohort), a_mentor(session, cohort), state=State.PROPOSED)
    waits = a_request(session, cohort, languages={"ff": 6})
    due = asked.answer_due_at

    clock_pause.pause_clock(session, cohort, NOW + 14 * DAY, at=NOW)

    assert asked.answer_due_at == due + 14 * DAY
    assert told(session, asked.newcomer)[-1] == told(session, waits.newcomer)[-1] == "clock_paused"
    assert all(tick(session, NOW + day * DAY) == [] for day in range(14))
    assert "remind of an ask" in tick(session, NOW + 15 * DAY)
    assert "expire" in tick(session, due + 14 * DAY)


@pytest.mark.parametrize("years", [1, 10])
def test_a_clock_years_ahead_breaks_nothing_and_loses_nothing(session, years):
    cohort = a_cohort(session)
    mentors = [a_mentor(session, cohort, capacity=2) for _ in range(5)]
    states = (State.PROPOSED, State.ACCEPTED, State.ACTIVE, State.PAUSED)
    pairs = [
        a_mentorship(session, a_request(session, cohort), mentor, state=state)
        for state, mentor in zip(states, mentors, strict=False)
    ]
    far = NOW + years * 365 * DAY

    for step in range(80):
        tick(session, far + step * DAY)

    assert findings(session) == {}
    assert all(not pair.is_open for pair in pairs)
    assert all(pair.request.words for pair in pairs)
    assert tick(session, far + 79 * DAY) == []
