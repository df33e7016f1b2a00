"""The real application on a migrated database of its own, and people who come to it by browser."""

from contextlib import contextmanager

from sqlalchemy.orm import Session

from mentorship.app import create_app
from mentorship.config import Config
from mentorship.web.database import db
from tests.browser import Browser
from tests.databases import address
from tests.factories import a_cohort

SECRET = "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz"
PASSWORD = "correct horse battery"
JOINING = {
    "The name to be called by": "River",
    "A private sign-in name": "river stone",
    "Password": PASSWORD,
    "I am 18 or over": True,
}


class Site:
    """An installation: its application, and its database to look into and to fill."""

    def __init__(self, engine, folder, **settings):
        self.engine = engine
        config = Config(SECRET_KEY=SECRET, INSTANCE=folder, DATABASE_URL=address(engine), **settings)
        self.app = create_app(config)
        self.app.testing = True
        with self.filling() as session:
            cohort = a_cohort(session)
            self.token, self.cohort_id = cohort.joining_token, cohort.id

    def close(self):
        with self.app.app_context():
            db.engine.dispose()

    @contextmanager
    def filling(self):
        """A session whose work is committed at the end."""
        with Session(self.engine) as session:
            yield session
            session.commit()

    def visitor(self, **options):
        return Browser(self.app, **options)

    def joined(self, sign_in_name="river stone", **more):
        """A browser of somebody who has just joined."""
        browser = self.visitor()
        browser.get(f"/join/{self.token}")
        page = browser.submit({**JOINING, "A private sign-in name": sign_in_name, **more}, button="Join")
        assert page.heading == "Your recovery code", page.text
        return browser

    def signed_in(self, sign_in_name="river stone", password=PASSWORD):
        browser = self.visitor()
        browser.get("/sign-in")
        browser.submit({"Sign-in name": sign_in_name, "Password": password}, button="Sign in")
        return browser
