"""The steps she has taken, as they are drawn on her pages and in her story."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from mentorship.services import steps
from mentorship.store.people import Person
from mentorship.store.together import Step
from mentorship.web.database import session
from mentorship.web.i18n import gettext
from mentorship.web.links import linked
from mentorship.web.step_words import STATES, step_words


@dataclass(frozen=True, slots=True)
class Taken:
    """A step tried or done."""

    words: str
    state: str
    learned: Markup
    at: datetime


def taken_by(person: Person) -> list[Taken]:
    """Her steps, the first one first."""
    return taken_from(steps.steps_taken_by(session, person))


def taken_from(found: Iterable[Step]) -> list[Taken]:
    """Steps that were tried or done, as they are drawn."""
    return [
        Taken(step_words(step), gettext(STATES[step.state][0]), linked(step.learned), step.settled_at)
        for step in found
        if step.settled_at is not None
    ]
