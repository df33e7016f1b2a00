"""The pages of a cohort for those who belong to it: itself, its conversations, its poster."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from mentorship.services import belonging, calls, posters
from mentorship.store.queries import coordinators_of
from mentorship.web.cohort import calendar, conversations, poster, takeaways
from mentorship.web.cohort.blueprint import bp, checked, cohort_of, to_cohort
from mentorship.web.database import session
from mentorship.web.i18n import gettext
from mentorship.web.signed_in import me, now

__all__ = ["bp", "calendar", "conversations", "poster", "takeaways"]


@bp.get("")
def show(cohort_id: str) -> ResponseReturnValue:
    cohort = cohort_of(cohort_id)
    person, at = me(), now()
    coming = calls.coming(session, cohort, person, at=at)
    return render_template(
        "cohort/show.html",
        cohort=cohort,
        person=person,
        coordinators=[one.name for one in coordinators_of(session, cohort.id)],
        is_seen=belonging.is_seen(session, cohort, person),
        members=belonging.seen_by(session, cohort, person),
        next_one=coming[0] if coming else None,
        is_signed_up=bool(coming) and calls.participation_of(session, coming[0], person) is not None,
        later=coming[1:],
        has_poster=posters.is_published(session, cohort),
        past=calls.past(session, cohort, person, at=at),
    )


@bp.post("/seen")
def be_seen(cohort_id: str) -> ResponseReturnValue:
    cohort = cohort_of(cohort_id)
    checked()
    belonging.be_seen(session, cohort, me(), seen=True)
    return to_cohort(cohort_id, gettext("Members who chose the same see you now, and you see them."))


@bp.post("/unseen")
def be_unseen(cohort_id: str) -> ResponseReturnValue:
    cohort = cohort_of(cohort_id)
    checked()
    belonging.be_seen(session, cohort, me(), seen=False)
    return to_cohort(cohort_id, gettext("Nobody sees you here any more."))
