"""Sheets others open in a table program: no cell is a formula there, and no text is lost."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

BEGINS_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""Also in full width, as some programs read them."""
MARK = "'"


def written(rows: Iterable[Iterable[object]]) -> str:
    """The rows as CSV; text that a program could run stands behind an apostrophe."""
    text = StringIO()
    csv.writer(text).writerows([cell(value) for value in row] for row in rows)
    return text.getvalue()


def read(text: str) -> list[list[str]]:
    """The rows of a sheet that `written` made, every text as it was."""
    return [[plain(value) for value in row] for row in csv.reader(StringIO(text, newline=""))]


def cell(value: object) -> str:
    """A value as it is written: a number as it is, a text made harmless."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    return MARK + text if _is_marked(text) else text


def plain(written: str) -> str:
    """The text behind a cell."""
    behind = written.removeprefix(MARK)
    return behind if behind != written and _is_marked(behind) else written


def _is_marked(text: str) -> bool:
    """Whether it begins, perhaps after blanks or marks of ours, as a formula does."""
    bare = text.lstrip(" \u00a0\u3000\ufeff\u200e\u200f\u2066\u2067\u2068\u2069\v\f\0")
    return bare.startswith(BEGINS_A_FORMULA) or (text.startswith(MARK) and _is_marked(text[1:]))
