"""How long everything may take: the defaults, and what a cohort may set otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta

from mentorship.rules.errors import BadInput
from mentorship.rules.marking import N_


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Every deadline of a cohort; hours and days as the field's name says.

    Attributes
    ----------
    ask_reminder_hours, ask_due_hours
        A mentor is reminded, then her turn passes on.
    question_answer_hours, question_due_hours
        After the newcomer's answer to a mentor's question; before an unanswered one is withdrawn.
    hello_reminder_days, hello_told_days, hello_due_days
        After a yes: reminder, a coordinator is told, the mentorship lapses.
    check_in_first_days, check_in_second_days, check_in_third_days, check_in_every_days
        After a yes: when both are asked whether they are in touch, and how often from then on.
    length_weeks
        How long a mentorship is agreed for (4 to 24).
    closing_days
        After the agreed end without an answer, until the clock closes it.
    hand_over_days
        Within which a successor and the newcomer say whether they agree.
    lapsed_silence_days
        After a lapse, until a request nobody confirmed is closed.
    word_days
        Who waits is told how things stand at least this often.
    mentor_silence_days, mentor_away_days
        A mentor without a sign of life is asked, then set away.
    by_hand_days
        Within which a coordinator looks for a mentor by hand.
    round_every_days, round_review_days
        From one round to the next; how long before its date the draft is made.
    approval_days, approval_notice_days
        How long an approval holds; how long before its end a coordinator and the mentor are told.
    coordinator_writes_days
        Within which a coordinator writes to someone who has nobody to help her yet.
    """

    ask_reminder_hours: int = 24
    ask_due_hours: int = 48
    question_answer_hours: int = 48
    question_due_hours: int = 72
    hello_reminder_days: int = 2
    hello_told_days: int = 10
    hello_due_days: int = 21
    check_in_first_days: int = 7
    check_in_second_days: int = 14
    check_in_third_days: int = 30
    check_in_every_days: int = 30
    length_weeks: int = 13
    closing_days: int = 28
    hand_over_days: int = 7
    lapsed_silence_days: int = 30
    word_days: int = 30
    mentor_silence_days: int = 10
    mentor_away_days: int = 30
    by_hand_days: int = 7
    round_every_days: int = 28
    round_review_days: int = 7
    approval_days: int = 365
    approval_notice_days: int = 30
    coordinator_writes_days: int = 7


HELPER_QUESTION_DAYS = (30, 90, 180)
"""Days after asking for a mentor on which the helper question is asked.

The same everywhere: they are the ages of the named-helper rate.
"""

REPORT_READ_DAYS = 3
"""Within which a report that something is wrong is read."""

RANGES: dict[str, tuple[int, int]] = {
    "length_weeks": (4, 24),
    "ask_due_hours": (12, 14 * 24),
    "ask_reminder_hours": (1, 14 * 24),
}
"""The allowed range of a setting where it is not 1 to 366."""


def deadlines_of(settings: Mapping[str, object]) -> Deadlines:
    """The deadlines of a cohort: the defaults, with its own settings on top.

    Parameters
    ----------
    settings
        Names of `Deadlines` to whole numbers; other keys are refused.

    Returns
    -------
    Deadlines

    Raises
    ------
    BadInput
        Naming the setting that is unknown, not a whole number, or out of its range.

    Examples
    --------
    >>> deadlines_of({"ask_due_hours": 72}).ask_due_hours
    72
    """
    known = {field.name for field in fields(Deadlines)}
    for name, value in settings.items():
        low, high = RANGES.get(name, (1, 366))
        if name not in known:
            raise BadInput(N_("There is no deadline called “%(name)s”."), field=name, name=name)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise BadInput(
                N_("“%(name)s” must be a whole number from %(low)s to %(high)s."),
                field=name, name=name, low=low, high=high,
            )  # fmt: skip
    return replace(Deadlines(), **{name: value for name, value in settings.items() if isinstance(value, int)})


def due(start: datetime, paused_until: datetime | None, **length: int) -> datetime:
    """When something that starts at `start` is due, the cohort's clock being paused or not.

    Parameters
    ----------
    start
        Aware, UTC.
    paused_until
        Until when the cohort's clock stands still, or None.
    length
        As for `datetime.timedelta`: ``hours=48``, ``days=21``, ``weeks=13``.

    Returns
    -------
    datetime
        Aware, UTC; counted from the end of the pause when `start` lies in it.

    Examples
    --------
    >>> from datetime import UTC
    >>> due(datetime(2026, 3, 1, tzinfo=UTC), None, hours=48).isoformat()
    '2026-03-03T00:00:00+00:00'
    """
    if paused_until is not None and paused_until > start:
        start = paused_until
    return start + timedelta(**length)


def check_in_day(days: int, deadlines: Deadlines) -> int | None:
    """The latest day on which a pair is asked whether they are in touch, `days` after the yes.

    Parameters
    ----------
    days
        Whole days since the mentor said yes.
    deadlines
        The cohort's.

    Returns
    -------
    int or None
        None before the first day.

    Examples
    --------
    >>> [check_in_day(days, Deadlines()) for days in (6, 7, 29, 31, 95)]
    [None, 7, 14, 30, 90]
    """
    first = (deadlines.check_in_first_days, deadlines.check_in_second_days, deadlines.check_in_third_days)
    if days > first[-1]:
        return days - (days - first[-1]) % deadlines.check_in_every_days
    return max((day for day in first if day <= days), default=None)


def next_check_in_day(days: int, deadlines: Deadlines) -> int:
    """The day on which a pair is asked next, `days` after the yes.

    Examples
    --------
    >>> [next_check_in_day(days, Deadlines()) for days in (0, 7, 30, 95)]
    [7, 14, 60, 120]
    """
    first = (deadlines.check_in_first_days, deadlines.check_in_second_days, deadlines.check_in_third_days)
    later = [day for day in first if day > days]
    if later:
        return min(later)
    every = deadlines.check_in_every_days
    return first[-1] + ((days - first[-1]) // every + 1) * every
