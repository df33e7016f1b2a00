"""The triggers: what no CHECK, key or index can say. Dropped before every migration, made again after it.

(A migration that rebuilds a table on SQLite would lose them without a word.)
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, inspect, text

ACROSS_A_BLOCK = "a pair across a block is refused"
APPEND_ONLY = "this table only grows"
PUBLISHED = "a published round does not change"
NOT_APPROVED = "the mentor's approval has run out"
OPEN_SQL = "('proposed', 'accepted', 'active', 'paused')"


@dataclass(frozen=True, slots=True)
class Guard:
    """One trigger: it refuses with `message` where `condition` holds for the row at hand."""

    name: str
    table: str
    event: str
    condition: str
    message: str
    lock: str = ""


def _between(first: str, second: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM block WHERE"
        f" (blocker_id = {first} AND blocked_id = {second})"
        f" OR (blocker_id = {second} AND blocked_id = {first}))"
    )


_OPEN_PAIR = f"NEW.state IN {OPEN_SQL}"
_PAIR_LOCK = "PERFORM pg_advisory_xact_lock(LEAST({0}, {1}), GREATEST({0}, {1}));"
_MENTORSHIP_LOCK = _PAIR_LOCK.format("NEW.newcomer_id", "NEW.mentor_id")
_BLOCKED = f"{_OPEN_PAIR} AND {_between('NEW.newcomer_id', 'NEW.mentor_id')}"
_ROUND = "EXISTS (SELECT 1 FROM round WHERE id = {}.round_id AND state = 'published')"


def _append_only(table: str) -> list[Guard]:
    return [
        Guard(f"{table}_no_update", table, "UPDATE", "1 = 1", APPEND_ONLY),
        Guard(f"{table}_no_delete", table, "DELETE", "1 = 1", APPEND_ONLY),
    ]


def _published(table: str) -> list[Guard]:
    return [
        Guard(f"{table}_published_{event.lower()}", table, event, _ROUND.format(row), PUBLISHED)
        for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
    ]


GUARDS: tuple[Guard, ...] = (
    *_append_only("mentorship_event"),
    *_append_only("audit"),
    *_published("pairing"),
    *_published("left_out"),
    *_published("round_choice"),
    Guard(
        "round_published_update",
        "round",
        "UPDATE",
        "OLD.state = 'published' AND (NEW.state <> 'published' OR NEW.input_sha256 <> OLD.input_sha256"
        " OR NEW.published_at <> OLD.published_at)",
        PUBLISHED,
    ),
    Guard("round_published_delete", "round", "DELETE", "OLD.state = 'published'", PUBLISHED),
    Guard("mentorship_block_insert", "mentorship", "INSERT", _BLOCKED, ACROSS_A_BLOCK, lock=_MENTORSHIP_LOCK),
    Guard("mentorship_block_update", "mentorship", "UPDATE", _BLOCKED, ACROSS_A_BLOCK, lock=_MENTORSHIP_LOCK),
    Guard(
        "block_open_pair",
        "block",
        "INSERT",
        f"EXISTS (SELECT 1 FROM mentorship WHERE state IN {OPEN_SQL}"
        " AND ((newcomer_id = NEW.blocker_id AND mentor_id = NEW.blocked_id)"
        " OR (newcomer_id = NEW.blocked_id AND mentor_id = NEW.blocker_id)))",
        ACROSS_A_BLOCK,
        lock=_PAIR_LOCK.format("NEW.blocker_id", "NEW.blocked_id"),
    ),
    Guard(
        "mentorship_approval_insert",
        "mentorship",
        "INSERT",
        f"{_OPEN_PAIR} AND EXISTS (SELECT 1 FROM approval WHERE mentor_id = NEW.mentor_id"
        " AND until <= NEW.proposed_at)",
        NOT_APPROVED,
    ),
)

TRUNCATE_GUARDED = ("mentorship_event", "audit")
"""Tables PostgreSQL must not TRUNCATE either."""


def names() -> set[str]:
    """The names of all guards, as the database lists its triggers."""
    return {guard.name for guard in GUARDS}


def present(connection: Connection) -> set[str]:
    """The names of the triggers the database has."""
    sqlite = connection.dialect.name == "sqlite"
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if sqlite
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    return set(connection.execute(text(query)).scalars())


def install(connection: Connection) -> None:
    """Make every guard whose tables exist."""
    tables = set(inspect(connection).get_table_names())
    sqlite = connection.dialect.name == "sqlite"
    if not {"mentorship", "block", "approval", "round"} <= tables:
        return
    for guard in GUARDS:
        for statement in _sqlite(guard) if sqlite else _postgresql(guard):
            connection.exec_driver_sql(statement)
    if not sqlite:
        for table in TRUNCATE_GUARDED:
            connection.exec_driver_sql(
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
                f" EXECUTE FUNCTION guard_{table}_no_delete()"
            )


def drop(connection: Connection) -> None:
    """Drop every trigger, so that tables can be rebuilt."""
    for name in present(connection):
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        else:
            connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS guard_{name}() CASCADE")


def _sqlite(guard: Guard) -> list[str]:
    return [
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table}"
        f" WHEN {guard.condition} BEGIN SELECT RAISE(ABORT, '{_quoted(guard.message)}'); END"
    ]


def _postgresql(guard: Guard) -> list[str]:
    row = "OLD" if guard.event == "DELETE" else "NEW"
    return [
        f"CREATE FUNCTION guard_{guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {guard.lock}"
        f" IF {guard.condition} THEN RAISE EXCEPTION '{_quoted(guard.message)}'"
        f" USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {row}; END $$",
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table}"
        f" FOR EACH ROW EXECUTE FUNCTION guard_{guard.name}()",
    ]


def _quoted(words: str) -> str:
    return words.replace("'", "''")
