"""The migrations on both databases: up, down, with data, all or nothing, and to the schema of the models."""

import re
from collections.abc import Callable
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

import pytest
from alembic.script import ScriptDirectory
from pytest_alembic.config import Config
from pytest_alembic.tests import (  # noqa: F401 - pytest collects them here, with the fixtures below
    test_model_definitions_match_ddl,
    test_single_head_revision,
    test_up_down_consistency,
    test_upgrade,
)
from sqlalchemy import Engine, Enum, event, insert, inspect, select, text
from sqlalchemy.orm import Session

from mentorship.rules.lifecycle import OPEN
from mentorship.store import Base, guards, migrate
from mentorship.store.people import LanguageSkill, Person

ENUM_COLUMNS = [
    column
    for table in Base.metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, Enum)
]

# What safety.md promises must not hang on the models alone: forgetting it there would forget it everywhere.
PARTIAL_UNIQUE_INDEXES = {
    "conversation": "uq_conversation_one_a_month",
    "mentorship": "uq_mentorship_one_open_per_newcomer",
    "request": "uq_request_one_open",
    "round": "uq_round_one_open",
}
DEFINITIONS = {
    "sqlite": ["SELECT name, sql FROM sqlite_master ORDER BY name"],
    "postgresql": [
        "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns"
        " WHERE table_schema = 'public' ORDER BY 1, 2",
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2",
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
        "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1",
    ],
}
AT = datetime(2026, 1, 1, tzinfo=UTC)


class Fault(Exception):
    """Thrown in the middle of a migration."""


@pytest.fixture
def blank_database(databases):
    with databases.blank() as engine:
        yield engine


@pytest.fixture
def alembic_config():
    return Config(alembic_config=migrate.alembic_config())


@pytest.fixture
def alembic_engine(blank_database):
    with blank_database.connect() as connection:
        yield connection


def schema(engine: Engine) -> dict:
    """What the database says it holds, in an order of its own making."""
    found = inspect(engine)
    return {
        name: {
            "columns": {c["name"]: (str(c["type"]), c["nullable"]) for c in found.get_columns(name)},
            "primary key": found.get_pk_constraint(name)["constrained_columns"],
            "checks": {c["name"]: c["sqltext"] for c in found.get_check_constraints(name)},
            "foreign keys": sorted(
                (c["constrained_columns"], c["referred_table"], c["referred_columns"], str(c["options"]))
                for c in found.get_foreign_keys(name)
            ),
            "unique": sorted(c["column_names"] for c in found.get_unique_constraints(name)),
            "indexes": {
                i["name"]: (i["column_names"], i["unique"], where(i)) for i in found.get_indexes(name)
            },
        }
        for name in found.get_table_names()
        if name != "alembic_version"
    }


def where(index: dict) -> str:
    """The condition of a partial index, empty for any other."""
    options = index.get("dialect_options", {})
    return next((str(value) for option, value in options.items() if option.endswith("_where")), "")


def test_a_migrated_database_is_the_one_the_models_would_make(database, blank_database):
    """CHECKs, partial indexes and keys too, which Alembic does not compare."""
    Base.metadata.create_all(blank_database)

    migrated, modelled = schema(database), schema(blank_database)

    assert migrated.keys() == modelled.keys()
    for name, table in modelled.items():
        assert migrated[name] == table


@pytest.mark.parametrize("column", ENUM_COLUMNS, ids=str)
def test_the_database_allows_exactly_the_values_of_the_enum(database, column):
    checks = inspect(database).get_check_constraints(column.table.name)
    of_column = next(
        c["sqltext"] for c in checks if c["name"] == f"ck_{column.table.name}_{column.type.name}"
    )

    assert set(re.findall(r"'([^']*)'", of_column)) == {member.value for member in column.type.enum_class}


def test_the_triggers_count_the_same_states_as_open():
    assert set(re.findall(r"'([^']*)'", guards.OPEN_SQL)) == set(OPEN)


def test_every_trigger_is_there(database):
    with database.connect() as connection:
        found = guards.present(connection)

    expected = guards.names()
    if database.dialect.name == "postgresql":
        expected |= {f"{table}_no_truncate" for table in guards.TRUNCATE_GUARDED}
    assert found == expected


@pytest.mark.parametrize(("table", "name"), PARTIAL_UNIQUE_INDEXES.items())
def test_one_open_row_each_is_held_by_a_partial_unique_index(database, table, name):
    index = next(i for i in inspect(database).get_indexes(table) if i["name"] == name)

    assert index["unique"]
    assert where(index)


def people(engine: Engine) -> list:
    with engine.connect() as connection:
        return [
            connection.execute(select(table).order_by(*table.primary_key)).all()
            for table in (Person.__table__, LanguageSkill.__table__)
        ]


def test_people_survive_the_way_down_to_the_first_revision_and_up_again(fresh_database):
    """A table that SQLite rebuilds with foreign keys on loses its child rows without a word."""
    first = ScriptDirectory.from_config(migrate.alembic_config()).get_base()
    skills = [LanguageSkill(code="ha", level=6), LanguageSkill(code="en", level=3)]
    with Session(fresh_database) as session:
        session.add(Person(name="زينب", adult=True, joined_at=AT, languages=skills))
        session.commit()
    before = people(fresh_database)

    migrate.downgrade(fresh_database, first)
    down = people(fresh_database)
    migrate.upgrade(fresh_database)

    assert len(before[1]) == 2
    assert before == down == people(fresh_database)


@pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
def test_a_migration_that_would_leave_orphans_is_refused(fresh_database):
    """On SQLite nothing else would notice: foreign keys are off while tables are rebuilt."""
    migrate.downgrade(fresh_database, "-1")
    with fresh_database.connect() as connection:
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            connection.execute(insert(LanguageSkill).values(person_id=1, code="ha", level=6))

    with pytest.raises(RuntimeError, match="without their parents"):
        migrate.upgrade(fresh_database)


@contextmanager
def fault_at(engine: Engine, statement: int | None):
    """Counts the statements sent meanwhile, and throws before the one of that number."""
    sent = []

    def count(_connection, _cursor, sql, *_rest) -> None:
        sent.append(sql)
        if len(sent) == statement:
            raise Fault(sql)

    event.listen(engine, "before_cursor_execute", count)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", count)


def everything(engine: Engine) -> list:
    """The definitions of tables, indexes, constraints and triggers in the database's own words."""
    with engine.connect() as connection:
        return [connection.execute(text(query)).all() for query in DEFINITIONS[engine.dialect.name]]


def assert_all_or_nothing(engine: Engine, step: Callable[[], None], *, every: int) -> None:
    """`step`, thrown at before one statement after the other, must change nothing; in the end it works."""
    before = everything(engine)
    number = 1
    while True:
        with fault_at(engine, number) as sent, suppress(Fault):
            step()
        if len(sent) < number:
            return
        assert everything(engine) == before, sent[-1]
        number += every


EVERY = [pytest.param(37, id="some"), pytest.param(1, id="every", marks=pytest.mark.full)]


@pytest.mark.parametrize("every", EVERY)
def test_an_upgrade_broken_off_at_any_statement_changes_nothing(blank_database, every):
    assert_all_or_nothing(blank_database, lambda: migrate.upgrade(blank_database), every=every)

    assert schema(blank_database)


@pytest.mark.parametrize("every", EVERY)
def test_a_downgrade_broken_off_at_any_statement_changes_nothing(fresh_database, every):
    assert_all_or_nothing(fresh_database, lambda: migrate.downgrade(fresh_database, "base"), every=every)

    assert not schema(fresh_database)
