"""What people do beside the great acts: hide, leave, tell, wish, talk, choose steps, close with words."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from mentorship.services import (
    away,
    closing,
    leaving,
    messages,
    recognitions,
    requests,
    safety,
    steps,
    talks,
)
from mentorship.services.ladders import Chosen
from mentorship.store.cohorts import Cohort
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Offer
from mentorship.store.people import Person
from mentorship.store.requests import Request, RequestState, Shown
from mentorship.store.safety import Block, Report
from mentorship.store.together import Step, StepState
from tests.simulation.small_cohort import SmallCohort, which


class Together(SmallCohort):
    """Acts that change no state of a mentorship, or several at once."""

    def someone(self, session, number):
        return self.any_of(session, Person, number, Person.id.not_in(self.coordinators))

    @rule(number=which, hidden=st.booleans())
    def hides_or_shows_herself(self, number, hidden):
        def act(session):
            person = self.any_of(
                session, Person, number, Person.id.not_in(self.coordinators), Person.erased_at.is_(None)
            )
            if person is not None:
                safety.hide(session, person, hidden=hidden)

        self.do(act)

    @rule(number=which)
    def leaves_the_cohort(self, number):
        def act(session):
            person = self.someone(session, number)
            if person is not None and number % 4 == 0:
                leaving.leave(session, person, session.get(Cohort, self.cohort_id), at=self.at)

        self.do(act)

    @rule(number=which)
    def stops_mentoring(self, number):
        def act(session):
            offer = self.any_of(session, Offer, number)
            if offer is not None and number % 4 == 0:
                away.leave_as_mentor(session, offer, at=self.at)

        self.do(act)

    @rule(number=which, by=st.sampled_from(["newcomer", "mentor", "backup"]))
    def tells_that_something_is_wrong(self, number, by):
        def act(session):
            pair = self.any_of(session, Mentorship, number)
            person = getattr(pair, by) if pair is not None else None
            if person is not None:
                made = safety.report(
                    session, "It is wrong.", by=person, about=None, mentorship=pair, at=self.at
                )
                party = {pair.newcomer_id, pair.mentor_id, pair.backup_id} - {None}
                assert made.routed_to_id not in party  # it may wait for the contact outside: None

        self.do(act)

    @rule(number=which)
    def a_report_goes_to_another(self, number):
        def act(session):
            report = self.any_of(session, Report, number, Report.routed_to_id.is_not(None))
            if report is not None:
                to = session.get(Person, report.routed_to_id)
                safety.route_anew(session, report, not_to=to, at=self.at)

        self.do(act)

    @rule(number=which)
    def takes_a_block_back(self, number):
        def act(session):
            row = self.any_of(session, Block, number)
            if row is not None:
                two = session.get(Person, row.blocker_id), session.get(Person, row.blocked_id)
                safety.unblock(session, *two)

        self.do(act)

    @rule(number=which, answers=st.booleans())
    def writes_about_the_request(self, number, answers):
        def act(session):
            request = self.any_of(session, Request, number)
            if request is not None:
                author = session.get(Person, self.coordinators[0]) if answers else request.newcomer
                messages.write_about_request(session, request, author, "A word.", at=self.at)

        self.do(act)

    @rule(number=which, rank=st.sampled_from([None, 1, 2, 3]))
    def wishes(self, number, rank):
        def act(session):
            request = self.any_of(session, Request, number, Request.state == RequestState.OPEN)
            shown = session.query(Shown).filter_by(request_id=request.id).first() if request else None
            if shown is not None:
                requests.rank_wishes(session, request, {shown.mentor.public_id: rank})

        self.do(act)

    @rule(number=which, mentors=st.booleans(), step=st.integers(0, 2))
    def finds_a_time_to_talk(self, number, mentors, step):
        def act(session):
            pair = self.any_of(session, Mentorship, number)
            if pair is None:
                return
            person = pair.mentor if mentors else pair.newcomer
            times, talk = talks.proposals(pair, at=self.at), talks.talk_of(session, pair)
            if step == 0 and times:
                talks.propose(session, pair, person, times[0], at=self.at)
            elif step == 1 and talk is not None:
                talks.agree(session, pair, person, talk.starts_at, at=self.at)
            elif step == 2:
                talks.call_off(session, pair, person, at=self.at)

        self.do(act)

    @rule(number=which, mentors=st.booleans(), state=st.sampled_from(StepState))
    def takes_a_small_step(self, number, mentors, state):
        def act(session):
            pair = self.any_of(session, Mentorship, number)
            if pair is None:
                return
            person = pair.mentor if mentors else pair.newcomer
            step = self.any_of(session, Step, number, Step.mentorship_id == pair.id)
            if step is None:
                steps.choose(session, pair, person, Chosen(words="Read a page aloud"), at=self.at)
            else:
                steps.settle(session, pair, person, step, state, learned="It takes time.", at=self.at)

        self.do(act)

    @rule(number=which, mentors=st.booleans())
    def closes_with_words_and_thanks(self, number, mentors):
        def act(session):
            pair = self.any_of(session, Mentorship, number)
            if pair is not None:
                two = (pair.mentor, pair.newcomer) if mentors else (pair.newcomer, pair.mentor)
                recognitions.give(session, *two, "You stayed with it.", at=self.at)
                closing.keep_words(session, pair, two[0], "We began.", at=self.at)

        self.do(act)
