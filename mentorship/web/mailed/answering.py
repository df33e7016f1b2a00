"""Any other question answered by the link in its mail: one look that changes nothing, one click that does."""

from __future__ import annotations

from datetime import datetime

from flask import render_template, request
from flask.typing import ResponseReturnValue

from mentorship.rules.errors import BadInput, Refusal
from mentorship.rules.helped import Still
from mentorship.services import mailed_questions
from mentorship.services.mailed_question import Given, Question
from mentorship.services.mailed_questions import Helped
from mentorship.web.database import session
from mentorship.web.i18n import gettext
from mentorship.web.mailed.blueprint import as_she_reads, bp, over, secret, thanks
from mentorship.web.mailed.forms import AnswerForm
from mentorship.web.mailed.words import CHOICES, FIELDS, onward, sentences_of, thanks_for
from mentorship.web.mentorships.forms import end_of_day
from mentorship.web.signed_in import now


@bp.get("/question/<name>/<token>")
def question(name: str, token: str) -> ResponseReturnValue:
    """Mail programs look at links by themselves: this only shows."""
    found = mailed_questions.behind(session, secret(), name, token, at=now())
    if found is None or not found.is_open():
        return over()
    chosen = request.args.get("answer", "")
    helped = chosen if chosen in CHOICES[Helped.name] else None
    return _page(found, token, AnswerForm(formdata=None, data={"helped": helped}), chosen)


@bp.post("/question/<name>/<token>")
def answer_question(name: str, token: str) -> ResponseReturnValue:
    """A second click on the same button is told the same; anything else is over once it was answered."""
    found, form = mailed_questions.behind(session, secret(), name, token, at=now()), AnswerForm()
    given = form.given
    if found is None or not found.is_open():
        return over() if found is None or not found.has(given) else _thanks(found, given, None)
    if not form.validate() or given not in CHOICES[name]:
        form.helped.errors = form.helped.errors or [gettext("Please choose one of these.")]
        return _page(found, token, form, given), 422
    if FIELDS.get((name, given)) == "words" and form.must_ask(form.words.data):
        return _page(found, token, form, given)
    try:
        due = found.answer(_given(found, form))
    except BadInput as refusal:
        session.rollback()
        form.put(refusal)
        return _page(found, token, form, given), 422
    except Refusal:  # something was quicker
        session.rollback()
        return over()
    session.commit()
    return _thanks(found, given, due)


def _given(found: Question, form: AnswerForm) -> Given:
    with as_she_reads(found.person):  # the day she names is a day where she lives
        until = end_of_day(form.until.data, "until")
    still = Still(form.still.data) if form.still.data else None
    return Given(answer=form.given, words=form.words.data or "", until=until, still=still)


def _thanks(found: Question, given: str, due: datetime | None) -> str:
    with as_she_reads(found.person):
        return thanks(thanks_for(found, given, due), onward(found))


def _page(found: Question, token: str, form: AnswerForm, chosen: str) -> str:
    with as_she_reads(found.person):
        answers = {answer: gettext(words) for answer, words in CHOICES[found.name].items()}
        return render_template(
            "mailed/question.html",
            token=token,
            name=found.name,
            form=form,
            sentences=sentences_of(found),
            answers=answers,
            fields={answer: FIELDS.get((found.name, answer)) for answer in answers},
            chosen=chosen if chosen in answers else next(iter(answers)),
        )
