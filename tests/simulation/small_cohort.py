"""A small cohort on a database of its own, its clock, and what must hold after every step."""

from contextlib import ExitStack
from datetime import timedelta
from random import Random

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from mentorship.jobs import tick
from mentorship.rules.errors import Refusal
from mentorship.services.doctor import findings
from mentorship.simulation.people import Maker
from mentorship.simulation.watch import Watch
from mentorship.store.offers import Offer
from mentorship.store.people import Person
from tests.factories import NOW, a_cohort, a_coordinator, a_person

HOUR = timedelta(hours=1)
WORD = "KITE-RIVER-42"
which = st.integers(0, 11)


class SmallCohort(RuleBasedStateMachine):
    """`databases` is given by the test."""

    databases = None

    def __init__(self):
        super().__init__()
        self.open = ExitStack()
        self.engine = self.open.enter_context(self.databases.fresh())
        event.listen(self.engine, "connect", lambda it, _: it.execute("PRAGMA synchronous=OFF"))
        self.at = NOW

    def teardown(self):
        self.open.close()

    def do(self, act):
        """One unit of work; a refusal changes nothing."""
        try:
            with Session(self.engine) as session, session.begin():
                return act(session)
        except Refusal:
            return None

    @staticmethod
    def any_of(session, model, number, *where):
        key = Offer.mentor_id if model is Offer else model.id
        rows = session.scalars(select(model).where(*where).order_by(key)).all()
        return rows[number % len(rows)] if rows else None

    @initialize(seed=st.integers(0, 1000))
    def begin(self, seed):
        self.maker = Maker(Random(seed))

        def found(session):
            cohort = a_cohort(session, next_round_on=(NOW + timedelta(days=10)).date())
            a_coordinator(session, cohort, a_person(session))
            self.cohort_id = cohort.id
            self.coordinators = [row.person_id for row in cohort.coordinators]
            for _ in range(4):
                by = session.get(Person, self.coordinators[0])
                self.maker.mentor(session, cohort, by, self.at)
            for _ in range(5):
                self.maker.newcomer(session, cohort, self.at)

        self.do(found)
        self.watch = Watch(self.engine)

    @rule(hours=st.sampled_from([1, 7, 24, 49, 80, 200, 700]))
    def time_passes(self, hours):
        self.at += hours * HOUR
        tick(self.engine, at=self.at)

    @invariant()
    def nothing_is_wrong(self):
        if not hasattr(self, "watch"):
            return
        with Session(self.engine) as session:
            assert findings(session) == {}
        self.watch.look(self.at)
        self.watch.check_rules()
        assert self.watch.broken == set()
