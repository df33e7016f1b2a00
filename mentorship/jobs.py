"""What the worker does: everything that is due now. The rows are the truth; the queue only wakes it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import structlog
from flask import Flask
from huey import SqliteHuey, crontab
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from mentorship.config import Config
from mentorship.rules.errors import Refusal
from mentorship.services import clock, rounds
from mentorship.store.engine import begin_reading, open_engine
from mentorship.store.transient import is_passing
from mentorship.web.mail import deliver

log = structlog.get_logger()
TRIES = 5


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
        done += _alone(engine, partial(rounds.compute_pending, at=at))
    return done


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
