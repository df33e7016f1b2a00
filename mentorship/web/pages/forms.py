"""The forms of the open pages: something is wrong, and the helper question."""

from __future__ import annotations

from wtforms import SelectChoice, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from mentorship.rules.helped import Answer, Still
from mentorship.web.fields import ANSWERS, STILL, HelperFields, radios
from mentorship.web.forms import PageForm
from mentorship.web.i18n import gettext, lazy_gettext

NOBODY = ""


class ReportForm(PageForm):
    """Something is wrong."""

    words = TextAreaField(
        lazy_gettext("What is wrong?"),
        [
            DataRequired(message=lazy_gettext("Please write a sentence about what is wrong.")),
            Length(max=4000, message=lazy_gettext("At most %(most)s characters, please.", most=4000)),
        ],
        description=lazy_gettext("A few words are enough. You can leave out what you do not want to say."),
    )
    about = SelectField(
        lazy_gettext("Is it about someone here?"),
        default=NOBODY,  # the field is not drawn for those who have met nobody
        description=lazy_gettext("Whoever you name never reads this and is never told of it."),
    )

    def offer(self, people: dict[str, str]) -> None:
        """Let her name one of these: public id to name."""
        nobody = SelectChoice(NOBODY, gettext("Nobody in this list, or I would rather not say"))
        self.about.choices = [nobody, *(SelectChoice(key, name) for key, name in people.items())]


class HelperForm(HelperFields, PageForm):
    """The helper question by itself: here an answer is wanted, and be it “rather not say”."""

    helped = radios(
        Answer,
        ANSWERS,
        lazy_gettext("Has anyone helped you with Wikimedia so far?"),
        validators=[InputRequired(message=lazy_gettext("Please choose one of these."))],
        description=lazy_gettext("Many people start alone."),
    )
    still = radios(Still, STILL, lazy_gettext("Are you still taking part?"))
