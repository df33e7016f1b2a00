"""Before a pair is kept: whom it would move, and what it would cost."""

from __future__ import annotations

from flask import request as flask_request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from mentorship.rules.errors import NotFound
from mentorship.services import round_look
from mentorship.store.cohorts import Cohort
from mentorship.store.requests import Request
from mentorship.web.coordinator.blueprint import bp, cohort_of, page
from mentorship.web.coordinator.rounds import round_of
from mentorship.web.database import session
from mentorship.web.errors import sentence_of
from mentorship.web.signed_in import me, now


@bp.get("/<public_id:cohort_id>/rounds/<public_id:round_id>/keep/<public_id:request_id>")
def look(cohort_id: str, round_id: str, request_id: str) -> ResponseReturnValue:
    """Choose another mentor for a newcomer of a draft, and see what would follow."""
    cohort = cohort_of(cohort_id)
    found = round_of(cohort, round_id)
    asked = _request(cohort, request_id)
    mentors = round_look.others(session, found, asked, viewer=me())
    wanted = flask_request.args.get("mentor", "")
    mentor = next((each for each in mentors if each.public_id == wanted), None)
    if wanted and mentor is None:
        raise NotFound("")
    seen = round_look.look(session, found, asked, mentor, viewer=me(), at=now()) if mentor else None
    refusal = sentence_of(seen.refusal) if seen and seen.refusal else ""
    return page(
        "round_look",
        cohort,
        round=found,
        asked=asked,
        mentors=mentors,
        mentor=mentor,
        seen=seen,
        refusal=refusal,
    )


def _request(cohort: Cohort, request_id: str) -> Request:
    """A request of this cohort that is not her own, or a page that says nothing is here."""
    found = session.scalar(
        select(Request).where(
            Request.public_id == request_id, Request.cohort_id == cohort.id, Request.newcomer_id != me().id
        )
    )
    if found is None:
        raise NotFound("")
    return found
