"""The session of a request: one unit of work, begun for reading or for writing, tried again when locked."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from inspect import iscoroutinefunction
from typing import TypeVar

from flask import Flask
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from werkzeug.local import LocalProxy

from mentorship.rules.errors import Busy
from mentorship.store.engine import prepare
from mentorship.store.transient import is_passing

R = TypeVar("R")

db = SQLAlchemy()
session: Session = LocalProxy(lambda: db.session)  # type: ignore[assignment]

TRIES = 5


def init_database(app: Flask) -> None:
    """Open the database of `app`, whose SQLALCHEMY_ENGINES are set."""
    db.init_app(app)
    # Closing asynchronous sessions, of which there are none, would start a thread at the end of each request.
    ends = app.teardown_appcontext_funcs
    ends[:] = [end for end in ends if not iscoroutinefunction(end)]
    with app.app_context():
        prepare(db.engine)


def unit_of_work(act: Callable[[], R]) -> R:
    """Do the whole of a request's work again, a few times, when the database says to try again.

    Raises
    ------
    Busy
        When it was still locked after `TRIES` tries.
    """
    for attempt in range(TRIES):
        try:
            return act()
        except DBAPIError as error:
            db.session.rollback()
            if not is_passing(error):
                raise
            time.sleep(random.uniform(0.02, 0.1) * (attempt + 1))  # noqa: S311 - jitter, not a secret
    raise Busy
