"""Applications to mentor: approve, decline kindly, take an approval back."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from mentorship.services import approvals
from mentorship.store.offers import ApprovalState
from mentorship.web.cards import mentor_card
from mentorship.web.coordinator.blueprint import bp, checked, cohort_of, page
from mentorship.web.database import session
from mentorship.web.forms import PageForm
from mentorship.web.i18n import gettext
from mentorship.web.signed_in import me, now


@bp.get("/<public_id:cohort_id>/applications")
def applications(cohort_id: str) -> ResponseReturnValue:
    cohort = cohort_of(cohort_id)
    offers = approvals.offers_in(session, cohort, viewer=me())
    by_state = {state: [pair for pair in offers if pair[1].state is state] for state in ApprovalState}
    return page("applications", cohort, by_state=by_state, states=ApprovalState, at=now(), helps=mentor_card)


@bp.post("/<public_id:cohort_id>/applications/<public_id:mentor_id>/approve")
def approve(cohort_id: str, mentor_id: str) -> ResponseReturnValue:
    cohort = cohort_of(cohort_id)
    approval = approvals.approval_in(session, cohort, mentor_id)
    checked(PageForm())
    approvals.approve(session, approval, cohort, by=me(), at=now())
    return _done(cohort_id, gettext("Approved. The mentor has been told."))


@bp.post("/<public_id:cohort_id>/applications/<public_id:mentor_id>/decline")
def decline(cohort_id: str, mentor_id: str) -> ResponseReturnValue:
    cohort = cohort_of(cohort_id)
    approval = approvals.approval_in(session, cohort, mentor_id)
    checked(PageForm())
    approvals.decline(session, approval, by=me(), at=now())
    return _done(cohort_id, gettext("Declined kindly: told that it cannot be taken up now."))


@bp.post("/<public_id:cohort_id>/applications/<public_id:mentor_id>/withdraw")
def withdraw_approval(cohort_id: str, mentor_id: str) -> ResponseReturnValue:
    cohort = cohort_of(cohort_id)
    approval = approvals.approval_in(session, cohort, mentor_id)
    checked(PageForm())
    approvals.withdraw(session, approval, by=me(), at=now())
    return _done(cohort_id, gettext("Taken back. Open mentorships have ended, and those in them were told."))


def _done(cohort_id: str, sentence: str) -> ResponseReturnValue:
    session.commit()
    flash(sentence, "success")
    return redirect(url_for(".applications", cohort_id=cohort_id), 303)
