from datetime import timedelta

import pytest
from sqlalchemy import select

from mentorship.rules.errors import BadInput, NotAllowed, NotFound, Stale, WrongState
from mentorship.rules.lifecycle import State
from mentorship.rules.steps import LADDERS, LONGEST_STEP, MOST_CHOSEN, MOST_RUNGS, SENTENCES
from mentorship.rules.words import AREAS
from mentorship.services import erasure, ladders, steps
from mentorship.services.ladders import Chosen
from mentorship.services.own_data import own_data
from mentorship.store.growth import Rung
from mentorship.store.together import Step, StepState
from tests.factories import NOW, a_mentor, a_mentorship, a_person, a_request

KEY = b"only for tests"
LISTEN = Chosen("programs", "listen")
LATER = NOW + timedelta(days=9)


@pytest.fixture
def pair(session, cohort):
    return a_mentorship(session, a_request(session, cohort), a_mentor(session, cohort))


def test_every_area_has_a_ladder_that_ends_in_helping_and_in_being_put_forward():
    assert set(LADDERS) == set(AREAS)
    assert len(SENTENCES) == sum(len(ladder) for ladder in LADDERS.values())
    for ladder in LADDERS.values():
        last_but_one, last = list(ladder.values())[-2:]
        assert 6 <= len(ladder) <= 9
        assert last_but_one.startswith("Now help someone else")
        assert last.startswith("“May I put your name forward?”")
        assert all(len(text) <= LONGEST_STEP for text in ladder.values())


@pytest.mark.parametrize("who", ["newcomer", "mentor"])
def test_either_of_the_two_chooses_and_settles(session, pair, who):
    step = steps.choose(session, pair, getattr(pair, who), LISTEN, at=NOW)

    steps.settle(
        session, pair, getattr(pair, who), step, StepState.TRIED, learned=" It went wrong. ", at=LATER
    )

    assert (step.state, step.learned, step.settled_at) == (StepState.TRIED, "It went wrong.", LATER)
    assert steps.steps_taken_by(session, pair.newcomer) == [step]


def test_tried_counts_like_done(session, pair):
    for words, state in (("One", StepState.TRIED), ("Two", StepState.DONE)):
        step = steps.choose(session, pair, pair.newcomer, Chosen(words=words), at=NOW)
        steps.settle(session, pair, pair.newcomer, step, state, at=NOW)

    assert [step.title for step in steps.steps_taken_by(session, pair.newcomer)] == ["One", "Two"]


def test_the_same_step_chosen_twice_is_one_step(session, pair):
    first = steps.choose(session, pair, pair.newcomer, LISTEN, at=NOW)

    assert steps.choose(session, pair, pair.mentor, LISTEN, at=LATER) is first
    assert steps.steps_of(session, pair) == [first]


def test_only_the_two_choose(session, pair):
    for other in (a_person(session), pair.request.cohort.coordinators[0].person):
        with pytest.raises(NotAllowed):
            steps.choose(session, pair, other, LISTEN, at=NOW)


@pytest.mark.parametrize("state", [State.PROPOSED, State.COMPLETED, State.ENDED])
def test_steps_are_chosen_and_settled_on_the_way_only(session, cohort, state):
    pair = a_mentorship(session, a_request(session, cohort), a_mentor(session, cohort), state=state)
    step = Step(mentorship_id=pair.id, newcomer_id=pair.newcomer_id, area="", title="One", chosen_at=NOW)
    session.add(step)
    session.flush()

    with pytest.raises(WrongState):
        steps.choose(session, pair, pair.newcomer, LISTEN, at=NOW)
    with pytest.raises(WrongState):
        steps.settle(session, pair, pair.newcomer, step, StepState.DONE, at=NOW)
    with pytest.raises(WrongState):
        steps.take_back(session, pair, pair.newcomer, step)


def test_a_choice_can_be_undone_and_what_was_tried_cannot(session, pair):
    step = steps.choose(session, pair, pair.newcomer, LISTEN, at=NOW)
    steps.take_back(session, pair, pair.mentor, step)
    assert steps.steps_of(session, pair) == []

    step = steps.choose(session, pair, pair.newcomer, LISTEN, at=NOW)
    steps.settle(session, pair, pair.newcomer, step, StepState.TRIED, at=NOW)

    with pytest.raises(WrongState):
        steps.take_back(session, pair, pair.newcomer, step)


@pytest.mark.parametrize(
    "chosen",
    [Chosen(), Chosen(words="x" * 201), Chosen("programs", "one-line"), Chosen("programs", words="x")],
)
def test_a_choice_that_is_none_is_refused(session, pair, chosen):
    with pytest.raises(BadInput):
        steps.choose(session, pair, pair.newcomer, chosen, at=NOW)


def test_small_steps_are_taken_one_at_a_time(session, pair):
    for n in range(MOST_CHOSEN):
        steps.choose(session, pair, pair.newcomer, Chosen(words=f"Step {n}"), at=NOW)

    with pytest.raises(BadInput):
        steps.choose(session, pair, pair.newcomer, LISTEN, at=NOW)


def test_a_step_of_another_pair_is_none_of_theirs(session, cohort, pair):
    other = a_mentorship(session, a_request(session, cohort), a_mentor(session, cohort))
    step = steps.choose(session, other, other.newcomer, LISTEN, at=NOW)

    with pytest.raises(NotFound):
        steps.step_of(session, pair, step.public_id)


def test_her_steps_stay_hers_after_the_end_and_go_with_her_account(session, pair):
    step = steps.choose(session, pair, pair.mentor, Chosen(words="Read a page"), at=NOW)
    steps.settle(session, pair, pair.newcomer, step, StepState.TRIED, learned="Slowly", at=NOW)
    assert own_data(session, pair.newcomer)["step"][0]["learned"] == "Slowly"

    erasure.erase(session, pair.mentor, at=NOW, key=KEY)
    session.refresh(step)
    assert pair.state is State.ENDED
    assert (step.title, step.learned) == ("", "Slowly")
    assert steps.steps_taken_by(session, pair.newcomer) == [step]

    erasure.erase(session, pair.newcomer, at=NOW, key=KEY)
    session.refresh(step)
    assert (step.title, step.learned) == ("", "")


def test_what_a_mentor_wrote_about_a_step_goes_with_the_mentor(session, pair):
    step = steps.choose(session, pair, pair.newcomer, Chosen(words="Read a page"), at=NOW)
    steps.settle(session, pair, pair.mentor, step, StepState.DONE, learned="Patience", at=NOW)

    erasure.erase(session, pair.mentor, at=NOW, key=KEY)

    session.refresh(step)
    assert (step.title, step.learned) == ("Read a page", "")


def test_a_cohort_has_ladders_of_its_own_and_gets_the_usual_one_back(session, cohort, coordinator, pair):
    own = [Chosen("programs", words="Bring bread"), LISTEN]
    ladders.change(session, cohort, {"programs": own}, by=coordinator, at=NOW, seen=cohort.version)

    assert ladders.ladders_of(session, cohort)["programs"] == own
    assert ladders.ladders_of(session, cohort)["leadership"] == ladders.usual("leadership")
    steps.choose(session, pair, pair.newcomer, own[0], at=NOW)

    ladders.restore(session, cohort, "programs", by=coordinator, at=NOW, seen=cohort.version)

    assert ladders.ladders_of(session, cohort)["programs"] == ladders.usual("programs")
    assert session.scalars(select(Rung)).all() == []
    assert [step.title for step in steps.steps_of(session, pair)] == ["Bring bread"]


def test_two_coordinators_do_not_undo_each_others_ladders(session, cohort, coordinator):
    seen = cohort.version
    own = [Chosen("programs", words="Bring bread")]
    ladders.change(session, cohort, {"programs": own}, by=coordinator, at=NOW, seen=seen)

    with pytest.raises(Stale):
        ladders.restore(session, cohort, "programs", by=coordinator, at=NOW, seen=seen)


@pytest.mark.parametrize(
    "ladder",
    [
        [],
        [Chosen("programs", words=f"Step {n}") for n in range(MOST_RUNGS + 1)],
        [Chosen("programs", words="x" * 201)],
    ],
)
def test_a_ladder_is_neither_empty_nor_endless(session, cohort, coordinator, ladder):
    with pytest.raises(BadInput) as refusal:
        ladders.change(session, cohort, {"programs": ladder}, by=coordinator, at=NOW, seen=cohort.version)

    assert refusal.value.field == "programs"
