"""`mentorship round`: the same acts on a round as the coordinator's pages."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
from rich.table import Table
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship import jobs
from mentorship.commands.cohort import cohort_named, cohort_option
from mentorship.commands.installation import instance_option, opened, read_config, unit_of_work
from mentorship.rules.errors import BadInput
from mentorship.rules.marking import N_
from mentorship.services import publishing, round_policy, rounds
from mentorship.store.cohorts import Cohort
from mentorship.store.people import Person
from mentorship.store.requests import Request
from mentorship.store.rounds import Round

if TYPE_CHECKING:
    from mentorship.matching import Progress as Far

json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object instead of a table."
)
number_of = {
    name: (0, round_policy.MOST_SHARE, f"What counts how much: {name} [usual: {usual}].")
    for name, usual in round_policy.SHARES.items()
} | {
    "waiting": (0, round_policy.MOST_WAITING, "Points for each week of waiting."),
    "steady": (0, round_policy.MOST_STEADY, "Points that may be lost so that pairs seen before stay."),
    "limit-s": (0, round_policy.MOST_LIMIT_S, "Seconds it may take."),
}
newcomer_argument = click.argument("newcomer")
mentor_argument = click.argument("mentor")


def policy_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The shares and options of a round; those not given stay as they are."""
    for name, (least, most, words) in reversed(number_of.items()):
        command = click.option(f"--{name}", type=click.IntRange(least, most), help=words)(command)
    powers = [str(power) for power in round_policy.FAIR]
    return click.option("--fair", type=click.Choice(powers), help="Lift those who fit least.")(command)


@click.group("round")
def round_() -> None:
    """Start, look at, shape, publish and discard the rounds of a cohort."""


@round_.command()
@instance_option
@cohort_option
@json_option
@policy_options
def start(instance: Path, cohort: str, *, as_json: bool, **given: Any) -> None:
    """Start a round and compute it; nothing is sent to anyone. Ctrl-C puts the round away again."""
    with unit_of_work(instance) as session:
        made = rounds.start_round(
            session, cohort_named(session, cohort), by=None, at=_now(), **_policy(given)
        )
        round_id = made.id
        rounds.claim(session, round_id=round_id, at=_now())
    try:
        _solve(instance, round_id)
    except KeyboardInterrupt:
        with unit_of_work(instance) as session:
            rounds.discard(session, session.get_one(Round, round_id), by=None, at=_now())
        raise BadInput(N_("The round was stopped and put away. Nobody has heard of it.")) from None
    with unit_of_work(instance) as session:
        _print(session.get_one(Round, round_id), as_json=as_json)


@round_.command()
@instance_option
@cohort_option
@json_option
def show(instance: Path, cohort: str, *, as_json: bool) -> None:
    """Show the latest round of a cohort."""
    with unit_of_work(instance) as session:
        _print(_latest(session, cohort_named(session, cohort)), as_json=as_json)


@round_.command()
@instance_option
@cohort_option
@json_option
@newcomer_argument
@mentor_argument
def lock(instance: Path, cohort: str, newcomer: str, mentor: str, *, as_json: bool) -> None:
    """Keep NEWCOMER with MENTOR (ids as `show` prints them), and compute the rest round it."""
    with _draft(instance, cohort, as_json=as_json) as (session, found):
        pair = _pair(session, found, newcomer, mentor)
        rounds.lock(session, found, *pair, by=None, at=_now())


@round_.command()
@instance_option
@cohort_option
@json_option
@newcomer_argument
@mentor_argument
def forbid(instance: Path, cohort: str, newcomer: str, mentor: str, *, as_json: bool) -> None:
    """Leave NEWCOMER with MENTOR out, and compute the rest round it."""
    with _draft(instance, cohort, as_json=as_json) as (session, found):
        pair = _pair(session, found, newcomer, mentor)
        rounds.forbid(session, found, *pair, by=None, at=_now())


@round_.command()
@instance_option
@cohort_option
@json_option
@newcomer_argument
@mentor_argument
def undo(instance: Path, cohort: str, newcomer: str, mentor: str, *, as_json: bool) -> None:
    """Take back what was decided about NEWCOMER with MENTOR."""
    with _draft(instance, cohort, as_json=as_json) as (session, found):
        pair = _pair(session, found, newcomer, mentor)
        rounds.undo(session, found, *pair, by=None, at=_now())


@round_.command()
@instance_option
@cohort_option
@json_option
@policy_options
def recompute(instance: Path, cohort: str, *, as_json: bool, **given: Any) -> None:
    """Compute the draft anew over who waits now; shares and options not given stay as they are."""
    with _draft(instance, cohort, as_json=as_json) as (session, found):
        policy = _policy(given)
        rounds.recompute(session, found, at=_now(), shares=policy["shares"], options=policy["options"])


@round_.command()
@instance_option
@cohort_option
@json_option
def publish(instance: Path, cohort: str, *, as_json: bool) -> None:
    """Propose every pairing of the draft and tell everyone; all of it, or nothing."""
    with _draft(instance, cohort, as_json=as_json) as (session, found):
        publishing.publish(session, found, by=None, at=_now(), seen=found.version)


@round_.command()
@instance_option
@cohort_option
@json_option
def discard(instance: Path, cohort: str, *, as_json: bool) -> None:
    """Put the open round away; nobody hears of it."""
    with _draft(instance, cohort, as_json=as_json) as (session, found):
        rounds.discard(session, found, by=None, at=_now())


def _solve(instance: Path, round_id: int) -> None:
    """Compute a claimed round with a bar on the error stream."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    engine = opened(read_config(instance))
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("Matching", total=None)

        def told(far: Far) -> None:
            progress.update(task, completed=far.done, total=far.of)

        try:
            jobs.solve_round(engine, round_id, at=_now(), told=told)
        finally:
            engine.dispose()


def _policy(given: dict[str, Any]) -> dict[str, dict[str, int]]:
    """What was given, as the services take it."""
    said = {name: int(value) for name, value in given.items() if value is not None}
    shares = {name: value for name, value in said.items() if name in round_policy.SHARES}
    return {"shares": shares, "options": {name: said[name] for name in said if name not in shares}}


def as_values(found: Round) -> dict[str, Any]:
    """A round as one JSON object; people go by their ids."""
    return {
        "id": found.public_id,
        "state": found.state.value,
        "count": found.report.get("count", 0),
        "points": found.report.get("points", 0),
        "gap": found.report.get("gap"),
        "policy": found.policy,
        "changes": found.report.get("changes"),
        "shortages": found.report.get("shortages", []),
        "circles": found.report.get("circles", []),
        "input_sha256": found.input_sha256,
        "pairs": [
            {
                "newcomer": pairing.request.newcomer.public_id,
                "mentor": pairing.mentor.public_id,
                "points": pairing.points,
                "terms": {term["name"]: term["points"] for term in pairing.terms},
            }
            for pairing in found.pairings
        ],
        "left_out": [
            {"newcomer": row.request.newcomer.public_id, "reason": row.reason} for row in found.left_out
        ],
    }


@contextmanager
def _draft(instance: Path, cohort: str, *, as_json: bool) -> Iterator[tuple[Session, Round]]:
    """The open round of the cohort, printed once the act on it is done."""
    with unit_of_work(instance) as session:
        found = rounds.open_round_of(session, cohort_named(session, cohort))
        if found is None:
            raise BadInput(N_("No round of this cohort is open."), field="cohort")
        yield session, found
        session.flush()
        _print(found, as_json=as_json)


def _latest(session: Session, cohort: Cohort) -> Round:
    found = session.scalar(
        select(Round).where(Round.cohort_id == cohort.id).order_by(Round.started_at.desc(), Round.id.desc())
    )
    if found is None:
        raise BadInput(N_("This cohort has had no round yet."), field="cohort")
    return found


def _pair(session: Session, found: Round, newcomer: str, mentor: str) -> tuple[Request, Person]:
    request = session.scalar(
        select(Request)
        .join(Person, Person.id == Request.newcomer_id)
        .where(Request.cohort_id == found.cohort_id, Person.public_id == newcomer)
        .order_by(Request.opened_at.desc())
    )
    person = session.scalar(select(Person).where(Person.public_id == mentor))
    if request is None:
        raise BadInput(N_("Nobody of this cohort asks for a mentor under this id."), field="newcomer")
    if person is None:
        raise BadInput(N_("Nobody is known under this id."), field="mentor")
    return request, person


def _print(found: Round, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(as_values(found), indent=2))
        return
    table = Table(title=f"Round {found.public_id}: {found.state.value}")
    for head in ("Newcomer", "id", "Mentor", "id", "Points"):
        table.add_column(head, justify="right" if head == "Points" else "left", overflow="fold")
    for pairing in found.pairings:
        newcomer, mentor = pairing.request.newcomer, pairing.mentor
        table.add_row(newcomer.name, newcomer.public_id, mentor.name, mentor.public_id, str(pairing.points))
    for row in found.left_out:
        newcomer = row.request.newcomer
        table.add_row(newcomer.name, newcomer.public_id, f"– ({row.reason})", "", "")
    Console(markup=False).print(table)


def _now() -> datetime:
    return datetime.now(UTC)
