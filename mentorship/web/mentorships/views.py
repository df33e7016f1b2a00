"""The page of a pair, its acts and messages."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mentorship.rules.errors import BadInput, MentorFull, NotAllowed, NotPossible, Stale, TooMany, WrongState
from mentorship.rules.lifecycle import AGREED, Action, Code
from mentorship.rules.marking import N_
from mentorship.services import audit, away, closing, helper_question, messages, offers
from mentorship.services.mentorships import act as carry_out
from mentorship.store.mentorships import Mentorship
from mentorship.store.people import Person
from mentorship.web.database import session
from mentorship.web.errors import sentence_of, status_of
from mentorship.web.i18n import gettext
from mentorship.web.mentorships import asking, check_ins, handing, noting, steps, talks, telling, turning
from mentorship.web.mentorships.blueprint import NOT_HERS, bp, done, for_the_two, load
from mentorship.web.mentorships.forms import ActForm, ClosingForm, MessageForm, end_of_day
from mentorship.web.mentorships.page import pair_page
from mentorship.web.mentorships.sight import PARTY, Viewer
from mentorship.web.signed_in import me, now

__all__ = ["asking", "bp", "check_ins", "handing", "noting", "steps", "talks", "telling", "turning"]

MOVED_ON = (Stale, WrongState, MentorFull, NotPossible)
"""Refusals after which she is shown how it is now."""

DONE: dict[Action, str] = {
    Action.ACCEPT: N_("You said yes. A ready first message is below: change it as you like, and send it."),
    Action.DECLINE: N_("Thank you for answering. The newcomer hears of it kindly, and we go on."),
    Action.WITHDRAW: N_("Taken back."),
    Action.COMPLETE: N_("Completed. One question is left, and you may leave it empty."),
    Action.END: N_("Ended. No reason is asked, and none is shown."),
}


@bp.get("/<public_id:public_id>")
def show(public_id: str) -> ResponseReturnValue:
    """A coordinator's reading is written down, for the two to see."""
    mentorship, viewer = load(public_id)
    if viewer is Viewer.COORDINATOR:
        for person in (mentorship.newcomer, mentorship.mentor):
            audit.record(
                session, "read", actor=me(), at=now(), kind="mentorship",
                subject_id=mentorship.id, person=person,
            )  # fmt: skip
        session.commit()
    return pair_page(mentorship, viewer, me(), at=now())


@bp.post("/<public_id:public_id>/<action:action>")
def act(public_id: str, action: Action) -> ResponseReturnValue:
    mentorship, viewer = load(public_id)
    form, person = ActForm(), me()
    if not form.validate() and set(form.errors) != {"version"}:
        return pair_page(mentorship, viewer, person, at=now(), act_form=form), 422
    try:
        _act(mentorship, viewer, action, form)
    except BadInput as refusal:
        session.rollback()
        _on_field(form, refusal)
        return pair_page(mentorship, viewer, person, at=now(), act_form=form), 422
    except MOVED_ON as refusal:
        session.rollback()
        if _is_done_already(mentorship, action, form):
            return _onward(mentorship, action)
        changed = sentence_of(refusal)
        return pair_page(mentorship, viewer, person, at=now(), act_form=form, changed=changed), 409
    session.commit()
    flash(gettext(DONE.get(action, N_("Saved."))), "success")
    return _onward(mentorship, action)


@bp.post("/<public_id:public_id>/messages")
def write(public_id: str) -> ResponseReturnValue:
    mentorship, viewer = load(public_id)
    form, person = MessageForm(), me()
    for_the_two(viewer)
    if not form.validate():
        return pair_page(mentorship, viewer, person, at=now(), message_form=form), 422
    session.refresh(mentorship, with_for_update=True)
    if form.is_sent_already(messages.thread_of_pair(session, mentorship), person):
        return redirect(url_for(".show", public_id=public_id), 303)
    if form.must_ask(form.words.data):
        return pair_page(mentorship, viewer, person, at=now(), message_form=form)
    try:
        messages.write_to_pair(session, mentorship, person, form.words.data or "", at=now())
    except (BadInput, TooMany) as refusal:
        session.rollback()
        form.words.errors = [sentence_of(refusal)]
        return pair_page(mentorship, viewer, person, at=now(), message_form=form), status_of(refusal)
    except WrongState as refusal:
        session.rollback()
        changed = sentence_of(refusal)
        return pair_page(mentorship, viewer, person, at=now(), message_form=form, changed=changed), 409
    offers.heard_from(session, person.id)
    return done(public_id, gettext("Sent."))


@bp.post("/<public_id:public_id>/closing-words")
def close(public_id: str) -> ResponseReturnValue:
    mentorship, viewer = load(public_id)
    form, person = ClosingForm(), me()
    for_the_two(viewer)
    if not form.validate():
        return pair_page(mentorship, viewer, person, at=now(), closing_form=form), 422
    closing.keep_words(session, mentorship, person, form.words.data or "", at=now())
    session.commit()
    flash(gettext("Thank you."), "success")
    if viewer is Viewer.NEWCOMER and helper_question.due_for(session, person) is not None:
        return redirect(url_for("pages.helped"), 303)
    return redirect(url_for(".show", public_id=public_id), 303)


@bp.post("/<public_id:public_id>/wiki-name")
def share_wiki_name(public_id: str) -> ResponseReturnValue:
    """Show her user name to the other in this pair, or no longer."""
    mentorship, viewer = load(public_id)
    for_the_two(viewer)
    session.refresh(mentorship, with_for_update=True)
    if mentorship.state not in AGREED:
        raise WrongState(N_("This can be changed while a mentorship is open and agreed."))
    on = request.form.get("share") == "yes"
    if viewer is Viewer.NEWCOMER:
        mentorship.newcomer_shares_wiki_name = on
    else:
        mentorship.mentor_shares_wiki_name = on
    session.commit()
    flash(gettext("Saved."), "success")
    return redirect(url_for(".show", public_id=public_id), 303)


def _act(mentorship: Mentorship, viewer: Viewer, action: Action, form: ActForm) -> None:
    if viewer not in PARTY:
        raise NotAllowed(NOT_HERS)
    at, person = now(), me()
    answers = action is Action.DECLINE
    carry_out(
        session,
        mentorship,
        action,
        party=PARTY[viewer],
        by=person,
        at=at,
        seen=form.version.data if form.version.data is not None else 0,
        note=form.note.data or "" if answers else "",
        code=form.chosen_code() if answers else Code.NONE,
        until=end_of_day(form.until.data, "until"),
    )
    if answers and form.chosen_code() is Code.NOT_NOW:
        _go_away(person, form)
    if viewer is Viewer.MENTOR:
        offers.heard_from(session, person.id)


def _go_away(person: Person, form: ActForm) -> None:
    """“Not now, and away until”: her other unanswered asks go on too."""
    until = end_of_day(form.away.data, "away")
    offer = offers.offer_of(session, person)
    if until is None or offer is None:
        return
    try:
        away.go_away(session, offer, until, at=now())
    except BadInput as refusal:
        refusal.field = "away"
        raise


def _on_field(form: ActForm, refusal: BadInput) -> None:
    """Show the refusal at its field, or above the form where it names none of its fields."""
    if refusal.field in form and form[refusal.field].type != "HiddenField":
        form[refusal.field].errors = [sentence_of(refusal)]
    else:
        form.form_errors = [sentence_of(refusal)]


def _is_done_already(mentorship: Mentorship, action: Action, form: ActForm) -> bool:
    """Whether the last thing that happened is this same act of hers: a second click, or a retry."""
    session.refresh(mentorship, ["events", "state"])
    last = mentorship.events[-1]
    if last.action is not action or last.person_id != me().id:
        return False
    if action is Action.DECLINE:
        return last.code is form.chosen_code()
    dates = {Action.PAUSE: mentorship.paused_until, Action.EXTEND: mentorship.agreed_until}
    return action not in dates or dates[action] == end_of_day(form.until.data, "until")


def _onward(mentorship: Mentorship, action: Action) -> ResponseReturnValue:
    if action is Action.DECLINE:
        return redirect(url_for("mentor.home"), 303)
    return redirect(url_for(".show", public_id=mentorship.public_id), 303)
