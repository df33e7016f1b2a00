"""What the worker does: everything that is due now. The rows are the truth; the queue only wakes it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import structlog
from flask import Flask
from huey import SqliteHuey, crontab
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from mentorship.config import Config
from mentorship.rules.errors import Refusal
from mentorship.services import clock, retention, round_plan, rounds
from mentorship.store.engine import begin_reading, open_engine
from mentorship.store.rounds import Round
from mentorship.store.transient import is_passing
from mentorship.web.mail import deliver

if TYPE_CHECKING:
    from mentorship.matching import Progress

log = structlog.get_logger()
TRIES = 5
SECONDS_BETWEEN = 1.0
"""Between two looks of a running solver at the database."""


def make_queue(config: Config, app: Flask) -> SqliteHuey:
    """The queue of an installation, with its one task: every minute, and whenever it is woken."""
    queue = SqliteHuey(
        "mentorship", filename=str(config.INSTANCE / "queue.sqlite"), journal_mode="delete", results=False
    )

    @queue.periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
    def every_minute() -> None:
        work(app, config)

    return queue


def work(app: Flask, config: Config, *, at: datetime | None = None) -> int:
    """Do what is due, one unit of work each, and send the mail that waits; returns how much was done."""
    at = at or datetime.now(UTC)
    engine = open_engine(config.database_url)
    try:
        purge(engine, at=at)  # first: by what the clock makes it would take a wrong one for right
        done = tick(engine, at=at)
        deliver(app, engine, config, at=at)
    finally:
        engine.dispose()
    return done


def tick(engine: Engine, *, at: datetime) -> int:
    """Carry out every act that is due at `at`, each in a transaction of its own."""
    with Session(engine) as session:
        begin_reading(session)
        acts = clock.due(session, at=at)
        pending = rounds.is_pending(session)
    done = sum(_alone(engine, partial(clock.carry_out, what=act, at=at)) for act in acts)
    if pending or any(act.name == clock.DRAFT for act in acts):
        done += compute_rounds(engine, at=at)
    return done


def purge(engine: Engine, *, at: datetime, trusted: bool = False) -> retention.Purged:
    """Take away what is past its time; a clock that jumped takes away nothing, and it is said."""
    found = retention.Purged()

    def look(session: Session) -> int:
        nonlocal found
        found = retention.purge(session, at=at, trusted=trusted)
        return found.notices

    _alone(engine, look)
    if found.jumped_from is not None:
        log.warning(
            "the clock is far from when it was last looked at: nothing is taken away",
            last=found.jumped_from.isoformat(),
            now=at.isoformat(),
        )
    return found


def compute_rounds(engine: Engine, *, at: datetime) -> int:
    """Solve every round left computing that no other process solves, the oldest first."""
    with Session(engine) as session:
        begin_reading(session)
        pending = rounds.pending(session)
    began = time.monotonic()
    done = 0
    for round_id in pending:
        now = at + timedelta(seconds=time.monotonic() - began)  # the one before may have taken long
        if _alone(engine, partial(rounds.claim, round_id=round_id, at=now)):
            done += solve_round(engine, round_id, at=now)
    return done


def solve_round(
    engine: Engine, round_id: int, *, at: datetime, told: Callable[[Progress], None] | None = None
) -> int:
    """Solve a round that was claimed; no transaction is open while it is solved.

    Returns 1, or 0 if it was put away meanwhile. `told` hears how far it is, beside the round's page.
    """
    from mentorship.matching import Cancelled

    with Session(engine) as session:
        begin_reading(session)
        problem = round_plan.gather(session, session.get_one(Round, round_id), at=at)
    watch = RoundWatch(engine, round_id, at=at, told=told)
    try:
        found = round_plan.solve(problem, progress=watch.tell, cancelled=watch.is_cancelled)
    except Cancelled:
        return 0
    return _alone(engine, partial(_keep, round_id=round_id, problem=problem, found=found, at=at))


def _keep(
    session: Session,
    *,
    round_id: int,
    problem: round_plan.Problem,
    found: round_plan.Solved | round_plan.Failure,
    at: datetime,
) -> int:
    round_plan.keep(session, session.get_one(Round, round_id), problem, found, at=at)
    return 1


class RoundWatch:
    """What a running solver tells and asks: in short transactions, one a second at most of each kind."""

    def __init__(
        self,
        engine: Engine,
        round_id: int,
        *,
        at: datetime,
        told: Callable[[Progress], None] | None = None,
    ) -> None:
        self._engine, self._id = engine, round_id
        self._at, self._began = at, time.monotonic()
        self._listener = told
        self._told = self._asked = float("-inf")
        self._cancelled = False

    def tell(self, progress: Progress) -> None:
        """Keep how far it is with the round, for its page, and the claim to it."""
        if self._listener is not None:
            self._listener(progress)
        if time.monotonic() - self._told < SECONDS_BETWEEN:
            return
        at = self._at + timedelta(seconds=time.monotonic() - self._began)
        kept = partial(rounds.keep_progress, round_id=self._id, progress=asdict(progress), at=at)
        _alone(self._engine, kept)
        self._told = time.monotonic()

    def is_cancelled(self) -> bool:
        """Whether the round was put away since."""
        if not self._cancelled and time.monotonic() - self._asked >= SECONDS_BETWEEN:
            with Session(self._engine) as session:
                begin_reading(session)
                self._cancelled = self._id not in rounds.pending(session)
            self._asked = time.monotonic()
        return self._cancelled


def _alone(engine: Engine, act: Callable[[Session], int]) -> int:
    """One unit of work, tried again when the database was locked; what the rules refuse is left as it is."""
    for _ in range(TRIES):
        try:
            with Session(engine) as session, session.begin():
                return act(session)
        except Refusal as refusal:
            log.info("an act that was due is refused", why=str(refusal))
            return 0
        except DBAPIError as error:
            if not is_passing(error):
                raise
            time.sleep(0.2)
    return 0
