"""The doctor is silent on a sound database, and names each thing that is wrong on a spoilt one."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from mentorship.rules.lifecycle import State
from mentorship.services import audit, retention
from mentorship.services.doctor import CHECKS, findings
from mentorship.services.outbox import tell
from mentorship.store import guards
from tests.factories import NOW, a_cohort, a_mentor, a_mentorship, a_person, a_request

ONLY_SQLITE = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)

SPOILT = {
    "mentors over their capacity": "DELETE FROM place WHERE n = 1",
    "newcomers with two open mentorships": "UPDATE mentorship SET newcomer_id = 3",
    "live across a block": "INSERT INTO block (blocker_id, blocked_id, made_at)"
    " SELECT newcomer_id, mentor_id, proposed_at FROM mentorship",
    "second persons across a block": "UPDATE mentorship SET backup_id ="
    " (SELECT id FROM person WHERE id NOT IN (newcomer_id, mentor_id) LIMIT 1); "
    "INSERT INTO block (blocker_id, blocked_id, made_at)"
    " SELECT newcomer_id, backup_id, proposed_at FROM mentorship",
    "mentors without a live approval": "UPDATE approval SET state = 'withdrawn'",
    "paired with herself": "UPDATE mentorship SET newcomer_id = mentor_id",
    "open and ended at once": "UPDATE mentorship SET ended_at = proposed_at",
    "gaps in the history": "DELETE FROM mentorship_event WHERE n = 2",
    "closed requests with an open mentorship": "UPDATE request SET state = 'closed'",
    "cohorts without a coordinator": "DELETE FROM cohort_coordinator",
    "erased accounts with a way in": "UPDATE person SET status = 'erased'",
    "rows past their retention": "UPDATE outbox SET made_at = '2020-01-01 00:00:00.000000', mail = 'sent'",
    "a broken audit chain": "UPDATE audit SET act = 'nothing' WHERE id = 2",
}


def a_sound_database(engine):
    with Session(engine) as session, session.begin():
        cohort = a_cohort(session)
        mentor = a_mentor(session, cohort)
        for state in (State.ACTIVE, State.PROPOSED):
            a_mentorship(session, a_request(session, cohort), mentor, state=state)
        person = a_person(session)
        session.execute(
            text(
                "INSERT INTO credential (person_id, kind, subject, secret, made_at)"
                " VALUES (:person, 'password', 'a', 'b', :at)"
            ),
            {"person": person.id, "at": NOW.replace(tzinfo=None)},
        )
        tell(session, person, "message", at=NOW, other=person)
        retention.purge(session, at=NOW, trusted=True)
        for number in range(3):
            audit.record(session, "read", actor=person, at=NOW, subject_id=number)


def found_in(engine):
    with Session(engine) as session:
        return findings(session)


def test_a_sound_database_has_no_findings(fresh_database):
    if fresh_database.dialect.name == "sqlite":
        a_sound_database(fresh_database)

    assert found_in(fresh_database) == {}


@ONLY_SQLITE
@pytest.mark.parametrize("name", SPOILT)
def test_each_thing_that_is_wrong_is_named(fresh_database, name):
    a_sound_database(fresh_database)
    with fresh_database.connect() as connection:
        driver = connection.connection.dbapi_connection
        driver.execute("PRAGMA foreign_keys = OFF")
        driver.execute("PRAGMA ignore_check_constraints = ON")
        for trigger in guards.present(connection):
            connection.execute(text(f"DROP TRIGGER {trigger}"))
        for index in ("uq_mentorship_one_open_per_newcomer", "uq_mentorship_one_open_per_place"):
            connection.execute(text(f"DROP INDEX {index}"))
        for spoiling in SPOILT[name].split("; "):
            connection.execute(text(spoiling))
        guards.install(connection)
        connection.commit()

    assert name in found_in(fresh_database)


@ONLY_SQLITE
def test_a_missing_trigger_is_named(fresh_database):
    with fresh_database.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_no_update"))

    assert found_in(fresh_database) == {"missing triggers": ["audit_no_update"]}


def test_every_check_is_tried():
    elsewhere = {"missing triggers", "columns without a label"}  # the latter: tests/test_architecture.py

    assert set(CHECKS) == set(SPOILT) | elsewhere
