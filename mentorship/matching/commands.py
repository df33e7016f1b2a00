"""The commands `match` and `verify`: instance files in, certified plans out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec

import click

from mentorship.matching.errors import MatchingError, NotProved

P = ParamSpec("P")
FAIR = 4
INSTANCE = click.argument("instance", type=click.Path(path_type=Path))
RANKS = click.option("--ranks", is_flag=True, help="x is a rank, 1 the best, worth max_rank + 1 - rank.")


def _in_words(command: Callable[P, None]) -> Callable[P, None]:
    """Answer a refusal with its sentence and the exit code 2 (1 for a plan that is not proved)."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except NotProved as refusal:
            click.echo(f"Not valid, or not the best: {refusal}.", err=True)
            sys.exit(1)
        except MatchingError as refusal:
            click.echo(f"Cannot be used: {refusal}.", err=True)
            sys.exit(2)
        except MemoryError:
            click.echo("Cannot be used: there is not enough memory for a problem of this size.", err=True)
            sys.exit(2)

    return run


@click.command()
@INSTANCE
@click.option("--output", required=True, type=click.Path(path_type=Path), help="Where the plan is written.")
@RANKS
@click.option("--fair", is_flag=True, help="Lift the worst off: keep what each is missing small.")
@click.option("--time-limit", type=click.FloatRange(min=0), help="Seconds; then the best so far is given.")
@_in_words
def match(instance: Path, output: Path, *, ranks: bool, fair: bool, time_limit: float | None) -> None:
    """Match the people of INSTANCE: as many as possible, then as well as possible."""
    from mentorship.matching.instance import read_instance
    from mentorship.matching.people import Options
    from mentorship.matching.planfile import write_plan
    from mentorship.matching.solve import match_instance
    from mentorship.matching.watch import Watch

    problem = read_instance(instance, ranks=ranks)
    wanted = Options(fair=FAIR if fair else 0)
    if sys.stderr.isatty():
        with click.progressbar(length=len(problem.mentees), label="Matching", file=sys.stderr) as bar:
            watch = Watch(time_limit, lambda told: bar.update(told.done - bar.pos), None)
            plan, options = match_instance(problem, wanted, ranks=ranks, watch=watch)
    else:
        watch = Watch(time_limit, None, None)
        plan, options = match_instance(problem, wanted, ranks=ranks, watch=watch)
    write_plan(output, plan, options)
    proof = "proved the best" if plan.gap == 0 else f"at most {plan.gap} points below the best"
    click.echo(f"{plan.count} of {len(problem.mentees)} have a mentor, {plan.points} points, {proof}.")


@click.command()
@INSTANCE
@click.argument("plan", type=click.Path(path_type=Path))
@RANKS
@_in_words
def verify(instance: Path, plan: Path, *, ranks: bool) -> None:
    """Check PLAN against INSTANCE: 0 valid and the best, 1 with the reason, 2 unusable input."""
    from mentorship.matching.instance import read_instance
    from mentorship.matching.planfile import read_plan
    from mentorship.matching.verify import verify as check

    made = read_plan(plan)
    said = made["options"].get("ranks", False) is True
    if ranks and not said:
        raise NotProved("the plan was made without --ranks")
    check(read_instance(instance, ranks=said), made)
    click.echo(f"Valid and the best: {made['count']} pairs, {made['points']} points.")


@click.group()
def main() -> None:
    """The matching core alone."""


main.add_command(match)
main.add_command(verify)
