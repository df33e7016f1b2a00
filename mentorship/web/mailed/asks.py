"""A mentor answers an ask by the link in its mail: one look that changes nothing, one click that does."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentorship.rules.errors import BadInput, Refusal
from mentorship.rules.marking import N_
from mentorship.services import mailed_links
from mentorship.services.mailed_answers import AskAnswer, answer_ask, answer_of
from mentorship.services.mailed_links import Link
from mentorship.web.database import session
from mentorship.web.i18n import gettext
from mentorship.web.mailed.blueprint import as_she_reads, bp, over, page_of, secret, thanks
from mentorship.web.mailed.forms import AskForm
from mentorship.web.mentorships.forms import end_of_day
from mentorship.web.mentorships.sentences import name_of
from mentorship.web.signed_in import now

THANKS: dict[AskAnswer, str] = {
    AskAnswer.YES: N_("You said yes. Please say hello first: a ready message waits on your page."),
    AskAnswer.QUESTION: N_("Asked. You hear as soon as it is answered; you need do nothing."),
    AskAnswer.NOT_NOW: N_("Thank you for answering. The newcomer hears of it kindly, and we go on."),
    AskAnswer.NOT_THE_RIGHT_ONE: N_(
        "Thank you for answering. The newcomer hears of it kindly, and we go on."
    ),
}


@bp.get("/ask/<token>")
def ask(token: str) -> ResponseReturnValue:
    """Mail programs look at links by themselves: this only shows."""
    link = mailed_links.ask_behind(session, secret(), token, at=now())
    return over() if link is None else _page(token, link, AskForm(formdata=None), request.args.get("answer"))


@bp.post("/ask/<token>")
def answer_asked(token: str) -> ResponseReturnValue:
    link = mailed_links.ask_behind(session, secret(), token, at=now())
    form = AskForm()
    given = next((each for each in AskAnswer if each == form.answer.data), None)
    if link is None:
        return _once_more(token, given)
    if not form.validate() or given is None:
        return _page(token, link, form, given), 422
    if given is AskAnswer.QUESTION and form.must_ask(form.question.data):
        return _page(token, link, form, given)
    try:
        _answer(link, given, form)
    except BadInput as refusal:
        session.rollback()
        form.put(refusal)
        return _page(token, link, form, given), 422
    except Refusal:  # something was quicker
        session.rollback()
        return over()
    session.commit()
    return _thanks(link, given)


def _answer(link: Link, given: AskAnswer, form: AskForm) -> None:
    with as_she_reads(link.person):  # the day she names is a day where she lives
        until = end_of_day(form.away.data, "away")
    words = form.question.data if given is AskAnswer.QUESTION else form.note.data
    answer_ask(session, link, given, at=now(), words=words or "", away_until=until)


def _once_more(token: str, given: AskAnswer | None) -> ResponseReturnValue:
    """A second click on the same button is told the same; anything else is over."""
    last = mailed_links.ask_answered(session, secret(), token, at=now())
    if last is None or given is None or answer_of(last) is not given:
        return over()
    return _thanks(Link(last.mentorship.mentor, last.mentorship, last.n), given)


def _thanks(link: Link, given: AskAnswer) -> str:
    with as_she_reads(link.person):
        return thanks(gettext(THANKS[given]), page_of(link.mentorship))


def _page(token: str, link: Link, form: AskForm, chosen: str | None) -> str:
    """Drawn in her language and time; the name she was asked by, the date, and nothing more."""
    with as_she_reads(link.person):
        return render_template(
            "mailed/ask.html",
            token=token,
            form=form,
            chosen=next((each for each in AskAnswer if each == chosen), AskAnswer.YES),
            may_ask=link.mentorship.question_at is None,
            name=name_of(link.mentorship.newcomer),
            due=link.mentorship.answer_due_at,
            onward=url_for("auth.sign_in", next=page_of(link.mentorship)),
        )
