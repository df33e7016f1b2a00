"""The forms of the account's pages."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import PasswordField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired

from mentorship.services import reaching
from mentorship.store.outbox import MailAbout
from mentorship.store.people import Person
from mentorship.translations import languages
from mentorship.web import time_zones
from mentorship.web.fields import at_most, can_be_read, email_field, name_field, new_password_field, one_line
from mentorship.web.forms import Checkboxes, PageForm
from mentorship.web.i18n import lazy_gettext, spoken_languages
from mentorship.web.mail_words import choice_of


class SettingsForm(PageForm):
    """Her name, language and time zone."""

    name = name_field()
    locale = SelectField(lazy_gettext("The language of your pages"))
    time_zone = SelectField(
        lazy_gettext("Your time zone"),
        description=lazy_gettext("Dates are shown in your time; nobody sees it."),
    )

    def offer(self, person: Person) -> None:
        """Let her choose among what there is, and what she has already."""
        spoken = dict.fromkeys([*spoken_languages(), person.locale])
        self.locale.choices = [SelectChoice(code, languages.autonym(code)) for code in spoken]
        self.time_zone.choices = time_zones.choices(person.time_zone)


class AddressForm(PageForm):
    """An e-mail address."""

    email = email_field()


class MailForm(PageForm):
    """What she is mailed about."""

    wanted = Checkboxes(lazy_gettext("Mail me when it is about"))

    def offer(self, abouts: Iterable[MailAbout]) -> None:
        """Let her choose among these."""
        self.wanted.choices = [(str(about), choice_of(about)) for about in abouts]


class PasswordForm(PageForm):
    """Another password."""

    current = PasswordField(lazy_gettext("Password you use now"), [DataRequired()])
    password = new_password_field(lazy_gettext("New password"))


class CodeForm(PageForm):
    """Another recovery code."""

    password_now = PasswordField(lazy_gettext("Your password"), [DataRequired()])


class ReachForm(PageForm):
    """A word on how she can be told that something is new."""

    words = TextAreaField(
        lazy_gettext("How may a coordinator reach you?"),
        [at_most(reaching.LONGEST)],
        description=lazy_gettext("You may leave this empty, and take it away at any time."),
    )


class AvoidForm(PageForm):
    """Someone she never wants to meet here."""

    typed_name = StringField(
        lazy_gettext("A Wikimedia user name"),
        [DataRequired(), at_most(255), can_be_read],
        filters=[one_line],
        description=lazy_gettext(
            "Nobody is told, and you are answered the same whether the name is known here or not."
        ),
    )
