"""The small steps of a pair as they are drawn on its page, with the forms to choose and to settle them."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup
from wtforms import RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import AnyOf

from mentorship.rules.lifecycle import AGREED
from mentorship.rules.steps import LONGEST_LEARNED, LONGEST_STEP
from mentorship.rules.words import AREAS
from mentorship.services import ladders, steps
from mentorship.services.ladders import Chosen
from mentorship.store.cohorts import Cohort
from mentorship.store.mentorships import Mentorship
from mentorship.store.together import Step, StepState
from mentorship.web.database import session
from mentorship.web.fields import at_most, one_line
from mentorship.web.forms import PageForm
from mentorship.web.i18n import gettext, lazy_gettext
from mentorship.web.links import linked
from mentorship.web.mentorships.sight import PAIR, Viewer, sight_of
from mentorship.web.step_words import STATES, rung_words, step_words

SEPARATOR = ":"


class ChooseForm(PageForm):
    """A step of the cohort's ladders, or one in their own words."""

    rung = SelectField(lazy_gettext("A small step"), validate_choice=False)
    own = StringField(
        lazy_gettext("Or one of your own"),
        [at_most(LONGEST_STEP)],
        filters=[one_line],
        description=lazy_gettext("The smaller, the better: something that can be tried this week."),
    )

    def offer(self, cohort: Cohort) -> None:
        """Fill the list with the ladders of the cohort."""
        self._rungs = {
            f"{area}{SEPARATOR}{n}": rung
            for area, ladder in ladders.ladders_of(session, cohort).items()
            for n, rung in enumerate(ladder)
        }
        none = SelectChoice("", gettext("Choose one, or write your own below"))
        self.rung.choices = [none] + [
            SelectChoice(key, rung_words(rung), optgroup=gettext(AREAS[rung.area]))
            for key, rung in self._rungs.items()
        ]

    def chosen(self) -> Chosen:
        """Her own words come first; a rung that is gone is an empty choice, which is refused in words."""
        if self.own.data:
            return Chosen(words=self.own.data)
        return self._rungs.get(self.rung.data or "", Chosen())


class SettleForm(PageForm):
    """“What did you learn?”, and which button it was."""

    learned = TextAreaField(
        lazy_gettext("What did you learn?"),
        [at_most(LONGEST_LEARNED)],
        description=lazy_gettext("You may leave this empty. Tried and done count alike."),
    )
    state = RadioField(
        choices=[SelectChoice(state.value, "") for state in steps.SETTLED],
        validators=[AnyOf([state.value for state in steps.SETTLED])],
    )


@dataclass(frozen=True, slots=True)
class Drawn:
    """A step as it is drawn; `form` is there while it can be settled."""

    step: Step
    words: str
    state: str
    kind: str
    learned: Markup
    form: SettleForm | None
    is_open: bool = False

    @property
    def is_chosen(self) -> bool:
        return self.step.state is StepState.CHOSEN


@dataclass(frozen=True, slots=True)
class StepsOnPage:
    """The steps of a pair, and the form to choose one where that is possible."""

    drawn: list[Drawn]
    choose_form: ChooseForm | None


def steps_on(
    mentorship: Mentorship,
    viewer: Viewer,
    *,
    choose_form: ChooseForm | None = None,
    settled: tuple[str, SettleForm] | None = None,
) -> StepsOnPage | None:
    """The steps as `viewer` sees them, or None; forms that came back keep what was typed."""
    if viewer not in PAIR or not sight_of(viewer, mentorship.state).steps:
        return None
    may_act = mentorship.state in AGREED
    drawn = [_drawn(step, may_act=may_act, settled=settled) for step in steps.steps_of(session, mentorship)]
    return StepsOnPage(drawn, (choose_form or _choose_form(mentorship)) if may_act else None)


def _choose_form(mentorship: Mentorship) -> ChooseForm:
    form = ChooseForm(formdata=None)
    form.offer(mentorship.request.cohort)
    return form


def _drawn(step: Step, *, may_act: bool, settled: tuple[str, SettleForm] | None) -> Drawn:
    words, kind = STATES[step.state]
    came_back = settled is not None and settled[0] == step.public_id
    form = settled[1] if came_back and settled else SettleForm(formdata=None)
    form.learned.id = form.learned.label.field_id = f"learned-{step.public_id}"
    waits = may_act and step.state is StepState.CHOSEN
    return Drawn(
        step, step_words(step), gettext(words), kind, linked(step.learned), form if waits else None, came_back
    )
