"""The named-helper rate by quarter against the rate of the whole, and which quarters may be shown."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship.rules.helped import Answer, Asked, Rate, named_helper_rate
from mentorship.rules.over_time import Quarter, by_quarter, open_quarters, open_series

START = datetime(2025, 11, 1, tzinfo=UTC)
AGES = (30, 90, 180)


def after(days):
    return START + timedelta(days=days)


answers = st.tuples(st.integers(0, 500).map(after), st.sampled_from(Answer))
requests = st.builds(Asked, st.integers(0, 500).map(after), st.lists(answers, max_size=3).map(tuple))


@given(st.lists(requests, max_size=25), st.integers(0, 700).map(after))
def test_the_quarters_add_up_to_the_whole_at_every_age(asked, at):
    found = by_quarter(asked, ages=AGES, at=at)

    for place, days in enumerate(AGES):
        whole = named_helper_rate(asked, days=days, at=at)
        parts = [one.rates[place].parts for one in found]
        assert tuple(map(sum, zip((0, 0, 0), *parts, strict=True))) == whole.parts
    quarters = [one.quarter for one in found]
    assert quarters == sorted(set(quarters))
    assert all(first.next() == second for first, second in pairwise(quarters))


@pytest.mark.parametrize(
    ("at", "quarter"),
    [
        ("2025-12-31T23:59:59+00:00", Quarter(2025, 4)),
        ("2026-01-01T00:00:00+00:00", Quarter(2026, 1)),
        ("2026-01-01T00:30:00+01:00", Quarter(2025, 4)),
        ("2026-06-30T12:00:00+00:00", Quarter(2026, 2)),
    ],
)
def test_a_request_is_of_the_quarter_it_has_in_world_time(at, quarter):
    assert Quarter.of(datetime.fromisoformat(at)) == quarter


def test_quarters_follow_each_other_and_say_their_name():
    assert [str(Quarter(2025, 4).next()), str(Quarter(2026, 1).next())] == ["2026-Q1", "2026-Q2"]
    assert [Quarter(2026, n).first_day.month for n in (1, 2, 3, 4)] == [1, 4, 7, 10]


def test_a_quarter_too_young_for_any_age_is_not_there_and_one_without_requests_is():
    found = by_quarter([Asked(after(0)), Asked(after(200)), Asked(after(300))], ages=AGES, at=after(301))

    assert [(str(one.quarter), one.asked, one.rates[0].requests) for one in found] == [
        ("2025-Q4", 1, 1), ("2026-Q1", 0, 0), ("2026-Q2", 1, 1),
    ]  # fmt: skip
    assert by_quarter([Asked(after(300))], ages=AGES, at=after(301)) == []


COUNTS = st.tuples(*[st.integers(0, 12)] * 3)


@given(st.lists(COUNTS, max_size=6))
def test_no_part_of_a_quarter_under_five_can_be_read_or_found_by_subtraction(counted):
    rates = [
        Rate(90, named, named + otherwise + silent, named + otherwise, 0, 1)
        for named, otherwise, silent in counted
    ]

    shown = open_series(rates)

    assert len(shown) == len(rates)
    assert all(one is None or one == rate for one, rate in zip(shown, rates, strict=True))
    assert not {1, 2, 3, 4} & {part for one in shown if one for part in one.parts}
    closed = [rate.parts for rate, one in zip(rates, shown, strict=True) if one is None]
    if any(one and one.requests for one in shown):
        assert not {1, 2, 3, 4} & {sum(parts) for parts in zip(*closed, strict=True)}


@given(st.lists(requests, max_size=40), st.integers(0, 700).map(after))
def test_at_each_age_a_quarter_is_shown_where_its_series_lets_it(asked, at):
    found = by_quarter(asked, ages=AGES, at=at)

    shown = open_quarters(found)

    assert [(one.quarter, one.asked) for one in shown] == [(one.quarter, one.asked) for one in found]
    for age in range(len(AGES)):
        rates = [one.rates[age] for one in found]
        assert [one.rates[age] for one in shown] == open_series(rates)
        assert all(one.rates[age] for one, rate in zip(shown, rates, strict=True) if not rate.requests)
