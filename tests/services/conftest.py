"""A cohort, its coordinator, and two newcomers with two mentors who fit crosswise."""

import pytest

from tests.factories import a_cohort, a_mentor, a_person, a_request


@pytest.fixture
def cohort(session):
    return a_cohort(session)


@pytest.fixture
def coordinator(cohort):
    return cohort.coordinators[0].person


@pytest.fixture
def two_and_two(session, cohort):
    """Amina and Noor wait; Ada helps in what Amina needs, Bea in what Noor needs, one place each."""
    amina = a_request(session, cohort, a_person(session, "Amina"), needs=("sources",))
    noor = a_request(session, cohort, a_person(session, "Noor"), needs=("wikidata",))
    ada = a_mentor(session, cohort, a_person(session, "Ada"), needs=("sources",), capacity=1)
    bea = a_mentor(session, cohort, a_person(session, "Bea"), needs=("wikidata",), capacity=1)
    return amina, noor, ada, bea
