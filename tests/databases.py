"""Migrated databases for the tests: SQLite files, and a PostgreSQL server of the tests' own.

The server listens on a free port of this machine, keeps its data in a temporary directory, and stops when the
tests end, however they end: it waits on a pipe that closes with the process that opened it.
"""

import glob
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, create_engine, make_url, text

OWNER = "postgres"
TEMPLATE = "migrated"
START_ATTEMPTS = 3  # between our look for a free port and the server's start, another process may take it
WAIT_SECONDS = 60

MISSING = (
    "PostgreSQL's server programs (initdb, pg_ctl) are not installed. On Debian, as root: "
    "apt-get install postgresql"
)

# The data is thrown away: nothing needs to survive a crash.
SERVER_OPTIONS = (
    "-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c synchronous_commit=off"
)

# Runs beside the tests until its standard input closes.
KEEPER = """
"$BIN/pg_ctl" -s -w -t 60 -D "$DATA" -l "$DATA/server.log" -o "-p $PORT $OPTIONS" start >/dev/null && echo started || echo failed
exec >/dev/null
cat
"$BIN/pg_ctl" -s -w -D "$DATA" -m immediate stop
rm -rf "$DATA"
"""


def find_programs() -> Path | None:
    """The directory of initdb and pg_ctl, the newest version where there are several."""
    versions = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: float(path.split("/")[-2]))
    candidates = [Path(path) for path in reversed(versions)]
    if asked := shutil.which("pg_config"):
        told = subprocess.run([asked, "--bindir"], check=True, capture_output=True, text=True)
        candidates.insert(0, Path(told.stdout.strip()))
    if on_path := shutil.which("initdb"):
        candidates.append(Path(on_path).resolve().parent)
    return next(
        (path for path in candidates if (path / "initdb").exists() and (path / "pg_ctl").exists()), None
    )


def as_owner(data: Path) -> dict:
    """How to start a process that may run the server, which refuses to run as root; gives it the directory."""
    if os.getuid() != 0:
        return {"cwd": data}
    try:
        owner = pwd.getpwnam(OWNER)
    except KeyError:
        owner = pwd.getpwnam("nobody")
    os.chown(data, owner.pw_uid, owner.pw_gid)
    return {"cwd": data, "user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def initialise(programs: Path) -> tuple[Path, dict]:
    """An empty cluster; its directory, and how its processes are started."""
    data = Path(tempfile.mkdtemp(prefix="mentorship-tests-"))
    identity = as_owner(data)
    options = ["-A", "trust", "-U", OWNER, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"]
    command = [programs / "initdb", "-D", data, *options]
    done = subprocess.run(command, capture_output=True, text=True, **identity)
    if done.returncode != 0:
        shutil.rmtree(data, ignore_errors=True)
        raise RuntimeError(f"initdb failed: {done.stderr}")
    return data, identity


def start(programs: Path, data: Path, identity: dict, port: int) -> subprocess.Popen | None:
    """The process that keeps the server, or None where the server could not start on this port."""
    keeper = subprocess.Popen(
        ["/bin/sh", "-c", KEEPER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C ends the tests; they end the server
        env={
            "PATH": os.defpath,
            "BIN": str(programs),
            "DATA": str(data),
            "PORT": str(port),
            "OPTIONS": SERVER_OPTIONS,
        },
        **identity,
    )
    if keeper.stdout.readline().strip() == "started":
        return keeper
    log = (data / "server.log").read_text()
    stop(keeper)
    print(log)
    return None


def stop(keeper: subprocess.Popen) -> None:
    keeper.stdin.close()
    keeper.wait(WAIT_SECONDS)
    keeper.stdout.close()
