"""Finding a time for a first talk on the pair's page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Response, request
from flask.typing import ResponseReturnValue

from mentorship.rules.errors import BadInput, NotFound, Stale, WrongState
from mentorship.services import offers, talks
from mentorship.store.mentorships import Mentorship
from mentorship.web.database import session
from mentorship.web.errors import sentence_of
from mentorship.web.i18n import gettext
from mentorship.web.mentorships.blueprint import bp, done, for_the_two, load
from mentorship.web.mentorships.page import pair_page
from mentorship.web.mentorships.sight import Viewer
from mentorship.web.mentorships.talking import entry_of
from mentorship.web.signed_in import me, now

REFUSED = {BadInput: 422, Stale: 409, WrongState: 409}


@bp.post("/<public_id:public_id>/talk")
def propose_talk(public_id: str) -> ResponseReturnValue:
    said = gettext("Proposed. You hear here when the other agrees or chooses another time.")
    return _with_the_time(public_id, talks.propose, said)


@bp.post("/<public_id:public_id>/talk/agree")
def agree_talk(public_id: str) -> ResponseReturnValue:
    said = gettext("Agreed. You can take it into your calendar; the entry names nobody.")
    return _with_the_time(public_id, talks.agree, said)


@bp.post("/<public_id:public_id>/talk/off")
def call_off_talk(public_id: str) -> ResponseReturnValue:
    mentorship, viewer = load(public_id)
    for_the_two(viewer)
    talks.call_off(session, mentorship, me(), at=now())
    return done(public_id, gettext("Taken back. You can choose another time whenever you like."))


@bp.get("/<public_id:public_id>/call.ics")
def calendar_entry(public_id: str) -> ResponseReturnValue:
    """For the two alone, once both have agreed."""
    mentorship, viewer = load(public_id)
    for_the_two(viewer)
    talk = talks.talk_of(session, mentorship)
    if talk is None or talk.agreed_at is None or mentorship.state not in talks.MAY_TALK:
        raise NotFound("")
    headers = {"Content-Disposition": "attachment; filename=call.ics"}
    return Response(entry_of(talk), mimetype="text/calendar", headers=headers)


def _with_the_time(public_id: str, act: Callable[..., object], said: str) -> ResponseReturnValue:
    """Propose or agree to the time of the button; what is refused is said on the pair's page."""
    mentorship, viewer = load(public_id)
    for_the_two(viewer)
    try:
        act(session, mentorship, me(), _time_given(), at=now())
    except (BadInput, Stale, WrongState) as refusal:
        return _again(mentorship, viewer, refusal)
    offers.heard_from(session, me().id)
    return done(public_id, said)


def _time_given() -> datetime:
    """The time of the button that was pressed, as the page wrote it there."""
    try:
        return datetime.fromtimestamp(int(request.form.get("starts_at", "")[:12]), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise BadInput(talks.NO_LONGER, field="starts_at") from error


def _again(
    mentorship: Mentorship, viewer: Viewer, refusal: BadInput | Stale | WrongState
) -> ResponseReturnValue:
    session.rollback()
    changed = sentence_of(refusal)
    return pair_page(mentorship, viewer, me(), at=now(), changed=changed), REFUSED[type(refusal)]
