"""`mentorship simulate`: a year of made-up people through the real services, in a moment."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy import Connection, Engine, event, inspect
from sqlalchemy.exc import ArgumentError, OperationalError

from mentorship.rules.errors import BadInput
from mentorship.rules.marking import N_
from mentorship.store import migrate
from mentorship.store.engine import open_engine

if TYPE_CHECKING:
    from mentorship.simulation.year import Tell


@click.command()
@click.option("--days", type=click.IntRange(1, 3660), default=365, show_default=True)
@click.option("--newcomers", type=click.IntRange(1, 5000), default=200, show_default=True)
@click.option("--mentors", type=click.IntRange(0, 2000), default=60, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Same seed, same people.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object.")
@click.option("--database-url", help="An empty PostgreSQL database; a temporary file of its own by default.")
def simulate(
    days: int, newcomers: int, mentors: int, seed: int, as_json: bool, database_url: str | None
) -> None:
    """Let made-up newcomers and mentors live through the real services, with a clock of its own.

    Exit code 1 when a request was left in silence, a rule was broken, or the doctor finds something.
    """
    from mentorship.simulation.year import live  # a bad option need not load the programme

    with _database(database_url) as engine, _bar(days) as tell:
        figures = live(engine, days=days, newcomers=newcomers, mentors=mentors, seed=seed, tell=tell)
    click.echo(json.dumps(figures if as_json else _short(figures), indent=None if as_json else 2))
    if figures["requests_in_silence"] or figures["rules_broken"] or figures["doctor"]:
        raise SystemExit(1)


@contextmanager
def _database(url: str | None) -> Iterator[Engine]:
    if url is not None:
        yield from _opened(url)
        return
    with tempfile.TemporaryDirectory(prefix="mentorship-simulation-") as folder:
        yield from _opened(f"sqlite:///{Path(folder) / 'simulation.sqlite'}")


def _opened(url: str) -> Iterator[Engine]:
    """A migrated database; one that holds tables already is refused, since people would come into it."""
    try:
        engine = open_engine(url)
        tables = inspect(engine).get_table_names()
    except (ArgumentError, OperationalError, ModuleNotFoundError) as error:
        raise BadInput(
            N_("The database cannot be opened: %(why)s"), field="--database-url", why=_first_line(error)
        ) from error
    if tables:
        raise BadInput(
            N_("This database is not empty: a simulation needs one of its own."),
            field="--database-url",
        )
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _forgetful)
        engine.dispose()
    migrate.upgrade(engine)
    try:
        yield engine
    finally:
        engine.dispose()


def _forgetful(connection: Connection, _record: object) -> None:
    """A database nobody keeps need not reach the disk."""
    connection.execute("PRAGMA synchronous=OFF")  # type: ignore[call-overload]
    connection.execute("PRAGMA journal_mode=MEMORY")  # type: ignore[call-overload]


def _first_line(error: Exception) -> str:
    return str(getattr(error, "orig", error)).splitlines()[0]


@contextmanager
def _bar(days: int) -> Iterator[Tell]:
    columns = (TextColumn("day"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("day", total=days)
        yield lambda day: progress.update(task, completed=day)


def _short(figures: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in figures.items() if name not in ("done", "refused")}
