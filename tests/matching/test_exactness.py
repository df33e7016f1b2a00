"""The engine against independent solvers on thousands of random instances, ties and oddities included."""

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from mentorship.matching.instance import Instance
from mentorship.matching.people import Options, Steady
from mentorship.matching.plan import Plan
from mentorship.matching.planfile import plan_json
from mentorship.matching.solve import match_instance
from mentorship.matching.verify import verify
from mentorship.matching.watch import Watch
from tests.matching import oracles


@st.composite
def instances(draw, most_newcomers=7, most_mentors=4):
    newcomers = [f"n{number}" for number in range(draw(st.integers(0, most_newcomers)))]
    mentors = [f"m{number}" for number in range(draw(st.integers(0, most_mentors)))]
    capacity = {mentor: draw(st.integers(0, 3)) for mentor in mentors}
    most = draw(st.sampled_from([0, 1, 3, 12_000]))
    points = {
        (n, m): draw(st.integers(0, most)) for n in newcomers for m in mentors if draw(st.integers(0, 2))
    }
    return Instance(tuple(newcomers), capacity, points)


def plan_of(instance, options=None) -> Plan:
    """The plan, checked by the independent `verify`."""
    plan, said = match_instance(instance, options or Options(), ranks=False, watch=Watch(None, None, None))
    assert plan.gap == 0
    verify(instance, plan_json(plan, said))
    return plan


def answer(plan):
    return plan.count, plan.points


@given(instances(most_newcomers=5, most_mentors=3))
@settings(max_examples=400, deadline=None)
def test_as_good_as_every_plan_there_is(instance):
    assert answer(plan_of(instance)) == oracles.brute_force(
        instance.mentees, instance.capacity, instance.points
    )


@pytest.mark.parametrize(
    "solver", [oracles.network_simplex, oracles.max_weight_matching, oracles.scipy_assignment]
)
@given(instance=instances())
@settings(max_examples=300, deadline=None)
def test_as_good_as_an_independent_solver(solver, instance):
    assert answer(plan_of(instance)) == solver(instance.mentees, instance.capacity, instance.points)


@pytest.mark.full
@pytest.mark.parametrize(
    "solver", [oracles.network_simplex, oracles.max_weight_matching, oracles.scipy_assignment]
)
@given(instance=instances(most_newcomers=25, most_mentors=9))
@settings(max_examples=3000, deadline=None)
def test_as_good_as_an_independent_solver_thousands_of_times(solver, instance):
    assert answer(plan_of(instance)) == solver(instance.mentees, instance.capacity, instance.points)


@given(instance=instances(), data=st.data())
@settings(max_examples=300, deadline=None)
def test_locked_and_forbidden_pairs_are_exact(instance, data):
    pairs = sorted(instance.points)
    forbidden = frozenset(data.draw(st.lists(st.sampled_from(pairs), max_size=4))) if pairs else frozenset()
    places, locked = dict(instance.capacity), set()
    for n, m in data.draw(st.lists(st.sampled_from(pairs), max_size=3)) if pairs else []:
        if (n, m) not in forbidden and places[m] and n not in dict(locked):
            places[m] -= 1
            locked.add((n, m))
    chosen = Instance(
        instance.mentees, instance.capacity, instance.points, frozenset(locked), frozenset(forbidden)
    )

    plan = plan_of(chosen)

    free = [n for n in instance.mentees if n not in dict(locked)]
    worth = {
        pair: value for pair, value in instance.points.items() if pair not in forbidden and pair[0] in free
    }
    count, total = oracles.scipy_assignment(free, places, worth)
    assert answer(plan) == (count + len(locked), total + sum(instance.points[pair] for pair in locked))
    assert locked <= {(pair.newcomer, pair.mentor) for pair in plan.pairs}


@given(instance=instances(), power=st.sampled_from([2, 4]))
@settings(max_examples=200, deadline=None)
def test_a_fair_plan_has_as_many_pairs_and_the_least_regret(instance, power):
    plan = plan_of(instance, Options(fair=power))

    top = max(instance.points.values(), default=1) or 1
    worth = {
        pair: 12_000 * (top**power - (top - value) ** power) // top**power
        for pair, value in instance.points.items()
    }
    count, total = oracles.scipy_assignment(instance.mentees, instance.capacity, worth)
    assert (plan.count, sum(worth[pair.newcomer, pair.mentor] for pair in plan.pairs)) == (count, total)


@given(instance=instances(), data=st.data())
@settings(max_examples=200, deadline=None)
def test_waiting_longer_counts_and_never_costs_a_pair(instance, data):
    weeks = {n: data.draw(st.sampled_from([0, 5, 60])) for n in instance.mentees}
    waited = Instance(instance.mentees, instance.capacity, instance.points, weeks_waited=weeks)

    plan = plan_of(waited, Options(waiting=100))

    worth = {pair: value + 100 * min(weeks[pair[0]], 52) for pair, value in instance.points.items()}
    count, total = oracles.scipy_assignment(instance.mentees, instance.capacity, worth)
    assert (plan.count, sum(worth[pair.newcomer, pair.mentor] for pair in plan.pairs)) == (count, total)


@given(instance=instances(), data=st.data())
@settings(max_examples=150, deadline=None)
def test_a_steady_plan_that_may_lose_nothing_keeps_the_most_pairs_of_all_best_plans(instance, data):
    pairs = sorted(instance.points)
    shown = frozenset(data.draw(st.lists(st.sampled_from(pairs), max_size=6))) if pairs else frozenset()

    plan = plan_of(instance, Options(steady=Steady(shown, 0)))

    assert answer(plan) == oracles.scipy_assignment(instance.mentees, instance.capacity, instance.points)
    if max(instance.points.values(), default=0) <= 3:
        worth = {pair: 20 * value + (pair in shown) for pair, value in instance.points.items()}
        kept = sum((pair.newcomer, pair.mentor) in shown for pair in plan.pairs)
        best = oracles.network_simplex(instance.mentees, instance.capacity, worth)
        assert (plan.count, 20 * plan.points + kept) == best


@given(instance=instances(), loss=st.integers(0, 3000), data=st.data())
@settings(max_examples=100, deadline=None)
def test_a_steady_plan_stays_within_the_stated_loss(instance, loss, data):
    pairs = sorted(instance.points)
    shown = frozenset(data.draw(st.lists(st.sampled_from(pairs), max_size=6))) if pairs else frozenset()
    best, strict = plan_of(instance), plan_of(instance, Options(steady=Steady(shown, 0)))

    plan = plan_of(instance, Options(steady=Steady(shown, loss)))

    def kept(some_plan):
        return len(shown & {(pair.newcomer, pair.mentor) for pair in some_plan.pairs})

    assert plan.count == best.count
    assert plan.points >= best.points - loss
    assert kept(plan) >= kept(strict)


@given(instance=instances(), seed=st.integers(0, 100))
@settings(max_examples=100, deadline=None)
def test_the_same_input_gives_the_same_plan_in_every_order(instance, seed):
    turned = Instance(
        instance.mentees,
        dict(sorted(instance.capacity.items(), key=lambda entry: hash((entry, seed)))),
        dict(sorted(instance.points.items(), key=lambda entry: hash((entry, seed)))),
    )
    turned = Instance(turned.mentees, dict(sorted(turned.capacity.items())), turned.points)

    assert plan_of(turned).pairs == plan_of(instance).pairs


def test_a_plan_stopped_at_once_says_how_far_from_the_best_it_is_at_most():
    points = {(f"n{n}", f"m{m}"): 100 * n + m for n in range(9) for m in range(3)}
    instance = Instance(tuple(f"n{n}" for n in range(9)), {"m0": 1, "m1": 2, "m2": 3}, points)

    stopped, _ = match_instance(instance, Options(), ranks=False, watch=Watch(0, None, None))

    best = plan_of(instance)
    big = stopped.certificate.big
    missing = (best.count - stopped.count) * big + best.points - stopped.points
    assert 0 < missing <= stopped.gap
