"""Answers about a plan: each is checked against what it says."""

from dataclasses import replace

import pytest

import mentorship.matching.index as index_module
from mentorship.matching import (
    Choices,
    Mentor,
    MentorIndex,
    Newcomer,
    People,
    circles,
    diff,
    displaced,
    eligible,
    gap_map,
    match,
    recompute,
    second_choices,
    shortages,
    suggest,
    what_if,
    why_alone,
    why_not,
)
from tests.matching.people import community

SEEDS = range(30)


def short(seed):
    """A community with far fewer places than newcomers."""
    return community(seed, newcomers=14, mentors=4, most_places=2)


@pytest.mark.parametrize("seed", SEEDS)
def test_why_not_says_exactly_what_fixing_the_pair_would_cost(seed):
    people = short(seed)
    plan = match(people)
    for one in people.newcomers[:4]:
        for other in people.mentors:
            why = why_not(people, plan, one.id, other.id)
            assert why.rule == eligible(one, other, people)
            if why.rule is None:
                forced = match(people, choices=Choices(locked=frozenset({(one.id, other.id)})))
                assert (why.count, why.points) == (plan.count - forced.count, plan.points - forced.points)
                assert (why.count, why.points) >= (0, 0)
                certificate = plan.certificate
                worth = next(pair.points for pair in forced.pairs if pair.newcomer == one.id)
                least = certificate.prices[other.id] + certificate.values[one.id] - certificate.big - worth
                assert why.count * certificate.big + why.points >= least >= 0


def test_the_displaced_are_all_who_move():
    asked = 0
    for seed in SEEDS:
        people = short(seed)
        plan = match(people)
        for one in (n for n, why in plan.alone.items() if why.reason == "short_of_places"):
            asked += 1
            mentor = next(m for m in people.mentors if eligible(people.newcomer(one), m, people) is None)

            moves = displaced(people, plan, one, mentor.id)

            assert moves
            assert all(move.newcomer != one and move.before != move.after for move in moves)
            assert all(plan.mentor_of.get(move.newcomer) == move.before for move in moves)
    assert asked > 20


@pytest.mark.parametrize("seed", SEEDS)
def test_a_shortage_is_a_proof(seed):
    people = short(seed)
    plan = match(people)

    groups = shortages(people, plan)

    in_groups = {newcomer for group in groups for newcomer in group.newcomers}
    for group in groups:
        for one in group.newcomers:
            could = {m.id for m in people.mentors if eligible(people.newcomer(one), m, people) is None}
            assert could <= set(group.mentors)
        assert group.places == sum(people.mentor(mentor).places for mentor in group.mentors)
        assert group.missing == len(group.newcomers) - group.places > 0
    lacking = {n for n, why in plan.alone.items() if why.reason == "short_of_places"}
    assert lacking <= in_groups
    assert sum(group.missing for group in groups) == len(lacking)
    for one in lacking:
        assert one in why_alone(people, plan, one).shortage.newcomers


@pytest.mark.parametrize("seed", SEEDS)
def test_a_price_is_what_one_more_place_adds(seed):
    people = short(seed)
    plan = match(people)
    for mentor in people.mentors:
        if mentor.places:
            _, change = what_if(people, plan, places={mentor.id: mentor.places + 1})
            added = change.count * plan.certificate.big + change.points
            assert added == plan.certificate.prices[mentor.id]


@pytest.mark.parametrize("seed", SEEDS)
def test_recomputing_around_nothing_changes_nothing(seed):
    people = short(seed)
    plan = match(people)

    after, change = recompute(people, plan, Choices())

    assert (after.count, after.points) == (plan.count, plan.points)
    assert change.moves == ()


def test_forbidding_a_pair_moves_as_few_as_possible():
    people = short(3)
    plan = match(people)
    pair = plan.pairs[0]
    choices = Choices(forbidden=frozenset({(pair.newcomer, pair.mentor)}))

    after, change = recompute(people, plan, choices)

    best = match(people, choices=choices)
    assert (after.count, after.points) == (best.count, best.points)
    assert len(change.moves) <= len(diff(plan, best).moves)
    assert pair.newcomer in {move.newcomer for move in change.moves}


@pytest.mark.parametrize("seed", SEEDS)
def test_second_choices_have_a_place_left(seed):
    people = community(seed)
    plan = match(people)
    for one in people.newcomers:
        for pair in second_choices(people, plan, one.id):
            mentor = people.mentor(pair.mentor)
            assert eligible(one, mentor, people) is None
            assert list(plan.mentor_of.values()).count(mentor.id) < mentor.places
            assert plan.mentor_of.get(one.id) != mentor.id


def test_the_gap_map_counts_who_asks_and_who_helps():
    she = Newcomer("n", {"ha": 6, "en": 2}, {"sources": 3})
    lone = Newcomer("o", {"ff": 6}, {"sources": 1})
    helper = Mentor("m", {"en": 6}, {"sources": 7}, places=2)
    people = People((she, lone), (helper,))

    cells = gap_map(people, match(people))

    assert [(cell, gap.asking, gap.alone, gap.mentors, gap.places) for cell, gap in cells.items()] == [
        (("en", "needs", "sources"), 1, 0, 1, 2),
        (("ff", "needs", "sources"), 1, 1, 0, 0),
        (("ha", "needs", "sources"), 1, 0, 0, 0),
    ]


def test_a_circle_brings_together_who_shares_a_language_and_an_interest():
    newcomers = tuple(Newcomer(f"n{number}", {"ha": 6}, {"sources": 3}) for number in range(7))
    mentors = (Mentor("m", {"ha": 6}, {"sources": 9}, places=1), Mentor("o", {"ha": 6}, places=1))
    people = People(newcomers, mentors)

    found = circles(people, match(people))

    assert [(circle.mentor, len(circle.newcomers)) for circle in found] == [("m", 4)]
    assert found[0].language == "ha"
    assert found[0].interest == ("needs", "sources")


@pytest.mark.parametrize("seed", SEEDS)
def test_suggestions_have_a_place_and_their_reasons(seed):
    people = community(seed)
    for one in people.newcomers:
        found = suggest(people, one.id)
        assert len(found) <= 3
        for each in found:
            assert eligible(one, people.mentor(each.mentor), people) is None
            assert each.points == each.reasons.points


def test_a_popular_mentor_is_not_shown_to_everybody():
    mentors = tuple(Mentor(f"m{number}", {"ha": 6}, {"sources": 8}, places=1) for number in range(6))
    star = Mentor("star", {"ha": 6}, {"sources": 9}, places=1)
    newcomers = tuple(Newcomer(f"n{number}", {"ha": 6}, {"sources": 3}) for number in range(40))
    people = People(newcomers, (*mentors, star))
    times: dict[str, int] = {}

    for one in people.newcomers:
        for each in suggest(people, one.id, shown=times):
            times[each.mentor] = times.get(each.mentor, 0) + 1

    assert sum(times.values()) == 120
    assert max(times.values()) <= 30
    assert min(times.values()) >= 10
    assert suggest(people, "n0") == suggest(replace(people), "n0")


@pytest.mark.parametrize("compiled", [True, False])
@pytest.mark.parametrize("seed", SEEDS)
def test_the_index_finds_exactly_what_is_suggested(monkeypatch, seed, compiled):
    monkeypatch.setattr(index_module, "COMPILED_FROM", 1 if compiled else 10**9)
    people = community(seed, newcomers=8, mentors=30)
    shown = {mentor.id: number % 4 for number, mentor in enumerate(people.mentors)}
    index = MentorIndex(people.mentors, rarity=people.topic_rarity, shown=shown)
    for one in people.newcomers:
        barred = frozenset(mentor for newcomer, mentor in people.barred if newcomer == one.id)

        found = index.best(one, 5, barred=barred)

        suggested = suggest(people, one.id, 5, shown=shown)
        assert found == tuple((each.mentor, each.points) for each in suggested)


def test_compiled_and_plain_index_agree_on_thousands_of_mentors(monkeypatch):
    people = community(1, newcomers=150, mentors=5_500)
    shown = {mentor.id: number % 3 for number, mentor in enumerate(people.mentors)}
    monkeypatch.setattr(index_module, "COMPILED_FROM", 1)
    compiled = MentorIndex(people.mentors, shown=shown)
    monkeypatch.setattr(index_module, "COMPILED_FROM", 10**9)
    plain = MentorIndex(people.mentors, shown=shown)

    answers = [
        (compiled.best(one, 3, barred=barred), plain.best(one, 3, barred=barred))
        for one in people.newcomers
        for barred in (frozenset(), frozenset({plain.best(one, 1)[0][0]}))
    ]

    assert [one for one, _ in answers] == [other for _, other in answers]
    assert len({first for first, _ in answers}) > 50
