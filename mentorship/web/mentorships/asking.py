"""The mentor asks something before she answers; the newcomer answers it."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from mentorship.rules.errors import BadInput, WrongState
from mentorship.services import offers, questions
from mentorship.web.database import session
from mentorship.web.errors import sentence_of
from mentorship.web.formats import moment
from mentorship.web.i18n import gettext
from mentorship.web.mentorships.blueprint import bp, done, for_the_two, load
from mentorship.web.mentorships.forms import ActForm
from mentorship.web.mentorships.page import pair_page
from mentorship.web.mentorships.question import ReplyForm
from mentorship.web.signed_in import me, now


@bp.post("/<public_id:public_id>/question")
def ask_question(public_id: str) -> ResponseReturnValue:
    mentorship, viewer = load(public_id)
    for_the_two(viewer)
    form, person = ActForm(), me()
    if not form.validate() and set(form.errors) != {"version"}:
        return pair_page(mentorship, viewer, person, at=now(), act_form=form), 422
    if form.must_ask(form.question.data):
        return pair_page(mentorship, viewer, person, at=now(), act_form=form)
    try:
        questions.ask_question(session, mentorship, person, form.question.data or "", at=now())
    except BadInput as refusal:
        session.rollback()
        form.question.errors = [sentence_of(refusal)]
        return pair_page(mentorship, viewer, person, at=now(), act_form=form), 422
    except WrongState as refusal:
        session.rollback()
        changed = sentence_of(refusal)
        return pair_page(mentorship, viewer, person, at=now(), act_form=form, changed=changed), 409
    offers.heard_from(session, person.id)
    due = moment(mentorship.answer_due_at)
    return done(public_id, gettext("Asked. An answer is due by %(due)s; you need do nothing.", due=due))


@bp.post("/<public_id:public_id>/question/answer")
def answer_question(public_id: str) -> ResponseReturnValue:
    mentorship, viewer = load(public_id)
    for_the_two(viewer)
    form, person = ReplyForm(), me()
    if not form.validate():
        return pair_page(mentorship, viewer, person, at=now(), reply_form=form), 422
    if form.must_ask(form.reply.data):
        return pair_page(mentorship, viewer, person, at=now(), reply_form=form)
    try:
        questions.answer_question(session, mentorship, person, form.reply.data or "", at=now())
    except BadInput as refusal:
        session.rollback()
        form.reply.errors = [sentence_of(refusal)]
        return pair_page(mentorship, viewer, person, at=now(), reply_form=form), 422
    except WrongState as refusal:
        session.rollback()
        changed = sentence_of(refusal)
        return pair_page(mentorship, viewer, person, at=now(), reply_form=form, changed=changed), 409
    due = moment(mentorship.answer_due_at)
    session.commit()
    flash(gettext("Sent. You will hear by %(due)s; you need do nothing.", due=due), "success")
    return redirect(url_for("newcomer.show"), 303)
