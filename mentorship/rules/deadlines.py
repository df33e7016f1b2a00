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
    length_weeks
        How long a mentorship is agreed for (4 to 24).
    closing_days
        After the agreed end without an answer, until the clock closes it.
    lapsed_silence_days
        After a lapse, until a request nobody confirmed is closed.
    word_days
        Who waits is told how things stand at least this often.
    mentor_silence_days, mentor_away_days
        A mentor without a sign of life is asked, then set away.
    approval_days
        How long an approval holds.
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
    length_weeks: int = 13
    closing_days: int = 28
    lapsed_silence_days: int = 30
    word_days: int = 30
    mentor_silence_days: int = 10
    mentor_away_days: int = 30
    approval_days: int = 365
    coordinator_writes_days: int = 7


CHECK_IN_DAYS = (7, 14, 30)
"""Days after the beginning on which both are asked; monthly afterwards."""

HELPER_QUESTION_DAYS = (30, 90, 180)
"""Days after asking for a mentor on which the helper question is asked."""

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
