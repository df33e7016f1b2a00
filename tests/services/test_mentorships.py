from datetime import timedelta

import pytest
from sqlalchemy import select

from mentorship.rules.errors import AlreadyOpen, MentorFull, NotFound, NotPossible, Stale
from mentorship.rules.lifecycle import Action, Code, Party, State
from mentorship.services import mentorships, messages, rounds, safety
from mentorship.store.offers import Offer, Place
from mentorship.store.outbox import Outbox
from mentorship.store.requests import Outcome, RequestState
from tests.factories import NOW, a_cohort, a_coordinator, a_mentor, a_mentorship, a_person, a_request


def ask(session, request, mentor, **facts):
    return mentorships.propose(
        session, request, mentor, party=Party.NEWCOMER, by=request.newcomer, code=Code.ASKED, at=NOW, **facts
    )


def kinds_told(session, person):
    return [row.kind for row in session.scalars(select(Outbox).where(Outbox.person_id == person.id))]


def test_an_ask_tells_both_by_when_the_mentor_answers(session):
    cohort = a_cohort(session)
    mentor, request = a_mentor(session, cohort), a_request(session, cohort)

    mentorship = ask(session, request, mentor)

    assert mentorship.state is State.PROPOSED
    assert mentorship.answer_due_at == NOW + timedelta(hours=48) == request.word_due_at
    assert kinds_told(session, mentor) == ["ask"]
    assert kinds_told(session, request.newcomer) == ["asked"]
    assert [(event.n, event.action, event.code) for event in mentorship.events] == [
        (1, Action.PROPOSE, Code.ASKED)
    ]


def test_a_full_mentor_cannot_be_asked(session):
    cohort = a_cohort(session)
    mentor = a_mentor(session, cohort, capacity=1)
    ask(session, a_request(session, cohort), mentor)

    with pytest.raises(MentorFull):
        ask(session, a_request(session, cohort), mentor)


def test_a_newcomer_has_one_open_mentorship(session):
    cohort = a_cohort(session)
    request = a_request(session, cohort)
    ask(session, request, a_mentor(session, cohort))

    with pytest.raises(AlreadyOpen):
        ask(session, request, a_mentor(session, cohort))


def test_a_mentor_who_is_not_approved_cannot_be_asked(session):
    cohort = a_cohort(session)
    mentor = a_mentor(session, cohort, approved=False)

    with pytest.raises(NotPossible):
        ask(session, a_request(session, cohort), mentor)


def test_a_yes_leads_to_a_hello_by_the_mentor(session):
    cohort = a_cohort(session)
    mentor, request = a_mentor(session, cohort), a_request(session, cohort)

    mentorship = a_mentorship(session, request, mentor, state=State.ACCEPTED)

    assert mentorship.hello_due_at == NOW + timedelta(days=21)
    assert kinds_told(session, mentor) == ["ask", "say_hello"]


def test_after_a_no_the_next_mentor_is_asked_and_the_newcomer_told(session):
    cohort = a_cohort(session)
    first, second = a_mentor(session, cohort), a_mentor(session, cohort)
    request = a_request(session, cohort)

    a_mentorship(session, request, first, state=State.DECLINED)

    following = mentorships.open_mentorship_of(session, request.newcomer)
    assert following.mentor_id == second.id
    assert request.passes == 1
    assert kinds_told(session, request.newcomer) == ["asked", "asked", "no"]


def test_after_two_passes_a_coordinator_looks_with_her(session):
    cohort = a_cohort(session)
    mentors = [a_mentor(session, cohort) for _ in range(3)]
    request = a_request(session, cohort)

    a_mentorship(session, request, mentors[0], state=State.DECLINED)
    second = mentorships.open_mentorship_of(session, request.newcomer)
    mentorships.act(session, second, Action.EXPIRE, party=Party.CLOCK, by=None, at=NOW)

    assert mentorships.open_mentorship_of(session, request.newcomer) is None
    assert request.needs_coordinator
    assert session.get(Offer, second.mentor_id).silent_since == NOW
    assert "chosen_by_hand" in kinds_told(session, request.newcomer)


def test_the_only_mentor_who_said_no_is_not_asked_again(session):
    cohort = a_cohort(session)
    mentor, request = a_mentor(session, cohort), a_request(session, cohort)

    a_mentorship(session, request, mentor, state=State.DECLINED)

    assert mentorships.open_mentorship_of(session, request.newcomer) is None
    with pytest.raises(NotPossible):
        ask(session, request, mentor)


def test_a_stale_page_changes_nothing(session):
    cohort = a_cohort(session)
    mentor, request = a_mentor(session, cohort), a_request(session, cohort)
    mentorship = ask(session, request, mentor)

    with pytest.raises(Stale):
        mentorships.act(
            session,
            mentorship,
            Action.ACCEPT,
            party=Party.MENTOR,
            by=mentor,
            at=NOW,
            seen=mentorship.version - 1,
        )


def test_a_completed_mentorship_fulfils_the_request_and_frees_the_place(session):
    cohort = a_cohort(session)
    mentor, request = a_mentor(session, cohort, capacity=1), a_request(session, cohort)

    mentorship = a_mentorship(session, request, mentor, state=State.COMPLETED)

    assert (request.state, request.outcome) == (RequestState.CLOSED, Outcome.FULFILLED)
    assert (mentorship.place_n, mentorship.approval_state) == (None, None)
    ask(session, a_request(session, cohort), mentor)


def test_a_place_beyond_the_capacity_goes_when_it_is_freed(session):
    cohort = a_cohort(session)
    mentor = a_mentor(session, cohort, capacity=2)
    requests = [a_request(session, cohort), a_request(session, cohort)]
    pairs = [a_mentorship(session, request, mentor) for request in requests]
    session.get(Offer, mentor.id).capacity = 1

    mentorships.act(session, pairs[1], Action.END, party=Party.MENTOR, by=mentor, at=NOW)

    assert session.scalars(select(Place.n).where(Place.mentor_id == mentor.id)).all() == [1]


def test_when_she_ends_it_herself_she_is_asked_before_anyone_else_is(session):
    cohort = a_cohort(session)
    mentor, request = a_mentor(session, cohort), a_request(session, cohort)
    mentorship = a_mentorship(session, request, mentor)

    mentorships.act(session, mentorship, Action.END, party=Party.NEWCOMER, by=request.newcomer, at=NOW)

    assert request.state is RequestState.OPEN
    assert request.confirm_again
    assert kinds_told(session, mentor)[-1] == "ended"
    assert "ended" not in kinds_told(session, request.newcomer)


def test_pausing_and_resuming_early_keeps_the_time_they_agreed_on(session):
    cohort = a_cohort(session)
    mentor, request = a_mentor(session, cohort), a_request(session, cohort)
    mentorship = a_mentorship(session, request, mentor)
    agreed = mentorship.agreed_until
    week = timedelta(days=7)

    facts = {"party": Party.MENTOR, "by": mentor}
    mentorships.act(session, mentorship, Action.PAUSE, at=NOW, until=NOW + 3 * week, **facts)
    assert mentorship.agreed_until == agreed + 3 * week
    mentorships.act(session, mentorship, Action.RESUME, at=NOW + week, **facts)

    assert mentorship.agreed_until == agreed + week


def test_a_block_cuts_the_pair_and_prevents_it_for_good(session):
    cohort = a_cohort(session)
    mentor, request = a_mentor(session, cohort), a_request(session, cohort)
    mentorship = a_mentorship(session, request, mentor)

    safety.block(session, request.newcomer, mentor, at=NOW)

    assert (mentorship.state, mentorship.events[-1].code) == (State.ENDED, Code.BLOCK)
    assert request.state is RequestState.OPEN
    ask(session, a_request(session, cohort), mentor)
    with pytest.raises(NotPossible):
        ask(session, request, mentor)


def test_a_backup_who_shares_a_language_is_chosen_at_the_yes(session):
    cohort = a_cohort(session)
    mentor = a_mentor(session, cohort)
    a_mentor(session, cohort, languages={"fr": 6}, backup=True)
    backup = a_mentor(session, cohort, backup=True, capacity=1)
    stranger = a_person(session)

    mentorship = a_mentorship(session, a_request(session, cohort), mentor, state=State.ACCEPTED)

    assert mentorship.backup_id == backup.id
    assert mentorships.party_of(session, mentorship, backup) is None
    assert mentorships.party_of(session, mentorship, stranger) is None


def test_a_direct_ask_takes_her_out_of_a_draft_and_makes_its_open_page_stale(session):
    cohort = a_cohort(session)
    mentor, request = a_mentor(session, cohort), a_request(session, cohort)
    round_ = rounds.start_round(session, cohort, by=cohort.coordinators[0].person, at=NOW)
    rounds.compute(session, round_, at=NOW)
    session.flush()
    seen = round_.version
    assert [pairing.request_id for pairing in round_.pairings] == [request.id]

    ask(session, request, mentor)

    session.refresh(round_)
    assert round_.pairings == []
    assert round_.version > seen


def test_a_coordinator_who_mentors_her_gets_no_word_about_her_request(session):
    cohort = a_cohort(session)
    mentor = a_mentor(session, cohort, a_coordinator(session, cohort))
    request = a_request(session, cohort)
    a_mentorship(session, request, mentor)

    messages.write_about_request(session, request, request.newcomer, "I would like to tell you.", at=NOW)

    assert "newcomer_writes" not in kinds_told(session, mentor)
    assert "newcomer_writes" in kinds_told(session, cohort.coordinators[0].person)
    with pytest.raises(NotFound):
        messages.write_about_request(session, request, mentor, "As your coordinator …", at=NOW)
