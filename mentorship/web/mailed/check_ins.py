"""“Are you in touch?”, answered by the link in its mail."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from mentorship.rules.errors import WrongState
from mentorship.services import check_ins, mailed_links
from mentorship.services.mailed_links import Link
from mentorship.store.together import CheckIn, CheckInAnswer
from mentorship.web.database import session
from mentorship.web.i18n import gettext
from mentorship.web.mailed.blueprint import as_she_reads, bp, over, page_of, secret, thanks
from mentorship.web.mailed.forms import CheckInForm
from mentorship.web.mentorships.check_ins import THANKS
from mentorship.web.mentorships.sentences import name_of
from mentorship.web.signed_in import now


@bp.get("/check-in/<token>")
def check_in(token: str) -> ResponseReturnValue:
    """Mail programs look at links by themselves: this only shows."""
    found = mailed_links.check_in_behind(session, secret(), token, at=now())
    if found is None or found[1].answer is not None:
        return over()
    return _page(token, found[0], CheckInForm(formdata=None), request.args.get("answer"))


@bp.post("/check-in/<token>")
def answer_check_in(token: str) -> ResponseReturnValue:
    found = mailed_links.check_in_behind(session, secret(), token, at=now())
    if found is None:
        return over()
    (link, row), form = found, CheckInForm()
    given = next((each for each in CheckInAnswer if each == form.answer.data), None)
    if not form.validate() or given is None:
        return over() if row.answer else (_page(token, link, form, given), 422)
    return _answer(link, row, given, form.wrong.data or "")


def _answer(link: Link, row: CheckIn, given: CheckInAnswer, words: str) -> ResponseReturnValue:
    try:
        check_ins.answer(session, row, given, by=link.person, at=now(), words=words)
    except WrongState:  # it was answered otherwise
        session.rollback()
        return over()
    session.commit()
    with as_she_reads(link.person):
        return thanks(gettext(THANKS[given]), page_of(link.mentorship))


def _page(token: str, link: Link, form: CheckInForm, chosen: str | None) -> str:
    mentorship = link.mentorship
    newcomers = link.person.id == mentorship.newcomer_id
    with as_she_reads(link.person):
        return render_template(
            "mailed/check_in.html",
            token=token,
            form=form,
            chosen=next((each for each in CheckInAnswer if each == chosen), CheckInAnswer.YES),
            other=name_of(mentorship.mentor if newcomers else mentorship.newcomer),
        )
