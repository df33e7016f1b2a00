"""`mentorship migrate` and `mentorship doctor`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from mentorship.commands.installation import can_be_opened, instance_option, read_config, unit_of_work
from mentorship.services.doctor import findings
from mentorship.store import migrate as migrations
from mentorship.store.engine import open_engine


@click.command()
@instance_option
def migrate(instance: Path) -> None:
    """Bring the database to the newest schema."""
    engine = open_engine(read_config(instance).database_url)
    with can_be_opened():
        migrations.upgrade(engine)
    engine.dispose()
    click.echo("The database is up to date.")


@click.command()
@instance_option
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def doctor(instance: Path, as_json: bool) -> None:
    """Look for what must not be; exit code 1 when something is found."""
    with unit_of_work(instance) as session:
        found = findings(session)
    if as_json:
        click.echo(json.dumps(found, indent=2))
    else:
        for name, rows in found.items():
            click.echo(f"{name}: {', '.join(rows)}")
        if not found:
            click.echo("Nothing is wrong.")
    sys.exit(1 if found else 0)
