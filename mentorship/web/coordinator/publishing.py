"""Publishing a round: first what will be sent to whom, then all of it or nothing."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from mentorship.rules.errors import Stale
from mentorship.services import publishing
from mentorship.services.round_review import review
from mentorship.store.offers import Offer
from mentorship.store.rounds import RoundState
from mentorship.web.coordinator.blueprint import VersionForm, bp, checked, cohort_of, page
from mentorship.web.coordinator.rounds import changed_page, outdated, round_of
from mentorship.web.database import session
from mentorship.web.i18n import gettext
from mentorship.web.signed_in import me, now


@bp.get("/<public_id:cohort_id>/rounds/<public_id:round_id>/publish")
def before_publishing(cohort_id: str, round_id: str) -> ResponseReturnValue:
    cohort = cohort_of(cohort_id)
    found = round_of(cohort, round_id)
    if found.state is not RoundState.DRAFT:
        return redirect(url_for(".round_", cohort_id=cohort_id, round_id=round_id), 303)
    seen = review(session, found, viewer=me())
    mentors = [row.pairing.mentor_id for row in seen.rows]
    agreed = select(Offer.mentor_id).where(Offer.mentor_id.in_(mentors), Offer.accepts_rounds.is_(True))
    return page(
        "publish",
        cohort,
        round=found,
        review=seen,
        agreed=set(session.scalars(agreed)),
        outdated=outdated(found),
    )


@bp.post("/<public_id:cohort_id>/rounds/<public_id:round_id>/publish")
def publish(cohort_id: str, round_id: str) -> ResponseReturnValue:
    cohort = cohort_of(cohort_id)
    found = round_of(cohort, round_id)
    form = VersionForm()
    checked(form)
    try:
        publishing.publish(session, found, by=me(), at=now(), seen=form.version.data)
    except Stale as stale:
        return changed_page(cohort_id, round_id, stale, wanted=("publish",)), 409
    session.commit()
    flash(gettext("Published. Everyone in it has been told."), "success")
    return redirect(url_for(".round_", cohort_id=cohort_id, round_id=round_id), 303)
