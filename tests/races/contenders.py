"""What each process of a race does; it has its own engine and knows nothing of the others."""

import random
import time

from sqlalchemy import create_engine, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from mentorship.rules.errors import Refusal
from mentorship.rules.lifecycle import Action, Code, Party, State
from mentorship.services import mentorships, safety
from mentorship.store.engine import open_engine
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person
from mentorship.store.queries import free_place_of, open_mentorship_of
from mentorship.store.requests import Request
from mentorship.store.transient import is_passing
from tests.factories import NOW

TRIES = 50


def again_while_locked(engine, act):
    """The product's way: the whole unit of work again while the database says so."""
    for _ in range(TRIES):
        try:
            with Session(engine) as session, session.begin():
                return act(session)
        except Refusal as refusal:
            return type(refusal).__name__
        except DBAPIError as error:
            if not is_passing(error):
                raise
            time.sleep(random.uniform(0.01, 0.05))
    return "locked"


def offer_through_the_service(url, requests, mentors, seed, count):
    """Ask for random pairs and say yes, as the service does it; returns what became of each."""
    engine, chance = open_engine(url), random.Random(seed)
    outcomes = []
    for _ in range(count):
        request_id, mentor_id = chance.choice(requests), chance.choice(mentors)

        def act(session, request_id=request_id, mentor_id=mentor_id):
            request, mentor = session.get_one(Request, request_id), session.get_one(Person, mentor_id)
            mentorship = mentorships.propose(
                session, request, mentor, party=Party.NEWCOMER, by=request.newcomer, code=Code.ASKED, at=NOW
            )
            mentorships.act(session, mentorship, Action.ACCEPT, party=Party.MENTOR, by=mentor, at=NOW)
            return "paired"

        outcomes.append(again_while_locked(engine, act))
    engine.dispose()
    return outcomes


def offer_naively(url, requests, mentors, seed, count):
    """Look for a free place in one transaction and take it in the next: only the database can refuse."""
    engine, chance = open_engine(url), random.Random(seed)
    outcomes = []
    for _ in range(count):
        request_id, mentor_id = chance.choice(requests), chance.choice(mentors)
        with Session(engine) as session:
            request = session.get_one(Request, request_id)
            place = free_place_of(session, mentor_id)
            waiting = open_mentorship_of(session, request.newcomer) is None
            newcomer_id = request.newcomer_id
        if place is None or not waiting:
            outcomes.append("full")
            continue
        time.sleep(chance.uniform(0, 0.02))
        row = {"request_id": request_id, "newcomer_id": newcomer_id, "mentor_id": mentor_id, "place_n": place}
        outcomes.append(_insert(engine, row))
    engine.dispose()
    return outcomes


def ask_naively(url, request_id, newcomer_id, mentor_id):
    """Write a pair down without looking whether the two may meet."""
    engine = open_engine(url)
    row = {"request_id": request_id, "newcomer_id": newcomer_id, "mentor_id": mentor_id, "place_n": 1}
    outcome = _insert(engine, row)
    engine.dispose()
    return outcome


def accept_through_the_service(url, mentorship_id, start_at):
    engine = open_engine(url)
    time.sleep(max(0.0, start_at - time.time()))

    def act(session):
        mentorship = session.get_one(Mentorship, mentorship_id)
        mentorships.act(session, mentorship, Action.ACCEPT, party=Party.MENTOR, by=mentorship.mentor, at=NOW)
        return "accepted"

    outcome = again_while_locked(engine, act)
    engine.dispose()
    return outcome


def propose_through_the_service(url, request_id, mentor_id, start_at):
    engine = open_engine(url)
    time.sleep(max(0.0, start_at - time.time()))

    def act(session):
        request, mentor = session.get_one(Request, request_id), session.get_one(Person, mentor_id)
        mentorships.propose(
            session, request, mentor, party=Party.NEWCOMER, by=request.newcomer, code=Code.ASKED, at=NOW
        )
        return "proposed"

    outcome = again_while_locked(engine, act)
    engine.dispose()
    return outcome


def block_through_the_service(url, blocker_id, blocked_id, start_at):
    engine = open_engine(url)
    time.sleep(max(0.0, start_at - time.time()))

    def act(session):
        blocker, blocked = session.get_one(Person, blocker_id), session.get_one(Person, blocked_id)
        safety.block(session, blocker, blocked, at=NOW)
        return "blocked"

    for _ in range(TRIES):  # a pair proposed at the same instant is seen at the next try, and cut
        outcome = again_while_locked(engine, act)
        if outcome == "blocked":
            break
    engine.dispose()
    return outcome


def warm_up(_number):
    """Import everything before the race begins."""
    return create_engine is not None and select is not None


def _insert(engine, row):
    def act(session):
        session.add(
            Mentorship(**row, approval_state="live", state=State.PROPOSED, proposed_at=NOW, answer_due_at=NOW)
        )
        session.flush()
        return "paired"

    return _outcome(engine, act)


def _outcome(engine, act):
    try:
        return again_while_locked(engine, act)
    except IntegrityError:
        return "refused"


def tick_the_clock(url, at, start_at):
    """The clock as the worker runs it."""
    from mentorship.jobs import tick

    engine = open_engine(url)
    time.sleep(max(0.0, start_at - time.time()))
    done = tick(engine, at=at)
    engine.dispose()
    return done
