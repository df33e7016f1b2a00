"""The command line: each command is loaded only when it is called, so that `match` needs no web."""

from __future__ import annotations

import importlib
import sys

import click

from mentorship.rules.errors import Refusal

COMMANDS = {
    "run": "mentorship.commands.run:run",
    "demo": "mentorship.commands.demo:demo",
    "migrate": "mentorship.commands.database:migrate",
    "doctor": "mentorship.commands.database:doctor",
    "clock": "mentorship.commands.work:clock",
    "simulate": "mentorship.commands.simulate:simulate",
    "worker": "mentorship.commands.work:worker",
    "coordinator": "mentorship.commands.coordinator:coordinator",
    "cohort": "mentorship.commands.cohort:cohort",
    "round": "mentorship.commands.round:round_",
    "numbers": "mentorship.commands.numbers:numbers_",
    "match": "mentorship.matching.commands:match",
    "verify": "mentorship.matching.commands:verify",
}
"""Name to ``module:function``."""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, function = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), function)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="mentorship")
def cli() -> None:
    """Mentorship matching for women contributors of the Wikimedia movement."""


def main() -> None:
    """Run a command; what the rules refuse is one sentence and exit code 2, never a traceback."""
    try:
        cli(prog_name="mentorship")
    except Refusal as refusal:
        click.echo(f"mentorship: {refusal}", err=True)
        sys.exit(2)
