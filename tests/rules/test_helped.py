"""The named-helper rate against a count by hand, and its interval against known values."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship.rules.helped import PERSONS, Answer, Asked, Rate, named_helper_rate, open_to_others, wilson

START = datetime(2026, 1, 1, tzinfo=UTC)


def after(days):
    return START + timedelta(days=days)


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (9, 12, 0.4677, 0.9111)],
)
def test_the_wilson_interval_has_the_published_values(count, total, low, high):
    assert wilson(count, total) == pytest.approx((low, high), abs=5e-5)


def test_with_nobody_asked_nothing_is_known():
    assert wilson(0, 0) == (0.0, 1.0)


def test_everyone_who_asked_counts_and_only_persons_are_named():
    requests = [
        Asked(START, ((after(30), Answer.SOMEONE_HERE),)),
        Asked(START, ((after(0), Answer.SOMEONE_ELSEWHERE),)),
        Asked(START, ((after(30), Answer.GROUP_OR_EVENT),)),
        Asked(START, ((after(30), Answer.NOBODY_YET),)),
        Asked(START, ((after(30), Answer.RATHER_NOT_SAY),)),
        Asked(START),  # silent, or erased
        Asked(after(20), ((after(21), Answer.SOMEONE_HERE),)),  # not old enough yet
    ]

    rate = named_helper_rate(requests, days=30, at=after(31))

    assert (rate.named, rate.requests, rate.answered) == (2, 6, 4)


def test_an_answer_to_a_later_question_does_not_count_for_an_earlier_age():
    later = [Asked(START, ((after(90), Answer.SOMEONE_HERE),))]

    assert named_helper_rate(later, days=30, at=after(200)).named == 0
    assert named_helper_rate(later, days=90, at=after(200)).named == 1


answers = st.tuples(st.integers(0, 200).map(after), st.sampled_from(Answer))
requests = st.builds(Asked, st.integers(0, 200).map(after), st.lists(answers, max_size=4).map(tuple))


@given(st.lists(requests, max_size=20), st.sampled_from([30, 90, 180]), st.integers(0, 400).map(after))
def test_the_rate_equals_a_plain_count(asked, days, at):
    rate = named_helper_rate(asked, days=days, at=at)

    old = [request for request in asked if (at - request.opened_at).days >= days]
    named = [
        request
        for request in old
        if any(
            answer in PERSONS and (when - request.opened_at).days <= days for when, answer in request.answers
        )
    ]
    assert (rate.named, rate.requests) == (len(named), len(old))
    assert 0 <= rate.low <= rate.high <= 1
    assert rate.named <= rate.answered <= rate.requests
    if old:
        assert rate.low <= rate.named / rate.requests + 1e-12
        assert rate.high >= rate.named / rate.requests - 1e-12


COUNTS = st.tuples(*[st.integers(0, 12)] * 3)


@given(st.lists(COUNTS, max_size=3))
def test_no_count_under_five_can_be_read_or_found_by_subtraction(counted):
    rates = [
        Rate(days, named, named + otherwise + silent, named + otherwise, 0, 1)
        for days, (named, otherwise, silent) in zip((30, 90, 180), counted, strict=False)
    ]

    found = [rate.parts for rate in open_to_others(rates)]

    alone = [part for parts in found for part in parts]
    apart = [abs(one - other) for a in found for b in found for one, other in zip(a, b, strict=True)]
    assert not {1, 2, 3, 4} & {*alone, *apart}
    assert len(rates) != 1 or not rates[0].requests or bool(found) == (not {1, 2, 3, 4} & set(counted[0]))
