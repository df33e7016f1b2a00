"""The mentor proposes a successor; the successor and the newcomer each say yes or no."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from mentorship.rules.errors import (
    AlreadyOpen,
    MentorFull,
    NotAllowed,
    NotFound,
    NotPossible,
    WrongState,
)
from mentorship.rules.marking import N_
from mentorship.services import handing_over
from mentorship.store.mentorships import HandOver
from mentorship.web.database import session
from mentorship.web.errors import sentence_of
from mentorship.web.i18n import gettext
from mentorship.web.mentorships.blueprint import NOT_HERS, bp, done, for_the_two, load
from mentorship.web.mentorships.hand_over import candidates
from mentorship.web.mentorships.page import pair_page
from mentorship.web.mentorships.sight import Viewer, viewer_of
from mentorship.web.signed_in import me, now

REFUSED = (AlreadyOpen, MentorFull, NotPossible, WrongState)
NOBODY_CHOSEN = N_("Please choose one of the people named here.")


@bp.post("/<public_id:public_id>/hand-over")
def hand_over(public_id: str) -> ResponseReturnValue:
    mentorship, viewer = load(public_id)
    for_the_two(viewer)
    if viewer is not Viewer.MENTOR:
        raise NotAllowed(NOT_HERS)
    chosen = request.form.get("successor", "")
    found = candidates(session, mentorship, at=now())
    successor = next((each for each in found if each.public_id == chosen), None)
    if successor is None:
        changed = gettext(NOBODY_CHOSEN)
        return pair_page(mentorship, viewer, me(), at=now(), changed=changed), 422
    try:
        handing_over.propose_successor(session, mentorship, me(), successor, at=now())
    except REFUSED as refusal:
        session.rollback()
        changed = sentence_of(refusal)
        return pair_page(mentorship, viewer, me(), at=now(), changed=changed), 409
    return done(public_id, gettext("Both are asked. Nothing changes before the two have agreed."))


@bp.post("/hand-overs/<public_id:hand_over_id>")
def answer_hand_over(hand_over_id: str) -> ResponseReturnValue:
    """The word of the successor, or of the newcomer; nobody else finds anything here."""
    asked = session.scalar(select(HandOver).where(HandOver.public_id == hand_over_id))
    if asked is None or me().id not in (asked.successor_id, asked.mentorship.newcomer_id):
        raise NotFound("")
    agrees = request.form.get("agrees") == "yes"
    new = handing_over.answer(session, asked, me(), agrees=agrees, at=now())
    session.commit()
    flash(
        gettext("Thank you. Your answer is kept.") if new is None else gettext("So it goes on from here."),
        "success",
    )
    shown = new or (asked.mentorship if viewer_of(session, asked.mentorship, me()) else None)
    if shown is None:
        return redirect(url_for("pages.home"), 303)
    return redirect(url_for(".show", public_id=shown.public_id), 303)
