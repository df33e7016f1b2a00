"""Deadlines of a cohort, and hours of a week across time zones and daylight saving."""

from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorship.rules.deadlines import Deadlines, deadlines_of, due
from mentorship.rules.errors import BadInput
from mentorship.rules.hours import PART_HOURS, WEEKDAYS, week_hours

MONDAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
parts = st.sets(st.tuples(st.sampled_from(sorted(WEEKDAYS)), st.sampled_from(sorted(PART_HOURS))))
zones = st.sampled_from(["UTC", "Africa/Lagos", "Asia/Kathmandu", "America/Bogota", "Pacific/Auckland"])


@pytest.mark.parametrize(
    "settings",
    [{"unknown": 3}, {"ask_due_hours": "48"}, {"ask_due_hours": True}, {"length_weeks": 25}]
)  # fmt: skip
def test_a_setting_that_cannot_be_is_refused_by_its_name(settings):
    with pytest.raises(BadInput) as refusal:
        deadlines_of(settings)

    assert refusal.value.field in settings


@given(st.sampled_from(sorted(asdict(Deadlines()))), st.integers(12, 24))
def test_a_cohort_changes_one_deadline_and_keeps_the_rest(name, value):
    changed = asdict(deadlines_of({name: value}))

    assert changed == asdict(Deadlines()) | {name: value}


def test_a_deadline_begins_when_the_clock_goes_on_again():
    pause = NOON + timedelta(days=10)

    assert due(NOON, pause, hours=48) == pause + timedelta(hours=48)
    assert due(pause, NOON, hours=48) == pause + timedelta(hours=48)


@given(parts, zones, st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_a_week_has_as_many_free_hours_everywhere(chosen, zone, week):
    hours = week_hours(chosen, time_zone=zone, week_of=week)

    expected = sum(len(WEEKDAYS[day]) * len(PART_HOURS[part]) for day, part in chosen)
    assert abs(len(hours) - expected) <= 2  # the hour daylight saving takes or gives
    assert hours <= set(range(168))


def test_an_evening_in_lagos_is_an_hour_earlier_in_utc():
    there = week_hours([("weekday", "evening")], time_zone="Africa/Lagos", week_of=MONDAY)

    assert {
        hour - 1 for hour in week_hours([("weekday", "evening")], time_zone="UTC", week_of=MONDAY)
    } == there


def test_daylight_saving_moves_the_hours_of_that_week_only():
    winter = week_hours([("weekday", "morning")], time_zone="Europe/London", week_of=date(2026, 3, 24))
    summer = week_hours([("weekday", "morning")], time_zone="Europe/London", week_of=date(2026, 4, 2))

    assert {hour - 1 for hour in winter} == summer


def test_monday_morning_in_auckland_is_sunday_in_utc():
    there = week_hours([("weekday", "morning")], time_zone="Pacific/Auckland", week_of=MONDAY)

    assert {6 * 24 + hour for hour in range(18, 23)} <= there  # 07:00 to 11:00 there, 13 hours ahead
