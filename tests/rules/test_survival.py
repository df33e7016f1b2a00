"""The survival estimate against scipy's, and what it says of a wait."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from mentorship.rules.survival import ENOUGH, Wait, curve, range_of_wait

waits = st.lists(
    st.builds(Wait, days=st.integers(1, 60).map(float), ended=st.booleans()), min_size=1, max_size=60
).filter(lambda given: any(wait.ended for wait in given))


@given(waits)
def test_the_curve_is_the_one_scipy_draws(past):
    data = stats.CensoredData(
        uncensored=[wait.days for wait in past if wait.ended],
        right=[wait.days for wait in past if not wait.ended],
    )
    expected = stats.ecdf(data).sf

    ours = curve(past)

    assert np.allclose([share for _, share in ours], expected.evaluate([days for days, _ in ours]))


def test_who_still_waits_makes_the_estimate_longer():
    past = [Wait(float(days), True) for days in range(1, 21)]
    still = past + [Wait(40.0, False)] * 10

    assert range_of_wait(still).low > range_of_wait(past).low


def test_nothing_is_said_before_enough_is_known():
    past = [Wait(3.0, True)] * (ENOUGH - 1) + [Wait(30.0, False)] * 50

    assert range_of_wait(past) is None
    assert range_of_wait([*past, Wait(3.0, True)]) is None  # a quarter have never had a mentor: not reached
    assert range_of_wait([Wait(3.0, True)] * ENOUGH) is not None


def test_where_the_past_does_not_reach_it_is_or_longer():
    past = [Wait(float(days), True) for days in range(1, 13)] + [Wait(20.0, False)] * 12

    assert range_of_wait(past).high is None


@pytest.mark.parametrize("waited", [0, 5, 11, 19])
def test_the_range_is_counted_from_now(waited):
    past = [Wait(float(days), True) for days in range(1, 21)]

    found = range_of_wait(past, waited=waited)

    assert 0 <= found.low <= found.high <= 20 - waited


def test_whoever_has_waited_longer_than_anyone_is_promised_nothing():
    assert range_of_wait([Wait(float(days), True) for days in range(1, 21)], waited=30) is None
