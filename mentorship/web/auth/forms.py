"""The forms of joining, signing in and recovery."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, HiddenField, PasswordField, SelectField, StringField
from wtforms.validators import DataRequired, Length, Optional

from mentorship.web import time_zones
from mentorship.web.fields import (
    HelperFields,
    at_most,
    can_be_read,
    email_field,
    name_field,
    new_password_field,
    one_line,
)
from mentorship.web.forms import PageForm
from mentorship.web.i18n import lazy_gettext


def _own_device() -> Any:
    return BooleanField(
        lazy_gettext("Only I use this device"),
        description=lazy_gettext("Then you stay signed in for longer. Leave it empty on a phone you share."),
    )


def _sign_in_name() -> Any:
    return StringField(lazy_gettext("Sign-in name"), [DataRequired(), at_most(60)], filters=[one_line])


class JoinForm(HelperFields, PageForm):
    """Joining a cohort."""

    name = name_field()
    sign_in_name = StringField(
        lazy_gettext("A private sign-in name"),
        [
            DataRequired(),
            Length(min=3, message=lazy_gettext("At least %(least)s characters, please.", least=3)),
            at_most(60),
            can_be_read,
        ],
        filters=[one_line],
        description=lazy_gettext("It is never shown to anyone. Do not use your Wikimedia user name."),
    )
    password = new_password_field(lazy_gettext("Password"))
    email = email_field()
    time_zone = SelectField(
        lazy_gettext("Your time zone"),
        choices=lambda: time_zones.choices(),
        default=time_zones.guessed,
        description=lazy_gettext(
            "A city with the same time is enough. Dates are shown in your time; nobody sees it."
        ),
    )
    adult = BooleanField(
        lazy_gettext("I am 18 or over"),
        [DataRequired(message=lazy_gettext("This service is for people of 18 or over."))],
        description=lazy_gettext("Your word is enough; we ask for no date of birth."),
    )
    own_device = _own_device()


class SignInForm(PageForm):
    """Coming back."""

    sign_in_name = _sign_in_name()
    password = PasswordField(lazy_gettext("Password"), [DataRequired()])
    own_device = _own_device()
    next = HiddenField(validators=[Optional()])


class RecoverForm(PageForm):
    """A new password by the recovery code."""

    sign_in_name = _sign_in_name()
    code = StringField(
        lazy_gettext("Recovery code"),
        [DataRequired(), at_most(200)],
        description=lazy_gettext("The four groups of letters you wrote down when you joined."),
    )
    password = new_password_field(lazy_gettext("New password"))
