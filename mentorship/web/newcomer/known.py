"""“We already know each other”: a word for a mentor she knows, and her yes or no when it comes back."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mentorship.rules.errors import NotFound
from mentorship.services import known_already
from mentorship.services.passwords import new_code
from mentorship.web.database import session
from mentorship.web.i18n import gettext
from mentorship.web.newcomer.blueprint import bp, mine
from mentorship.web.signed_in import me, now


@bp.post("/request/known")
def known() -> ResponseReturnValue:
    """A new word, shown this once; one she had before is no longer good."""
    word = new_code()
    made = known_already.begin(session, mine(), word, at=now())
    until = made.ends_at
    session.commit()
    return render_template("newcomer/word.html", word=word, until=until)


@bp.post("/request/known/answer")
def answer_known() -> ResponseReturnValue:
    asked = known_already.open_for(session, mine())
    if asked is None:
        raise NotFound("")
    if request.form.get("agrees") != "yes":
        known_already.refuse(session, asked, me(), at=now())
        session.commit()
        flash(gettext("Thank you. Nobody is told, and the word is no longer good."), "success")
        return redirect(url_for(".show"), 303)
    mentorship = known_already.confirm(session, asked, me(), at=now())
    session.commit()
    flash(gettext("So you are a pair from now on."), "success")
    return redirect(url_for("mentorships.show", public_id=mentorship.public_id), 303)
