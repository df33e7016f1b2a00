"""What is kept about a person, who sees it, and until when: made from the labels of the columns."""

from __future__ import annotations

from dataclasses import dataclass

from mentorship.store.base import PLUMBING, Base, label_of
from mentorship.web.i18n import gettext
from mentorship.web.pages.kept_words import SECTIONS, UNTIL, WHAT, WHO, WHY


@dataclass(frozen=True, slots=True)
class Kept:
    """One line of the privacy page, in her language."""

    what: str
    who: str
    why: str
    until: str


def labelled() -> list[tuple[str, str, dict[str, str]]]:
    """(table, column, label) of every column with a private fact or word."""
    return [
        (table.name, column.name, label)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if (label := label_of(column)) is not None and label != PLUMBING
    ]


def what_is_kept() -> dict[str, list[Kept]]:
    """The sections of the privacy page with their lines; what reads the same stands once."""
    tables: dict[str, dict[Kept, None]] = {}
    for table, column, label in labelled():
        tables.setdefault(table, {})[_line(table, column, label)] = None
    return {
        gettext(heading): list(dict.fromkeys(line for name in names for line in tables.get(name, {})))
        for heading, names in SECTIONS.items()
    }


def _line(table: str, column: str, label: dict[str, str]) -> Kept:
    what = WHAT.get(f"{table}.{column}") or WHAT.get(table) or f"{table}: {column}"
    return Kept(
        what=gettext(what),
        who=gettext(WHO.get(label["who"], label["who"])),
        why=gettext(WHY.get(label["why"], label["why"])),
        until=gettext(UNTIL.get(label["until"], label["until"])),
    )
