"""`mentorship run`: everything with one command: settings, database, web server and worker."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from textwrap import indent
from types import FrameType

import click

from mentorship import config as settings
from mentorship.commands.installation import instance_option, read_config
from mentorship.config import Config
from mentorship.rules.errors import BadInput
from mentorship.rules.marking import N_
from mentorship.store import migrate
from mentorship.store.engine import open_engine

FIRST_PORT, LAST_PORT = 8000, 8099
STOP_SECONDS = 10


@click.command()
@instance_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(1, 65535), help="The port; the next free one from 8000 by default."
)
@click.option("--demo", is_flag=True, help="Fill an empty database with a small made-up community.")
def run(instance: Path, host: str, port: int | None, demo: bool) -> None:
    """Set up what is missing, then serve the site with its worker. Ends with Ctrl-C."""
    instance = instance.resolve()
    if not (instance / "config.py").exists() and settings.PREFIX + "SECRET_KEY" not in os.environ:
        click.echo(f"New settings: {settings.write_new(instance)}")
    config = read_config(instance)
    if port and not is_free(host, port):
        raise BadInput(
            N_("Port %(port)s is taken; choose another, or leave --port out."), field="--port", port=port
        )
    engine = open_engine(config.database_url)
    migrate.upgrade(engine)
    engine.dispose()
    if demo:
        _load_demo(config)
    port = port or free_port(host)
    address = _announce(config, host, port)
    _serve(instance, host, port, address)


def free_port(host: str) -> int:
    """The first port from 8000 on that nobody listens on."""
    for port in range(FIRST_PORT, LAST_PORT + 1):
        if is_free(host, port):
            return port
    raise BadInput(N_("Every port from 8000 to 8099 is taken; choose one with --port."), field="--port")


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise BadInput(
                    N_("The site cannot listen at %(host)s, port %(port)s: %(why)s"),
                    field="--host", host=host, port=port, why=error.strerror or str(error),
                ) from error  # fmt: skip
            return False
    return True


def _load_demo(config: Config) -> None:
    from mentorship.demo.load import load_into_empty  # only a demonstration needs it

    load_into_empty(config)


def _announce(config: Config, host: str, port: int) -> str:
    """Say where the site is; returns the address that links in it begin with."""
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound
    address = f"http://{shown}:{port}"
    click.echo(f"\n  {config.SITE_NAME}: {address}/")
    sign_in = config.INSTANCE / "demo-sign-in.txt"
    if sign_in.exists():
        click.echo(f"\n{indent(sign_in.read_text(encoding='utf-8'), '  ')}")
        click.echo(f"  The same stands in {sign_in}.")
    click.echo("  Ctrl-C ends it.\n")
    return address if config.BASE_URL == settings.LOCAL else config.BASE_URL


def _serve(instance: Path, host: str, port: int, address: str) -> None:
    """The web server and the worker side by side; when one ends the other is ended too."""
    environment = {**os.environ, "MENTORSHIP_INSTANCE": str(instance), "MENTORSHIP_BASE_URL": address}
    web = [
        sys.executable, "-m", "gunicorn", "--no-control-socket", "--bind", f"{host}:{port}", "--workers", "1",
        "--threads", "8", "--worker-class", "gthread", "--log-level", "warning", "--graceful-timeout", "5",
        "mentorship.wsgi:serve()",
    ]  # fmt: skip
    worker = [sys.executable, "-m", "mentorship", "worker"]
    commands: Sequence[list[str]] = (web, worker)
    processes = [subprocess.Popen(command, env=environment) for command in commands]  # noqa: S603 - our own

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        while all(process.poll() is None for process in processes):
            time.sleep(0.2)
    except KeyboardInterrupt:
        click.echo("Stopping …")
    finally:
        _end(processes)
    if any(process.returncode not in (0, -signal.SIGTERM, -signal.SIGINT) for process in processes):
        raise BadInput(N_("The web server or the worker stopped by itself; what it said stands above."))


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    for process in processes:
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
