"""The database fixtures themselves: what is rolled back, what is kept, and that nothing leaks."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from mentorship.store.people import Person
from tests.databases import SqliteDatabases

ROOT = Path(__file__).resolve().parent.parent
AT = datetime(2026, 1, 1, tzinfo=UTC)
COUNT = select(func.count()).select_from(Person)


def person():
    return Person(name="A", adult=True, joined_at=AT)


@pytest.mark.parametrize("turn", ["first", "second"])
def test_what_a_session_commits_is_gone_in_the_next_test(session, turn):
    before = session.scalar(COUNT)

    session.add(person())
    session.commit()
    session.add(person())
    session.rollback()

    assert before == 0
    assert session.scalar(COUNT) == 1


@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_fresh_database_keeps_what_is_committed_and_is_ones_own(fresh_database, turn):
    with fresh_database.begin() as connection:
        connection.execute(insert(Person).values(name="A", adult=True, joined_at=AT))

    with fresh_database.connect() as connection:
        assert connection.scalar(COUNT) == 1


def test_a_test_that_commits_to_the_shared_database_is_found_out(tmp_path):
    databases = SqliteDatabases(tmp_path)
    with databases.shared.begin() as connection:
        connection.execute(insert(Person).values(name="A", adult=True, joined_at=AT))

    with pytest.raises(AssertionError, match="fresh_database"):
        databases.close()


STARTS = """
import time
from pathlib import Path
from tests import folders, postgresql
folders.IN_MEMORY = Path("nowhere")
server = postgresql.Server(postgresql.find_programs())
print(server.port, server.data, flush=True)
time.sleep(60)
"""


def starter(folder):
    """A process that starts a server of its own, without room in memory, and stays."""
    return subprocess.Popen(
        [sys.executable, "-c", STARTS], cwd=ROOT, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "TMPDIR": str(folder)},
    )  # fmt: skip


@pytest.fixture
def folder(request):
    """A temporary directory that others may write in, only look into, or not even pass."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(request.param)
        yield folder


@pytest.mark.parametrize("folder", [0o1777, 0o755, 0o700], indirect=True, ids=oct)
def test_the_server_ends_with_a_process_that_is_killed_and_leaves_nothing(postgresql_server, folder):
    """Whoever owns the temporary directory: the server runs as another user when the tests run as root."""
    with starter(folder) as process:
        port, data = process.stdout.readline().split()
        answered = answers(int(port))
        process.kill()

    assert answered
    assert soon(lambda: not answers(int(port)) and not Path(data).exists(), seconds=60)


@pytest.mark.parametrize("folder", [0o755], indirect=True)
def test_the_server_ends_with_a_process_that_is_killed_while_it_starts(postgresql_server, folder):
    with starter(folder) as process:
        began = soon(lambda: list(folder.glob("*/db")))
        process.kill()

    assert began
    assert soon(lambda: not list(folder.iterdir()), seconds=60)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_folder_goes_with_the_process_that_made_it(how):
    program = (
        "import time; from tests.folders import KeptFolder; folder = KeptFolder();"
        "(folder.path / 'file').touch(); print(folder.path, flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        path = Path(process.stdout.readline().strip())
        was_there = (path / "file").exists()
        process.send_signal(how)

    assert was_there
    assert soon(lambda: not path.exists())


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def soon(condition: Callable[[], object], *, seconds: float = 20) -> bool:
    until = time.monotonic() + seconds
    while not (met := condition()) and time.monotonic() < until:
        time.sleep(0.05)
    return bool(met)
