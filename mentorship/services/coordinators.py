"""A coordinator leaves a cohort, or is taken out of it; never the last one who reads there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from mentorship.rules.errors import NotFound, WrongState
from mentorship.rules.marking import N_
from mentorship.services import audit, safety
from mentorship.store.cohorts import Cohort, CohortCoordinator
from mentorship.store.people import Person, PersonStatus
from mentorship.store.safety import Audit, Report, ReportState

REMOVED = "coordinator_remove"


def remove_coordinator(
    session: Session, cohort: Cohort, public_id: str, *, by: Person, at: datetime
) -> Person:
    """End her rights in `cohort` at once; reports she has not closed go to someone else there.

    Returns who it was, also where she was taken out before: a second click changes nothing. The cohort's row
    is held meanwhile, so that two who remove each other leave one. No trigger keeps the rule: it would
    refuse the last coordinator who erases herself, and erasing is never refused.

    Raises
    ------
    NotFound
        Nobody of that id coordinates it, or did.
    WrongState
        Nobody who is here would be left.
    """
    session.refresh(cohort, with_for_update=True)
    rows = session.scalars(
        select(CohortCoordinator).where(CohortCoordinator.cohort_id == cohort.id).order_by(
            CohortCoordinator.since, CohortCoordinator.person_id
        )
    ).all()  # fmt: skip
    gone = next((row for row in rows if row.person.public_id == public_id), None)
    if gone is None:
        return _removed_before(session, cohort, public_id)
    left = [row for row in rows if row is not gone and row.person.status is PersonStatus.ACTIVE]
    if not left:
        raise WrongState(N_("A cohort needs someone who reads. Another coordinator has to be there first."))
    if not any(row.safeguarding for row in left):
        left[0].safeguarding = gone.safeguarding
    person = gone.person
    session.delete(gone)
    session.flush()
    session.expire(cohort, ["coordinators"])
    _pass_reports_on(session, cohort, person, at=at)
    audit.record(session, REMOVED, actor=by, at=at, kind="cohort", subject_id=cohort.id, person=person)
    return person


def _removed_before(session: Session, cohort: Cohort, public_id: str) -> Person:
    person = session.scalar(
        select(Person)
        .join(Audit, Audit.person_id == Person.id)
        .where(Audit.act == REMOVED, Audit.subject_id == cohort.id, Person.public_id == public_id)
    )
    if person is None:
        raise NotFound("")
    return person


def _pass_reports_on(session: Session, cohort: Cohort, person: Person, *, at: datetime) -> None:
    hers = select(Report).where(
        Report.cohort_id == cohort.id, Report.routed_to_id == person.id, Report.state != ReportState.CLOSED
    )
    for report in session.scalars(hers).all():
        safety.route_anew(session, report, not_to=person, at=at)
