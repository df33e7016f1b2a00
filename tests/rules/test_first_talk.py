"""Hours in common for a first talk: each in her own time, on the very day, summer time or not."""

from datetime import UTC, datetime, timedelta

import pytest

from mentorship.rules.first_talk import AHEAD, NOTICE, is_possible, proposals, suits

EVENING = [("weekday", "evening")]
MORNING = [("weekday", "morning")]
ALWAYS = [(day, part) for day in ("weekday", "weekend") for part in ("morning", "afternoon", "evening")]
MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_at_most_three_on_different_days_soonest_first_and_never_at_once():
    found = proposals(ALWAYS, "UTC", ALWAYS, "UTC", at=MONDAY)

    assert len(found) == 3
    assert found == sorted(found)
    assert len({start.date() for start in found}) == 3
    assert found[0] >= MONDAY + NOTICE
    assert found[-1] <= MONDAY + NOTICE + AHEAD + timedelta(hours=1)


@pytest.mark.parametrize("parts", [([], EVENING), (EVENING, []), ([], [])])
def test_who_ticked_nothing_is_proposed_nothing(parts):
    assert proposals(parts[0], "UTC", parts[1], "UTC", at=MONDAY) == []


def test_hours_that_never_meet_give_no_time():
    assert proposals(MORNING, "UTC", EVENING, "UTC", at=MONDAY) == []
    assert proposals(EVENING, "Africa/Lagos", EVENING, "Pacific/Auckland", at=MONDAY) == []


@pytest.mark.parametrize(
    ("at", "hour"),
    [
        (datetime(2026, 3, 20, 12, tzinfo=UTC), 18),  # Berlin an hour ahead of UTC until 29 March
        (datetime(2026, 3, 28, 12, tzinfo=UTC), 17),  # two hours from then on: Lagos knows no summer time
        (datetime(2026, 10, 16, 12, tzinfo=UTC), 17),
        (datetime(2026, 10, 24, 12, tzinfo=UTC), 18),  # and one again from 25 October on
    ],
)
def test_summer_time_is_that_of_the_day_talked_on_not_of_the_day_asked(at, hour):
    found = proposals(EVENING, "Europe/Berlin", [("weekday", "evening"), ("weekday", "afternoon")],
                      "Africa/Lagos", at=at)  # fmt: skip

    assert {start.hour for start in found if start > at + timedelta(days=2)} <= {hour - 1, hour}
    for start in found:
        assert start.astimezone(UTC) == start
        assert suits(start, EVENING, "Europe/Berlin")


def test_two_places_change_their_clocks_on_different_days():
    """New York is on summer time from 8 March, Berlin from 29 March: five hours apart, not six, between."""
    between = datetime(2026, 3, 16, 16, 30, tzinfo=UTC)  # 12:30 in New York, 17:30 in Berlin
    after = datetime(2026, 3, 30, 16, 30, tzinfo=UTC)  # 12:30 and 18:30

    assert suits(between, [("weekday", "afternoon")], "America/New_York")
    assert not suits(between, EVENING, "Europe/Berlin")
    assert suits(after, EVENING, "Europe/Berlin")


@pytest.mark.parametrize("zone", ["Asia/Kathmandu", "Asia/Kolkata", "Australia/Eucla"])
def test_zones_off_by_a_part_of_an_hour_lose_no_minute_of_either(zone):
    found = proposals(EVENING, zone, ALWAYS, "UTC", at=MONDAY)
    assert found
    for start in found:
        assert suits(start, EVENING, zone)


def test_a_talk_ends_before_her_part_of_the_day_does():
    ends_at_23 = datetime(2026, 3, 3, 22, 30, tzinfo=UTC)

    assert suits(ends_at_23, EVENING, "UTC")
    assert not suits(ends_at_23 + timedelta(minutes=30), EVENING, "UTC")
    assert not suits(ends_at_23 - timedelta(hours=5), EVENING, "UTC")


def test_a_time_stays_possible_until_it_comes_and_while_it_suits_both():
    both = (EVENING, "UTC", ALWAYS, "UTC")
    start = proposals(*both, at=MONDAY)[0]

    assert is_possible(start, *both, at=start - timedelta(minutes=1))
    assert not is_possible(start, *both, at=start)
    assert not is_possible(start, MORNING, "UTC", ALWAYS, "UTC", at=MONDAY)
    assert not is_possible(start + timedelta(days=28), *both, at=MONDAY)
