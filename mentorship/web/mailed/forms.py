"""The small forms of answers straight from a mail."""

from __future__ import annotations

from wtforms import DateField, HiddenField, TextAreaField
from wtforms.validators import Optional

from mentorship.rules.errors import BadInput
from mentorship.rules.helped import Answer, Still
from mentorship.web.errors import sentence_of
from mentorship.web.fields import ANSWERS, STILL, radios
from mentorship.web.forms import PageForm, WrittenForm
from mentorship.web.i18n import lazy_gettext
from mentorship.web.mentorships.forms import LONGEST_NOTE, at_most


class AskForm(WrittenForm):
    """The mentor's answer to an ask; the button says which."""

    answer = HiddenField()
    away = DateField(
        lazy_gettext("Away until"),
        [Optional()],
        description=lazy_gettext("Nobody asks you before this day."),
    )
    note = TextAreaField(
        lazy_gettext("A word for the coordinator alone"),
        [at_most(LONGEST_NOTE)],
        description=lazy_gettext("Who may fit better, if you know someone."),
    )
    question = TextAreaField(
        lazy_gettext("Your question"),
        [at_most(LONGEST_NOTE)],
        description=lazy_gettext("One question; the date of your answer moves until it is answered."),
    )

    def put(self, refusal: BadInput) -> None:
        """Show a refusal at the field it is about: a day she is away, or the question."""
        field = self.away if refusal.field in ("away", "until") else self.question
        field.errors = [sentence_of(refusal)]


class AnswerForm(WrittenForm):
    """The answer to any other question; the button says which, and some have a field of their own."""

    answer = HiddenField()
    words = TextAreaField(lazy_gettext("Your answer"), [at_most(LONGEST_NOTE)])
    until = DateField(
        lazy_gettext("Away until"),
        [Optional()],
        description=lazy_gettext("Nobody asks you before this day."),
    )
    helped = radios(Answer, ANSWERS, lazy_gettext("Has anyone helped you with Wikimedia so far?"))
    still = radios(Still, STILL, lazy_gettext("Are you still taking part?"))

    @property
    def given(self) -> str:
        """Which answer: of the helper question, whose answers are radio buttons, the one chosen there."""
        return str(self.helped.data or self.answer.data or "")

    def put(self, refusal: BadInput) -> None:
        """Show a refusal at the field it is about."""
        field = self.until if refusal.field == "until" else self.words
        field.errors = [sentence_of(refusal)]


class CheckInForm(PageForm):
    """One click, and a sentence where something is wrong."""

    answer = HiddenField()
    wrong = TextAreaField(
        lazy_gettext("What is wrong"),
        [at_most(LONGEST_NOTE)],
        description=lazy_gettext("You may leave this empty. A coordinator who is not involved reads it."),
    )
