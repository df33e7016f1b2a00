"""From people to plans: points that explain themselves, rules with names, changes that stay the best."""

import pytest

from mentorship.matching import (
    BadOptions,
    BadPeople,
    Cancelled,
    Choices,
    ImpossibleChoice,
    Mentor,
    Newcomer,
    Options,
    People,
    Shares,
    eligible,
    match,
    points,
    reasons,
)
from mentorship.matching.columns import block_points, encode
from tests.matching import oracles
from tests.matching.people import community

SEEDS = range(60)


def worths(people, shares=None):
    return {
        (one.id, other.id): points(one, other, people, shares)
        for one in people.newcomers
        for other in people.mentors
        if eligible(one, other, people) is None
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_the_plan_of_people_is_the_best_by_their_points(seed):
    people = community(seed)

    plan = match(people)

    capacity = {mentor.id: mentor.places for mentor in people.mentors}
    best = oracles.scipy_assignment(sorted(people.newcomer_by_id), capacity, worths(people))
    assert (plan.count, plan.points, plan.gap) == (*best, 0)
    assert {(pair.newcomer, pair.mentor): pair.points for pair in plan.pairs}.items() <= worths(
        people
    ).items()
    assert plan.alone.keys() == people.newcomer_by_id.keys() - plan.mentor_of.keys()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_points_of_whole_blocks_are_those_of_the_reasons(seed):
    people = community(seed)
    shares = Shares(needs=seed % 7 * 100, topics=seed % 5 * 50, language=100 + seed, areas=seed)

    block = block_points(encode(people, shares), slice(0, len(people.newcomers)))

    for n, one in enumerate(people.newcomer_by_id.values()):
        for m, other in enumerate(people.mentor_by_id.values()):
            rule = eligible(one, other, people)
            expected = points(one, other, people, shares) if rule in (None, "no_place") else -1
            assert block[n, m] == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_reasons_sum_exactly(seed):
    people = community(seed)
    for one in people.newcomers:
        for other in people.mentors:
            why = reasons(one, other, rarity=people.topic_rarity)
            assert why.points == sum(term.points for term in why.terms)
            assert all(term.points == sum(item.points for item in term.items) for term in why.terms)
            assert 0 <= why.points <= 12_000


def test_everything_she_said_counts():
    plain = Mentor("m", {"ha": 6}, places=1, when=frozenset({1}))
    she = Newcomer(
        "n",
        {"ha": 6},
        {"sources": 3},
        {"health": 1},
        {"programs": 2},
        frozenset({("wikipedia", "ha")}),
        frozenset(range(10, 30)),
        ("m",),
    )
    perfect = Mentor(
        "m",
        {"ha": 6},
        {"sources": 10},
        {"health": 10},
        {"programs": 10},
        frozenset({("wikipedia", "ha")}),
        frozenset(range(20, 40)),
        1,
    )

    why = reasons(she, perfect)

    assert {term.name: term.points for term in why.terms} == {
        "needs": 3000,
        "topics": 2500,
        "language": 2000,
        "where": 1000,
        "when": 1000,
        "areas": 500,
        "wish": 2000,
    }
    assert why.points == 12_000
    assert why.shared_hours == tuple(range(20, 30))
    assert [term.name for term in reasons(she, plain).terms] == ["language", "wish"]


def test_saying_less_is_worth_no_less():
    silent = Newcomer("s", {"ha": 6}, {"sources": 1})
    mentor = Mentor("m", {"ha": 6}, {"sources": 10}, places=1, when=frozenset(range(50)))

    assert reasons(silent, mentor).points == 10_000 - 5 * 167


def test_when_nothing_is_ticked_free_hours_count_as_average():
    she = Newcomer("n", {"ha": 6}, when=frozenset(range(5)))
    part = reasons(she, Mentor("m", {"ha": 6}, when=frozenset(range(10)))).term("when").points // 5

    assert reasons(she, Mentor("m", {"ha": 6})).term("when").points == 5 * part
    assert reasons(she, Mentor("m", {"ha": 6}, when=frozenset({100}))).term("when").points == 0


def test_each_rule_refuses_by_its_name():
    she = Newcomer("a", {"ha": 6})
    mentors = (
        Mentor("a", {"ha": 6}, places=1),
        Mentor("b", {"ha": 6}, places=1),
        Mentor("c", {"fr": 6}, places=1),
        Mentor("d", {"ha": 6}, places=0),
    )
    people = People((she,), mentors, {("a", "b"): "block"})

    assert [eligible(she, mentor, people) for mentor in mentors] == [
        "same_person",
        "block",
        "no_shared_language",
        "no_place",
    ]
    alone = match(people).alone["a"]
    assert (alone.reason, alone.rules) == (
        "nobody_feasible",
        {"block": 1, "no_place": 1, "no_shared_language": 1, "same_person": 1},
    )


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_people_changes_nothing(seed):
    people = community(seed)
    turned = People(people.newcomers[::-1], people.mentors[::-1], dict(reversed(people.barred.items())))

    assert match(turned).pairs == match(people).pairs
    assert match(turned).input_sha256 == match(people).input_sha256


def test_a_lock_overrides_points_and_never_a_rule():
    people = community(3, newcomers=6, mentors=3)
    pair = min(worths(people), key=lambda each: worths(people)[each])
    barred = People(people.newcomers, people.mentors, {**people.barred, pair: "block"})
    choices = Choices(locked=frozenset({pair}))

    assert match(people, choices=choices).mentor_of[pair[0]] == pair[1]
    with pytest.raises(ImpossibleChoice, match="a rule is against it"):
        match(barred, choices=choices)


def test_a_lock_of_somebody_unknown_is_refused():
    with pytest.raises(ImpossibleChoice, match="not in this round"):
        match(community(1), choices=Choices(locked=frozenset({("nobody", "m1")})))


def test_a_cancelled_run_gives_no_plan():
    with pytest.raises(Cancelled):
        match(community(1), cancelled=lambda: True)


def test_progress_is_told():
    told = []

    match(community(1), progress=told.append)

    assert told[-1].done == told[-1].of


@pytest.mark.parametrize(
    "make",
    [
        lambda: Newcomer("", {"ha": 6}),
        lambda: Newcomer("n", {"ha": 7}),
        lambda: Newcomer("n", {"ha": 6}, {"sources": 0}),
        lambda: Newcomer("n", {"ha": 6}, when=frozenset({168})),
        lambda: Mentor("m", {"ha": 6}, {"sources": 11}),
        lambda: Mentor("m", {"ha": 6}, places=-1),
        lambda: Mentor("m", {"ha": 6}, places="two"),
        lambda: People((Newcomer("n", {"ha": 6}),) * 2, ()),
    ],
)
def test_odd_people_are_refused(make):
    with pytest.raises(BadPeople):
        make()


@pytest.mark.parametrize(
    "make",
    [
        lambda: Shares(needs=-1),
        lambda: Shares(0, 0, 0, 0, 0, 0),
        lambda: Options(fair=3),
        lambda: Options(waiting=1000),
        lambda: match(community(1), time_limit=float("nan")),
    ],
)
def test_odd_options_are_refused(make):
    with pytest.raises(BadOptions):
        make()
