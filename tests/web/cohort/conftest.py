"""A cohort with its coordinator Noor and three members, each with a browser of her own."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from mentorship.services import accounts, sessions
from mentorship.store.cohorts import Cohort
from mentorship.store.people import Person
from tests.browser import Browser
from tests.factories import a_coordinator, a_person
from tests.web.living import Site


class Cohorts(Site):
    """`path` is the cohort's page."""

    def __init__(self, engine, folder):
        super().__init__(engine, folder)
        with self.filling() as session:
            cohort = self.cohort(session)
            a_coordinator(session, cohort, a_person(session, "Noor"))
            for name in ("Ada", "Bea", "Lin"):
                self.add(session, name)
            a_person(session, "A stranger")
            self.path = f"/cohort/{cohort.public_id}"

    def cohort(self, session):
        return session.scalars(select(Cohort)).one()

    def add(self, session, name, **facts):
        person = a_person(session, name, **facts)
        accounts.join_cohort(session, person, self.cohort(session), at=datetime.now(UTC))
        return person

    def person(self, session, name):
        return session.scalars(select(Person).where(Person.name == name)).one()

    def browser(self, name, **options):
        browser = Browser(self.app, **options)
        with self.filling() as session:
            token, _ = sessions.start(
                session, self.person(session, name), device="", hours=4, at=datetime.now(UTC)
            )
        with browser.client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = token, True
        return browser


@pytest.fixture
def databases(request):
    """Pages are tried on SQLite; what the database holds is tried on both with the services."""
    return request.getfixturevalue("sqlite_databases")


@pytest.fixture
def site(fresh_database, tmp_path):
    site = Cohorts(fresh_database, tmp_path)
    yield site
    site.close()


@pytest.fixture
def ada(site):
    return site.browser("Ada")


@pytest.fixture
def bea(site):
    return site.browser("Bea")
