"""Eight processes at once on one database: what the rules promise holds whatever the order."""

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor

import pytest
from sqlalchemy import func, or_, select, text
from sqlalchemy.orm import Session

from mentorship.rules.lifecycle import State
from mentorship.services import safety
from mentorship.services.doctor import findings
from mentorship.store import guards
from mentorship.store.mentorships import Mentorship
from mentorship.store.safety import Block
from tests.databases import address
from tests.factories import NOW, a_cohort, a_mentor, a_mentorship, a_request
from tests.races import contenders

PROCESSES = 8
PLACES = 24
GUARDING_INDEXES = ("uq_mentorship_one_open_per_place", "uq_mentorship_one_open_per_newcomer")


@pytest.fixture(scope="module")
def pool():
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, mp_context=context) as executor:
        assert all(executor.map(contenders.warm_up, range(PROCESSES)))
        yield executor


@pytest.fixture
def crowd(fresh_database):
    """Twelve mentors with one to three places, and thirty newcomers who all want one of them."""
    with Session(fresh_database) as session, session.begin():
        cohort = a_cohort(session)
        mentors = [a_mentor(session, cohort, capacity=1 + n % 3).id for n in range(12)]
        requests = [a_request(session, cohort).id for _ in range(30)]
    return fresh_database, requests, mentors


def run_all(pool, act, crowd, *, seed, count):
    engine, requests, mentors = crowd
    running = [
        pool.submit(act, address(engine), requests, mentors, seed * 100 + number, count)
        for number in range(PROCESSES)
    ]
    return [outcome for each in running for outcome in each.result()]


def violations(engine):
    with Session(engine) as session:
        found = findings(session)
    wanted = ("mentors over their capacity", "newcomers with two open mentorships")
    return sum(len(found.get(name, ())) for name in wanted)


@pytest.mark.parametrize("offers", [8, pytest.param(120, marks=pytest.mark.full)])
@pytest.mark.parametrize("seed", [1, *(pytest.param(n, marks=pytest.mark.full) for n in range(2, 11))])
def test_no_mentor_is_over_her_capacity_whoever_asks_at_once(pool, crowd, seed, offers):
    outcomes = run_all(pool, contenders.offer_through_the_service, crowd, seed=seed, count=offers)

    engine, _, _ = crowd
    with Session(engine) as session:
        assert findings(session) == {}
        paired = session.scalar(select(func.count()).select_from(Mentorship))
    assert PLACES / 2 < paired == outcomes.count("paired") <= PLACES
    assert "locked" not in outcomes


def test_the_database_alone_refuses_what_a_careless_writer_would_do(pool, crowd):
    outcomes = run_all(pool, contenders.offer_naively, crowd, seed=1, count=8)

    assert violations(crowd[0]) == 0
    assert outcomes.count("refused") > 0


def test_without_its_indexes_the_careless_writer_breaks_the_rules(pool, crowd):
    with crowd[0].begin() as connection:
        for index in GUARDING_INDEXES:
            connection.execute(text(f"DROP INDEX {index}"))

    run_all(pool, contenders.offer_naively, crowd, seed=1, count=8)

    assert violations(crowd[0]) > 0


def pairs_asked(engine, count):
    """So many newcomers, each with a mentor of her own who has been asked."""
    with Session(engine) as session, session.begin():
        cohort = a_cohort(session)
        made = []
        for _ in range(count):
            mentor, request = a_mentor(session, cohort), a_request(session, cohort)
            made.append(a_mentorship(session, request, mentor, state=State.PROPOSED))
        return [(pair.id, pair.newcomer_id, pair.mentor_id) for pair in made]


def race(pool, engine, pairs, accept):
    """Each pair's yes and its block at the same instant, four pairs at a time."""
    for start in range(0, len(pairs), PROCESSES // 2):
        begin = time.time() + 0.15
        running = []
        for pair, newcomer, mentor in pairs[start : start + PROCESSES // 2]:
            url = address(engine)
            running.append(pool.submit(accept, url, pair, begin))
            running.append(pool.submit(contenders.block_through_the_service, url, newcomer, mentor, begin))
        for each in running:
            each.result()


def live_across_a_block(engine):
    with Session(engine) as session:
        return session.scalar(
            select(func.count())
            .select_from(Mentorship)
            .join(
                Block,
                or_(
                    (Block.blocker_id == Mentorship.newcomer_id) & (Block.blocked_id == Mentorship.mentor_id),
                    (Block.blocker_id == Mentorship.mentor_id) & (Block.blocked_id == Mentorship.newcomer_id),
                ),
            )
            .where(Mentorship.ended_at.is_(None))
        )


def blocks(engine):
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(Block))


@pytest.mark.parametrize("trials", [8, pytest.param(60, marks=pytest.mark.full)])
def test_a_block_beats_a_yes_at_the_same_instant(pool, fresh_database, trials):
    pairs = pairs_asked(fresh_database, trials)

    race(pool, fresh_database, pairs, contenders.accept_through_the_service)

    assert live_across_a_block(fresh_database) == 0
    assert blocks(fresh_database) == trials


@pytest.mark.parametrize("trials", [8, pytest.param(60, marks=pytest.mark.full)])
def test_a_block_beats_an_ask_at_the_same_instant(pool, fresh_database, trials):
    with Session(fresh_database) as session, session.begin():
        cohort = a_cohort(session)
        wanted = [
            (request.id, request.newcomer_id, a_mentor(session, cohort).id)
            for request in [a_request(session, cohort) for _ in range(trials)]
        ]
    url = address(fresh_database)
    for start in range(0, trials, PROCESSES // 2):
        begin = time.time() + 0.15
        running = []
        for request, newcomer, mentor in wanted[start : start + PROCESSES // 2]:
            running.append(pool.submit(contenders.propose_through_the_service, url, request, mentor, begin))
            running.append(pool.submit(contenders.block_through_the_service, url, mentor, newcomer, begin))
        for each in running:
            each.result()

    assert live_across_a_block(fresh_database) == 0
    assert blocks(fresh_database) == trials


@pytest.mark.parametrize("guarded", [True, False])
def test_a_careless_ask_across_a_block_is_refused_by_the_database_alone(fresh_database, guarded):
    with Session(fresh_database) as session, session.begin():
        cohort = a_cohort(session)
        mentor, request = a_mentor(session, cohort), a_request(session, cohort)
        safety.block(session, mentor, request.newcomer, at=NOW)
        wanted = (request.id, request.newcomer_id, mentor.id)
    if not guarded:
        with fresh_database.begin() as connection:
            guards.drop(connection)

    outcome = contenders.ask_naively(address(fresh_database), *wanted)

    assert (outcome, live_across_a_block(fresh_database)) == (("refused", 0) if guarded else ("paired", 1))
