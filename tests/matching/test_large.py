"""Rounds too large to hold all pairs: the same best plan, by other ways, and its proof over all pairs."""

import time
from dataclasses import replace

import numpy as np
import pytest

import mentorship.matching.large as large
import mentorship.matching.master as master
import mentorship.matching.rounds as rounds
import mentorship.matching.sample as sample
from benchmarks.population import population
from mentorship.matching import Cancelled, Choices, Options, eligible, match
from mentorship.matching.columns import block_points, encode
from mentorship.matching.graph import Repair
from mentorship.matching.large import Best, best_of_columns
from mentorship.matching.market import market_of_columns, task_of
from mentorship.matching.pairwise import pair_points
from mentorship.matching.people import Shares
from mentorship.matching.rounds import Arcs, best_of_all
from mentorship.matching.scan import BlockScan, CompiledScan
from mentorship.matching.solve import solve
from mentorship.matching.watch import Watch
from mentorship.matching.worth import fair_table
from tests.matching.people import community

WATCH = Watch(None, None, None)


def audit(columns, best, options=None):
    """Check the proof over every pair with numpy alone; see the docstring of `verify`."""
    options = options or Options()
    table = fair_table(options.fair, 12_000).astype(np.int64)
    boost = options.waiting * np.minimum(columns.waited, 52)
    optimum, counted = best.optimum, 0
    assert (optimum.prices >= 0).all()
    assert (optimum.values >= 0).all()
    for first in range(0, columns.newcomers, 500):
        rows = slice(first, min(first + 500, columns.newcomers))
        points = block_points(columns, rows)
        worth = best.big + table[points] + boost[rows, None]
        allowed = optimum.prices[None] + optimum.values[rows, None]
        assert ((worth <= allowed) | (points < 0) | (columns.places == 0)).all()
        chosen = best.mentor[rows]
        has = np.flatnonzero(chosen >= 0)
        assert (points[has, chosen[has]] >= 0).all()
        counted += int(worth[has, chosen[has]].sum())
    taken = np.bincount(best.mentor[best.mentor >= 0], minlength=columns.mentors)
    assert (taken <= columns.places).all()
    assert best.big > 12_000 * columns.newcomers
    assert counted == int(optimum.values.sum()) + int((optimum.prices * columns.places).sum())
    assert optimum.gap == 0


@pytest.mark.parametrize("places", ["scarce", "ample"])
@pytest.mark.parametrize("options", [Options(), Options(fair=4)])
def test_the_best_plan_of_thousands_is_proved_over_all_pairs(places, options):
    columns = population(2500, 400, places, seed=3)

    best = best_of_columns(columns, WATCH, options=options)

    audit(columns, best, options)


@pytest.mark.parametrize("places", ["scarce", "ample"])
def test_prices_from_a_sample_lead_to_the_same_best_plan(monkeypatch, places):
    columns = replace(population(3000, 500, places, seed=4), barred=np.array([[0, 1], [7, 3]]))
    without = best_of_columns(columns, WATCH)
    monkeypatch.setattr(sample, "FROM", 1)

    told = []
    best = best_of_columns(columns, Watch(None, told.append, None))

    assert {progress.of for progress in told} == {columns.newcomers}
    audit(columns, best)
    assert int((best.mentor >= 0).sum()) == int((without.mentor >= 0).sum())
    assert int(best.points.sum()) == int(without.points.sum())


@pytest.mark.parametrize("deleting", [0, 8])
def test_a_guess_that_is_all_wrong_costs_rounds_and_nothing_else(monkeypatch, deleting):
    columns = population(1500, 300, "scarce", seed=8)
    known = best_of_columns(columns, WATCH)
    wrong = known.optimum.prices.max() - known.optimum.prices
    monkeypatch.setattr(rounds, "DELETING", deleting)
    nobody, nothing = np.zeros(0, dtype=np.int64), np.zeros(columns.newcomers, dtype=np.int64)
    scan, extra = CompiledScan(columns), Arcs(nobody, nobody, nobody)

    found = best_of_all(scan, columns.places, nothing, extra, known.big, WATCH, prices=wrong)

    audit(columns, Best(found.mentor, found.worth, found, known.big))
    assert int(found.worth.sum()) == int(known.points.sum())


def test_it_is_the_plan_that_the_engine_finds_among_all_pairs():
    columns = population(1200, 200, "scarce", seed=5)
    task = task_of(market_of_columns(columns, fair_top=12_000), Choices(), Options())

    best, small = best_of_columns(columns, WATCH), solve(task, WATCH)

    assert int((best.mentor >= 0).sum()) == int((small.arc >= 0).sum())
    assert int(best.points.sum()) == int(task.graph.worth[small.arc[small.arc >= 0]].sum())


def test_without_the_extra_it_is_just_as_good_and_says_so(monkeypatch):
    columns = population(800, 150, "scarce", seed=6)
    with_extra = best_of_columns(columns, WATCH)
    monkeypatch.setattr(large, "can_compile", lambda: False)
    monkeypatch.setattr("mentorship.matching.graph.can_compile", lambda: False)
    monkeypatch.setattr(master, "has_flow_solver", lambda: False)

    without = best_of_columns(columns, WATCH)
    plan = large.match_large(columns, Choices(), Options(), WATCH)

    audit(columns, without)
    assert int(without.points.sum()) == int(with_extra.points.sum())
    assert plan.points == int(with_extra.points.sum())
    assert "`scale` is not installed" in plan.notes[0]


@pytest.mark.parametrize("seed", range(6))
def test_a_large_round_of_people_is_the_small_one(seed, monkeypatch):
    people = community(seed, newcomers=60, mentors=12)
    waited = Options(waiting=30, fair=seed % 2 * 2)
    whole = match(people, options=waited)
    monkeypatch.setattr("mentorship.matching.matchmaking.LARGE", 0)

    rounds = match(people, options=waited)

    assert (rounds.count, rounds.gap) == (whole.count, 0)
    assert sum(rounds.certificate.values.values()) > 0
    assert dual(rounds, people) == dual(whole, people)
    assert rounds.input_sha256 == whole.input_sha256
    for pair in rounds.pairs:
        assert eligible(people.newcomer(pair.newcomer), people.mentor(pair.mentor), people) is None
    nobody = {n: why for n, why in whole.alone.items() if why.reason == "nobody_feasible"}
    assert nobody == {n: why for n, why in rounds.alone.items() if why.reason == "nobody_feasible"}


def dual(plan, people):
    counts = plan.certificate
    places = {mentor.id: mentor.places for mentor in people.mentors}
    bound = sum(counts.values.values()) + sum(places[m] * price for m, price in counts.prices.items())
    return bound - plan.count * counts.big


@pytest.mark.parametrize("seed", range(6))
def test_choices_hold_in_large_rounds(seed, monkeypatch):
    people = community(seed, newcomers=60, mentors=12)
    plan = match(people)
    some = plan.pairs[seed]
    other = next(
        m.id
        for m in people.mentors
        if eligible(people.newcomer(some.newcomer), m, people) is None and m.id != some.mentor
    )
    choices = Choices(
        locked=frozenset({(some.newcomer, other)}),
        forbidden=frozenset({(pair.newcomer, pair.mentor) for pair in plan.pairs[10:15]}),
    )
    whole = match(people, choices=choices)
    monkeypatch.setattr("mentorship.matching.matchmaking.LARGE", 0)

    rounds = match(people, choices=choices)

    assert rounds.mentor_of[some.newcomer] == other
    assert not choices.forbidden & set(rounds.mentor_of.items())
    assert (rounds.count, rounds.points, rounds.gap) == (whole.count, whole.points, 0)


@pytest.mark.parametrize("fair", [0, 4])
def test_the_two_scans_find_the_same(fair):
    columns = population(700, 1500, "scarce", seed=8)
    table = fair_table(fair, 12_000) if fair else None
    random = np.random.default_rng(1)
    big = 12_000 * 700 + 1
    prices = random.integers(0, 9000, 1500) + np.where(random.random(1500) < 0.3, big, 0)
    values = random.integers(0, 9000, 700) + np.where(random.random(700) < 0.7, big, 0)
    compiled, plain = CompiledScan(columns, table), BlockScan(columns, table)

    one, other = compiled.unsettled(prices, values, big, 12), plain.unsettled(prices, values, big, 12)

    best = [
        np.sort(np.where(found.mentor >= 0, found.worth, -1), axis=1)
        for found in (compiled.best(9), plain.best(9))
    ]
    assert np.array_equal(*best)
    for found in (one, other):
        n, m, worth = found.arcs()
        assert (big + worth - prices[m] > values[n]).all()
    assert np.array_equal((one.mentor >= 0).sum(axis=1), (other.mentor >= 0).sum(axis=1))
    assert (one.mentor >= 0).any()


@pytest.mark.parametrize("seed", range(10))
def test_the_points_of_chosen_pairs_are_those_of_the_block(seed):
    people = community(seed, newcomers=20, mentors=9)
    columns = encode(people, Shares())
    n, m = (each.ravel() for each in np.indices((20, 9)))
    open_to_all = replace(columns, barred=np.zeros((0, 2), dtype=np.int64))

    assert np.array_equal(pair_points(columns, n, m).reshape(20, 9), block_points(open_to_all, slice(0, 20)))


def test_a_large_round_stopped_early_says_how_far_from_the_best_it_is_at_most():
    columns = population(3000, 300, "scarce", seed=4)

    stopped = best_of_columns(columns, Watch(0, None, None))

    best = best_of_columns(columns, WATCH)
    missing = (int((best.mentor >= 0).sum()) - int((stopped.mentor >= 0).sum())) * best.big
    missing += int(best.points.sum()) - int(stopped.points.sum())
    assert 0 < missing <= stopped.optimum.gap


def test_the_same_people_give_the_same_plan_every_time():
    columns = population(3000, 300, "scarce", seed=9)

    plans = [best_of_columns(columns, WATCH).mentor for _ in range(2)]

    assert np.array_equal(*plans)


def test_repair_after_many_events_equals_a_solve_from_scratch():
    columns = population(1500, 150, "scarce", seed=2)
    task = task_of(market_of_columns(columns, fair_top=12_000), Choices(), Options())
    repair = Repair(task.graph, task.big)
    repair.place_all(np.arange(columns.newcomers))
    random = np.random.default_rng(1)
    for event in range(400):
        n = int(random.integers(columns.newcomers))
        arc = int(repair.state.match[n])
        if event % 2 and arc >= 0:
            repair.forbid(arc)
        elif repair.state.present[n]:
            repair.remove(n)
        else:
            repair.place(n)

    worth = np.asarray(repair.state.worth)
    alive = (worth >= 0) & (np.asarray(repair.state.present)[task.graph.owner] == 1)
    start = np.concatenate(([0], np.cumsum(alive)))[task.graph.start]
    left = type(task.graph)(task.graph.capacity, start, task.graph.mentor[alive], worth[alive])
    fresh = master.solved_cold(left, task.big)

    def answer(solved, arcs):
        match_ = np.asarray(solved.state.match)
        return int((match_ >= 0).sum()), int(arcs[match_[match_ >= 0]].sum())

    assert answer(repair, worth) == answer(fresh, worth[alive])


@pytest.mark.full
@pytest.mark.parametrize("places", ["scarce", "ample"])
def test_ten_thousand_by_two_thousand_equals_the_flow_solver_on_all_pairs(places):
    columns = population(10_000, 2_000, places, seed=1)
    task = task_of(market_of_columns(columns, fair_top=12_000), Choices(), Options())
    plan = master.flow_plan(task.graph, 10**6)

    best = best_of_columns(columns, WATCH)

    audit(columns, best)
    assert int((best.mentor >= 0).sum()) == int((plan >= 0).sum())
    assert int(best.points.sum()) == int(task.graph.worth[plan[plan >= 0]].sum())


def test_a_large_round_can_be_cancelled_at_any_stage():
    columns = population(3000, 300, "scarce", seed=4)
    for stage in range(4):
        asked = iter([False] * stage)

        with pytest.raises(Cancelled):
            best_of_columns(columns, Watch(None, None, lambda asked=asked: next(asked, True)))


@pytest.mark.full
@pytest.mark.parametrize(("newcomers", "mentors", "most"), [(1000, 200, 3), (2000, 400, 10)])
def test_without_the_extra_a_round_takes_seconds(monkeypatch, newcomers, mentors, most):
    for place in ("large", "graph"):
        monkeypatch.setattr(f"mentorship.matching.{place}.can_compile", lambda: False)
    monkeypatch.setattr(master, "has_flow_solver", lambda: False)
    columns = population(newcomers, mentors, "scarce", seed=1)
    began = time.process_time()

    if newcomers * mentors > large.LARGE:
        best = best_of_columns(columns, WATCH)
    else:
        market = market_of_columns(columns, fair_top=12_000)
        best = solve(task_of(market, Choices(), Options()), WATCH)

    assert time.process_time() - began < most
    assert best
