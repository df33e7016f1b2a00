import pytest
from sqlalchemy import select

from mentorship.rules.errors import WrongState
from mentorship.services import doctor, erasure, safety
from mentorship.services.coordinators import remove_coordinator
from mentorship.store.cohorts import CohortCoordinator
from mentorship.store.people import PersonStatus
from mentorship.store.safety import Audit
from tests.factories import NOW, a_cohort, a_coordinator, a_mentor, a_mentorship, a_person, a_request


@pytest.fixture
def cohort(session):
    return a_cohort(session, coordinator=a_person(session, "Noor"))


@pytest.fixture
def noor(cohort):
    return cohort.coordinators[0].person


def rows(session, cohort):
    query = select(CohortCoordinator).where(CohortCoordinator.cohort_id == cohort.id)
    return {row.person.name: row.safeguarding for row in session.scalars(query)}


def remove(session, cohort, person, *, by):
    return remove_coordinator(session, cohort, person.public_id, by=by, at=NOW)


def test_another_takes_over_the_reports_and_the_task(session, cohort, noor):
    salma = a_coordinator(session, cohort, a_person(session, "Salma"), safeguarding=False)
    open_, closed = (safety.report(session, "Wrong.", by=None, cohort_id=cohort.id, at=NOW) for _ in "ab")
    closed.state, closed.closed_at = "closed", NOW
    assert open_.routed_to_id == noor.id

    assert remove(session, cohort, noor, by=salma) is noor

    assert rows(session, cohort) == {"Salma": True}
    assert (open_.routed_to_id, closed.routed_to_id) == (salma.id, noor.id)
    found = session.scalars(select(Audit).where(Audit.act == "coordinator_remove")).one()
    assert (found.actor_id, found.person_id) == (salma.id, noor.id)


def test_a_report_about_the_one_who_stays_does_not_go_to_her(session, cohort, noor):
    salma = a_coordinator(session, cohort, a_person(session, "Salma"), safeguarding=False)
    request = a_request(session, cohort)
    pair = a_mentorship(session, request, a_mentor(session, cohort, salma))
    report = safety.report(session, "Wrong.", by=request.newcomer, about=salma, mentorship=pair, at=NOW)

    remove(session, cohort, noor, by=noor)

    assert report.routed_to_id is None


def test_the_last_one_who_is_here_stays(session, cohort, noor):
    with pytest.raises(WrongState):
        remove(session, cohort, noor, by=noor)
    gone = a_coordinator(session, cohort, a_person(session, "Gone"))
    gone.status = PersonStatus.SUSPENDED

    with pytest.raises(WrongState):
        remove(session, cohort, noor, by=noor)

    assert "Noor" in rows(session, cohort)


def test_a_second_click_changes_nothing(session, cohort, noor):
    salma = a_coordinator(session, cohort, a_person(session, "Salma"))
    assert remove(session, cohort, salma, by=noor) is salma

    assert remove(session, cohort, salma, by=noor) is salma
    assert rows(session, cohort) == {"Noor": True}


def test_the_last_one_may_still_erase_herself_and_doctor_says_so(session, cohort, noor):
    a_request(session, cohort)

    erasure.erase(session, noor, at=NOW, key=b"key")

    assert doctor.findings(session) == {"cohorts without a coordinator": [f"cohort {cohort.id}"]}
