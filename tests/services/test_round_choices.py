from datetime import timedelta

import pytest

from mentorship.rules.errors import (
    MentorFull,
    NotAllowed,
    NotPossible,
    Stale,
    WrongState,
)
from mentorship.services import rounds, safety
from mentorship.services.round_look import look
from mentorship.services.round_review import no_longer_possible, review
from mentorship.store.offers import Offer
from tests.factories import NOW, a_coordinator, a_mentor, a_person, a_request
from tests.services.round_setting import a_draft, pairs


def test_a_locked_pair_stays_whatever_its_points_and_the_rest_moves_round_it(
    session, cohort, coordinator, two_and_two
):
    amina, _noor, _ada, bea = two_and_two
    round_ = a_draft(session, cohort)
    before = round_.report["points"]

    rounds.lock(session, round_, amina, bea, by=coordinator, at=NOW, seen=round_.version)

    assert pairs(round_) == {"Amina": "Bea", "Noor": "Ada"}
    assert round_.report["points"] < before
    assert round_.report["gap"] == 0


def test_a_look_before_keeping_a_pair_says_who_moves_and_keeps_nothing(
    session, cohort, coordinator, two_and_two
):
    amina, _noor, _ada, bea = two_and_two
    round_ = a_draft(session, cohort)
    before = pairs(round_), round_.report["points"], round_.version

    seen = look(session, round_, amina, bea, viewer=coordinator, at=NOW)

    assert seen.refusal is None
    assert [(step.newcomer.name, step.before.name, step.after.name) for step in seen.changes.steps] == [
        ("Amina", "Ada", "Bea"),
        ("Noor", "Bea", "Ada"),
    ]
    assert (pairs(round_), round_.report["points"], round_.version) == before
    rounds.lock(session, round_, amina, bea, by=coordinator, at=NOW)
    assert round_.report["points"] == before[1] + seen.changes.points
    assert seen.changes.points < 0
    assert look(session, round_, amina, bea, viewer=coordinator, at=NOW).changes.steps == []


def test_a_look_says_that_a_newcomer_would_lose_her_mentor(session, cohort, coordinator):
    amina, noor = (a_request(session, cohort, a_person(session, name)) for name in ("Amina", "Noor"))
    ada = a_mentor(session, cohort, a_person(session, "Ada"), capacity=1)
    round_ = a_draft(session, cohort)
    alone = noor if pairs(round_) == {"Amina": "Ada"} else amina

    seen = look(session, round_, alone, ada, viewer=coordinator, at=NOW)

    assert seen.changes.count == 0
    assert [(step.before is None, step.after is None) for step in seen.changes.steps] == [
        (True, False),
        (False, True),
    ]


def test_a_look_says_why_a_pair_is_not_possible_and_never_names_a_block(
    session, cohort, coordinator, two_and_two
):
    amina, _noor, ada, _bea = two_and_two
    safety.block(session, ada, amina.newcomer, at=NOW)
    round_ = a_draft(session, cohort)

    seen = look(session, round_, amina, ada, viewer=coordinator, at=NOW)

    assert str(seen.refusal) == "This pair is not possible."
    assert seen.changes is None


def test_nobody_looks_at_a_pair_of_her_own_nor_at_a_round_that_is_over(session, cohort, two_and_two):
    amina, _noor, ada, bea = two_and_two
    a_coordinator(session, cohort, ada)
    round_ = a_draft(session, cohort)

    with pytest.raises(NotAllowed):
        look(session, round_, amina, ada, viewer=ada, at=NOW)
    seen = look(session, round_, amina, bea, viewer=ada, at=NOW)
    assert seen.changes.steps == []
    assert seen.changes.unseen == 2
    rounds.discard(session, round_, by=None, at=NOW)
    with pytest.raises(WrongState):
        look(session, round_, amina, bea, viewer=None, at=NOW)


def test_a_forbidden_pair_is_left_out_and_comes_back_when_it_is_undone(
    session, cohort, coordinator, two_and_two
):
    amina, _noor, ada, _bea = two_and_two
    round_ = a_draft(session, cohort)
    points = round_.report["points"]

    rounds.forbid(session, round_, amina, ada, by=coordinator, at=NOW)
    assert pairs(round_) == {"Amina": "Bea", "Noor": "Ada"}

    rounds.undo(session, round_, amina, ada, by=coordinator, at=NOW)
    assert pairs(round_) == {"Amina": "Ada", "Noor": "Bea"}
    assert round_.report["points"] == points


def test_another_lock_for_the_same_newcomer_takes_the_place_of_the_first(
    session, cohort, coordinator, two_and_two
):
    amina, _noor, ada, bea = two_and_two
    round_ = a_draft(session, cohort)

    rounds.lock(session, round_, amina, bea, by=coordinator, at=NOW)
    rounds.lock(session, round_, amina, ada, by=coordinator, at=NOW)

    assert [(choice.request_id, choice.mentor_id) for choice in round_.choices] == [(amina.id, ada.id)]
    assert pairs(round_)["Amina"] == "Ada"


def test_a_lock_without_a_language_in_common_is_refused(session, cohort, coordinator):
    amina = a_request(session, cohort, languages={"ha": 6})
    ada = a_mentor(session, cohort)
    round_ = a_draft(session, cohort)

    with pytest.raises(NotPossible, match="language"):
        rounds.lock(session, round_, amina, ada, by=coordinator, at=NOW)


def test_a_lock_across_a_block_is_refused_without_saying_why(session, cohort, coordinator, two_and_two):
    amina, _noor, ada, _bea = two_and_two
    safety.block(session, ada, amina.newcomer, at=NOW)
    round_ = a_draft(session, cohort)

    with pytest.raises(NotPossible) as refused:
        rounds.lock(session, round_, amina, ada, by=coordinator, at=NOW)
    assert str(refused.value) == "This pair is not possible."


def test_more_locks_than_places_are_refused(session, cohort, coordinator, two_and_two):
    amina, noor, ada, _bea = two_and_two
    round_ = a_draft(session, cohort)
    rounds.lock(session, round_, amina, ada, by=coordinator, at=NOW)

    with pytest.raises(MentorFull, match="Ada"):
        rounds.lock(session, round_, noor, ada, by=coordinator, at=NOW)


def test_nobody_locks_or_forbids_a_pair_of_her_own(session, cohort, two_and_two):
    amina, _noor, ada, _bea = two_and_two
    a_coordinator(session, cohort, ada)
    round_ = a_draft(session, cohort)

    for decide in (rounds.lock, rounds.forbid, rounds.undo):
        with pytest.raises(NotAllowed):
            decide(session, round_, amina, ada, by=ada, at=NOW)


def test_a_page_that_is_out_of_date_changes_nothing(session, cohort, coordinator, two_and_two):
    amina, noor, ada, bea = two_and_two
    round_ = a_draft(session, cohort)
    seen = round_.version
    rounds.forbid(session, round_, amina, ada, by=coordinator, at=NOW, seen=seen)

    with pytest.raises(Stale):
        rounds.forbid(session, round_, noor, bea, by=coordinator, at=NOW, seen=seen)
    assert len(round_.choices) == 1


def test_a_draft_computed_again_keeps_the_pairs_that_were_seen_among_equals(session, cohort, coordinator):
    for name in ("Amina", "Fatou", "Hope"):
        a_request(session, cohort, a_person(session, name))
    for name in ("Ada", "Bea", "Cleo"):
        a_mentor(session, cohort, a_person(session, name), capacity=1)
    round_ = a_draft(session, cohort)
    seen = pairs(round_)
    amina = next(pairing for pairing in round_.pairings if pairing.request.newcomer.name == "Amina")

    rounds.forbid(session, round_, amina.request, amina.mentor, by=coordinator, at=NOW)

    assert len(set(seen.items()) & set(pairs(round_).items())) == 1
    changes = round_.report["changes"]
    assert (len(changes["changed"]), changes["added"], changes["removed"]) == (2, [], [])


def test_points_may_be_given_up_to_keep_what_was_seen(session, cohort, coordinator, two_and_two):
    amina, _noor, _ada, bea = two_and_two
    round_ = a_draft(session, cohort)
    best = round_.report["points"]
    rounds.lock(session, round_, amina, bea, by=coordinator, at=NOW)
    lost = best - round_.report["points"]
    rounds.undo(session, round_, amina, bea, by=coordinator, at=NOW)
    assert round_.report["points"] == best
    rounds.lock(session, round_, amina, bea, by=coordinator, at=NOW)
    round_.choices.clear()
    session.flush()

    rounds.recompute(session, round_, at=NOW, options={"steady": lost - 1})
    assert pairs(round_)["Amina"] == "Ada"

    rounds.lock(session, round_, amina, bea, by=coordinator, at=NOW)
    round_.choices.clear()
    session.flush()
    rounds.recompute(session, round_, at=NOW, options={"steady": lost})
    assert pairs(round_)["Amina"] == "Bea"


def test_what_a_draft_changes_is_said_without_what_is_the_readers_own(
    session, cohort, coordinator, two_and_two
):
    amina, _noor, ada, bea = two_and_two
    a_coordinator(session, cohort, bea)
    round_ = a_draft(session, cohort)
    assert review(session, round_, viewer=coordinator).changes is None
    rounds.forbid(session, round_, amina, ada, by=coordinator, at=NOW)

    said = review(session, round_, viewer=coordinator).changes
    hers = review(session, round_, viewer=bea).changes

    moves = {(step.newcomer.name, step.before.name, step.after.name) for step in said.steps}
    assert moves == {("Amina", "Ada", "Bea"), ("Noor", "Bea", "Ada")}
    assert (said.count, said.points < 0, said.unseen) == (0, True, 0)
    assert (hers.steps, hers.unseen) == ([], 2)


def test_a_draft_says_which_of_its_pairs_are_no_longer_possible(session, cohort, coordinator, two_and_two):
    amina, noor, ada, bea = two_and_two
    round_ = a_draft(session, cohort)
    assert no_longer_possible(session, round_, viewer=coordinator, at=NOW) == []

    session.get(Offer, ada.id).away_until = NOW + timedelta(days=9)
    session.flush()
    [away] = no_longer_possible(session, round_, viewer=coordinator, at=NOW)
    session.get(Offer, bea.id).away_until = NOW + timedelta(days=9)
    session.flush()

    found = no_longer_possible(session, round_, viewer=coordinator, at=NOW)

    assert (away.request, away.mentor) == (amina, ada)
    assert {pairing.request for pairing in found} == {amina, noor}
    [others] = no_longer_possible(session, round_, viewer=amina.newcomer, at=NOW)
    assert others.request == noor
