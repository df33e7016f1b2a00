"""`mentorship numbers`: what the coordinator's page of numbers says, for a cohort or for each."""

from __future__ import annotations

import json
from collections.abc import Iterable
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
from mentorship.services.shared_numbers import quarters_to_pass_on, to_pass_on
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
    known = numbers.numbers(session, cohort, at=at)
    shared = {
        "to_pass_on": to_pass_on(session, cohort, at=at),
        "to_pass_on_by_quarter": quarters_to_pass_on(known),
    }
    return {"id": cohort.public_id, "name": cohort.name, **known.as_values(), **shared}


def _print(one: dict[str, Any]) -> None:
    console = Console(markup=False)
    title = f"{one['name']}: who can name a person who helped"
    console.print(_table(title, "Days", ((str(rate["days"]), rate) for rate in one["named_helper_rate"])))
    by_quarter = one["named_helper_rate_by_quarter"]
    rows = (
        (f"{each['quarter']}, {rate['days']} days", rate) for each in by_quarter for rate in each["rates"]
    )
    if by_quarter:
        console.print(_table("By the quarter in which help was asked for", "Quarter", rows))
    console.print(", ".join(f"{name.replace('_', ' ')} {one[name]}" for name in numbers.COUNTS))


def _table(title: str, first: str, rows: Iterable[tuple[str, dict[str, Any]]]) -> Table:
    table = Table(title=title, title_justify="left")
    for head in (first, "Named", "Of", "No answer", "Likely range", "Of those who answered"):
        table.add_column(head, justify="right")
    for head, rate in rows:
        if rate["requests"] is None:
            table.add_row(head, "not shown")
            continue
        known = rate["requests"] > 0
        between = f"{rate['low']:.0%} to {rate['high']:.0%}" if known else "–"
        of_answers = "–" if rate["share_of_answers"] is None else f"{rate['share_of_answers']:.0%}"
        table.add_row(
            head, *(str(rate[key]) for key in ("named", "requests", "missing")), between, of_answers
        )
    return table
