"""What helps while she waits: a second language by one click, and the circle of those who wait."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from mentorship.services import waiting
from mentorship.store.queries import open_request_of
from mentorship.web.database import session
from mentorship.web.i18n import gettext
from mentorship.web.newcomer.blueprint import bp, mine
from mentorship.web.signed_in import me


@bp.post("/request/languages")
def accept_language() -> ResponseReturnValue:
    """Tick a language she has named as one she accepts help in, and show her where it stands."""
    waiting.accept_help_in(session, mine(), request.form.get("code", ""))
    session.commit()
    flash(gettext("Saved. You can say here how well you know it, or untick it again."), "success")
    return redirect(url_for(".change", _anchor="languages"), 303)


@bp.post("/request/circle")
def enter_circle() -> ResponseReturnValue:
    waiting.go_into_circle(session, mine())
    session.commit()
    flash(gettext("You are in the circle."), "success")
    return redirect(url_for(".show", _anchor="circle"), 303)


@bp.post("/request/circle/leave")
def leave_circle() -> ResponseReturnValue:
    """One click, also by a second one, and when her request has closed meanwhile."""
    hers = open_request_of(session, me())
    if hers is not None:
        waiting.leave_circle(session, hers)
    session.commit()
    flash(gettext("You are out of the circle. Nobody sees your name there any more."), "success")
    return redirect(url_for(".show"), 303)
