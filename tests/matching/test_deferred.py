"""Deferred acceptance, to compare with: stable, and never better than the best plan."""

import random

import pytest

from mentorship.matching import eligible, match, points, stable_pairs
from tests.matching.people import community


@pytest.mark.parametrize("seed", range(40))
def test_nobody_would_rather_have_each_other(seed):
    people = community(seed, newcomers=12, mentors=5, most_places=2)
    random_ = random.Random(seed)  # the same wishes every time are wanted
    gladly = {
        (one.id, other.id): random_.randint(0, 9) for one in people.newcomers for other in people.mentors
    }

    pairs = stable_pairs(people, mentors_prefer=gladly)

    mentor_of = {pair.newcomer: pair.mentor for pair in pairs}
    for one in people.newcomers:
        for other in people.mentors:
            if eligible(one, other, people) is None and mentor_of.get(one.id) != other.id:
                fit = points(one, other, people)
                hers = people.mentor_by_id.get(mentor_of.get(one.id))
                she_would = hers is None or (fit, hers.id) > (points(one, hers, people), other.id)
                held = [n for n, m in mentor_of.items() if m == other.id]
                mentor_would = len(held) < other.places or any(
                    (gladly[one.id, other.id], one.id) > (gladly[n, other.id], n) for n in held
                )
                assert not (she_would and mentor_would)


def test_it_is_never_better_and_sometimes_leaves_more_alone():
    lost = 0
    for seed in range(40):
        people = community(seed, newcomers=12, mentors=5, most_places=2)
        best, stable = match(people), stable_pairs(people)

        assert (len(stable), sum(pair.points for pair in stable)) <= (best.count, best.points)
        lost += best.count - len(stable)
    assert lost > 0
