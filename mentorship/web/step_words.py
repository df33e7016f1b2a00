"""A small step in words: the programme's own are translated, all others stand as they were written."""

from __future__ import annotations

from mentorship.rules.marking import N_
from mentorship.rules.steps import SENTENCES
from mentorship.services.ladders import Chosen
from mentorship.store.together import Step, StepState
from mentorship.web.i18n import gettext

STATES: dict[StepState, tuple[str, str]] = {
    StepState.CHOSEN: (N_("Chosen"), "notice"),
    StepState.TRIED: (N_("Tried"), "success"),
    StepState.DONE: (N_("Done"), "success"),
}
"""How a step stands, with the kind of its chip: tried looks like done."""


def rung_words(rung: Chosen) -> str:
    """A rung of a ladder in the reader's language."""
    return gettext(SENTENCES[rung.code]) if rung.code in SENTENCES else rung.words


def step_words(step: Step) -> str:
    """A step in the reader's language; its own words may have gone with the one who wrote them."""
    return rung_words(Chosen(step.area, step.rung, step.title)) or gettext("A step of your own")
