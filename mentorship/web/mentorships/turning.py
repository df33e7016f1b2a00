"""The newcomer of a pair writes to its second person, who answers."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from mentorship.rules.errors import BadInput, NotAllowed, TooMany, WrongState
from mentorship.rules.lifecycle import AGREED
from mentorship.services import messages, offers, second_person
from mentorship.store.mentorships import Mentorship
from mentorship.web.database import session
from mentorship.web.errors import sentence_of, status_of
from mentorship.web.i18n import gettext
from mentorship.web.mentorships.blueprint import NOT_HERS, bp, done, load
from mentorship.web.mentorships.forms import MessageForm
from mentorship.web.mentorships.page import pair_page
from mentorship.web.mentorships.second import PREFIX, WHO, thread_seen
from mentorship.web.mentorships.sight import Viewer
from mentorship.web.signed_in import me, now


@bp.post("/<public_id:public_id>/second")
def write_second(public_id: str) -> ResponseReturnValue:
    """To the backup, or to the coordinators who stand in where there is none."""
    mentorship, viewer = load(public_id)
    form, person = MessageForm(prefix=PREFIX), me()
    if viewer not in WHO:
        raise NotAllowed(NOT_HERS)
    if not form.validate():
        return pair_page(mentorship, viewer, person, at=now(), second=form), 422
    session.refresh(mentorship, with_for_update=True)
    if form.is_sent_already(thread_seen(session, mentorship, viewer, at=now()), person):
        return redirect(url_for(".show", public_id=public_id, _anchor="second"), 303)
    if form.must_ask(form.words.data):
        return pair_page(mentorship, viewer, person, at=now(), second=form)
    try:
        _write(mentorship, viewer, form.words.data or "")
    except (BadInput, TooMany) as refusal:
        session.rollback()
        form.words.errors = [sentence_of(refusal)]
        return pair_page(mentorship, viewer, person, at=now(), second=form), status_of(refusal)
    except WrongState as refusal:
        session.rollback()
        changed = sentence_of(refusal)
        return pair_page(mentorship, viewer, person, at=now(), second=form, changed=changed), 409
    offers.heard_from(session, person.id)
    return done(public_id, gettext("Sent."))


def _write(mentorship: Mentorship, viewer: Viewer, words: str) -> None:
    nobody_here = second_person.stands_by(session, mentorship, at=now()) is None
    if viewer is Viewer.NEWCOMER and mentorship.state in AGREED and nobody_here:
        messages.write_about_request(session, mentorship.request, me(), words, at=now())
    else:
        messages.write_aside(session, mentorship, me(), words, at=now())
