"""Why two people fit, in words: the terms of the matching core as sentences in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from markupsafe import Markup, escape

from mentorship.rules import words
from mentorship.rules.marking import N_
from mentorship.web.formats import language_name, listed
from mentorship.web.i18n import gettext, ngettext, speech


class Item(Protocol):
    """One thing behind a term: a code of ours, and what the mentor brings of it."""

    @property
    def name(self) -> str: ...

    @property
    def brings(self) -> int: ...


class Term(Protocol):
    """One part of why two fit; its name is language, needs, topics, areas, where, when or wish."""

    @property
    def name(self) -> str: ...

    @property
    def items(self) -> Sequence[Item]: ...


SPEAK = N_("Both speak %(language)s")
HELPS = N_("Help with: %(needs)s")
WRITE_ABOUT = N_("Both care about: %(topics)s")
GROW = N_("Growing in: %(areas)s")
EDIT = N_("Both edit: %(wikis)s")
IN_LANGUAGE = N_("%(project)s in %(language)s")


def reason_sentences(terms: Iterable[Term], *, wish: bool = False) -> list[str]:
    """The sentences of a pair, weightiest kind first; never a number of points.

    They fit whoever reads: newcomer, mentor or coordinator. `wish` tells also that the newcomer wished for
    this mentor (coordinators only).
    """
    by_name = {term.name: term.items for term in terms if term.items}
    told = [_SENTENCES[name](by_name[name]) for name in _SENTENCES if name in by_name]
    if wish and "wish" in by_name:
        told.append(gettext("The newcomer wished for this mentor"))
    return [sentence for sentence in told if sentence]


def wiki_name(project: str, language: str) -> Markup:
    """A wiki in words: the project, and its language where it has one wiki a language."""
    name = escape(gettext(words.PROJECTS[project]))
    return _filled(IN_LANGUAGE, project=name, language=language_name(language)) if language else name


def _needs(items: Sequence[Item]) -> str:
    return gettext(HELPS, needs=listed(gettext(words.NEEDS[item.name]) for item in items))


def _topics(items: Sequence[Item]) -> str:
    return gettext(WRITE_ABOUT, topics=listed(gettext(words.TOPICS[item.name][1]) for item in items))


def _language(items: Sequence[Item]) -> str:
    return _filled(SPEAK, language=listed(language_name(item.name) for item in items))


def _where(items: Sequence[Item]) -> str:
    pairs = [item.name.partition(":") for item in items]
    return _filled(EDIT, wikis=listed(wiki_name(project, language) for project, _, language in pairs))


def _when(items: Sequence[Item]) -> str:
    hours = items[0].brings
    return ngettext("%(num)s hour in common", "%(num)s hours in common", hours) if hours else ""


def _areas(items: Sequence[Item]) -> str:
    return gettext(GROW, areas=listed(gettext(words.AREAS[item.name]) for item in items))


_SENTENCES: dict[str, Callable[[Sequence[Item]], str]] = {
    "needs": _needs,
    "topics": _topics,
    "language": _language,
    "where": _where,
    "when": _when,
    "areas": _areas,
}


def _filled(sentence: str, **values: object) -> Markup:
    """A translation is text; what fills it may be markup (names of languages)."""
    return escape(speech().messages.gettext(sentence)) % values
