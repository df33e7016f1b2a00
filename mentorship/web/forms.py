"""What every form of the site is: guarded, in her language, its text cleaned of what no one types."""

from __future__ import annotations

import unicodedata
from typing import Any

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field, HiddenField, IntegerField, PasswordField, SelectMultipleField, StringField, widgets

from mentorship.rules.contacts import gives_contact
from mentorship.rules.marking import N_
from mentorship.web.i18n import speech

WTFORMS_SAYS = [
    N_("This field is required."),
    N_("Not a valid choice."),
    N_("Not a valid integer value."),
    N_("Not a valid date value."),
    N_("Not a valid datetime value."),
    N_("Invalid email address."),
    N_("Invalid URL."),
    N_("Invalid input."),
]
"""Sentences of WTForms's own that our forms can show; any other is given where it is used."""

KEPT_CONTROLS = {"\n", "\t"}


class _Messages:
    """WTForms's sentences out of our own catalogues; it fills their placeholders itself."""

    def gettext(self, message: str) -> str:
        return speech().messages.gettext(message)

    def ngettext(self, singular: str, plural: str, num: int) -> str:
        return speech().messages.ngettext(singular, plural, num)


def cleaned(text: object) -> object:
    """Return `text` without what cannot be kept or shown: lone surrogates, NUL and other controls.

    Line breaks become one kind, and blanks at both ends go. What is not text is returned as it is.
    """
    if not isinstance(text, str):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in text if _can_be_kept(letter)).strip()


def _readable(value: object) -> object:
    """Return the value without letters no page can show; a form draws again what was sent to it."""
    if not isinstance(value, str):
        return value
    return "".join(letter for letter in value if letter == "\r" or _can_be_kept(letter))


def _can_be_kept(letter: str) -> bool:
    return letter in KEPT_CONTROLS or unicodedata.category(letter) not in {"Cc", "Cs"}


class PageForm(FlaskForm):
    """The form every page's form begins from; it draws no token, the form macro does."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> _Messages:  # noqa: ARG002  WTForms passes it
            return _Messages()

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            sent = super().wrap_formdata(form, formdata)
            if sent is None:
                return None
            return MultiDict((name, _readable(value)) for name in sent for value in sent.getlist(name))

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            kind = unbound_field.field_class
            if issubclass(kind, StringField) and not issubclass(kind, PasswordField):
                options["filters"] = (cleaned, *(unbound_field.kwargs.get("filters") or ()))
            return unbound_field.bind(form=form, **options)


class WholeNumberField(IntegerField):
    """A whole number of a few digits; longer ones would break the comparison with a range."""

    LONGEST = 12
    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist and len(valuelist[0]) > self.LONGEST:
            self.data = None
            raise ValueError(self.gettext("Not a valid integer value."))
        super().process_formdata(valuelist)


class Checkboxes(SelectMultipleField):
    """Several of a list, each a box of its own."""

    option_widget = widgets.CheckboxInput()


class WrittenForm(PageForm):
    """Words on their way to someone: before a number, a handle or a chat leaves, one line is said first."""

    sure = HiddenField()
    asks_first = False

    def must_ask(self, words: str | None) -> bool:
        """Whether the page is to be shown once more, with the words and the line."""
        self.asks_first = self.sure.data != "yes" and gives_contact(words or "")
        return self.asks_first
