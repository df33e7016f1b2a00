"""Two tabs, or two people, must not overwrite each other unseen: a form carries a print of what it showed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from wtforms import Field, FieldList

from mentorship.web.formats import listed
from mentorship.web.forms import PageForm


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
    """The value in words, as its page would show it."""
    if isinstance(field, FieldList):
        return listed([row["name"] for row in value if row.get("name")])
    if isinstance(value, list | tuple):
        labels = {choice.value: str(choice.label) for choice in field.choices}
        return listed([labels.get(each, "") for each in value])
    return "" if value is None or value is False else str(value)
