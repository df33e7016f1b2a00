"""The newcomer of a pair writes to its second person, who answers."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from mentorship.rules.errors import BadInput, NotAllowed, TooMany, WrongState
from mentorship.rules.marking import N_
from mentorship.services import messages, offers
from mentorship.store.mentorships import Mentorship
from mentorship.web.database import session
from mentorship.web.errors import sentence_of, status_of
from mentorship.web.i18n import gettext
from mentorship.web.mentorships.blueprint import NOT_HERS, bp, done, load
from mentorship.web.mentorships.page import pair_page
from mentorship.web.mentorships.second import COORDINATORS, PREFIX, WHO, SecondForm, goes_to, thread_with
from mentorship.web.mentorships.sight import Viewer
from mentorship.web.signed_in import me, now

OTHERS_NOW = N_("What you write here would reach someone else now than when you opened this page.")
NOBODY_NOW = N_("There is no second person to write to here any more.")


@bp.post("/<public_id:public_id>/second")
def write_second(public_id: str) -> ResponseReturnValue:
    """To the backup, or to the coordinators who stand in where there is none."""
    mentorship, viewer = load(public_id)
    form, person = SecondForm(prefix=PREFIX), me()
    if viewer not in WHO:
        raise NotAllowed(NOT_HERS)
    if not form.validate():
        return pair_page(mentorship, viewer, person, at=now(), second=form), 422
    session.refresh(mentorship, with_for_update=True)
    if form.is_sent_already(thread_with(session, mentorship, viewer, form.to.data or ""), person):
        return redirect(url_for(".show", public_id=public_id, _anchor="second"), 303)
    to = goes_to(session, mentorship, viewer, at=now())
    if viewer is Viewer.NEWCOMER and form.to.data != to:  # a backup has the newcomer alone to write to
        form.look_again(thread_with(session, mentorship, viewer, to))
        return _moved_on(mentorship, viewer, form, gettext(OTHERS_NOW if to else NOBODY_NOW))
    if form.must_ask(form.words.data):
        return pair_page(mentorship, viewer, person, at=now(), second=form)
    return _sent(mentorship, viewer, form)


def _sent(mentorship: Mentorship, viewer: Viewer, form: SecondForm) -> ResponseReturnValue:
    person = me()
    try:
        _write(mentorship, form)
    except (BadInput, TooMany) as refusal:
        session.rollback()
        form.words.errors = [sentence_of(refusal)]
        return pair_page(mentorship, viewer, person, at=now(), second=form), status_of(refusal)
    except WrongState as refusal:
        session.rollback()
        return _moved_on(mentorship, viewer, form, sentence_of(refusal))
    offers.heard_from(session, person.id)
    return done(mentorship.public_id, gettext("Sent."))


def _moved_on(mentorship: Mentorship, viewer: Viewer, form: SecondForm, changed: str) -> ResponseReturnValue:
    return pair_page(mentorship, viewer, me(), at=now(), second=form, changed=changed), 409


def _write(mentorship: Mentorship, form: SecondForm) -> None:
    """To the one the form names, and to nobody else, however it stands by now."""
    words = form.words.data or ""
    if form.to.data == COORDINATORS:
        messages.write_about_request(session, mentorship.request, me(), words, at=now())
    else:
        messages.write_aside(session, mentorship, me(), words, at=now())
