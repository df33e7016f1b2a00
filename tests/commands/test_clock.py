"""`mentorship clock`: what is due is done, once; a clock that jumped takes nothing away and says so."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentorship import cli, config
from mentorship.rules.lifecycle import State
from mentorship.services.outbox import tell
from mentorship.store.mentorships import Mentorship
from mentorship.store.outbox import MailState, Outbox
from tests.databases import address
from tests.factories import NOW, a_cohort, a_mentor, a_mentorship, a_request

pytestmark = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)


@pytest.fixture
def clock(fresh_database, tmp_path):
    """The command at so many days after NOW."""
    config.write_new(tmp_path / "here")
    settings = tmp_path / "here" / "config.py"
    settings.write_text(f"{settings.read_text()}DATABASE_URL = {address(fresh_database)!r}\n")

    def run(days, *options):
        at = f"{NOW + timedelta(days=days):%Y-%m-%dT%H:%M}"
        result = CliRunner().invoke(
            cli.cli, ["clock", "--instance", str(tmp_path / "here"), "--at", at, *options]
        )
        assert result.exit_code == 0, result.output
        return result

    return run


def test_it_catches_up_after_days_off_and_does_nothing_twice(fresh_database, clock):
    with Session(fresh_database) as session, session.begin():
        cohort = a_cohort(session)
        pair = a_mentorship(
            session, a_request(session, cohort), a_mentor(session, cohort), state=State.PROPOSED
        )
        number = pair.id

    assert not clock(5).stdout.startswith("0 ")
    for _ in range(5):  # what followed from it
        clock(5)
    with Session(fresh_database) as session:
        assert session.get_one(Mentorship, number).state is State.EXPIRED
        told = session.scalar(select(func.count()).select_from(Outbox))

    assert clock(5).stdout == "0 things were due and are done.\n"
    with Session(fresh_database) as session:
        assert session.scalar(select(func.count()).select_from(Outbox)) == told


def test_ten_years_ahead_no_notice_goes_until_somebody_says_the_clock_is_right(fresh_database, clock):
    clock(0)
    with Session(fresh_database) as session, session.begin():
        person = a_request(session, a_cohort(session)).newcomer
        tell(session, person, "message", at=NOW, other=person)
        session.flush()
        row = session.scalars(select(Outbox)).one()
        row.read_at, row.mail, number = NOW, MailState.SENT, row.id

    def is_there():
        with Session(fresh_database) as session:
            return session.get(Outbox, number) is not None

    assert "Nothing old was taken away: the clock was last right on 2026-03-02" in clock(3653).stderr
    assert is_there()
    assert clock(3653, "--trust").stderr == ""
    assert not is_there()
