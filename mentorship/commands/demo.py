"""`mentorship demo`: the made-up community, without serving it."""

from __future__ import annotations

from pathlib import Path

import click

from mentorship.commands.installation import instance_option, opened, read_config
from mentorship.demo.load import load_into_empty


@click.command()
@instance_option
def demo(instance: Path) -> None:
    """Fill an empty database with a small made-up community."""
    config = read_config(instance)
    opened(config).dispose()
    if load_into_empty(config):
        click.echo(f"The community is there. How to sign in: {config.INSTANCE / 'demo-sign-in.txt'}")
    else:
        click.echo("There are people in this database already; nothing was changed.")
