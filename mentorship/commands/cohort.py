"""`mentorship cohort`: list the cohorts, and add one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mentorship.commands.installation import instance_option, read_config, unit_of_work
from mentorship.rules.errors import BadInput
from mentorship.rules.marking import N_
from mentorship.services.cohorts import Settings, create
from mentorship.store.cohorts import Cohort

LONGEST_NAME = 120

cohort_option = click.option("--cohort", required=True, help="The cohort's name or id.")


@click.group()
def cohort() -> None:
    """List the cohorts, or add one."""


@cohort.command("list")
@instance_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def list_(instance: Path, *, as_json: bool) -> None:
    """List the cohorts with their ids and joining links."""
    with unit_of_work(instance) as session:
        found = session.scalars(select(Cohort).order_by(Cohort.name, Cohort.id)).all()
        rows = [
            {
                "id": one.public_id,
                "name": one.name,
                "coordinators": len(one.coordinators),
                "joining": f"/join/{one.joining_token}",
            }
            for one in found
        ]
    if as_json:
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    table = Table(title="Cohorts")
    for head in ("Name", "id", "Coordinators"):
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(str(row["name"]), str(row["id"]), str(row["coordinators"]))
    Console(markup=False).print(table)
    site = read_config(instance).BASE_URL.rstrip("/")
    for row in rows:  # not in the table, which would break them
        click.echo(f"{row['name']}: {site}{row['joining']}")


@cohort.command()
@instance_option
@click.argument("name")
@click.option("--starts", type=click.DateTime(["%Y-%m-%d"]), help="Its first day; today by default.")
@click.option("--ends", type=click.DateTime(["%Y-%m-%d"]), help="Its last day; open-ended by default.")
@click.option("--language", "languages", multiple=True, help="A language's code; may be given again.")
def add(
    instance: Path, name: str, starts: datetime | None, ends: datetime | None, languages: tuple[str, ...]
) -> None:
    """Add a cohort called NAME."""
    plain = name.strip()
    if not plain or len(plain) > LONGEST_NAME or not plain.isprintable():
        raise BadInput(N_("The name of a cohort has 1 to %(most)s letters."), field="name", most=LONGEST_NAME)
    settings = Settings(
        name=plain,
        starts_on=(starts or datetime.now(UTC)).date(),
        ends_on=ends.date() if ends else None,
        languages=languages,
        deadlines={},
    )
    with unit_of_work(instance) as session:
        if session.scalar(select(Cohort.id).where(Cohort.name == plain)) is not None:
            raise BadInput(N_("There is a cohort of this name already."), field="name")
        made = create(session, settings)
        click.echo(f"{made.name}: {made.public_id}, joined at /join/{made.joining_token}")
    click.echo(f'Give it a coordinator: mentorship coordinator add SIGN_IN_NAME --cohort "{plain}"')


def cohort_named(session: Session, named: str) -> Cohort:
    """The cohort of that name or id.

    Raises
    ------
    BadInput
        When there is none, or several of that name.
    """
    found = session.scalars(select(Cohort).where(or_(Cohort.name == named, Cohort.public_id == named))).all()
    if not found:
        raise BadInput(N_("There is no cohort called “%(name)s”."), field="cohort", name=named)
    if len(found) > 1:
        raise BadInput(N_("Several cohorts are called “%(name)s”: give its id."), field="cohort", name=named)
    return found[0]
