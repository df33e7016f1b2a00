"""When someone is usually free: her ticked parts of the day as hours of a UTC week."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PART_HOURS: dict[str, range] = {
    "morning": range(7, 12),
    "afternoon": range(12, 18),
    "evening": range(18, 23),
}
"""Local hours of the parts of the day."""

WEEKDAYS: dict[str, range] = {"weekday": range(5), "weekend": range(5, 7)}
"""Days of the week, Monday first."""


def week_hours(parts: Iterable[tuple[str, str]], *, time_zone: str, week_of: date) -> frozenset[int]:
    """The hours of a UTC week in which she is usually free.

    Parameters
    ----------
    parts
        Pairs such as ``("weekday", "evening")``: keys of `WEEKDAYS` and `PART_HOURS`.
    time_zone
        Her IANA time zone.
    week_of
        Any day of the week meant; daylight saving is that week's.

    Returns
    -------
    frozenset of int
        0 (Monday 00:00 UTC) to 167; hours that fall out of the week wrap round.

    Notes
    -----
    A zone off by a half or quarter of an hour is rounded down to the hour.

    Examples
    --------
    >>> sorted(week_hours([("weekend", "morning")], time_zone="UTC", week_of=date(2026, 3, 4)))[:3]
    [127, 128, 129]
    """
    monday = week_of - timedelta(days=week_of.weekday())
    start = datetime.combine(monday, time(), tzinfo=UTC)
    zone = ZoneInfo(time_zone)
    hours = set()
    for day, part in parts:
        for weekday in WEEKDAYS[day]:
            for hour in PART_HOURS[part]:
                local = datetime.combine(monday + timedelta(days=weekday), time(hour), tzinfo=zone)
                hours.add(int((local.astimezone(UTC) - start).total_seconds() // 3600) % 168)
    return frozenset(hours)
