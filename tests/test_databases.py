"""The database fixtures themselves: what is rolled back, what is kept, and that nothing leaks."""

import os
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


def test_the_server_ends_with_a_process_that_is_killed(postgresql_server):
    program = (
        "import time; from tests.postgresql import Server, find_programs;"
        "server = Server(find_programs()); print(server.port, server.data, flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as starter:
        port, data = starter.stdout.readline().split()
        answered = answers(int(port))
        starter.kill()

    assert answered
    assert soon(lambda: not answers(int(port)) and not list(Path(data).glob("*")), seconds=60)


def test_the_server_ends_with_a_process_that_is_killed_while_it_starts(postgresql_server):
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)  # the server is another user
    command = [sys.executable, "-c", "from tests.postgresql import *; Server(find_programs())"]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, "TMPDIR": str(folder)}) as starter:
        began = soon(lambda: list(folder.glob("*/db")))
        starter.kill()

    assert began
    assert soon(lambda: not list(folder.iterdir()), seconds=60)
    folder.rmdir()


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
