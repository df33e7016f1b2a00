from datetime import date, timedelta

import pytest

from mentorship.rules.errors import (
    AlreadyOpen,
    BadInput,
    WrongState,
)
from mentorship.services import round_plan, rounds, safety
from mentorship.services.round_policy import SHARES
from mentorship.store.offers import Offer
from mentorship.store.rounds import RoundState
from tests.factories import NOW, a_mentor, a_mentorship, a_person, a_request
from tests.services.round_setting import a_draft, left_out, pairs, told


def test_a_round_pairs_who_fits_best_and_tells_nobody(session, cohort, coordinator, two_and_two):
    before = told(session)

    round_ = a_draft(session, cohort, coordinator)

    assert round_.state is RoundState.DRAFT
    assert pairs(round_) == {"Amina": "Ada", "Noor": "Bea"}
    assert round_.report["count"] == 2
    assert round_.report["gap"] == 0
    assert round_.report["points"] == sum(pairing.points for pairing in round_.pairings)
    assert round_.certificate["input_sha256"] == round_.input_sha256
    assert told(session) == before


def test_the_reasons_kept_sum_to_the_points(session, cohort, two_and_two):
    round_ = a_draft(session, cohort)

    for pairing in round_.pairings:
        why = round_plan.reasons_of(pairing)
        assert sum(term.points for term in why.terms) == pairing.points > 0
        assert "needs" in {term.name for term in why.terms}


def test_only_one_round_of_a_cohort_is_open(session, cohort, coordinator):
    rounds.start_round(session, cohort, by=coordinator, at=NOW)

    with pytest.raises(AlreadyOpen):
        rounds.start_round(session, cohort, by=coordinator, at=NOW)


def test_who_is_asked_already_is_in_no_round(session, cohort, two_and_two):
    amina, _noor, _ada, bea = two_and_two
    a_mentorship(session, amina, bea)

    round_ = a_draft(session, cohort)

    assert pairs(round_) == {"Noor": "Ada"}


def test_who_has_to_confirm_first_is_in_no_round(session, cohort, two_and_two):
    two_and_two[0].confirm_again = True

    assert pairs(a_draft(session, cohort)) == {"Noor": "Bea"}


@pytest.mark.parametrize(
    "change",
    [
        lambda offer: setattr(offer, "away_until", NOW + timedelta(days=3)),
        lambda offer: setattr(offer, "silent_since", NOW - timedelta(days=3)),
        lambda offer: offer.cohorts.clear(),
        lambda offer: setattr(offer, "capacity", 0),
    ],
    ids=["away", "silent", "of another cohort", "without a place"],
)
def test_a_mentor_is_in_no_round_who_is(session, cohort, two_and_two, change):
    change(session.get(Offer, two_and_two[2].id))
    session.flush()

    assert "Ada" not in pairs(a_draft(session, cohort)).values()


def test_who_is_left_out_for_want_of_a_language_is_told_apart_from_want_of_places(
    session, cohort, two_and_two
):
    a_request(session, cohort, a_person(session, "Fatou"), languages={"ff": 6})
    a_request(session, cohort, a_person(session, "Zed"), needs=("photos",))

    round_ = a_draft(session, cohort)

    assert left_out(round_) == {"Fatou": "no_language", "Zed": "no_place"}
    assert round_.report["one_more"] == {"en": 1, "ff": 1}


def test_one_more_place_helps_also_where_somebody_could_move(session, cohort):
    a_request(session, cohort, a_person(session, "Amina"), languages={"en": 4, "ha": 6})
    a_request(session, cohort, a_person(session, "Noor"), languages={"en": 4})
    a_mentor(session, cohort, languages={"en": 6}, capacity=1)

    round_ = a_draft(session, cohort)

    assert round_.report["one_more"].keys() == {"en", "ha"}


def test_a_block_is_never_named_in_a_round(session, cohort):
    amina = a_request(session, cohort, a_person(session, "Amina"))
    ada = a_mentor(session, cohort)
    safety.block(session, amina.newcomer, ada, at=NOW)

    round_ = a_draft(session, cohort)

    assert left_out(round_) == {"Amina": "not_possible"}
    assert "block" not in str([row.detail for row in round_.left_out])


def test_recomputing_takes_in_who_came_since(session, cohort, two_and_two):
    round_ = a_draft(session, cohort)
    seen = round_.version
    a_request(session, cohort, a_person(session, "Fatou"), languages={"ff": 6})

    rounds.recompute(session, round_, at=NOW)

    assert left_out(round_) == {"Fatou": "no_language"}
    assert round_.version > seen


def test_a_discarded_round_stays_discarded_and_leaves_room_for_another(
    session, cohort, coordinator, two_and_two
):
    round_ = a_draft(session, cohort)

    rounds.discard(session, round_, by=coordinator, at=NOW)

    with pytest.raises(WrongState):
        rounds.recompute(session, round_, at=NOW)
    assert rounds.open_round_of(session, cohort) is None
    assert told(session) == 0


def test_a_large_round_waits_for_the_worker(session, cohort, two_and_two, monkeypatch):
    monkeypatch.setattr(round_plan, "AT_ONCE", 3)
    round_ = a_draft(session, cohort)
    assert round_.state is RoundState.COMPUTING

    assert rounds.compute_pending(session, at=NOW) == 1

    assert round_.state is RoundState.DRAFT
    assert len(round_.pairings) == 2


def test_a_round_discarded_while_it_was_solved_stays_discarded(session, cohort, coordinator, two_and_two):
    round_ = rounds.start_round(session, cohort, by=coordinator, at=NOW)
    problem = round_plan.gather(session, round_, at=NOW)
    plan = round_plan.solve(problem)
    rounds.discard(session, round_, by=coordinator, at=NOW)

    round_plan.keep(session, round_, problem, plan, at=NOW)

    assert round_.state is RoundState.DISCARDED
    assert round_.pairings == []


def test_a_choice_the_core_refuses_fails_the_round_with_a_sentence(session, cohort, coordinator, two_and_two):
    amina, _noor, ada, _bea = two_and_two
    round_ = a_draft(session, cohort)
    rounds.lock(session, round_, amina, ada, by=coordinator, at=NOW)
    safety.block(session, amina.newcomer, ada, at=NOW)

    rounds.recompute(session, round_, at=NOW)

    assert round_.state is RoundState.FAILED
    assert "could not be computed" in round_.report["sentence"]


@pytest.mark.parametrize(
    ("shares", "options", "field"),
    [
        ({"needs": 1001}, {}, "needs"),
        ({"areas": -1}, {}, "areas"),
        ({"looks": 1}, {}, "looks"),
        (dict.fromkeys(SHARES, 0), {}, "needs"),
        ({}, {"fair": 3}, "fair"),
        ({}, {"waiting": 201}, "waiting"),
        ({}, {"limit_s": -1}, "limit_s"),
    ],
)
def test_a_share_or_an_option_out_of_range_is_refused_by_name(
    session, cohort, coordinator, shares, options, field
):
    with pytest.raises(BadInput) as refused:
        rounds.start_round(session, cohort, by=coordinator, at=NOW, shares=shares, options=options)

    assert refused.value.field == field


def terms(round_):
    return {term["name"] for pairing in round_.pairings for term in pairing.terms if term["points"]}


def test_what_counts_is_kept_and_counts(session, cohort, coordinator, two_and_two):
    round_ = rounds.start_round(
        session, cohort, by=coordinator, at=NOW, shares={"needs": 900}, options={"waiting": 7}
    )
    rounds.compute(session, round_, at=NOW)
    assert "needs" in terms(round_)

    rounds.recompute(session, round_, at=NOW, shares={"needs": 0})

    assert round_.policy["shares"]["needs"] == 0
    assert round_.policy["options"]["waiting"] == 7
    assert "needs" not in terms(round_)


def test_no_time_at_all_gives_a_draft_that_says_how_far_it_may_be_from_the_best(
    session, cohort, coordinator, two_and_two
):
    round_ = rounds.start_round(session, cohort, by=coordinator, at=NOW, options={"limit_s": 0})

    rounds.compute(session, round_, at=NOW)

    assert round_.state is RoundState.DRAFT
    assert (round_.report["count"], round_.report["more"]) == (0, 2)
    rounds.recompute(session, round_, at=NOW, options={"limit_s": 60})
    assert (round_.report["count"], round_.report["gap"], round_.report["more"]) == (2, 0, 0)


def test_the_next_round_date_is_no_reason_to_pair(session, cohort):
    cohort.next_round_on = date(2026, 3, 1)

    assert a_draft(session, cohort).pairings == []
