"""The forms of a pair's page: its acts, its messages, its closing words."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from wtforms import DateField, HiddenField, IntegerField, TextAreaField
from wtforms.validators import Length, Optional
from wtforms.widgets import HiddenInput

from mentorship.rules.errors import BadInput
from mentorship.rules.lifecycle import Code
from mentorship.rules.marking import N_
from mentorship.services.messages import LONGEST
from mentorship.store.people import Person
from mentorship.store.together import Message
from mentorship.web.forms import PageForm, WrittenForm
from mentorship.web.i18n import lazy_gettext, speech

LONGEST_NOTE = 2000
YEARS = range(2000, 2200)
NO_DAY = N_("This day cannot be used. Please give one in the coming months.")


def at_most(letters: int) -> Length:
    """No more than so many characters."""
    return Length(max=letters, message=lazy_gettext("At most %(most)s characters, please.", most=letters))


class ActForm(WrittenForm):
    """Every act on a mentorship: the version the page showed, and what some acts need besides."""

    version = IntegerField(widget=HiddenInput())
    code = HiddenField()
    until = DateField(lazy_gettext("Until which day"), [Optional()])
    away = DateField(
        lazy_gettext("Away until"),
        [Optional()],
        description=lazy_gettext("With “Not now”: nobody asks you before this day."),
    )
    note = TextAreaField(
        lazy_gettext("A word for the coordinator alone"),
        [at_most(LONGEST_NOTE)],
        description=lazy_gettext("With “Not the right one”: who may fit better, if you know someone."),
    )
    question = TextAreaField(
        lazy_gettext("Your question"),
        [at_most(LONGEST_NOTE)],
        description=lazy_gettext("One question; the date of your answer moves until it is answered."),
    )

    def chosen_code(self) -> Code:
        """Why, where the button says so; only a mentor's two ways of saying no can be chosen."""
        given = self.code.data or ""
        return Code(given) if given in (Code.NOT_NOW, Code.NOT_THE_RIGHT_ONE) else Code.NONE


class MessageForm(WrittenForm):
    """A message of the pair; `after` names the last one its page showed, so that sending twice sends once."""

    words = TextAreaField(lazy_gettext("Your message"), [at_most(LONGEST)])
    after = HiddenField()

    def is_sent_already(self, thread: list[Message], person: Person) -> bool:
        """Whether these words of hers already stand after the last message her page showed."""
        shown = [index for index, message in enumerate(thread) if message.public_id == self.after.data]
        later = thread[shown[0] + 1 :] if shown else thread
        words = self.words.data or ""
        return any(message.author_id == person.id and message.words == words for message in later)


class ClosingForm(PageForm):
    """What both are asked when a mentorship is completed."""

    words = TextAreaField(
        lazy_gettext("What did you try or start together?"),
        [at_most(LONGEST_NOTE)],
        description=lazy_gettext("You may leave this empty. The other of you can read it."),
    )


def end_of_day(day: date | None, field: str) -> datetime | None:
    """The last minute of `day` in the reader's time zone; a day out of this time is refused."""
    if day is None:
        return None
    if day.year not in YEARS:
        raise BadInput(NO_DAY, field=field)
    return datetime.combine(day, time(23, 59), tzinfo=speech().time_zone).astimezone(UTC)
