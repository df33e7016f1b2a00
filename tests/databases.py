"""Migrated databases for the tests, on SQLite and on PostgreSQL.

Each kind migrates one database, once, for all the tests that roll back; those that commit get a copy.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import URL, Engine, func, inspect, select, table, text

from mentorship.store.engine import open_engine
from mentorship.store.migrate import upgrade
from tests.postgresql import SUPERUSER, Server


def address(engine: Engine) -> str:
    """The engine's address, to open it again from another process."""
    return engine.url.render_as_string(hide_password=False)


def rows(engine: Engine) -> dict[str, int]:
    """How many rows each table has."""
    with engine.connect() as connection:
        tables = sorted(inspect(connection).get_table_names())
        return {name: connection.scalar(select(func.count()).select_from(table(name))) for name in tables}


class Databases:
    """The databases of one kind. `shared` must never be committed to."""

    def __init__(self) -> None:
        self._numbers = count(1)
        with self.blank("migrated") as engine:
            upgrade(engine)
        self.shared = open_engine(self._copy("shared"))
        self._untouched = rows(self.shared)

    @contextmanager
    def blank(self, name: str = "") -> Iterator[Engine]:
        """A database without any table."""
        yield from self._opened(self._create(name or f"blank{next(self._numbers)}"))

    @contextmanager
    def fresh(self) -> Iterator[Engine]:
        """A migrated database of one's own, in which everything may be committed."""
        name = f"fresh{next(self._numbers)}"
        try:
            yield from self._opened(self._copy(name))
        finally:
            self._drop(name)

    def close(self) -> None:
        left = rows(self.shared)
        self.shared.dispose()
        assert left == self._untouched, "a test committed to the shared database: it needs `fresh_database`"

    @staticmethod
    def _opened(url: str) -> Iterator[Engine]:
        engine = open_engine(url)
        try:
            yield engine
        finally:
            engine.dispose()

    def _create(self, name: str) -> str:
        raise NotImplementedError

    def _copy(self, name: str) -> str:
        """A copy of the migrated database."""
        raise NotImplementedError

    def _drop(self, name: str) -> None:
        raise NotImplementedError


class SqliteDatabases(Databases):
    """Files in one directory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        super().__init__()

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.sqlite"

    def _create(self, name: str) -> str:
        return f"sqlite:///{self._file(name)}"

    def _copy(self, name: str) -> str:
        shutil.copyfile(self._file("migrated"), self._file(name))
        return self._create(name)

    def _drop(self, name: str) -> None:
        self._file(name).unlink()


class PostgresqlDatabases(Databases):
    """Databases of one server."""

    def __init__(self, server: Server) -> None:
        self._url = URL.create(
            "postgresql+psycopg", SUPERUSER, host="127.0.0.1", port=server.port, database="postgres"
        )
        server_url = self._url.render_as_string()
        self._server = open_engine(server_url).execution_options(isolation_level="AUTOCOMMIT")
        super().__init__()

    def close(self) -> None:
        super().close()
        self._server.dispose()

    def _create(self, name: str, template: str = "template0") -> str:
        with self._server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        return self._url.set(database=name).render_as_string()

    def _copy(self, name: str) -> str:
        return self._create(name, "migrated")

    def _drop(self, name: str) -> None:
        with self._server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
