"""A coordinator's browser on the real application, with her cohort in a database of its own."""

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mentorship.app import create_app
from mentorship.config import Config
from mentorship.services import sessions
from mentorship.store.cohorts import Cohort
from mentorship.store.people import Person
from mentorship.web.database import db
from tests.browser import Browser
from tests.databases import address
from tests.factories import a_cohort, a_coordinator, a_mentor, a_person, a_request

SECRET = "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz"


class Programme:
    """One cohort; its coordinators are Noor, whose browser it gives, and Salma."""

    def __init__(self, engine, folder):
        self.engine = engine
        self.app = create_app(Config(SECRET_KEY=SECRET, INSTANCE=folder, DATABASE_URL=address(engine)))
        self.app.testing = True
        with self.filling() as session:
            cohort = a_cohort(session, "Spring", coordinator=a_person(session, "Noor"))
            a_coordinator(session, cohort, a_person(session, "Salma"))
            self.path = f"/cohorts/{cohort.public_id}/"

    @contextmanager
    def filling(self):
        """A session whose work is committed at the end."""
        with Session(self.engine) as session:
            yield session
            session.commit()

    def cohort(self, session):
        return session.scalars(select(Cohort).where(Cohort.name == "Spring")).one()

    def person(self, session, name):
        return session.scalars(select(Person).where(Person.name == name)).one()

    def newcomer(self, name, **facts):
        with self.filling() as session:
            a_request(session, self.cohort(session), a_person(session, name), **facts)

    def mentor(self, name, **facts):
        with self.filling() as session:
            a_mentor(session, self.cohort(session), a_person(session, name), **facts)

    def browser(self, name="Noor", **options):
        """The browser of the person of that name, signed in."""
        browser = Browser(self.app, **options)
        with self.filling() as session:
            person = self.person(session, name)
            token, _ = sessions.start(session, person, device="", hours=4, at=datetime.now(UTC))
        with browser.client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = token, True
        return browser

    def count(self, table):
        with self.filling() as session:
            return session.scalar(select(func.count()).select_from(table))

    def close(self):
        with self.app.app_context():
            db.engine.dispose()


@pytest.fixture
def databases(request):
    """Pages are tried on SQLite; what the database holds is tried on both with the services."""
    return request.getfixturevalue("sqlite_databases")


@pytest.fixture
def programme(fresh_database, tmp_path):
    programme = Programme(fresh_database, tmp_path)
    yield programme
    programme.close()


@pytest.fixture
def noor(programme):
    return programme.browser()
