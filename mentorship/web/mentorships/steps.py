"""Choosing a small step, saying how it went, taking it back: for the two of a pair."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from mentorship.rules.errors import BadInput, WrongState
from mentorship.rules.marking import N_
from mentorship.services import offers, steps
from mentorship.store.mentorships import Mentorship
from mentorship.store.together import StepState
from mentorship.web.database import session
from mentorship.web.errors import sentence_of
from mentorship.web.i18n import gettext
from mentorship.web.mentorships.blueprint import bp, done, for_the_two, load
from mentorship.web.mentorships.page import pair_page
from mentorship.web.mentorships.sight import Viewer
from mentorship.web.mentorships.steps_form import ChooseForm, SettleForm, StepsOnPage, steps_on
from mentorship.web.signed_in import me, now

THANKS: dict[StepState, str] = {
    StepState.TRIED: N_("Tried: that counts, however it went."),
    StepState.DONE: N_("Done. What you did stands among your steps."),
}


@bp.post("/<public_id:public_id>/steps")
def choose_step(public_id: str) -> ResponseReturnValue:
    mentorship, viewer = load(public_id)
    for_the_two(viewer)
    form = ChooseForm()
    form.offer(mentorship.request.cohort)
    if not form.validate():
        return _page(mentorship, viewer, steps_on(mentorship, viewer, choose_form=form)), 422
    try:
        steps.choose(session, mentorship, me(), form.chosen(), at=now())
    except BadInput as refusal:
        session.rollback()
        form[refusal.field].errors = [sentence_of(refusal)]
        return _page(mentorship, viewer, steps_on(mentorship, viewer, choose_form=form)), 422
    except WrongState as refusal:
        return _changed(mentorship, viewer, refusal), 409
    offers.heard_from(session, me().id)
    return done(public_id, gettext("Chosen. Try it when you like, and say here how it went."))


@bp.post("/<public_id:public_id>/steps/<public_id:step_id>")
def settle_step(public_id: str, step_id: str) -> ResponseReturnValue:
    mentorship, viewer = load(public_id)
    for_the_two(viewer)
    step = steps.step_of(session, mentorship, step_id)
    form = SettleForm()
    if not form.validate():
        return _page(mentorship, viewer, steps_on(mentorship, viewer, settled=(step_id, form))), 422
    state = StepState(form.state.data)
    try:
        steps.settle(session, mentorship, me(), step, state, learned=form.learned.data or "", at=now())
    except WrongState as refusal:
        return _changed(mentorship, viewer, refusal), 409
    offers.heard_from(session, me().id)
    return done(public_id, gettext(THANKS[state]))


@bp.post("/<public_id:public_id>/steps/<public_id:step_id>/take-back")
def take_back_step(public_id: str, step_id: str) -> ResponseReturnValue:
    mentorship, viewer = load(public_id)
    for_the_two(viewer)
    step = steps.step_of(session, mentorship, step_id)
    try:
        steps.take_back(session, mentorship, me(), step)
    except WrongState as refusal:
        return _changed(mentorship, viewer, refusal), 409
    return done(public_id, gettext("Taken back."))


def _changed(mentorship: Mentorship, viewer: Viewer, refusal: WrongState) -> str:
    session.rollback()
    return pair_page(mentorship, viewer, me(), at=now(), changed=sentence_of(refusal))


def _page(mentorship: Mentorship, viewer: Viewer, drawn: StepsOnPage | None) -> str:
    return pair_page(mentorship, viewer, me(), at=now(), steps=drawn)
