"""Two clocks at once, and a worker killed at any moment: every act that is due is done, and done once."""

import multiprocessing
import os
import random
import signal
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentorship.jobs import tick
from mentorship.rules.lifecycle import Action, State
from mentorship.services import clock, messages
from mentorship.services.doctor import findings
from mentorship.store.mentorships import Mentorship, MentorshipEvent
from mentorship.store.offers import Offer
from mentorship.store.outbox import Outbox
from mentorship.store.requests import Request
from mentorship.store.together import CheckIn
from tests.databases import address
from tests.factories import NOW, a_cohort, a_mentor, a_mentorship, a_request
from tests.races import contenders

DAY = timedelta(days=1)
LATER = NOW + 22 * DAY
ONCE = ("turn_passed", "hello_reminder", "no_hello", "lapsed", "still_here", "round_drafted")


@pytest.fixture(scope="module")
def pool():
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as executor:
        assert all(executor.map(contenders.warm_up, range(2)))
        yield executor


@pytest.fixture
def much_is_due(fresh_database):
    """Six asks to pass on, six pairs without a hello, six that began; who waits, and nobody to help."""
    with Session(fresh_database) as session, session.begin():
        cohort = a_cohort(session, next_round_on=(NOW + 24 * DAY).date())
        for state in (State.PROPOSED, State.ACCEPTED, State.ACTIVE):
            for _ in range(6):
                pair = a_mentorship(
                    session, a_request(session, cohort), a_mentor(session, cohort, capacity=1), state=state
                )
                if state is State.ACTIVE:
                    messages.write_to_pair(session, pair, pair.mentor, "Hello!", at=NOW)
        for _ in range(3):
            a_request(session, cohort, languages={"ff": 6})
    return fresh_database


def is_done_once(engine, at):
    """Nothing is due any more, no act was doubled, and nobody was told anything twice."""
    with Session(engine) as session:
        assert findings(session) == {}
        assert clock.due(session, at=at) == []
        events = session.execute(
            select(MentorshipEvent.mentorship_id, MentorshipEvent.action, func.count()).group_by(
                MentorshipEvent.mentorship_id, MentorshipEvent.action
            )
        ).all()
        assert {times for *_, times in events} == {1}
        told = session.execute(
            select(Outbox.person_id, Outbox.kind, Outbox.mentorship_id, func.count())
            .where(Outbox.kind.in_([*ONCE, "check_in"]))
            .group_by(Outbox.person_id, Outbox.kind, Outbox.mentorship_id)
        ).all()
        assert {times for *_, times in told} == {1}
        assert {kind for _, kind, *_ in told} >= {"turn_passed", "no_hello", "hello_reminder", "check_in"}
        passed = session.scalar(
            select(func.count()).select_from(MentorshipEvent).where(MentorshipEvent.action == Action.EXPIRE)
        )
        checked = session.scalar(select(func.count()).select_from(CheckIn))
        silent = session.scalar(
            select(func.count()).select_from(Offer).where(Offer.silent_since.is_not(None))
        )
    assert (passed, silent) == (6, 6)
    assert checked == 24


def test_two_clocks_at_once_do_each_act_once(pool, much_is_due):
    with Session(much_is_due) as session:
        due = len(clock.due(session, at=LATER))
    begin = time.time() + 0.3

    running = [pool.submit(contenders.tick_the_clock, address(much_is_due), LATER, begin) for _ in range(2)]
    done = sum(each.result() for each in running)

    assert due > 30
    assert done >= due
    finish(much_is_due)
    is_done_once(much_is_due, LATER)


def finish(engine):
    """What a first round of acts made due is done in the next minute."""
    for _ in range(5):
        if not tick(engine, at=LATER):
            return


def killed_after(url, seconds):
    """A worker that is killed so many seconds after it began; whether it had finished."""
    child = os.fork()
    if child == 0:
        contenders.tick_the_clock(url, LATER, 0)
        os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFEXITED(status)


@pytest.mark.parametrize("seed", [1, *(pytest.param(n, marks=pytest.mark.full) for n in range(2, 12))])
def test_a_worker_killed_at_any_moment_loses_nothing_and_doubles_nothing(much_is_due, seed):
    chance, url = random.Random(seed), address(much_is_due)
    much_is_due.dispose()
    killed = 0
    for _ in range(25):
        killed += not killed_after(url, chance.uniform(0.02, 0.4))

    finish(much_is_due)

    assert killed > 0
    is_done_once(much_is_due, LATER)


def test_the_clock_leaves_requests_of_no_one_behind(much_is_due):
    finish(much_is_due)

    with Session(much_is_due) as session:
        open_pairs = select(Mentorship.request_id).where(Mentorship.ended_at.is_(None))
        waiting = select(Request).where(Request.id.not_in(open_pairs))
        assert all(request.word_due_at > LATER for request in session.scalars(waiting))
