"""The mentor's one question before she answers an ask, and the newcomer's answer, as they are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from wtforms import TextAreaField

from mentorship.rules.lifecycle import State
from mentorship.services import questions
from mentorship.store.mentorships import EventNote, Mentorship
from mentorship.web.forms import WrittenForm
from mentorship.web.i18n import lazy_gettext
from mentorship.web.links import linked
from mentorship.web.mentorships.forms import at_most


class ReplyForm(WrittenForm):
    """The newcomer's answer to the question."""

    reply = TextAreaField(lazy_gettext("Your answer"), [at_most(questions.LONGEST)])


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked and answered; `is_open` while an answer is awaited, by `due`."""

    mentorship: Mentorship
    words: Markup
    answer: Markup
    is_open: bool
    due: datetime


def question_in(mentorship: Mentorship | None) -> Question | None:
    """The question of an ask that waits for the mentor's yes or no; None where none was asked."""
    if mentorship is None or mentorship.state is not State.PROPOSED or mentorship.question_at is None:
        return None
    return Question(
        mentorship,
        _words(questions.question_of(mentorship)),
        _words(questions.answer_of(mentorship)),
        mentorship.question_answered_at is None,
        mentorship.answer_due_at,
    )


def _words(note: EventNote | None) -> Markup:
    return linked(note.words) if note is not None else Markup()
