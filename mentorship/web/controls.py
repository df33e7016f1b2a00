"""How a form's field is to be drawn, for the macros."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from wtforms import Field, RadioField, SelectFieldBase, widgets

KINDS: list[tuple[type, str]] = [
    (widgets.TextArea, "textarea"),
    (widgets.FileInput, "file"),
    (widgets.HiddenInput, "hidden"),
    (widgets.CheckboxInput, "checkbox"),
    (widgets.TextInput, "text"),
    (widgets.Input, "input"),
]


class Option(NamedTuple):
    """One box or button of a group."""

    id: str
    name: str
    value: str
    label: str
    checked: bool
    disabled: bool


class OptionGroup(NamedTuple):
    """Options under one heading; a group without one stands alone."""

    label: str | None
    options: list[Option]

    @property
    def is_ticked(self) -> bool:
        return any(option.checked for option in self.options)


def control_kind(field: Field) -> str:
    """Return what draws `field`: one of `KINDS`, or select, radios, checkboxes."""
    if isinstance(field, SelectFieldBase):
        if isinstance(field, RadioField) or isinstance(field.option_widget, widgets.RadioInput):
            return "radios"
        return "checkboxes" if isinstance(field.option_widget, widgets.CheckboxInput) else "select"
    return next((name for kind, name in KINDS if type(field.widget) is kind), "input")


def option_groups(field: SelectFieldBase) -> list[OptionGroup]:
    """Return the options of `field` in their groups, each with the id its label points to."""
    groups: Iterable[tuple[str | None, Any]] = (
        field.iter_groups() if field.has_groups() else [(None, field.iter_choices())]
    )
    numbered = ((label, choice) for label, choices in groups for choice in choices)
    options = [(label, _option(field, index, choice)) for index, (label, choice) in enumerate(numbered)]
    return [
        OptionGroup(label, [option for _, option in rows])
        for label, rows in groupby(options, key=lambda row: row[0])
    ]


def flat_errors(errors: Any) -> Iterator[str]:
    """Yield each error's sentence, those of forms and lists inside a field too."""
    if isinstance(errors, dict):
        errors = errors.values()
    for error in errors:
        if isinstance(error, dict | list | tuple):
            yield from flat_errors(error)
        else:
            yield str(error)


def _option(field: SelectFieldBase, index: int, choice: Any) -> Option:
    return Option(
        id=f"{field.id}-{index}",
        name=field.name,
        value=str(choice.value),
        label=choice.label,
        checked=bool(choice.selected),
        disabled=bool(choice.render_kw.get("disabled")),
    )
