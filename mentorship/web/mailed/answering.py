"""Any other question answered by the link in its mail: one look that changes nothing, one click that does."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from mentorship.rules.errors import BadInput, NotFound, Refusal, WrongState
from mentorship.rules.helped import Still
from mentorship.services import mailed_questions
from mentorship.services.mailed_about_her import Helped
from mentorship.services.mailed_question import Given, Question
from mentorship.web.database import session
from mentorship.web.errors import sentence_of, status_of
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
        return _once_more(found, given)
    if not form.validate() or given not in CHOICES[name]:
        form.helped.errors = form.helped.errors or [gettext("Please choose one of these.")]
        return _page(found, token, form, given), 422
    if FIELDS.get((name, given)) == "words" and form.must_ask(form.words.data):
        return _page(found, token, form, given)
    return _answer(found, token, form)


def _answer(found: Question, token: str, form: AnswerForm) -> ResponseReturnValue:
    try:
        mailed_questions.answer(found, _given(found, form))
    except BadInput as refusal:
        session.rollback()
        form.put(refusal)
        return _page(found, token, form, form.given), 422
    except (WrongState, NotFound):  # something was quicker, perhaps her own first click
        session.rollback()
        return _once_more(found, form.given)
    except Refusal as refusal:  # not now; the link is good for another day
        session.rollback()
        return _page(found, token, form, form.given, refused=refusal), status_of(refusal)
    session.commit()
    return _thanks(found, form.given)


def _once_more(found: Question | None, given: str) -> ResponseReturnValue:
    return over() if found is None or not found.has(given) else _thanks(found, given)


def _given(found: Question, form: AnswerForm) -> Given:
    with as_she_reads(found.person):  # the day she names is a day where she lives
        until = end_of_day(form.until.data, "until")
    still = Still(form.still.data) if form.still.data else None
    return Given(answer=form.given, words=form.words.data or "", until=until, still=still)


def _thanks(found: Question, given: str) -> str:
    with as_she_reads(found.person):
        return thanks(thanks_for(found, given), onward(found))


def _page(found: Question, token: str, form: AnswerForm, chosen: str, refused: Refusal | None = None) -> str:
    with as_she_reads(found.person):
        answers = {answer: gettext(words) for answer, words in CHOICES[found.name].items()}
        return render_template(
            "mailed/question.html",
            token=token,
            name=found.name,
            form=form,
            sentences=sentences_of(found),
            refused=refused and sentence_of(refused),
            answers=answers,
            fields={answer: FIELDS.get((found.name, answer)) for answer in answers},
            chosen=chosen if chosen in answers else next(iter(answers)),
        )
