"""Reaching someone without e-mail: the note she left, and a neutral line to send her."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from mentorship.services import reaching
from mentorship.web.coordinator.blueprint import bp, checked, cohort_of, page
from mentorship.web.database import session
from mentorship.web.forms import PageForm
from mentorship.web.i18n import gettext, speaking
from mentorship.web.links import linked
from mentorship.web.signed_in import me, now


@bp.get("/<public_id:cohort_id>/reach/<public_id:person_id>")
def reach(cohort_id: str, person_id: str) -> ResponseReturnValue:
    """Reading it is written down, for her to see."""
    cohort = cohort_of(cohort_id)
    person = reaching.someone_within_reach(session, cohort, person_id, me())
    words = reaching.read(session, person, by=me(), at=now())
    session.commit()
    with speaking(person.locale) as spoken:
        line = gettext("There is something new for you on the site.")
    return page("reach", cohort, person=person, words=linked(words), line=line, spoken=spoken)


@bp.post("/<public_id:cohort_id>/reach/<public_id:person_id>")
def reached(cohort_id: str, person_id: str) -> ResponseReturnValue:
    cohort = cohort_of(cohort_id)
    person = reaching.someone_within_reach(session, cohort, person_id, me())
    checked(PageForm())
    reaching.reached_out(session, person, by=me(), at=now())
    session.commit()
    flash(gettext("Thank you. This comes back when something new waits for a while."), "success")
    return redirect(url_for(".today", cohort_id=cohort_id), 303)
