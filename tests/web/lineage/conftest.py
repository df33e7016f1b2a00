"""A site on which Clara helped Bea, Bea helped Amina, Amina helped Dora; none of them in a pair."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from mentorship.services import help_consent, help_records, sessions
from mentorship.services.help_records import Facts
from mentorship.store.cohorts import Cohort
from mentorship.store.help import Help
from mentorship.store.people import Person
from mentorship.store.requests import Outcome, RequestState, Shown
from tests.browser import Browser
from tests.factories import a_person, a_request
from tests.web.living import Site

PEOPLE = ("Clara", "Bea", "Amina", "Dora", "Olga")
CHAIN = (("Clara", "Bea"), ("Bea", "Amina"), ("Amina", "Dora"))


class Chain:
    """The site, its people by name, and a browser of each; nobody has agreed to anything yet but askers."""

    def __init__(self, site):
        self.site, self.at = site, datetime.now(UTC)
        self.ids, self.helps, self.tokens, self.public_ids = {}, {}, {}, {}
        with site.filling() as session:
            cohort = session.get(Cohort, site.cohort_id)
            self.cohort_id = cohort.public_id
            people = {"Coordinator": cohort.coordinators[0].person}
            people |= {name: a_person(session, f"{name} ⟨{name.lower()}⟩") for name in PEOPLE}
            for helper, helped in CHAIN:
                self._shown(session, cohort, people[helped], people[helper])
            for name, person in people.items():
                self.ids[name], self.public_ids[name] = person.id, person.public_id
                self.tokens[name] = sessions.start(session, person, device="", hours=4, at=self.at)[0]

    def _shown(self, session, cohort, person, other):
        request = a_request(session, cohort, person)
        session.add(Shown(request_id=request.id, mentor_id=other.id, at=self.at))
        request.state, request.outcome, request.closed_at = RequestState.CLOSED, Outcome.WITHDRAWN, self.at
        session.flush()

    def name_all(self):
        """Everyone says who helped; the helpers have not answered."""
        for helper, helped in CHAIN:
            with self.site.filling() as session:
                person = session.get_one(Person, self.ids[helped])
                facts = Facts(2020, "en", f"words of {helped}")
                made = help_records.add_member(session, person, self.public_ids[helper], facts, at=self.at)
                self.helps[helper, helped] = made.public_id

    def answer_all(self, *, agrees=True):
        for helper, helped in CHAIN:
            with self.site.filling() as session:
                person = session.get_one(Person, self.ids[helper])
                asked = help_consent.asked_one(session, person, self.helps[helper, helped])
                help_consent.answer(session, asked, agrees=agrees, at=self.at)

    def browser(self, name, **options):
        browser = Browser(self.site.app, **options)
        with browser.client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = self.tokens[name], True
        return browser

    def named_in(self, text):
        """Whose full names stand in a text."""
        return {name for name in PEOPLE if re.search(f"⟨{name.lower()}⟩", text)}

    def said_no(self, helper, helped):
        with self.site.filling() as session:
            query = select(Help.helper_declined_at).where(Help.public_id == self.helps[helper, helped])
            return session.scalar(query) is not None


@pytest.fixture
def site(fresh_database, tmp_path):
    site = Site(fresh_database, tmp_path)
    yield site
    site.close()


@pytest.fixture
def chain(site):
    return Chain(site)
