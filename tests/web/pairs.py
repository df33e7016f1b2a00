"""A site with a pair on it, and everyone who may come to its page, each in a browser of her own."""

from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship.app import create_app
from mentorship.config import Config
from mentorship.rules.lifecycle import State
from mentorship.services import sessions
from mentorship.store.cohorts import Cohort
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Offer
from mentorship.store.people import Person
from mentorship.web.database import db
from tests.browser import Browser
from tests.databases import address
from tests.factories import a_cohort, a_mentor, a_mentorship, a_person, a_request

LINK = "https://en.wikipedia.org/w/index.php?diff=1"
WORDS = "My first edit was undone."
NOBODY = "A" * 16


class Pairs:
    """An installation with one cohort: Hawa asked, Rosa mentors, Mira coordinates, Nadia backs up."""

    def __init__(self, engine, folder):
        self.engine = engine
        config = Config(SECRET_KEY="only-for-tests" * 4, INSTANCE=folder, DATABASE_URL=address(engine))
        self.app = create_app(config)
        self.app.testing = True
        self.at = datetime.now(UTC)
        with self.filling() as session:
            self.people = self._people(session)

    def _people(self, session):
        people = {
            "coordinator": a_person(session, "Mira"),
            "mentor": a_person(session, "Rosa", about="I write about bridges.", wiki_name="Rosa writes"),
            "backup": a_person(session, "Nadia"),
            "stranger": a_person(session, "Olga"),
            "elsewhere": a_person(session, "Petra"),
        }
        cohort = a_cohort(session, coordinator=people["coordinator"])
        a_cohort(session, "Elsewhere", coordinator=people["elsewhere"])
        a_mentor(session, cohort, people["mentor"], capacity=20)
        a_mentor(session, cohort, people["backup"], capacity=0, backup=True)
        self.cohort_id = cohort.id
        return {role: person.id for role, person in people.items()}

    @contextmanager
    def filling(self):
        """A session whose work is committed at the end."""
        with Session(self.engine) as session:
            yield session
            session.commit()

    def close(self):
        with self.app.app_context():
            db.engine.dispose()

    def pair(self, state=State.ACTIVE, **facts):
        """A new mentorship in `state` of Rosa and another Hawa, the newcomer from now on; its address."""
        with self.filling() as session:
            session.get(Offer, self.people["mentor"]).silent_since = None
            newcomer = a_person(session, "Hawa", about="I like rivers.", wiki_name="Hawa writes")
            request = a_request(session, session.get(Cohort, self.cohort_id), newcomer, words=WORDS)
            request.happened_link = LINK
            made = a_mentorship(
                session, request, session.get(Person, self.people["mentor"]), state=state, at=self.at
            )
            for name, value in facts.items():
                setattr(made, name, value)
            self.people["newcomer"] = newcomer.id
            return f"/mentorships/{made.public_id}"

    def another(self, role="mentor", *, state=State.PROPOSED, words="Where do I begin?"):
        """A mentorship of another newcomer with the person in `role`."""
        with self.filling() as session:
            request = a_request(session, session.get(Cohort, self.cohort_id), words=words)
            made = a_mentorship(
                session, request, session.get(Person, self.people[role]), state=state, at=self.at
            )
            return f"/mentorships/{made.public_id}"

    def of(self, path):
        """The state and version of the mentorship at `path`, and how many rows of history it has."""
        with Session(self.engine) as session:
            row = session.scalar(select(Mentorship).where(Mentorship.public_id == path.rpartition("/")[2]))
            return row.state, row.version, len(row.events)

    def browser(self, role, **options):
        """The browser of the person in that role, signed in."""
        browser = Browser(self.app, **options)
        with self.filling() as session:
            person = session.get(Person, self.people[role])
            token, _ = sessions.start(session, person, device="test", hours=1, at=datetime.now(UTC))
        with browser.client.session_transaction() as cookie:
            cookie["_user_id"] = token
            cookie["_fresh"] = True
        return browser


def token_of(browser):
    """The anti-forgery token of a page with a form."""
    page = browser.get("/mentor/offer")
    return page.root.find(".//main//form//input[@name='csrf_token']").get("value")
