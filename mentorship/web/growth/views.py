"""What she has done and tried: for her alone, without points, without a ranking."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mentorship.services import keepsakes, onward, recognitions, steps
from mentorship.web.database import session
from mentorship.web.growth import keepsakes as keepsake_pages
from mentorship.web.growth import thanks
from mentorship.web.growth.blueprint import bp
from mentorship.web.growth.taken import taken_by
from mentorship.web.i18n import gettext
from mentorship.web.signed_in import me, now
from mentorship.web.step_words import step_words

__all__ = ["bp", "keepsake_pages", "thanks"]


@bp.post("/not-now")
def not_now() -> ResponseReturnValue:
    """No to helping others now, and not to be asked again; the way to offer stays open."""
    onward.say_no(session, me(), at=now())
    session.commit()
    flash(gettext("Thank you for saying so. You are not asked again."), "success")
    return redirect(url_for("pages.home"), 303)


@bp.get("")
def progress() -> ResponseReturnValue:
    person = me()
    return render_template(
        "growth/progress.html",
        taken=taken_by(person),
        received=recognitions.received_by(session, person),
        hidden=recognitions.received_by(session, person, hidden=True),
        completed=keepsakes.completed_by(session, person),
        mentored=keepsakes.mentored_by(session, person),
        ahead=[step_words(step) for step in steps.steps_ahead_of(session, person)],
    )
