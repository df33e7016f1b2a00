"""What commands share: which installation they work on, and a session of its database."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from mentorship import config
from mentorship.config import Config
from mentorship.rules.errors import BadInput
from mentorship.rules.marking import N_
from mentorship.store.engine import open_engine

instance_option: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "--instance",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("instance"),
    envvar="MENTORSHIP_INSTANCE",
    show_default=True,
    help="The folder of the installation, with its config.py.",
)
"""The option every command that touches an installation has."""


def read_config(instance: Path) -> Config:
    """The installation's settings; a missing or unusable one is a sentence.

    Whatever the command writes from then on is its owner's alone: the database holds private things.
    """
    os.umask(0o077)
    return config.read(instance)


def opened(settings: Config) -> Engine:
    """The installation's database, which must have been migrated.

    Raises
    ------
    BadInput
        When it cannot be opened, or holds no tables yet.
    """
    engine = open_engine(settings.database_url)
    with can_be_opened():
        tables = inspect(engine).get_table_names()
    if "person" not in tables:
        raise BadInput(
            N_("The database has no tables yet. Make them with: mentorship migrate"), field="instance"
        )
    return engine


@contextmanager
def can_be_opened() -> Iterator[None]:
    """What the database says when it cannot be reached becomes one sentence."""
    try:
        yield
    except OperationalError as error:
        raise BadInput(
            N_("The database cannot be opened: %(why)s"), field="DATABASE_URL", why=str(error.orig).strip()
        ) from error


@contextmanager
def unit_of_work(instance: Path) -> Iterator[Session]:
    """A session on the installation's database, committed at the end, rolled back on any error."""
    engine = opened(read_config(instance))
    try:
        with Session(engine) as session, session.begin():
            yield session
    finally:
        engine.dispose()
