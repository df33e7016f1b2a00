"""With many pairs and notices her first page asks the database no more often than with one."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event, select

from mentorship.rules.lifecycle import State
from mentorship.services.outbox import tell
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person
from mentorship.store.together import CheckIn
from mentorship.web.database import db


@contextmanager
def asked(app):
    """What the database is asked while the block runs."""
    said = []

    def listen(_connection, _cursor, statement, *_):
        said.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", listen)
    yield said
    event.remove(engine, "before_cursor_execute", listen)


def a_pair_with_all(pairs):
    """A pair of the mentor's with its second person, a question and a notice to each of them."""
    path = pairs.pair(State.ACTIVE, backup_id=pairs.people["backup"])
    with pairs.filling() as session:
        pair = session.scalars(select(Mentorship).where(Mentorship.public_id == path.split("/")[2])).one()
        session.add(CheckIn(mentorship_id=pair.id, person_id=pair.mentor_id, day=7, asked_at=pairs.at))
        for one in (pair.mentor, pair.backup):
            tell(session, one, "message", at=pairs.at, mentorship=pair, other=pair.newcomer)
        tell(
            session, pair.mentor, "extended", at=pairs.at, mentorship=pair, other=pair.newcomer, due=pairs.at
        )


@pytest.mark.parametrize("role", ["mentor", "backup"])
def test_home_asks_no_more_for_many_pairs_than_for_one(pairs, role):
    a_pair_with_all(pairs)
    browser = pairs.browser(role)
    browser.get("/home")
    with asked(pairs.app) as for_one:
        browser.get("/home")
    for _ in range(7):
        a_pair_with_all(pairs)

    with asked(pairs.app) as for_many:
        page = browser.get("/home")

    shown = [link for link in page.root.iterfind(".//main//a") if "/mentorships/" in link.get("href")]
    with pairs.filling() as session:
        name = session.get_one(Person, pairs.people["mentor"]).name
    assert len(shown) >= 16
    assert name in page.text
    assert len(for_many) == len(for_one)
