from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from mentorship.rules.lifecycle import State
from mentorship.store.mentorships import Mentorship
from mentorship.store.offers import Approval, ApprovalState
from mentorship.store.requests import Request
from tests.factories import a_mentor, a_mentorship


def now():
    return datetime.now(UTC)


def labels(page):
    return {button.get("aria-label") for button in page.root.iter("button")}


def test_an_application_is_approved(programme, noor):
    programme.mentor("Ada", approved=False)
    assert "Ada offers to mentor" in noor.get(programme.path).text

    noor.click("Decide")
    page = noor.submit(button="Approve: Ada")

    assert "Approved. The mentor has been told." in page.text
    with programme.filling() as session:
        approval = session.scalars(select(Approval)).one()
        assert approval.state is ApprovalState.LIVE
        assert approval.by_id == programme.person(session, "Noor").id
        assert timedelta(days=364) < approval.until - now() < timedelta(days=366)


def test_an_application_is_declined_and_can_be_approved_later(programme, noor):
    programme.mentor("Ada", approved=False)
    noor.get(programme.path + "applications")

    page = noor.submit(button="Decline kindly: Ada")

    assert "Declined kindly" in page.text
    assert "All quiet" in noor.get(programme.path).text
    noor.get(programme.path + "applications")
    noor.submit(button="Approve: Ada")
    with programme.filling() as session:
        assert session.scalars(select(Approval)).one().state is ApprovalState.LIVE


def test_nobody_approves_herself(programme, noor):
    with programme.filling() as session:
        cohort = programme.cohort(session)
        herself = a_mentor(session, cohort, programme.person(session, "Noor"), approved=False)
        public_id, person_id = herself.public_id, herself.id
    programme.mentor("Ada", approved=False)
    page = noor.get(programme.path + "applications")
    assert "Approve: Ada" in labels(page)
    assert "Approve: Noor" not in labels(page)

    data = page.form("Approve: Ada").filled({})
    assert noor.post(f"{programme.path}applications/{public_id}/approve", data).status == 403

    with programme.filling() as session:
        approval = session.get(Approval, person_id)
        approval.state, approval.by_id = ApprovalState.LIVE, person_id
        approval.at = approval.until = now()
        with pytest.raises(IntegrityError, match="not_by_herself"):
            session.flush()
        session.rollback()


def test_taking_an_approval_back_ends_what_is_open(programme, noor):
    programme.newcomer("Amina")
    programme.mentor("Ada")
    with programme.filling() as session:
        request = session.scalars(select(Request)).one()
        a_mentorship(session, request, programme.person(session, "Ada"))

    noor.get(programme.path + "applications")
    assert "ends this mentor's open mentorships at once" in noor.page.text
    page = noor.submit(button="Take the approval back: Ada")

    assert "Taken back." in page.text
    with programme.filling() as session:
        pair = session.scalars(select(Mentorship)).one()
        assert (pair.state, pair.events[-1].code) == (State.ENDED, "approval_withdrawn")
        assert session.scalars(select(Approval)).one().state is ApprovalState.WITHDRAWN
