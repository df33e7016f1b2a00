"""Fields and checks that more than one form has: names, passwords, the time zone, the helper question."""

from __future__ import annotations

import re
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, IntegerField, PasswordField, RadioField, SelectChoice, StringField
from wtforms.validators import DataRequired, Length, NumberRange, Optional, Regexp, ValidationError

from mentorship.rules.helped import Answer, Still
from mentorship.rules.marking import N_
from mentorship.services import passwords
from mentorship.services.keyed import plain_name
from mentorship.web.i18n import gettext, lazy_gettext

ANSWERS: dict[Answer, str] = {
    Answer.SOMEONE_HERE: N_("Someone here"),
    Answer.SOMEONE_ELSEWHERE: N_("Someone elsewhere"),
    Answer.GROUP_OR_EVENT: N_("A group or an event"),
    Answer.NOBODY_YET: N_("Nobody yet"),
    Answer.RATHER_NOT_SAY: N_("I would rather not say"),
}
STILL: dict[Still, str] = {Still.YES: N_("Yes"), Still.A_LITTLE: N_("A little"), Still.NOT_NOW: N_("Not now")}
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def at_most(letters: int) -> Length:
    """No more than so many characters."""
    return Length(max=letters, message=lazy_gettext("At most %(most)s characters, please.", most=letters))


def one_line(text: object) -> object:
    """Text as it stands in one line."""
    return " ".join(text.split()) if isinstance(text, str) else text


def can_be_read(_form: FlaskForm, field: Field) -> None:
    """Refuse a name of invisible letters alone."""
    if not plain_name(field.data or ""):
        raise ValidationError(gettext("Please write something that can be read."))


def name_field() -> Any:
    return StringField(
        lazy_gettext("The name to be called by"),
        [DataRequired(), at_most(80), can_be_read],
        filters=[one_line],
        description=lazy_gettext(
            "A made-up name is enough. It is shown only to people you are put in touch with."
        ),
    )


def email_field() -> Any:
    return StringField(
        lazy_gettext("E-mail"),
        [Optional(), at_most(254), Regexp(EMAIL, message=lazy_gettext("This is not an e-mail address."))],
        description=lazy_gettext(
            "Only to tell you when something changes. Nobody sees it, and you can do without one."
        ),
    )


def new_password_field(label: Any) -> Any:
    return PasswordField(
        label,
        [
            DataRequired(),
            Length(
                min=passwords.LEAST,
                message=lazy_gettext("At least %(least)s characters, please.", least=passwords.LEAST),
            ),
            at_most(passwords.MOST),
        ],
        description=lazy_gettext(
            "At least %(least)s characters. A few words that belong together only for you are good.",
            least=passwords.LEAST,
        ),
    )


def year_field() -> Any:
    return IntegerField(
        lazy_gettext("In which year"),
        [
            Optional(),
            NumberRange(
                2001, 2200, message=lazy_gettext("Wikipedia began in 2001: a year from then on, please.")
            ),
        ],
    )


def radios(kind: type[Answer] | type[Still], words: dict[Any, str], label: Any, **options: Any) -> Any:
    """One of the values of `kind`, or none."""
    return RadioField(
        label,
        choices=[SelectChoice(value.value, lazy_gettext(words[value])) for value in kind],
        coerce=kind,
        validate_choice=False,  # none is an answer; an unknown one is refused by `kind`
        invalid_value_message=lazy_gettext("Please choose one of these."),
        **options,
    )


class HelperFields:
    """The helper question on any form; everything may be left out."""

    helped = radios(
        Answer,
        ANSWERS,
        lazy_gettext("Has anyone helped you with Wikimedia so far?"),
        description=lazy_gettext("Many people start alone."),
    )
    helper_name = StringField(
        lazy_gettext("Who was it?"),
        [at_most(255)],
        filters=[one_line],
        description=lazy_gettext("A name or a word that reminds you. Only you see this."),
    )
    year = year_field()
