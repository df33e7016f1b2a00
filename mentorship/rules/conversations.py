"""Conversations: one a month, its area in rotation, and what can be talked about."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from mentorship.rules.errors import BadInput
from mentorship.rules.marking import N_
from mentorship.rules.words import AREAS

LENGTH = timedelta(hours=1)
"""How long a conversation takes, as calendars are told."""

FARTHEST = timedelta(days=100)
"""How far ahead a conversation can be planned."""

REMINDED_BEFORE = timedelta(days=1)
"""So long before it begins those who signed up are reminded."""

ROTATION = tuple(AREAS)
"""The areas, in the order in which conversations take them up."""

PROMPTS: tuple[str, ...] = (
    N_("What keeps you here?"),
    N_("Where did you find support?"),
    N_("What did you try since last time, and what did you learn, whether or not it worked?"),
    N_("What would have made your first month easier?"),
)
"""Questions for any conversation."""

PROMPTS_OF: dict[str, tuple[str, ...]] = {
    "programs": (
        N_("Which small meeting would you like to hold, and who could stand beside you?"),
        N_("Whom have you not reached yet, and who knows the way there?"),
    ),
    "leadership": (
        N_("Which task could you take over from someone, if that person stayed near?"),
        N_("Whose name would you put forward, and for what?"),
    ),
    "technical-spaces": (
        N_("Which tool do you use every week, and what would you ask the person who made it?"),
        N_("What have you mended or built, however small?"),
    ),
}
"""Questions for a conversation about one area."""


def next_area(last: str | None) -> str:
    """The area that is up after `last`; the first one where there was none.

    Examples
    --------
    >>> next_area("technical-spaces")
    'programs'
    """
    return ROTATION[0] if last is None else ROTATION[(ROTATION.index(last) + 1) % len(ROTATION)]


def month_of(starts_at: datetime) -> date:
    """The first day of the month a conversation counts for, in UTC.

    Examples
    --------
    >>> month_of(datetime(2026, 3, 31, 23, tzinfo=UTC))
    datetime.date(2026, 3, 1)
    """
    return starts_at.astimezone(UTC).date().replace(day=1)


def check_time(starts_at: datetime, *, at: datetime) -> None:
    """Refuse a beginning that is over, or too far ahead to be a promise.

    Raises
    ------
    BadInput
        For the field ``starts_at``.
    """
    if starts_at <= at:
        raise BadInput(N_("This moment is over. Please give one to come."), field="starts_at")
    if starts_at > at + FARTHEST:
        raise BadInput(N_("Please give a day within the next three months."), field="starts_at")
