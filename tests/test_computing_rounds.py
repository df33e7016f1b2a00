"""A large round is solved by the worker: seen while it runs, cancelled, and never inside a transaction."""

from datetime import timedelta
from itertools import count
from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

from mentorship import jobs
from mentorship.matching import Progress
from mentorship.services import rounds
from mentorship.store.rounds import Round, RoundState
from tests.factories import NOW, a_cohort, a_mentor, a_request


@pytest.fixture
def computing(fresh_database):
    with Session(fresh_database) as session:
        cohort = a_cohort(session)
        a_request(session, cohort)
        a_mentor(session, cohort)
        found = rounds.start_round(session, cohort, by=None, at=NOW - timedelta(hours=1))
        session.commit()
        return found.id


def test_others_write_while_a_round_is_solved_and_see_how_far_it_is(fresh_database, computing, monkeypatch):
    seen = []
    tell = jobs.RoundWatch.tell

    def told(watch, progress):
        tell(watch, progress)
        with Session(fresh_database) as session, session.begin():
            round_ = session.get(Round, computing, with_for_update=True)
            seen.append((round_.report["progress"]["stage"], round_.version))

    monkeypatch.setattr(jobs.RoundWatch, "tell", told)

    assert jobs.compute_rounds(fresh_database, at=NOW) == 1
    assert seen == [("solve", 1)]
    with Session(fresh_database) as session:
        round_ = session.get(Round, computing)
        assert (round_.state, round_.report["count"]) == (RoundState.DRAFT, 1)
        assert "progress" not in round_.report


def test_a_round_cancelled_while_it_is_solved_leaves_nothing_behind(fresh_database, computing, monkeypatch):
    ask = jobs.RoundWatch.is_cancelled

    def asked(watch):
        watch.tell(Progress("solve", 0, 1))
        with Session(fresh_database) as session, session.begin():
            rounds.discard(session, session.get(Round, computing), by=None, at=NOW)
        assert ask(watch)
        return True

    monkeypatch.setattr(jobs.RoundWatch, "is_cancelled", asked)

    assert jobs.compute_rounds(fresh_database, at=NOW) == 0
    with Session(fresh_database) as session:
        round_ = session.get(Round, computing)
        assert (round_.state, round_.report, round_.pairings) == (RoundState.DISCARDED, {}, [])


def test_a_round_is_solved_by_one_process_at_a_time(fresh_database, computing, monkeypatch):
    beside = []
    tell = jobs.RoundWatch.tell

    def told(watch, progress):
        tell(watch, progress)
        beside.append(jobs.compute_rounds(fresh_database, at=NOW + rounds.CLAIM / 2))

    monkeypatch.setattr(jobs.RoundWatch, "tell", told)

    assert jobs.compute_rounds(fresh_database, at=NOW) == 1
    assert beside == [0]


def test_a_round_that_waited_for_a_long_one_is_claimed_from_when_it_begins(
    fresh_database, computing, monkeypatch
):
    with Session(fresh_database) as session, session.begin():
        cohort = a_cohort(session)
        a_request(session, cohort)
        a_mentor(session, cohort)
        second = rounds.start_round(session, cohort, by=None, at=NOW).id
    hours = count()
    monkeypatch.setattr(jobs, "time", SimpleNamespace(monotonic=lambda: 3600.0 * next(hours)))

    assert jobs.compute_rounds(fresh_database, at=NOW) == 2

    with Session(fresh_database) as session:
        first, later = (session.get(Round, each).solving_until for each in (computing, second))
        assert later > first


def test_a_round_whose_solver_was_killed_is_solved_by_the_next(fresh_database, computing):
    with Session(fresh_database) as session, session.begin():
        assert rounds.claim(session, round_id=computing, at=NOW) == 1

    assert jobs.compute_rounds(fresh_database, at=NOW + rounds.CLAIM / 2) == 0
    assert jobs.compute_rounds(fresh_database, at=NOW + rounds.CLAIM) == 1


def test_telling_how_far_it_is_keeps_the_claim(fresh_database, computing):
    with Session(fresh_database) as session, session.begin():
        rounds.claim(session, round_id=computing, at=NOW)
    watch = jobs.RoundWatch(fresh_database, computing, at=NOW + rounds.CLAIM / 2)

    watch.tell(Progress("solve", 0, 1))

    assert jobs.compute_rounds(fresh_database, at=NOW + rounds.CLAIM) == 0
