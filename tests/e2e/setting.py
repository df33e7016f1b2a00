"""A cohort whose people are signed in already, and in which days pass: for what happens on the way."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from mentorship import jobs
from mentorship.app import create_app
from mentorship.config import Config
from mentorship.rules.lifecycle import State
from mentorship.services import sessions
from mentorship.store import Base
from mentorship.store.base import UtcDateTime
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Approval, Offer
from mentorship.store.people import Person
from mentorship.store.requests import Request
from mentorship.web.database import db
from tests.databases import address
from tests.factories import a_cohort, a_coordinator, a_mentor, a_mentorship, a_person, a_request

LONG = datetime(2100, 1, 1, tzinfo=UTC)
STAYS = {"mentorship_event", "audit", "login_session", "approval"}
"""Tables whose times stay: two are never changed, and nobody is to be signed out or lose her approval."""


class Setting:
    """Noor and Olga coordinate; Maryam, Dina and Lena mentor, Dina a backup too; River has asked for help."""

    def __init__(self, engine, folder):
        self.engine = engine
        config = Config(SECRET_KEY="only-for-tests" * 4, INSTANCE=folder, DATABASE_URL=address(engine))
        self.app = create_app(config)
        self.people = {}
        with Session(engine) as session:
            self._fill(session)
            session.commit()

    def _fill(self, session):
        names = ("Noor", "Olga", "Maryam", "Dina", "Lena", "River")
        people = {name: a_person(session, name) for name in names}
        cohort = a_cohort(session, "Women who begin", coordinator=people["Noor"])
        a_coordinator(session, cohort, people["Olga"], safeguarding=False)
        for name in ("Maryam", "Dina", "Lena"):
            a_mentor(session, cohort, people[name], backup=name == "Dina")
            session.get_one(Approval, people[name].id).until = LONG
            session.get_one(Offer, people[name].id).statement = f"{name} looks at edits together."
        self.request_id = a_request(session, cohort, people["River"], at=datetime.now(UTC)).id
        self.cohort = cohort.public_id
        self.people = {name: person.id for name, person in people.items()}

    def pair(self, mentor="Maryam", state=State.ACTIVE):
        """River and this mentor, brought to `state`; the address of their page."""
        with Session(self.engine) as session:
            request = session.get_one(Request, self.request_id)
            person = session.get_one(Person, self.people[mentor])
            made = a_mentorship(session, request, person, state=state, at=datetime.now(UTC))
            session.commit()
            return f"/mentorships/{made.public_id}"

    def states(self):
        """Mentor and state of each of River's mentorships, oldest first."""
        with Session(self.engine) as session:
            rows = session.scalars(select(Mentorship).order_by(Mentorship.id))
            return [(each.mentor.name, str(each.state)) for each in rows]

    def places(self, **capacity):
        """Let only these mentors have places."""
        with Session(self.engine) as session:
            for name in ("Maryam", "Dina", "Lena"):
                session.get_one(Offer, self.people[name]).capacity = capacity.get(name, 0)
            session.commit()

    def days_pass(self, days):
        """Everything that stands is so many days older; then the clock does what is due."""
        with Session(self.engine) as session:
            for table in Base.metadata.sorted_tables:
                self._age(session, table, timedelta(days=days))
            session.commit()
        for _ in range(5):
            if jobs.tick(self.engine, at=datetime.now(UTC)) == 0:
                return

    @staticmethod
    def _age(session, table, by):
        times = [column for column in table.columns if isinstance(column.type, UtcDateTime)]
        if not times or table.name in STAYS:
            return
        keys = list(table.primary_key.columns)
        for row in session.execute(table.select()).mappings().all():
            older = {column.name: row[column.name] - by for column in times if row[column.name]}
            if older:
                here = [key == row[key.name] for key in keys]
                session.execute(update(table).where(*here).values(older))

    def cookies(self, name):
        """What a browser needs to be signed in as her."""
        with Session(self.engine) as session:
            person = session.get_one(Person, self.people[name])
            token, _ = sessions.start(session, person, device="", hours=4, at=datetime.now(UTC))
            session.commit()
        client = self.app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = token, True
        value = client.get_cookie("session").value
        return [{"name": "session", "value": value, "domain": "127.0.0.1", "path": "/"}]

    def close(self):
        self.engine.dispose()
        with self.app.app_context():
            db.engine.dispose()


class Journey:
    """The setting and its people's browsers; what touches Flask runs in a thread apart from Playwright's."""

    def __init__(self, setting, people, apart):
        self.setting, self.people, self.apart = setting, people, apart

    def __call__(self, name, *, phone=False):
        """Her browser, signed in."""
        someone = self.people.someone(name, phone=phone)
        cookies = self.apart.submit(self.setting.cookies, name).result()
        someone.page.context.add_cookies(cookies)
        return someone

    def days_pass(self, days):
        self.apart.submit(self.setting.days_pass, days).result()
