"""Her coordinators, while no request of hers is open: all they and she wrote, and the field for more."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mentorship.rules.errors import BadInput, TooMany, WrongState
from mentorship.services import with_coordinators
from mentorship.store.queries import open_request_of
from mentorship.web.database import session
from mentorship.web.errors import sentence_of, status_of
from mentorship.web.i18n import gettext
from mentorship.web.newcomer.blueprint import bp
from mentorship.web.newcomer.forms import WordsForm
from mentorship.web.signed_in import me, now


@bp.get("/coordinators")
def coordinators() -> ResponseReturnValue:
    """With an open request they are written to on its page."""
    if open_request_of(session, me()) is not None:
        return redirect(url_for(".show", _anchor="reads"), 303)
    return _page(WordsForm(formdata=None))


@bp.post("/coordinators")
def write_coordinators() -> ResponseReturnValue:
    form, cohort = WordsForm(), with_coordinators.cohort_to_write_to(session, me())
    if cohort is None:
        return _page(form), 409
    if not form.validate():
        return _page(form), 422
    if form.must_ask(form.words.data):
        return _page(form)
    try:
        with_coordinators.write(session, cohort, me(), me(), form.words.data or "", at=now())
    except (BadInput, TooMany, WrongState) as refusal:
        session.rollback()
        form.words.errors = [sentence_of(refusal)]
        return _page(form), status_of(refusal)
    session.commit()
    flash(gettext("Your message is sent."), "success")
    return redirect(url_for(".coordinators"), 303)


def _page(form: WordsForm) -> str:
    cohort = with_coordinators.cohort_to_write_to(session, me())
    readers = with_coordinators.readers_for(session, me(), cohort) if cohort else []
    thread = with_coordinators.everything(session, me())
    return render_template("newcomer/coordinators.html", form=form, readers=readers, thread=thread, her=me())
