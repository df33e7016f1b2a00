"""`mentorship numbers`: what the coordinator's page of numbers says, for a cohort or for each."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship.commands.cohort import cohort_named
from mentorship.commands.installation import instance_option, unit_of_work
from mentorship.services import numbers
from mentorship.services.shared_numbers import to_pass_on
from mentorship.store.cohorts import Cohort


@click.command("numbers")
@instance_option
@click.option("--cohort", help="The cohort's name or id; every cohort without it.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def numbers_(instance: Path, cohort: str | None, *, as_json: bool) -> None:
    """Print the numbers of a cohort as its coordinator reads them: for coordinators, not to be passed on."""
    at = datetime.now(UTC)
    with unit_of_work(instance) as session:
        found = [_of(session, one, at=at) for one in _cohorts(session, cohort)]
    if as_json:
        said = {"at": at.isoformat(timespec="seconds"), "cohorts": found}
        click.echo(json.dumps(said, indent=2, ensure_ascii=False))
        return
    for one in found:
        _print(one)


def _cohorts(session: Session, named: str | None) -> list[Cohort]:
    if named is not None:
        return [cohort_named(session, named)]
    return list(session.scalars(select(Cohort).order_by(Cohort.name, Cohort.id)))


def _of(session: Session, cohort: Cohort, *, at: datetime) -> dict[str, Any]:
    values = numbers.numbers(session, cohort, at=at).as_values()
    shared = to_pass_on(session, cohort, at=at)
    return {"id": cohort.public_id, "name": cohort.name, **values, "to_pass_on": shared}


def _print(one: dict[str, Any]) -> None:
    table = Table(title=f"{one['name']}: who can name a person who helped", title_justify="left")
    for head in ("Days", "Named", "Of", "No answer", "Likely range", "Of those who answered"):
        table.add_column(head, justify="right")
    for rate in one["named_helper_rate"]:
        known = rate["requests"] > 0
        between = f"{rate['low']:.0%} to {rate['high']:.0%}" if known else "–"
        of_answers = "–" if rate["share_of_answers"] is None else f"{rate['share_of_answers']:.0%}"
        counts = (rate["days"], rate["named"], rate["requests"], rate["missing"])
        table.add_row(*map(str, counts), between, of_answers)
    console = Console(markup=False)
    console.print(table)
    console.print(", ".join(f"{name.replace('_', ' ')} {one[name]}" for name in numbers.COUNTS))
