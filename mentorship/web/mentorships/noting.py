"""A mentor's notes to herself about a pair, on a page that nobody else opens."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, TextAreaField

from mentorship.rules.errors import NotAllowed, Stale
from mentorship.services import noting
from mentorship.store.mentorships import Mentorship
from mentorship.web.database import session
from mentorship.web.errors import sentence_of
from mentorship.web.forms import PageForm
from mentorship.web.i18n import gettext, lazy_gettext
from mentorship.web.mentorships.blueprint import NOT_HERS, bp, load
from mentorship.web.mentorships.forms import at_most
from mentorship.web.mentorships.sight import Viewer
from mentorship.web.signed_in import me, now


class NotesForm(PageForm):
    """Her notes; `seen` holds what stood when her page was made."""

    words = TextAreaField(
        lazy_gettext("Your notes"),
        [at_most(noting.LONGEST)],
        description=lazy_gettext(
            "What you want to remember for the next time. Nobody else reads it; empty it, and it is gone."
        ),
    )
    seen = HiddenField()


@bp.get("/<public_id:public_id>/notes")
def notes(public_id: str) -> ResponseReturnValue:
    mentorship = _hers(public_id)
    return _page(mentorship, _form(mentorship))


@bp.post("/<public_id:public_id>/notes")
def keep_notes(public_id: str) -> ResponseReturnValue:
    mentorship, form = _hers(public_id), NotesForm()
    if not form.validate():
        return _page(mentorship, form), 422
    try:
        noting.keep_note(
            session, mentorship, me(), form.words.data or "", seen=form.seen.data or "", at=now()
        )
    except Stale as stale:
        session.rollback()
        stands = _form(mentorship)
        form.seen.process_data(stands.seen.data)
        return _page(mentorship, form, changed=sentence_of(stale), stands=stands.words.data or ""), 409
    session.commit()
    flash(gettext("Saved."), "success")
    return redirect(url_for(".notes", public_id=public_id), 303)


def _hers(public_id: str) -> Mentorship:
    mentorship, viewer = load(public_id)
    if viewer is not Viewer.MENTOR:
        raise NotAllowed(NOT_HERS)
    return mentorship


def _form(mentorship: Mentorship) -> NotesForm:
    note = noting.note_of(session, mentorship, me())
    words = note.words if note is not None else ""
    return NotesForm(formdata=None, data={"words": words, "seen": noting.mark(note)})


def _page(mentorship: Mentorship, form: NotesForm, *, changed: str = "", stands: str = "") -> str:
    return render_template(
        "mentorships/notes.html", mentorship=mentorship, form=form, changed=changed, stands=stands
    )
