"""Every act of the programme in any order, with the clock between them."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from mentorship.rules.helped import Answer, Still
from mentorship.rules.lifecycle import Action, Code, Party
from mentorship.services import (
    approvals,
    away,
    by_hand,
    check_ins,
    clock_pause,
    erasure,
    handing_over,
    helper_question,
    known_already,
    matchmaking,
    mentorships,
    messages,
    offers,
    publishing,
    questions,
    requests,
    rounds,
    safety,
)
from mentorship.simulation.people import KEY
from mentorship.store.cohorts import Cohort
from mentorship.store.mentorships import HandOver, KnownAlready, Mentorship
from mentorship.store.offers import Approval, Offer
from mentorship.store.people import Person
from mentorship.store.requests import Request, RequestState
from mentorship.store.together import CheckInAnswer
from tests.factories import NOW
from tests.simulation.together import Together

HOUR = timedelta(hours=1)
WORD = "KITE-RIVER-42"
which = st.integers(0, 11)


class Programme(Together):
    """Everything that can happen in it."""

    @rule(number=which, wanted=which)
    def asks(self, number, wanted):
        def act(session):
            request = self.any_of(session, Request, number, Request.state == RequestState.OPEN)
            found = matchmaking.suggestions(session, request, at=self.at) if request else []
            if found:
                mentor = found[wanted % len(found)].mentor
                requests.ask(session, request, mentor.public_id, words="", at=self.at)

        self.do(act)

    @rule(
        number=which,
        action=st.sampled_from([action for action in Action if action not in mentorships.ELSEWHERE]),
        party=st.sampled_from([Party.NEWCOMER, Party.MENTOR, Party.COORDINATOR]),
        days=st.integers(-2, 200),
        code=st.sampled_from([Code.NOT_NOW, Code.NOT_THE_RIGHT_ONE]),
    )
    def acts(self, number, action, party, days, code):
        def act(session):
            pair = self.any_of(session, Mentorship, number)
            if pair is None:
                return
            by = {Party.NEWCOMER: pair.newcomer, Party.MENTOR: pair.mentor}.get(party)
            by = by or session.get(Person, self.coordinators[0])
            until = self.at + timedelta(days=days)
            mentorships.act(session, pair, action, party=party, by=by, at=self.at, until=until, code=code)

        self.do(act)

    @rule(number=which, answers=st.booleans())
    def asks_or_answers_a_question(self, number, answers):
        def act(session):
            pair = self.any_of(session, Mentorship, number, Mentorship.ended_at.is_(None))
            if pair is not None and answers:
                questions.answer_question(session, pair, pair.newcomer, "About a well.", at=self.at)
            elif pair is not None:
                questions.ask_question(session, pair, pair.mentor, "Which article?", at=self.at)

        self.do(act)

    @rule(number=which, mentors=st.booleans())
    def writes(self, number, mentors):
        def act(session):
            pair = self.any_of(session, Mentorship, number)
            if pair is not None:
                author = pair.mentor if mentors else pair.newcomer
                messages.write_to_pair(session, pair, author, "Hello!", at=self.at)

        self.do(act)

    @rule(number=which, backups=st.booleans())
    def writes_aside(self, number, backups):
        def act(session):
            pair = self.any_of(session, Mentorship, number)
            author = (pair.backup if backups else pair.newcomer) if pair is not None else None
            if author is not None:
                messages.write_aside(session, pair, author, "And you?", at=self.at)

        self.do(act)

    @rule(number=which, mentors=st.booleans(), given=st.sampled_from(CheckInAnswer))
    def checks_in(self, number, mentors, given):
        def act(session):
            pair = self.any_of(session, Mentorship, number, Mentorship.ended_at.is_(None))
            person = (pair.mentor if mentors else pair.newcomer) if pair else None
            question = check_ins.open_for(session, pair, person) if pair else None
            if question is not None:
                check_ins.answer(session, question, given, by=person, at=self.at)

        self.do(act)

    @rule(number=which, other=which)
    def proposes_a_successor(self, number, other):
        def act(session):
            pair = self.any_of(session, Mentorship, number, Mentorship.ended_at.is_(None))
            offer = self.any_of(session, Offer, other)
            if pair is not None and offer is not None:
                handing_over.propose_successor(session, pair, pair.mentor, offer.mentor, at=self.at)

        self.do(act)

    @rule(number=which, successors=st.booleans(), agrees=st.booleans())
    def answers_a_hand_over(self, number, successors, agrees):
        def act(session):
            row = self.any_of(session, HandOver, number)
            if row is not None:
                person = row.successor if successors else row.mentorship.newcomer
                handing_over.answer(session, row, person, agrees=agrees, at=self.at)

        self.do(act)

    @rule(number=which, other=which, step=st.integers(0, 2))
    def they_know_each_other(self, number, other, step):
        def act(session):
            request = self.any_of(session, Request, number)
            offer = self.any_of(session, Offer, other)
            known = self.any_of(session, KnownAlready, number, KnownAlready.closed_at.is_(None))
            word = f"{WORD}-{self.at.timestamp()}-{number}"
            if step == 0 and request is not None:
                known = known_already.begin(session, request, word, at=self.at)
                if offer is not None:
                    known_already.take_up(session, offer.mentor, word, at=self.at)
            elif known is not None:
                newcomer = known.request.newcomer
                answer = known_already.confirm if step == 1 else known_already.refuse
                answer(session, known, newcomer, at=self.at)

        self.do(act)

    @rule(number=which, turned=st.booleans())
    def blocks(self, number, turned):
        def act(session):
            pair = self.any_of(session, Mentorship, number)
            if pair is not None:
                two = (pair.mentor, pair.newcomer)
                safety.block(session, *(reversed(two) if turned else two), at=self.at)

        self.do(act)

    @precondition(lambda self: self.at > NOW + timedelta(days=20))
    @rule(number=which)
    def erases(self, number):
        def act(session):
            person = self.any_of(
                session, Person, number, Person.id.not_in(self.coordinators), Person.erased_at.is_(None)
            )
            if person is not None:
                erasure.erase(session, person, at=self.at, key=KEY)

        self.do(act)

    @rule(number=which, days=st.integers(1, 40), comes=st.booleans())
    def goes_away_or_comes_back(self, number, days, comes):
        def act(session):
            offer = self.any_of(session, Offer, number)
            if offer is not None and comes:
                away.come_back(session, offer, at=self.at)
            elif offer is not None:
                away.go_away(session, offer, self.at + timedelta(days=days), at=self.at)

        self.do(act)

    @rule(number=which, capacity=st.integers(0, 3))
    def changes_capacity(self, number, capacity):
        def act(session):
            offer = self.any_of(session, Offer, number)
            if offer is not None:
                offers.set_capacity(session, offer, capacity, most=5)

        self.do(act)

    @rule(number=which, withdraws=st.booleans())
    def goes_on_or_closes_her_request(self, number, withdraws):
        def act(session):
            request = self.any_of(session, Request, number, Request.state == RequestState.OPEN)
            if request is not None and withdraws:
                requests.withdraw_request(session, request, at=self.at)
            elif request is not None:
                requests.confirm_again(session, request, at=self.at)

        self.do(act)

    @rule(number=which)
    def asks_for_a_mentor_again(self, number):
        def act(session):
            person = self.any_of(session, Person, number, Person.id.not_in(self.coordinators))
            cohort = session.get(Cohort, self.cohort_id)
            self.maker.request(session, person, cohort, self.at)

        self.do(act)

    @rule(number=which, by=st.integers(0, 1))
    def a_coordinator_proposes_by_hand(self, number, by):
        def act(session):
            request = self.any_of(session, Request, number, Request.state == RequestState.OPEN)
            viewer = session.get(Person, self.coordinators[by])
            found = by_hand.candidates(session, request, viewer=viewer, at=self.at) if request else []
            for candidate in found[:1]:
                mentor = candidate.mentor.public_id
                by_hand.propose_by_hand(session, request, mentor, by=viewer, at=self.at)

        self.do(act)

    @rule(by=st.integers(0, 1), publishes=st.booleans())
    def a_round(self, by, publishes):
        def act(session):
            cohort, viewer = (
                session.get(Cohort, self.cohort_id),
                session.get(Person, self.coordinators[by]),
            )
            round_ = rounds.open_round_of(session, cohort)
            round_ = round_ or rounds.start_round(session, cohort, by=viewer, at=self.at)
            rounds.compute(session, round_, at=self.at)
            if publishes:
                publishing.publish(session, round_, by=viewer, at=self.at, seen=round_.version)
            else:
                rounds.discard(session, round_, by=viewer, at=self.at)

        self.do(act)

    @rule(number=which, takes_back=st.booleans())
    def an_approval_is_taken_back_or_renewed(self, number, takes_back):
        def act(session):
            offer = self.any_of(session, Offer, number)
            approval = session.get(Approval, offer.mentor_id) if offer else None
            by = session.get(Person, self.coordinators[0])
            if approval is not None and takes_back and number < 2:
                approvals.withdraw(session, approval, by=by, at=self.at)
            elif approval is not None:
                cohort = session.get(Cohort, self.cohort_id)
                approvals.approve(session, approval, cohort, by=by, at=self.at)

        self.do(act)

    @rule(days=st.sampled_from([None, 3, 20]))
    def the_clock_is_paused(self, days):
        def act(session):
            until = None if days is None else self.at + timedelta(days=days)
            clock_pause.pause_clock(session, session.get(Cohort, self.cohort_id), until, at=self.at)

        self.do(act)

    @rule(number=which, given=st.sampled_from(Answer))
    def answers_the_helper_question(self, number, given):
        def act(session):
            person = self.any_of(session, Person, number)
            question = helper_question.due_for(session, person)
            if question is not None:
                helper_question.answer(session, question, given, Still.YES, at=self.at)

        self.do(act)
