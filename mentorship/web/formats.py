"""Dates with their hour, numbers, lists and names of languages, as the reader writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Literal

from babel.dates import format_date, format_time
from babel.lists import format_list
from markupsafe import Markup, escape

from mentorship.translations import languages
from mentorship.web.i18n import number_text, speech


def moment(at: datetime) -> str:
    """Return the day and hour of `at` (aware) in her time zone; says UTC where she has set none."""
    spoken = speech()
    local = at.astimezone(spoken.time_zone)
    hour = format_time(local, "short", locale=spoken.locale)
    if spoken.time_zone is UTC:
        hour = f"{hour} UTC"
    joined = spoken.locale.datetime_formats["long"]
    return str(joined).replace("'", "").format(hour, format_date(local, "full", locale=spoken.locale))


def day(when: date) -> str:
    """Return a day in words; of a moment (aware), the day it is in her time zone."""
    spoken = speech()
    if isinstance(when, datetime):
        when = when.astimezone(spoken.time_zone)
    return format_date(when, "full", locale=spoken.locale)


def time_element(at: datetime) -> Markup:
    """Return `moment` as HTML that a machine can read too."""
    return Markup('<time datetime="{}">{}</time>').format(_in_utc(at), moment(at))


def day_element(when: date) -> Markup:
    stamp = _in_utc(when) if isinstance(when, datetime) else when.isoformat()
    return Markup('<time datetime="{}">{}</time>').format(stamp, day(when))


def number(value: float) -> str:
    return number_text(value)


def listed(items: Iterable[object], style: Literal["standard", "or"] = "standard") -> str:
    """Return the items as one phrase: ``a, b and c``; style ``"or"`` for a choice; markup stays markup."""
    parts = list(items)
    if any(hasattr(part, "__html__") for part in parts):
        escaped = [str(escape(part)) for part in parts]
        return Markup(format_list(escaped, style=style, locale=speech().locale))  # noqa: S704  all escaped
    return format_list([str(part) for part in parts], style=style, locale=speech().locale)


def language_name(code: str) -> Markup:
    """Return a language's own name, marked with its language and direction."""
    return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(
        languages.html_tag(code), languages.direction(code), languages.autonym(code)
    )


def _in_utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="minutes")
