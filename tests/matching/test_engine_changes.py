"""An engine kept alive: whatever arrives, leaves or is decided, its plan stays the best."""

import random

import pytest

from mentorship.matching import (
    BadPeople,
    Choices,
    Engine,
    ImpossibleChoice,
    Newcomer,
    Options,
    UnknownPerson,
    match,
)
from tests.matching.people import community, newcomer


@pytest.mark.parametrize("seed", range(40))
def test_an_engine_stays_the_best_through_everything(seed):
    random_ = random.Random(seed)  # the same events every time are wanted
    options = Options(fair=random_.choice([0, 2]), waiting=random_.choice([0, 50]))
    people = community(seed, newcomers=9, mentors=4)
    engine = Engine(people, options=options)
    for event in range(25):
        disturb(engine, random_, event)
        plan = engine.plan()
        choices = Choices(frozenset(engine.locks.items()), engine.forbidden_pairs)
        fresh = match(engine.people, choices=choices, options=options)
        assert plan.count == fresh.count
        assert plan.certificate.values.keys() == fresh.certificate.values.keys()
        if not options.fair and not options.waiting:
            assert plan.points == fresh.points
        assert whom_nobody_fits(plan) == whom_nobody_fits(fresh)
        assert plan.input_sha256 == fresh.input_sha256
        assert worth_of(plan, engine, options) == worth_of(fresh, engine, options)


def whom_nobody_fits(plan):
    return {n: why for n, why in plan.alone.items() if why.reason == "nobody_feasible"}


def worth_of(plan, engine, options):
    top = 12_000
    total = 0
    for pair in plan.pairs:
        regret = top - pair.points
        worth = (
            top * (top**options.fair - regret**options.fair) // top**options.fair
            if options.fair
            else pair.points
        )
        weeks = engine.people.newcomer(pair.newcomer).weeks_waited
        total += worth + options.waiting * min(weeks, 52)
    return total


def disturb(engine, random_, event):
    people = engine.people
    mentors = [mentor.id for mentor in people.mentors]
    newcomers = [each.id for each in people.newcomers]
    act = random_.choice(["arrive", "leave", "decline", "forbid", "lock", "unlock", "capacity"])
    try:
        if act == "arrive" or not newcomers:
            engine.arrive(newcomer(random_, f"late{event}", mentors))
        elif act == "leave":
            engine.leave(random_.choice(newcomers))
        elif act == "unlock":
            engine.unlock(random_.choice(newcomers))
        elif act == "capacity":
            engine.capacity(random_.choice(mentors), random_.randint(0, 4))
        else:
            getattr(engine, act)(random_.choice(newcomers), random_.choice(mentors))
    except ImpossibleChoice:
        assert act in ("lock", "forbid", "capacity")


def test_a_copy_of_an_engine_changes_apart():
    engine = Engine(community(5))
    before = engine.plan()
    twin = engine.copy()

    for one in list(before.mentor_of):
        twin.leave(one)

    assert twin.plan().count < before.count
    assert engine.plan().pairs == before.pairs


def test_an_engine_does_not_know_strangers():
    engine = Engine(community(5))

    with pytest.raises(UnknownPerson):
        engine.leave("nobody")
    with pytest.raises(BadPeople):
        engine.arrive(Newcomer("n0", {"ha": 6}))
