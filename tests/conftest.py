"""Fixtures every test may use: a migrated database on SQLite and on PostgreSQL, three ways.

`session`         a session whose work is rolled back: the ordinary way, and the fastest
`database`        the engine under it, to look; nothing may be committed there
`fresh_database`  the engine of a database of one's own that really commits: races, pages, the browser

Each runs once per kind. A test that needs only one kind says so:
`@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)`.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import closing

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from mentorship.app import Application
from mentorship.services import passwords
from tests import postgresql
from tests.chromium import chromium, chromium_page  # noqa: F401  fixtures
from tests.databases import Databases, PostgresqlDatabases, SqliteDatabases
from tests.folders import KeptFolder
from tests.templates import CompiledOnce

AS_SERVED = passwords.hasher


def pytest_configure() -> None:
    # A polite kill ends the tests as Ctrl-C does, with everything they started; and Ctrl-C reaches them, and
    # what they start, also where a shell put them in the background to ignore it.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    Application.jinja_options = {"bytecode_cache": CompiledOnce()}


@pytest.fixture(scope="session", autouse=True)
def passwords_hashed_quickly() -> None:
    """The same algorithm with less to do: hashing took two thirds of the time of the tests of accounts."""
    passwords.hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


@pytest.fixture
def passwords_hashed_as_served(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of what a hash costs."""
    monkeypatch.setattr(passwords, "hasher", AS_SERVED)


@pytest.fixture(scope="session")
def sqlite_databases() -> Iterator[Databases]:
    with closing(KeptFolder()) as folder, closing(SqliteDatabases(folder.path)) as databases:
        yield databases


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[postgresql.Server]:
    programs = postgresql.find_programs()
    if programs is None:
        stop = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        stop(postgresql.MISSING)
    server = postgresql.Server(programs)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def postgresql_databases(postgresql_server: postgresql.Server) -> Iterator[Databases]:
    with closing(PostgresqlDatabases(postgresql_server)) as databases:
        yield databases


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> Databases:
    return request.getfixturevalue(f"{request.param}_databases")


@pytest.fixture
def database(databases: Databases) -> Engine:
    return databases.shared


@pytest.fixture
def fresh_database(databases: Databases) -> Iterator[Engine]:
    with databases.fresh() as engine:
        yield engine


@pytest.fixture
def session(database: Engine) -> Iterator[Session]:
    with (
        database.connect() as connection,
        connection.begin() as transaction,
        Session(connection, join_transaction_mode="create_savepoint") as session,
    ):
        yield session
        session.close()
        transaction.rollback()
