"""Two tabs, or two people, must not overwrite each other unseen: a form carries a print of what it showed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from wtforms import Field, FieldList, HiddenField
from wtforms.fields.choices import SelectFieldBase

from mentorship.web.formats import listed, number
from mentorship.web.forms import PageForm
from mentorship.web.i18n import gettext


def print_of(data: Mapping[str, Any]) -> str:
    """A short print of what a form showed; the order of what was ticked does not matter."""
    plain = json.dumps({name: _ordered(value) for name, value in data.items()}, sort_keys=True, default=str)
    return sha256(plain.encode()).hexdigest()[:20]


def now_otherwise(form: PageForm, data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Label and present value of each field whose present value is not what the form was sent with."""
    fields = [(form[name], value) for name, value in data.items() if name in form]
    return [
        (str(field.label.text), shown)
        for field, value in fields
        if (shown := _words(field, value)) != _sent(field)
    ]


def _ordered(value: Any) -> Any:
    return sorted(value, key=str) if isinstance(value, list) else value


def _sent(field: Field) -> str:
    return _words(field, field.data)


def _words(field: Field, value: Any) -> str:
    """The value in words, as its page would show it; a row counts where its first field is filled."""
    if isinstance(field, FieldList):
        parts = [each for each in field[0].form if not isinstance(each, HiddenField)]
        return listed([_row(parts, row) for row in value if row.get(parts[0].short_name)])
    if isinstance(field, SelectFieldBase):
        chosen = {str(each) for each in (value if isinstance(value, list | tuple) else [value])}
        return listed([each.label for each in field.choices if str(each.value) in chosen])
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    return number(value) if isinstance(value, int) else str(value or "")


def _row(parts: list[Field], row: Mapping[str, Any]) -> str:
    """The first field of a row, and in brackets what the others say; a ticked box says its label."""
    first, *others = parts
    told = [
        str(each.label.text) if row[each.short_name] is True else _words(each, row[each.short_name])
        for each in others
        if row.get(each.short_name)
    ]
    more = f" ({listed(told)})" if any(told) else ""
    return _words(first, row[first.short_name]) + more
