"""A newcomer's browser on the real application, with a cohort, its coordinator and mentors."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship.app import create_app
from mentorship.config import Config
from mentorship.services import sessions
from mentorship.services.accounts import join_cohort
from mentorship.store.cohorts import Cohort
from mentorship.store.people import Person
from mentorship.store.requests import Request
from mentorship.web.database import db
from tests.browser import Browser
from tests.databases import address
from tests.factories import a_cohort, a_mentor, a_person

SECRET = "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz"


class Programme:
    """One cohort with what the tests put into it; the newcomer is River, the coordinator Noor."""

    def __init__(self, engine, folder):
        self.engine = engine
        self.app = create_app(Config(SECRET_KEY=SECRET, INSTANCE=folder, DATABASE_URL=address(engine)))
        self.app.testing = True
        with Session(engine) as session:
            noor = a_person(session, "Noor")
            cohort = a_cohort(
                session, coordinator=noor, next_round_on=datetime.now(UTC).date() + timedelta(days=6)
            )
            self.cohort_id = cohort.id
            session.commit()
        self.newcomer_id = self.member("River")

    def member(self, name, **facts):
        with Session(self.engine) as session:
            person = a_person(session, name, **facts)
            join_cohort(session, person, session.get_one(Cohort, self.cohort_id), at=datetime.now(UTC))
            session.commit()
            return person.id

    def mentor(self, name, **facts):
        """An approved mentor with a statement; returns her public id."""
        with Session(self.engine) as session:
            cohort = session.get_one(Cohort, self.cohort_id)
            mentor = a_mentor(session, cohort, a_person(session, name), **facts)
            mentor_offer(session, mentor).statement = "I answer on Sundays. I also like birds."
            approve_for_long(session, mentor)
            session.commit()
            return mentor.public_id

    def browser(self, person_id=None, **options):
        browser = Browser(self.app, **options)
        with Session(self.engine) as session:
            person = session.get_one(Person, person_id or self.newcomer_id)
            token, _ = sessions.start(session, person, device="", hours=4, at=datetime.now(UTC))
            session.commit()
        with browser.client.session_transaction() as cookie:
            cookie["_user_id"] = token
        return browser

    def request(self):
        """The newcomer's latest request, its newcomer read with it."""
        with Session(self.engine, expire_on_commit=False) as session:
            query = select(Request).where(Request.newcomer_id == self.newcomer_id).order_by(Request.id.desc())
            return session.scalars(query.limit(1)).one_or_none()

    def work(self):
        return Session(self.engine)

    def set_cohort(self, **facts):
        with Session(self.engine) as session:
            cohort = session.get_one(Cohort, self.cohort_id)
            for name, value in facts.items():
                setattr(cohort, name, value)
            session.commit()


def mentor_offer(session, mentor):
    from mentorship.store.offers import Offer

    return session.get_one(Offer, mentor.id)


def approve_for_long(session, mentor):
    from mentorship.store.offers import Approval

    session.get_one(Approval, mentor.id).until = datetime.combine(date(2100, 1, 1), datetime.min.time(), UTC)


@pytest.fixture
def programme(sqlite_databases, tmp_path):
    with sqlite_databases.fresh() as engine:
        programme = Programme(engine, tmp_path)
        yield programme
        with programme.app.app_context():
            db.engine.dispose()


@pytest.fixture
def newcomer(programme):
    return programme.browser()


@pytest.fixture
def asking(newcomer):
    """The newcomer, her request just opened with one language and one need."""
    newcomer.get("/request")
    newcomer.submit(
        {"languages-0-name": "English", "needs": ["My edit was undone"]}, button="Save and ask for a mentor"
    )
    return newcomer
