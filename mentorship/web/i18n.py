"""The language, direction and time zone a page is written in, and the words in that language.

`gettext`, `ngettext` and `pgettext` take named placeholders (``gettext("Hello, %(name)s.", name=name)``) and
always fill them, so that a literal per cent sign is written ``%%``. What a class body needs goes through
`lazy_gettext`. Inside templates a translation is text, never markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, tzinfo
from gettext import NullTranslations
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.numbers import format_decimal
from flask import Flask, current_app, g, has_request_context, request, session
from markupsafe import escape

from mentorship.translations import languages
from mentorship.translations.catalogues import FOLDER, SOURCE, Catalogues, locale_for
from mentorship.web.isolation import isolated

EXTENSION = "mentorship.i18n"


class Reader(NamedTuple):
    """What the signed-in person has set; None where she has not."""

    language: str | None = None
    time_zone: str | None = None


@dataclass(frozen=True)
class Speech:
    """How words, dates and numbers are written for one reader."""

    language: str
    locale: Locale
    messages: NullTranslations
    time_zone: tzinfo

    @property
    def html_tag(self) -> str:
        return languages.html_tag(self.language)

    @property
    def direction(self) -> str:
        return languages.direction(self.language)


@dataclass(frozen=True)
class _Settings:
    catalogues: Catalogues
    reader: Callable[[], Reader | None]


_spoken_now: ContextVar[Speech | None] = ContextVar("mentorship_speech", default=None)


def init_i18n(
    app: Flask, *, reader: Callable[[], Reader | None] = lambda: None, folders: tuple[Path, ...] = ()
) -> None:
    """Give `app` its languages; `reader` says what she has set, `folders` hold more catalogues."""
    app.extensions[EXTENSION] = _Settings(Catalogues(FOLDER, *folders), reader)
    app.before_request(_remember_language)


def speech() -> Speech:
    """Return how this page, or what `speaking` encloses, is written."""
    named = _spoken_now.get()
    if named is not None:
        return named
    if not has_request_context():
        return _speech_in(SOURCE, None)
    if "speech" not in g:
        g.speech = _chosen_speech(_settings().reader() or Reader())
    chosen: Speech = g.speech
    return chosen


@contextmanager
def speaking(language: str | None, time_zone: str | None = None) -> Iterator[Speech]:
    """Write what is inside for someone else than the reader of this page (a mail)."""
    settings = _settings()
    spoken = _speech_in((settings.catalogues.best(language) if language else None) or SOURCE, time_zone)
    token = _spoken_now.set(spoken)
    try:
        yield spoken
    finally:
        _spoken_now.reset(token)


def spoken_languages() -> list[str]:
    """Return the codes of the languages the interface speaks."""
    return _settings().catalogues.spoken()


def gettext(message: str, /, **values: object) -> str:
    return speech().messages.gettext(message) % isolated_values(values)


def ngettext(singular: str, plural: str, num: int, /, **values: object) -> str:
    return speech().messages.ngettext(singular, plural, num) % isolated_values(
        {"num": number_text(num), **values}
    )


def pgettext(context: str, message: str, /, **values: object) -> str:
    return speech().messages.pgettext(context, message) % isolated_values(values)


def number_text(value: float) -> str:
    return format_decimal(value, locale=speech().locale, numbering_system="default")


class LazyText:
    """A message translated when it is shown, for a field's label or an option."""

    def __init__(self, message: str, values: dict[str, object]) -> None:
        self._message = message
        self._values = values

    def __str__(self) -> str:
        return gettext(self._message, **self._values)

    def __html__(self) -> str:
        return str(escape(str(self)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, LazyText):
            return NotImplemented
        return (self._message, self._values) == (other._message, other._values)

    def __hash__(self) -> int:
        return hash(self._message)

    def __repr__(self) -> str:
        return f"LazyText({self._message!r})"

    def __mod__(self, values: object) -> str:
        filled: str = str(self) % values
        return filled


def lazy_gettext(message: str, /, **values: object) -> Any:
    """Return `message` to be translated each time it is shown."""
    return LazyText(message, values)


def zone_named(name: str | None) -> tzinfo:
    """Return the time zone, or UTC where there is none of that name."""
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _settings() -> _Settings:
    settings: _Settings = current_app.extensions[EXTENSION]
    return settings


def _speech_in(language: str, time_zone: str | None) -> Speech:
    messages = NullTranslations() if language == SOURCE else _settings().catalogues.messages(language)
    return Speech(language, locale_for(language), messages, zone_named(time_zone))


def speak_without_asking() -> None:
    """Settle the page's language by the address and the browser alone, where it is not settled yet."""
    if "speech" not in g:
        g.speech = _chosen_speech(Reader())


def _chosen_speech(reader: Reader) -> Speech:
    settings = _settings()
    wished = [request.args.get("uselang"), session.get("uselang"), reader.language]
    wished += [code for code, _ in request.accept_languages]
    spoken = (settings.catalogues.best(code) for code in wished if code and len(code) <= 35)
    return _speech_in(next((code for code in spoken if code), SOURCE), reader.time_zone)


def forget_chosen_language() -> None:
    """Let her setting count again, as soon as she has changed it."""
    session.pop("uselang", None)


def _remember_language() -> None:
    """Keep a language chosen in the address for the visit, over her setting: the next link is in it too."""
    code = request.args.get("uselang", "")
    if code and len(code) <= 35 and _settings().catalogues.best(code) and current_app.secret_key:
        session["uselang"] = code


def isolated_values(values: dict[str, object]) -> dict[str, object]:
    """Return what fills a sentence's placeholders, names of the other direction isolated."""
    rightwards = speech().direction == "ltr"
    return {name: isolated(value, rightwards=rightwards) for name, value in values.items()}
