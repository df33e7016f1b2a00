"""When two could talk for the first time: hours in which both are usually free, each in her own time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from mentorship.rules.hours import PART_HOURS, WEEKDAYS

LENGTH = timedelta(minutes=30)
NOTICE = timedelta(hours=24)
"""Nobody is asked to talk sooner than this."""
AHEAD = timedelta(days=14)
MOST = 3
STEP = timedelta(minutes=30)

Parts = Collection[tuple[str, str]]
"""Parts of the day such as ``("weekday", "evening")``: keys of `WEEKDAYS` and `PART_HOURS`."""


def proposals(one: Parts, one_zone: str, other: Parts, other_zone: str, *, at: datetime) -> list[datetime]:
    """At most three beginnings of a first talk, on different days, soonest first.

    Parameters
    ----------
    one, other
        The parts of the day in which each is usually free, in her local time.
    one_zone, other_zone
        Their IANA time zones.
    at
        The present, aware.

    Returns
    -------
    list of datetime
        Aware, in UTC. Empty where one of them ticked nothing: that says neither free nor busy.

    Notes
    -----
    Each half hour of the coming two weeks is looked at as it reads on both clocks on that very day, so that a
    change to or from summer time between now and then is that of each one's own place.

    Examples
    --------
    >>> at = datetime(2026, 3, 4, 12, tzinfo=UTC)
    >>> found = proposals([("weekend", "morning")], "UTC", [("weekend", "afternoon")], "Asia/Kolkata", at=at)
    >>> [each.isoformat() for each in found]
    ['2026-03-07T07:00:00+00:00', '2026-03-08T07:00:00+00:00', '2026-03-14T07:00:00+00:00']
    """
    found: list[datetime] = []
    zone = ZoneInfo(one_zone)
    for start in _half_hours(at):
        is_new_day = not found or start.astimezone(zone).date() != found[-1].astimezone(zone).date()
        if is_new_day and suits(start, one, one_zone) and suits(start, other, other_zone):
            found.append(start)
        if len(found) == MOST:
            break
    return found


def is_possible(
    start: datetime, one: Parts, one_zone: str, other: Parts, other_zone: str, *, at: datetime
) -> bool:
    """Whether a talk at `start` would still suit both: it is ahead, within two weeks, in hours of both."""
    return (
        at < start <= at + AHEAD + NOTICE and suits(start, one, one_zone) and suits(start, other, other_zone)
    )


def suits(start: datetime, parts: Parts, zone: str) -> bool:
    """Whether the whole of a talk from `start` lies in parts of the day that are hers.

    Examples
    --------
    >>> suits(datetime(2026, 3, 2, 21, 30, tzinfo=UTC), [("weekday", "evening")], "Europe/Berlin")
    True
    >>> suits(datetime(2026, 3, 2, 22, tzinfo=UTC), [("weekday", "evening")], "Europe/Berlin")
    False
    """
    local = ZoneInfo(zone)
    moments = (start, start + LENGTH - timedelta(minutes=1))
    return all(_part_of(moment.astimezone(local)) in set(parts) for moment in moments)


def _part_of(local: datetime) -> tuple[str, str] | None:
    day = next(name for name, days in WEEKDAYS.items() if local.weekday() in days)
    return next(((day, part) for part, hours in PART_HOURS.items() if local.hour in hours), None)


def _half_hours(at: datetime) -> list[datetime]:
    first = (at + NOTICE).astimezone(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return [first + STEP * n for n in range(int(AHEAD / STEP))]
