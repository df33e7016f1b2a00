"""The open question “Are you in touch?”, as it is drawn on the pair's page and on her first page."""

from __future__ import annotations

from dataclasses import dataclass

from wtforms import HiddenField, IntegerField, TextAreaField
from wtforms.validators import InputRequired, NumberRange
from wtforms.widgets import HiddenInput

from mentorship.services import check_ins
from mentorship.services.home import AtHome
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person
from mentorship.web.database import session
from mentorship.web.forms import PageForm
from mentorship.web.i18n import lazy_gettext
from mentorship.web.mentorships.forms import LONGEST_NOTE, at_most
from mentorship.web.mentorships.sentences import name_of

LAST_DAY = 100_000


class CheckInForm(PageForm):
    """The day she was asked on, which button it was, and a sentence where something is wrong."""

    day = IntegerField(validators=[InputRequired(), NumberRange(1, LAST_DAY)], widget=HiddenInput())
    answer = HiddenField()
    wrong = TextAreaField(
        lazy_gettext("What is wrong"),
        [at_most(LONGEST_NOTE)],
        description=lazy_gettext("You may leave this empty. A coordinator who is not involved reads it."),
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """An open question, as it is drawn."""

    mentorship: Mentorship
    other: str
    form: CheckInForm


def asked_of(mentorship: Mentorship, person: Person) -> Asked | None:
    """The question of this pair she has not answered yet."""
    return next(iter(_asked_among([mentorship], person)), None)


def asked_at_home(at_home: AtHome, person: Person) -> list[Asked]:
    """Her open questions in all her pairs; ids are told apart, as several stand on one page."""
    found = _asked_among([*([at_home.mentorship] if at_home.mentorship else []), *at_home.pairs], person)
    for asked in found:
        field = asked.form.wrong
        field.id = field.label.field_id = f"{field.id}-{asked.mentorship.public_id}"
    return found


def asked_with(mentorship: Mentorship, person: Person, form: CheckInForm) -> Asked:
    """The question with a form that came back."""
    newcomers = person.id == mentorship.newcomer_id
    return Asked(mentorship, name_of(mentorship.mentor if newcomers else mentorship.newcomer), form)


def _asked_among(pairs: list[Mentorship], person: Person) -> list[Asked]:
    rows = check_ins.open_among(session, pairs, person)
    return [
        asked_with(pair, person, CheckInForm(formdata=None, day=rows[pair.id].day))
        for pair in pairs
        if pair.id in rows
    ]
