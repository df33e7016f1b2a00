"""The forms about help: who it was and what, and a word of thanks."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, ValidationError

from mentorship.services import thanks
from mentorship.services.help_records import Facts
from mentorship.store.people import Person
from mentorship.web.fields import at_most, can_be_read, one_line, year_field
from mentorship.web.forms import PageForm
from mentorship.web.i18n import gettext, lazy_gettext
from mentorship.web.language_names import language_code

TYPED, GROUP = "", "group"


class FactsForm(PageForm):
    """What can be said and changed about a help; all of it may stay empty."""

    year = year_field()
    language = StringField(lazy_gettext("In which language"), [at_most(60)], filters=[one_line])
    what = TextAreaField(
        lazy_gettext("What was it?"),
        [at_most(1000)],
        description=lazy_gettext("For you, to remember. Nobody else reads this."),
    )
    may_invite = BooleanField(
        lazy_gettext("You may invite this person to mentor"),
        description=lazy_gettext("Where several say so, your coordinators see the name, never who named it."),
    )

    def validate_language(self, field: StringField) -> None:
        if field.data and language_code(field.data) is None:
            raise ValidationError(gettext("“%(name)s” is not a language known here.", name=field.data))

    def facts(self) -> Facts:
        """What she said."""
        language = language_code(self.language.data) if self.language.data else None
        return Facts(self.year.data, language or "", self.what.data or "", bool(self.may_invite.data))


class NameForm(FactsForm):
    """The same, with a name she typed."""

    name = StringField(
        lazy_gettext("Who was it?"),
        [DataRequired(), at_most(255), can_be_read],
        filters=[one_line],
        description=lazy_gettext("A name or a word that reminds you. Only you see this."),
    )


class HelpForm(FactsForm):
    """Someone who helped: a member she met here, or a name she types."""

    member = SelectField(
        lazy_gettext("Someone you met here?"),
        default=TYPED,
        description=lazy_gettext(
            "Whoever you choose is asked whether both your names may stand in “Who helped whom”. Nothing"
            " shows before a yes, and you hear nothing of a no."
        ),
    )
    name = StringField(
        lazy_gettext("Who was it?"),
        [at_most(255)],
        filters=[one_line],
        description=lazy_gettext("A name or a word that reminds you. Only you see this."),
    )

    def offer(self, people: list[Person]) -> None:
        """Let her choose one of these."""
        self.member.choices = [
            SelectChoice(TYPED, gettext("Someone else: I type the name")),
            SelectChoice(GROUP, gettext("A group or an event: I type its name")),
            *(SelectChoice(person.public_id, person.name) for person in people),
        ]

    @property
    def is_typed(self) -> bool:
        return self.member.data in (TYPED, GROUP)

    def validate_name(self, field: StringField) -> None:
        if self.is_typed and not field.data:
            raise ValidationError(gettext("Please say who it was, in any word that reminds you."))
        if field.data:
            can_be_read(self, field)


class ThanksForm(PageForm):
    """A note to a member who helped."""

    words: Any = TextAreaField(
        lazy_gettext("Your thanks"),
        [
            InputRequired(message=lazy_gettext("Please write a word of thanks.")),
            at_most(thanks.LONGEST),
        ],
    )
