"""A language as someone types it: its own name, its name in her language or in English, or its code."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError

from mentorship.translations.languages import autonym, canonical, is_known, known_languages
from mentorship.web.i18n import speech

LONGEST_NAME = 60


def language_code(typed: str) -> str | None:
    """The code of the language that was typed; None for one nobody knows."""
    wanted = _plain(typed)
    if not wanted or len(wanted) > LONGEST_NAME:
        return None
    if wanted in _autonyms():
        return _autonyms()[wanted]
    if is_known(wanted):
        return canonical(wanted)
    for locale in ("en", str(speech().locale)):
        if wanted in _names_in(locale):
            return _names_in(locale)[wanted]
    return None


def typed_name(code: str) -> str:
    """What stands in the field for `code`: its own name, or the code where another language has that name."""
    name = autonym(code)
    return name if _autonyms().get(_plain(name)) == code else code


def languages_to_pick() -> list[tuple[str, str]]:
    """For the list that helps to type: what is filled in, and the same language's name for the reader."""
    return [(typed_name(code), name or code) for code, name in _labels(str(speech().locale))]


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


@cache
def _autonyms() -> dict[str, str]:
    found: dict[str, str] = {}
    for code in sorted(known_languages(), key=lambda code: (len(code), code)):
        found.setdefault(_plain(autonym(code)), code)
    return found


@cache
def _names_in(locale: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, name in _labels(locale):
        if name:
            found.setdefault(_plain(name), code)
    return found


@cache
def _labels(locale: str) -> list[tuple[str, str]]:
    return list(_each_label(locale))


def _each_label(locale: str) -> Iterator[tuple[str, str]]:
    try:
        names = dict(Locale.parse(locale).languages)
    except (UnknownLocaleError, ValueError):  # a language Babel does not format: its autonyms remain
        names = {}
    for code in known_languages():
        yield code, str(names.get(code.replace("-", "_"), ""))
