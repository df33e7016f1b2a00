"""A PostgreSQL server of the tests' own.

It listens on a free port of this machine, keeps its data in a folder of its own, and stops when the tests
end, however they end: its keeper waits on a pipe that closes with the process that opened it.
"""

import os
import pwd
import shutil
import socket
import subprocess
from pathlib import Path

from tests.folders import KeptFolder

SUPERUSER = "postgres"
START_ATTEMPTS = 3  # between our look for a free port and the server's start, another process may take it
WAIT_SECONDS = 60

MISSING = (
    "PostgreSQL's server programs (initdb, pg_ctl) are not installed. "
    "On Debian, as root: apt-get install postgresql"
)

# The data is thrown away: nothing needs to survive a crash.
SERVER_OPTIONS = (
    "-c listen_addresses=127.0.0.1 -c unix_socket_directories='' "
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
)

INITDB_OPTIONS = f"-A trust -U {SUPERUSER} -E UTF8 --locale=C.UTF-8 --no-sync"

# Runs beside the tests, from before the first file to after the last, until its standard input closes.
KEEPER = """
trap '' PIPE  # nobody may be left to hear that it started
{ "$BIN/initdb" -D "$DATA/db" $INITDB_OPTIONS &&
  "$BIN/pg_ctl" -s -w -D "$DATA/db" -l "$DATA/log" -o "-p $PORT $OPTIONS" start
} >"$DATA/setup.log" 2>&1 && echo started || echo failed
exec >/dev/null 2>&1
cat
"$BIN/pg_ctl" -s -w -D "$DATA/db" -m immediate stop
"""


def find_programs() -> Path | None:
    """The directory of initdb and pg_ctl, or None where the server is not installed."""
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if asked := shutil.which("pg_config"):
        told = subprocess.run([asked, "--bindir"], check=True, capture_output=True, text=True)
        candidates.append(Path(told.stdout.strip()))
    if on_path := shutil.which("initdb"):
        candidates.append(Path(on_path).resolve().parent)
    usable = [path for path in candidates if (path / "initdb").exists() and (path / "pg_ctl").exists()]
    return usable[-1] if usable else None


class Server:
    """A running server; `stop` ends it and removes its data."""

    def __init__(self, programs: Path) -> None:
        for _ in range(START_ATTEMPTS):
            self.port = free_port()
            self.folder = KeptFolder(for_all=os.getuid() == 0)
            self.data = self.folder.path
            self.keeper = self._keep(programs)
            if self.keeper.stdout.readline().strip() == "started":
                return
            logs = "\n".join(log.read_text() for log in self.data.glob("*log"))
            self.stop()
        raise RuntimeError(f"PostgreSQL did not start: {logs}")

    def _keep(self, programs: Path) -> subprocess.Popen:
        return subprocess.Popen(
            ["/bin/sh", "-c", KEEPER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C ends the tests; they end the server
            pass_fds=[self.folder.fileno()],  # and the folder is kept until the server has ended
            env={
                "PATH": os.defpath,
                "BIN": str(programs),
                "DATA": str(self.data),
                "PORT": str(self.port),
                "INITDB_OPTIONS": INITDB_OPTIONS,
                "OPTIONS": SERVER_OPTIONS,
            },
            cwd=self.data,
            **owner_of(self.data),
        )

    def stop(self) -> None:
        self.keeper.stdin.close()
        self.keeper.wait(WAIT_SECONDS)
        self.keeper.stdout.close()
        self.folder.close()


def owner_of(directory: Path) -> dict:
    """How to start a process that may run the server, which refuses root; it is given the directory."""
    if os.getuid() != 0:
        return {}
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        user = pwd.getpwnam("nobody")
    os.chown(directory, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
