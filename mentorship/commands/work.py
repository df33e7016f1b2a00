"""`mentorship worker` and `mentorship clock`: what happens by itself."""

from __future__ import annotations

import logging
from pathlib import Path

import click

from mentorship.app import create_app
from mentorship.commands.installation import instance_option, opened, read_config
from mentorship.jobs import make_queue, purge, tick


@click.command()
@instance_option
def worker(instance: Path) -> None:
    """Do what is due every minute: deadlines, questions, rounds, mail. Ends with Ctrl-C."""
    config = read_config(instance)
    opened(config).dispose()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    queue = make_queue(config, create_app(config))
    queue.create_consumer(workers=1, check_worker_health=True).run()


@click.command()
@instance_option
@click.option(
    "--trust", is_flag=True, help="The clock is right, however long it was: take away what is over."
)
@click.option("--at", type=click.DateTime(["%Y-%m-%dT%H:%M"]), help="Do what is due at this moment (UTC).")
def clock(instance: Path, at: object, trust: bool) -> None:
    """Do now what is due by the clock; safe to run twice."""
    from datetime import UTC, datetime

    moment = at.replace(tzinfo=UTC) if isinstance(at, datetime) else datetime.now(UTC)
    engine = opened(read_config(instance))
    gone = purge(engine, at=moment, trusted=trust)
    done = tick(engine, at=moment)
    engine.dispose()
    click.echo(f"{done} things were due and are done.")
    if gone.jumped_from is not None:
        click.echo(
            f"Nothing old was taken away: the clock was last right on {gone.jumped_from:%Y-%m-%d},"
            " more than a month from what it says now. If it is right now, run this again with --trust.",
            err=True,
        )
